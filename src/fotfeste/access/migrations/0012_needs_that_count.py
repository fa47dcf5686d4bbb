"""One condition on needs where two stood: quick to plan, for it stands in the sub-select of every other policy.

An emergency is its user's as long as it lasts, a protected household theirs who are named for it. Hardly a need is one
of the two. A page reads dozens of tables behind the need to know, and planning the two conditions for each of them cost
more than asking them: the settings, the sub-select and the columns that they name are looked up each time. A function
of the row is planned as what it is, and called for those needs alone.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_COUNTS = """
-- Whether a need that is somebody's emergency or about somebody protected counts for the session's user.
CREATE FUNCTION session_need_counts(whom bigint, is_protected boolean, whose bigint, until_at timestamptz)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (until_at IS NULL
            OR whose = nullif(current_setting('fotfeste.user', true), '')::bigint AND until_at > now())
       AND (NOT is_protected OR whom = ANY (session_clearances()));
END
$$;
DROP POLICY emergency_is_ones_own ON access_need;
DROP POLICY protected_address ON access_need;
CREATE POLICY counts_for_the_user ON access_need AS RESTRICTIVE FOR SELECT USING (
    NOT is_protected AND until_at IS NULL OR session_need_counts(subject_id, is_protected, user_id, until_at)
);
"""
_TWO = """
DROP POLICY counts_for_the_user ON access_need;
CREATE POLICY protected_address ON access_need AS RESTRICTIVE FOR SELECT USING (
    NOT is_protected OR subject_id = ANY ((SELECT session_clearances())::bigint[])
);
CREATE POLICY emergency_is_ones_own ON access_need AS RESTRICTIVE FOR SELECT USING (
    until_at IS NULL OR user_id = nullif(current_setting('fotfeste.user', true), '')::bigint AND until_at > now()
);
DROP FUNCTION session_need_counts(bigint, boolean, bigint, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0011_alike_and_protected")]
    operations = [RunSQL(_COUNTS, _TWO)]
