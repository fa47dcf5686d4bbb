"""A municipality reads what it has answered no to: by number and day, and nothing of the people (ADR 0042)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import opened, own_organisation

_OWN = f"""
-- What the session's municipality has said no to since a day, or for a week that is later than one (2024-W12): the
-- request's number, and what it said follows. It sees the household no more; whether it has been assessed anew, or
-- settled, is not told.
CREATE FUNCTION settlement_own_declines(since date, later_than text)
RETURNS TABLE (
    request_number varchar, answered_on date, decline_reason varchar, follows varchar, again_from_week varchar,
    unmet jsonb
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.reference, r.answered_on, r.decline_reason, r.follows, r.again_from_week, r.unmet
    FROM settlement_settlementrequest r
    WHERE r.state = 'declined' AND r.organisation_id = {own_organisation()} AND {opened("settlement")} IS NOT NULL
      AND (r.answered_on >= since OR r.again_from_week > later_than)
    ORDER BY r.answered_on DESC, r.id DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0019_over_weeks"), ("access", "0001_first")]
    operations = [RunSQL(_OWN, "DROP FUNCTION settlement_own_declines(date, text)")]
