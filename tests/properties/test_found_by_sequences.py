"""What sequences of acts have brought to light, each as the shortest story that shows it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import (
    Bed,
    DepartureReason,
    NewRoom,
    add_rooms,
    annul_departure,
    assign_beds,
    place_group,
    register_departure,
)
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import (
    Mistake,
    NewGroup,
    NewRelation,
    RelationKind,
    StatusKind,
    add_member,
    add_members,
    answer_duplicate,
    members_of,
    register_group,
    register_member,
    register_status,
    remove_member,
)
from fotfeste.settlement.public import SettlementCase, alert_early, close_case
from fotfeste.worklist.public import Task
from tests.actions.accommodation.people import open_centre
from tests.actions.registry.families import alone, kovalenko, person
from tests.actions.settlement.stage import depart, queued, with_journey
from tests.as_owner import every_need
from tests.conftest import Cast
from tests.settlement_steps import PLACED_ON, due_for_interview, permitted, placed, registered

pytestmark = pytest.mark.django_db


def tasks(cast: Cast, group: int) -> set[tuple[str, int]]:
    """The open tasks about a household, as UDI sees them."""
    with scope(cast.udi, cast.day):
        return set(Task.objects.filter(subject_id=group, closed_at__isnull=True).values_list("kind", "organisation_id"))


def people(cast: Cast, group: int) -> list[int]:
    """The members' keys, the oldest first."""
    with scope(cast.udi, cast.day):
        return [member.subject_id for member in members_of(group, cast.day)]


def bedded(cast: Cast, group: int, *persons: int) -> None:
    """These people get beds at Voss."""
    may = frozenset({"accommodation.run_centre"})
    runs = Viewer(None, cast.centre.organisation_id, "centre", permissions=may)
    with scope(runs, cast.day):
        made = add_rooms(runs.organisation_id, [NewRoom(name=f"R{group}", beds=len(persons))], by=runs, at=cast.at)
    beds = Bed.objects.filter(room__in=made).order_by("pk").values_list("pk", flat=True)
    with scope(cast.centre, cast.day):
        given = dict(zip(persons, beds, strict=True))
        assign_beds(group, given, cast.day, by=cast.centre, at=cast.at)


def leaves(cast: Cast, group: int, *persons: int, on: date | None = None, centre: Viewer | None = None) -> None:
    """They leave, and say nothing of where to."""
    by = centre or cast.centre
    with scope(by, cast.day):
        register_departure(group, persons, on or cast.day, DepartureReason.NO_ADDRESS, by=by, at=cast.at)


@pytest.mark.req("ACC-06")
def test_udi_is_asked_to_place_a_child_that_is_born_into_a_household_at_a_centre(cast: Cast) -> None:
    group = placed(cast, registered(cast, alone(person("Olena"))))
    with scope(cast.registrar, cast.day):
        child = person("Baby", born=cast.day)
        register_member(group, child, cast.day, by=cast.registrar, at=cast.at)
    assert ("place_group", cast.udi.organisation_id) in tasks(cast, group)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert tasks(cast, group) == {("assign_beds", cast.centre.organisation_id)}


@pytest.mark.req("ACC-02")
def test_the_task_of_giving_beds_goes_along_with_the_one_who_lacks_one(cast: Cast) -> None:
    group = placed(cast, registered(cast, kovalenko()))
    andrij, olena, sofia, danylo = people(cast, group)
    bedded(cast, group, olena, sofia, danylo)
    with scope(cast.udi, cast.day):
        alone_now = remove_member(group, andrij, cast.day, by=cast.udi, at=cast.at).pk
    assert tasks(cast, group) == set()
    assert tasks(cast, alone_now) == {("assign_beds", cast.centre.organisation_id)}


@pytest.mark.req("ACS-01")
def test_a_centre_forgets_in_time_also_the_member_who_never_lived_there(cast: Cast) -> None:
    group = placed(cast, registered(cast, alone(person("Olena"))))
    with scope(cast.registrar, cast.day):
        child = register_member(group, person("Baby", born=cast.day), cast.day, by=cast.registrar, at=cast.at)
    leaves(cast, group, *people(cast, group)[:1])
    still = every_need().filter(subject_id=child, reason=NeedReason.LIVES_HERE, ended_at__isnull=True)
    assert not still.exists()
    assert tasks(cast, group) == set()


