"""Row-level security of tasks: one's own organisation's, and those about a subject that one has a need to know of.

Whoever's roles open nobody (an administrator) sees no tasks: each is about somebody.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, opened, own_organisation, written_with_a_part

_FENCE = f"""
ALTER TABLE worklist_task ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_needed ON worklist_task FOR ALL USING (
    organisation_id = {own_organisation()} AND {opened("identity")} IS NOT NULL OR {knows("worklist_task", "identity")}
);
"""


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_first"), ("access", "0001_first"), ("registry", "0002_fence")]
    operations = [
        RunSQL(_FENCE, "DROP POLICY own_or_needed ON worklist_task; ALTER TABLE worklist_task DISABLE ROW LEVEL SECURITY"),
        written_with_a_part(
            "worklist_task", f"organisation_id = {own_organisation()} OR session_has_need(subject_id)"
        ),
    ]
