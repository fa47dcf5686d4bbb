"""Which rows about a household each reason to know of it opens, asked in SQL as the app role: one table, read as code.

Everything there can be about a household is written by the real acts; then every need ends, and one reason at a time
is opened for the organisation that has it. `x` sees rows, `.` sees none.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from fotfeste.access.public import NeedReason, Role
from fotfeste.accommodation.models import Bed
from fotfeste.accommodation.public import DepartureReason, NewRoom, assign_beds, grant_leave
from fotfeste.directory.public import Organisation
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.types import NewGuardian, RelationKind
from fotfeste.registry.models import DuplicateProposal, OutsideContact
from fotfeste.registry.public import (
    CorrectionReason,
    Mistake,
    TakenBack,
    correct_details,
    record_correction,
    register_identifier,
    register_relation,
)
from fotfeste.settlement.actions.told import tell_municipality, tell_of_change
from fotfeste.settlement.models import MappingNote, SettlementCase, SettlementRequest
from fotfeste.settlement.public import (
    Capability,
    add_need,
    add_note,
    agree_journey,
    ask_travel_approval,
    end_need,
    pass_on,
)
from tests.acting import add_rooms
from tests.actions.access.emergencies import emergency_given
from tests.actions.settlement.stage import accepted, depart, family, plan, queued
from tests.as_owner import need_given, needs_ended
from tests.conftest import Cast, staff
from tests.settlement_steps import members_by_name

pytestmark = pytest.mark.django_db

# lives: the staff of the centre; runs: who runs its rooms.
# ended: the centre where the case ended (or is); left: another centre that they have left.
# other: a municipality that is asked, and was neither accepted nor offered.
MATRIX = """
                                lives runs ended left police udi imdi asked other offered settled danger
