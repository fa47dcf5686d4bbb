"""Protected addresses: a household and all who belong to it, together; and what looked past the needs looks no more.

The facts of a protection, and who is named, are written by these functions alone: the app role may only read them.
Each asks again what it needs of the session; the rules that people read are in access/domain/protection.py.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.public import CASE_ROLES
from fotfeste.platform.rls import rewritten

_WHO = "nullif(current_setting('fotfeste.user', true), '')::bigint"
_OWN = "nullif(current_setting('fotfeste.organisation', true), '')::bigint"
_DAY = "nullif(current_setting('fotfeste.day', true), '')::date"
_NOW = "p.annulled_at IS NULL AND upper_inf(p.period)"
_NAMED = "c.annulled_at IS NULL AND upper_inf(c.period)"
_OPENS = ", ".join(f"'{role}'" for role in sorted(CASE_ROLES))
_NOT_UDI = f"(SELECT o.kind FROM directory_organisation o WHERE o.id = {_OWN}) IS DISTINCT FROM 'udi'"
# Who belongs to a household is protected and named for with it, never alone, and counted together.
_ONE_ALONE = "(SELECT s.kind FROM access_subject s WHERE s.id = household) IS DISTINCT FROM 'group'"
MOST_NAMED = 3  # strictly_protected_most_named, as the acts ask it of its day

_TOGETHER = f"""
-- A household and those who belong to it. As the one who asks sees them: within the functions below, all of them.
CREATE FUNCTION with_members(household bigint) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT household || coalesce(array_agg(m.subject_id), '{{}}') FROM registry_groupmembership m
    WHERE m.group_id = household AND m.annulled_at IS NULL AND upper_inf(m.period)
$$;

-- Facts: these subjects are protected at a level from a day, and those named for any of them are named for all. Only
-- for the functions below: whoever else calls it has no right to write what it writes.
CREATE FUNCTION protect_together(whom bigint[], wanted text, from_on date, at timestamptz, who bigint, own bigint)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT p.* FROM access_protection p WHERE p.subject_id = ANY (whom) AND {_NOW} AND p.level <> wanted LOOP
        UPDATE access_protection SET annulled_at = at, annulled_by_id = who, annul_reason = 'level_changed'
        WHERE id = one.id AND annulled_at IS NULL;
        CONTINUE WHEN NOT FOUND;  -- somebody who was waited for has ended it
        IF lower(one.period) < from_on THEN
            INSERT INTO access_protection (subject_id, level, period, recorded_at, recorded_by_id, reported_by_id,
                                           supersedes_id, annul_reason)
            VALUES (one.subject_id, one.level, daterange(lower(one.period), from_on), at, who, own, one.id, '');
        END IF;
    END LOOP;
    INSERT INTO access_protection (subject_id, level, period, recorded_at, recorded_by_id, reported_by_id, annul_reason)
    SELECT s, wanted, daterange(from_on, NULL), at, who, own, '' FROM unnest(whom) AS s
    WHERE NOT EXISTS (SELECT 1 FROM access_protection p WHERE p.subject_id = s AND {_NOW});
    INSERT INTO access_clearance (subject_id, user_id, organisation_id, period, recorded_at, recorded_by_id,
                                  reported_by_id, annul_reason)
    SELECT s, n.user_id, n.organisation_id, daterange((at AT TIME ZONE 'Europe/Oslo')::date, NULL), at, who, own, ''
    FROM unnest(whom) AS s CROSS JOIN (
        SELECT DISTINCT c.user_id, c.organisation_id FROM access_clearance c WHERE c.subject_id = ANY (whom) AND {_NAMED}
    ) n
    WHERE NOT EXISTS (
        SELECT 1 FROM access_clearance c WHERE c.subject_id = s AND c.user_id = n.user_id AND {_NAMED}
    );
END
$$;

