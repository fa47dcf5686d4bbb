"""Row-level security of emergency access (ADR 0019): a need of one user's until an instant, and the record of it.

The need is read by that user alone and as long as it lasts (`counts_for_the_user`, in 0008); every other policy asks
needs with the rights of the session, and is narrowed by that. It gives no part in anybody: what asks `session_has_need` says no, functions of the
owner's and the policies of what is written (`rls.fenced`); and as a household cannot be locked, no act begins. Functions
of the owner's that read needs themselves are narrowed here.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import opened, own_organisation, rewritten, session_day, session_user

_USER = "nullif(current_setting('fotfeste.user', true), '')::bigint"
_NEEDS = """
-- It is opened by a record that says why: by the function below alone.
CREATE POLICY emergency_is_recorded ON access_need AS RESTRICTIVE FOR INSERT WITH CHECK (until_at IS NULL);
"""
_NEEDS_BEFORE = """
DROP POLICY emergency_is_recorded ON access_need;
"""
_RECORDS = f"""
ALTER TABLE access_emergencyaccess ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON access_emergencyaccess FOR SELECT USING (organisation_id = {own_organisation()});
-- In one's own name, before anybody has been looked for, and of no later hour than this one.
CREATE POLICY ones_own ON access_emergencyaccess FOR INSERT WITH CHECK (
    organisation_id = {own_organisation()} AND user_id = {session_user()}
    AND is_found IS NULL AND opened_at <= now() + interval '1 minute'
);

-- Whether emergency access may reach a household: what is answered with no is answered like a number that nobody has.
-- Here is the place of every condition on whom it reaches.
CREATE FUNCTION is_reached_in_emergency(household bigint, persons bigint[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT cardinality(persons) > 0
       AND EXISTS (SELECT 1 FROM registry_placementgroup g WHERE g.subject_id = household AND g.emptied_on IS NULL)
$$;

-- Look for whom a record of emergency access asks for, by exact DUF number or reference, and open them to the user who
-- asked, until an instant. It sees everyone, and answers only to a record that the session's own user has made and that
-- nothing has been looked for by: whoever tries a number has told so. What it found is written in the record.
CREATE FUNCTION look_in_emergency(attempt bigint, until timestamptz) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    made access_emergencyaccess;
    day date := {session_day()};
    whom bigint;
    household bigint;
    locked bigint;
    persons bigint[];
BEGIN
    SELECT * INTO made FROM access_emergencyaccess e
    WHERE e.id = attempt AND e.is_found IS NULL
      AND e.user_id = {session_user()} AND e.organisation_id = {own_organisation()}
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no record of emergency access to look by' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- Under the household's lock, as every act: whoever protects them at the same moment is waited for, and then they
    -- are not reached. Meanwhile the person may have come into another household, which is then the one.
    LOOP
        -- A record that was put aside as a second of the same person leads to the one that is kept.
        SELECT coalesce(p.same_as_id, i.subject_id) INTO whom
        FROM registry_identifier i JOIN registry_person p ON p.subject_id = i.subject_id
        WHERE i.kind = 'duf' AND i.value = made.asked AND i.annulled_at IS NULL
        LIMIT 1;
        IF whom IS NULL THEN
            SELECT s.id INTO whom FROM access_subject s WHERE s.reference = made.asked;
        END IF;
        SELECT coalesce(
            (
                SELECT m.group_id FROM registry_groupmembership m
                WHERE m.subject_id = whom AND m.annulled_at IS NULL AND m.period @> day
            ),
            whom
        ) INTO household;
        EXIT WHEN household IS NOT DISTINCT FROM locked;
        PERFORM 1 FROM registry_placementgroup g WHERE g.subject_id = household FOR UPDATE;
        locked := household;
    END LOOP;
    persons := ARRAY(
        SELECT m.subject_id FROM registry_groupmembership m
        WHERE m.group_id = household AND m.annulled_at IS NULL AND m.period @> day
        ORDER BY m.subject_id
    );
    IF household IS NULL OR NOT is_reached_in_emergency(household, persons) THEN
        UPDATE access_emergencyaccess e SET is_found = false WHERE e.id = attempt;
        RETURN;
    END IF;
    UPDATE access_emergencyaccess e
    SET is_found = true, household_id = household, person_ids = persons, until_at = until
    WHERE e.id = attempt;
    -- The days are those that the hour can touch; what ends it is the instant.
    INSERT INTO access_need (subject_id, organisation_id, reason, period, opened_at, ended_at, user_id, until_at)
    SELECT w, made.organisation_id, 'emergency', daterange(day, day + 2), made.opened_at, until, made.user_id, until
    FROM unnest(household || persons) AS w;
END
$$;

-- The emergency accesses to some, as they are told of them: when, which organisation, which roles; no name, no words,
-- no number. Only of those whom the session may show who has looked at them. Where somebody is settled, the municipality
-- tells of its own and not of other municipalities', as of looks (ADR 0016, web/migrations/0003): which of them have seen
-- somebody is nobody's in this one to know; UDI tells of all of it.
CREATE FUNCTION emergencies_told_to(whom bigint[])
RETURNS TABLE (opened_at timestamptz, until_at timestamptz, organisation_id bigint, roles text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.opened_at, e.until_at, e.organisation_id, e.roles::text[]
    FROM access_emergencyaccess e
    WHERE e.is_found AND (e.household_id = ANY (whom) OR e.person_ids && whom)
      AND EXISTS (
          SELECT 1 FROM access_need n
          WHERE n.subject_id = ANY (e.household_id || e.person_ids) AND n.subject_id = ANY (whom)
            AND n.organisation_id = {own_organisation()} AND n.period @> {session_day()}
            AND n.reason = ANY ({opened("looks")}::text[])
            AND (n.reason <> 'settled_here' OR e.organisation_id = {own_organisation()} OR NOT EXISTS (
                SELECT 1 FROM directory_organisation o WHERE o.id = e.organisation_id AND o.kind = 'municipality'
            ))
      )
    ORDER BY e.opened_at DESC, e.id DESC
$$;
"""
_NO_RECORDS = """
DROP FUNCTION emergencies_told_to(bigint[]);
DROP FUNCTION look_in_emergency(bigint, timestamptz);
DROP FUNCTION is_reached_in_emergency(bigint, bigint[]);
DROP POLICY ones_own ON access_emergencyaccess;
DROP POLICY own ON access_emergencyaccess;
ALTER TABLE access_emergencyaccess DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_emergency"), ("registry", "0002_fence")]
    operations = [
        RunSQL(_NEEDS, _NEEDS_BEFORE),
        RunSQL(_RECORDS, _NO_RECORDS),
        # One finds those whom one has open, and nobody else's.
        rewritten(
            "search_subjects(integer[], text[], boolean[], integer)",
            "AND n.reason = ANY (reasons)",
            f"AND n.reason = ANY (reasons) AND (n.until_at IS NULL OR n.user_id = {_USER} AND n.until_at > now())",
        ),
        # A part in somebody is never of emergency access.
        rewritten(
            "session_has_need(bigint)",
            "access_need.subject_id = whom AND",
            "access_need.subject_id = whom AND access_need.until_at IS NULL AND",
        ),
    ]
