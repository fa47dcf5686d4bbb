"""Edges of the clocks and gates of a refusal: where two rules meet on one day."""

from datetime import date, timedelta

import pytest

from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.periods import Period
from fotfeste.refusal.domain.clock import last_day
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import gate
from fotfeste.refusal.domain.moves import Move, TaskOf, moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import LETTERS, Case, Event, Happening, Party, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, then, warned

A, B = Resident("a", ADULT), Resident("b", ADULT)
DUE = date(2024, 3, 18)  # a Monday; both 14 days from 4 March and IMDi's deadline


def imdi_runs_out_on(found: Case) -> date | None:
    """The day on which IMDi's deadline is over, as the case stands."""
    deadline = Course(found).imdi_deadline()
    assert deadline is not None
    return deadline.runs_out_on


def opens(found: Case, name: str) -> date | None:
    """From which day a resident may get the notice."""
    course = Course(found)
    return gate(course, Happening.EVICTION_NOTICE, course.resident(name), OPENED).opens_on


@pytest.mark.req("REF-02")
def test_a_deadline_put_off_over_a_weekend_does_not_end_in_the_suspension_that_follows() -> None:
    monday = Period(date(2024, 3, 18), date(2024, 3, 20))
    assert last_day(OPENED, date(2024, 3, 16), [monday]) == date(2024, 3, 20)
    assert last_day(date(2024, 3, 18), date(2024, 3, 18), [monday]) == date(2024, 3, 20)


@pytest.mark.req("REF-03")
def test_a_deadline_of_imdi_that_was_over_when_it_was_told_is_no_later_for_that() -> None:
    assert imdi_runs_out_on(then(case(deadline=DUE), Happening.HOLD_ASKED, DUE + timedelta(2))) == DUE


@pytest.mark.req("REF-03")
def test_imdis_deadline_runs_from_when_imdi_first_told_anybody_of_it() -> None:
    """It stood still for two days after the municipality was asked, and before UDI was told."""
    asked = then(case(deadline=DUE), Happening.HOLD_ASKED, OPENED)
    still = then(asked, Happening.SUSPENDED, OPENED + timedelta(1))
    again = then(still, Happening.RESUMED, OPENED + timedelta(3))
    told = then(again, Happening.IMDI_MESSAGE, OPENED + timedelta(7))
    assert imdi_runs_out_on(told) == DUE + timedelta(2)


@pytest.mark.req("REF-02")
def test_a_stop_that_the_letter_names_does_not_come_before_the_14_days_as_they_were_extended() -> None:
    told = then(case(), Happening.IMDI_MESSAGE, OPENED)
    sent = then(told, Happening.FIRST_LETTER, OPENED, "a", day=date(2024, 3, 25))
    longer = then(sent, Happening.FORTNIGHT_EXTENDED, OPENED, "a", day=date(2024, 4, 5))
    assert Course(sent).benefit_stop("a") == Period(date(2024, 3, 25))
    assert Course(longer).benefit_stop("a") == Period(date(2024, 4, 6))


@pytest.mark.req("REF-03")
def test_a_gate_is_shut_on_the_days_of_a_suspension_and_on_no_other() -> None:
    told = then(case(), Happening.IMDI_MESSAGE, OPENED)
    still = then(told, Happening.SUSPENDED, date(2024, 3, 11))
    over = then(still, Happening.RESUMED, date(2024, 3, 13))
    for found, day, is_shut in (
        (still, date(2024, 3, 10), False),
        (still, date(2024, 3, 11), True),
        (over, date(2024, 3, 12), True),
        (over, date(2024, 3, 13), False),
    ):
        waits_for = gate(Course(found), Happening.FIRST_LETTER, A, day).waits_for
        assert (Reason("resumed") in waits_for) is is_shut, day


@pytest.mark.req("REF-03")
def test_the_notice_is_asked_for_by_the_first_day_on_which_anybody_may_get_it() -> None:
    two = warned(case(A, B), OPENED)
    longer = then(two, Happening.FORTNIGHT_EXTENDED, OPENED, "a", day=date(2024, 4, 5))
    assert (opens(longer, "a"), opens(longer, "b")) == (date(2024, 4, 6), DUE + timedelta(1))
    asked = Move(TaskOf.NOTICE, Party.UDI, DUE + timedelta(1), "refusal.fortnight_days")
    assert asked in [*moves(longer, OPENED)]


@pytest.mark.req("REF-03")
def test_after_the_end_the_plan_has_the_letters_that_were_sent_and_asks_for_none() -> None:
    found = warned(case(A, Resident("c", CHILD)), OPENED)
    over = Case(found.residents, found.offer, (*found.events, Event(Happening.CLOSED, DUE)))  # gave way to another
    assert [each.letter for each in plan(found, DUE).letters] == [*LETTERS]
    assert [each.letter for each in plan(over, DUE).letters] == [Happening.FIRST_LETTER]
