"""IMDi's task to look at who has left is opened by the centre that they left, too: it learns of their address."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from fotfeste.platform.rls import knows, own_organisation

_FOLLOWS = ("lives_here", "protection_case", "settlement_case")
_OWN = f"worklist_task.organisation_id = {own_organisation()}"
_KINDS = (
    "'answer_request', 'confirm_need', 'prepare_arrival', 'receive_household', 'read_settlement_note', "
    "'see_private_move', 'see_withdrawal'"
)
_BEFORE = f"kind NOT IN ({_KINDS}) OR {_OWN} OR {knows('worklist_task', 'settlement', _FOLLOWS)}"
_OF_THE_MOVE = f"kind = 'see_private_move' AND {knows('worklist_task', 'settlement', ['lived_here'])}"


def _policy(condition: str) -> str:
    return (
        "DROP POLICY settlement_by_duty ON worklist_task;"
        f" CREATE POLICY settlement_by_duty ON worklist_task AS RESTRICTIVE FOR ALL USING ({condition});"
    )


class Migration(migrations.Migration):
    dependencies = [("settlement", "0028_not_moved")]
    operations = [RunSQL(_policy(f"{_BEFORE} OR {_OF_THE_MOVE}"), _policy(_BEFORE))]
