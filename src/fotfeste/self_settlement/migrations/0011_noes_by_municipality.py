"""Noes by municipality and reason: the measures tell of them by centrality and by municipality (SET-13)."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation

_ASKS = f"""EXISTS (
    SELECT 1 FROM directory_organisation a WHERE a.id = {own_organisation()} AND a.kind IN ('udi', 'imdi', 'municipality')
)"""
_HEAD = """
LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET max_parallel_workers_per_gather = 0 AS $$"""
_BEFORE = f"""
DROP FUNCTION self_settlement_noes();
CREATE FUNCTION self_settlement_noes() RETURNS TABLE (reason varchar, many bigint, own bigint)
{_HEAD}
    SELECT no_reason, count(*), count(*) FILTER (WHERE organisation_id = {own_organisation()})
    FROM self_settlement_request WHERE state = 'declined' AND {_ASKS} GROUP BY 1 ORDER BY 1
$$;
"""
_NOES = f"""
DROP FUNCTION self_settlement_noes();
CREATE FUNCTION self_settlement_noes() RETURNS TABLE (municipality varchar, reason varchar, many bigint)
{_HEAD}
    SELECT o.municipality_id, r.no_reason, count(*)
    FROM self_settlement_request r
    JOIN directory_organisation o ON o.id = r.organisation_id
    WHERE r.state = 'declined' AND o.municipality_id IS NOT NULL AND {_ASKS}
    GROUP BY 1, 2 ORDER BY 1, 2
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("self_settlement", "0010_reopened")]
    operations = [RunSQL(_NOES, _BEFORE)]
