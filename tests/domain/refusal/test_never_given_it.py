"""Somebody who refused an earlier offer and was never given this one: nothing runs for them, nor waits for them."""

from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import OF_WHO_WAS_OFFERED
from fotfeste.refusal.domain.moves import Move, TaskOf, moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import LETTERS, Case, Happening, Party, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, refused, then

DAY = timedelta(1)
SENT = date(2024, 3, 19)  # both 14 days and IMDi's deadline are over
A, B = Resident("a", ADULT), Resident("b", ADULT, was_offered=False)
C = Resident("c", CHILD)


def warned(*residents: Resident) -> Case:
    """IMDi's message and the first letter to the one who was given the offer."""
    return then(then(case(*residents), Happening.IMDI_MESSAGE, OPENED), Happening.FIRST_LETTER, OPENED, "a")


def petitioned(*residents: Resident) -> Case:
    """Notice, petition and the officer's day about that one."""
    found = then(then(warned(*residents), Happening.EVICTION_NOTICE, SENT, "a"), Happening.PETITION, SENT, "a")
    return then(found, Happening.EVICTION_DAY_SET, SENT, day=SENT + DAY)


def tasks(found: Case, day: date) -> set[TaskOf]:
    """Whose moves there are."""
    return {each.task for each in moves(found, day)}


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize("kind", sorted(OF_WHO_WAS_OFFERED))
def test_no_letter_no_clock_and_no_eviction_is_for_who_was_never_given_the_offer(kind: Happening) -> None:
    found = petitioned(A, B)
    day = SENT + 9 * DAY if kind is Happening.FORTNIGHT_EXTENDED else None
    assert refused(found, kind, SENT + DAY, "b", day=day) == "not_offered"


@pytest.mark.req("REF-02", "REF-03")
def test_no_days_run_for_them_and_they_wait_for_nothing() -> None:
    found = plan(petitioned(A, B), SENT + DAY)
    assert {name for name, _ in (*found.fortnights, *found.benefit_stops)} == {"a"}
    assert {each.resident for each in found.letters} == {"a"}
    about_them = {act.act for act in (*found.now, *found.later) if "b" in act.residents}
    assert about_them == {Happening.TALK, Happening.ACCEPTED, Happening.MOVED_OUT, Happening.DECEASED}


@pytest.mark.req("REF-03")
def test_the_others_are_warned_petitioned_about_and_evicted_without_waiting_for_them() -> None:
    found = petitioned(A, B)
    assert Course(found).covered_by_petition(SENT)
    assert TaskOf.EVICTION in tasks(found, SENT)
    assert not {TaskOf.FIRST_LETTER, TaskOf.NOTICE, TaskOf.PETITION} & tasks(found, SENT)
    assert then(found, Happening.EVICTED, SENT + DAY, "a")


@pytest.mark.req("REF-03")
def test_a_child_may_stay_with_the_adult_who_was_never_given_it() -> None:
    found = petitioned(A, B, C)
    assert then(found, Happening.EVICTED, SENT + DAY, "a")
    assert then(found, Happening.EVICTED, SENT + DAY, "a", "c")
    alone = petitioned(A, C)
    assert refused(alone, Happening.EVICTED, SENT + DAY, "a") == "eviction_leaves_children"


@pytest.mark.req("REF-05")
def test_they_may_say_yes_or_leave_and_nobody_is_forgotten() -> None:
    found = petitioned(A, B)
    assert Move(TaskOf.APART, Party.UDI, about=("b",)) in [*moves(found, SENT)]
    gone = then(found, Happening.EVICTED, SENT + DAY, "a")
    assert tasks(gone, SENT + DAY) == {TaskOf.APART}
    assert refused(gone, Happening.CLOSED, SENT + DAY) == "everybody_out"
    for way in (Happening.ACCEPTED, Happening.MOVED_OUT):
        out = then(gone, way, SENT + DAY, "b")
        assert tasks(out, SENT + DAY) == {TaskOf.CLOSE}
        assert then(out, Happening.CLOSED, SENT + DAY)


@pytest.mark.req("REF-02")
@pytest.mark.parametrize("letter", LETTERS)
def test_who_comes_of_age_gets_none_either(letter: Happening) -> None:
    grown = Resident("b", date(2006, 3, 10), was_offered=False)
    found = petitioned(A, grown)
    assert refused(found, letter, SENT + DAY, "b") == "not_offered"
    assert TaskOf.FIRST_LETTER not in tasks(found, SENT + DAY)
    assert Course(found).covered_by_petition(SENT + DAY)
