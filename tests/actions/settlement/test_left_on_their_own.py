"""All of a household leave on their own: who is told, whatever the reason, and what a return takes back (ACC-07)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, annul_departure, place_group, register_departure
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    accepted,
    family,
    offered,
    open_kinds,
    queued,
    requested,
    state_of,
    with_journey,
)
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07")]
WITHOUT_ADDRESS = (DepartureReason.LEFT_COUNTRY, DepartureReason.NO_ADDRESS)
CAUSES = {
    DepartureReason.LEFT_COUNTRY: "settlement.left_country",
    DepartureReason.NO_ADDRESS: "settlement.gone_without_address",
}


def people_of(cast: Cast, group: int) -> list[int]:
    """The members' keys."""
    with scope(cast.udi, cast.day):
        return [member.subject_id for member in members_of(group, cast.day)]


def leave(cast: Cast, group: int, reason: DepartureReason, persons: list[int] | None = None) -> None:
    """They leave Voss without an address."""
    who = persons or people_of(cast, group)
    with scope(cast.centre, cast.day):
        register_departure(group, who, cast.day, reason, by=cast.centre, at=cast.at)


def why_imdi_looks(cast: Cast, group: int) -> list[str]:
    """The causes of IMDi's open tasks to look at who has left."""
    with scope(cast.imdi, cast.day):
        asked = Task.objects.filter(subject_id=group, kind="see_private_move", closed_at__isnull=True)
        return list(asked.values_list("cause", flat=True))


@pytest.mark.parametrize("reason", WITHOUT_ADDRESS)
@pytest.mark.parametrize("stage", [queued, lambda cast: requested(cast, queued(cast))], ids=["queued", "requested"])
def test_imdi_is_told_why_a_whole_household_is_gone(cast: Cast, reason: DepartureReason, stage: object) -> None:
    group = stage(cast)  # type: ignore[operator]
    leave(cast, group, reason)
    assert state_of(cast, group) == "closed"
    assert why_imdi_looks(cast, group) == [CAUSES[reason]]


@pytest.mark.parametrize("reason", WITHOUT_ADDRESS)
@pytest.mark.parametrize("stage", [requested, offered, accepted, with_journey])
def test_the_municipality_is_told_that_it_has_no_part_any_more(
    cast: Cast, reason: DepartureReason, stage: object
) -> None:
    group = stage(cast, queued(cast))  # type: ignore[operator]
    leave(cast, group, reason)
    theirs = {kind for kind, whose in open_kinds(cast, group) if whose == cast.municipality.organisation_id}
    assert theirs == {"see_withdrawal"}
    with scope(cast.municipality, cast.day):
        assert members_of(group, cast.day) == []


@pytest.mark.parametrize("reason", WITHOUT_ADDRESS)
def test_before_the_interview_imdi_is_asked_for_nothing(cast: Cast, reason: DepartureReason) -> None:
    group = due_for_interview(cast, family())
    leave(cast, group, reason)
    assert state_of(cast, group) == "closed"
    assert why_imdi_looks(cast, group) == []


@pytest.mark.parametrize("reason", WITHOUT_ADDRESS)
def test_of_some_imdi_looks_at_the_household_again_and_at_nothing_twice(cast: Cast, reason: DepartureReason) -> None:
    group = queued(cast)
    leave(cast, group, reason, people_of(cast, group)[:1])
    assert why_imdi_looks(cast, group) == []
    assert ("see_household_again", cast.imdi.organisation_id) in open_kinds(cast, group)


@pytest.mark.parametrize("reason", WITHOUT_ADDRESS)
def test_there_is_nothing_to_see_once_they_are_placed_again(cast: Cast, reason: DepartureReason) -> None:
    group = queued(cast)
    leave(cast, group, reason)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert why_imdi_looks(cast, group) == []
    assert state_of(cast, group) == "interview_due"


@pytest.mark.parametrize("reason", WITHOUT_ADDRESS)
def test_a_departure_that_never_was_leaves_nothing_to_see(cast: Cast, reason: DepartureReason) -> None:
    group = queued(cast)
    leave(cast, group, reason)
    later = replace(cast, at=cast.at + timedelta(hours=1))
    with scope(cast.centre, cast.day):
        annul_departure(group, people_of(cast, group), reason="wrong_choice", by=cast.centre, at=later.at)
    assert why_imdi_looks(cast, group) == []
    assert state_of(cast, group) == "queued"
