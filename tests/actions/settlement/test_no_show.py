"""A settled household that never came: the municipality says so, and IMDi follows it up."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from fotfeste.accommodation.public import annul_departure
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, StatusKind, members_of
from fotfeste.settlement.models import Journey
from fotfeste.settlement.public import confirm_arrival, follow_no_show, report_no_show
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import depart, open_kinds, queued, state_of, with_journey
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRV-04")]
WORDS = "Ingen av dem var på toget."


def settled(cast: Cast) -> int:
    """A household that has left for Levanger."""
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    return group


def misses(cast: Cast, group: int, text: str = WORDS, by: Viewer | None = None, days: int = 0) -> Journey:
    """The municipality says that they did not come."""
    viewer = by or cast.municipality
    at = cast.at + timedelta(days=days)
    with scope(viewer, at.date()):
        return report_no_show(group, text=text, by=viewer, at=at)


def test_imdi_is_to_follow_up_the_same_day_and_they_stay_settled(cast: Cast) -> None:
    group = settled(cast)
    journey = misses(cast, group, f" {WORDS} ")
    assert (journey.missed_on, journey.missed_text, journey.arrived_on) == (cast.day, WORDS, None)
    assert open_kinds(cast, group) == {("follow_no_show", cast.imdi.organisation_id)}
    assert state_of(cast, group) == "settled"
    with scope(cast.imdi, cast.day):
        task = Task.objects.get(kind="follow_no_show")
        assert (task.due_on, task.cause) == (cast.day, "settlement.not_arrived")
        assert every_event().get(type="settlement.not_arrived").holds_on == cast.day
        assert {member.current_status for member in members_of(group, cast.day)} == {StatusKind.SETTLED}


def test_it_is_told_in_words_and_once_and_by_their_municipality(cast: Cast) -> None:
    group = settled(cast)
    with pytest.raises(Refused) as caught:
        misses(cast, group, "  ")
    assert (caught.value.code, caught.value.field) == ("no_show_needs_words", "text")
    with pytest.raises(NotFound):
        misses(cast, group, by=cast.other_municipality)
    with pytest.raises(NotAllowed):
        misses(cast, group, by=cast.centre)
    misses(cast, group)
    with pytest.raises(Refused, match="no_show_is_told"):
        misses(cast, group)


def test_whoever_has_come_did_not_fail_to_come(cast: Cast) -> None:
    group = settled(cast)
    with scope(cast.municipality, cast.day):
        confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=cast.at)
    with pytest.raises(Refused, match="arrival_is_confirmed"):
        misses(cast, group)


def test_they_may_come_later_and_then_there_is_nothing_to_follow_up(cast: Cast) -> None:
    group = settled(cast)
    misses(cast, group)
    later = cast.at + timedelta(days=3)
    with scope(cast.municipality, later.date()):
        journey = confirm_arrival(group, arrived_on=later.date(), by=cast.municipality, at=later)
    assert (journey.arrived_on, journey.missed_on) == (later.date(), cast.day)
    assert open_kinds(cast, group) == set()


def test_imdi_says_that_it_is_followed_up_once(cast: Cast) -> None:
    group = settled(cast)
    misses(cast, group)
    with scope(cast.imdi, cast.day):
        follow_no_show(group, by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="no_show_is_followed"):
            follow_no_show(group, by=cast.imdi, at=cast.at)
        assert every_event().filter(type="settlement.no_show_followed").count() == 1
    assert open_kinds(cast, group) == set()


def test_imdi_sees_them_again_where_its_time_was_over(cast: Cast) -> None:
    group = settled(cast)
    misses(cast, group, days=200)
    day: date = cast.day + timedelta(days=200)
    with scope(cast.imdi, day):
        assert Task.objects.filter(kind="follow_no_show").count() == 1
        assert len(members_of(group, day)) > 0
        follow_no_show(group, by=cast.imdi, at=cast.at + timedelta(days=200))


def test_a_departure_that_never_was_takes_it_along(cast: Cast) -> None:
    group = settled(cast)
    misses(cast, group)
    with scope(cast.udi, cast.day):
        who = [member.subject_id for member in members_of(group, cast.day)]
    at = cast.at + timedelta(minutes=5)
    with scope(cast.centre, cast.day):
        annul_departure(group, who, reason=Mistake.OTHER, text="De reiste aldri.", by=cast.centre, at=at)
    assert state_of(cast, group) == "journey_agreed"
    assert "follow_no_show" not in {kind for kind, _ in open_kinds(cast, group)}
    with scope(cast.centre, cast.day):
        assert not Journey.objects.filter(~Q(missed_text="") | Q(missed_on__isnull=False)).exists()
