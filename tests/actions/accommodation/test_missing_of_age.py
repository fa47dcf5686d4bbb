"""A minor who comes of age while missing, and one who was gone before anybody missed them (ACC-05, ACC-07)."""

from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import (
    DepartureReason,
    ToldParty,
    register_absence,
    register_departure,
    report_missing,
    staying_members,
)
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task
from tests.actions.accommodation.missing_people import minor_at_voss, minor_missing, tell
from tests.actions.accommodation.people import later
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-05", "ACC-07")]


def away(cast: Cast, of_age_in: int, since: int) -> tuple[int, int]:
    """Away without leave since so many days before today, of age so many days after it."""
    group, minor = minor_at_voss(cast, of_age_on=cast.day + timedelta(days=of_age_in))
    from_on = cast.day - timedelta(days=since)
    with scope(cast.centre, cast.day):
        register_absence(group, [minor], from_on, is_abroad=False, by=cast.centre, at=cast.at)
    return group, minor


def leave(cast: Cast, group: int, minor: int, on: date, days: int = 0) -> None:
    """The centre registers so many days from now that they are gone."""
    with scope(cast.centre, cast.day + timedelta(days=days)):
        register_departure(group, [minor], on, DepartureReason.NO_ADDRESS, by=cast.centre, at=later(cast, days))


def is_asked(cast: Cast, group: int) -> bool:
    """The centre has the task to tell."""
    with scope(cast.centre, cast.day):
        return Task.objects.filter(subject_id=group, kind="report_missing", closed_at=None).exists()


def is_gone(cast: Cast, group: int) -> bool:
    """Nobody of them lives at the centre any more."""
    with scope(cast.udi, cast.day):
        return not staying_members(group, cast.day)


def test_who_comes_of_age_while_missing_is_told_of_and_only_then_written_out(cast: Cast) -> None:
    group, minor = away(cast, of_age_in=1, since=1)
    on = cast.day + timedelta(days=2)
    with pytest.raises(Refused, match="missing_minor_unreported"):
        leave(cast, group, minor, on, days=2)
    with scope(cast.centre, on):
        for party in ToldParty:
            report_missing(group, [minor], party, on, "Vakta", by=cast.centre, at=later(cast, 2))
        assert Task.objects.get(subject_id=group, kind="report_missing").outcome == "done"
    leave(cast, group, minor, on, days=2)


def test_of_an_absence_registered_after_the_birthday_they_are_told_when_it_began_before(cast: Cast) -> None:
    group, minor = away(cast, of_age_in=-1, since=2)
    assert is_asked(cast, group)
    with pytest.raises(Refused, match="missing_minor_unreported"):
        leave(cast, group, minor, cast.day)
    tell(cast, group, minor)
    assert not is_asked(cast, group)
    leave(cast, group, minor, cast.day)
    assert is_gone(cast, group)


def test_of_who_was_of_age_on_the_first_day_nobody_is_told(cast: Cast) -> None:
    group, minor = away(cast, of_age_in=-2, since=2)
    assert not is_asked(cast, group)
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="not_missing"):
        report_missing(group, [minor], ToldParty.POLICE, cast.day, "Vakta", by=cast.centre, at=cast.at)
    leave(cast, group, minor, cast.day)
    assert is_gone(cast, group)


def test_who_left_as_a_minor_is_not_written_out_as_gone_for_being_of_age_today(cast: Cast) -> None:
    group, minor = minor_at_voss(cast, of_age_on=cast.day)
    with pytest.raises(Refused, match="missing_minor_unreported"):
        leave(cast, group, minor, cast.day - timedelta(days=1))
    leave(cast, group, minor, cast.day)
    assert is_gone(cast, group)


def test_nor_for_being_of_age_when_they_were_missed(cast: Cast) -> None:
    group, minor = away(cast, of_age_in=-2, since=1)
    with pytest.raises(Refused, match="missing_minor_unreported"):
        leave(cast, group, minor, cast.day - timedelta(days=3))


@pytest.mark.parametrize("is_told", [True, False])
def test_a_minor_may_have_left_before_they_were_missed_when_all_are_told(cast: Cast, is_told: bool) -> None:
    group, minor = minor_missing(cast, days=1)
    before = cast.day - timedelta(days=3)
    if not is_told:
        with pytest.raises(Refused, match="missing_minor_unreported"):
            leave(cast, group, minor, before)
        return
    tell(cast, group, minor)
    leave(cast, group, minor, before)
    assert is_gone(cast, group)
