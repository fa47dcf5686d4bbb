"""For any history: what lines say is what is due, counted by days; nothing twice; no order of knowing matters."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.grants.domain.computing import compute, compute_in_order, people_in_order
from fotfeste.grants.domain.conflicts import first_conflict
from fotfeste.grants.domain.dues import due
from fotfeste.grants.domain.terms import Months, terms_of
from fotfeste.grants.domain.types import EarlierLine, Facts, MonthRule, NewLine, Payment, Result, Scheme, StayFact
from tests.domain.grants.histories import FIRST_INSTANT, FIRSTS, PLACES, STARTS, History, histories
from tests.domain.grants.making import as_earlier
from tests.domain.grants.oracle import due_by_days, said
from tests.domain.grants.test_what_is_due import by_days

LATE = date(2023, 3, 1)
MOMENTS = st.lists(st.tuples(st.integers(0, 13), FIRSTS), max_size=4)


def run(rows: list[StayFact], known: datetime, through: date, lines: tuple[EarlierLine, ...] = ()) -> Result:
    """A run of MAMOT."""
    return compute(Facts(Scheme.MAMOT, known, through, tuple(rows), lines))


def runs(history: History, moments: list[tuple[int, date]]) -> tuple[EarlierLine, ...]:
    """The lines of runs at some instants of a history, each as it was known then, each on those before it."""
    lines: tuple[EarlierLine, ...] = ()
    for number, (hours, through) in enumerate(sorted(moments)):
        known = FIRST_INSTANT + timedelta(hours=hours)
        lines += as_earlier(run(history.rows, known, through, lines).lines, f"r{number}")
    return lines


@given(histories(), MOMENTS)
@pytest.mark.req("MON-02")
def test_after_any_late_facts_and_runs_lines_say_what_is_due_as_known_now(
    history: History, moments: list[tuple[int, date]]
) -> None:
    """For every person, municipality and month, counted by days; so no money is made or lost between municipalities."""
    lines = runs(history, moments)
    last = run(history.rows, history.instant, LATE, lines)
    due_now, refused = due_by_days(history.rows, history.instant, LATE)
    every = lines + as_earlier(last.lines, "last")
    assert said((each.person, each.municipality, each.month, each.amount_ore) for each in every) == due_now
    assert {(each.person, each.municipality, each.month.isoformat()[:7]) for each in last.refused} == refused
    assert len({(each.person, each.month) for each in last.refused}) == len(last.refused)


@given(histories(), MOMENTS)
@pytest.mark.req("MON-04")
def test_a_run_on_its_own_lines_gives_nothing(history: History, moments: list[tuple[int, date]]) -> None:
    """Nothing is paid twice, however often it is run."""
    lines = runs(history, moments)
    first = run(history.rows, history.instant, LATE, lines)
    again = run(history.rows, history.instant, LATE, lines + as_earlier(first.lines, "last"))
    assert again.lines == ()
    assert again.refused == first.refused
    assert {each.net_ore for each in again.municipalities} <= {0}


@given(histories(), MOMENTS, st.data())
@pytest.mark.req("MON-02")
def test_stays_told_in_another_order_and_superseded_on_the_way_end_equal(
    history: History, moments: list[tuple[int, date]], data: st.DataObject
) -> None:
    """The last versions, each told at once in any order, give what the whole history with its runs gives."""
    straight = History()
    for row in data.draw(st.permutations(history.live())):
        assert straight.tell(row.stay, row.person, row.municipality, row.start, row.end)
    lines = runs(history, moments)
    lines += as_earlier(run(history.rows, history.instant, LATE, lines).lines, "last")
    ended = run(straight.rows, straight.instant, LATE)
    summed = said((each.person, each.municipality, each.month, each.amount_ore) for each in lines)
    assert summed == said((each.person, each.municipality, each.month, each.amount_ore) for each in ended.lines)


@given(histories(), st.lists(st.tuples(PLACES, st.integers(-(10**7), 10**7)), max_size=3), MOMENTS)
@pytest.mark.req("MON-04")
def test_sums_of_municipalities_are_those_of_their_lines(
    history: History, sent: list[tuple[str, int]], moments: list[tuple[int, date]]
) -> None:
    """Net, balance and payable; and all of it comes back when what is payable is paid."""
    lines = runs(history, moments)
    payments = tuple(Payment("r", municipality, amount) for municipality, amount in sent)
    result = compute(Facts(Scheme.MAMOT, history.instant, LATE, tuple(history.rows), lines, payments))
    for each in result.municipalities:
        net = sum(line.amount_ore for line in result.lines if line.municipality == each.municipality)
        old = sum(line.amount_ore for line in lines if line.municipality == each.municipality)
        paid = sum(amount for municipality, amount in sent if municipality == each.municipality)
        assert (each.net_ore, each.balance_ore) == (net, old + net - paid)
        assert each.payable_ore == max(0, each.balance_ore)
    places = {each.municipality for part in (result.lines, lines, payments) for each in part}
    assert [each.municipality for each in result.municipalities] == sorted(places)


@given(histories(), MOMENTS)
def test_every_line_can_be_explained(history: History, moments: list[tuple[int, date]]) -> None:
    """Its row is in that municipality and touches the month; it was known by then; what it corrects is there."""
    lines = runs(history, moments)
    for each in run(history.rows, history.instant, LATE, lines).lines:
        earlier = [old.line for old in lines if _place(old) == _place(each)]
        assert list(each.corrects) == earlier
        assert (each.kind == "due") == (not earlier)
        assert each.row is not None
        assert (each.row.person, each.row.municipality) == (each.person, each.municipality)
        assert each.known_at <= history.instant
        after = (each.month + timedelta(days=31)).replace(day=1)
        assert each.row.start < after
        assert each.row.end is None or each.row.end > each.month


def _place(line: EarlierLine | NewLine) -> tuple[str, str, date]:
    return line.person, line.municipality, line.month


@given(histories(), MOMENTS)
def test_streamed_person_by_person_it_is_the_same_run(history: History, moments: list[tuple[int, date]]) -> None:
    """Sorted rows and lines, one person held at a time."""
    lines = runs(history, moments)
    whole = run(history.rows, history.instant, LATE, lines)
    in_order = people_in_order(
        sorted(history.rows, key=lambda row: row.person), sorted(lines, key=lambda line: line.person)
    )
    streamed = list(compute_in_order(in_order, terms_of(Scheme.MAMOT), as_known_at=history.instant, through=LATE))
    assert sorted(line[:4] for found, _ in streamed for line in found) == sorted(line[:4] for line in whole.lines)
    assert sorted(each for _, refused in streamed for each in refused) == sorted(whole.refused)


@given(histories())
def test_a_history_that_turns_overlaps_away_has_no_conflict_at_any_instant(history: History) -> None:
    """What the histories are made by and what finds conflicts agree."""
    for hours in range(14):
        assert first_conflict(history.rows, FIRST_INSTANT + timedelta(hours=hours)) is None


@given(histories(), STARTS, st.sampled_from("12"))
def test_a_day_that_is_shared_is_found(history: History, start: date, person: str) -> None:
    """One live row more for a day: a conflict just where the person has that day already."""
    more = StayFact(99, "z", person, "0301", start, start + timedelta(1), None, FIRST_INSTANT, None, "x")
    taken = any(
        row.person == person and row.start <= start and (row.end is None or start < row.end) for row in history.live()
    )
    assert (first_conflict([*history.rows, more], history.instant) is not None) == taken


@given(histories())
@pytest.mark.req("MON-01")
def test_by_days_the_parts_of_a_month_sum_to_its_days(history: History) -> None:
    """Each municipality's part is within an øre of its days' part, and all parts sum to that of all days."""
    found: dict[tuple[str, date], dict[str, int]] = {}
    for each in due(history.live(), Months(by_days()), LATE):
        if each.month_rule is MonthRule.DAILY:
            found.setdefault((each.person, each.month), {})[each.municipality] = each.amount_ore
    for (person, month), parts in found.items():
        length = ((month + timedelta(days=31)).replace(day=1) - month).days
        days = [month + timedelta(days=number) for number in range(length)]
        counted = {
            municipality: sum(
                row.start <= each and (row.end is None or each < row.end)
                for each in days
                for row in history.live()
                if (row.person, row.municipality) == (person, municipality)
            )
            for municipality in parts
        }
        assert all(counted.values())
        assert abs(2 * sum(parts.values()) * length - 2 * 1_694_200 * sum(counted.values())) <= length
        assert all(abs(parts[each] * length - 1_694_200 * counted[each]) <= length for each in parts)


@given(histories(), MOMENTS)
@pytest.mark.req("MON-01")
def test_a_month_rule_that_changes_acts_through_the_next_run_alone(
    history: History, moments: list[tuple[int, date]]
) -> None:
    """Runs by started months, then one by days: lines say what is due by days, and a run after it gives nothing."""
    lines = runs(history, moments)
    every = Facts(Scheme.MAMOT, history.instant, LATE, tuple(history.rows), lines)
    last = compute(every, by_days())
    after = Facts(Scheme.MAMOT, history.instant, LATE, every.stays, lines + as_earlier(last.lines, "last"))
    assert compute(after, by_days()).lines == ()
    dues = due(history.live(), Months(by_days()), LATE)
    assert said(line[2:] for line in after.lines) == said(each[:4] for each in dues)


def test_rows_that_are_not_sorted_by_person_are_not_streamed() -> None:
    """Rather an error than a person computed in two halves."""
    history = History()
    for person in "121":
        history.tell(f"s{len(history.rows)}", person, "0301", date(2022, len(history.rows) + 1, 1), date(2022, 9, 1))
        history.rows[-1] = history.rows[-1]._replace(end=history.rows[-1].start)
    with pytest.raises(ValueError, match="not sorted by person"):
        list(people_in_order(history.rows))
