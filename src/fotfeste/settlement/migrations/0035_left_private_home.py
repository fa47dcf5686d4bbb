"""IMDi's task to look at who has left is opened by the municipality where they lived privately, too."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_FOLLOWS = ("lives_here", "protection_case", "settlement_case")
_OWN = f"worklist_task.organisation_id = {own_organisation()}"
_KINDS = (
    "'answer_request', 'confirm_need', 'prepare_arrival', 'receive_household', 'read_settlement_note', "
    "'see_private_move', 'see_withdrawal'"
)
_BY_CENTRE = f"kind = 'see_private_move' AND {knows('worklist_task', 'settlement', ['lived_here'])}"
_BY_MUNICIPALITY = f"kind = 'see_private_move' AND {knows('worklist_task', 'housing', ['housed_here'])}"
_BEFORE = f"kind NOT IN ({_KINDS}) OR {_OWN} OR {knows('worklist_task', 'settlement', _FOLLOWS)} OR {_BY_CENTRE}"


class Migration(migrations.Migration):
    dependencies = [("settlement", "0034_second_try")]
    operations = [
        RunSQL(
            f"ALTER POLICY settlement_by_duty ON worklist_task USING ({_BEFORE} OR {_BY_MUNICIPALITY})",
            f"ALTER POLICY settlement_by_duty ON worklist_task USING ({_BEFORE})",
        )
    ]
