"""What the enforcement officer is told of a petition: once for each time that it is not as the officer thinks."""

from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import Move, TaskOf, moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import Case, Event, Happening, Party, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, refused, then, warned

DAY = timedelta(1)
SENT = date(2024, 3, 19)
LATER = SENT + 7 * DAY
OFF, STILL, ON = Happening.PETITION_RECALLED, Happening.PETITION_PAUSED, Happening.PETITION_UPHELD


def petitioned(*residents: Resident) -> Case:
    """A petition about every adult, on 19 March."""
    found = warned(case(*(residents or (Resident("a", ADULT), Resident("b", ADULT)))), OPENED)
    adults = [each.id for each in Course(found).adults(SENT)]
    return then(then(found, Happening.EVICTION_NOTICE, SENT, *adults), Happening.PETITION, SENT, *adults)


def untold(found: Case, day: date = LATER) -> dict[str, Happening]:
    """What the officer is to be told on the day, by resident."""
    course = Course(found)
    told = {each.id: course.untold_officer(each.id, day) for each in found.residents}
    return {name: kind for name, kind in told.items() if kind}


def tasks(found: Case, day: date) -> set[TaskOf]:
    """Whose moves there are."""
    return {each.task for each in moves(found, day)}


@pytest.mark.req("REF-03", "REF-05")
@pytest.mark.parametrize("out", [Happening.ACCEPTED, Happening.MOVED_OUT, Happening.DECEASED, Happening.TAKEN_OUT])
def test_who_is_out_after_the_petition_is_told_of_once_and_the_others_go_on(out: Happening) -> None:
    found = then(petitioned(), out, LATER, "a")
    assert untold(found) == {"a": OFF}
    assert Move(TaskOf.OFFICER, Party.UDI, LATER, "refusal.petition") in [*moves(found, LATER)]
    assert refused(found, OFF, LATER, "b") == "officer_knows"
    told = then(found, OFF, LATER, "a")
    assert untold(told) == {}
    assert TaskOf.OFFICER not in tasks(told, LATER)
    assert refused(told, OFF, LATER, "a") == "officer_knows"
    day = then(told, Happening.EVICTION_DAY_SET, LATER, day=LATER + DAY)
    assert then(day, Happening.EVICTED, LATER + DAY, "b")


@pytest.mark.req("REF-03")
@pytest.mark.parametrize("out", [Happening.ACCEPTED, Happening.MOVED_OUT])
def test_a_case_is_not_closed_before_the_officer_knows_that_the_petition_is_off(out: Happening) -> None:
    found = then(petitioned(), out, LATER, "a", "b")
    assert tasks(found, LATER) == {TaskOf.OFFICER}
    assert refused(found, Happening.CLOSED, LATER) == "petition_recalled"
    told = then(found, OFF, LATER, "a", "b")
    assert tasks(told, LATER) == {TaskOf.CLOSE}
    assert tasks(then(told, Happening.CLOSED, LATER), LATER) == set()


@pytest.mark.req("REF-03")
def test_who_was_evicted_or_never_named_in_a_petition_needs_no_word() -> None:
    day = then(petitioned(), Happening.EVICTION_DAY_SET, SENT, day=LATER)
    assert untold(then(day, Happening.EVICTED, LATER, "a", "b")) == {}
    child = then(petitioned(Resident("a", ADULT), Resident("c", CHILD)), Happening.ACCEPTED, LATER, "a", "c")
    assert untold(child) == {"a": OFF}
    warned_only = then(warned(case(), OPENED), Happening.MOVED_OUT, SENT, "a")
    assert untold(warned_only) == {}
    assert refused(warned_only, OFF, SENT, "a") == "officer_knows"


