"""Why a correction is made, and how many days a line counts."""

from datetime import UTC, date, datetime

import pytest

from fotfeste.grants.domain.causes import LineCause, cause_of, days_in_month
from fotfeste.grants.domain.types import LineKind, MonthRule, NewLine, StayFact

pytestmark = pytest.mark.req("MON-03")

AT = datetime(2022, 9, 12, 13, 30, tzinfo=UTC)


def stay(start: date, end: date | None = None, municipality: str = "3107", cause: str | None = None) -> StayFact:
    """A live row."""
    return StayFact(1, "1", "1", municipality, start, end, cause, AT, None, "IMDi")


def line(month: date, amount_ore: int = -1610500, municipality: str = "3107") -> NewLine:
    """A correction."""
    return NewLine(
        "1", municipality, month, amount_ore, LineKind.CORRECTION, ("a",), None, MonthRule.STARTED_MONTH, None, AT
    )  # fmt: skip


JUNE = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("live", "cause"),
    [
        ([stay(date(2022, 3, 20), date(2022, 5, 10), cause="agreed_settlement")], "agreed_settlement"),
        ([stay(date(2022, 3, 20), date(2022, 6, 1), cause="left_country")], "left_country"),
        ([stay(date(2022, 5, 12), municipality="5001")], LineCause.OTHER_MUNICIPALITY),
        ([stay(date(2022, 7, 2))], LineCause.BEGAN_LATER),
        ([stay(date(2022, 3, 20))], LineCause.RATE),
        ([], LineCause.TAKEN_BACK),
    ],
)
def test_what_is_taken_back_says_what_has_become_of_the_stay(live: list[StayFact], cause: str) -> None:
    assert cause_of(line(JUNE), live, is_new=False) == cause


def test_what_is_due_after_all_says_so_and_what_is_new_says_nothing() -> None:
    live = [stay(date(2022, 3, 20))]
    assert cause_of(line(JUNE, 1610500), live, is_new=False) == LineCause.KNOWN_LATER
    assert cause_of(line(JUNE, 1610500), live, is_new=True) == ""


def test_the_reason_is_that_of_the_stay_in_the_municipality_that_loses_the_month() -> None:
    live = [
        stay(date(2022, 3, 20), date(2022, 4, 10), cause="moved_away"),
        stay(date(2022, 4, 10), date(2022, 5, 2), "5001", cause="left_country"),
    ]
    assert cause_of(line(JUNE), live, is_new=False) == "moved_away"
    assert cause_of(line(JUNE, municipality="5001"), live, is_new=False) == "left_country"


@pytest.mark.parametrize(
    ("live", "days"),
    [
        ([stay(date(2022, 3, 20))], 30),
        ([stay(date(2022, 6, 12))], 19),
        ([stay(date(2022, 6, 1), date(2022, 6, 2))], 1),
        ([stay(date(2022, 3, 20), date(2022, 6, 1))], 0),
        ([stay(date(2022, 7, 1))], 0),
        ([stay(date(2022, 6, 1), date(2022, 6, 11)), stay(date(2022, 6, 11), municipality="5001")], 10),
    ],
)
def test_the_days_of_a_line_are_those_of_its_month_in_its_municipality(live: list[StayFact], days: int) -> None:
    assert days_in_month(line(JUNE), live) == days
