"""What a late fact changes, and how a line says why."""

import pytest

from fotfeste.grants.domain.computing import compute
from fotfeste.grants.domain.types import LineKind, MunicipalitySum
from tests.domain.grants.making import (
    FREDRIKSTAD,
    OSLO,
    RATE_2022,
    RATE_2023,
    TRONDHEIM,
    as_earlier,
    at,
    brief,
    facts,
    line,
    payment,
    row,
)


@pytest.mark.req("MON-02")
def test_a_move_that_is_told_late_takes_from_one_and_gives_to_the_other() -> None:
    """Moved in April, told in September: the new municipality's lines are due, the old one's are corrections."""
    before = row("2022-03-20", row=1, stay="s1", known_from="2022-04-01", known_to="2022-09-01")
    ended = row("2022-03-20", "2022-04-15", row=2, stay="s1", known_from="2022-09-01")
    moved = row("2022-04-15", None, TRONDHEIM, row=3, stay="s2", known_from="2022-09-02")
    lines = [line(f"a{number}", f"2022-0{number}", RATE_2022) for number in (3, 4, 5, 6)]
    run = compute(facts(before, ended, moved, through="2022-07-01", lines=lines))
    assert [(each.municipality, each.month.month, each.kind.value, each.stay) for each in run.lines] == [
        (FREDRIKSTAD, 5, "correction", "s1"),
        (FREDRIKSTAD, 6, "correction", "s1"),
        (TRONDHEIM, 5, "due", "s2"),
        (TRONDHEIM, 6, "due", "s2"),
    ]
    # The moved person's stay in Trondheim touches May too, and was the last to become known.
    assert {each.known_at for each in run.lines} == {at("2022-09-02")}
    assert sum(each.amount_ore for each in run.lines) == 0


@pytest.mark.req("MON-02")
def test_a_correction_names_all_earlier_lines_of_its_month_in_the_order_given() -> None:
    """Those that sum to nothing too; a month that comes back is a correction, not due anew."""
    lines = [
        line("z", "2022-03", RATE_2022),
        line("other", "2022-04", RATE_2022),
        line("b", "2022-03", -RATE_2022),
        line("of another", "2022-03", RATE_2022, person="x"),
    ]
    run = compute(facts(row("2022-03-20", "2022-05-01"), through="2022-05-01", lines=lines))
    mine = [each for each in run.lines if each.person != "x"]
    assert [(each.kind, each.corrects, each.amount_ore) for each in mine] == [
        (LineKind.CORRECTION, ("z", "b"), RATE_2022)
    ]


def test_a_difference_of_nothing_gives_no_line() -> None:
    """Neither where the month is due, nor where it is not and lines sum to nothing."""
    lines = [line("a", "2022-03", RATE_2022), line("b", "2022-06", 500), line("c", "2022-06", -500)]
    assert compute(facts(row("2022-03-20", "2022-04-01"), through="2022-09-01", lines=lines)).lines == ()


def test_lines_of_months_that_the_run_does_not_cover_stand() -> None:
    """Paid in advance: they count in the balance, and are not taken back."""
    run = compute(facts(row("2022-03-20"), through="2022-03-01", lines=[line("a", "2022-03", RATE_2022)]))
    assert run.lines == ()
    assert run.municipalities == (MunicipalitySum(FREDRIKSTAD, 0, RATE_2022, RATE_2022),)


@pytest.mark.req("MON-01")
def test_where_a_month_has_no_rate_the_persons_earlier_lines_for_it_stand() -> None:
    """In the municipality where it is due, and in the one where it was: no money is lost between them."""
    lines = [line("a", "2025-01", 900), line("b", "2025-01", 800, TRONDHEIM), line("c", "2025-01", 700, person="x")]
    run = compute(facts(row("2025-01-05"), through="2025-02-01", lines=lines))
    assert [each.municipality for each in run.refused] == [FREDRIKSTAD]
    assert [(each.person, each.amount_ore, each.rate) for each in run.lines] == [("x", -700, None)]


@pytest.mark.req("MON-03")
def test_a_correction_to_nothing_carries_the_rate_of_its_month() -> None:
    """And the month rule; without any row there is no stay, and it became known with the run."""
    run = compute(facts(through="2022-09-01", lines=[line("a", "2022-03", 42)], known="2022-09-03"))
    (only,) = run.lines
    assert (only.amount_ore, only.stay, only.row, only.reported_by) == (-42, None, None, None)
    assert only.rate is not None
    assert only.rate.amount_ore == RATE_2022
    assert only.known_at == at("2022-09-03")


