"""Two people act at once, each in a transaction and on a connection of their own: one wins, the other is told why."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections

from fotfeste.accommodation.public import BedAssignment, Stay, assign_beds, place_group
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from tests.actions.accommodation.people import ARRIVED, beds_at, household, open_centre
from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def places(transactional_db: None) -> Iterator[None]:
    """What the tests do is committed, for every connection to see."""
    yield
    connection.close()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts in threads that start together; the code of what each was refused, empty where it was done."""
    start = threading.Barrier(len(acts))
    outcomes = ["never ran"] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            act()
            outcomes[place] = ""
        except Refused as refused:
            outcomes[place] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.mark.req("ACC-06")
def test_of_two_placements_for_the_last_place_one_wins(cast: Cast) -> None:
    first, _ = household(cast, "Olena")
    second, _ = household(cast, "Ivan")
    voss = open_centre(cast, cast.centre, places=1, maximum=1)

    def place(group_id: int) -> object:
        with scope(cast.udi, cast.day):
            return place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)

    assert sorted(at_once(lambda: place(first), lambda: place(second))) == ["", "centre_is_full"]
    with scope(cast.udi, cast.day):
        assert Stay.objects.current().count() == 1


@pytest.mark.req("ACC-02")
def test_of_two_households_that_want_the_last_bed_one_gets_it(cast: Cast) -> None:
    first, (olena,) = household(cast, "Olena")
    second, (ivan,) = household(cast, "Ivan")
    voss = open_centre(cast, cast.centre)
    (bed,) = beds_at(cast, cast.centre_administrator, [("214", 1)])
    with scope(cast.udi, cast.day):
        for group_id in (first, second):
            place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)

    def give(group_id: int, person: int) -> object:
        with scope(cast.centre, cast.day):
            return assign_beds(group_id, {person: bed}, ARRIVED, by=cast.centre, at=cast.at)

    assert sorted(at_once(lambda: give(first, olena), lambda: give(second, ivan))) == ["", "bed_not_free"]
    with scope(cast.centre, cast.day):
        assert BedAssignment.objects.current().count() == 1


@pytest.mark.req("ACC-03")
def test_of_two_who_place_one_household_in_two_centres_one_is_told(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss, raade = open_centre(cast, cast.centre), open_centre(cast, cast.other_centre)

    def place(centre_id: int) -> object:
        with scope(cast.udi, cast.day):
            return place_group(group_id, centre_id, ARRIVED, by=cast.udi, at=cast.at, version=1)

    assert sorted(at_once(lambda: place(voss), lambda: place(raade))) == ["", "stale"]
    with scope(cast.udi, cast.day):
        assert Stay.objects.current().count() == 1
