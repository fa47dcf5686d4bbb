"""Row-level security of the policy's versions: those who plan read their own organisation's, those who may change it add.
Nobody is in them.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.access.public import PERMISSIONS, asked_for_role
from fotfeste.platform.rls import own_organisation

_CHANGERS = [role for role, permissions in PERMISSIONS.items() if "allocation.change_policy" in permissions]
_OWN = f"allocation_policyversion.organisation_id = {own_organisation()}"
_FENCE = f"""
ALTER TABLE allocation_policyversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON allocation_policyversion FOR SELECT USING ((SELECT session_plans_settlement()) AND {_OWN});
CREATE POLICY written ON allocation_policyversion FOR INSERT WITH CHECK ((SELECT session_changes_policy()) AND {_OWN});
"""
_OPEN = """
DROP POLICY written ON allocation_policyversion;
DROP POLICY read ON allocation_policyversion;
ALTER TABLE allocation_policyversion DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("allocation", "0004_policy_versions"), ("access", "0012_subjects_of_money")]
    operations = [
        RunSQL(asked_for_role("session_changes_policy", _CHANGERS), "DROP FUNCTION session_changes_policy()"),
        RunSQL(_FENCE, _OPEN),
    ]
