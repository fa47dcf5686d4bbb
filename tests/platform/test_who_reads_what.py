"""Which rows about a household each reason to know of it opens, asked in SQL as the app role: one table, read as code.

Everything there can be about a household is written by the real acts; then every need ends, and one reason at a time
is opened for the organisation that has it. `x` sees rows, `.` sees none.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from fotfeste.access.public import NeedReason, Role
from fotfeste.directory.public import Organisation
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.access.emergencies import emergency_given
from tests.as_owner import need_given, needs_ended
from tests.conftest import Cast, staff
from tests.platform.in_every_table import everything, told_alone

pytestmark = pytest.mark.django_db

# lives: the staff of the centre; runs: who runs its rooms.
# ended: the centre where the case ended (or is); left: another centre that they have left.
# applied, housed, paid: a municipality where they ask to live privately, live so, or did, and money is due for it.
# other: a municipality that is asked, and was neither accepted nor offered.
# Of rows that say what a municipality was told: those of Verdal, and with /own or _own those of Levanger.
MATRIX = """
                                lives runs ended left police udi imdi asked other offered settled danger wants
registry_person                   x     x     x     x    x     x   x     x     x      x       x     x     x
registry_persondetails            x     x     x     x    x     x   x     x     x      x       x     x     x
registry_identifier               x     x     x     x    x     x   x     x     x      x       x     x     x
registry_personlanguage           x     x     x     x    x     x   x     x     x      x       x     x     x
registry_placementgroup           x     x     x     x    x     x   x     x     x      x       x     x     x
registry_groupmembership          x     x     x     x    x     x   x     x     x      x       x     x     x
registry_relation                 x     x     x     x    x     x   x     x     x      x       x     x     x
registry_statusevent              x     x     x     x    x     x   x     x     x      x       x     x     x
registry_outsidecontact           x     .     .     .    x     x   x     .     .      x       x     x     .
registry_correction               x     .     .     .    x     x   x     .     .      .       .     .     .
registry_duplicateproposal        .     .     .     .    .     x   .     .     .      .       .     .     .
accommodation_stay                x     x     x     x    x     x   x     x     x      x       x     x     .
accommodation_stay/away           x     x     x     x    x     x   x     .     .      .       .     x     .
accommodation_bedassignment       x     x     x     .    x     x   .     .     .      .       .     x     .
accommodation_absence             x     x     x     .    x     x   .     .     .      .       .     x     .
accommodation_missingreport       x     x     x     .    .     x   .     .     .      .       .     x     .
alternative_application           x     .     .     .    .     x   x     .     .      .       .     .     .
alternative_applicationperson     x     .     .     .    .     x   x     .     .      .       .     .     .
alternative_confirmation          x     .     .     .    .     x   x     .     .      .       .     .     .
alternative_agreement             x     .     .     .    .     x   x     .     .      .       .     .     .
settlement_settlementcase         x     x     x     x    x     x   x     x     x      x       x     x     x
settlement_interview              x     .     x     .    x     x   x     x     x      x       x     .     .
settlement_informationgiven       x     .     .     .    .     .   x     .     .      .       .     .     .
settlement_participant            x     .     .     .    .     .   x     .     .      .       .     .     .
settlement_mappingnote            x     .     .     .    .     .   x     .     .      .       .     .     .
settlement_answer                 x     .     .     .    .     .   x     x     x      x       x     .     .
settlement_answer/minor           x     .     .     .    .     .   x     .     .      .       .     .     .
settlement_answer/corrected       x     .     .     .    .     .   x     .     .      .       .     .     .
settlement_settlementnote/own     x     .     .     .    .     .   x     .     .      .       .     .     .
settlement_settlementnote/told    x     .     .     .    .     .   x     x     x      x       x     .     .
settlement_caseneed               x     .     .     .    .     .   x     x     x      x       x     .     .
settlement_caseneed/wrong         x     .     .     .    .     .   x     .     .      .       .     .     .
settlement_needquestion           x     .     .     .    .     x   x     x     .      x       x     .     x
settlement_settlementrequest      x     .     .     .    .     x   x     x     .      x       x     .     x
settlement_offer                  x     .     x     .    .     x   x     x     .      x       x     .     x
settlement_travelapproval         x     .     .     .    .     x   x     .     .      .       .     .     .
settlement_journey                x     .     x     .    .     x   x     .     .      x       x     .     .
settlement_journey/own            x     .     x     .    .     x   x     x     .      .       x     .     .
settlement_journeyleg             x     .     x     .    .     x   x     x     .      x       x     .     .
settlement_bookingmessage         x     .     x     .    .     x   x     .     .      .       .     .     .
settlement_interruption           x     .     x     .    .     x   x     .     .      .       .     .     .
settlement_carclaim               x     .     x     .    .     x   x     .     .      .       .     .     .
refusal_refusal                   x     .     x     .    .     x   x     .     .      x       x     .     .
refusal_refusalevent/offer        x     .     x     .    .     x   x     .     .      x       x     .     .
refusal_refusalevent/rest         x     .     x     .    .     x   x     .     .      .       .     .     .
allocation_proposal               .     .     .     .    .     .   x     .     .      .       .     .     .
allocation_steeredgroup           .     .     .     .    .     .   x     .     .      .       .     .     .
settlement_withdrawal             x     .     .     .    .     x   x     .     x      .       .     .     .
settlement_withdrawal/own         x     .     .     .    .     x   x     x     .      x       x     .     x
self_settlement_request           x     .     .     .    .     x   x     x     .      x       x     .     x
self_settlement_home              x     .     .     .    .     x   x     x     .      x       x     .     x
worklist_task/self                x     .     .     .    .     x   x     x     .      x       x     .     x
worklist_task/withdrawal          x     .     .     .    .     x   x     .     x      .       .     .     .
worklist_task/withdrawal_own      x     .     .     .    .     x   x     x     .      x       x     .     x
worklist_task/change              x     .     .     .    x     x   x     x     .      x       x     .     x
worklist_task/municipality        x     .     .     .    .     x   x     x     .      x       x     .     x
worklist_task/note                x     .     .     .    .     x   x     .     .      .       .     .     .
worklist_task/private             x     .     x     x    .     x   x     .     .      .       .     .     .
worklist_task/absence             x     x     x     .    x     x   .     .     .      .       .     .     .
worklist_task/missing             x     x     .     .    x     x   .     .     .      .       .     .     .
worklist_task/refusal             x     .     .     .    .     x   x     .     .      .       .     .     .
worklist_task/rest                x     x     x     x    x     x   x     x     x      x       x     x     x
letters_letter/people             x     .     .     .    .     x   x     .     .      .       .     .     .
letters_letter/request            .     .     .     .    .     x   .     .     .      .       .     .     .
letters_letter/grant              .     .     .     .    .     x   .     .     .      .       .     .     .
letters_letter/reminder           x     x     x     x    .     x   x     .     .      .       .     .     .
platform_file/people              x     .     .     .    .     x   x     .     .      .       .     .     .
platform_file/request             .     .     .     .    .     x   .     .     .      .       .     .     .
platform_file/grant               .     .     .     .    .     x   .     .     .      .       .     .     .
platform_file/reminder            x     x     x     x    .     x   x     .     .      .       .     .     .
alternative_housingcheck          x     .     .     .    .     x   x     .     .      .       .     .     .
alternative_contactperson         x     .     .     .    .     x   x     .     .      .       .     .     .
alternative_contactmade           .     .     .     .    .     .   .     .     .      .       .     .     .
alternative_yearlyreport          x     .     .     .    .     x   x     .     .      .       .     .     .
alternative_applicationdocument   x     .     .     .    .     x   x     .     .      .       .     .     .
ledger_run                        .     .     .     .    .     x   .     .     .      .       .     .     .
ledger_line                       .     .     .     .    .     x   .     .     .      .       .     .     .
ledger_linecorrection             .     .     .     .    .     x   .     .     .      .       .     .     .
ledger_refusal                    .     .     .     .    .     x   .     .     .      .       .     .     .
ledger_claim                      .     .     .     .    .     x   .     .     .      .       .     .     .
ledger_claimpart                  .     .     .     .    .     x   .     .     .      .       .     .     .
ledger_claimsettlement            .     .     .     .    .     x   .     .     .      .       .     .     .
access_need                       x     x     x     x    x     x   x     x     x      x       x     x     x
access_need/others                x     x     x     x    x     x   x     x     x      x       x     .     x
platform_event                    x     x     x     x    x     x   x     x     x      x       x     x     x
platform_event/others             x     x     x     x    x     x   x     x     x      x       x     x     x
"""
# Those who live privately with support, or did.
PRIVATELY = """
                                applied housed paid udipaid approves