-- Whoever joins a protected household is protected with it, and a household with whoever is: at the stricter level of
-- the two. The same for two records that are found to be one person's, at an instant within the session's day: now, where
-- that is today.
CREATE FUNCTION protect_who_joins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    whom bigint[];
    strictest text;
    at timestamptz := CASE WHEN coalesce({_DAY}, (now() AT TIME ZONE 'Europe/Oslo')::date)
                              = (now() AT TIME ZONE 'Europe/Oslo')::date
                         THEN now() ELSE ({_DAY} + time '12:00') AT TIME ZONE 'Europe/Oslo' END;
    who bigint := {_WHO};
    own bigint := {_OWN};
BEGIN
    IF TG_TABLE_NAME = 'registry_groupmembership' THEN
        IF NEW.annulled_at IS NOT NULL OR NOT upper_inf(NEW.period) THEN
            RETURN NULL;
        END IF;
        whom := ARRAY[NEW.group_id, NEW.subject_id];
        at := NEW.recorded_at; who := NEW.recorded_by_id; own := NEW.reported_by_id;
    ELSE
        whom := ARRAY[NEW.subject_id, NEW.same_as_id];
    END IF;
    SELECT max(p.level) INTO strictest FROM access_protection p WHERE p.subject_id = ANY (whom) AND {_NOW};
    IF strictest IS NULL THEN
        RETURN NULL;
    END IF;
    whom := ARRAY(
        SELECT DISTINCT s FROM (
            SELECT unnest(whom) UNION
            SELECT unnest(with_members(m.group_id)) FROM registry_groupmembership m
            WHERE (m.subject_id = ANY (whom) OR m.group_id = ANY (whom)) AND m.annulled_at IS NULL AND upper_inf(m.period)
        ) AS t (s)
    );
    PERFORM protect_together(whom, strictest, (at AT TIME ZONE 'Europe/Oslo')::date, at, who,
                             coalesce(own, (SELECT p.reported_by_id FROM access_protection p
                                            WHERE p.subject_id = ANY (whom) AND {_NOW} LIMIT 1)));
    RETURN NULL;
