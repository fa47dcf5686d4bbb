"""Who was told of a minor who is missing is for whoever has them, UDI, and a former centre's own; no municipality, no
IMDi. The task to tell is fenced like absence; UDI's to see it is opened and ended by the centre.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import fenced, knows, narrowed, own_organisation

_TABLE = "accommodation_missingreport"
_KEEPS = knows(_TABLE, "rooms", ("lives_here", "protection_case", "emergency"))
_OWN = f"worklist_task.organisation_id = {own_organisation()}"
_SEES = knows("worklist_task", "rooms", ("registered_here", "protection_case"))
_REPORTS = f"kind = 'follow_missing' AND {knows('worklist_task', 'rooms', ('lives_here',))}"
_BEFORE = f"kind <> 'follow_absence' OR {_OWN} OR {_SEES}"
_NOW = f"kind NOT IN ('follow_absence', 'report_missing', 'follow_missing') OR {_OWN} OR {_SEES} OR {_REPORTS}"


class Migration(migrations.Migration):
    dependencies = [("accommodation", "0011_missing"), ("access", "0010_private_living")]
    operations = [
        fenced(_TABLE, "rooms"),
        narrowed(_TABLE, f"{_KEEPS} OR reported_by_id = {own_organisation()}"),
        RunSQL(
            f"ALTER POLICY absence_by_duty ON worklist_task USING ({_NOW})",
            f"ALTER POLICY absence_by_duty ON worklist_task USING ({_BEFORE})",
        ),
    ]