@pytest.mark.req("REF-03")
def test_who_was_out_and_is_taken_out_of_the_household_is_told_of_once_and_taken_out_once() -> None:
    out = then(then(petitioned(), Happening.ACCEPTED, LATER, "a"), Happening.TAKEN_OUT, LATER, "a")
    assert untold(out) == {"a": OFF}
    assert refused(out, Happening.TAKEN_OUT, LATER, "a") == "done"
    assert refused(warned(case(), OPENED), Happening.TAKEN_OUT, SENT, "a") == "not_in_petition"
    assert untold(then(out, OFF, LATER, "a")) == {}
    assert untold(then(then(petitioned(), Happening.TAKEN_OUT, LATER, "a"), OFF, LATER, "a")) == {}


@pytest.mark.req("REF-03")
def test_a_suspension_is_told_and_its_end_too_and_the_day_is_set_anew() -> None:
    dated = then(petitioned(), Happening.EVICTION_DAY_SET, SENT, day=LATER + 9 * DAY)
    still = then(dated, Happening.SUSPENDED, LATER)
    assert untold(still) == {"a": STILL, "b": STILL}
    assert untold(then(still, Happening.RESUMED, LATER + DAY)) == {}  # the officer never heard of it
    told = then(still, STILL, LATER, "a", "b")
    assert untold(told) == {}
    on = then(told, Happening.RESUMED, LATER + DAY)
    assert untold(on) == {"a": ON, "b": ON}
    assert TaskOf.EVICTION_DAY not in tasks(on, LATER + DAY)
    assert refused(on, Happening.EVICTION_DAY_SET, LATER + DAY, day=LATER + 9 * DAY) == "petition_upheld"
    assert refused(on, Happening.EVICTED, LATER + 9 * DAY, "a") == "petition_upheld"
    upheld = then(on, ON, LATER + DAY, "a", "b")
    assert refused(upheld, Happening.EVICTED, LATER + 9 * DAY, "a") == "eviction_day_set"
    assert TaskOf.EVICTION_DAY in tasks(upheld, LATER + DAY)
    again = then(upheld, Happening.EVICTION_DAY_SET, LATER + DAY, day=LATER + 20 * DAY)
    assert Move(TaskOf.EVICTION, Party.CENTRE, LATER + 20 * DAY, "refusal.eviction_day") in [*moves(again, LATER + DAY)]


@pytest.mark.req("REF-03", "REF-05")
def test_that_the_municipality_has_let_go_is_told_and_stops_nothing() -> None:
    dated = then(petitioned(), Happening.EVICTION_DAY_SET, SENT, day=LATER)
    found = then(dated, Happening.WITHDRAWN, SENT)
    assert untold(found) == {"a": ON, "b": ON}
    assert then(found, Happening.EVICTED, LATER, "a", "b")
    assert untold(then(found, ON, SENT, "a", "b")) == {}
    before = then(warned(case(), OPENED), Happening.WITHDRAWN, OPENED)
    sent = then(then(before, Happening.EVICTION_NOTICE, SENT, "a"), Happening.PETITION, SENT, "a")
    assert untold(sent) == {}  # the petition said so


@pytest.mark.req("REF-03")
def test_after_the_end_the_officer_is_told_and_nothing_else() -> None:
    found = petitioned()
    over = Case(found.residents, found.offer, (*found.events, Event(Happening.CLOSED, LATER)))  # gave way to another
    assert untold(over) == {"a": OFF, "b": OFF}
    assert tasks(over, LATER) == {TaskOf.OFFICER}
    assert tasks(then(over, OFF, LATER, "a", "b"), LATER) == set()
    assert refused(over, ON, LATER, "a") == "closed"


@pytest.mark.req("REF-02", "REF-03")
def test_a_petition_about_somebody_who_turns_out_to_be_a_child_is_off() -> None:
    found = petitioned()
    young = Case((Resident("a", CHILD), found.residents[1]), found.offer, found.events)
    assert untold(young) == {"a": OFF}


