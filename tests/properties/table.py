"""The table of who may see what, as it is printed (docs/access-matrix.md), and where each table of the database stands.

A compartment that a role opens for a reason shows the rows that stand in the reason's column: `all`, none (`.`), or
those that the word in it describes (`conditions.py`). A table behind the fence that has no line here fails the tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PRINTED = Path(__file__).resolve().parents[2] / "docs" / "access-matrix.md"
REASONS = {
    "police": "registered_here",
    "lives": "lives_here",
    "lived": "lived_here",
    "udi": "protection_case",
    "imdi": "settlement_case",
    "asked": "asked_to_settle",
    "offer": "offered_here",
    "settled": "settled_here",
    "seeks": "applied_here",
    "housed": "housed_here",
    "paid": "grant_case",
    "danger": "emergency",
}
PLACES = """
                             compartment   police lives lived udi  imdi asked  offer  settled seeks housed paid   danger
registry_person              identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_persondetails       identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_identifier          identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_personlanguage      identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_placementgroup      identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_groupmembership     identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_relation            identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_statusevent         identity      all    all   all   all  all  all    all    all     all   all    all    all
registry_outsidecontact      guardian      all    all   .     all  all  .      all    all     .     all    .      all
registry_correction          registration  all    all   .     all  all  .      .      .       .     .      .      .
registry_correction          stays         .      .     .     .    .    .      .      .       .     kept   .      .
registry_duplicateproposal   registration  .      .     .     all  .    .      .      .       .     .      .      .
accommodation_stay           stays         all    all   all   all  all  told   told   told    told  told   paid   all
accommodation_bedassignment  rooms         all    all   stood all  .    .      .      .       .     .      .      all
accommodation_absence        rooms         all    all   stood all  .    .      .      .       .     .      .      all
accommodation_missingreport  rooms         .      all   wrote all  .    .      .      .       .     .      .      all
settlement_settlementcase    identity      all    all   all   all  all  all    all    all     all   all    all    all
settlement_interview         interview     all    all   ended all  all  all    all    all     .     .      .      .
settlement_informationgiven  journal       .      all   .     .    all  .      .      .       .     .      .      .
settlement_participant       journal       .      all   .     .    all  .      .      .       .     .      .      .
settlement_mappingnote       mapping       .      all   .     .    all  .      .      .       .     .      .      .
settlement_answer            needs         .      all   .     .    all  of_age of_age of_age  .     .      .      .
settlement_settlementnote    needs+journal .      all   .     .    all  .      .      .       .     .      .      .
settlement_settlementnote    needs         .      .     .     .    .    passed passed passed  .     .      .      .
settlement_caseneed          needs         .      all   .     .    all  true   true   true    .     .      .      .
settlement_needquestion      settlement    .      all   own   all  all  own    own    own     .     .      .      .
settlement_settlementrequest settlement    .      all   own   all  all  own    own    own     .     .      .      .
settlement_offer             settlement    .      all   ended all  all  own    own    own     .     .      .      .
settlement_travelapproval    settlement    .      all   .     all  all  .      .      .       .     .      .      .
settlement_journey           settlement    .      all   ended all  all  .      own    own     .     .      .      .
settlement_journeyleg        settlement    .      all   ended all  all  .      own    own     .     .      .      .
settlement_bookingmessage    settlement    .      all   ended all  all  .      .      .       .     .      .      .
settlement_interruption      settlement    .      all   ended all  all  .      .      .       .     .      .      .
settlement_carclaim          settlement    .      all   payer all  all  .      .      .       .     .      .      .
refusal_refusal              settlement    .      all   ended all  all  .      own    own     .     .      .      .
refusal_refusalevent         settlement    .      all   ended all  all  .      held   held    .     .      .      .
allocation_proposal          settlement    .      .     .     .    all  .      .      .       .     .      .      .
allocation_steeredgroup      settlement    .      .     .     .    all  .      .      .       .     .      .      .
allocation_closedmunicipality settlement   .      .     .     .    .    .      .      .       .     .      .      .
allocation_plan              settlement    .      .     .     .    .    .      .      .       .     .      .      .
allocation_policyversion     settlement    .      .     .     .    .    .      .      .       .     .      .      .
allocation_whatif            settlement    .      .     .     .    .    .      .      .       .     .      .      .
settlement_withdrawal        settlement    .      all   .     all  all  .      .      .       .     .      .      .
self_settlement_request      settlement    .      all   .     all  all  own    own    own     .     .      .      .
self_settlement_home         settlement    .      all   .     all  all  own    own    own     .     .      .      .
alternative_application      housing       .      all   .     all  all  .      .      .       there there  theirs .
alternative_agreement        housing       .      all   .     all  all  .      .      .       there there  theirs .
alternative_housingcheck     housing       .      all   .     all  all  .      .      .       own   own    own    .
alternative_contactperson    housing       .      all   .     all  all  .      .      .       own   own    own    .
alternative_contactmade      housing       .      .     .     .    .    .      .      .       own   own    own    .
alternative_yearlyreport     housing       .      all   .     all  all  .      .      .       own   own    own    .
alternative_waitingentry     housing       .      .     .     .    .    .      .      .       .     .      .      .
alternative_privateresident  housing       .      all   .     all  all  .      .      .       .     .      .      .
ledger_run                   money         .      .     .     all  .    .      .      .       .     .      udis   .
ledger_line                  money         .      .     .     all  .    .      .      .       .     counts counts .
ledger_refusal               money         .      .     .     all  .    .      .      .       .     .      udis   .
ledger_claim                 money         .      .     .     all  .    .      .      .       .     there  theirs .
ledger_claimpart             money         .      .     .     all  .    .      .      .       .     there  theirs .
ledger_claimsettlement       money         .      .     .     all  .    .      .      .       .     all    all    .
ledger_runtotal              money         .      .     .     .    .    .      .      .       .     .      .      .
ledger_payment               money         .      .     .     .    .    .      .      .       .     .      .      .
grants_runorder              money         .      .     .     .    .    .      .      .       .     .      .      .
letters_letter/housing       housing       .      ends  .     ends ends .      .      .       ends  ends   ends   .
letters_letter/journal       journal       .      all   .     .    all  .      .      .       .     .      .      .
letters_letter/money         money         .      .     .     ends .    .      .      .       .     ends   ends   .
letters_letter/refusal       refusal       .      all   .     all  all  .      .      .       .     .      .      .
letters_letter/stays         stays         .      all   all   all  all  .      .      .       .     .      .      .
platform_file/housing        housing       .      ends  .     ends ends .      .      .       ends  ends   ends   .
platform_file/journal        journal       .      all   .     .    all  .      .      .       .     .      .      .
platform_file/money          money         .      .     .     ends .    .      .      .       .     ends   ends   .
platform_file/refusal        refusal       .      all   .     all  all  .      .      .       .     .      .      .
platform_file/stays          stays         .      all   all   all  all  .      .      .       .     .      .      .
worklist_task/everyones      identity      all    all   all   all  all  all    all    all     all   all    all    all
worklist_task/between        settlement    .      all   .     all  all  .      .      .       .     .      .      .
worklist_task/move           settlement    .      all   all   all  all  .      .      .       .     .      .      .
worklist_task/move           housing       .      .     .     .    .    .      .      .       .     all    .      .
worklist_task/absence        rooms         all    .     .     all  .    .      .      .       .     .      .      .
worklist_task/missing        rooms         all    all   .     all  .    .      .      .       .     .      .      .
worklist_task/acceptance     identity      .      all   .     all  all  .      .      .       .     .      .      .
worklist_task/change         identity      all    .     .     .    .    .      .      .       .     .      .      .
worklist_task/change         settlement    .      all   .     all  all  .      .      .       .     .      .      .
access_look                  looks         .      all   .     all  .    .      .      all     .     .      .      .
access_lookreview            looks         .      .     .     .    .    .      .      .       .     .      .      .
access_emergencyaccess       looks         .      .     .     .    .    .      .      .       .     .      .      .
access_protection            identity      all    all   all   all  all  all    all    all     all   all    all    .
access_clearance             identity      own    own   own   all  own  own    own    own     own   own    own    .
access_need                  identity      all    all   all   all  all  all    all    all     all   all    all    own
platform_event/of_somebody   identity      all    all   all   all  all  all    all    all     all   all    all    all
platform_event/of_nobody     identity      .      .     .     .    .    .      .      .       .     .      .      .
"""
# Of those who ask a municipality for agreed self-settlement, what it sees: rows, and which. Nothing else.
WANTS = """
registry_person              all
registry_persondetails       all
registry_identifier          all
registry_personlanguage      all
registry_placementgroup      all
registry_groupmembership     all
registry_relation            all
registry_statusevent         all
settlement_settlementcase    all
settlement_needquestion      own
settlement_settlementrequest own
settlement_offer             own
worklist_task/everyones      all
access_protection            all
access_clearance             own
access_need                  all
platform_event/of_somebody   all
self_settlement_request      own
self_settlement_home         own
"""
# An organisation's own rows, whatever it knows of them: where its roles open this compartment of anybody; "" for any.
OWN = {
    "worklist_task": "identity",
    "settlement_withdrawal": "settlement",
    "allocation_plan": "settlement",
    "allocation_policyversion": "settlement",
    "allocation_whatif": "settlement",
    "allocation_closedmunicipality": "settlement",
    "alternative_waitingentry": "housing",
    "alternative_privateresident": "housing",
    "ledger_runtotal": "money",
    "ledger_payment": "money",
    "grants_runorder": "money",
    "letters_letter/housing": "housing",
    "letters_letter/money": "money",
    "platform_file/housing": "housing",
    "platform_file/money": "money",
    "access_look": "",
    "access_lookreview": "",
    "access_emergencyaccess": "",
    "access_need": "identity",
    "platform_event/of_somebody": "identity",
    "platform_event/of_nobody": "",
}
# Seen with the row that they hang on: its table, and the column that names it.
FOLLOWS = {
    "alternative_applicationperson": ("alternative_application", "application_id"),
    "alternative_applicationdocument": ("alternative_application", "application_id"),
    "alternative_confirmation": ("alternative_application", "application_id"),
    "ledger_linecorrection": ("ledger_line", "line_id"),
}


@cache
def printed() -> Mapping[tuple[str, str], frozenset[str]]:
    """By role and reason the compartments that the printed table opens."""
    lines = [
        [cell.strip() for cell in line.strip().split("|")[1:-1]]
        for line in PRINTED.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    head = lines[0]
    found = {}
    for line in lines:
        if len(line) == len(head) and line is not head:
            found[line[0], line[1]] = frozenset(head[place] for place, cell in enumerate(line) if cell == "x")
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """Of a table, or of some of its rows: the compartments it takes, and for each reason which rows are shown."""

    table: str
    part: str
    compartments: frozenset[str]
    shows: Mapping[str, str]


@cache
def lines() -> tuple[Line, ...]:
    """The table above."""
    head, *rest = [line.split() for line in PLACES.strip().splitlines()]
    wants = dict(line.split() for line in WANTS.strip().splitlines())
    return tuple(
        Line(
            name.partition("/")[0],
            name.partition("/")[2],
            frozenset(compartments.split("+")),
            {REASONS[column]: cell for column, cell in zip(head[1:], cells, strict=True)}
            | {"wants_to_settle": wants.get(name, ".")},
        )
        for name, compartments, *cells in rest
    )
