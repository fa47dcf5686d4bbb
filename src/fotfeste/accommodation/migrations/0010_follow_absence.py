"""The task to find out where somebody is who is away tells that they are: to whoever sees absence, and nobody else.

A centre sees no absence from another one, nor its task. Leave that was granted ahead begins without anybody's act.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_OWN = f"worklist_task.organisation_id = {own_organisation()}"
_SEES = knows("worklist_task", "rooms", ("registered_here", "protection_case"))
_FENCE = f"""
CREATE POLICY absence_by_duty ON worklist_task AS RESTRICTIVE FOR ALL USING (
    kind <> 'follow_absence' OR {_OWN} OR {_SEES}
);
"""
_DAY = "nullif(current_setting('fotfeste.day', true), '')::date"
_BEGUN = f"""
-- The task of each centre whose people are on leave on the session's day, due when the first of them is to be back. It
-- sees everyone, tells nothing, and writes only what follows.
CREATE FUNCTION follow_begun_leave(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO worklist_task (reference, kind, subject_id, organisation_id, basis_on, due_on, due_rule, cause,
                               opened_at, outcome)
    SELECT random_reference(), 'follow_absence', first.household, first.centre_id, first.since_on, first.back_on,
           'agreed_return', 'accommodation.leave_granted', at, ''
    FROM (
        SELECT DISTINCT ON (m.group_id, s.centre_id) m.group_id AS household, s.centre_id,
               lower(a.period) AS since_on, a.expected_return_on AS back_on
        FROM accommodation_absence a
        JOIN registry_groupmembership m ON m.subject_id = a.subject_id AND m.annulled_at IS NULL AND m.period @> {_DAY}
        JOIN accommodation_stay s ON s.subject_id = a.subject_id AND s.annulled_at IS NULL AND s.period @> {_DAY}
                                 AND s.centre_id IS NOT NULL
        WHERE a.kind = 'leave' AND a.annulled_at IS NULL AND a.period @> {_DAY} AND upper_inf(a.period)
        ORDER BY m.group_id, s.centre_id, a.expected_return_on, a.id
    ) first
    ON CONFLICT (kind, subject_id, organisation_id) WHERE closed_at IS NULL DO UPDATE
    SET due_on = excluded.due_on, due_rule = excluded.due_rule, basis_on = excluded.basis_on, cause = excluded.cause
    WHERE worklist_task.due_on > excluded.due_on
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accommodation", "0009_for_counts"),
        ("worklist", "0004_protected"),
        ("access", "0010_private_living"),
        ("registry", "0004_naming_tasks"),
    ]
    operations = [
        RunSQL(_FENCE, "DROP POLICY absence_by_duty ON worklist_task"),
        RunSQL(_BEGUN, "DROP FUNCTION follow_begun_leave(timestamptz)"),
    ]