@pytest.mark.req("REF-03")
def test_who_is_back_after_the_officer_heard_that_they_left_is_told_of_and_the_day_is_not_theirs() -> None:
    dated = then(petitioned(), Happening.EVICTION_DAY_SET, SENT, day=LATER + DAY)
    gone = then(then(dated, Happening.MOVED_OUT, LATER, "a"), OFF, LATER, "a")
    back = Case(gone.residents, gone.offer, tuple(each for each in gone.events if each.kind != Happening.MOVED_OUT))
    assert untold(back) == {"a": ON}
    assert refused(back, Happening.EVICTED, LATER + DAY, "a") == "petition_upheld"
    assert then(back, Happening.EVICTED, LATER + DAY, "b")


@pytest.mark.req("REF-03")
def test_the_plan_says_who_is_told_of_whom_and_that_it_can_be_done_now() -> None:
    found = then(petitioned(), Happening.MOVED_OUT, LATER, "a")
    told = [each for each in plan(found, LATER).tell if each.who is Party.ENFORCEMENT_OFFICER]
    assert [(each.by, each.about, each.before, each.told_on) for each in told] == [
        (Party.UDI, ("a",), Happening.CLOSED, None)
    ]
    now = {each.act: each.residents for each in plan(found, LATER).now}
    assert now[OFF] == ("a",)
    assert not {STILL, ON} & now.keys()
    assert not {OFF, STILL, ON} & {each.act for each in plan(petitioned(), SENT).later}


@pytest.mark.req("REF-03")
def test_no_child_is_evicted_without_an_adult_nor_left_by_the_last() -> None:
    family = (Resident("a", ADULT), Resident("b", ADULT), Resident("c", CHILD), Resident("boy", CHILD))
    dated = then(petitioned(*family), Happening.EVICTION_DAY_SET, SENT, day=LATER)
    assert refused(dated, Happening.EVICTED, LATER, "c") == "child_evicted_alone"
    assert refused(dated, Happening.EVICTED, LATER, "a", "b", "c") == "eviction_leaves_children"
    one = then(dated, Happening.EVICTED, LATER, "a", "c")
    assert refused(one, Happening.EVICTED, LATER, "b") == "eviction_leaves_children"
    assert then(one, Happening.EVICTED, LATER, "b", "boy")


@pytest.mark.req("REF-03")
def test_children_whose_adults_have_left_are_not_evicted() -> None:
    dated = then(petitioned(Resident("a", ADULT), Resident("c", CHILD)), Happening.EVICTION_DAY_SET, SENT, day=LATER)
    left = then(dated, Happening.MOVED_OUT, SENT, "a")
    assert refused(left, Happening.EVICTED, LATER, "c") == "child_evicted_alone"
    assert then(left, Happening.MOVED_OUT, LATER, "c")


GROWN_ON = SENT + 12 * DAY
GROWS = Resident("c", date(2006, 3, 31))


def grown_after_the_day_was_set() -> tuple[Case, date]:
    """The officer's day for two parents is in May; their child comes of age in March, and has had all letters since."""
    found = then(
        petitioned(Resident("a", ADULT), Resident("b", ADULT), GROWS),
        Happening.EVICTION_DAY_SET,
        SENT,
        day=SENT + 40 * DAY,
    )
    assert untold(found, GROWN_ON - DAY) == {}
    return found, SENT + 40 * DAY


@pytest.mark.req("REF-03")
def test_the_petition_stands_still_while_somebody_who_came_of_age_is_in_none() -> None:
    found, day = grown_after_the_day_was_set()
    assert untold(found, GROWN_ON) == {"a": STILL, "b": STILL}
    assert Move(TaskOf.OFFICER, Party.UDI, GROWN_ON, "refusal.petition") in [*moves(found, GROWN_ON)]
    assert not {TaskOf.EVICTION, TaskOf.EVICTION_DAY} & tasks(found, GROWN_ON)
    told = then(found, STILL, GROWN_ON, "a", "b")
    assert untold(told, GROWN_ON) == {}
    assert refused(told, Happening.EVICTION_DAY_SET, GROWN_ON, day=day) == "petition"
    on = then(then(told, Happening.FIRST_LETTER, GROWN_ON, "c"), Happening.EVICTION_NOTICE, day, "c")
    on = then(on, Happening.PETITION, day, "c")
    assert untold(on, day) == {"a": ON, "b": ON}
    assert Move(TaskOf.OFFICER, Party.UDI, day, "refusal.petition") in [*moves(on, day)]
    upheld = then(on, ON, day, "a", "b")
    assert refused(upheld, Happening.EVICTED, day, "a", "b", "c") == "eviction_day_set"
    assert TaskOf.EVICTION_DAY in tasks(upheld, day)


