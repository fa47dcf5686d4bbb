"""Periods and timelines against the plain set of days that they stand for."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period, Timeline, first_overlap, gaps, merged

DAY_ZERO = date(2024, 1, 1)
HORIZON = 60  # further than any generated end, so that open periods show


def day(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)


ALL_DAYS = frozenset(day(number) for number in range(HORIZON))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.integers(0, 40))
    length = draw(st.none() | st.integers(0, 15))
    return Period(day(start), None if length is None else day(start + length))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline[int]:
    segments: list[tuple[Period, int]] = []
    start = 0
    for _ in range(draw(st.integers(0, 5))):
        start += draw(st.integers(0, 5))
        end = start + draw(st.integers(1, 6))
        segments.append((Period(day(start), day(end)), draw(st.integers(1, 3))))
        start = end
    is_open = draw(st.booleans())
    if segments and is_open:
        last, value = segments[-1]
        segments[-1] = (last.with_end(None), value)
    order: list[tuple[Period, int]] = draw(st.permutations(segments))
    return Timeline.of(order)


def days_of(*given_periods: Period) -> frozenset[date]:
    return frozenset(each for each in ALL_DAYS if any(period.contains(each) for period in given_periods))


def by_day(timeline: Timeline[int]) -> dict[date, int | None]:
    return {each: timeline.at(each) for each in sorted(ALL_DAYS)}


def test_a_period_has_its_first_day_and_not_its_end() -> None:
    period = Period(date(2024, 5, 3), date(2024, 5, 10))
    assert period.contains(date(2024, 5, 3))
    assert period.contains(date(2024, 5, 9))
    assert not period.contains(date(2024, 5, 10))
    assert not period.contains(date(2024, 5, 2))
    assert period.last_day == date(2024, 5, 9)
    assert period.days() == 7


def test_a_period_that_ends_before_it_starts_is_refused_at_the_end_field() -> None:
    with pytest.raises(Refused) as refusal:
        Period(date(2024, 5, 3), date(2024, 5, 2))
    assert (refusal.value.code, refusal.value.field) == ("period_end_before_start", "end")
    assert refusal.value.params == {"start": date(2024, 5, 3), "end": date(2024, 5, 2)}


def test_a_period_takes_days_not_instants() -> None:
    with pytest.raises(TypeError):
        Period(datetime(2024, 5, 3, tzinfo=UTC))
    with pytest.raises(TypeError):
        Period(date(2024, 5, 3), datetime(2024, 5, 4, tzinfo=UTC))


def test_a_stay_of_no_days_is_legal_and_meets_nothing() -> None:
    none = Period(date(2024, 5, 3), date(2024, 5, 3))
    around = Period(date(2024, 5, 1), date(2024, 5, 9))
    assert none.is_empty
    assert none.days() == 0
    assert none.last_day is None
    assert not none.contains(none.start)
    assert not none.overlaps(around)
    assert not around.overlaps(none)
    assert not none.touches(Period(date(2024, 5, 3)))
    assert none.ends_before(none.start)


def test_an_open_period_has_no_last_day_and_counts_days_only_until_a_given_day() -> None:
    open_period = Period(date(2024, 5, 3))
    assert open_period.is_open
    assert not open_period.is_empty
    assert open_period.last_day is None
    assert not open_period.ends_before(date(2099, 1, 1))
    assert open_period.days(date(2024, 5, 10)) == 7
    assert open_period.days(date(2024, 5, 1)) == 0
    with pytest.raises(ValueError, match="until"):
        open_period.days()


@pytest.mark.parametrize(
    ("on", "is_over"), [(date(2024, 5, 9), False), (date(2024, 5, 10), True), (date(2024, 5, 11), True)]
)
def test_a_period_is_over_from_its_end_day_on(on: date, is_over: bool) -> None:
    assert Period(date(2024, 5, 3), date(2024, 5, 10)).ends_before(on) is is_over


@given(periods(), periods())
def test_overlap_and_intersection_are_those_of_the_days(one: Period, other: Period) -> None:
    shared = days_of(one) & days_of(other)
    both = one.intersection(other)
    assert one.overlaps(other) is bool(shared)
    assert (days_of(both) if both else frozenset()) == shared
    assert both == other.intersection(one)
    assert not (one.touches(other) and one.overlaps(other))


@given(periods(), st.integers(0, HORIZON))
def test_days_until_counts_the_days_before(period: Period, number: int) -> None:
    until = day(number)
    assert period.days(until) == len([each for each in days_of(period) if each < until])


@given(st.lists(periods(), max_size=8))
def test_merging_keeps_every_day_and_leaves_disjoint_periods_apart(given_periods: list[Period]) -> None:
    joined = merged(given_periods)
    assert days_of(*joined) == days_of(*given_periods)
    assert merged(joined) == joined
    assert first_overlap(joined) is None
    assert not any(one.touches(other) for one in joined for other in joined)
    assert list(joined) == sorted(joined, key=lambda period: period.start)


@given(st.lists(periods(), max_size=8), periods())
def test_gaps_are_the_days_within_that_nobody_has(given_periods: list[Period], within: Period) -> None:
    free = gaps(given_periods, within)
    assert days_of(*free) == days_of(within) - days_of(*given_periods)
    assert merged(free) == free


@given(st.lists(periods(), max_size=6))
def test_the_first_overlap_is_found_exactly_when_two_share_a_day(given_periods: list[Period]) -> None:
    pair = first_overlap(given_periods)
    shared = [
        (one, other)
        for place, one in enumerate(given_periods)
        for other in given_periods[place + 1 :]
        if one.overlaps(other)
    ]
    assert (pair is not None) is bool(shared)
    if pair is not None:
        assert pair[0].overlaps(pair[1])
        assert pair[0].start <= pair[1].start


@given(timelines(), periods())
def test_clipping_keeps_the_values_within_and_nothing_else(timeline: Timeline[int], within: Period) -> None:
    expected = {each: value if within.contains(each) else None for each, value in by_day(timeline).items()}
    assert by_day(timeline.clip(within)) == expected


@given(timelines(), timelines())
def test_combining_asks_for_the_two_values_of_every_day(one: Timeline[int], other: Timeline[int]) -> None:
    def weigh(mine: int | None, theirs: int | None) -> int | None:
        assert mine is not None or theirs is not None
        return None if mine == 2 else add((mine or 0) * 10, theirs or 0)

    ours, theirs = by_day(one), by_day(other)
    expected = {
        each: None if ours[each] is None and theirs[each] is None else weigh(ours[each], theirs[each]) for each in ours
    }
    assert by_day(one.combine(other, weigh)) == expected


@given(timelines())
def test_compressing_changes_no_day_and_leaves_no_touching_equals(timeline: Timeline[int]) -> None:
    small = timeline.compressed()
    assert by_day(small) == by_day(timeline)
    for (one, value), (other, next_value) in pairwise(small.segments):
        assert not (one.touches(other) and value == next_value)


def test_a_timeline_refuses_two_values_for_one_day() -> None:
    with pytest.raises(ValueError, match="two values"):
        Timeline.of([(Period(day(0), day(5)), 1), (Period(day(4)), 2)])


def test_a_timeline_refuses_disorder_empty_periods_and_none() -> None:
    with pytest.raises(ValueError, match="order"):
        Timeline(((Period(day(5), day(6)), 1), (Period(day(0), day(1)), 2)))
    with pytest.raises(ValueError, match="empty"):
        Timeline(((Period(day(5), day(5)), 1),))
    with pytest.raises(ValueError, match="None"):
        Timeline(((Period(day(5), day(6)), None),))
    assert Timeline.of([(Period(day(5), day(5)), 1)]) == Timeline()