END
$$;
CREATE TRIGGER protected_together AFTER INSERT ON registry_groupmembership
FOR EACH ROW EXECUTE FUNCTION protect_who_joins();
CREATE TRIGGER protected_together AFTER UPDATE OF same_as_id ON registry_person
FOR EACH ROW WHEN (NEW.same_as_id IS NOT NULL) EXECUTE FUNCTION protect_who_joins();
"""
_NOT_TOGETHER = """
DROP TRIGGER protected_together ON registry_person;
DROP TRIGGER protected_together ON registry_groupmembership;
DROP FUNCTION protect_who_joins();
DROP FUNCTION protect_together(bigint[], text, date, timestamptz, bigint, bigint);
DROP FUNCTION with_members(bigint);
"""
# Two administrators would each see the other's as still named. The household's namings come first, as in the acts, and
# then the organisation, whose row the acts on its staff hold (access/actions/staff.py); those never ask for the first.
_ONE_AT_A_TIME = """
    PERFORM pg_advisory_xact_lock(hashtextextended('naming', household));
    PERFORM 1 FROM directory_organisation o WHERE o.id = theirs FOR NO KEY UPDATE;"""
_ACTS = f"""
-- Protect a household that the session sees, or change the level, which UDI alone makes less strict; whoever does it is
-- named at once.
CREATE FUNCTION protect_household(household bigint, wanted text, from_on date, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    whom bigint[] := with_members(household);
BEGIN
    IF {_ONE_ALONE} THEN
        RAISE EXCEPTION 'not a household' USING ERRCODE = '23514', CONSTRAINT = 'protected_without_need';
    END IF;
    IF {_WHO} IS NULL OR NOT session_has_need(household) THEN
        RAISE EXCEPTION 'no need to know of the household' USING ERRCODE = '23514', CONSTRAINT = 'protected_without_need';
    END IF;
    IF {_NOT_UDI} AND EXISTS (
        SELECT 1 FROM access_protection p WHERE p.subject_id = ANY (whom) AND {_NOW} AND p.level > wanted
    ) THEN
        RAISE EXCEPTION 'not for the session to make less strict'
            USING ERRCODE = '23514', CONSTRAINT = 'protected_without_need';
    END IF;
    PERFORM protect_together(whom, wanted, from_on, at, {_WHO}, {_OWN});
    INSERT INTO access_clearance (subject_id, user_id, organisation_id, period, recorded_at, recorded_by_id,
                                  reported_by_id, annul_reason)
    SELECT s, {_WHO}, {_OWN}, daterange({_DAY}, NULL), at, {_WHO}, {_OWN}, '' FROM unnest(whom) AS s
    WHERE NOT EXISTS (SELECT 1 FROM access_clearance c WHERE c.subject_id = s AND c.user_id = {_WHO} AND {_NAMED});
END
$$;

-- A household that the session's user, in UDI, is named for is protected no more: `ends_on` is the first day without.
-- Nobody is named.
CREATE FUNCTION end_protection(household bigint, ends_on date, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    whom bigint[] := with_members(household);
    one record;
BEGIN
    IF {_ONE_ALONE} THEN
        RAISE EXCEPTION 'not a household' USING ERRCODE = '23514', CONSTRAINT = 'protected_without_need';
    END IF;
    IF NOT household = ANY (session_clearances()) OR {_NOT_UDI} THEN
        RAISE EXCEPTION 'not named' USING ERRCODE = '23514', CONSTRAINT = 'protected_without_need';
    END IF;
    FOR one IN SELECT p.* FROM access_protection p WHERE p.subject_id = ANY (whom) AND {_NOW} LOOP
        UPDATE access_protection SET annulled_at = at, annulled_by_id = {_WHO}, annul_reason = 'ended'
        WHERE id = one.id AND annulled_at IS NULL;
        CONTINUE WHEN NOT FOUND;
        IF lower(one.period) < ends_on THEN
            INSERT INTO access_protection (subject_id, level, period, recorded_at, recorded_by_id, reported_by_id,
                                           supersedes_id, annul_reason)
            VALUES (one.subject_id, one.level, daterange(lower(one.period), ends_on), at, {_WHO}, {_OWN}, one.id, '');
        END IF;
    END LOOP;
    PERFORM end_clearances(whom, c.user_id, ends_on, at, 'protection_ended') FROM (
        SELECT DISTINCT c.user_id FROM access_clearance c WHERE c.subject_id = ANY (whom) AND {_NAMED}
    ) AS c;
END
$$;

-- Somebody's namings end, for a reason that stands in the facts. Only for the functions beside it, as protect_together.
CREATE FUNCTION end_clearances(whom bigint[], of_user bigint, ends_on date, at timestamptz, reason text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT c.* FROM access_clearance c WHERE c.subject_id = ANY (whom) AND c.user_id = of_user AND {_NAMED} LOOP
        UPDATE access_clearance SET annulled_at = at, annulled_by_id = {_WHO}, annul_reason = reason
        WHERE id = one.id AND annulled_at IS NULL;
        CONTINUE WHEN NOT FOUND;
        IF lower(one.period) < ends_on THEN
            INSERT INTO access_clearance (subject_id, user_id, organisation_id, period, recorded_at, recorded_by_id,
                                          reported_by_id, supersedes_id, annul_reason)
            VALUES (one.subject_id, one.user_id, one.organisation_id, daterange(lower(one.period), ends_on), at, {_WHO},
                    {_OWN}, one.id, '');
        END IF;
    END LOOP;
END
$$;

-- Whether it is for the session's user to name somebody of an organisation for a protected household: the same rule as
-- `names_there`.
CREATE FUNCTION session_names(household bigint, somewhere bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE p.level WHEN 'confidential' THEN somewhere = {_OWN} AND session_gives_roles()
           ELSE mine.kind = 'udi' AND household = ANY (session_clearances())
                OR somewhere = {_OWN} AND mine.kind = 'udi' AND session_gives_roles() END
    FROM access_protection p, directory_organisation mine
    WHERE p.subject_id = household AND {_NOW} AND mine.id = {_OWN}
$$;

-- Name somebody of an organisation that has a need to know of the household today, who is employed there in a role that
-- opens a case, and is not one too many.
CREATE FUNCTION name_follower(household bigint, who bigint, at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    theirs bigint := (SELECT u.organisation_id FROM directory_user u WHERE u.id = who);
BEGIN{_ONE_AT_A_TIME}
    IF {_ONE_ALONE} THEN
        RAISE EXCEPTION 'not a household' USING ERRCODE = '23514', CONSTRAINT = 'not_yours_to_name';
    END IF;
    IF NOT coalesce(session_names(household, theirs), false) OR who = {_WHO} THEN
        RAISE EXCEPTION 'not for the session to name' USING ERRCODE = '23514', CONSTRAINT = 'not_yours_to_name';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = household AND n.organisation_id = theirs AND n.period @> {_DAY}
    ) THEN
        RAISE EXCEPTION 'no need to know' USING ERRCODE = '23514', CONSTRAINT = 'named_without_need';
    END IF;
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
    INSERT INTO access_clearance (subject_id, user_id, organisation_id, period, recorded_at, recorded_by_id,
                                  reported_by_id, annul_reason)
    SELECT s, who, theirs, daterange({_DAY}, NULL), at, {_WHO}, {_OWN}, '' FROM unnest(with_members(household)) AS s
    WHERE NOT EXISTS (SELECT 1 FROM access_clearance c WHERE c.subject_id = s AND c.user_id = who AND {_NAMED});
END
$$;

-- Somebody follows the household up no more; not the last of an organisation that has a need to know of it.
CREATE FUNCTION unname_follower(household bigint, who bigint, at timestamptz, reason text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    theirs bigint := (SELECT u.organisation_id FROM directory_user u WHERE u.id = who);
BEGIN{_ONE_AT_A_TIME}
    IF {_ONE_ALONE} THEN
        RAISE EXCEPTION 'not a household' USING ERRCODE = '23514', CONSTRAINT = 'not_yours_to_name';
    END IF;
    IF NOT coalesce(session_names(household, theirs), false) THEN
        RAISE EXCEPTION 'not for the session to name' USING ERRCODE = '23514', CONSTRAINT = 'not_yours_to_name';
    END IF;
    IF coalesce(reason, '') = '' THEN
        RAISE EXCEPTION 'no reason' USING ERRCODE = '23514', CONSTRAINT = 'unnamed_for_a_reason';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM access_clearance c
        WHERE c.subject_id = household AND c.organisation_id = theirs AND c.user_id <> who AND {_NAMED}
    ) AND EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = household AND n.organisation_id = theirs AND n.period @> {_DAY}
    ) THEN
        RAISE EXCEPTION 'the last one who is named' USING ERRCODE = '23514', CONSTRAINT = 'last_named';
    END IF;
    PERFORM end_clearances(with_members(household), who, {_DAY}, at, reason);
END
$$;
"""
_NO_ACTS = """
DROP FUNCTION unname_follower(bigint, bigint, timestamptz, text);
DROP FUNCTION name_follower(bigint, bigint, timestamptz);
DROP FUNCTION session_names(bigint, bigint);
DROP FUNCTION end_clearances(bigint[], bigint, date, timestamptz, text);
DROP FUNCTION end_protection(bigint, date, timestamptz);
DROP FUNCTION protect_household(bigint, text, date, timestamptz);
"""
_SHOWN = f"""
-- The protected households for which it is for the session's user to name: those that an organisation where they name
-- knows of. A reference and a level; who it is, is not told.
CREATE FUNCTION protected_to_name(wanted text)
RETURNS TABLE (household bigint, reference text, level text, since_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, s.reference, p.level, lower(p.period)
    FROM access_subject s
    JOIN access_protection p ON p.subject_id = s.id AND {_NOW}
    WHERE s.reference = wanted AND s.kind = 'group'
      AND EXISTS (
          SELECT 1 FROM access_need n
          WHERE n.subject_id = s.id AND n.period @> {_DAY} AND session_names(s.id, n.organisation_id)
      )
$$;

-- Who is named for a protected household, in which organisation with a need or without: to those who are named
-- themselves, and to those who name. Who it is only of one's own organisation, and to UDI; and of others at all only to
-- whoever follows the household: a municipality is not told which other is asked.
CREATE FUNCTION named_for(of_household bigint)
RETURNS TABLE (organisation_id bigint, has_need boolean, user_id bigint, since_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(n.organisation_id, c.organisation_id), n.organisation_id IS NOT NULL,
           CASE WHEN c.organisation_id = {_OWN}
                     OR (SELECT o.kind FROM directory_organisation o WHERE o.id = {_OWN}) = 'udi' THEN c.user_id END,
           lower(c.period)
    FROM (
        SELECT DISTINCT n.organisation_id FROM access_need n WHERE n.subject_id = of_household AND n.period @> {_DAY}
    ) n
    FULL JOIN (
        SELECT c.* FROM access_clearance c
        WHERE c.subject_id = of_household AND c.annulled_at IS NULL AND c.period @> {_DAY}
    ) c ON c.organisation_id = n.organisation_id
    WHERE of_household = ANY (session_clearances()) AND (
           coalesce(n.organisation_id, c.organisation_id) = {_OWN}
           OR EXISTS (
               SELECT 1 FROM access_need k
               WHERE k.subject_id = of_household AND k.organisation_id = {_OWN} AND k.period @> {_DAY}
                 AND k.reason IN ('lives_here', 'protection_case', 'settlement_case')
           )
       )
       OR coalesce(n.organisation_id, c.organisation_id) = {_OWN} AND session_names(of_household, {_OWN})
$$;
"""
_NOT_SHOWN = """
DROP FUNCTION named_for(bigint);
DROP FUNCTION protected_to_name(text);
"""


def _duplicates(protected: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION propose_duplicates(whom bigint, at timestamptz) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH alike AS (
        SELECT DISTINCT coalesce(p.same_as_id, p.subject_id) AS subject_id
        FROM registry_searchtoken m
        JOIN registry_searchtoken t ON t.token = m.token AND t.subject_id <> m.subject_id
        JOIN registry_person p ON p.subject_id = t.subject_id
        WHERE m.subject_id = whom AND m.token ~>=~ '+' AND m.token ~<~ ',' AND session_has_need(whom)
    ), made AS (
        INSERT INTO registry_duplicateproposal (subject_id, other_id, cause, proposed_at, answer)
        SELECT least(whom, subject_id), greatest(whom, subject_id), 'same_birth_date_and_close_names', at, ''
        FROM alike WHERE subject_id <> whom{protected}
        ON CONFLICT DO NOTHING
        RETURNING 1
    )
    SELECT count(*)::integer FROM made
$$;
"""


_SEEN = " AND (NOT n.is_protected OR n.subject_id = ANY (session_clearances()))"
# A proposal is a task for all of UDI: of two who are alike, the one that is not protected must not lead to the other.
_NEITHER_ALONE = f"""
          AND (EXISTS (SELECT 1 FROM access_protection p WHERE p.subject_id = whom AND {_NOW})
               OR NOT EXISTS (SELECT 1 FROM access_protection p WHERE p.subject_id = alike.subject_id AND {_NOW}))"""
# Rows that are one's own household's and speak of somebody else.
_OTHERS = """
CREATE POLICY protected_other ON registry_relation AS RESTRICTIVE FOR SELECT USING (
    other_id NOT IN (SELECT session_hidden())
);
CREATE POLICY protected_other ON registry_duplicateproposal AS RESTRICTIVE FOR SELECT USING (
    other_id NOT IN (SELECT session_hidden())
);
"""
_NO_OTHERS = """
DROP POLICY protected_other ON registry_duplicateproposal;
DROP POLICY protected_other ON registry_relation;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_fence"),
        ("access", "0008_protected_fence"),
        ("worklist", "0003_looks_without_work"),
    ]
    operations = [
        RunSQL(_TOGETHER, _NOT_TOGETHER),
        rewritten(
            "search_subjects(integer[], text[], boolean[], integer)",
            "AND n.reason = ANY (reasons)",
            "AND n.reason = ANY (reasons)" + _SEEN,
        ),
        RunSQL(_duplicates(_NEITHER_ALONE), _duplicates("")),
        RunSQL(_ACTS, _NO_ACTS),
        RunSQL(_SHOWN, _NOT_SHOWN),
        RunSQL(_OTHERS, _NO_OTHERS),
    ]
