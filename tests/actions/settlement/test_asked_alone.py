"""What a minor told alone stays behind IMDi, whatever is corrected afterwards (SET-06)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from fotfeste.platform.scope import scope
from fotfeste.registry.public import CorrectionReason, correct_details, members_of
from fotfeste.settlement.models import Answer
from fotfeste.settlement.public import finish_interview, save_answers
from tests.actions.settlement.stage import family, queued, requested
from tests.conftest import Cast
from tests.settlement_steps import (
    HELD_ON,
    PLAIN_ANSWERS,
    asked_and_heard,
    due_for_interview,
    prepared,
)

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-06")]

NOW_ACCOMPANIED = {"is_unaccompanied_minor": False}
NOW_OF_AGE = {"birth_date": date(2000, 6, 1), "is_unaccompanied_minor": False}
LATER = timedelta(minutes=1)


def corrected(cast: Cast, group: int, at: datetime, **changes: object) -> None:
    """The centre puts the minor's details right."""
    with scope(cast.centre, cast.day):
        [maksym] = members_of(group, cast.day)
        [person] = family(is_unaccompanied=True).persons
        details = replace(person, **changes)  # type: ignore[arg-type]
        correct_details(maksym.subject_id, details, CorrectionReason.TYPING_ERROR, by=cast.centre, at=at)


def read_by_levanger(cast: Cast, group: int) -> int:
    """How many of the household's answers the municipality asked finds."""
    with scope(cast.municipality, cast.day):
        return Answer.objects.current().filter(interview__subject_id=group).count()


@pytest.mark.parametrize("changes", [NOW_ACCOMPANIED, NOW_OF_AGE], ids=["accompanied", "of age"])
def test_what_a_minor_told_alone_does_not_come_open_by_a_correction(cast: Cast, changes: dict[str, object]) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    corrected(cast, group, cast.at + LATER, **changes)
    assert read_by_levanger(cast, group) == 0


def test_nor_by_a_correction_between_the_answers_and_the_end_of_the_interview(cast: Cast) -> None:
    group = due_for_interview(cast, family(is_unaccompanied=True))
    prepared(cast, group)
    asked_and_heard(cast, group)
    corrected(cast, group, cast.at + LATER, **NOW_OF_AGE)
    with scope(cast.centre, cast.day):
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at + 2 * LATER)
    requested(cast, group)
    assert read_by_levanger(cast, group) == 0


def test_who_was_put_right_before_they_were_asked_is_read_like_any_adult(cast: Cast) -> None:
    group = due_for_interview(cast, family(is_unaccompanied=True))
    prepared(cast, group)
    corrected(cast, group, cast.at, **NOW_OF_AGE)
    with scope(cast.centre, cast.day):
        [maksym] = members_of(group, cast.day)
        save_answers(group, maksym.subject_id, PLAIN_ANSWERS, by=cast.centre, at=cast.at + LATER)
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at + LATER)
    requested(cast, group)
    assert read_by_levanger(cast, group) == len(PLAIN_ANSWERS)


def test_an_answer_given_on_the_last_day_as_a_minor_stays_one_although_the_talk_ends_later(cast: Cast) -> None:
    [maksym] = family(is_unaccompanied=True).persons
    born = replace(maksym, birth_date=date(2006, 3, 13))
    group = due_for_interview(cast, replace(family(), persons=(born,)))
    prepared(cast, group)
    with scope(cast.centre, cast.day):
        [member] = members_of(group, cast.day)
        day_before = datetime(2024, 3, 12, 10, tzinfo=UTC)
        save_answers(group, member.subject_id, PLAIN_ANSWERS, by=cast.centre, at=day_before)
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
    requested(cast, group)
    assert read_by_levanger(cast, group) == 0


def first_answered(interview: int, person: int) -> datetime | None:
    """What the database says to this session of when somebody first answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT settlement_first_answered(%s, %s)", [interview, person])
        found: datetime | None = cursor.fetchone()[0]
    return found


def test_the_database_tells_when_somebody_answered_only_to_who_needs_to_know_of_them(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        answer = Answer.objects.filter(interview__subject_id=group).earliest("pk")
        asked = (answer.interview_id, answer.subject_id)
        assert first_answered(*asked) == answer.recorded_at
    assert first_answered(*asked) is None
    with scope(cast.municipality, cast.day):
        assert first_answered(*asked) is None
    requested(cast, group)
    with scope(cast.municipality, cast.day):
        assert first_answered(*asked) == answer.recorded_at
