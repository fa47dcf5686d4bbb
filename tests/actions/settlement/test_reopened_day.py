"""The day on which an interview was held is put right where the interview is opened again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.settlement.models import Interview, SettlementCase
from fotfeste.settlement.public import finish_correction, reopen_interview
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import family, open_kinds, queued, requested
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import HELD_ON, interviewed

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-03")]
RIGHT_ON = date(2024, 3, 12)


def put_right(cast: Cast, group: int, held_on: date | None, days: int = 0) -> int:
    """The centre opens the interview again, and finishes it so many days later with nothing but the day changed."""
    at = cast.at + timedelta(days=days, minutes=1)
    with scope(cast.centre, at.date()):
        reopen_interview(group, reason="Dagen er feil.", by=cast.centre, at=at)
        finish_correction(group, held_on=held_on, by=cast.centre, at=at)
    return group


def told(group: int) -> list[tuple[str, date | None]]:
    """What was told of the interview's correction."""
    kinds = [f"settlement.interview_{what}" for what in ("corrected", "confirmed", "day_corrected")]
    return list(every_event().filter(subject_id=group, type__in=kinds).values_list("type", "holds_on"))


def test_the_right_day_stands_and_the_waiting_and_imdis_deadline_count_from_it(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.imdi, cast.day):
        before = Task.objects.get(subject_id=group, kind="find_municipality")
    put_right(cast, group, RIGHT_ON)
    with scope(cast.imdi, cast.day):
        assert Interview.objects.get(subject_id=group).held_on == RIGHT_ON
        case = SettlementCase.objects.get(subject_id=group)
        assert (case.state, case.state_since_on) == ("queued", RIGHT_ON)
        task = Task.objects.get(subject_id=group, kind="find_municipality", closed_at=None)
        assert (before.basis_on, task.basis_on, task.cause) == (HELD_ON, RIGHT_ON, before.cause)
        assert told(group) == [("settlement.interview_day_corrected", RIGHT_ON)]


@pytest.mark.req("SET-07")
def test_where_a_municipality_is_asked_nobody_has_to_look_again_because_of_the_day(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    before = open_kinds(cast, group) | {("read_settlement_note", cast.imdi.organisation_id)}
    put_right(cast, group, RIGHT_ON)
    assert open_kinds(cast, group) == before
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).state_since_on == cast.day


@pytest.mark.parametrize("held_on", [None, HELD_ON])
def test_a_day_that_is_right_is_no_correction(cast: Cast, held_on: date | None) -> None:
    group = put_right(cast, queued(cast), held_on)
    with scope(cast.imdi, cast.day):
        assert told(group) == [("settlement.interview_confirmed", cast.day)]


@pytest.mark.parametrize(("held_on", "days", "code", "params"), [
    (date(2024, 3, 15), 0, "interview_in_future", {"day": date(2024, 3, 15)}),
    (date(2024, 3, 15), 2, "interview_after_registration", {"day": date(2024, 3, 14)}),
    (date(2024, 3, 6), 0, "interview_before_invitation", {"day": date(2024, 3, 7)}),
    (date(2024, 3, 3), 0, "interview_before_permit", {"day": date(2024, 3, 3), "permit": date(2024, 3, 4)}),
])  # fmt: skip
def test_the_rules_of_the_day_are_those_of_its_registration(
    cast: Cast, held_on: date, days: int, code: str, params: dict[str, date]
) -> None:
    group = queued(cast)
    with pytest.raises(Refused, match=code) as refused:
        put_right(cast, group, held_on, days)
    assert (refused.value.field, refused.value.params) == ("held_on", params)
    with scope(cast.centre, cast.day):
        assert Interview.objects.get(subject_id=group).held_on == HELD_ON


@pytest.mark.req("SET-02")
@pytest.mark.req("SET-06")
@pytest.mark.parametrize("born", [date(2012, 3, 13), date(2006, 3, 13)], ids=["twelve", "of age"])
def test_no_day_on_which_somebody_would_have_been_asked_otherwise_is_taken(cast: Cast, born: date) -> None:
    people = [replace(each, birth_date=born) if each.given_name == "Sofia" else each for each in family().persons]
    group = interviewed(cast, replace(family(), persons=tuple(people)))
    with pytest.raises(Refused, match="asked_otherwise_that_day") as refused:
        put_right(cast, group, RIGHT_ON)
    assert (refused.value.field, refused.value.params) == ("held_on", {"names": "Sofia"})
