"""Row-level security of plans: those who plan read and write their own organisation's, and of the proposals those about
households that they need to know of. No municipality, centre or resident sees what was only proposed.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.public import PERMISSIONS, asked_for_role
from fotfeste.platform.rls import fenced, narrowed, own_organisation

_PLANNERS = [role for role, permissions in PERMISSIONS.items() if "allocation.plan" in permissions]
_PLANS = "(SELECT session_plans_settlement())"
_OWN = f"{_PLANS} AND allocation_plan.organisation_id = {own_organisation()}"
_FENCE = f"""
ALTER TABLE allocation_plan ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON allocation_plan FOR SELECT USING ({_OWN});
CREATE POLICY written ON allocation_plan FOR INSERT WITH CHECK ({_OWN});
CREATE POLICY moved_on ON allocation_plan FOR UPDATE USING ({_OWN});
"""
_OPEN = """
DROP POLICY moved_on ON allocation_plan;
DROP POLICY written ON allocation_plan;
DROP POLICY read ON allocation_plan;
ALTER TABLE allocation_plan DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("allocation", "0001_first"), ("access", "0012_subjects_of_money"), ("settlement", "0009_where_they_live")]
    operations = [
        RunSQL(asked_for_role("session_plans_settlement", _PLANNERS), "DROP FUNCTION session_plans_settlement()"),
        RunSQL(_FENCE, _OPEN),
        fenced("allocation_proposal", "settlement"),
        narrowed("allocation_proposal", _PLANS),
    ]
