"""Where everyone of a household stays, for counts without people: apart from who may ask for it."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import rewritten

_EVERYONE = "everyone_of_household(bigint, date)"
_APART = f"""
ALTER FUNCTION household_whereabouts(bigint, date) RENAME TO everyone_of_household;
-- With the rights of whoever asks: only functions of the owner's see all.
ALTER FUNCTION {_EVERYONE} SECURITY INVOKER;
ALTER FUNCTION {_EVERYONE} RESET ALL;
"""
_TOGETHER = f"""
ALTER FUNCTION {_EVERYONE} SECURITY DEFINER;
ALTER FUNCTION {_EVERYONE} SET search_path = public, pg_temp;
ALTER FUNCTION {_EVERYONE} RENAME TO household_whereabouts;
"""
_WHOEVER_NEEDS = """
-- Where all who belong to a household on a day stay, also those whom the session does not see: a centre does not see who
-- lives at another one, and what follows from its acts must not depend on that. Keys, no names; only of a household that
-- the session's organisation has a need to know of.
CREATE FUNCTION household_whereabouts(household bigint, day date) RETURNS TABLE (
    subject_id bigint, is_staying boolean, centre_id bigint, since_on date,
    has_stayed boolean, has_bed boolean, is_gone boolean, is_dead boolean,
    has_moved_privately boolean, municipality_id bigint, is_without_place boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.* FROM everyone_of_household(household, day) e WHERE session_has_need(household) ORDER BY e.subject_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0008_private_whereabouts")]
    operations = [
        RunSQL(_APART, _TOGETHER),
        rewritten(_EVERYONE, "m.period @> day AND session_has_need(household)", "m.period @> day"),
        RunSQL(_WHOEVER_NEEDS, "DROP FUNCTION household_whereabouts(bigint, date)"),
    ]
