"""Row-level security of tasks: one's own organisation's, and those about a subject that one has a need to know of."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

_FENCE = """
ALTER TABLE worklist_task ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_needed ON worklist_task FOR ALL USING (
    organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
    OR EXISTS (
        SELECT 1 FROM access_need n
        WHERE n.subject_id = worklist_task.subject_id
          AND n.organisation_id = nullif(current_setting('fotfeste.organisation', true), '')::bigint
          AND n.period @> nullif(current_setting('fotfeste.day', true), '')::date
    )
);
"""


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_first"), ("access", "0001_first")]
    operations = [RunSQL(_FENCE, "DROP POLICY own_or_needed ON worklist_task; ALTER TABLE worklist_task DISABLE ROW LEVEL SECURITY")]
