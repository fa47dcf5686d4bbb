"""A household at Voss, rooms and beds, and browsers that are logged in, on 14 March 2024."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from fotfeste.access.public import Subject
from fotfeste.accommodation.public import assign_beds, place_group
from fotfeste.directory.public import Organisation, User
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.accommodation.people import ARRIVED, beds_at, household, open_centre
from tests.conftest import AT, Cast

type Browser = Callable[[Viewer], Client]


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    """The clock stands at the cast's instant."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def logged_in() -> Browser:
    """A browser that is logged in as somebody of the cast."""

    def open_browser(viewer: Viewer) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=viewer.user_id or 0))
        return client

    return open_browser


@dataclass(frozen=True)
class Voss:
    """The centre with room 214 (two beds) and 215 (one bed), and Olena and Andrij, who live there without beds."""

    centre: Organisation
    beds: list[int]
    group_id: int
    persons: list[int]
    reference: str


@pytest.fixture
def voss(cast: Cast) -> Voss:
    """See the class."""
    open_centre(cast, cast.centre, places=3, maximum=4)
    beds = beds_at(cast, cast.centre_administrator, [("214", 2), ("215", 1)])
    group_id, persons = household(cast, "Olena", "Andrij")
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    return Voss(
        Organisation.objects.get(pk=cast.centre.organisation_id),
        beds,
        group_id,
        persons,
        Subject.objects.get(pk=group_id).reference,
    )


@pytest.fixture
def with_beds(cast: Cast, voss: Voss) -> Voss:
    """Both have a bed in room 214."""
    with scope(cast.centre, cast.day):
        assign_beds(
            voss.group_id,
            dict(zip(voss.persons, voss.beds[:2], strict=True)),
            ARRIVED,
            by=cast.centre,
            at=cast.at,
        )
    return voss
