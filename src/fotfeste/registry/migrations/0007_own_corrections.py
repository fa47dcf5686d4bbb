"""A municipality keeps why it put right when somebody ceased to live privately in it, and reads it again; of others'
corrections it sees none, as before."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_TABLE = "registry_correction"
_OWN = f"{_TABLE}.taken_back = 'private_stay' AND {_TABLE}.reported_by_id = {own_organisation()}"
_HERE = knows(_TABLE, "stays", ("housed_here",))


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_private_stays"), ("access", "0010_private_living")]
    operations = [
        RunSQL(
            f"CREATE POLICY own_of_private_stays ON {_TABLE} FOR ALL USING ({_OWN} AND {_HERE})",
            f"DROP POLICY own_of_private_stays ON {_TABLE}",
        )
    ]
