"""Looks at who is called the same as staff, and at protected households: told to who sees to looks, and nothing more.

The session's own organisation alone, and only where its user sees to looks. Names are compared as the search folds them;
which names staff have the program says, since the folding is its. Neither names nor whom they are of come back.
"""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

import fotfeste.access.domain.types
from fotfeste.access.domain.permissions import SEE_TO_LOOKS
from fotfeste.access.session_roles import asked_for_role
from fotfeste.kernel.names import FAMILY_MARK
from fotfeste.platform.rls import own_organisation

_RULES = (
    "without_work",
    "many_without_work",
    "emergency",
    "same_name",
    "same_family_name",
    "protected",
    "protected_emergency",
)
_SEES = f"""
-- Whether the session's user works in the session's organisation and sees to its looks, on its day.
{asked_for_role("session_sees_to_looks", SEE_TO_LOOKS)}"""
_ALIKE = f"""
-- Looks since an instant at households in which somebody has all the words of a name of staff (is_full), or the family
-- name of who looked. Two parallel arrays: a user, and a word of their name, folded; a family name with its mark.
CREATE FUNCTION looks_alike_in_name(since timestamptz, staff bigint[], tokens text[])
RETURNS TABLE (look_id bigint, is_full boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH named AS (
        SELECT DISTINCT w.user_id, w.token, left(w.token, 1) = '{FAMILY_MARK}' AS is_family
        FROM unnest(staff, tokens) AS w (user_id, token)
        JOIN directory_user u ON u.id = w.user_id AND u.organisation_id = {own_organisation()}
    ), looked AS (
        SELECT l.id, l.user_id, l.person_ids FROM access_look l
        WHERE l.organisation_id = {own_organisation()} AND l.looked_at >= since
          AND l.household_id IS NOT NULL AND cardinality(l.compartments) > 0 AND l.reasons <> '{{emergency}}'
          AND NOT (l.household_id || l.person_ids) && ARRAY(SELECT session_hidden())
          AND (SELECT session_sees_to_looks())
    ), shared AS (
        SELECT t.subject_id, n.user_id, n.is_family, count(*) AS words
        FROM (SELECT DISTINCT unnest(person_ids) AS id FROM looked) AS p
        JOIN registry_searchtoken t ON t.subject_id = p.id
        JOIN named n ON n.token = t.token
        GROUP BY t.subject_id, n.user_id, n.is_family
    ), full_names AS (
        SELECT s.subject_id FROM shared s
        JOIN (
            SELECT user_id, count(*) AS words FROM named WHERE NOT is_family GROUP BY user_id HAVING count(*) > 1
        ) AS w ON w.user_id = s.user_id AND w.words = s.words
        WHERE NOT s.is_family
    )
    SELECT l.id, true FROM looked l WHERE l.person_ids && ARRAY(SELECT f.subject_id FROM full_names f)
    UNION ALL
    SELECT l.id, false FROM looked l
    WHERE EXISTS (
        SELECT 1 FROM shared s
        WHERE s.is_family AND s.user_id = l.user_id AND s.subject_id = ANY (l.person_ids)
    )
$$;
"""
_PROTECTED = f"""
-- Looks without work at households whose address is protected now: whose and when. The number is the request's.
CREATE FUNCTION looks_at_protected(since timestamptz, days integer)
RETURNS TABLE (look_id bigint, user_id bigint, looked_at timestamptz, request_number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.id, l.user_id, l.looked_at, l.request_number::text FROM access_look l
    WHERE l.organisation_id = {own_organisation()} AND l.looked_at >= since
      AND l.user_id IS NOT NULL AND l.household_id IS NOT NULL AND l.reasons <> '{{emergency}}'
      AND (l.household_id || l.person_ids) && ARRAY(
          SELECT p.subject_id FROM access_protection p WHERE p.annulled_at IS NULL AND upper_inf(p.period)
      )
      AND (SELECT session_sees_to_looks())
      AND l.id IN (SELECT w.look_id FROM looks_without_work(since, days) AS w)
$$;

-- The records of emergency access that a protection hides from the session: whose and when, not why, to whom or by which
-- number; and whether they have been seen to since. Those that were before are left out.
CREATE FUNCTION emergencies_at_protected()
RETURNS TABLE (record_id bigint, user_id bigint, opened_at timestamptz, reference text, is_seen boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.id, e.user_id, e.opened_at, e.reference::text, EXISTS (
        SELECT 1 FROM access_lookreview r
        WHERE r.organisation_id = e.organisation_id AND r.rule = 'protected_emergency' AND r.looked_by_id = e.user_id
          AND r.looked_on = (e.opened_at AT TIME ZONE 'Europe/Oslo')::date AND r.reviewed_at >= e.opened_at
    )
    FROM access_emergencyaccess e
    WHERE e.organisation_id = {own_organisation()} AND e.household_id IS NOT NULL
      AND (SELECT session_sees_to_looks())
      AND (e.household_id || e.person_ids) && ARRAY(SELECT session_hidden())
      AND NOT EXISTS (
          SELECT 1 FROM access_lookreview r
          WHERE r.organisation_id = e.organisation_id AND r.rule = 'emergency' AND r.looked_by_id = e.user_id
            AND r.looked_on = (e.opened_at AT TIME ZONE 'Europe/Oslo')::date AND r.reviewed_at >= e.opened_at
            AND r.household_id = e.household_id
      )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_protected_fence"),
        ("registry", "0003_protected"),
        ("worklist", "0003_looks_without_work"),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="lookreview", name="look_rule_known"),
        migrations.AlterField(
            model_name="lookreview",
            name="rule",
            field=models.CharField(
                choices=[
                    (fotfeste.access.domain.types.LookRule(rule), fotfeste.access.domain.types.LookRule(rule))
                    for rule in _RULES
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="lookreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule__in", list(_RULES))), name="look_rule_known"
            ),
        ),
        RunSQL(_SEES, "DROP FUNCTION session_sees_to_looks()"),
        RunSQL(_ALIKE, "DROP FUNCTION looks_alike_in_name(timestamptz, bigint[], text[])"),
        RunSQL(
            _PROTECTED,
            "DROP FUNCTION emergencies_at_protected(); DROP FUNCTION looks_at_protected(timestamptz, integer)",
        ),
    ]