@pytest.mark.req("MON-03")
def test_a_month_taken_back_names_the_latest_row_that_touched_it_there() -> None:
    """Known last counts, not the row's number nor its place; rows elsewhere or not known yet do not."""
    rows = (
        row("2022-05-01", "2022-07-01", row=9, stay="a", known_from="2022-02-01", known_to="2022-03-01"),
        row("2022-05-01", "2022-06-20", row=2, stay="b", known_from="2022-04-01", known_to="2022-06-01"),
        row("2022-06-01", "2022-06-20", OSLO, row=5, stay="c", known_from="2022-07-01", known_to="2022-07-03"),
        row("2022-06-01", "2022-06-20", row=6, stay="d", known_from="2022-09-01"),
        row("2022-06-30", "2022-06-30", row=7, stay="e", known_from="2022-07-02"),
    )
    run = compute(facts(*rows, through="2022-08-01", known="2022-08-01", lines=[line("x", "2022-06", 1)]))
    (only,) = run.lines
    assert (only.stay, only.reported_by) == ("b", FREDRIKSTAD)
    assert only.known_at == at("2022-07-03")


@pytest.mark.req("MON-03")
def test_of_rows_known_at_the_same_instant_the_higher_number_is_the_latest() -> None:
    """Their order in the file says nothing."""
    rows = [
        row("2022-05-01", "2022-07-01", row=number, stay=f"s{number}", known_to="2022-03-01") for number in (3, 8, 5)
    ]
    run = compute(facts(*rows, through="2022-08-01", lines=[line("x", "2022-06", 1)]))
    assert [each.stay for each in run.lines] == ["s8"]


@pytest.mark.req("MON-03")
def test_a_superseding_that_is_not_known_yet_says_nothing_of_when_a_line_became_known() -> None:
    """A row's `known_to` after the run's instant does not count."""
    rows = (
        row("2022-05-01", "2022-06-10", row=1, stay="a", known_from="2022-06-11", known_to="2022-12-01"),
        row("2022-05-01", "2022-07-10", row=2, stay="a", known_from="2022-12-01"),
    )
    lines = [line("x", "2022-06", 1)]
    run = compute(facts(*rows, through="2022-07-01", known="2022-10-01", lines=lines))
    assert {each.month.month: each.known_at for each in run.lines} == {5: at("2022-06-11"), 6: at("2022-06-11")}
    assert [each.kind for each in run.lines] == [LineKind.DUE, LineKind.CORRECTION]


@pytest.mark.req("MON-02")
def test_a_municipality_that_owes_is_paid_nothing_and_carries_the_rest() -> None:
    """The balance is all lines less all that was sent; it may differ from the run's net."""
    lines = [
        line("a", "2022-03", 3 * RATE_2022),
        line("o", "2022-03", 7, OSLO, "x"),
        line("p", "2022-04", -7, OSLO, "x"),
    ]
    run = compute(
        facts(
            row("2022-03-20", "2022-04-01"),
            row("2022-03-20", "2022-05-01", TRONDHEIM, row=2, person="y"),
            through="2022-05-01",
            lines=lines,
            payments=[payment(FREDRIKSTAD, 3 * RATE_2022), payment(TRONDHEIM, 2 * RATE_2022 - 5), payment("4203", -9)],
        )
    )
    assert run.municipalities == (
        MunicipalitySum(OSLO, 0, 0, 0),
        MunicipalitySum(FREDRIKSTAD, -2 * RATE_2022, 0, -2 * RATE_2022),
        MunicipalitySum("4203", 0, 9, 9),
        MunicipalitySum(TRONDHEIM, 2 * RATE_2022, 5, 5),
    )


@pytest.mark.req("MON-04")
def test_running_again_on_its_own_lines_gives_nothing() -> None:
    """Whatever the first run said."""
    first = compute(facts(row("2022-03-20"), row("2022-12-03", row=2, person="x"), through="2023-03-01"))
    assert len(first.lines) == 12 + 3
    again = facts(
        row("2022-03-20"),
        row("2022-12-03", row=2, person="x"),
        through="2023-03-01",
        lines=as_earlier(first.lines, "q"),
    )
    assert compute(again).lines == ()


def test_lines_are_ordered_by_municipality_person_and_month() -> None:
    """As text, whatever the order of the rows."""
    stays = [
        row("2022-12-03", "2023-02-01", municipality, row=number, person=person)
        for number, (municipality, person) in enumerate(
            [(TRONDHEIM, "a"), (OSLO, "b"), (OSLO, "B"), (FREDRIKSTAD, "c")]
        )
    ]
    found = [
        (each.municipality, each.person, each.month) for each in compute(facts(*stays, through="2023-02-01")).lines
    ]
    assert found == sorted(found)
    assert len(found) == 8
    assert RATE_2023 in {amount for _, _, amount in brief(compute(facts(*stays, through="2023-02-01")).lines)}
