"""Households are gathered or parted while their cases run."""

from datetime import date

import pytest

from fotfeste.access.public import Need, NeedReason
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
from fotfeste.settlement.models import SettlementCase
from fotfeste.worklist.public import open_tasks_about
from tests.actions.registry.families import alone, kovalenko, person
from tests.conftest import Cast

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
    imdi = Need.objects.filter(subject_id=halyna, reason=NeedReason.SETTLEMENT_CASE, period__contains=cast.day)
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
