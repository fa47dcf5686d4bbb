"""A run: computed, checked by one, approved by another, paid once; or stopped, and then nothing of it counts."""

from datetime import date

import pytest

from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.ledger.models import Line, LineCorrection, Payment, Refusal, Run, RunTotal
from fotfeste.ledger.public import (
    RefusedLine,
    Scheme,
    accounts,
    approve_run,
    balances,
    check_run,
    lines_of,
    pay_run,
    person_money,
    stop_run,
)
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task
from tests.actions.ledger.stage import (
    FEBRUARY,
    JANUARY,
    MARCH,
    RATE_2024,
    Books,
    approved,
    due,
    keys_of,
    opened_books,
    paid,
    recorded,
    reference_of,
    taken_back,
)
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-04")]


@pytest.fixture
def books(cast: Cast) -> Books:
    """People for whom money is due."""
    return opened_books(cast)


def test_a_run_is_kept_with_its_lines_what_was_refused_and_what_it_comes_to(books: Books) -> None:
    one, other, *_ = books.people
    lines = [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY), due(other, books.verdal, JANUARY)]
    run = recorded(books, lines, [RefusedLine(other, books.verdal, date(2025, 1, 1))])
    with scope(books.cast.udi, books.cast.day):
        assert (run.state, run.line_count, run.net_ore, run.refused_count) == ("computed", 3, 3 * RATE_2024, 1)
        totals = RunTotal.objects.filter(run=run).values_list("municipality_id", "net_ore", "before_ore", "payable_ore")
        assert set(totals) == {
            (books.levanger, 2 * RATE_2024, 0, 2 * RATE_2024),
            (books.verdal, RATE_2024, 0, RATE_2024),
        }
        assert [(r.subject_id, r.reason) for r in Refusal.objects.filter(run=run)] == [(other, "no_rate")]
        first = Line.objects.filter(run=run).earliest("pk")
        assert (first.subject_id, first.month, first.kind, first.rate_version) == (one, JANUARY, "due", "2024-01-01")
        assert (first.debit, first.credit) == ("grants", "municipality")


def test_lines_count_when_the_run_is_approved_and_not_before(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    assert keys_of(books) == []
    with scope(books.colleague, books.cast.day):
        check_run(reference_of(run), by=books.colleague, at=books.cast.at)
    assert keys_of(books) == []
    with scope(books.approver, books.cast.day):
        approve_run(reference_of(run), by=books.approver, at=books.cast.at)
    assert len(keys_of(books)) == 1


def test_whoever_computed_or_checked_does_not_approve(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    with scope(books.colleague, books.cast.day):
        check_run(reference_of(run), by=books.colleague, at=books.cast.at)
        with pytest.raises(NotAllowed) as refused:
            approve_run(reference_of(run), by=books.colleague, at=books.cast.at)
    assert refused.value.code == "approved_by_another"
    with scope(books.cast.udi, books.cast.day), pytest.raises(NotAllowed):
        approve_run(reference_of(run), by=books.cast.udi, at=books.cast.at)


def test_a_run_that_is_not_checked_is_not_approved_and_one_not_approved_is_not_paid(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    with scope(books.approver, books.cast.day):
        with pytest.raises(IllegalStep):
            approve_run(reference_of(run), by=books.approver, at=books.cast.at)
        with pytest.raises(IllegalStep):
            pay_run(reference_of(run), by=books.approver, at=books.cast.at)


def test_each_municipality_is_paid_once_and_a_repeat_pays_nothing(books: Books) -> None:
    one, other, *_ = books.people
    run = paid(books, [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)])
    with scope(books.approver, books.cast.day):
        with pytest.raises(IllegalStep):
            pay_run(reference_of(run), by=books.approver, at=books.cast.at)
        sent = Payment.objects.values_list("municipality_id", "amount_ore")
        assert set(sent) == {(books.levanger, RATE_2024), (books.verdal, RATE_2024)}
        assert {each.balance_ore for each in balances(Scheme.MAMOT)} == {0}


def test_there_is_one_open_run_of_a_scheme(books: Books) -> None:
    run = recorded(books, [due(books.people[0], books.levanger, JANUARY)])
    with pytest.raises(Refused) as refused:
        recorded(books, [due(books.people[1], books.levanger, JANUARY)], by=books.colleague)
    assert refused.value.code == "run_is_open"
    assert refused.value.params["reference"] == reference_of(run)


def test_a_stopped_run_stays_to_be_seen_and_does_not_count(books: Books) -> None:
    line = due(books.people[0], books.levanger, JANUARY)
    run = approved(books, [line])
    with scope(books.approver, books.cast.day):
        with pytest.raises(Refused):
            stop_run(reference_of(run), " ", by=books.approver, at=books.cast.at)
        stop_run(reference_of(run), "Feil sats.", by=books.approver, at=books.cast.at)
        assert Line.objects.filter(run=run).count() == 1
    assert keys_of(books) == []
    again = paid(books, [line])
    assert again.state == "paid"


@pytest.mark.req("MON-02")
def test_a_correction_points_at_the_line_that_it_corrects(books: Books) -> None:
    person = books.people[0]
    paid(books, [due(person, books.levanger, JANUARY), due(person, books.levanger, FEBRUARY)])
    _, february = keys_of(books)
    run = paid(books, [taken_back(person, books.levanger, FEBRUARY, [february])])
    with scope(books.cast.udi, books.cast.day):
        [correction] = LineCorrection.objects.filter(line__run=run)
        assert correction.corrects_id == february
        assert not Payment.objects.filter(run=run).exists()
        [levanger] = balances(Scheme.MAMOT)
        assert levanger.balance_ore == -RATE_2024


@pytest.mark.req("MON-02")
def test_what_a_municipality_owes_is_held_back_from_the_next_run(books: Books) -> None:
    one, other, *_ = books.people
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:])])
    run = paid(books, [due(other, books.levanger, month) for month in (JANUARY, FEBRUARY, MARCH)])
    with scope(books.cast.udi, books.cast.day):
        [payment] = Payment.objects.filter(run=run)
        assert payment.amount_ore == 2 * RATE_2024
        assert RunTotal.objects.get(run=run).before_ore == -RATE_2024
        assert [each.balance_ore for each in balances(Scheme.MAMOT)] == [0]


