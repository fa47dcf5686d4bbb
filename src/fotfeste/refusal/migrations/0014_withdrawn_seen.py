"""That an offer is withdrawn is to be seen by UDI and IMDi: the municipality that withdraws it opens their tasks."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_DUTY = ("lives_here", "protection_case", "settlement_case")
_OWN = f"organisation_id = {own_organisation()}"
_BEFORE = f"NOT (starts_with(kind, 'refusal_')) OR {_OWN} OR {knows('worklist_task', 'settlement', _DUTY)}"
# Of its own refusal alone, and as long as it sees that.
_WITHDRAWN = f"""kind = 'refusal_withdrawn' AND EXISTS (
    SELECT 1 FROM refusal_refusal r
    WHERE r.id = worklist_task.object_id AND r.organisation_id = {own_organisation()} OFFSET 0
)"""


class Migration(migrations.Migration):
    dependencies = [("refusal", "0013_not_offered")]
    operations = [
        RunSQL(
            f"ALTER POLICY refusal_by_duty ON worklist_task USING ({_BEFORE} OR {_WITHDRAWN})",
            f"ALTER POLICY refusal_by_duty ON worklist_task USING ({_BEFORE})",
        )
    ]
