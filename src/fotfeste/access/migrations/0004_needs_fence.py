"""Row-level security of needs to know and of events: who knows of whom is itself something to know (ADR 0018).

Both are written by the app role and never changed: a need is ended, and an event numbered, by functions of the owner's.
A session reads its organisation's own needs, where its roles open somebody, and everybody's of those it knows of. It
opens and ends them of those it knows of, and of the others of a household that it knows of: an act on a household is an
act on all of it, whoever of it the actor sees.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, opened, opens_something, own_organisation, session_day

# A sub-select of its own: this stands in the sub-select of every other policy and is planned as often, and a setting as
# such would be looked up each time to guess how many rows there are (a third of what a page's largest query costs).
_OWN_IF_SOMETHING = (
    f"(SELECT nullif(current_setting('fotfeste.organisation', true), '')::bigint WHERE {opens_something()})"
)
_READ = f"""
-- Whether the session's organisation needs to know who a subject is, on its day, for a reason that is open to the
-- session. What the policy of needs asks cannot be a policy of needs again: the owner asks.
CREATE OR REPLACE FUNCTION session_has_need(whom bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_need
        WHERE access_need.subject_id = whom AND access_need.organisation_id = {own_organisation()}
          AND access_need.period @> {session_day()} AND access_need.reason = ANY ({opened("identity")}::text[])
    );
END
$$;
ALTER TABLE access_need ENABLE ROW LEVEL SECURITY;
-- One's own, and everybody's of those one knows of.
CREATE POLICY own_or_known ON access_need FOR SELECT USING (
    access_need.organisation_id = {_OWN_IF_SOMETHING} OR session_has_need(access_need.subject_id)
);
"""
_READ_BY_ALL = f"""
DROP POLICY own_or_known ON access_need;
ALTER TABLE access_need DISABLE ROW LEVEL SECURITY;
CREATE OR REPLACE FUNCTION session_has_need(whom bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = whom
          AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
          AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
          AND n.reason = ANY ({opened("identity")}::text[])
    )
$$;
"""
_ACTED_ON = f"""
-- Whether the session knows of somebody, or of the household that they belong to on its day.
CREATE FUNCTION session_may_act_on(whom bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN session_has_need(whom) OR EXISTS (
        SELECT 1 FROM registry_groupmembership m
        WHERE m.subject_id = whom AND m.annulled_at IS NULL AND m.period @> {session_day()}
          AND session_has_need(m.group_id)
    );
END
$$;
-- A need may be opened of those whom the session may act on, and of somebody new: nobody's yet.
CREATE FUNCTION need_may_be_opened(whom bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN session_may_act_on(whom) OR {own_organisation()} IS NOT NULL AND {opens_something()}
        AND NOT EXISTS (SELECT 1 FROM access_need n WHERE n.subject_id = whom);
END
$$;
CREATE POLICY of_the_known_or_new ON access_need FOR INSERT WITH CHECK (need_may_be_opened(subject_id));
-- End the open needs of some for a reason: `on_day` is the first day without. All organisations where none is named.
CREATE FUNCTION end_needs(whom bigint[], why text, on_day date, at timestamptz, whose bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ending bigint[] := ARRAY(
        SELECT n.id FROM access_need n
        WHERE n.subject_id = ANY (whom) AND n.reason = why AND upper_inf(n.period)
          AND (whose IS NULL OR n.organisation_id = whose)
    );
BEGIN
    IF EXISTS (SELECT 1 FROM access_need n WHERE n.id = ANY (ending) AND NOT session_may_act_on(n.subject_id)) THEN
        RAISE EXCEPTION 'needs are ended of those whom one knows of' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE access_need n
    SET period = daterange(lower(n.period), greatest(lower(n.period), on_day)), ended_at = at
    WHERE n.id = ANY (ending);
END
$$;
-- Who has an open need for a reason, of those whom the session may act on, also of whom it does not see.
CREATE FUNCTION open_needs_of(whom bigint[], why text) RETURNS TABLE (subject_id bigint, organisation_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT n.subject_id, n.organisation_id FROM access_need n
    WHERE n.subject_id = ANY (whom) AND n.reason = why AND n.ended_at IS NULL AND session_may_act_on(n.subject_id)
    ORDER BY n.subject_id, n.organisation_id
$$;
"""
_NOT_ACTED_ON = """
DROP FUNCTION open_needs_of(bigint[], text);
DROP FUNCTION end_needs(bigint[], text, date, timestamptz, bigint);
DROP POLICY of_the_known_or_new ON access_need;
DROP FUNCTION need_may_be_opened(bigint);
DROP FUNCTION session_may_act_on(bigint);
"""
_EVENTS = f"""
ALTER TABLE platform_event ENABLE ROW LEVEL SECURITY;
-- One's own organisation's, of subjects only those whose roles open somebody; everybody's of those whom one knows of.
CREATE POLICY own_or_known ON platform_event FOR SELECT USING (
    organisation_id = {own_organisation()} AND (subject_id IS NULL OR {opens_something()})
    OR {knows("platform_event", "identity")}
);
-- Written in one's own organisation's name, of those of whom one might open a need, or of nobody.
CREATE POLICY own ON platform_event FOR INSERT WITH CHECK (
    organisation_id = {own_organisation()} AND (subject_id IS NULL OR need_may_be_opened(subject_id))
);
-- Number every committed event that has no position yet. One at a time: the counter's row is locked.
CREATE FUNCTION give_feed_positions() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    numbered bigint;
    last bigint;
BEGIN
    INSERT INTO platform_feedcounter (id, position) VALUES (1, 0) ON CONFLICT DO NOTHING;
    SELECT position INTO last FROM platform_feedcounter WHERE id = 1 FOR UPDATE;
    WITH waiting AS (
        SELECT id, row_number() OVER (ORDER BY id) AS n FROM platform_event WHERE feed_position IS NULL
    )
    UPDATE platform_event e SET feed_position = last + w.n FROM waiting w WHERE e.id = w.id;
    GET DIAGNOSTICS numbered = ROW_COUNT;
    UPDATE platform_feedcounter SET position = last + numbered WHERE id = 1 AND numbered > 0;
END
$$;
"""
_NO_EVENTS = """
DROP FUNCTION give_feed_positions();
DROP POLICY own ON platform_event;
DROP POLICY own_or_known ON platform_event;
ALTER TABLE platform_event DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_looks_fence"), ("registry", "0002_fence"), ("platform", "0001_first")]
    operations = [
        RunSQL(_READ, _READ_BY_ALL),
        RunSQL(_ACTED_ON, _NOT_ACTED_ON),
        RunSQL(_EVENTS, _NO_EVENTS),
    ]
