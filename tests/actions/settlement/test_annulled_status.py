"""What follows for a case when a permit or a refusal turns out never to have been."""

from datetime import date

import pytest

from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, StatusKind, annul_status, members_of, register_status
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.task_kinds_offers import DECIDE_WITHOUT_PERMIT
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import family, queued, requested
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, due_for_interview, permitted, placed, registered

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-05")]
PERMIT = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
EARLY = date(2024, 2, 20)


def takes_back(cast: Cast, group: int, kind: StatusKind, on: date, right_on: date | None = None) -> None:
    """UDI takes a status of everyone who has it back."""
    with scope(cast.udi, cast.day):
        having = [
            each.subject_id
            for each in members_of(group, cast.day)
            if any((status.kind, status.holds_on) == (kind, on) for status in each.statuses)
        ]
        annul_status(group, having, kind, on, reason=Mistake.WRONG_DAY, right_on=right_on, by=cast.udi, at=cast.at)


def case_of(cast: Cast, group: int) -> SettlementCase:
    """The household's last case."""
    with scope(cast.udi, cast.day):
        return SettlementCase.objects.filter(subject_id=group).order_by("-pk")[0]


def tasks_of(cast: Cast, group: int, kind: str) -> list[date | None]:
    """The deadlines of the household's open tasks of a kind."""
    with scope(cast.udi, cast.day):
        open_now = Task.objects.filter(subject_id=group, kind=kind, closed_at__isnull=True)
        return list(open_now.values_list("due_on", flat=True))


def test_the_waiting_is_counted_from_the_right_permit_once_the_one_dated_too_early_is_gone(cast: Cast) -> None:
    group = permitted(cast, placed(cast, registered(cast, family())), holds_on=EARLY)
    permitted(cast, group)
    before = tasks_of(cast, group, "hold_interview")
    assert case_of(cast, group).due_since_on == EARLY
    takes_back(cast, group, PERMIT, EARLY)
    assert case_of(cast, group).due_since_on == PERMIT_ON
    [deadline], [earlier] = tasks_of(cast, group, "hold_interview"), before
    assert str(deadline) > str(earlier)


@pytest.mark.parametrize("is_later", [True, False])
def test_a_day_put_right_moves_the_waiting_and_leaves_the_case_where_it_stands(cast: Cast, is_later: bool) -> None:
    group, right = queued(cast), date(2024, 3, 6) if is_later else EARLY
    takes_back(cast, group, PERMIT, PERMIT_ON, right_on=right)
    case = case_of(cast, group)
    assert (case.state, case.due_since_on) == ("queued", right)


@pytest.mark.parametrize("is_interviewed", [True, False])
def test_without_any_permit_left_the_case_closes(cast: Cast, is_interviewed: bool) -> None:
    group = queued(cast) if is_interviewed else due_for_interview(cast, family())
    takes_back(cast, group, PERMIT, PERMIT_ON)
    assert case_of(cast, group).state == "closed"
    assert tasks_of(cast, group, "hold_interview") == tasks_of(cast, group, "find_municipality") == []
    permitted(cast, group)
    assert case_of(cast, group).state == "interview_due"


def test_where_a_municipality_is_asked_imdi_decides_and_a_permit_ends_the_question(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    takes_back(cast, group, PERMIT, PERMIT_ON)
    assert case_of(cast, group).state == "requested"
    assert len(tasks_of(cast, group, DECIDE_WITHOUT_PERMIT)) == 1
    permitted(cast, group)
    assert tasks_of(cast, group, DECIDE_WITHOUT_PERMIT) == []


def test_a_refusal_taken_back_ends_the_question_too(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.udi, cast.day):
        persons = [each.subject_id for each in members_of(group, cast.day)]
        register_status(group, persons, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    assert len(tasks_of(cast, group, DECIDE_WITHOUT_PERMIT)) == 1
    takes_back(cast, group, StatusKind.REFUSAL, cast.day)
    assert tasks_of(cast, group, DECIDE_WITHOUT_PERMIT) == []
    assert case_of(cast, group).state == "queued"
