"""Row-level security of what is decided ahead of plans: read and written by those who plan, in their own organisation;
of households those that they need to know of.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced, narrowed, own_organisation

_PLANS = "(SELECT session_plans_settlement())"
_OWN = f"{_PLANS} AND {{table}}.organisation_id = {own_organisation()}"
_CLOSED = _OWN.format(table="allocation_closedmunicipality")
_FENCE = f"""
ALTER TABLE allocation_closedmunicipality ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON allocation_closedmunicipality FOR SELECT USING ({_CLOSED});
CREATE POLICY written ON allocation_closedmunicipality FOR INSERT WITH CHECK ({_CLOSED});
CREATE POLICY taken_back ON allocation_closedmunicipality FOR UPDATE USING ({_CLOSED});
"""
_OPEN = """
DROP POLICY taken_back ON allocation_closedmunicipality;
DROP POLICY written ON allocation_closedmunicipality;
DROP POLICY read ON allocation_closedmunicipality;
ALTER TABLE allocation_closedmunicipality DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("allocation", "0006_steered")]
    operations = [
        RunSQL(_FENCE, _OPEN),
        fenced("allocation_steeredgroup", "settlement"),
        narrowed("allocation_steeredgroup", _OWN.format(table="allocation_steeredgroup")),
    ]
