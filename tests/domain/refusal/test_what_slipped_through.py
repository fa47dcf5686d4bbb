"""What the first rules of a refusal let through: children left behind, suspensions, corrected births, late yeses."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.kernel.periods import Period
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS
from fotfeste.refusal.domain.moves import TaskOf, moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import Case, Happening, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, refused, then, warned

A, B, SMALL = Resident("a", ADULT), Resident("b", ADULT), Resident("small", CHILD)
BOY = Resident("boy", date(2009, 6, 30), unaccompanied_minor=True, accompanied_by="a")
SENT, NOTICED = date(2024, 3, 4), date(2024, 3, 19)
EVICTED_ON = date(2024, 4, 10)


def petitioned(*residents: Resident) -> Case:
    """All adults have every letter, and the officer has set a day."""
    found = warned(case(*residents), SENT)
    adults = [each.id for each in Course(found).adults(NOTICED)]
    for kind in (Happening.EVICTION_NOTICE, Happening.PETITION):
        found = then(found, kind, NOTICED, *adults)
    return then(found, Happening.EVICTION_DAY_SET, NOTICED, day=EVICTED_ON)


def test_the_last_adult_does_not_say_yes_without_the_children() -> None:
    found = case(A, B, SMALL)
    assert refused(found, Happening.ACCEPTED, OPENED, "a", "b") == "leaves_children"
    part = then(found, Happening.ACCEPTED, OPENED, "a")  # the other parent is still there
    assert refused(part, Happening.ACCEPTED, OPENED, "b") == "leaves_children"
    assert then(part, Happening.ACCEPTED, OPENED, "b", "small")


def test_an_aunt_says_yes_without_a_boy_who_came_alone_when_all_is_done_for_him() -> None:
    found = case(A, BOY)
    assert refused(found, Happening.ACCEPTED, OPENED, "a") == "leaves_children"
    for kind in TOLD_OF_MINORS:
        found = then(found, kind, OPENED, "boy")
    assert then(found, Happening.ACCEPTED, OPENED, "a")


@pytest.mark.req("REF-05")
def test_a_child_whose_adults_have_left_says_yes_when_child_welfare_knows() -> None:
    left = then(case(A, SMALL), Happening.MOVED_OUT, date(2024, 3, 16), "a")
    on = date(2024, 3, 17)
    assert refused(left, Happening.ACCEPTED, on, "small") == Happening.CHILD_WELFARE_TOLD
    assert Happening.ACCEPTED not in {act.act for act in plan(left, on).now}
    assert TaskOf.MINORS in {each.task for each in moves(left, on)}
    told = then(left, Happening.CHILD_WELFARE_TOLD, on, "small")
    assert then(then(told, Happening.ACCEPTED, on, "small"), Happening.CLOSED, on)
    boy = then(case(A, BOY), Happening.MOVED_OUT, date(2024, 3, 16), "a")
    assert then(boy, Happening.ACCEPTED, on, "boy")  # has a guardian since the day they came
    grown = Resident("grown", date(2006, 3, 17))
    of_age = then(case(A, grown), Happening.MOVED_OUT, date(2024, 3, 16), "a")
    assert refused(of_age, Happening.ACCEPTED, date(2024, 3, 16), "grown") == Happening.CHILD_WELFARE_TOLD
    assert then(of_age, Happening.ACCEPTED, on, "grown")


def test_nobody_says_yes_before_the_refusal_was_there_though_somebody_has_left() -> None:
    left = then(case(A, B), Happening.MOVED_OUT, date(2024, 3, 6), "a")
    as_it_stood = replace(left, events=tuple(replace(each, on=date(2024, 3, 1)) for each in left.events))
    assert refused(as_it_stood, Happening.ACCEPTED, date(2024, 3, 1), "b") == "before_what_came_before"


def test_a_later_stop_that_the_letter_names_stands_still_with_the_case() -> None:
    told = then(case(opened=date(2024, 2, 1), deadline=date(2024, 3, 20)), Happening.IMDI_MESSAGE, date(2024, 2, 1))
    sent = then(told, Happening.FIRST_LETTER, date(2024, 2, 2), "a", day=date(2024, 3, 10))
    still = then(sent, Happening.SUSPENDED, date(2024, 3, 1))
    assert Course(still).benefit_stop("a") is None
    again = then(still, Happening.RESUMED, date(2024, 3, 11))  # ten days
    assert Course(again).benefit_stop("a") == Period(date(2024, 3, 20))
    begun = then(sent, Happening.SUSPENDED, date(2024, 3, 10))
    assert Course(begun).benefit_stop("a") == Period(date(2024, 3, 10))


def test_a_letter_to_who_turns_out_to_have_been_a_child_stops_nothing() -> None:
    grown = Resident("grown", date(2006, 3, 1))
    sent = warned(case(A, grown), SENT)
    corrected = replace(sent, residents=(A, replace(grown, birth_date=date(2006, 3, 25))))
    course = Course(corrected)
    assert (course.fortnight("grown"), course.benefit_stop("grown")) == (None, None)
    assert {each.resident for each in plan(corrected, NOTICED).letters} == {"a"}
    assert then(corrected, Happening.FIRST_LETTER, date(2024, 3, 25), "grown")  # a letter of their own, of age


def test_nobody_is_evicted_from_a_minor_for_whom_nothing_is_done() -> None:
    grown = replace(BOY, birth_date=date(2006, 3, 1))
    found = petitioned(A, grown)
    corrected = replace(found, residents=(A, BOY))
    assert refused(corrected, Happening.EVICTED, EVICTED_ON, "a") == Happening.GUARDIAN_TOLD
    for kind in TOLD_OF_MINORS:
        corrected = then(corrected, kind, EVICTED_ON, "boy")
    assert then(corrected, Happening.EVICTED, EVICTED_ON, "a")


def test_no_day_is_set_and_nobody_evicted_while_it_is_suspended() -> None:
    found = petitioned(A)
    assert TaskOf.EVICTION in {each.task for each in moves(found, NOTICED)}
    still = then(found, Happening.SUSPENDED, date(2024, 4, 2))
    assert TaskOf.EVICTION not in {each.task for each in moves(still, EVICTED_ON)}
    assert refused(still, Happening.EVICTED, EVICTED_ON, "a") == "resumed"
    assert refused(still, Happening.EVICTION_DAY_SET, EVICTED_ON, day=EVICTED_ON) == "resumed"
    again = then(still, Happening.RESUMED, EVICTED_ON)
    assert TaskOf.EVICTION in {each.task for each in moves(again, EVICTED_ON)}
    assert then(again, Happening.EVICTED, EVICTED_ON, "a")


@pytest.mark.req("REF-03")
@pytest.mark.parametrize(
    ("resumed_on", "holds"),
    [(date(2024, 4, 9), True), (EVICTED_ON, True), (date(2024, 4, 11), False), (date(2024, 5, 15), False)],
)
def test_a_day_of_the_eviction_that_came_while_it_was_suspended_is_none(resumed_on: date, holds: bool) -> None:
    """Though the officer never heard of the suspension; the day on which it goes on is one again."""
    still = then(petitioned(A, B, SMALL), Happening.SUSPENDED, date(2024, 4, 8))
    again = then(still, Happening.RESUMED, resumed_on)
    asked = TaskOf.EVICTION if holds else TaskOf.EVICTION_DAY
    assert {each.task for each in moves(again, resumed_on)} & {TaskOf.EVICTION, TaskOf.EVICTION_DAY} == {asked}
    on = max(resumed_on, EVICTED_ON)
    if holds:
        assert then(again, Happening.EVICTED, on, "a", "b", "small")
        return
    assert refused(again, Happening.EVICTED, on, "a", "b", "small") == "eviction_day_set"
    anew = then(again, Happening.EVICTION_DAY_SET, on, day=date(2024, 5, 20))
    assert then(anew, Happening.EVICTED, date(2024, 5, 20), "a", "b", "small")


@pytest.mark.parametrize("kind", [Happening.HOLD_ASKED, Happening.IMDI_MESSAGE])
def test_imdis_deadline_does_not_move_for_a_suspension_before_it_was_set(kind: Happening) -> None:
    opened = case(opened=date(2027, 2, 1), deadline=date(2027, 4, 15))
    still = then(opened, Happening.SUSPENDED, date(2027, 2, 2))
    again = then(still, Happening.RESUMED, date(2027, 3, 2))
    deadline = Course(then(again, kind, date(2027, 3, 2))).imdi_deadline()
    assert deadline is not None
    assert deadline.runs_out_on == date(2027, 4, 15)
