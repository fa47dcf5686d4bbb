"""Row-level security of tasks: one's own organisation's, and those about a subject that one has a need to know of."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_FENCE = f"""
ALTER TABLE worklist_task ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_needed ON worklist_task FOR ALL USING (
    organisation_id = {own_organisation()} OR {knows("worklist_task")}
);
"""


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_first"), ("access", "0001_first")]
    operations = [RunSQL(_FENCE, "DROP POLICY own_or_needed ON worklist_task; ALTER TABLE worklist_task DISABLE ROW LEVEL SECURITY")]
