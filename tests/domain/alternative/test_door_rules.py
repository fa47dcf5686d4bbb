"""What the pages without a login allow: how often, how long, in which order."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.alternative.domain.door_rules import (
    STEPS,
    Attempt,
    Limit,
    Step,
    again_at,
    draft_expires_at,
    first_unanswered,
    limits_of,
    next_step,
    receipt_expires_at,
    step_before,
)

AT = datetime(2024, 3, 14, 9, 0, tzinfo=UTC)
ON = date(2024, 3, 14)
THREE_AN_HOUR = Limit("address", 3, timedelta(hours=1))


def test_nobody_waits_before_the_limit_is_reached() -> None:
    assert again_at(THREE_AN_HOUR, [AT - timedelta(minutes=1)] * 2, AT) is None


def test_who_has_tried_too_often_waits_until_the_oldest_that_counts_is_past() -> None:
    earlier = [AT - timedelta(minutes=minutes) for minutes in (50, 20, 5)]
    assert again_at(THREE_AN_HOUR, earlier, AT) == AT + timedelta(minutes=10)


def test_what_is_past_does_not_count() -> None:
    assert again_at(THREE_AN_HOUR, [AT - timedelta(hours=1)] * 5, AT) is None


@given(st.lists(st.integers(0, 7200), max_size=12))
def test_whoever_waits_as_long_as_they_are_told_may_try_again(seconds: list[int]) -> None:
    earlier = [AT - timedelta(seconds=each) for each in seconds]
    when = again_at(THREE_AN_HOUR, earlier, AT)
    assert when is None or (when > AT and again_at(THREE_AN_HOUR, earlier, when) is None)


@pytest.mark.parametrize("attempt", Attempt)
def test_everything_that_can_be_tried_has_a_limit_by_address(attempt: Attempt) -> None:
    limits = limits_of(attempt, ON)
    assert "address" in {limit.counts for limit in limits}
    assert all(limit.most > 0 and limit.within > timedelta() for limit in limits)


def test_the_same_duf_number_is_counted_from_all_addresses() -> None:
    assert "number" in {limit.counts for limit in limits_of(Attempt.SEND, ON)}


def test_what_is_begun_waits_for_days_and_a_receipt_for_fewer() -> None:
    assert AT < receipt_expires_at(AT, ON) < draft_expires_at(AT, ON)


def test_the_pages_follow_each_other_and_the_last_one_leads_nowhere_else() -> None:
    assert [next_step(step) for step in STEPS] == [*STEPS[1:], STEPS[-1]]
    assert [step_before(step) for step in STEPS] == [None, *STEPS[:-1]]


def test_one_goes_on_where_the_first_answer_is_missing() -> None:
    assert first_unanswered({}) is Step.WHO
    assert first_unanswered({Step.WHO: True, Step.PEOPLE: False, Step.PLACE: True}) is Step.PEOPLE
    assert first_unanswered(dict.fromkeys(STEPS, True)) is Step.SEND
