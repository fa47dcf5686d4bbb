"""Counts of a scheme for UDI, IMDi and municipalities: applications, places, handling time, amounts. No persons.

Each number of the whole country stands beside the part of it that is the asker's own organisation's. What is settled and
past is counted too, and those with a protected address: a count that leaves somebody out is wrong (ADR 0030).
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation

_ASKS = f"""EXISTS (
    SELECT 1 FROM directory_organisation o WHERE o.id = {own_organisation()} AND o.kind IN ('udi', 'imdi', 'municipality')
)"""
_HEAD = """
LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$"""

_APPLICATIONS = f"""
CREATE FUNCTION insight_applications(in_scheme text) RETURNS TABLE (month date, applications bigint, own bigint)
{_HEAD}
    SELECT date_trunc('month', a.received_on)::date, count(*),
           count(*) FILTER (WHERE a.municipality_id = {own_organisation()})
    FROM alternative_application a WHERE a.scheme = in_scheme AND a.state <> 'draft' AND {_ASKS}
    GROUP BY 1 ORDER BY 1
$$;
"""
_HANDLING = f"""
CREATE FUNCTION insight_handling(in_scheme text) RETURNS TABLE (days integer, applications bigint, own bigint)
{_HEAD}
    SELECT a.decided_on - a.received_on, count(*), count(*) FILTER (WHERE a.municipality_id = {own_organisation()})
    FROM alternative_application a WHERE a.scheme = in_scheme AND a.decided_on IS NOT NULL AND {_ASKS}
    GROUP BY 1 ORDER BY 1
$$;
"""
_PLACES = f"""
CREATE FUNCTION insight_places(in_scheme text) RETURNS TABLE (municipality varchar, places bigint)
{_HEAD}
    SELECT o.municipality_id, count(DISTINCT s.subject_id)
    FROM accommodation_stay s JOIN directory_organisation o ON o.id = s.municipality_id
    WHERE s.kind = in_scheme AND s.annulled_at IS NULL AND NOT isempty(s.period) AND {_ASKS}
    GROUP BY 1
$$;
"""
_AMOUNTS = f"""
CREATE FUNCTION insight_amounts(in_scheme text) RETURNS TABLE (quarter date, amount_ore bigint, own_ore bigint)
{_HEAD}
    SELECT date_trunc('quarter', l.month)::date, sum(l.amount_ore)::bigint,
           coalesce(sum(l.amount_ore) FILTER (WHERE l.municipality_id = {own_organisation()}), 0)::bigint
    FROM ledger_line l JOIN ledger_run r ON r.id = l.run_id
    WHERE l.scheme = in_scheme AND r.state IN ('approved', 'paid') AND {_ASKS}
    GROUP BY 1 ORDER BY 1
$$;
"""
_NAMES = ("applications", "handling", "places", "amounts")


class Migration(migrations.Migration):
    dependencies = [
        ("accommodation", "0007_private_fence"),
        ("alternative", "0001_first"),
        ("ledger", "0001_first"),
        ("directory", "0001_first"),
    ]
    operations = [
        RunSQL(sql, f"DROP FUNCTION insight_{name}(text)")
        for name, sql in zip(_NAMES, (_APPLICATIONS, _HANDLING, _PLACES, _AMOUNTS), strict=True)
    ]
