"""Whoever follows a protected household up works there in a role that opens a case, today and for some time to come.

The functions ask again what the acts ask: UDI alone makes a protection less strict or ends it, whoever is named is
employed in such a role, and is not one too many. The tasks to name somebody are reckoned on the session's day.
"""

from importlib import import_module

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.public import CASE_ROLES
from fotfeste.platform.rls import rewritten

_BEFORE = import_module("fotfeste.registry.migrations.0003_protected")
_WHO = "nullif(current_setting('fotfeste.user', true), '')::bigint"
_OWN = "nullif(current_setting('fotfeste.organisation', true), '')::bigint"
_DAY = "nullif(current_setting('fotfeste.day', true), '')::date"
_NOW = "p.annulled_at IS NULL AND upper_inf(p.period)"
_NAMED = "c.annulled_at IS NULL AND upper_inf(c.period)"
_OPENS = ", ".join(f"'{role}'" for role in sorted(CASE_ROLES))
_NOT_UDI = f"(SELECT o.kind FROM directory_organisation o WHERE o.id = {_OWN}) IS DISTINCT FROM 'udi'"
MOST_NAMED = 3  # strictly_protected_most_named, as the acts ask it of its day
_DAYS_AHEAD = 14  # so that another is named before the last one goes; chosen by us

_PROTECTS = f"    PERFORM protect_together(whom, wanted, from_on, at, {_WHO}, {_OWN});"
_PROTECTS_AS_STRICTLY = f"""    IF {_NOT_UDI} AND EXISTS (
        SELECT 1 FROM access_protection p WHERE p.subject_id = ANY (whom) AND {_NOW} AND p.level > wanted
    ) THEN
        RAISE EXCEPTION 'not for the session to make less strict'
            USING ERRCODE = '23514', CONSTRAINT = 'protected_without_need';
    END IF;
"""
_IS_NAMED = "IF NOT household = ANY (session_clearances()) THEN"
_IS_NAMED_IN_UDI = f"IF NOT household = ANY (session_clearances()) OR {_NOT_UDI} THEN"
_NAMES = "    INSERT INTO access_clearance (subject_id, user_id, organisation_id, period, recorded_at, recorded_by_id,"
_NAMES_WHO_MAY_BE = f"""    PERFORM pg_advisory_xact_lock(hashtextextended('naming', household));
    IF NOT EXISTS (
        SELECT 1 FROM access_employment e
        JOIN directory_user u ON u.id = e.user_id AND u.is_active
        JOIN access_roleassignment r ON r.user_id = e.user_id AND r.annulled_at IS NULL AND r.period @> {_DAY}
        WHERE e.user_id = who AND e.annulled_at IS NULL AND e.period @> {_DAY} AND r.role IN ({_OPENS})
    ) THEN
        RAISE EXCEPTION 'not employed in a role that opens a case'
            USING ERRCODE = '23514', CONSTRAINT = 'named_without_role';
    END IF;
    IF {MOST_NAMED} <= (
        SELECT count(DISTINCT c.user_id) FROM access_clearance c
        JOIN access_protection p ON p.subject_id = c.subject_id AND {_NOW} AND p.level = 'strictly_confidential'
        WHERE c.subject_id = household AND c.organisation_id = theirs AND c.user_id <> who AND {_NAMED}
    ) THEN
        RAISE EXCEPTION 'not more than {MOST_NAMED}' USING ERRCODE = '23514', CONSTRAINT = 'most_are_named';
    END IF;
"""
_TASKS = f"""
DROP FUNCTION keep_naming_tasks(bigint[], bigint, date, timestamptz);

-- Who is to be asked to name somebody for these households: each organisation that has a need to know of one, and nobody
-- named who works there in a role that opens a case: on the day, and, if the need lasts, some days from it. At the
-- stricter level UDI for all. As the one who asks sees it.
CREATE OR REPLACE FUNCTION names_wanted(households bigint[], day date) RETURNS TABLE (household bigint, asked bigint)
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

-- The tasks to name somebody, as they follow from the facts of the session's day: of these households, and of those that
-- a user is named for. It sees everyone, tells nothing, and writes only what follows.
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
    );
END
$$;

-- The same for everyone who is or was protected: what a day brings by itself, as a need that ends, is nobody's act.
CREATE FUNCTION keep_all_naming_tasks(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT keep_naming_tasks(ARRAY(SELECT DISTINCT p.subject_id FROM access_protection p), NULL, at)
$$;
"""
_TASKS_AS_BEFORE = f"""
DROP FUNCTION keep_all_naming_tasks(timestamptz);
DROP FUNCTION keep_naming_tasks(bigint[], bigint, timestamptz);
DROP FUNCTION names_wanted(bigint[], date);
DROP FUNCTION random_reference();
{_BEFORE._TASKS}
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_protected")]
    operations = [
        rewritten(
            "protect_household(bigint, text, date, timestamptz)", _PROTECTS, _PROTECTS_AS_STRICTLY + _PROTECTS
        ),
        rewritten("end_protection(bigint, date, timestamptz)", _IS_NAMED, _IS_NAMED_IN_UDI),
        rewritten("name_follower(bigint, bigint, timestamptz)", _NAMES, _NAMES_WHO_MAY_BE + _NAMES),
        RunSQL(_TASKS, _TASKS_AS_BEFORE),
    ]
