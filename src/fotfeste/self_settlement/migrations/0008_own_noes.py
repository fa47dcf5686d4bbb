"""How many noes of each reason are the asking municipality's own: what it knows is taken into account when small counts
are left out.
"""

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
CREATE FUNCTION self_settlement_noes() RETURNS TABLE (reason varchar, many bigint)
{_HEAD}
    SELECT no_reason, count(*) FROM self_settlement_request WHERE state = 'declined' AND {_ASKS} GROUP BY 1 ORDER BY 1
$$;
"""
_NOES = f"""
DROP FUNCTION self_settlement_noes();
CREATE FUNCTION self_settlement_noes() RETURNS TABLE (reason varchar, many bigint, own bigint)
{_HEAD}
    SELECT no_reason, count(*), count(*) FILTER (WHERE organisation_id = {own_organisation()})
    FROM self_settlement_request WHERE state = 'declined' AND {_ASKS} GROUP BY 1 ORDER BY 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("self_settlement", "0007_looked_at_again")]
    operations = [RunSQL(_NOES, _BEFORE)]
