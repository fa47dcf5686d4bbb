"""When a place is lost by absence, as a dated rule."""

from datetime import date

import pytest

from fotfeste.accommodation.domain.absence import (
    AbsenceFacts,
    check_absence_days,
    check_return_day,
    is_place_lost,
)
from fotfeste.accommodation.domain.types import AbsenceKind, StayKind
from fotfeste.kernel.decisions import Outcome
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period


def away(
    start: date,
    end: date | None = None,
    *,
    abroad: bool = True,
    citizenship: str = "UKR",
    leave_until: date | None = None,
    stay_kind: StayKind = StayKind.CENTRE,
) -> AbsenceFacts:
    kind = AbsenceKind.LEAVE if leave_until else AbsenceKind.AWAY
    return AbsenceFacts(kind, Period(start, end), abroad, leave_until, citizenship, stay_kind)


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2024, 3, 10), Outcome.NO),
        (date(2024, 3, 12), Outcome.NO),
        (date(2024, 3, 13), Outcome.YES),
        (date(2024, 4, 1), Outcome.YES),
    ],
)
@pytest.mark.req("ACC-05")
def test_a_place_is_lost_after_three_days_abroad(day: date, outcome: Outcome) -> None:
    assert is_place_lost(away(date(2024, 3, 10)), day).outcome is outcome


@pytest.mark.req("ACC-05")
def test_absence_within_norway_loses_no_place() -> None:
    decision = is_place_lost(away(date(2024, 1, 1), abroad=False), date(2024, 3, 1))
    assert decision.is_no
    assert decision.reasons[0].code == "absence_not_abroad"


@pytest.mark.parametrize(("day", "outcome"), [(date(2024, 3, 22), Outcome.NO), (date(2024, 3, 23), Outcome.YES)])
@pytest.mark.req("ACC-05")
def test_the_days_count_from_the_end_of_granted_leave(day: date, outcome: Outcome) -> None:
    absence = away(date(2024, 3, 10), leave_until=date(2024, 3, 20))
    assert is_place_lost(absence, day).outcome is outcome


@pytest.mark.parametrize(
    ("start", "citizenship", "lost_on"),
    [
        (date(2022, 5, 31), "UKR", date(2022, 6, 3)),
        (date(2022, 6, 1), "UKR", date(2022, 6, 18)),
        (date(2022, 8, 31), "UKR", date(2022, 9, 17)),
        (date(2022, 9, 1), "UKR", date(2022, 9, 4)),
        (date(2022, 7, 1), "SYR", date(2022, 7, 4)),
    ],
)
@pytest.mark.req("ACC-05")
def test_every_ukrainian_had_two_weeks_in_the_summer_of_2022(start: date, citizenship: str, lost_on: date) -> None:
    absence = away(start, citizenship=citizenship)
    assert is_place_lost(absence, start).inputs["lost_on"] == lost_on
    assert is_place_lost(absence, lost_on).is_yes


def test_who_is_back_in_time_has_lost_nothing_later() -> None:
    assert is_place_lost(away(date(2024, 3, 10), date(2024, 3, 12)), date(2024, 5, 1)).is_no


def test_who_came_back_too_late_had_lost_the_place() -> None:
    assert is_place_lost(away(date(2024, 3, 10), date(2024, 3, 20)), date(2024, 5, 1)).is_yes


def test_no_source_gives_a_limit_for_alternative_places() -> None:
    decision = is_place_lost(away(date(2024, 3, 10), stay_kind=StayKind.MAMOT), date(2024, 5, 1))
    assert decision.outcome is Outcome.UNKNOWN


STAY, TODAY = Period(date(2024, 2, 12), None), date(2024, 3, 14)


@pytest.mark.parametrize(
    ("kind", "from_on", "return_on", "code"),
    [
        (AbsenceKind.AWAY, date(2024, 2, 11), None, "absence_before_arrival"),
        (AbsenceKind.AWAY, date(2024, 3, 15), None, "absence_in_future"),
        (AbsenceKind.LEAVE, date(2024, 3, 20), None, "leave_needs_return"),
        (AbsenceKind.LEAVE, date(2024, 3, 20), date(2024, 3, 20), "return_before_absence"),
    ],
)
@pytest.mark.req("ACC-05")
def test_absence_out_of_order_is_refused(kind: AbsenceKind, from_on: date, return_on: date | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_absence_days(STAY, kind, from_on, return_on, TODAY)
    assert refused.value.code == code


def test_leave_may_lie_ahead() -> None:
    check_absence_days(STAY, AbsenceKind.LEAVE, date(2024, 4, 1), date(2024, 4, 8), TODAY)


@pytest.mark.parametrize(
    ("on", "code"), [(date(2024, 3, 15), "return_in_future"), (date(2024, 3, 9), "return_before_absence")]
)
def test_a_return_out_of_order_is_refused(on: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_return_day(Period(date(2024, 3, 10), None), on, TODAY)
    assert refused.value.code == code
