"""Row-level security: a refusal is between the centre, IMDi, UDI and the municipality that is asked to hold its offer."""

from django.db import migrations

from fotfeste.platform.rls import fenced, knows, narrowed, own_organisation

# Centre, UDI and IMDi, by the reason for which they know of the household.
_DUTY = ("lives_here", "protection_case", "settlement_case")
_MUNICIPALITY = ("offered_here", "settled_here")
# All that a municipality is told of what happens: it is not asked about letters, talks and evictions.
_OF_THE_OFFER = "('hold_asked', 'imdi_deadline_extended', 'withdrawn')"
_TASKS = "starts_with(kind, 'refusal_')"


def _ended(table: str, case: str) -> str:
    """Also, for a while, the centre where it ended."""
    return f"""EXISTS (
    SELECT 1 FROM settlement_settlementcase c WHERE c.id = {case} AND c.centre_id = {own_organisation()} OFFSET 0
) AND {knows(table, "settlement", ["lived_here"])}"""


def _refusal() -> str:
    table = "refusal_refusal"
    own = f"{table}.organisation_id = {own_organisation()} AND {knows(table, 'settlement', _MUNICIPALITY)}"
    return f"{knows(table, 'settlement', _DUTY)} OR {own} OR {_ended(table, f'{table}.case_id')}"


def _event() -> str:
    table = "refusal_refusalevent"
    of_it = f"EXISTS (SELECT 1 FROM refusal_refusal r WHERE r.id = {table}.refusal_id{{own}} OFFSET 0)"
    own = of_it.format(own=f" AND r.organisation_id = {own_organisation()}")
    told = f"{table}.kind IN {_OF_THE_OFFER} AND {own} AND {knows(table, 'settlement', _MUNICIPALITY)}"
    lived = f"{knows(table, 'settlement', ['lived_here'])} AND {of_it.format(own='')}"
    return f"{knows(table, 'settlement', _DUTY)} OR {told} OR {lived}"


class Migration(migrations.Migration):
    dependencies = [
        ("refusal", "0001_first"),
        ("access", "0012_subjects_of_money"),
        ("settlement", "0002_fence"),
        ("worklist", "0002_fence"),
    ]
    operations = [
        fenced("refusal_refusal", "settlement"),
        fenced("refusal_refusalevent", "settlement"),
        narrowed("refusal_refusal", _refusal()),
        narrowed("refusal_refusalevent", _event()),
        # Whose move it is tells how far it has come: of the parties alone, a municipality's own.
        narrowed(
            "worklist_task",
            f"NOT ({_TASKS}) OR organisation_id = {own_organisation()}"
            f" OR {knows('worklist_task', 'settlement', _DUTY)}",
            name="refusal_by_duty",
        ),
    ]
