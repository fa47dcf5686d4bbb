"""A municipality is told why somebody left who lived privately there; of others as before."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_TABLE = "accommodation_stay"
_TOLD = f"{_TABLE}.annulled_at IS NULL AND {_TABLE}.departure_reason IN ('', 'moved_centre', 'agreed_settlement')"
_WHO_KNOWS = ("lives_here", "lived_here", "registered_here", "protection_case", "settlement_case", "emergency")
# What money for them rests on: what was believed at the time, too.
_THERE = f"{_TABLE}.municipality_id = {own_organisation()}"
_PAID_FOR = f"{_TABLE}.municipality_id IS NOT NULL AND {knows(_TABLE, 'stays', ('grant_case',))}"
_BEFORE = f"({_TOLD}) OR {knows(_TABLE, 'stays', _WHO_KNOWS)}"
_BY_UDI = f"EXISTS (SELECT 1 FROM directory_organisation o WHERE o.id = {own_organisation()} AND o.kind = 'udi')"
_NOW = f"{_BEFORE} OR {_THERE} OR ({_BY_UDI} AND {_PAID_FOR})"


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0006_private_living"), ("access", "0010_private_living")]
    operations = [
        RunSQL(
            f"ALTER POLICY by_duty ON {_TABLE} USING ({_NOW})",
            f"ALTER POLICY by_duty ON {_TABLE} USING ({_BEFORE})",
        )
    ]
