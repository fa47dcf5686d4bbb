"""The tasks that follow from a protection: to name somebody, and those from before the day that it began.

Whoever follows a protected household up works there in a role that opens a case, on every day since they were named and
for some time to come; and whoever is not named neither has a task about it nor learns of it by one.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.public import CASE_ROLES

_WHO = "nullif(current_setting('fotfeste.user', true), '')::bigint"
_DAY = "nullif(current_setting('fotfeste.day', true), '')::date"
_NOW = "p.annulled_at IS NULL AND upper_inf(p.period)"
_NAMED = "c.annulled_at IS NULL AND upper_inf(c.period)"
_OPENS = ", ".join(f"'{role}'" for role in sorted(CASE_ROLES))
_IS_PROTECTED = f"EXISTS (SELECT 1 FROM access_protection p WHERE p.subject_id = {{whom}} AND {_NOW})"
_ASKED_OF = "t.kind = 'answer_duplicates' AND t.closed_at IS NULL"
_DAYS_AHEAD = 14  # so that another is named before the last one goes; chosen by us


def _members(household: str) -> str:
    """The keys of those who belong to a household now."""
    return f"""SELECT m.subject_id FROM registry_groupmembership m
               WHERE m.group_id = {household} AND m.annulled_at IS NULL AND upper_inf(m.period)"""


_NAMING = f"""
CREATE FUNCTION random_reference() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + (get_byte(u.bytes, i) & 31), 1), '')
    FROM (SELECT uuid_send(gen_random_uuid()) AS bytes) u, unnest(ARRAY[0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14]) AS i
$$;

-- Who is to be asked to name somebody for these households: each organisation that has a need to know of one, and nobody
-- named who works there in a role that opens a case: on the day, and, if the need lasts, some days from it. At the
-- stricter level UDI for all. As the one who asks sees it.
CREATE FUNCTION names_wanted(households bigint[], day date) RETURNS TABLE (household bigint, asked bigint)
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT n.subject_id,
           CASE WHEN p.level = 'confidential' OR o.kind = 'udi' THEN o.id ELSE coalesce(u.id, o.id) END
    FROM access_need n
    JOIN access_protection p ON p.subject_id = n.subject_id AND {_NOW}
    JOIN registry_placementgroup g ON g.subject_id = n.subject_id AND g.emptied_on IS NULL
    JOIN directory_organisation o ON o.id = n.organisation_id
    JOIN (VALUES (day), (day + {_DAYS_AHEAD})) AS ahead (day) ON n.period @> ahead.day
    LEFT JOIN LATERAL (
        SELECT min(i.id) AS id FROM access_need k JOIN directory_organisation i ON i.id = k.organisation_id
        WHERE k.subject_id = n.subject_id AND k.period @> names_wanted.day AND i.kind = 'udi'
    ) u ON true
    WHERE n.subject_id = ANY (households) AND n.period @> names_wanted.day
      AND NOT EXISTS (
          SELECT 1 FROM access_clearance c
          JOIN directory_user w ON w.id = c.user_id AND w.is_active
          JOIN access_employment e ON e.user_id = c.user_id AND e.annulled_at IS NULL AND e.period @> ahead.day
          JOIN access_roleassignment r ON r.user_id = c.user_id AND r.annulled_at IS NULL AND r.period @> ahead.day
          WHERE c.subject_id = n.subject_id AND c.organisation_id = n.organisation_id
            AND c.annulled_at IS NULL AND c.period @> ahead.day AND r.role IN ({_OPENS})
      )
