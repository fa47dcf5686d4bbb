"""Whom a protected address hides: marks on the needs, kept by the database, and the fence that asks them.

Outside those who are named a protected household is not there: one condition on the needs, which every policy asks,
and one on the tables that an organisation also reads without a need.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.domain.permissions import ADMINISTRATORS
from fotfeste.access.session_roles import asked_for_role
from fotfeste.platform.rls import fenced, own_organisation, rewritten

_NOW = "p.annulled_at IS NULL AND upper_inf(p.period)"
_ASKED = f"""
-- The subjects that the session's user is named for in the session's organisation, on its day. Asked once a query, and
-- only where a row is protected.
CREATE FUNCTION session_clearances() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce((
        SELECT array_agg(c.subject_id) FROM access_clearance c
        WHERE c.user_id = nullif(current_setting('fotfeste.user', true), '')::bigint
          AND c.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
          AND c.period @> nullif(current_setting('fotfeste.day', true), '')::date
          AND c.annulled_at IS NULL
    ), '{{}}');
END
$$;

-- The protected subjects that the session does not see: keys that it then leaves out, of which it has no row to lead on.
-- None without a scope, where there are no rows to leave out.
CREATE FUNCTION session_hidden() RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = public, pg_temp AS $$
DECLARE
    seen bigint[] := session_clearances();
BEGIN
    IF {own_organisation()} IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT p.subject_id FROM access_protection p WHERE {_NOW} AND p.subject_id <> ALL (seen);
END
$$;

-- Whether the session's user works in the session's organisation and gives roles to its staff, on its day.
{asked_for_role("session_gives_roles", ADMINISTRATORS)}"""
_UNASKED = """
DROP FUNCTION session_gives_roles();
DROP FUNCTION session_hidden();
DROP FUNCTION session_clearances();
"""
_MARKS = f"""
-- A need is marked by whether its subject is protected now, whoever writes it and whatever they say.
CREATE FUNCTION mark_need() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.is_protected := EXISTS (SELECT 1 FROM access_protection p WHERE p.subject_id = NEW.subject_id AND {_NOW});
    RETURN NEW;
END
$$;
CREATE TRIGGER need_is_marked BEFORE INSERT ON access_need FOR EACH ROW EXECUTE FUNCTION mark_need();

-- ... and anew when that changes: those that have ended too, so that no list of what was tells of them.
CREATE FUNCTION mark_needs() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    marked boolean := EXISTS (SELECT 1 FROM access_protection p WHERE p.subject_id = NEW.subject_id AND {_NOW});
BEGIN
    UPDATE access_need SET is_protected = marked WHERE subject_id = NEW.subject_id AND is_protected <> marked;
    RETURN NULL;
END
$$;
CREATE TRIGGER needs_are_marked AFTER INSERT OR UPDATE ON access_protection
FOR EACH ROW EXECUTE FUNCTION mark_needs();
"""
_UNMARKED = """
DROP TRIGGER needs_are_marked ON access_protection;
DROP FUNCTION mark_needs();
DROP TRIGGER need_is_marked ON access_need;
DROP FUNCTION mark_need();
"""
# An emergency is its user's as long as it lasts, a protected household theirs who are named for it. One condition for
# both, quick to plan, for it stands in the sub-select of every other policy: a page reads dozens of tables behind the need
# to know, and planning two conditions for each of them cost more than asking them (the settings, the sub-select and the
# columns that they name are looked up each time). Hardly a need is one of the two. A function of the row is planned as
# what it is, and called for those needs alone.
_NEEDS = """
-- Whether a need that is somebody's emergency or about somebody protected counts for the session's user.
CREATE FUNCTION session_need_counts(whom bigint, is_protected boolean, whose bigint, until_at timestamptz)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (until_at IS NULL
            OR whose = nullif(current_setting('fotfeste.user', true), '')::bigint AND until_at > now())
       AND (NOT is_protected OR whom = ANY (session_clearances()));
END
$$;
CREATE POLICY counts_for_the_user ON access_need AS RESTRICTIVE FOR SELECT USING (
    NOT is_protected AND until_at IS NULL OR session_need_counts(subject_id, is_protected, user_id, until_at)
);
"""
_ALL_COUNT = """
DROP POLICY counts_for_the_user ON access_need;
DROP FUNCTION session_need_counts(bigint, boolean, bigint, timestamptz);
"""
# A need of somebody protected counts where the session's user is named; emergency access does not reach them.
_NAMED = "(NOT {need}.is_protected OR {need}.subject_id = ANY (session_clearances()))"
_REACHED = f"""SELECT cardinality(persons) > 0
       AND NOT EXISTS (
           SELECT 1 FROM access_protection p WHERE p.subject_id = ANY (household || persons) AND {_NOW}
       )"""
# Its own looks an organisation reads without a need. One may speak of persons who are in another household now.
_LOOKS = """
CREATE POLICY protected_address ON access_look AS RESTRICTIVE FOR SELECT USING (
    household_id IS NULL AND person_ids = '{}'
    OR NOT (household_id || person_ids) && (SELECT coalesce(array_agg(h), '{}') FROM session_hidden() AS h)
);
"""
# ... and its own records of emergency access, from before.
_EMERGENCIES = """
CREATE POLICY protected_address ON access_emergencyaccess AS RESTRICTIVE FOR SELECT USING (
    household_id IS NULL
    OR NOT (household_id || person_ids) && (SELECT coalesce(array_agg(h), '{}') FROM session_hidden() AS h)
);
"""
# What happened to them, and where: an organisation reads its own events without a need.
_EVENTS = """
CREATE POLICY protected_address ON platform_event AS RESTRICTIVE FOR SELECT USING (
    subject_id IS NULL OR subject_id NOT IN (SELECT session_hidden())
);
"""
# Whom others have named is theirs; UDI names for all.
_OWN_STAFF = f"""
CREATE POLICY own_staff ON access_clearance AS RESTRICTIVE FOR SELECT USING (
    organisation_id = {own_organisation()}
    OR EXISTS (SELECT 1 FROM directory_organisation o WHERE o.id = {own_organisation()} AND o.kind = 'udi')
);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_protected")]
    operations = [
        RunSQL(_ASKED, _UNASKED),
        RunSQL(_MARKS, _UNMARKED),
        RunSQL(_NEEDS, _ALL_COUNT),
        rewritten(
            "session_has_need(bigint)",
            "access_need.subject_id = whom AND",
            f"access_need.subject_id = whom AND {_NAMED.format(need='access_need')} AND",
        ),
        rewritten("is_reached_in_emergency(bigint, bigint[])", "SELECT cardinality(persons) > 0", _REACHED),
        rewritten(
            "emergencies_told_to(bigint[])",
            "AND n.subject_id = ANY (whom)",
            f"AND n.subject_id = ANY (whom) AND {_NAMED.format(need='n')}",
        ),
        RunSQL(_LOOKS, "DROP POLICY protected_address ON access_look"),
        RunSQL(_EMERGENCIES, "DROP POLICY protected_address ON access_emergencyaccess"),
        RunSQL(_EVENTS, "DROP POLICY protected_address ON platform_event"),
        fenced("access_protection", "identity"),
        fenced("access_clearance", "identity"),
        RunSQL(_OWN_STAFF, "DROP POLICY own_staff ON access_clearance"),
    ]
