"""A task that somebody took who works here no more, or in no such role, is the unit's again from that day."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fotfeste.access.public import Role
from fotfeste.directory.public import User
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import Task, hand_over_task, open_tasks_for, take_task
from tests.acting import end_employment, end_role, give_role
from tests.actions.access.stage import colleague, employment_of, role_of
from tests.actions.settlement.stage import family
from tests.conftest import Cast, staff
from tests.settlement_steps import due_for_interview
from tests.web.doors.asking import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(cast: Cast) -> Iterator[time_machine.Traveller]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(cast.at, tick=False) as travelled:
        yield travelled


@pytest.fixture
def task(cast: Cast) -> Task:
    """The interview, which somebody at Voss has taken."""
    household = due_for_interview(cast, family())
    with scope(cast.centre, cast.day):
        found: Task = Task.objects.get(subject_id=household, kind="hold_interview")
        return take_task(found.reference, by=cast.centre, at=cast.at)


@pytest.fixture
def mate(cast: Cast) -> Viewer:
    """A colleague with the same role."""
    return staff(User.objects.get(username="voss").organisation, Role.CENTRE_STAFF, "voss-2")


def is_free(task: Task, viewer: Viewer, day: date) -> bool:
    """Whether the worklist shows the task among those that nobody has."""
    with scope(viewer, day):
        return open_tasks_for(viewer, day, taken_by="nobody").filter(pk=task.pk).exists()


def ends(cast: Cast, what: str, on: date) -> None:
    """The employment, or the role, of who has taken it ends."""
    by = cast.centre_administrator
    if what == "employment":
        end_employment(employment_of(cast.centre).reference, on, by=by, at=cast.at)
    else:
        end_role(role_of(cast.centre, Role.CENTRE_STAFF).reference, on, by=by, at=cast.at)


@pytest.mark.req("ACS-02")
@pytest.mark.parametrize("what", ["employment", "role"])
def test_from_the_day_it_ends_the_task_is_free_and_the_worklist_says_who_had_it(
    cast: Cast, task: Task, mate: Viewer, what: str, clock: time_machine.Traveller
) -> None:
    last = cast.day + timedelta(days=1)
    ends(cast, what, last)
    assert not is_free(task, mate, cast.day)
    assert is_free(task, mate, last)
    clock.shift(timedelta(days=1))
    client = browser(mate)
    page = client.get("/")
    assert "Ledig igjen: Voss har den ikke lenger." in page.text
    assert client.post(reverse("take_task", args=[task.reference])).status_code == 302
    with scope(mate, last):
        task.refresh_from_db()
    assert task.taken_by_id == mate.user_id
    assert "Ledig igjen" not in client.get("/").text


@pytest.mark.req("ACS-02")
def test_until_then_it_is_nobody_elses(cast: Cast, task: Task, mate: Viewer) -> None:
    ends(cast, "role", cast.day + timedelta(days=1))
    with scope(mate, cast.day), pytest.raises(Refused, match="task_taken_by_other"):
        take_task(task.reference, by=mate, at=cast.at)


@pytest.mark.req("ACS-02")
def test_who_gets_the_role_again_has_the_task_again(cast: Cast, task: Task, mate: Viewer) -> None:
    ends(cast, "role", cast.day + timedelta(days=1))
    again = cast.day + timedelta(days=5)
    later = cast.at + timedelta(days=5)
    reference = employment_of(cast.centre).reference
    give_role(reference, Role.CENTRE_STAFF, again, by=cast.centre_administrator, at=later)
    assert is_free(task, mate, cast.day + timedelta(days=2))
    assert not is_free(task, mate, again)


@pytest.mark.req("ACS-02")
def test_nobody_is_handed_a_task_who_sees_nobody(cast: Cast, task: Task) -> None:
    kari = colleague(cast)  # without a role
    with scope(cast.centre, cast.day), pytest.raises(NotFound):
        hand_over_task(task.reference, to_user_id=kari.user_id, by=cast.centre, at=cast.at)


def test_the_menu_counts_it_all_the_while(cast: Cast, task: Task, mate: Viewer, clock: time_machine.Traveller) -> None:
    ends(cast, "employment", cast.day + timedelta(days=1))

    def counted(client: Client) -> object:
        return client.get("/").context["task_counts"].total

    before = counted(browser(mate))
    clock.shift(timedelta(days=1))
    assert counted(browser(mate)) == before
    assert task.reference in browser(mate).get("/?taken_by=nobody").text
