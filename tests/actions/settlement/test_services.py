"""What a municipality says of services: that they are there, that they are not, or nothing (SET-10)."""

from datetime import timedelta

import pytest

from fotfeste.allocation.domain.types import Service
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.capabilities import declare_capabilities
from fotfeste.settlement.domain.types import Capability, LocalService
from fotfeste.settlement.queries.declared import declared_by_all, offerables_by_all
from fotfeste.settlement.queries.hardness import supply_on
from fotfeste.settlement.queries.places import places_of
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

HELP, HEARING = LocalService.HOME_HELP, LocalService.HEARING


@pytest.mark.req("SET-10")
def test_services_are_said_beside_what_some_must_have_and_taken_back_alone(cast: Cast) -> None:
    levanger, later = cast.municipality, cast.day + timedelta(days=30)
    with scope(levanger, cast.day):
        declare_capabilities({Capability.PETS: True, HELP: True, HEARING: False}, by=levanger, at=cast.at)
    with scope(levanger, later):
        at = cast.at + timedelta(days=30)
        assert declare_capabilities({Capability.PETS: True, HELP: None}, by=levanger, at=at) == []
    place = levanger.organisation_id
    assert offerables_by_all(cast.day)[place] == {Capability.PETS: True, HELP: True, HEARING: False}
    assert offerables_by_all(later)[place] == {Capability.PETS: True, HEARING: False}
    assert declared_by_all(later)[place] == {Capability.PETS: True}


@pytest.mark.req("SET-10")
def test_a_service_is_none_of_what_makes_a_household_easy_to_place(cast: Cast) -> None:
    before = supply_on(cast.day)
    with scope(cast.municipality, cast.day):
        declare_capabilities(dict.fromkeys(LocalService, True), by=cast.municipality, at=cast.at)
    assert supply_on(cast.day) == before


@pytest.mark.req("SET-10")
def test_the_board_tells_what_was_said_when_and_what_was_taken_back_within_a_year(cast: Cast) -> None:
    levanger, later = cast.municipality, cast.day + timedelta(days=30)
    with scope(levanger, cast.day):
        declare_capabilities({HELP: True, HEARING: False}, by=levanger, at=cast.at)
    with scope(levanger, later):
        declare_capabilities({HELP: False}, by=levanger, at=cast.at + timedelta(days=30))
        found = places_of(levanger.organisation_id, "5037", later, has_kept=False)
        next_year = places_of(levanger.organisation_id, "5037", later + timedelta(days=366), has_kept=False)
    assert [(each.what, each.is_offered, each.since, each.until) for each in found.said] == [
        (HELP, False, later, None),
        (HEARING, False, cast.day, None),
        (HELP, True, cast.day, later),
    ]
    assert found.services == {HELP: False, HEARING: False}
    assert [each.what for each in next_year.said] == [HELP, HEARING]


def test_every_service_that_the_score_knows_can_be_said() -> None:
    assert {str(each) for each in LocalService} | {str(Service.PET_HOME)} == {str(each) for each in Service}
