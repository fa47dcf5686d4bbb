"""IMDi's own letter with its deadline: who has it, what they are told of it later, and that UDI needs one that runs."""

from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import TaskOf, moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.told_days import SUSPENDED_FROM, changed_days
from fotfeste.refusal.domain.types import Case, Happening, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, refused, then, warned

DAY = timedelta(1)
DUE = OPENED + 14 * DAY  # Monday 18 March
PAST = DUE + DAY
NEW = date(2024, 4, 5)


def household() -> Case:
    """Two adults, one of whom was never given this offer, and a child."""
    return case(Resident("a", ADULT), Resident("b", ADULT, was_offered=False), Resident("c", CHILD))


def who_has_it(found: Case) -> set[str]:
    """Those to whom IMDi has written."""
    return {each.id for each in found.residents if Course(found).deadline_letter(each.id)}


@pytest.mark.req("REF-01")
def test_imdi_writes_to_each_adult_who_was_given_the_offer_once_where_it_sets_the_deadline() -> None:
    assert who_has_it(then(household(), Happening.REPORTED, OPENED)) == set()
    for sets, then_does in (
        (Happening.HOLD_ASKED, Happening.IMDI_MESSAGE),
        (Happening.IMDI_MESSAGE, Happening.HOLD_ASKED),
    ):
        found = then(household(), sets, OPENED)
        assert who_has_it(found) == {"a"}
        again = then(found, then_does, OPENED + DAY)
        assert [each and each.kind for each in (Course(again).deadline_letter(name) for name in "ac")] == [sets, None]


@pytest.mark.req("REF-01")
def test_who_had_left_by_then_has_none_and_who_leaves_later_has() -> None:
    two = case(Resident("a", ADULT), Resident("b", ADULT))
    left = then(then(two, Happening.MOVED_OUT, OPENED, "b"), Happening.HOLD_ASKED, OPENED)
    assert who_has_it(left) == {"a"}
    asked = then(then(two, Happening.HOLD_ASKED, OPENED), Happening.MOVED_OUT, OPENED, "b")
    assert who_has_it(asked) == {"a", "b"}


@pytest.mark.req("REF-01", "REF-02")
def test_an_extension_before_udis_first_letter_is_told_to_whoever_has_imdis() -> None:
    asked = then(household(), Happening.HOLD_ASKED, OPENED)
    longer = then(asked, Happening.IMDI_DEADLINE_EXTENDED, OPENED + DAY, day=NEW)
    assert changed_days(Course(longer), "a") == {"imdi_deadline": (DUE, NEW)}
    assert not changed_days(Course(longer), "b")
    assert not changed_days(Course(longer), "c")
    assert TaskOf.DAYS in {each.task for each in moves(longer, OPENED + DAY)}
    told = then(longer, Happening.DAYS_TOLD, OPENED + DAY, "a")
    assert not changed_days(Course(told), "a")


@pytest.mark.req("REF-01", "REF-02")
def test_who_was_written_no_letter_is_told_of_no_day_in_it() -> None:
    asked = then(
        case(Resident("a", ADULT), Resident("b", ADULT, has_deadline_letter=False)), Happening.HOLD_ASKED, OPENED
    )
    assert who_has_it(asked) == {"a"}
    longer = then(asked, Happening.IMDI_DEADLINE_EXTENDED, OPENED + DAY, day=NEW)
    assert changed_days(Course(longer), "a")
    assert not changed_days(Course(longer), "b")
    assert [each.about for each in moves(longer, OPENED + DAY) if each.task is TaskOf.DAYS] == [("a",)]
    lost = then(longer, Happening.WITHDRAWN, OPENED + DAY)
    assert not changed_days(Course(lost), "b")
    first = then(then(lost, Happening.IMDI_MESSAGE, OPENED + DAY), Happening.FIRST_LETTER, OPENED + DAY, "b")
    still = then(first, Happening.SUSPENDED, OPENED + DAY)
    assert changed_days(Course(still), "b")  # UDI's names days of theirs


@pytest.mark.req("REF-01", "REF-02")
def test_that_the_case_stands_still_is_told_to_whoever_has_imdis_letter() -> None:
    asked = then(household(), Happening.HOLD_ASKED, OPENED)
    still = then(asked, Happening.SUSPENDED, OPENED + DAY)
    assert changed_days(Course(still), "a") == {"imdi_deadline": (DUE, None), SUSPENDED_FROM: (None, OPENED + DAY)}
    before = then(household(), Happening.SUSPENDED, OPENED)
    within = then(before, Happening.HOLD_ASKED, OPENED)
    assert not changed_days(Course(within), "a")  # the letter itself says so
    again = then(within, Happening.RESUMED, OPENED + DAY)
    assert changed_days(Course(again), "a") == {"imdi_deadline": (None, DUE), SUSPENDED_FROM: (OPENED, None)}


