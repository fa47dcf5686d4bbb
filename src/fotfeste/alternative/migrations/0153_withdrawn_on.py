"""The day on which an application was taken back: until when it was handled. Told by its event."""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

_AS_TOLD = """
UPDATE alternative_application a SET withdrawn_on = e.holds_on FROM platform_event e
WHERE a.state = 'withdrawn' AND e.object_kind = 'alternative_application' AND e.object_id = a.id
  AND e.to_state = 'withdrawn'
"""


class Migration(migrations.Migration):
    dependencies = [("alternative", "0152_protected_applicants"), ("platform", "0001_first")]
    operations = [
        migrations.AddField("application", "withdrawn_on", models.DateField(null=True)),
        RunSQL(_AS_TOLD, RunSQL.noop),
    ]
