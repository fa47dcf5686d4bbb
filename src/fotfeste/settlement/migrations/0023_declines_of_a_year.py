"""A municipality reads what it answered since a day, but for what it has been asked about anew (ADR 0042)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import opened, own_organisation

_CONDITIONS = f"""r.state = 'declined' AND r.subject_id NOT IN (SELECT session_hidden())
      AND r.organisation_id = {own_organisation()} AND {opened("settlement")} IS NOT NULL"""
# A request that was taken back before any answer replaces nothing.
_SINCE = """r.answered_on >= since
      AND NOT EXISTS (
          SELECT 1 FROM settlement_settlementrequest n
          WHERE n.case_id = r.case_id AND n.organisation_id = r.organisation_id AND n.id > r.id
            AND (n.state <> 'withdrawn' OR n.possible_week <> '')
      )"""
_OR_LATER = "(r.answered_on >= since OR r.again_from_week > later_than)"


def _function(arguments: str, which: str) -> str:
    """The request's number, and what the municipality said follows. It sees the household no more; whether it has been
    assessed anew, or settled, is not told.
    """
    return f"""
CREATE FUNCTION settlement_own_declines({arguments})
RETURNS TABLE (
    request_number varchar, answered_on date, decline_reason varchar, follows varchar, again_from_week varchar,
    unmet jsonb
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.reference, r.answered_on, r.decline_reason, r.follows, r.again_from_week, r.unmet
    FROM settlement_settlementrequest r
    WHERE {_CONDITIONS}
      AND {which}
    ORDER BY r.answered_on DESC, r.id DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0022_protected_declines")]
    operations = [
        RunSQL(
            f"DROP FUNCTION settlement_own_declines(date, text);{_function('since date', _SINCE)}",
            f"DROP FUNCTION settlement_own_declines(date);{_function('since date, later_than text', _OR_LATER)}",
        )
    ]