@pytest.mark.parametrize("case", ["twice", "of another", "of nothing", "too much", "again"])
def test_the_database_takes_no_lines_that_do_not_fit_what_was_said(books: Books, case: str) -> None:
    one, other, *_ = books.people
    paid(books, [due(one, books.levanger, JANUARY)])
    [january] = keys_of(books)
    wrong = {
        # One person, one month, one grant.
        "twice": due(one, books.verdal, JANUARY),
        "of another": taken_back(other, books.levanger, JANUARY, [january]),
        "of nothing": taken_back(one, books.levanger, JANUARY, []),
        "too much": taken_back(one, books.levanger, JANUARY, [january])._replace(amount_ore=-2 * RATE_2024),
        "again": due(one, books.levanger, JANUARY),
    }[case]
    with pytest.raises(Refused) as refused:
        recorded(books, [wrong])
    assert refused.value.code in {"one_grant_a_month", "correction_names_its_lines"}
    with scope(books.cast.udi, books.cast.day):
        assert Run.objects.exclude(state="paid").count() == 0


def test_the_accounts_come_to_nothing_together(books: Books) -> None:
    one, other, *_ = books.people
    paid(books, [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)])
    paid(books, [taken_back(one, books.levanger, JANUARY, keys_of(books)[:1])])
    with scope(books.cast.udi, books.cast.day):
        found = accounts(Scheme.MAMOT)
    assert sum(found.values()) == 0
    assert found == {"bank": -2 * RATE_2024, "grants": RATE_2024, "municipality": RATE_2024}


def test_each_step_is_somebodys_task(books: Books) -> None:
    run = approved(books, [due(books.people[0], books.levanger, JANUARY)])
    with scope(books.approver, books.cast.day):
        tasks = dict(Task.objects.filter(subject_id=run.subject_id).values_list("kind", "outcome"))
    assert tasks == {"check_run": "done", "approve_run": "done", "pay_run": ""}


@pytest.mark.req("MON-03")
def test_a_municipality_sees_its_own_lines_once_they_count_and_no_run(books: Books) -> None:
    one, other, *_ = books.people
    levanger = books.cast.municipality
    lines = [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)]
    run = recorded(books, lines)
    with scope(levanger, books.cast.day):
        assert Line.objects.count() == 0
    with scope(books.colleague, books.cast.day):
        check_run(reference_of(run), by=books.colleague, at=books.cast.at)
    with scope(books.approver, books.cast.day):
        approve_run(reference_of(run), by=books.approver, at=books.cast.at)
    with scope(levanger, books.cast.day):
        assert [line.subject_id for line in Line.objects.all()] == [one]
        assert [(m.amount_ore, m.is_paid) for m in person_money(levanger, one)] == [(RATE_2024, False)]
        assert person_money(levanger, other) == []
        assert [total.municipality_id for total in RunTotal.objects.all()] == [books.levanger]
        assert not Run.objects.exists()
        assert lines_of(Scheme.MAMOT) == []
    with scope(books.approver, books.cast.day):
        pay_run(reference_of(run), by=books.approver, at=books.cast.at)
    with scope(levanger, books.cast.day):
        assert [m.is_paid for m in person_money(levanger, one)] == [True]
        assert [each.municipality_id for each in balances(Scheme.MAMOT)] == [books.levanger]
    with scope(books.cast.imdi, books.cast.day):
        assert not Line.objects.exists()
        assert not RunTotal.objects.exists()
        assert balances(Scheme.MAMOT) == []
