"""The time on each step, from what has happened."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.steps import Reached, Spent, time_per_step

DAY = date(2024, 5, 1)


def spent(*reached: tuple[str, date]) -> list[Spent]:
    """The time spent until the first of May."""
    return time_per_step([Reached(*each) for each in reached], DAY, final=CASE.final)


@pytest.mark.req("SET-09")
def test_each_step_lasts_until_the_next_and_the_last_until_today() -> None:
    assert spent(
        ("interview_due", date(2024, 4, 1)), ("queued", date(2024, 4, 11)), ("requested", date(2024, 4, 26))
    ) == [
        Spent("interview_due", date(2024, 4, 1), 10, is_over=True),
        Spent("queued", date(2024, 4, 11), 15, is_over=True),
        Spent("requested", date(2024, 4, 26), 5, is_over=False),
    ]


def test_a_step_that_keeps_the_state_goes_on_with_it_and_the_end_takes_no_time() -> None:
    agreed, changed, left = date(2024, 4, 1), date(2024, 4, 5), date(2024, 4, 21)
    assert spent(("journey_agreed", agreed), ("journey_agreed", changed), ("settled", left)) == [
        Spent("journey_agreed", agreed, 20, is_over=True)
    ]


def test_back_in_the_queue_is_a_stay_of_its_own() -> None:
    days = [date(2024, 4, 1), date(2024, 4, 3), date(2024, 4, 10)]
    found = spent(*zip(("queued", "requested", "queued"), days, strict=True))
    assert [(each.state, each.days) for each in found] == [("queued", 2), ("requested", 7), ("queued", 21)]


states = st.sampled_from(CASE.states)
days = st.dates(date(2023, 1, 1), DAY)


@given(st.lists(st.builds(Reached, states, days), max_size=8))
def test_no_step_takes_less_than_no_time_and_together_they_take_all_of_it(reached: list[Reached]) -> None:
    found = time_per_step(reached, DAY, final=CASE.final)
    assert all(each.days >= 0 for each in found)
    if reached and reached[-1].state not in CASE.final:
        assert sum(each.days for each in found) == (DAY - reached[0].on).days
