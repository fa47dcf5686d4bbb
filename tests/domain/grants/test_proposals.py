"""What a proposed date would change, for one household."""

from datetime import UTC, date, datetime

import pytest

from fotfeste.grants.domain.proposals import MonthIf, begun, ended, months_if, taken_back
from fotfeste.grants.domain.types import EarlierLine, Scheme, StayFact

pytestmark = pytest.mark.req("MON-02")

AT = datetime(2022, 9, 12, 13, 30, tzinfo=UTC)
RATE = 1610500
THROUGH = date(2022, 7, 1)


def stay(start: date, end: date | None = None, municipality: str = "3107", person: str = "1", row: int = 1) -> StayFact:
    """A live row of a stay."""
    return StayFact(row, str(row), person, municipality, start, end, None, AT, None, "Fredrikstad")


def paid(*months: int, municipality: str = "3107", person: str = "1") -> list[EarlierLine]:
    """Earlier lines of months of 2022."""
    return [EarlierLine(f"a{month}", "r", person, municipality, date(2022, month, 1), RATE) for month in months]


HERE = stay(date(2022, 3, 20))


def test_an_end_that_is_known_late_leaves_the_months_after_it_undue() -> None:
    found = months_if(Scheme.MAMOT, [HERE], ended([HERE], date(2022, 5, 10)), paid(3, 4, 5, 6), THROUGH, AT)
    assert [each for each in found if each.due_ore != each.proposed_ore] == [
        MonthIf("3107", date(2022, 6, 1), RATE, 0, RATE, has_rate=True)
    ]
    assert sum(each.proposed_ore - each.counted_ore for each in found) == -RATE


def test_an_end_on_the_first_of_a_month_leaves_that_month_out_and_one_on_the_second_does_not() -> None:
    due = {
        day: sum(each.proposed_ore for each in months_if(Scheme.MAMOT, [HERE], ended([HERE], day), [], THROUGH, AT))
        for day in (date(2022, 6, 1), date(2022, 6, 2))
    }
    assert due == {date(2022, 6, 1): 3 * RATE, date(2022, 6, 2): 4 * RATE}


def test_a_move_gives_the_later_months_to_the_other_municipality() -> None:
    proposed = begun([HERE], "1", "5001", date(2022, 4, 12), AT)
    found = months_if(Scheme.MAMOT, [HERE], proposed, paid(3, 4, 5, 6), THROUGH, AT)
    changed = [
        (each.municipality, each.month.month, each.proposed_ore) for each in found if each.due_ore != each.proposed_ore
    ]
    assert changed == [("3107", 5, 0), ("5001", 5, RATE), ("3107", 6, 0), ("5001", 6, RATE)]
    assert sum(each.proposed_ore for each in found) == sum(each.due_ore for each in found)


def test_a_stay_that_was_a_mistake_leaves_nothing_due() -> None:
    found = months_if(Scheme.MAMOT, [HERE], taken_back([HERE]), paid(3, 4), THROUGH, AT)
    assert [each.proposed_ore for each in found] == [0] * 4
    assert [each.counted_ore for each in found] == [RATE, RATE, 0, 0]


def test_an_end_before_the_last_stay_began_takes_that_stay_away_and_leaves_the_earlier_ones() -> None:
    earlier, later = stay(date(2022, 1, 10), date(2022, 2, 3)), stay(date(2022, 3, 20), row=2)
    assert ended([later, earlier], date(2022, 3, 20)) == (earlier,)
    assert ended([later, earlier], date(2022, 3, 21)) == (earlier, later._replace(end=date(2022, 3, 21)))


def test_what_begins_later_than_the_proposed_stay_is_no_more() -> None:
    later = stay(date(2022, 8, 1), row=2)
    assert [row.start for row in begun([HERE, later], "1", "5001", date(2022, 3, 1), AT)] == [date(2022, 3, 1)]


def test_where_no_rate_holds_what_was_said_stands() -> None:
    here = stay(date(2019, 1, 10))
    lines = [EarlierLine("a", "r", "1", "3107", date(2019, 1, 1), 1434900)]
    [found] = months_if(Scheme.AMOT, [], [here], lines, date(2019, 2, 1), AT)[:1]
    assert (found.proposed_ore, found.counted_ore, found.has_rate) == (1434900, 1434900, False)


def test_each_person_of_a_household_counts() -> None:
    both = [HERE, stay(date(2022, 3, 20), person="2", row=2)]
    found = months_if(Scheme.MAMOT, [], both, [], THROUGH, AT)
    assert [each.proposed_ore for each in found] == [2 * RATE] * 4
