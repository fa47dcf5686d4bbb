"""Whoever is named works there, in a role that opens a case, on every day since: else the naming ends.

It ended with nothing, and whoever came back after a year saw the household again without anybody having named them.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.public import CASE_ROLES
from fotfeste.platform.rls import rewritten

_WHO = "nullif(current_setting('fotfeste.user', true), '')::bigint"
_NAMED = "c.annulled_at IS NULL AND upper_inf(c.period)"
_OPENS = ", ".join(f"'{role}'" for role in sorted(CASE_ROLES))
_ENDS = f"""
-- The namings end, from the first day without work, of a user, and of those who are named for these households. Gives of
-- whom. Only for the functions beside it, as protect_together.
CREATE FUNCTION end_clearances_without_work(households bigint[], of_user bigint, today date, at timestamptz)
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    one record;
    ended bigint[] := '{{}}';
BEGIN
    FOR one IN
        SELECT c.*, lower(datemultirange(daterange(lower(c.period), today, '[]')) - w.days) AS ends_on
        FROM access_clearance c CROSS JOIN LATERAL (
            SELECT coalesce(range_agg(e.period * r.period), '{{}}') AS days
            FROM access_employment e
            JOIN access_roleassignment r ON r.user_id = e.user_id AND r.annulled_at IS NULL AND r.role IN ({_OPENS})
            WHERE e.user_id = c.user_id AND e.annulled_at IS NULL
        ) w
        WHERE {_NAMED} AND lower(c.period) <= today
          AND NOT w.days @> daterange(lower(c.period), today, '[]')
          AND (c.user_id = of_user OR c.user_id IN (
              SELECT c.user_id FROM access_clearance c WHERE c.subject_id = ANY (households) AND {_NAMED}
          ))
    LOOP
        UPDATE access_clearance SET annulled_at = at, annulled_by_id = {_WHO}, annul_reason = 'works_there_no_more'
        WHERE id = one.id;
        IF lower(one.period) < one.ends_on THEN
            INSERT INTO access_clearance (subject_id, user_id, organisation_id, period, recorded_at, recorded_by_id,
                                          reported_by_id, supersedes_id, annul_reason)
            VALUES (one.subject_id, one.user_id, one.organisation_id, daterange(lower(one.period), one.ends_on), at, {_WHO},
                    one.organisation_id, one.id, '');
        END IF;
        ended := ended || one.subject_id;
    END LOOP;
    RETURN ended;
END
$$;
"""
_KEEPS = "    UPDATE worklist_task t SET closed_at = at"


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_protected_records")]
    operations = [
        RunSQL(_ENDS, "DROP FUNCTION end_clearances_without_work(bigint[], bigint, date, timestamptz)"),
        rewritten(
            "keep_naming_tasks(bigint[], bigint, timestamptz)",
            _KEEPS,
            f"    households := households || end_clearances_without_work(households, of_user, today, at);\n{_KEEPS}",
        ),
    ]
