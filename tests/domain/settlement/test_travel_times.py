"""When legs leave and arrive, and how long the whole way takes: over midnight, and when the clocks are changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.journey import check_journey, minutes_of
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.travel_times import Clocks, leg_times, waits, whole_way
from tests.domain.settlement.test_journey_rules import DRIVE, PLAN, TODAY

WINTER, SPRING, AUTUMN = date(2026, 2, 3), date(2026, 3, 28), date(2026, 10, 24)  # the clocks change the night after

SPRING_DAY = date(2026, 3, 29)


def clocks(*typed: str) -> list[Clocks]:
    """`08.15-13.40` for a leg; an end that is not known is empty."""
    ends = (each.split("-") for each in typed)
    return [(_clock(departs), _clock(arrives)) for departs, arrives in ends]


def _clock(text: str) -> time | None:
    return time.fromisoformat(text.replace(".", ":")) if text else None


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(
    ("day", "typed", "minutes"),
    [
        (WINTER, ["08.15-11.15"], 180),
        (WINTER, ["08.15-11.14"], 179),
        (WINTER, ["08.15-09.00", "09.40-11.15"], 180),  # 140 minutes on the way, 40 of waiting
        (WINTER, ["08.15-", "-11.15"], 180),  # what is between need not be known
        (WINTER, ["23.05-06.40"], 455),  # over midnight
        (WINTER, ["22.00-23.50", "00.20-06.00"], 480),
        (WINTER, ["08.00-20.00", "19.00-21.00"], 37 * 60),  # the next one leaves on the day after
        (WINTER, ["10.00-10.00"], 24 * 60),  # nobody arrives as they leave
        (WINTER, ["08.00-10.00", "10.00-11.00"], 180),  # the next one leaves as they arrive
        (SPRING, ["23.00-06.00"], 360),  # the clock leaps over an hour: six hours, not seven
        (SPRING, ["23.30-01.30", "03.30-04.00"], 210),
        (AUTUMN, ["23.00-06.00"], 480),  # an hour comes twice: eight hours, not seven
        (AUTUMN, ["23.00-01.00", "02.30-05.00"], 420),
        (AUTUMN, ["23.00-02.45", "02.15-05.00"], 420),  # arrives in the first 02, leaves in the second
        (SPRING_DAY, ["22.00-02.30"], 270),  # on the day itself: 02.30 is that of the night after
        (SPRING_DAY, ["03.00-22.00", "02.30-05.00"], 26 * 60),
        (AUTUMN, ["08.00-"], None),
        (WINTER, ["-08.00"], None),
        (WINTER, [], None),
    ],
)
def test_the_whole_way_is_from_the_first_departure_to_the_last_arrival(
    day: date, typed: list[str], minutes: int | None
) -> None:
    assert whole_way(leg_times(day, clocks(*typed))) == minutes


@pytest.mark.req("TRV-02")
def test_the_instants_are_those_of_norway() -> None:
    first, second = leg_times(AUTUMN, clocks("23.00-02.45", "02.15-05.00"))
    assert (first.departs_at, first.arrives_at) == (
        datetime(2026, 10, 24, 21, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
    )
    assert second.departs_at == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert waits((first, second)) == (30,)


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(("typed", "number"), [(["22.00-02.30"], 1), (["22.00-23.00", "02.15-05.00"], 2)])
def test_the_hour_that_is_not_there_in_march_is_refused_at_its_leg(typed: list[str], number: int) -> None:
    with pytest.raises(Refused) as caught:
        leg_times(SPRING, clocks(*typed))
    assert (caught.value.code, caught.value.field, caught.value.params["number"]) == (
        "hour_does_not_exist",
        "legs",
        number,
    )


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(
    ("arrives", "says", "needs_food"),
    [(time(11, 15), 10, True), (time(11, 14), 600, False), (None, 180, True), (None, 179, False)],
)
def test_the_times_decide_about_food_and_not_what_somebody_says(
    arrives: time | None, says: int, needs_food: bool
) -> None:
    first, *_, last = PLAN.legs
    legs = (replace(first, departs=time(8, 15), end=last.start), replace(last, arrives=arrives))
    plan = replace(PLAN, legs=legs, minutes=says, has_food=False)
    if not needs_food:
        assert check_journey(plan, today=TODAY, size=4, approved=(), book=book())
        return
    with pytest.raises(Refused, match="journey_without_food"):
        check_journey(plan, today=TODAY, size=4, approved=(), book=book())


@pytest.mark.req("TRV-02")
def test_without_times_it_is_as_somebody_says_and_somebody_must() -> None:
    assert minutes_of(PLAN) == 600
    with pytest.raises(Refused, match="a_journey_takes_time"):
        check_journey(replace(PLAN, minutes=0), today=TODAY, size=4, approved=(), book=book())


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize(
    ("arrives", "says", "minutes", "needs_food"),
    [
        (time(12, 40), 200, 200, True),  # fetched at the hub: 40 minutes more that no leg tells of
        (time(12, 40), 179, 179, False),
        (time(12, 40), 0, 160, False),  # they live at the hub
        (time(13), 160, 180, True),  # what is typed is not the whole way
    ],
)
def test_where_they_are_fetched_at_the_hub_the_longer_of_the_times_and_what_is_said_counts(
    arrives: time, says: int, minutes: int, needs_food: bool
) -> None:
    train = replace(PLAN.legs[0], departs=time(10), end=" levanger Stasjon", arrives=arrives)
    plan = replace(PLAN, legs=(train,), minutes=says, has_food=False)
    assert minutes_of(plan) == minutes
    if not needs_food:
        assert check_journey(plan, today=TODAY, size=4, approved=(), book=book())
        return
    with pytest.raises(Refused, match="journey_without_food"):
        check_journey(plan, today=TODAY, size=4, approved=(), book=book())


@pytest.mark.req("TRV-02", "TRV-03")
def test_who_drives_drives_all_the_way_whatever_is_typed_as_hub() -> None:
    leg = replace(DRIVE.legs[0], departs=time(10), arrives=time(12, 40))
    assert minutes_of(replace(DRIVE, legs=(leg,), hub=leg.end, minutes=600)) == 160