@pytest.mark.req("ACS-01")
def test_a_centre_forgets_in_time_also_who_joined_and_moves_on_with_the_household(cast: Cast) -> None:
    group = placed(cast, registered(cast, alone(person("Olena"))))
    with scope(cast.registrar, cast.day):
        child = register_member(group, person("Baby", born=cast.day), cast.day, by=cast.registrar, at=cast.at)
    open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        place_group(group, cast.other_centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    for subject in (group, child, *people(cast, group)):
        lives = every_need().filter(subject_id=subject, reason=NeedReason.LIVES_HERE, ended_at__isnull=True)
        assert [need.organisation_id for need in lives] == [cast.other_centre.organisation_id]


@pytest.mark.req("ACS-01")
def test_the_centre_of_the_household_that_is_left_does_not_follow_who_never_lived_there(cast: Cast) -> None:
    group = placed(cast, registered(cast, alone(person("Olena"))))
    with scope(cast.registrar, cast.day):
        spouse = register_member(group, person("Ivan"), cast.day, by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        own = remove_member(group, spouse, cast.day, by=cast.udi, at=cast.at).pk
    for subject in (own, spouse):
        lives = every_need().filter(subject_id=subject, reason=NeedReason.LIVES_HERE, ended_at__isnull=True)
        assert not lives.exists()
    assert tasks(cast, own) == {("place_group", cast.udi.organisation_id)}


@pytest.mark.req("ACC-04")
def test_a_departure_of_earlier_does_not_close_the_case_of_somebody_who_came_later(cast: Cast) -> None:
    group = placed(cast, registered(cast, alone(person("Olena"))))
    with scope(cast.registrar, cast.day):
        ivan = register_member(group, person("Ivan"), cast.day, by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
        kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        register_status(group, [ivan], kind, cast.day, by=cast.udi, at=cast.at)
    olena = next(each for each in people(cast, group) if each != ivan)
    leaves(cast, group, olena, on=PLACED_ON + timedelta(days=3))
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).state == "interview_due"


@pytest.mark.req("ACC-02")
def test_whoever_lives_at_a_centre_still_needs_a_bed_when_the_case_is_closed(cast: Cast) -> None:
    group = due_for_interview(cast, alone(person("Olena")))
    with scope(cast.centre, cast.day):
        close_case(group, reason="own_way", by=cast.centre, at=cast.at)
    assert tasks(cast, group) == {("assign_beds", cast.centre.organisation_id)}


@pytest.mark.req("SET-16")
def test_the_case_goes_to_where_the_rest_of_the_household_lives(cast: Cast) -> None:
    group = due_for_interview(cast, alone(person("Olena")))
    other = placed(cast, registered(cast, alone(person("Ivan", born=date(1990, 1, 1)))), cast.other_centre)
    (olena,), (ivan,) = people(cast, group), people(cast, other)
    with scope(cast.udi, cast.day):
        add_member(group, ivan, cast.day, by=cast.udi, at=cast.at)
    permitted(cast, group, ["Ivan"])
    assert ("hold_interview", cast.centre.organisation_id) in tasks(cast, group)
    leaves(cast, group, olena)
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).centre_id == cast.other_centre.organisation_id
    assert {task for task in tasks(cast, group) if task[0] == "hold_interview"} == {
        ("hold_interview", cast.other_centre.organisation_id)
    }


@pytest.mark.req("SET-16")
def test_a_household_that_is_joined_by_somebody_at_a_centre_is_interviewed_there(cast: Cast) -> None:
    group = registered(cast, alone(person("Olena")))
    with scope(cast.udi, cast.day):
        kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        register_status(group, people(cast, group), kind, cast.day, by=cast.udi, at=cast.at)
    other = placed(cast, registered(cast, alone(person("Ivan", born=date(1990, 1, 1)))))
    (ivan,) = people(cast, other)
    with scope(cast.udi, cast.day):
        add_member(group, ivan, cast.day, by=cast.udi, at=cast.at)
    assert ("hold_interview", cast.centre.organisation_id) in tasks(cast, group)
    assert tasks(cast, other) == set()


@pytest.mark.req("REG-03")
def test_the_question_of_a_duplicate_goes_along_with_the_person(cast: Cast) -> None:
    first = registered(cast, alone(person("Olena")))
    with scope(cast.registrar, cast.day):
        again = NewGroup(persons=(person("Olena"),), registered_on=cast.day)
        second = register_group(again, by=cast.registrar, at=cast.at).pk
    family = registered(cast, alone(person("Ivan", "Melnyk", born=date(1990, 1, 1))))
    question = ("answer_duplicates", cast.udi.organisation_id)
    assert question in tasks(cast, second)
    assert question not in tasks(cast, first)
    (olena,) = people(cast, second)
    with scope(cast.udi, cast.day):
        add_member(family, olena, cast.day, by=cast.udi, at=cast.at)
    assert question in tasks(cast, family)
    assert tasks(cast, second) == set()
    with scope(cast.udi, cast.day):
        own = remove_member(family, olena, cast.day, by=cast.udi, at=cast.at).pk
    assert question in tasks(cast, own)
    assert question not in tasks(cast, family)


@pytest.mark.req("SET-01")
def test_whether_somebody_waits_for_a_decision_does_not_depend_on_which_centre_registers_something(cast: Cast) -> None:
    waiting = placed(cast, registered(cast, alone(person("Olena"))))
    with scope(cast.udi, cast.day):
        alert_early(waiting, by=cast.udi, at=cast.at)
    couple = (person("Ivan", born=date(1990, 1, 1)), person("Anna", born=date(1991, 1, 1)))
    relation = (NewRelation(0, RelationKind.SPOUSE, 1),)
    new = NewGroup(persons=couple, registered_on=PLACED_ON, applied_on=PLACED_ON, relations=relation)
    refused = placed(cast, registered(cast, new), cast.other_centre)
    ivan, anna = people(cast, refused)
    with scope(cast.udi, cast.day):
        register_status(refused, [ivan, anna], StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
        add_members(waiting, [ivan, anna], cast.day, by=cast.udi, at=cast.at)
    to_decide = ("decide_without_permit", cast.imdi.organisation_id)
    assert to_decide not in tasks(cast, waiting)
    leaves(cast, waiting, ivan, centre=cast.other_centre)
    assert to_decide not in tasks(cast, waiting)
    leaves(cast, waiting, *(each for each in people(cast, waiting) if each not in (ivan, anna)))
    assert to_decide in tasks(cast, waiting)


@pytest.mark.req("ACS-01", "REG-03")
def test_imdi_forgets_at_once_a_record_with_a_case_that_is_put_aside_as_a_second_one(cast: Cast) -> None:
    first = registered(cast, alone(person("Olena")))
    with scope(cast.registrar, cast.day):
        again = NewGroup(persons=(person("Olena"),), registered_on=cast.day)
        second = register_group(again, by=cast.registrar, at=cast.at).pk
    (kept,), (aside,) = people(cast, first), people(cast, second)
    with scope(cast.udi, cast.day):
        permit = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        register_status(second, [aside], permit, cast.day, by=cast.udi, at=cast.at)
        knows = every_need().filter(subject_id=aside, period__contains=cast.day).order_by("reason")
        assert "settlement_case" in knows.values_list("reason", flat=True)
        answer_duplicate(kept, aside, keep_id=kept, by=cast.udi, at=cast.at)
        assert [*knows.values_list("reason", flat=True)] == ["protection_case", "registered_here"]


def knows(cast: Cast, centre: Viewer, subject: int) -> list[str]:
    """Why a centre knows of somebody today."""
    needs = every_need().filter(subject_id=subject, organisation_id=centre.organisation_id, period__contains=cast.day)
    with scope(cast.udi, cast.day):
        return list(needs.order_by("reason").values_list("reason", flat=True))


@pytest.mark.req("ACS-01")
def test_a_centre_does_not_come_to_know_of_those_at_another_by_a_departure_of_its_own(cast: Cast) -> None:
    group = placed(cast, registered(cast, alone(person("Olena"))))
    (olena,) = people(cast, group)
    other = registered(cast, alone(person("Ivan", "Melnyk", born=date(1990, 1, 1))))
    (ivan,) = people(cast, other)
    open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        place_group(other, cast.other_centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
        add_member(group, ivan, cast.day, by=cast.udi, at=cast.at)
    assert knows(cast, cast.other_centre, olena) == []
    leaves(cast, group, ivan, centre=cast.other_centre)
    assert knows(cast, cast.other_centre, olena) == []
    assert knows(cast, cast.other_centre, ivan) == knows(cast, cast.other_centre, group) == ["lived_here"]


@pytest.mark.req("ACS-01")
def test_a_centre_does_not_see_again_who_left_it_when_the_departure_of_another_is_taken_back(cast: Cast) -> None:
    group = placed(cast, registered(cast, kovalenko()))
    andrij, olena, *_ = people(cast, group)
    leaves(cast, group, andrij)
    leaves(cast, group, olena)
    with scope(cast.centre, cast.day):
        annul_departure(group, [olena], reason=Mistake.WRONG_PERSON, by=cast.centre, at=cast.at)
    assert "lives_here" in knows(cast, cast.centre, olena)
    assert knows(cast, cast.centre, andrij) == ["lived_here"]


@pytest.mark.req("ACS-01", "REG-02")
def test_whoever_registered_others_forgets_who_joined_them_and_was_taken_out_again(cast: Cast) -> None:
    group = registered(cast, kovalenko())
    (ivan,) = people(cast, placed(cast, registered(cast, alone(person("Ivan", "Melnyk", born=date(1990, 1, 1))))))
    later = replace(cast, day=cast.day + timedelta(days=10), at=cast.at + timedelta(days=10))
    assert knows(later, cast.registrar, ivan) == []
    with scope(cast.udi, later.day):
        add_member(group, ivan, later.day, by=cast.udi, at=later.at)
        assert knows(later, cast.registrar, ivan) == ["registered_here"]
        alone_now = remove_member(group, ivan, later.day, by=cast.udi, at=later.at).pk
    assert knows(later, cast.registrar, ivan) == knows(later, cast.registrar, alone_now) == []


@pytest.mark.req("ACS-01", "REG-02")
def test_the_police_forgets_a_household_that_the_one_whom_it_registered_has_left(cast: Cast) -> None:
    group = placed(cast, registered(cast, kovalenko()))
    other = registered(cast, alone(person("Ivan", "Melnyk", born=date(1990, 1, 1))))
    (ivan,) = people(cast, other)
    later = replace(cast, day=cast.day + timedelta(days=10), at=cast.at + timedelta(days=10))
    with scope(cast.udi, later.day):
        add_member(group, ivan, later.day, by=cast.udi, at=later.at)
        assert knows(later, cast.registrar, group) == ["registered_here"]
        assert knows(later, cast.registrar, other) == []  # nobody is in it
        alone_now = remove_member(group, ivan, later.day, by=cast.udi, at=later.at).pk
    assert knows(later, cast.registrar, group) == []
    assert knows(later, cast.registrar, ivan) == knows(later, cast.registrar, alone_now) == ["registered_here"]


@pytest.mark.req("ACS-01", "REG-02")
def test_a_municipality_knows_of_whom_it_has_settled_and_not_of_those_whom_they_join(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group, DepartureReason.AGREED_SETTLEMENT)
    settled, other = people(cast, group)[0], placed(cast, registered(cast, alone(person("Ivan", "Melnyk"))))
    with scope(cast.udi, cast.day):
        own = remove_member(group, settled, cast.day, by=cast.udi, at=cast.at).pk
        assert knows(cast, cast.municipality, own) == ["settled_here"]
        add_member(other, settled, cast.day, by=cast.udi, at=cast.at)
    assert knows(cast, cast.municipality, settled) == ["settled_here"]
    assert knows(cast, cast.municipality, other) == []
