"""Homes and places beside persons: counted, and never given to two (SET-10)."""

from datetime import timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, register_departure
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.resources import declare_resources, resources_version
from fotfeste.settlement.domain.candidates import Resource
from fotfeste.settlement.domain.types import Capability, PlaceKind
from fotfeste.settlement.models import MunicipalityResource
from fotfeste.settlement.public import add_need, withdraw_request
from fotfeste.settlement.queries.load import resources_of
from tests.actions.settlement.asking import ask, say_no, say_yes
from tests.actions.settlement.stage import depart, queued, requested, with_journey
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = pytest.mark.django_db


def declare(cast: Cast, version: int | None = None, **numbers: int | None) -> None:
    """Levanger says how many it has."""
    said = {PlaceKind(kind): number for kind, number in numbers.items()}
    with scope(cast.municipality, cast.day):
        declare_resources(said, by=cast.municipality, at=cast.at, version=version)


def standing(cast: Cast) -> dict[PlaceKind, Resource]:
    """What Levanger has, and what is used of it."""
    return {each.kind: each for each in resources_of(cast.municipality.organisation_id, cast.day)}


def leave(cast: Cast, group: int, names: list[str], reason: DepartureReason) -> None:
    """They leave Voss for good, with an address where the reason has one."""
    where = ("Kirkegata 1", "7600") if reason is DepartureReason.PRIVATE_ADDRESS else ()
    with scope(cast.centre, cast.day):
        members = members_by_name(group, cast.day)
        persons = [members[name].subject_id for name in names]
        register_departure(group, persons, cast.day, reason, *where, by=cast.centre, at=cast.at)


def in_a_wheelchair(cast: Cast) -> int:
    """A household in the queue that needs an adapted home."""
    group = queued(cast)
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.ADAPTED_HOUSING, reason="Rullestol", by=cast.imdi, at=cast.at)
    return group


@pytest.mark.req("SET-10")
def test_a_household_takes_places_of_each_kind_that_it_uses(cast: Cast) -> None:
    group = in_a_wheelchair(cast)
    declare(cast, adapted_homes=1, school_places=3, kindergarten_places=2, minors=1)
    ask(cast, group)
    used = {kind: each.used for kind, each in standing(cast).items()}
    # Sofia of 13 and Danylo, who turns seven this year, go to school.
    assert used == {
        PlaceKind.ADAPTED_HOMES: 1,
        PlaceKind.SCHOOL_PLACES: 2,
        PlaceKind.KINDERGARTEN_PLACES: 0,
        PlaceKind.MINORS: 0,
    }


@pytest.mark.req("SET-10")
@pytest.mark.parametrize("reason", [DepartureReason.DECEASED, DepartureReason.PRIVATE_ADDRESS])
def test_who_has_left_for_good_uses_no_place(cast: Cast, reason: DepartureReason) -> None:
    group = queued(cast)
    declare(cast, school_places=3)
    ask(cast, group)
    assert standing(cast)[PlaceKind.SCHOOL_PLACES].used == 2
    leave(cast, group, ["Sofia"], reason)
    assert standing(cast)[PlaceKind.SCHOOL_PLACES].used == 1


@pytest.mark.req("SET-10", "SET-11")
def test_the_last_adapted_home_is_not_promised_to_two(cast: Cast) -> None:
    first, second, third = in_a_wheelchair(cast), in_a_wheelchair(cast), queued(cast)
    declare(cast, adapted_homes=1)
    ask(cast, first)
    with pytest.raises(Refused, match="municipality_does_not_fit"):
        ask(cast, second)
    beyond = ask(cast, second, "De bygger kanskje om en til.")
    assert not beyond.holds_place
    with pytest.raises(Refused) as caught:
        say_yes(cast, second)
    assert caught.value.code == "resource_is_taken"
    ask(cast, third)  # needs none
    say_no(cast, first)
    say_yes(cast, second)


@pytest.mark.req("SET-10")
def test_the_number_is_not_set_below_what_is_held_but_the_first_is_news(cast: Cast) -> None:
    group = queued(cast)
    ask(cast, group)
    declare(cast, school_places=1)  # two are held
    assert standing(cast)[PlaceKind.SCHOOL_PLACES].left == -1
    declare(cast, school_places=4)
    with pytest.raises(Refused) as caught:
        declare(cast, school_places=1)
    assert caught.value.code == "resource_below_use"
    with scope(cast.imdi, cast.day):
        withdraw_request(group, by=cast.imdi, at=cast.at)
    declare(cast, school_places=1)
    assert standing(cast)[PlaceKind.SCHOOL_PLACES].used == 0


@pytest.mark.req("SET-10")
def test_who_came_before_it_was_said_is_not_counted(cast: Cast) -> None:
    depart(cast, with_journey(cast, queued(cast)))
    declare(cast, school_places=3)
    assert standing(cast)[PlaceKind.SCHOOL_PLACES].used == 2
    later = cast.day + timedelta(days=1)
    with scope(cast.municipality, later):
        at = cast.at + timedelta(days=1)
        declare_resources({PlaceKind.SCHOOL_PLACES: 5}, by=cast.municipality, at=at)
    [now] = resources_of(cast.municipality.organisation_id, later)
    assert (now.number, now.used) == (5, 0)


@pytest.mark.req("SET-10")
def test_unaccompanied_minors_take_places_of_theirs(cast: Cast) -> None:
    minor = queued(cast, is_unaccompanied=True)
    declare(cast, minors=1)
    requested(cast, minor)
    assert standing(cast)[PlaceKind.MINORS].left == 0


@pytest.mark.req("SET-10")
def test_what_was_said_stays_on_record_with_its_period(cast: Cast) -> None:
    declare(cast, adapted_homes=2)
    version = resources_version(cast.municipality.organisation_id)
    later, at = cast.day + timedelta(days=9), cast.at + timedelta(days=9)
    with scope(cast.municipality, later):
        said = {PlaceKind.ADAPTED_HOMES: 3, PlaceKind.MINORS: None}
        declare_resources(said, by=cast.municipality, at=at, version=version)
        with pytest.raises(Stale):
            declare_resources(said, by=cast.municipality, at=at, version=version)
        assert declare_resources(said, by=cast.municipality, at=at) == []
    was, now = MunicipalityResource.objects.current().order_by("number")
    assert (was.number, was.period.start, was.period.end) == (2, cast.day, later)
    assert (now.number, now.period.start, now.period.end) == (3, later, None)


@pytest.mark.req("ACS-01")
def test_only_the_municipality_says_what_it_has(cast: Cast) -> None:
    for viewer in (cast.imdi, cast.centre):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            declare_resources({PlaceKind.MINORS: 3}, by=viewer, at=cast.at)
    with scope(cast.municipality, cast.day), pytest.raises(Refused, match="not_a_number_of_persons"):
        declare_resources({PlaceKind.MINORS: -3}, by=cast.municipality, at=cast.at)
