"""Days waited put together: half of them, nine in ten, the share within the goal, steps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.insight.domain.figures import Both, Count
from fotfeste.insight.domain.waiting import (
    Bound,
    Days,
    Family,
    OnStep,
    Settled,
    Share,
    Step,
    Times,
    days_by_step,
    own_times_by_family,
    times_by_family,
    times_by_quarter,
)

pytestmark = pytest.mark.req("INS-02")
SPRING, SUMMER = date(2024, 1, 1), date(2024, 4, 1)
ADULTS, CHILDREN, ALONE = Family.ADULTS, Family.WITH_CHILDREN, Family.UNACCOMPANIED


def settled(
    family: Family, days: int, people: int, *, is_within: bool | None = True, own: int = 0, quarter: date = SPRING
) -> Settled:
    """People of a family who waited so many days."""
    return Settled(quarter, True, family, days, is_within, Both(people, own))


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 9), min_size=1, max_size=8))
def test_half_and_nine_in_ten_are_what_a_list_of_everybody_says(people: dict[int, int]) -> None:
    everybody = sorted(day for day, many in people.items() for _ in range(many))
    days, many = Days(people), len(everybody)

    assert days.half == everybody[-(-many // 2) - 1]
    assert days.nine_in_ten == (everybody[-(-9 * many // 10) - 1] if many >= 10 else None)
    assert days.mean == round(sum(everybody) / many, 1)


def test_nobody_has_waited_no_number_of_days() -> None:
    assert (Days({}).half, Days({}).nine_in_ten, Days({}).mean) == (None, None, None)


@pytest.mark.parametrize(
    ("within", "with_goal", "share"),
    [
        (91, 100, Share(91)),
        (100, 100, Share(100)),
        (0, 100, Share(0)),
        (999, 1000, Share(99)),  # rounded down: not everybody was
        (98, 100, Share(96, Bound.AT_LEAST)),  # one to four were not
        (996, 1000, Share(99)),  # ... which the share does not tell
        (3, 100, Share(4, Bound.AT_MOST)),
        (4, 5, Share(20, Bound.AT_LEAST)),
        (0, 0, None),
    ],
)
def test_a_share_tells_no_small_number(within: int, with_goal: int, share: Share | None) -> None:
    times = Times(Count(max(with_goal, 5)), Days({30: max(with_goal, 5)}), with_goal, within)

    assert times.share == share


@given(st.tuples(st.integers(9, 300), st.integers(1, 4)), st.booleans())
def test_whatever_a_small_number_is_the_share_is_the_same(of: tuple[int, int], is_over: bool) -> None:
    whole, few = of

    def share(many: int) -> Share | None:
        return Times(Count(whole), Days({30: whole}), whole, whole - many if is_over else many).share

    assert share(few) == share(1) == share(4)


def test_one_s_own_are_told_exactly() -> None:
    found = own_times_by_family([settled(ADULTS, 40, 12, own=2), settled(ADULTS, 200, 3, is_within=False, own=1)])

    assert (found[None].people.shown, found[None].half, found[None].share) == (3, 40, Share(66))
    assert found[ALONE].people.shown == 0


def test_of_families_that_are_few_nothing_is_told_and_neither_the_number_that_would_tell_it() -> None:
    found = times_by_family([settled(ADULTS, 40, 80), settled(CHILDREN, 50, 20), settled(ALONE, 60, 3)])

    assert {family: times.people.shown for family, times in found.items()} == {
        None: 103,
        ALONE: None,
        CHILDREN: None,  # 103 less 80 and 20 are three
        ADULTS: 80,
    }
    assert (found[ALONE].half, found[ALONE].share, found[ALONE].nine_in_ten) == (None, None, None)
    # How long they waited does not tell how many they are.
    assert (found[CHILDREN].half, found[CHILDREN].share, found[CHILDREN].nine_in_ten) == (50, Share(100), 50)
    assert found[None].half == 40


def test_a_bound_that_would_tell_how_many_they_are_is_not_told() -> None:
    rows = [settled(ADULTS, 40, 80), settled(CHILDREN, 50, 18), settled(CHILDREN, 99, 2, is_within=False)]
    alone = settled(ALONE, 60, 3)

    assert times_by_family(rows)[CHILDREN].share == Share(80, Bound.AT_LEAST)
    assert times_by_family([*rows, alone])[CHILDREN].share is None


def test_who_had_no_goal_counts_in_the_days_and_not_in_the_share() -> None:
    (_quarter, times), *_ = times_by_quarter([settled(ADULTS, 10, 10), settled(ADULTS, 90, 10, is_within=None)], ADULTS)

    assert (times.people.shown, times.nine_in_ten, times.share) == (20, 90, Share(100))


def test_quarters_are_in_order_each_with_its_own() -> None:
    rows = [settled(ADULTS, 30, 7, quarter=SUMMER), settled(ADULTS, 20, 6), settled(CHILDREN, 80, 9)]

    found = [(quarter, times.people.shown, times.half) for quarter, times in times_by_quarter(rows, None)]
    assert found == [(SPRING, 15, 80), (SUMMER, 7, 30)]


def test_the_means_of_the_steps_come_to_the_mean_of_the_whole_way() -> None:
    times = times_by_family([settled(ADULTS, 40, 6), settled(ADULTS, 20, 4)])[ADULTS]
    steps = [
        OnStep(ADULTS, Step.INTERVIEW, 10, Both(10)),
        OnStep(ADULTS, Step.QUEUE, 10, Both(4)),
        OnStep(ADULTS, Step.TRAVEL, 30, Both(6)),
        OnStep(CHILDREN, Step.TRAVEL, 90, Both(50)),
    ]
    found = dict(days_by_step(steps, times, ADULTS))

    assert list(found) == list(Step)
    assert [found[step].mean for step in (Step.PERMIT, Step.INTERVIEW, Step.QUEUE, Step.TRAVEL)] == [0, 10, 4, 18]
    assert times.days.mean == 32
    assert found[Step.QUEUE].half == 0  # six of them were never there


def test_of_few_no_step_is_told() -> None:
    times = times_by_family([settled(ADULTS, 40, 4)])[ADULTS]

    assert days_by_step([OnStep(ADULTS, Step.QUEUE, 10, Both(4))], times, ADULTS) == []
