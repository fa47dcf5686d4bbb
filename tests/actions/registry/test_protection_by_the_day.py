"""Somebody follows a protected household up on every day there is a need, or somebody is asked to name them. REG-08."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from time_machine import travel

from fotfeste.access.models import Employment
from fotfeste.access.public import NeedReason, NewUser, Role
from fotfeste.directory.public import User
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.protection import follow_protected
from fotfeste.registry.public import name_follower
from fotfeste.worklist.public import Task
from tests.acting import add_user, end_employment, end_role, give_role
from tests.actions.access.stage import employment_of, role_of
from tests.actions.registry.test_protection import colleague, protected, reference_of, sees
from tests.as_owner import need_given
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-08")]


def followed(cast: Cast, *who: Viewer) -> int:
    """A protected household for whom the administrator at Voss has named these."""
    group, by = protected(cast), cast.centre_administrator
    with scope(by, cast.day):
        for each in who:
            name_follower(reference_of(group), employment_of(each).reference, by=by, at=cast.at)
    return group


def is_asked(by: Viewer, group: int, cast: Cast, days: int = 0) -> bool:
    """Whether an administrator has the task to name somebody, some days after the day of the cast."""
    with scope(by, cast.day + timedelta(days=days)):
        return Task.objects.filter(
            kind="name_follower", subject_id=group, organisation_id=by.organisation_id, closed_at=None
        ).exists()


def night(cast: Cast, days: int) -> None:
    """The night's work, as the supervisor starts it."""
    with travel(cast.at + timedelta(days=days), tick=False):
        call_command("follow_protected", verbosity=0)


def another_need(cast: Cast, group: int, days: int = 0) -> None:
    """What every need that is opened or ended brings, and every naming."""
    at = cast.at + timedelta(days=days)
    with scope(cast.udi, cast.day + timedelta(days=days)):
        follow_protected([group], at)


def test_before_the_last_one_works_there_no_more_another_is_asked_for_until_there_is_one(cast: Cast) -> None:
    by = cast.centre_administrator
    group = followed(cast, cast.centre)
    end_employment(employment_of(cast.centre).reference, cast.day + timedelta(days=60), by=by, at=cast.at)
    another_need(cast, group)
    night(cast, 45)
    assert not is_asked(by, group, cast, 45)
    night(cast, 46)
    assert is_asked(by, group, cast, 46)
    for days in (47, 60, 61):
        another_need(cast, group, days)
        night(cast, days)
        assert is_asked(by, group, cast, days)
    other = colleague(cast.centre, Role.CENTRE_STAFF, "voss-2")
    with scope(by, cast.day + timedelta(days=61)):
        name_follower(reference_of(group), employment_of(other).reference, by=by, at=cast.at + timedelta(days=61))
    assert not is_asked(by, group, cast, 61)


def test_an_employment_that_ends_soon_is_asked_for_at_once_and_still_after_the_next_need(cast: Cast) -> None:
    by = cast.centre_administrator
    group = followed(cast, cast.centre)
    end_employment(employment_of(cast.centre).reference, cast.day + timedelta(days=10), by=by, at=cast.at)
    assert is_asked(by, group, cast)
    another_need(cast, group)
    assert is_asked(by, group, cast)


def test_whoever_is_named_and_has_no_role_that_opens_a_case_follows_nobody_up(cast: Cast) -> None:
    by = cast.centre_administrator
    group = followed(cast, cast.centre)
    end_role(role_of(cast.centre, Role.CENTRE_STAFF).reference, cast.day, by=by, at=cast.at)
    assert is_asked(by, group, cast)


def test_a_naming_ends_with_the_last_role_that_opens_a_case_and_does_not_come_back_with_one(cast: Cast) -> None:
    by = cast.centre_administrator
    group = followed(cast, cast.centre)
    end_role(role_of(cast.centre, Role.CENTRE_STAFF).reference, cast.day, by=by, at=cast.at)
    give_role(employment_of(cast.centre).reference, Role.CENTRE_STAFF, cast.day, by=by, at=cast.at)
    assert not sees(cast.centre, group, cast.day)
    assert is_asked(by, group, cast)
    with scope(by, cast.day):
        name_follower(reference_of(group), employment_of(cast.centre).reference, by=by, at=cast.at)
    assert sees(cast.centre, group, cast.day)
    assert not is_asked(by, group, cast)


@pytest.mark.parametrize("days", [0, 20])
def test_a_naming_does_not_outlive_the_employment(cast: Cast, days: int) -> None:
    by = cast.centre_administrator
    group = followed(cast, cast.centre)
    ends_on = cast.day + timedelta(days=days)
    end_employment(employment_of(cast.centre).reference, ends_on, by=by, at=cast.at)
    assert sees(cast.centre, group, cast.day) is (days > 0)
    night(cast, days)
    came_back = cast.at + timedelta(days=400)
    with travel(came_back, tick=False):
        again = NewUser(name=cast.centre.name, username=User.objects.get(pk=cast.centre.user_id or 0).username)
        add_user(again, came_back.date(), by=by, at=came_back)
        give_role(employment_again(cast).reference, Role.CENTRE_STAFF, came_back.date(), by=by, at=came_back)
    assert not sees(cast.centre, group, came_back.date())
    assert is_asked(by, group, cast, 400)


def test_a_naming_ends_also_where_the_night_was_missed(cast: Cast) -> None:
    by = cast.centre_administrator
    group = followed(cast, cast.centre)
    gone_on, back_on = (cast.at + timedelta(days=days) for days in (20, 400))
    end_employment(employment_of(cast.centre).reference, gone_on.date(), by=by, at=cast.at)
    again = NewUser(name=cast.centre.name, username=User.objects.get(pk=cast.centre.user_id or 0).username)
    add_user(again, back_on.date(), by=by, at=back_on)
    give_role(employment_again(cast).reference, Role.CENTRE_STAFF, back_on.date(), by=by, at=back_on)
    assert not sees(cast.centre, group, back_on.date())
    assert is_asked(by, group, cast, 400)


def employment_again(cast: Cast) -> Employment:
    """The newest employment of the one at Voss."""
    found: Employment = Employment.objects.current().filter(user_id=cast.centre.user_id).latest("period")
    return found


def test_when_a_need_has_ended_by_its_date_nobody_is_asked_any_more(cast: Cast) -> None:
    group = followed(cast, cast.centre)
    by = colleague(cast.other_centre, Role.CENTRE_ADMINISTRATOR, "raade-admin")
    need_given(
        [group],
        organisation_id=by.organisation_id,
        reason=NeedReason.LIVES_HERE,
        from_on=cast.day,
        until_on=cast.day + timedelta(days=5),
        at=cast.at,
    )
    night(cast, 4)
    assert is_asked(by, group, cast, 4)
    night(cast, 5)
    assert not is_asked(by, group, cast, 5)