registry_person                   x     x     x     x    x     x   x     x     x      x       x     x
registry_persondetails            x     x     x     x    x     x   x     x     x      x       x     x
registry_identifier               x     x     x     x    x     x   x     x     x      x       x     x
registry_personlanguage           x     x     x     x    x     x   x     x     x      x       x     x
registry_placementgroup           x     x     x     x    x     x   x     x     x      x       x     x
registry_groupmembership          x     x     x     x    x     x   x     x     x      x       x     x
registry_relation                 x     x     x     x    x     x   x     x     x      x       x     x
registry_statusevent              x     x     x     x    x     x   x     x     x      x       x     x
registry_outsidecontact           x     .     .     .    x     x   x     .     .      x       x     x
registry_correction               x     .     .     .    x     x   x     .     .      .       .     .
registry_duplicateproposal        .     .     .     .    .     x   .     .     .      .       .     .
accommodation_stay                x     x     x     x    x     x   x     x     x      x       x     x
accommodation_stay/away           x     x     x     x    x     x   x     .     .      .       .     x
accommodation_bedassignment       x     x     x     .    x     x   .     .     .      .       .     x
accommodation_absence             x     x     x     .    x     x   .     .     .      .       .     x
settlement_settlementcase         x     x     x     x    x     x   x     x     x      x       x     x
settlement_interview              x     .     x     .    x     x   x     x     x      x       x     .
settlement_informationgiven       x     .     .     .    .     .   x     .     .      .       .     .
settlement_participant            x     .     .     .    .     .   x     .     .      .       .     .
settlement_mappingnote            x     .     .     .    .     .   x     .     .      .       .     .
settlement_answer                 x     .     .     .    .     .   x     x     x      x       x     .
settlement_answer/minor           x     .     .     .    .     .   x     .     .      .       .     .
settlement_answer/corrected       x     .     .     .    .     .   x     .     .      .       .     .
settlement_settlementnote/own     x     .     .     .    .     .   x     .     .      .       .     .
settlement_settlementnote/told    x     .     .     .    .     .   x     x     x      x       x     .
settlement_caseneed               x     .     .     .    .     .   x     x     x      x       x     .
settlement_caseneed/wrong         x     .     .     .    .     .   x     .     .      .       .     .
settlement_needquestion           x     .     .     .    .     x   x     x     .      x       x     .
settlement_settlementrequest      x     .     .     .    .     x   x     x     .      x       x     .
settlement_offer                  x     .     x     .    .     x   x     x     .      x       x     .
settlement_travelapproval         x     .     .     .    .     x   x     .     .      .       .     .
settlement_journey                x     .     x     .    .     x   x     .     .      x       x     .
settlement_journeyleg             x     .     x     .    .     x   x     .     .      x       x     .
settlement_withdrawal             x     .     .     .    .     x   x     .     x      .       .     .
worklist_task/withdrawal          x     .     .     .    .     x   x     .     x      .       .     .
worklist_task/change              x     .     .     .    x     x   x     x     .      x       x     .
worklist_task/municipality        x     .     .     .    .     x   x     x     .      x       x     .
worklist_task/note                x     .     .     .    .     x   x     .     .      .       .     .
worklist_task/private             x     .     .     .    .     x   x     .     .      .       .     .
worklist_task/rest                x     x     x     x    x     x   x     x     x      x       x     x
access_need                       x     x     x     x    x     x   x     x     x      x       x     x
access_need/others                x     x     x     x    x     x   x     x     x      x       x     .
platform_event                    x     x     x     x    x     x   x     x     x      x       x     x
platform_event/others             x     x     x     x    x     x   x     x     x      x       x     x
"""
_NOT_OWN = "organisation_id <> current_setting('fotfeste.organisation')::bigint"
WHERE = {
    "access_need/others": _NOT_OWN,
    "platform_event/others": _NOT_OWN,
    "settlement_settlementnote/own": "NOT is_passed_on",
    "settlement_settlementnote/told": "is_passed_on",
    "worklist_task/municipality": "kind IN ('answer_request', 'confirm_need', 'prepare_arrival')",
    "worklist_task/change": "kind = 'see_change'",
    "worklist_task/withdrawal": "kind = 'see_withdrawal'",
    "worklist_task/note": "kind = 'read_settlement_note'",
    "worklist_task/private": "kind = 'see_private_move'",
    "accommodation_stay": "departure_reason = '' AND annulled_at IS NULL",
    "accommodation_stay/away": "departure_reason = 'private_address'",
    "settlement_caseneed": "annulled_at IS NULL",
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
}
# Of one's own organisation too, or of those named: test_looks_in_sql.py, test_emergency_in_sql.py, actions/registry.
LOOKS = {"access_look", "access_lookreview", "access_emergencyaccess", "access_protection", "access_clearance"}
NOBODY_ELSE = date(2029, 12, 31)


def parsed() -> Mapping[str, Mapping[str, bool]]:
    """The table above, by row and column."""
    head, *lines = [line.split() for line in MATRIX.strip().splitlines()]
    return {name: {column: mark == "x" for column, mark in zip(head, marks, strict=True)} for name, *marks in lines}


def everything(cast: Cast) -> list[int]:
    """A household that has rows in every table, on its way to Levanger. Gives its subjects."""
    group = queued(cast, has_pets=True)
    with scope(cast.centre_administrator, cast.day):
        [room] = add_rooms(
            cast.centre.organisation_id, [NewRoom(name="Fjellro", beds=4)], by=cast.centre_administrator, at=cast.at
        )
    with scope(cast.udi, cast.day):
        people = {name: member.subject_id for name, member in members_by_name(group, cast.day).items()}
        olena, andrij = people["Olena"], people["Andrij"]
        register_relation(group, olena, RelationKind.SPOUSE, andrij, by=cast.udi, at=cast.at)
        register_identifier(olena, IdentifierKind.DUF, synthetic_duf(4711), by=cast.udi, at=cast.at)
        low, high = sorted((olena, andrij))
        DuplicateProposal.objects.create(subject_id=low, other_id=high, cause="tried", proposed_at=cast.at)
        record_correction(group, TakenBack.STATUS, cast.day, Mistake.WRONG_DAY, "", by=cast.udi, at=cast.at)
    known = {"recorded_at": cast.at, "reported_by_id": cast.centre.organisation_id}
    with scope(cast.centre, cast.day):
        beds = list(Bed.objects.filter(room=room).order_by("pk").values_list("pk", flat=True))
        assign_beds(group, {olena: beds[0]}, cast.day, by=cast.centre, at=cast.at)
        back_on = cast.day + timedelta(days=3)
        grant_leave(group, [andrij], cast.day, back_on, is_abroad=False, by=cast.centre, at=cast.at)
        guardian = NewGuardian("Verge Vergesen", "99 99 99 99", "verge@example.no")
        OutsideContact.objects.create(subject_id=olena, kind="guardian", name=guardian.name, **known)
        case = SettlementCase.objects.get(subject_id=group)
        MappingNote.objects.create(subject_id=olena, interview=case.interview, text="Trenger ro.", **known)
        add_note(group, "En hund til.", by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day):
        pass_on(group, "De har to hunder.", by=cast.imdi, at=cast.at)
        told_verdal(cast, case)
    accepted(cast, group, [Capability.PETS])
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.ADAPTED_HOUSING, reason="Rullestol.", by=cast.imdi, at=cast.at)
        add_need(group, Capability.STAFFED_HOUSING, reason="Feil husstand.", by=cast.imdi, at=cast.at)
        end_need(group, Capability.STAFFED_HOUSING, reason="Gjaldt andre.", by=cast.imdi, at=cast.at)
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol.", by=cast.centre, at=cast.at)
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
        tell_of_change(case, by=cast.centre, at=cast.at)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, persons=[people["Sofia"]])
    return [group, *people.values()]


def told_alone(cast: Cast, *, is_corrected: bool = False) -> list[int]:
    """A minor who was interviewed alone; afterwards, it may be, registered as somebody of age with a family."""
    group = queued(cast, is_unaccompanied=True)
    with scope(cast.udi, cast.day):
        [minor] = members_by_name(group, cast.day).values()
        if is_corrected:
            [person] = family(is_unaccompanied=True).persons
            details = replace(person, birth_date=date(2000, 6, 1), is_unaccompanied_minor=False)
            at = cast.at + timedelta(hours=1)
            correct_details(minor.subject_id, details, CorrectionReason.NEW_DOCUMENT, by=cast.udi, at=at)
    return [group, minor.subject_id]


def told_verdal(cast: Cast, case: SettlementCase) -> None:
    """Verdal was asked once, and has to see that it is not any more: it sees that also without any need to know."""
    asked = SettlementRequest(organisation_id=cast.other_municipality.organisation_id, sent_on=cast.day)
    cause = "settlement.withdraw_request"
    tell_municipality(case, asked, came_to="requested", cause=cause, on=cast.day, by=cast.imdi, at=cast.at)


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
            condition = WHERE.get(name, "true")
            cursor.execute(
                f"SELECT count(*) FROM {name.partition('/')[0]} WHERE subject_id = ANY(%s) AND {condition}", [subjects]
            )
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
    assert {name.partition("/")[0] for name in parsed()} == fenced - LOOKS


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
            cursor.execute(f"SELECT count(*) FROM {name.partition('/')[0]} WHERE subject_id IS NOT NULL")
            assert cursor.fetchone() == (0,), name