$$;

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
        ORDER BY c.id
    LOOP
        UPDATE access_clearance SET annulled_at = at, annulled_by_id = {_WHO}, annul_reason = 'works_there_no_more'
        WHERE id = one.id AND annulled_at IS NULL;
        CONTINUE WHEN NOT FOUND;  -- somebody who was waited for has ended it
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
# A question whether two are one person may stand at the other one's household, where all of UDI sees it; and a task of the
# protected household may be somebody's who sees it no more, whom the ones who are named would be told to talk to.
_BEFORE_THE_DAY = f"""
-- Only for the functions beside it, as protect_together.
CREATE FUNCTION keep_tasks_of_protected(households bigint[], today date, at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Whether one of them is registered twice is asked of the protected household ...
    INSERT INTO worklist_task (reference, kind, subject_id, organisation_id, basis_on, due_rule, cause, opened_at, outcome)
    SELECT random_reference(), 'answer_duplicates', g.subject_id, o.id, today, '', 'registry.likely_duplicate', at, ''
    FROM registry_placementgroup g, (SELECT min(i.id) AS id FROM directory_organisation i WHERE i.kind = 'udi') o
    WHERE g.subject_id = ANY (households) AND g.emptied_on IS NULL AND {_IS_PROTECTED.format(whom="g.subject_id")}
      AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.subject_id = g.subject_id AND {_ASKED_OF})
      AND EXISTS (
          SELECT 1 FROM registry_duplicateproposal d
          WHERE d.answer = '' AND (d.subject_id IN ({_members("g.subject_id")})
                                   OR d.other_id IN ({_members("g.subject_id")}))
      )
    ON CONFLICT (kind, subject_id, organisation_id) WHERE closed_at IS NULL DO NOTHING;
    -- ... and of the other one's no more, where it is not asked of anybody else too.
    UPDATE worklist_task t SET closed_at = at, closed_by_id = {_WHO}, outcome = 'void'
    WHERE {_ASKED_OF} AND NOT {_IS_PROTECTED.format(whom="t.subject_id")}
      AND t.subject_id IN (
          SELECT m.group_id FROM registry_duplicateproposal d
          JOIN registry_groupmembership k ON k.subject_id IN (d.subject_id, d.other_id) AND k.group_id = ANY (households)
          JOIN registry_groupmembership m ON m.subject_id IN (d.subject_id, d.other_id) AND m.group_id <> k.group_id
          WHERE d.answer = '' AND m.annulled_at IS NULL AND upper_inf(m.period)
            AND {_IS_PROTECTED.format(whom="k.subject_id")}
      )
      AND NOT EXISTS (
          SELECT 1 FROM registry_duplicateproposal d
          WHERE d.answer = '' AND (d.subject_id IN ({_members("t.subject_id")}) OR d.other_id IN ({_members("t.subject_id")}))
            AND NOT {_IS_PROTECTED.format(whom="d.subject_id")} AND NOT {_IS_PROTECTED.format(whom="d.other_id")}
      );
    -- A task is nobody's who does not see whom it is about. To name somebody is for those who do not.
    UPDATE worklist_task t SET taken_by_id = NULL, taken_at = NULL
    WHERE t.subject_id = ANY (households) AND t.closed_at IS NULL AND t.taken_by_id IS NOT NULL
      AND t.kind <> 'name_follower' AND {_IS_PROTECTED.format(whom="t.subject_id")}
      AND NOT EXISTS (
          SELECT 1 FROM access_clearance c
          WHERE c.subject_id = t.subject_id AND c.user_id = t.taken_by_id AND c.annulled_at IS NULL AND c.period @> today
      );
END
$$;
"""
_KEEPING = f"""
-- The tasks to name somebody, as they follow from the facts of the session's day: of these households, and of those that
-- a user is named for; first the namings that have ended with the work, and other tasks. It sees everyone, tells nothing,
-- and writes only what follows.
CREATE FUNCTION keep_naming_tasks(whom bigint[], of_user bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    today date := {_DAY};
    households bigint[] := ARRAY(
        SELECT p.subject_id FROM access_protection p WHERE p.subject_id = ANY (whom)
        UNION
        SELECT c.subject_id FROM access_clearance c WHERE c.user_id = of_user AND c.annulled_at IS NULL
    );
BEGIN
    IF cardinality(households) = 0 THEN
        RETURN;
    END IF;
    IF today IS NULL THEN
        RAISE EXCEPTION 'not without a day' USING ERRCODE = '23514', CONSTRAINT = 'naming_has_a_day';
    END IF;
    households := households || end_clearances_without_work(households, of_user, today, at);
    PERFORM keep_tasks_of_protected(households, today, at);
    UPDATE worklist_task t SET closed_at = at, closed_by_id = {_WHO}, outcome = 'done'
    WHERE t.kind = 'name_follower' AND t.subject_id = ANY (households) AND t.closed_at IS NULL
      AND (t.subject_id, t.organisation_id) NOT IN (SELECT w.household, w.asked FROM names_wanted(households, today) AS w);
    INSERT INTO worklist_task (reference, kind, subject_id, organisation_id, object_id, basis_on, due_on, due_rule, cause,
                               opened_at, outcome)
    SELECT random_reference(), 'name_follower', w.household, w.asked, w.household, today, today, 'named_on_the_day',
           'registry.protected', at, ''
    FROM names_wanted(households, today) AS w
    WHERE NOT EXISTS (
        SELECT 1 FROM worklist_task t
        WHERE t.kind = 'name_follower' AND t.subject_id = w.household AND t.organisation_id = w.asked
          AND t.closed_at IS NULL
    )
    ON CONFLICT (kind, subject_id, organisation_id) WHERE closed_at IS NULL DO NOTHING;
END
$$;

-- The same for everyone who is or was protected: what a day brings by itself, as a need that ends, is nobody's act.
CREATE FUNCTION keep_all_naming_tasks(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT keep_naming_tasks(ARRAY(SELECT DISTINCT p.subject_id FROM access_protection p), NULL, at)
$$;
"""
_UNDO = """
DROP FUNCTION keep_all_naming_tasks(timestamptz);
DROP FUNCTION keep_naming_tasks(bigint[], bigint, timestamptz);
DROP FUNCTION keep_tasks_of_protected(bigint[], date, timestamptz);
DROP FUNCTION end_clearances_without_work(bigint[], bigint, date, timestamptz);
DROP FUNCTION names_wanted(bigint[], date);
DROP FUNCTION random_reference();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_protected")]
    operations = [RunSQL(_NAMING + _BEFORE_THE_DAY + _KEEPING, _UNDO)]
