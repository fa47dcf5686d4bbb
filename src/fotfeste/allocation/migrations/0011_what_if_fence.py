"""Row-level security of what-ifs: read and written by those who plan, in their own organisation. Nobody is in them."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import own_organisation

_OWN = f"(SELECT session_plans_settlement()) AND allocation_whatif.organisation_id = {own_organisation()}"
_FENCE = f"""
ALTER TABLE allocation_whatif ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON allocation_whatif FOR SELECT USING ({_OWN});
CREATE POLICY written ON allocation_whatif FOR INSERT WITH CHECK ({_OWN});
CREATE POLICY moved_on ON allocation_whatif FOR UPDATE USING ({_OWN});
"""
_OPEN = """
DROP POLICY moved_on ON allocation_whatif;
DROP POLICY written ON allocation_whatif;
DROP POLICY read ON allocation_whatif;
ALTER TABLE allocation_whatif DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("allocation", "0010_what_if")]
    operations = [RunSQL(_FENCE, _OPEN)]
