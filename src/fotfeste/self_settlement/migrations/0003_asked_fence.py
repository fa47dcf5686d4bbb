"""A request is seen by the household's centre, IMDi, UDI, and the one municipality that it is sent to."""

from django.db import migrations

from fotfeste.platform.rls import fenced, knows, narrowed, own_organisation

_DUTY = ("protection_case", "settlement_case", "lives_here")
_TABLES = ("self_settlement_request", "self_settlement_home")


def _own_or_duty(table: str) -> str:
    return f"{table}.organisation_id = {own_organisation()} OR {knows(table, 'settlement', _DUTY)}"


class Migration(migrations.Migration):
    dependencies = [
        ("self_settlement", "0002_asked"),
        ("access", "0013_wants_to_settle"),
        ("settlement", "0002_fence"),
        ("worklist", "0002_fence"),
    ]
    operations = [
        *(fenced(table, "settlement") for table in _TABLES),
        *(narrowed(table, _own_or_duty(table)) for table in _TABLES),
        # A task of the municipality's tells which one they ask.
        narrowed(
            "worklist_task",
            "kind NOT IN ('answer_self_settlement', 'check_found_home')"
            f" OR {_own_or_duty('worklist_task')}",
            name="self_settlement_by_duty",
        ),
    ]
