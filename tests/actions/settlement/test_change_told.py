"""A municipality that is asked, has said yes or is offered is told when others come: how many, and not why."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, annul_departure
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, remove_member
from fotfeste.settlement.public import release_municipality, see_change
from fotfeste.web.happened import happened_to
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import accepted, depart, found, offered, open_kinds, queued, requested, with_journey
from tests.actions.settlement.test_grown import joined
from tests.actions.settlement.test_leavers import leaves
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07"), pytest.mark.req("ACS-01")]
STEPS: tuple[Callable[[Cast, int], int], ...] = (requested, found, offered, accepted, with_journey)


def is_told(cast: Cast, group: int) -> bool:
    """Whether the municipality has to see it."""
    return ("see_change", cast.municipality.organisation_id) in open_kinds(cast, group)


@pytest.mark.parametrize("step", STEPS)
def test_a_municipality_is_told_at_every_step_that_somebody_comes_no_more(
    cast: Cast, step: Callable[[Cast, int], int]
) -> None:
    group = step(cast, queued(cast))
    assert not is_told(cast, group)
    leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    assert is_told(cast, group)
    with scope(cast.municipality, cast.day):
        task = Task.objects.get(kind="see_change")
        assert (task.due_on, task.cause) == (cast.day, "settlement.change_told")


@pytest.mark.parametrize(
    "reason", [DepartureReason.DECEASED, DepartureReason.PRIVATE_ADDRESS, DepartureReason.LEFT_COUNTRY]
)
def test_it_is_not_told_why(cast: Cast, reason: DepartureReason) -> None:
    group = offered(cast, queued(cast))
    if reason is DepartureReason.PRIVATE_ADDRESS:
        depart(cast, group, reason, most=1)
    else:
        leaves(cast, group, "Andrij", reason)
    assert is_told(cast, group)
    with scope(cast.municipality, cast.day):
        seen = {(event.type, event.transition) for event in happened_to(cast.municipality, group)}
    assert ("settlement.change_told", "") in seen
    assert "accommodation.departed" not in {kind for kind, _ in seen}
    with scope(cast.other_municipality, cast.day):
        assert "settlement.change_told" not in {event.type for event in happened_to(cast.other_municipality, group)}


def test_it_is_told_that_somebody_has_come_to_them(cast: Cast) -> None:
    group = found(cast, queued(cast))
    joined(cast, group)
    assert is_told(cast, group)


def test_it_is_told_of_somebody_who_is_taken_out_of_the_household(cast: Cast) -> None:
    group = found(cast, queued(cast))
    with scope(cast.udi, cast.day):
        andrij = members_by_name(group, cast.day)["Andrij"].subject_id
        remove_member(group, andrij, cast.day, by=cast.udi, at=cast.at)
    assert is_told(cast, group)


def test_it_is_told_when_a_departure_is_taken_back(cast: Cast) -> None:
    group = found(cast, queued(cast))
    andrij = leaves(cast, group, "Andrij", DepartureReason.NO_ADDRESS)
    sees(cast, group)
    at = cast.at + timedelta(minutes=5)
    with scope(cast.centre, cast.day):
        annul_departure(group, [andrij], reason=Mistake.WRONG_PERSON, by=cast.centre, at=at)
    assert is_told(cast, group)


def test_nobody_is_told_before_a_municipality_is_asked(cast: Cast) -> None:
    group = queued(cast)
    leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    assert not every_event().filter(type="settlement.change_told").exists()


def sees(cast: Cast, group: int) -> None:
    """The municipality says that it has seen it."""
    with scope(cast.municipality, cast.day):
        see_change(group, by=cast.municipality, at=cast.at)


def test_it_says_that_it_has_seen_it_and_is_told_of_the_next(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    sees(cast, group)
    assert not is_told(cast, group)
    with pytest.raises(Refused, match="change_is_seen"):
        sees(cast, group)
    joined(cast, group)
    assert is_told(cast, group)
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        see_change(group, by=cast.centre, at=cast.at)
    with scope(cast.other_municipality, cast.day), pytest.raises(NotFound):
        see_change(group, by=cast.other_municipality, at=cast.at)


def test_there_is_nothing_to_see_for_a_municipality_that_has_no_part_any_more(cast: Cast) -> None:
    group = found(cast, queued(cast))
    leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    with scope(cast.imdi, cast.day):
        release_municipality(group, by=cast.imdi, at=cast.at)
    assert not is_told(cast, group)
