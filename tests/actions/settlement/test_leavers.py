"""Some of a household leave on their own while a municipality is asked: who sees them, and who looks at it (ACC-07)."""

from datetime import date

import pytest

from fotfeste.accommodation.public import DepartureReason, place_group, register_departure
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.settlement.models import Answer
from tests.actions.settlement.stage import depart, found, offered, open_kinds, queued, requested
from tests.as_owner import every_need
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07"), pytest.mark.req("SET-07")]


def leaves(cast: Cast, group: int, name: str, reason: DepartureReason) -> int:
    """One of them leaves Voss alone, today, without an address; their key."""
    with scope(cast.centre, cast.day):
        person = members_by_name(group, cast.day)[name].subject_id
        register_departure(group, [person], cast.day, reason, by=cast.centre, at=cast.at)
    return person


def seen_by_levanger(cast: Cast, group: int) -> set[str]:
    """The names that the municipality sees."""
    with scope(cast.municipality, cast.day):
        return {each.given_name for each in members_of(group, cast.day)}


@pytest.mark.parametrize("reason", [DepartureReason.NO_ADDRESS, DepartureReason.LEFT_COUNTRY])
def test_a_municipality_sees_no_more_who_has_left_alone_nor_what_they_answered(
    cast: Cast, reason: DepartureReason
) -> None:
    group = offered(cast, queued(cast))
    andrij = leaves(cast, group, "Andrij", reason)
    assert seen_by_levanger(cast, group) == {"Olena", "Sofia", "Danylo"}
    with scope(cast.municipality, cast.day):
        assert not Answer.objects.filter(subject_id=andrij).exists()
    assert ("see_household_again", cast.imdi.organisation_id) in open_kinds(cast, group)


@pytest.mark.parametrize("reason", [DepartureReason.NO_ADDRESS, DepartureReason.DECEASED])
def test_imdi_looks_at_a_household_that_has_become_smaller_after_its_interview(
    cast: Cast, reason: DepartureReason
) -> None:
    group = queued(cast)
    leaves(cast, group, "Andrij", reason)
    assert ("see_household_again", cast.imdi.organisation_id) in open_kinds(cast, group)


def test_who_comes_back_is_shown_to_the_municipality_again(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    leaves(cast, group, "Andrij", DepartureReason.NO_ADDRESS)
    assert "Andrij" not in seen_by_levanger(cast, group)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert "Andrij" in seen_by_levanger(cast, group)


def test_who_left_before_anybody_was_asked_is_shown_when_they_come_back_after_it(cast: Cast) -> None:
    group = queued(cast)
    andrij = leaves(cast, group, "Andrij", DepartureReason.NO_ADDRESS)
    found(cast, group)
    assert not every_need().filter(subject_id=andrij, organisation=cast.municipality.organisation_id).exists()
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert "Andrij" in seen_by_levanger(cast, group)


def test_a_private_move_is_nothing_to_see_once_they_are_placed_again(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, most=1, on=date(2024, 3, 14))
    assert ("see_private_move", cast.imdi.organisation_id) in open_kinds(cast, group)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert ("see_private_move", cast.imdi.organisation_id) not in open_kinds(cast, group)
