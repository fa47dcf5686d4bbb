"""Households are gathered or parted while their cases run."""

from datetime import date

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.platform.scope import scope
from fotfeste.registry.public import (
    PlacementGroup,
    StatusKind,
    add_member,
    members_of,
    register_group,
    register_status,
    remove_member,
)
from fotfeste.settlement.domain.interview import interview_due_on
from fotfeste.settlement.models import SettlementCase
from fotfeste.worklist.public import open_tasks_about
from tests.actions.registry.families import alone, kovalenko, person
from tests.actions.settlement.stage import decided, family, found, open_kinds, state_of
from tests.as_owner import every_need
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, due_for_interview, interviewed, members_by_name, placed, registered
from tests.settlement_steps import permitted as permit_of

pytestmark = pytest.mark.django_db
PERMIT = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION


def permitted(cast: Cast, group: PlacementGroup, on: date) -> list[int]:
    """Everyone in the group gets a permit; their keys."""
    people = [member.subject_id for member in members_of(group.pk, cast.day)]
    register_status(group.pk, people, PERMIT, on, by=cast.udi, at=cast.at)
    return people


@pytest.mark.req("REG-02")
def test_two_households_with_cases_become_one_with_one_case(cast: Cast) -> None:
    with scope(cast.udi, cast.day):
        family = register_group(kovalenko(), by=cast.udi, at=cast.at)
        grandmother = register_group(alone(person("Halyna", born=date(1955, 2, 2))), by=cast.udi, at=cast.at)
        permitted(cast, family, date(2024, 3, 2))
        [halyna] = permitted(cast, grandmother, date(2024, 3, 4))
        add_member(family.pk, halyna, cast.day, by=cast.udi, at=cast.at)

        cases = {case.subject_id: case for case in SettlementCase.objects.all()}
        assert (cases[family.pk].state, cases[family.pk].size) == ("interview_due", 5)
        assert cases[grandmother.pk].state == "closed"
        assert not open_tasks_about(grandmother.pk).exists()
    imdi = every_need().filter(subject_id=halyna, reason=NeedReason.SETTLEMENT_CASE, period__contains=cast.day)
    assert imdi.exists()


def test_somebody_with_a_permit_who_joins_a_household_without_one_opens_its_case(cast: Cast) -> None:
    with scope(cast.udi, cast.day):
        family = register_group(kovalenko(), by=cast.udi, at=cast.at)
        cousin = register_group(alone(person("Ivan", "Bondar")), by=cast.udi, at=cast.at)
        [ivan] = permitted(cast, cousin, date(2024, 3, 4))
        add_member(family.pk, ivan, cast.day, by=cast.udi, at=cast.at)
        case = SettlementCase.objects.get(subject_id=family.pk)
        assert (case.size, case.due_since_on) == (5, date(2024, 3, 4))


def test_somebody_without_a_permit_who_joins_opens_nothing(cast: Cast) -> None:
    with scope(cast.udi, cast.day):
        family = register_group(kovalenko(), by=cast.udi, at=cast.at)
        cousin = register_group(alone(person("Ivan", "Bondar")), by=cast.udi, at=cast.at)
        [ivan] = [member.subject_id for member in members_of(cousin.pk, cast.day)]
        add_member(family.pk, ivan, cast.day, by=cast.udi, at=cast.at)
        assert not SettlementCase.objects.exists()


def test_whoever_is_taken_out_with_a_permit_has_a_case_of_their_own(cast: Cast) -> None:
    with scope(cast.udi, cast.day):
        family = register_group(kovalenko(), by=cast.udi, at=cast.at)
        andrij = permitted(cast, family, date(2024, 3, 2))[0]
        new = remove_member(family.pk, andrij, cast.day, by=cast.udi, at=cast.at)
        cases = {case.subject_id: (case.size, case.due_since_on) for case in SettlementCase.objects.all()}
        assert cases == {family.pk: (3, date(2024, 3, 2)), new.pk: (1, date(2024, 3, 2))}


def taken_out(cast: Cast, group: int, name: str) -> PlacementGroup:
    """UDI takes a member out; the household that they are then."""
    with scope(cast.udi, cast.day):
        person = members_by_name(group, cast.day)[name].subject_id
        return remove_member(group, person, cast.day, by=cast.udi, at=cast.at)


def imdi_knows(cast: Cast, group: int) -> bool:
    """Whether IMDi sees the household without an end."""
    return (
        every_need()
        .filter(
            subject_id=group,
            reason=NeedReason.SETTLEMENT_CASE,
            period__upper_inf=True,
            organisation=cast.imdi.organisation_id,
        )
        .exists()
    )


@pytest.mark.req("SET-09")
def test_a_case_that_came_with_somebody_by_mistake_goes_with_them(cast: Cast) -> None:
    family_b = placed(cast, registered(cast, family()))
    with scope(cast.udi, cast.day):
        cousin = register_group(alone(person("Ivan", "Bondar")), by=cast.udi, at=cast.at)
        [ivan] = permitted(cast, cousin, date(2024, 3, 4))
        add_member(family_b, ivan, cast.day, by=cast.udi, at=cast.at)
    assert state_of(cast, family_b) == "interview_due"
    alone_again = taken_out(cast, family_b, "Ivan")
    with scope(cast.udi, cast.day):
        case = SettlementCase.objects.get(subject_id=family_b)
        assert (case.state, case.closing_reason) == ("closed", "permit_left")
        assert SettlementCase.objects.get(subject_id=alone_again.pk).state == "interview_due"
    assert open_kinds(cast, family_b) == set()
    assert not imdi_knows(cast, family_b)
    permit_of(cast, family_b, ["Olena"], holds_on=date(2024, 3, 10))
    with scope(cast.udi, cast.day):
        case = SettlementCase.objects.filter(subject_id=family_b).latest("pk")
    assert (case.state, case.due_since_on) == ("interview_due", date(2024, 3, 10))


@pytest.mark.req("SET-09")
def test_those_who_stay_behind_without_a_permit_lose_their_place_in_the_queue(cast: Cast) -> None:
    group = due_for_interview(cast, family(), ["Olena"])
    taken_out(cast, group, "Olena")
    assert state_of(cast, group) == "closed"
    assert not {kind for kind, _ in open_kinds(cast, group)} & {"hold_interview", "decide_without_permit"}


@pytest.mark.req("SET-09")
def test_a_household_waits_from_the_first_permit_of_those_who_are_left(cast: Cast) -> None:
    group = due_for_interview(cast, family(), ["Olena"])
    permit_of(cast, group, ["Andrij"], holds_on=date(2024, 3, 11))
    taken_out(cast, group, "Olena")
    with scope(cast.udi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        due_on = open_tasks_about(group).get(kind="hold_interview").due_on
    assert (case.due_since_on, PERMIT_ON) == (date(2024, 3, 11), date(2024, 3, 4))
    assert due_on == interview_due_on(date(2024, 3, 11), date(2024, 2, 12))


@pytest.mark.req("SET-09")
def test_once_a_municipality_has_said_yes_imdi_decides_about_those_who_are_left(cast: Cast) -> None:
    decided("5037", 20)
    group = found(cast, interviewed(cast, family(), ["Olena"]))
    taken_out(cast, group, "Olena")
    assert state_of(cast, group) == "municipality_found"
    assert ("decide_without_permit", cast.imdi.organisation_id) in open_kinds(cast, group)
