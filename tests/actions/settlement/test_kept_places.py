"""Places that are kept for those who live at an integration centre (SET-11)."""

import pytest

from fotfeste.directory.public import Organisation
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.places import reserve_places
from fotfeste.settlement.models import (
    PlaceReservation,
)
from tests.actions.settlement.asking import as_integration_centre, ask, change, decide, load, say_yes
from tests.actions.settlement.stage import (
    decided,
    queued,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def kept_for(cast: Cast, centre: Viewer, persons: int) -> PlaceReservation:
    """Levanger keeps places for people of a centre."""
    levanger = cast.municipality
    with scope(levanger, cast.day):
        return reserve_places(
            levanger.organisation_id, centre.organisation_id, persons, year=2024, by=levanger, at=cast.at
        )


@pytest.fixture
def near(cast: Cast) -> Viewer:
    """The other centre, moved next door to Levanger: an integration centre where nobody of these households lives."""
    Organisation.objects.filter(pk=cast.other_centre.organisation_id).update(municipality_id="5038")
    as_integration_centre(cast, cast.other_centre)
    return cast.other_centre


@pytest.mark.req("SET-11")
def test_places_kept_for_an_integration_centre_are_not_for_others(cast: Cast, near: Viewer) -> None:
    group = queued(cast)
    decided("5037", 6)
    kept_for(cast, near, 3)
    assert load(cast).kept == 3
    with pytest.raises(Refused, match="municipality_does_not_fit"):
        ask(cast, group)
    ask(cast, group, "De tar dem kanskje likevel.")
    with pytest.raises(Refused, match="places_are_taken"):
        say_yes(cast, group)
    kept_for(cast, near, 2)
    say_yes(cast, group)


@pytest.mark.req("SET-11")
def test_who_lives_at_the_centre_takes_the_places_kept_for_it(cast: Cast, near: Viewer) -> None:
    group = queued(cast)
    decided("5037", 4)
    change(cast, group, centre_id=near.organisation_id)
    kept_for(cast, near, 3)
    request = ask(cast, group)
    assert (request.centre_id, request.holds_place) == (near.organisation_id, True)
    assert (load(cast).held, load(cast).kept) == (4, 0)
    say_yes(cast, group)


@pytest.mark.req("SET-11")
def test_more_cannot_be_kept_than_is_left(cast: Cast, near: Viewer) -> None:
    group = queued(cast)
    decided("5037", 6)
    ask(cast, group)
    with pytest.raises(Refused) as caught:
        kept_for(cast, near, 3)
    assert caught.value.code == "reservation_beyond_decision"
    kept_for(cast, near, 2)
    with pytest.raises(Refused, match="decision_below_use"):
        decide(cast, 5)


@pytest.mark.req("SET-11")
def test_places_are_kept_next_to_an_integration_centre_only(cast: Cast) -> None:
    with pytest.raises(Refused, match="not_an_integration_centre"):
        kept_for(cast, cast.centre, 3)
    as_integration_centre(cast, cast.centre)  # in Voss
    with pytest.raises(Refused, match="not_near_the_centre"):
        kept_for(cast, cast.centre, 3)
