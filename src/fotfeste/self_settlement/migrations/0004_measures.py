"""Counts of agreed self-settlement for UDI, IMDi and municipalities. No persons.

The fence lets nobody see all of it: a municipality sees nothing of those whom it said no to, IMDi nothing of those who
were settled long ago. What is settled and past is counted too (as ADR 0030).
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
_PLACES = f"""
CREATE FUNCTION self_settlement_places() RETURNS TABLE (
    municipality varchar, settled bigint, self_settled bigint, asked bigint,
    answered bigint, answer_days bigint, moved bigint, move_days bigint
)
{_HEAD}
    SELECT o.municipality_id,
           coalesce(s.settled, 0), coalesce(s.self_settled, 0), coalesce(r.asked, 0),
           coalesce(r.answered, 0), coalesce(r.answer_days, 0), coalesce(r.moved, 0), coalesce(r.move_days, 0)
    FROM directory_organisation o
    LEFT JOIN (
        SELECT organisation_id, count(*) AS settled, count(*) FILTER (WHERE is_self_found) AS self_settled
        FROM settlement_settlementrequest WHERE state = 'fulfilled' GROUP BY 1
    ) s ON s.organisation_id = o.id
    LEFT JOIN (
        SELECT organisation_id, count(*) AS asked,
               count(coalesce(welcomed_on, answered_on)) AS answered,
               sum(coalesce(welcomed_on, answered_on) - asked_on) AS answer_days,
               count(moved_in_on) FILTER (WHERE state = 'settled') AS moved,
               sum(moved_in_on - asked_on) FILTER (WHERE state = 'settled') AS move_days
        FROM self_settlement_request GROUP BY 1
    ) r ON r.organisation_id = o.id
    WHERE (s.organisation_id IS NOT NULL OR r.organisation_id IS NOT NULL)
      AND o.municipality_id IS NOT NULL AND {_ASKS}
    ORDER BY 1
$$;
"""
_NOES = f"""
CREATE FUNCTION self_settlement_noes() RETURNS TABLE (reason varchar, many bigint)
{_HEAD}
    SELECT no_reason, count(*) FROM self_settlement_request WHERE state = 'declined' AND {_ASKS} GROUP BY 1 ORDER BY 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("self_settlement", "0003_asked_fence"),
        ("settlement", "0027_found_home"),
        ("directory", "0001_first"),
    ]
    operations = [
        RunSQL(_PLACES, "DROP FUNCTION self_settlement_places()"),
        RunSQL(_NOES, "DROP FUNCTION self_settlement_noes()"),
    ]
