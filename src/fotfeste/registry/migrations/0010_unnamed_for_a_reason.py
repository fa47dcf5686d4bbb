"""Somebody who is named no more is so for a reason, which stands in the fact that ended."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import rewritten

_WHO = "nullif(current_setting('fotfeste.user', true), '')::bigint"
_OWN = "nullif(current_setting('fotfeste.organisation', true), '')::bigint"
_DAY = "nullif(current_setting('fotfeste.day', true), '')::date"
_NAMED = "c.annulled_at IS NULL AND upper_inf(c.period)"


def _ends(argument: str, reason: str) -> str:
    return f"""
CREATE FUNCTION end_clearances(whom bigint[], of_user bigint, ends_on date, at timestamptz{argument}) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT c.* FROM access_clearance c WHERE c.subject_id = ANY (whom) AND c.user_id = of_user AND {_NAMED} LOOP
        UPDATE access_clearance SET annulled_at = at, annulled_by_id = {_WHO}, annul_reason = {reason} WHERE id = one.id;
        IF lower(one.period) < ends_on THEN
            INSERT INTO access_clearance (subject_id, user_id, organisation_id, period, recorded_at, recorded_by_id,
                                          reported_by_id, supersedes_id, annul_reason)
            VALUES (one.subject_id, one.user_id, one.organisation_id, daterange(lower(one.period), ends_on), at, {_WHO},
                    {_OWN}, one.id, '');
        END IF;
    END LOOP;
END
$$;
"""


def _unnames(argument: str, asked: str, given: str) -> str:
    return f"""
CREATE FUNCTION unname_follower(household bigint, who bigint, at timestamptz{argument}) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    theirs bigint := (SELECT u.organisation_id FROM directory_user u WHERE u.id = who);
BEGIN
    IF NOT coalesce(session_names(household, theirs), false) THEN
        RAISE EXCEPTION 'not for the session to name' USING ERRCODE = '23514', CONSTRAINT = 'not_yours_to_name';
    END IF;{asked}
    IF NOT EXISTS (
        SELECT 1 FROM access_clearance c
        WHERE c.subject_id = household AND c.organisation_id = theirs AND c.user_id <> who AND {_NAMED}
    ) AND EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = household AND n.organisation_id = theirs AND n.period @> {_DAY}
    ) THEN
        RAISE EXCEPTION 'the last one who is named' USING ERRCODE = '23514', CONSTRAINT = 'last_named';
    END IF;
    PERFORM end_clearances(with_members(household), who, {_DAY}, at{given});
END
$$;
"""


_ASKED = """
    IF coalesce(reason, '') = '' THEN
        RAISE EXCEPTION 'no reason' USING ERRCODE = '23514', CONSTRAINT = 'unnamed_for_a_reason';
    END IF;"""
_BEFORE = (_ends("", "'ended'"), _unnames("", "", ""))
_AFTER = (_ends(", reason text", "reason"), _unnames(", reason text", _ASKED, ", reason"))
_DROP = """
DROP FUNCTION unname_follower(bigint, bigint, timestamptz{and_reason});
DROP FUNCTION end_clearances(bigint[], bigint, date, timestamptz{and_reason});
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_number_taken")]
    operations = [
        RunSQL(
            _DROP.format(and_reason="") + "".join(_AFTER),
            _DROP.format(and_reason=", text") + "".join(_BEFORE),
        ),
        rewritten(
            "end_protection(bigint, date, timestamptz)",
            "end_clearances(whom, c.user_id, ends_on, at)",
            "end_clearances(whom, c.user_id, ends_on, at, 'protection_ended')",
        ),
    ]
