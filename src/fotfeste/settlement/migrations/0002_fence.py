"""Row-level security, and a municipality's load as counts without people."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced

_LOAD = """
-- Persons settled in a year, promised (accepted request, offer or journey) and asked for, per municipality organisation.
CREATE FUNCTION settlement_load(of_year integer)
RETURNS TABLE (organisation_id bigint, settled bigint, promised bigint, asked bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.organisation_id,
           coalesce(sum(r.size) FILTER (WHERE c.state = 'settled' AND extract(year FROM c.state_since_on) = of_year), 0),
           coalesce(sum(r.size) FILTER (
               WHERE r.state = 'accepted' AND c.state IN ('municipality_found', 'offered', 'accepted', 'journey_agreed')
           ), 0),
           coalesce(sum(r.size) FILTER (WHERE r.state = 'open'), 0)
    FROM settlement_settlementrequest r JOIN settlement_settlementcase c ON c.id = r.case_id
    WHERE r.state IN ('open', 'accepted')
    GROUP BY r.organisation_id
$$;
"""
_TABLES = (
    "settlementcase",
    "informationgiven",
    "interview",
    "participant",
    "answer",
    "settlementnote",
    "caseneed",
    "settlementrequest",
    "offer",
    "journey",
    "journeyleg",
)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_first"), ("access", "0001_first")]
    operations = [
        *(fenced(f"settlement_{table}") for table in _TABLES),
        RunSQL(_LOAD, "DROP FUNCTION settlement_load(integer)"),
    ]