@pytest.mark.req("REF-01", "REF-02")
def test_no_first_letter_goes_with_a_deadline_that_has_run_out_and_imdi_sets_a_new_one() -> None:
    found = case(Resident("a", ADULT), Resident("c", CHILD))
    asked = then(found, Happening.HOLD_ASKED, OPENED)
    assert then(asked, Happening.IMDI_MESSAGE, DUE)
    assert refused(asked, Happening.IMDI_MESSAGE, PAST) == "new_imdi_deadline"
    told = then(asked, Happening.IMDI_MESSAGE, OPENED)
    assert then(told, Happening.FIRST_LETTER, DUE, "a")
    assert refused(told, Happening.FIRST_LETTER, PAST, "a") == "new_imdi_deadline"
    waiting = {each.act: each.waiting for each in plan(told, PAST).later}[Happening.FIRST_LETTER]
    assert [(each.code, each.fields["on"]) for each in waiting.waits_for] == [("new_imdi_deadline", DUE)]
    tasks = {each.task: each for each in moves(told, PAST)}
    assert TaskOf.HOLD_ASKED in tasks
    assert tasks[TaskOf.FIRST_LETTER].due_on is None
    assert TaskOf.HOLD_ASKED not in {each.task for each in moves(told, DUE)}

    assert Happening.IMDI_DEADLINE_EXTENDED in {each.act for each in plan(told, PAST).now}
    assert refused(told, Happening.IMDI_DEADLINE_EXTENDED, DUE + 3 * DAY, day=PAST) == "day_before_act"
    new = then(told, Happening.IMDI_DEADLINE_EXTENDED, PAST, day=NEW)
    assert Course(new).imdi_deadline().runs_out_on == NEW  # type: ignore[union-attr]
    assert then(new, Happening.FIRST_LETTER, PAST, "a")
    assert TaskOf.HOLD_ASKED not in {each.task for each in moves(new, PAST)}


@pytest.mark.req("REF-02", "REF-03")
def test_nobody_waits_for_a_new_deadline_after_the_first_letter_to_anybody_or_for_an_offer_that_is_gone() -> None:
    grows = Resident("b", date(2006, 4, 10))
    found = warned(case(Resident("a", ADULT), grows), OPENED)
    assert refused(found, Happening.IMDI_DEADLINE_EXTENDED, PAST, day=NEW) == "run_out"
    assert then(found, Happening.FIRST_LETTER, date(2024, 4, 10), "b")
    lost = then(then(case(), Happening.HOLD_ASKED, OPENED), Happening.WITHDRAWN, OPENED)
    assert then(lost, Happening.IMDI_MESSAGE, PAST)
    still = then(then(case(), Happening.HOLD_ASKED, OPENED), Happening.SUSPENDED, OPENED)
    assert then(still, Happening.IMDI_MESSAGE, PAST)


@pytest.mark.req("REF-05")
def test_of_an_offer_that_is_gone_nobody_is_asked_to_hold_it_nor_given_longer_to_move_there() -> None:
    told = then(case(), Happening.IMDI_MESSAGE, OPENED)
    lost = then(told, Happening.WITHDRAWN, OPENED)
    extend, ask = Happening.IMDI_DEADLINE_EXTENDED, Happening.HOLD_ASKED
    assert {extend, ask} <= {each.act for each in plan(told, OPENED).now}
    assert not {extend, ask} & {each.act for each in (*plan(lost, OPENED).now, *plan(lost, OPENED).later)}
    assert refused(lost, ask, OPENED) == refused(lost, extend, OPENED, day=NEW) == "withdrawn"
    assert then(lost, Happening.FIRST_LETTER, OPENED, "a")


@pytest.mark.req("REF-01", "REF-02")
def test_imdi_sets_no_new_deadline_for_a_letter_that_nobody_is_to_get() -> None:
    alone = Resident("c", CHILD, unaccompanied_minor=True)
    told = then(case(alone), Happening.HOLD_ASKED, OPENED)
    assert TaskOf.HOLD_ASKED not in {each.task for each in moves(then(told, Happening.IMDI_MESSAGE, PAST), PAST)}
    left = then(then(household(), Happening.HOLD_ASKED, OPENED), Happening.IMDI_MESSAGE, OPENED)
    assert TaskOf.HOLD_ASKED in {each.task for each in moves(left, PAST)}
    for name in "ab":
        left = then(left, Happening.MOVED_OUT, OPENED, name)
    assert TaskOf.HOLD_ASKED not in {each.task for each in moves(left, PAST)}


@pytest.mark.req("REF-01")
def test_imdi_gives_no_deadline_in_a_year_that_nobody_can_have_meant() -> None:
    asked = then(household(), Happening.HOLD_ASKED, OPENED)
    last = date(OPENED.year + 1, OPENED.month, OPENED.day)
    assert then(asked, Happening.IMDI_DEADLINE_EXTENDED, OPENED, day=last)
    assert refused(asked, Happening.IMDI_DEADLINE_EXTENDED, OPENED, day=last + DAY) == "day_too_late"
