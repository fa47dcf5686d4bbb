"""Whose move it is: the tasks of each party follow from the case, with the day of the gate."""

from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.moves import Move, TaskOf, moves
from fotfeste.refusal.domain.types import Case, Happening, Party, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, refused, then, warned

DAY = timedelta(1)
AFTER_BOTH = date(2024, 3, 19)  # 14 days from 4 March, and IMDi's deadline of 18 March


def open_moves(found: Case, today: date) -> dict[TaskOf, tuple[date | None, str]]:
    """The tasks there are on a day, with their days and rules."""
    return {each.task: (each.due_on, each.due_rule) for each in moves(found, today)}


@pytest.mark.req("REF-01")
def test_imdi_moves_first_and_the_first_letter_has_a_day_from_its_message() -> None:
    opened = case()
    assert open_moves(opened, OPENED) == {
        TaskOf.HOLD_ASKED: (None, ""),
        TaskOf.TALK: (None, ""),
        TaskOf.FIRST_LETTER: (None, ""),
    }
    asked = then(opened, Happening.HOLD_ASKED, OPENED)
    assert open_moves(asked, OPENED)[TaskOf.HELD] == (OPENED + 14 * DAY, "refusal.imdi_deadline")
    assert TaskOf.HOLD_ASKED in open_moves(asked, OPENED)
    told = then(asked, Happening.IMDI_MESSAGE, OPENED)
    assert TaskOf.HOLD_ASKED not in open_moves(told, OPENED)
    assert open_moves(told, OPENED)[TaskOf.FIRST_LETTER] == (OPENED, "refusal.imdi_message")
    withdrawn = then(told, Happening.WITHDRAWN, OPENED)
    assert TaskOf.HELD not in open_moves(withdrawn, OPENED)
    never_asked = then(then(opened, Happening.WITHDRAWN, OPENED), Happening.IMDI_MESSAGE, OPENED)
    assert TaskOf.HOLD_ASKED not in open_moves(never_asked, OPENED)


@pytest.mark.req("REF-03")
def test_each_letter_is_asked_for_when_the_one_before_is_sent_to_all_whom_it_is_for() -> None:
    two = warned(case(Resident("a", ADULT), Resident("b", ADULT), Resident("c", CHILD)), OPENED)
    assert open_moves(two, OPENED)[TaskOf.NOTICE] == (AFTER_BOTH, "refusal.fortnight_days")
    one = then(two, Happening.EVICTION_NOTICE, AFTER_BOTH, "a")
    assert {TaskOf.NOTICE} <= open_moves(one, AFTER_BOTH).keys()
    assert TaskOf.PETITION not in open_moves(one, AFTER_BOTH)
    both = then(one, Happening.EVICTION_NOTICE, AFTER_BOTH + DAY, "b")
    assert open_moves(both, AFTER_BOTH + DAY)[TaskOf.PETITION] == (AFTER_BOTH + DAY, "refusal.eviction_notice")
    petition = then(both, Happening.PETITION, AFTER_BOTH + DAY, "a", "b")
    assert TaskOf.EVICTION_DAY in open_moves(petition, AFTER_BOTH + DAY)
    day = date(2024, 4, 10)
    dated = then(petition, Happening.EVICTION_DAY_SET, AFTER_BOTH + DAY, day=day)
    assert Move(TaskOf.EVICTION, Party.CENTRE, day, "refusal.eviction_day") in [*moves(dated, AFTER_BOTH + DAY)]


@pytest.mark.req("REF-02")
def test_a_letter_to_who_comes_of_age_is_asked_for_90_days_ahead_and_not_before() -> None:
    born = date(2006, 7, 1)  # of age on 1 July 2024
    found = warned(case(Resident("a", ADULT), Resident("son", born)), OPENED)
    ahead = date(2024, 7, 1) - 90 * DAY
    assert TaskOf.FIRST_LETTER not in open_moves(found, ahead - DAY)
    assert open_moves(found, ahead)[TaskOf.FIRST_LETTER] == (date(2024, 7, 1), "refusal.imdi_message")


@pytest.mark.req("REF-02")
def test_guardian_and_child_welfare_are_asked_for_once_the_first_letter_is_sent() -> None:
    minor = Resident("boy", CHILD, unaccompanied_minor=True, accompanied_by="a")
    opened = case(Resident("a", ADULT), minor)
    assert TaskOf.MINORS not in open_moves(opened, OPENED)
    found = warned(opened, OPENED)
    for kind in (Happening.GUARDIAN_TOLD, Happening.CHILD_WELFARE_TOLD, Happening.MINORS_PLACE_OFFERED):
        assert open_moves(found, OPENED)[TaskOf.MINORS] == (AFTER_BOTH, "refusal.fortnight_days")
        assert open_moves(found, OPENED)[TaskOf.NOTICE] == (None, "")  # it cannot be sent, so that it is not late
        found = then(found, kind, OPENED, "boy")
    assert TaskOf.MINORS not in open_moves(found, OPENED)
    assert open_moves(found, OPENED)[TaskOf.NOTICE] == (AFTER_BOTH, "refusal.fortnight_days")


@pytest.mark.req("REF-02")
def test_of_a_child_left_behind_before_any_letter_udi_tells_child_welfare_and_nobody_else() -> None:
    opened = case(Resident("a", ADULT), Resident("daughter", CHILD))
    left = then(opened, Happening.MOVED_OUT, OPENED, "a")
    assert TaskOf.MINORS in open_moves(left, OPENED)
    for kind in (Happening.GUARDIAN_TOLD, Happening.MINORS_PLACE_OFFERED):
        assert refused(left, kind, OPENED, "daughter") == "not_alone"
    told = then(left, Happening.CHILD_WELFARE_TOLD, OPENED, "daughter")
    assert TaskOf.MINORS not in open_moves(told, OPENED)


@pytest.mark.req("REF-03")
def test_nothing_has_a_day_while_suspended_and_udi_closes_when_nobody_is_left() -> None:
    found = then(warned(case(), OPENED), Happening.SUSPENDED, OPENED + DAY)
    assert open_moves(found, OPENED + DAY)[TaskOf.NOTICE] == (None, "")
    out = then(found, Happening.MOVED_OUT, OPENED + DAY, "a")
    assert open_moves(out, OPENED + DAY) == {TaskOf.CLOSE: (None, "")}
    assert open_moves(then(out, Happening.CLOSED, OPENED + DAY), OPENED + DAY) == {}