@pytest.mark.req("REF-03")
def test_no_day_is_set_before_the_officer_has_heard_of_everybody_that_it_goes_on() -> None:
    """A mother whose petition waited for her son knows that a day that was set before is none."""
    found, day = grown_after_the_day_was_set()
    told = then(then(found, STILL, GROWN_ON, "a", "b"), Happening.FIRST_LETTER, GROWN_ON, "c")
    on = then(then(told, Happening.EVICTION_NOTICE, day, "c"), Happening.PETITION, day, "c")
    one = then(on, ON, day, "b")
    for before in (on, one):
        assert refused(before, Happening.EVICTION_DAY_SET, day, day=day + DAY) == "petition_upheld"
        assert TaskOf.EVICTION_DAY not in tasks(before, day)
    stored = Case(on.residents, on.offer, (*on.events, Event(Happening.EVICTION_DAY_SET, day, (), day + DAY)))
    upheld = then(stored, ON, day, "a", "b")
    assert [Course(upheld).eviction_day(each) is None for each in "abc"] == [True, True, False]
    assert refused(upheld, Happening.EVICTED, day + DAY, "a", "c") == "eviction_day_set"
    assert TaskOf.EVICTION_DAY in tasks(upheld, day + DAY)
    anew = then(upheld, Happening.EVICTION_DAY_SET, day + DAY, day=day + 9 * DAY)
    assert then(anew, Happening.EVICTED, day + 9 * DAY, "a", "b", "c")


@pytest.mark.req("REF-03")
def test_a_day_that_was_set_before_somebodys_petition_is_not_theirs() -> None:
    found, day = grown_after_the_day_was_set()
    on = then(then(found, Happening.FIRST_LETTER, GROWN_ON, "c"), Happening.EVICTION_NOTICE, day, "c")
    on = then(on, Happening.PETITION, day, "c")  # the officer was never told to wait
    assert untold(on, day) == {}
    assert refused(on, Happening.EVICTED, day, "a", "b", "c") == "eviction_day_set"
    assert TaskOf.EVICTION_DAY in tasks(on, day)
    again = then(on, Happening.EVICTION_DAY_SET, day, day=day + DAY)
    assert then(again, Happening.EVICTED, day + DAY, "a", "b", "c")


@pytest.mark.req("REF-03")
def test_no_day_is_asked_for_while_the_case_is_suspended() -> None:
    assert TaskOf.EVICTION_DAY not in tasks(then(petitioned(), Happening.SUSPENDED, LATER), LATER)


@pytest.mark.req("REF-03")
def test_where_they_live_is_told_anew_when_they_have_moved_and_stops_nothing() -> None:
    moved = then(petitioned(), Happening.MOVED_CENTRE, LATER, "a")
    assert untold(moved) == {"a": ON}
    assert Move(TaskOf.OFFICER, Party.UDI, LATER, "refusal.petition") in [*moves(moved, LATER)]
    assert TaskOf.EVICTION_DAY in tasks(moved, LATER)
    assert untold(then(moved, ON, LATER, "a")) == {}
    still = then(then(petitioned(), Happening.SUSPENDED, LATER), STILL, LATER, "a", "b")
    assert untold(then(still, Happening.MOVED_CENTRE, LATER, "a")) == {"a": STILL}
    off = then(then(petitioned(), Happening.ACCEPTED, LATER, "a"), OFF, LATER, "a")
    assert refused(off, Happening.MOVED_CENTRE, LATER, "a") == "accepted"
    unnamed = warned(case(), OPENED)
    assert refused(unnamed, Happening.MOVED_CENTRE, OPENED, "a") == "not_in_petition"