registry_person                     x       x     x      x       x
registry_persondetails              x       x     x      x       x
registry_identifier                 x       x     x      x       x
registry_personlanguage             x       x     x      x       x
registry_placementgroup             x       x     x      x       x
registry_groupmembership            x       x     x      x       x
registry_relation                   x       x     x      x       x
registry_statusevent                x       x     x      x       x
registry_outsidecontact             .       x     .      .       .
registry_correction                 .       .     .      .       .
registry_duplicateproposal          .       .     .      .       .
accommodation_stay                  x       x     .      x       x
accommodation_stay/away             .       .     .      .       .
accommodation_bedassignment         .       .     .      .       .
accommodation_absence               .       .     .      .       .
accommodation_missingreport         .       .     .      .       .
alternative_application             x       x     x      x       x
alternative_applicationperson       x       x     x      x       x
alternative_confirmation            x       x     x      x       x
alternative_agreement               x       x     x      x       x
settlement_settlementcase           x       x     x      x       x
settlement_interview                .       .     .      .       .
settlement_informationgiven         .       .     .      .       .
settlement_participant              .       .     .      .       .
settlement_mappingnote              .       .     .      .       .
settlement_answer                   .       .     .      .       .
settlement_answer/minor             .       .     .      .       .
settlement_answer/corrected         .       .     .      .       .
settlement_settlementnote/own       .       .     .      .       .
settlement_settlementnote/told      .       .     .      .       .
settlement_caseneed                 .       .     .      .       .
settlement_caseneed/wrong           .       .     .      .       .
settlement_needquestion             .       .     .      .       .
settlement_settlementrequest        .       .     .      .       .
settlement_offer                    .       .     .      .       .
settlement_travelapproval           .       .     .      .       .
settlement_journey                  .       .     .      .       .
settlement_journey/own              .       .     .      .       .
settlement_journeyleg               .       .     .      .       .
settlement_bookingmessage           .       .     .      .       .
settlement_interruption             .       .     .      .       .
settlement_carclaim                 .       .     .      .       .
refusal_refusal                     .       .     .      .       .
refusal_refusalevent/offer          .       .     .      .       .
refusal_refusalevent/rest           .       .     .      .       .
allocation_proposal                 .       .     .      .       .
allocation_steeredgroup             .       .     .      .       .
settlement_withdrawal               .       .     .      .       .
settlement_withdrawal/own           x       x     x      .       .
self_settlement_request             .       .     .      .       .
self_settlement_home                .       .     .      .       .
worklist_task/self                  x       x     x      .       .
worklist_task/withdrawal            .       .     .      .       .
worklist_task/withdrawal_own        x       x     x      .       .
worklist_task/change                x       x     x      .       .
worklist_task/municipality          x       x     x      .       .
worklist_task/note                  .       .     .      .       .
worklist_task/private               .       x     .      .       .
worklist_task/absence               .       .     .      .       .
worklist_task/missing               .       .     .      x       x
worklist_task/refusal               .       .     .      x       x
worklist_task/rest                  x       x     x      x       x
letters_letter/people               x       x     x      x       x
letters_letter/request              x       x     x      x       x
letters_letter/grant                .       x     x      x       x
letters_letter/reminder             .       .     .      .       .
platform_file/people                x       x     x      x       x
platform_file/request               x       x     x      x       x
platform_file/grant                 .       x     x      x       x
platform_file/reminder              .       .     .      .       .
alternative_housingcheck            x       x     x      .       .
alternative_contactperson           x       x     x      .       .
alternative_contactmade             x       x     x      .       .
alternative_yearlyreport            x       x     x      .       .
alternative_applicationdocument     x       x     x      x       x
ledger_run                          .       .     .      x       x
ledger_line                         .       x     x      x       x
ledger_linecorrection               .       x     x      x       x
ledger_refusal                      .       .     .      x       x
ledger_claim                        .       x     x      x       x
ledger_claimpart                    .       x     x      x       x
ledger_claimsettlement              .       x     x      x       x
access_need                         x       x     x      x       x
access_need/others                  x       x     x      x       x
platform_event                      x       x     x      x       x
platform_event/others               x       x     x      x       x
"""
_NOT_OWN = "organisation_id <> current_setting('fotfeste.organisation')::bigint"
_OF_LETTERS = {
    "people": "compartment = 'housing' AND {to} ",
    "request": "compartment = 'housing' AND NOT {to}",
    "grant": "compartment = 'money'",
    "reminder": "compartment = 'stays'",
}
WHERE = {
    **{f"letters_letter/{name}": each.format(to="to_organisation_id IS NULL") for name, each in _OF_LETTERS.items()},
    **{f"platform_file/{name}": each.format(to="seen_by = '{}'") for name, each in _OF_LETTERS.items()},
    "access_need/others": _NOT_OWN,
    "platform_event/others": _NOT_OWN,
    "settlement_settlementnote/own": "NOT is_passed_on",
    "settlement_settlementnote/told": "is_passed_on",
    "refusal_refusalevent/offer": "kind = 'hold_asked'",
    "refusal_refusalevent/rest": "kind <> 'hold_asked'",
    "worklist_task/refusal": "kind = 'refusal_first_letter'",
    "worklist_task/municipality": "kind IN ('answer_request', 'confirm_need', 'prepare_arrival')",
    "worklist_task/change": "kind = 'see_change'",
    "settlement_withdrawal": "cause = 'settlement.withdraw_request'",
    "settlement_withdrawal/own": "cause <> 'settlement.withdraw_request'",
    "worklist_task/withdrawal": "kind = 'see_withdrawal' AND cause = 'settlement.withdraw_request'",
    "worklist_task/withdrawal_own": "kind = 'see_withdrawal' AND cause <> 'settlement.withdraw_request'",
    "worklist_task/note": "kind = 'read_settlement_note'",
    "worklist_task/self": "kind = 'answer_self_settlement'",
    "worklist_task/absence": "kind = 'follow_absence'",
    "worklist_task/missing": "kind = 'follow_missing'",
    "worklist_task/private": "kind = 'see_private_move'",
    "accommodation_stay": "departure_reason = '' AND annulled_at IS NULL",
    "accommodation_stay/away": "departure_reason = 'private_address'",
    "settlement_caseneed": "annulled_at IS NULL",
    "settlement_journey": "offer_id IS NOT NULL",
    "settlement_journey/own": "request_id IS NOT NULL",
    "settlement_caseneed/wrong": "annulled_at IS NOT NULL",
    "worklist_task/rest": "kind IN ('assign_beds', 'hold_interview')",
}
REASONS = {
    "lives": ("centre", NeedReason.LIVES_HERE),
    "runs": ("centre_administrator", NeedReason.LIVES_HERE),
    "ended": ("centre", NeedReason.LIVED_HERE),
    "left": ("other_centre", NeedReason.LIVED_HERE),
    "police": ("registrar", NeedReason.REGISTERED_HERE),
    "udi": ("udi", NeedReason.PROTECTION_CASE),
    "imdi": ("imdi", NeedReason.SETTLEMENT_CASE),
    "asked": ("municipality", NeedReason.ASKED_TO_SETTLE),
    "other": ("other_municipality", NeedReason.ASKED_TO_SETTLE),
    "offered": ("municipality", NeedReason.OFFERED_HERE),
    "settled": ("municipality", NeedReason.SETTLED_HERE),
    "danger": ("other_centre", NeedReason.EMERGENCY),
    "wants": ("municipality", NeedReason.WANTS_TO_SETTLE),
    "applied": ("municipality", NeedReason.APPLIED_HERE),
    "housed": ("municipality", NeedReason.HOUSED_HERE),
    "paid": ("municipality", NeedReason.GRANT_CASE),
    "udipaid": ("udi", NeedReason.GRANT_CASE),
    "approves": ("approver", NeedReason.GRANT_CASE),
}
# Of one's own organisation too, or of those named: test_looks_in_sql.py, test_emergency_in_sql.py, actions/registry.
LOOKS = {"access_look", "access_lookreview", "access_emergencyaccess", "access_protection", "access_clearance"}
# Of no person: a municipality's sums, which runs are asked for, plans, what they weigh by and whom they leave out, and
# what-ifs.
# actions/ledger/test_books_in_sql.py, actions/grants, actions/allocation.
SUMS = {
    *("ledger_runtotal", "ledger_payment", "grants_runorder"),
    *("allocation_plan", "allocation_policyversion", "allocation_closedmunicipality", "allocation_whatif"),
}
# Seen with what they hang on, which names whom it is about.
OF_ANOTHER_ROW = {"alternative_applicationdocument", "ledger_linecorrection"}
# A municipality's own, of people who may be nowhere else here: actions/alternative/test_local_lists.py.
LISTS = {"alternative_waitingentry", "alternative_privateresident"}
NOBODY_ELSE = date(2029, 12, 31)


def parsed() -> Mapping[str, Mapping[str, bool]]:
    """The tables above, by row and column."""
    found: dict[str, dict[str, bool]] = {}
    for table in (MATRIX, PRIVATELY):
        head, *lines = [line.split() for line in table.strip().splitlines()]
        for name, *marks in lines:
            found.setdefault(name, {}).update((at, mark == "x") for at, mark in zip(head, marks, strict=True))
    return found


def seen_for(cast: Cast, subjects: list[int], column: str, day: date) -> dict[str, bool]:
    """Which rows of the table the organisation of a column finds on a day on which it has that reason only."""
    who, reason = REASONS[column]
    viewer: Viewer = getattr(cast, who)
    at = datetime(2024, 3, 15, tzinfo=UTC)
    until = day + timedelta(days=1)
    if reason is NeedReason.EMERGENCY:
        emergency_given(subjects, viewer, day)
    else:
        need_given(subjects, organisation_id=viewer.organisation_id, reason=reason, from_on=day, until_on=until, at=at)
    found = {}
    with scope(viewer, day), connection.cursor() as cursor:
        for name in parsed():
            table, condition = name.partition("/")[0], WHERE.get(name, "true")
            whose = "%s::bigint[] IS NOT NULL" if table in OF_ANOTHER_ROW else "subject_id = ANY(%s)"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {whose} AND {condition}", [subjects])
            found[name] = cursor.fetchone()[0] > 0
    return found


@pytest.mark.req("ACS-01")
@pytest.mark.req("SET-06")
def test_each_reason_opens_what_its_duty_needs_and_nothing_more(cast: Cast) -> None:
    subjects, minors, grown = everything(cast), told_alone(cast), told_alone(cast, is_corrected=True)
    needs_ended([*subjects, *minors, *grown], NeedReason, on=NOBODY_ELSE, at=cast.at)
    expected, wrong = parsed(), []
    for place, column in enumerate(REASONS):
        day = NOBODY_ELSE + timedelta(days=1 + 2 * place)
        found = seen_for(cast, subjects, column, day)
        of_others = {"minor": seen_for(cast, minors, column, day), "corrected": seen_for(cast, grown, column, day)}
        for name, marks in expected.items():
            sees = of_others.get(name.partition("/")[2], found)[name]
            if sees != marks[column]:
                wrong.append(f"{name} for {column}: {'seen' if sees else 'not seen'}")
    assert wrong == []


@pytest.mark.req("ACS-01")
def test_the_table_names_every_table_behind_the_need_to_know() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public'")
        fenced = {name for (name,) in cursor.fetchall()}
    assert {name.partition("/")[0] for name in parsed()} == fenced - LOOKS - LISTS - SUMS


@pytest.mark.req("ACS-01")
def test_without_a_need_or_a_scope_there_is_nothing_in_any_of_them_but_what_one_was_told(cast: Cast) -> None:
    everything(cast)
    with connection.cursor() as cursor:
        for name in parsed():
            cursor.execute(f"SELECT count(*) FROM {name.partition('/')[0]}")
            assert cursor.fetchone() == (0,), name
        with scope(cast.other_municipality, cast.day):
            for name in parsed():
                table = name.partition("/")[0]
                cursor.execute(f"SELECT count(*) FROM {table}")
                told = int(table in ("settlement_withdrawal", "worklist_task"))
                assert cursor.fetchone() == (told,), name


@pytest.mark.req("ACS-01", "ACS-02")
@pytest.mark.parametrize(
    ("place", "role"),
    [
        ("municipality", Role.MUNICIPALITY_ADMINISTRATOR),
        ("udi", Role.DIRECTORY_KEEPER),
        ("imdi", Role.DIRECTORY_KEEPER),
    ],
)
def test_who_keeps_users_or_contacts_sees_nobody_whatever_the_organisation_knows(
    cast: Cast, place: str, role: Role
) -> None:
    everything(cast)
    organisation = Organisation.objects.get(pk=getattr(cast, place).organisation_id)
    keeper = staff(organisation, role, f"keeper-{place}")
    with scope(keeper, cast.day), connection.cursor() as cursor:
        for name in parsed():
            table = name.partition("/")[0]
            somebodys = "true" if table in OF_ANOTHER_ROW else "subject_id IS NOT NULL"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {somebodys}")
            assert cursor.fetchone() == (0,), name
