"""Residents hear of days that are others than a letter said: each adult of their own, and no child."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import Move, TaskOf, moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.told_days import changed_days
from fotfeste.refusal.domain.types import Case, Event, Happening, Party, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, refused, then, warned

DAY = timedelta(1)
DUE = date(2024, 3, 18)  # both 14 days from 4 March and IMDi's deadline
LATER = OPENED + 3 * DAY


def household() -> Case:
    """Two adults and a child, with the first letter on 4 March."""
    return warned(case(Resident("a", ADULT), Resident("b", ADULT), Resident("c", CHILD)), OPENED)


def changed(found: Case, name: str) -> dict[str, tuple[date | None, date | None]]:
    """What they are to be told, as it was told and as it is."""
    return dict(changed_days(Course(found), name))


@pytest.mark.req("REF-02")
def test_nothing_is_told_where_nothing_is_changed() -> None:
    found = household()
    assert all(changed(found, name) == {} for name in "abc")
    assert refused(found, Happening.DAYS_TOLD, LATER, "a") == "days_are_told"
    reported = then(then(case(), Happening.REPORTED, OPENED), Happening.SUSPENDED, OPENED)
    assert changed(reported, "a") == {}  # no letter has named a day


@pytest.mark.req("REF-02")
def test_an_extension_of_the_14_days_is_told_to_whom_it_is_for() -> None:
    longer = then(household(), Happening.FORTNIGHT_EXTENDED, LATER, "a", day=DUE + 7 * DAY)
    assert changed(longer, "a") == {"fortnight": (DUE, DUE + 7 * DAY), "benefit_stop": (DUE + DAY, DUE + 8 * DAY)}
    assert changed(longer, "b") == {}
    assert Move(TaskOf.DAYS, Party.CENTRE, LATER, "refusal.days", ("a",)) in [*moves(longer, LATER)]
    told = then(longer, Happening.DAYS_TOLD, LATER, "a")
    assert changed(told, "a") == {}
    assert refused(told, Happening.DAYS_TOLD, LATER, "a") == "days_are_told"


@pytest.mark.req("REF-02")
def test_an_extension_of_imdis_deadline_is_told_to_every_adult_and_no_child() -> None:
    longer = then(household(), Happening.IMDI_DEADLINE_EXTENDED, LATER, day=DUE + 3 * DAY)
    assert changed(longer, "a") == changed(longer, "b") == {"imdi_deadline": (DUE, DUE + 3 * DAY)}
    assert changed(longer, "c") == {}
    assert refused(longer, Happening.DAYS_TOLD, LATER, "c") == "child"
    now = {act.act: act for act in plan(longer, LATER).now}
    assert now[Happening.DAYS_TOLD].residents == ("a", "b")
    assert now[Happening.DAYS_TOLD].by is Party.CENTRE


@pytest.mark.req("REF-02")
def test_a_suspension_is_told_in_it_and_its_end_after_it() -> None:
    still = then(household(), Happening.SUSPENDED, LATER)
    gone = {"imdi_deadline": (DUE, None), "fortnight": (DUE, None), "benefit_stop": (DUE + DAY, None)}
    assert changed(still, "a") == gone | {"suspended_from": (None, LATER)}
    told = then(still, Happening.DAYS_TOLD, LATER, "a")
    on = then(told, Happening.RESUMED, LATER + 2 * DAY)
    days = plan(on, LATER + 2 * DAY)
    ends = dict(days.fortnights)["a"].runs_out_on
    assert ends == DUE + 2 * DAY
    assert changed(on, "a") == {
        "imdi_deadline": (None, DUE + 2 * DAY),
        "fortnight": (None, ends),
        "benefit_stop": (None, DUE + 3 * DAY),
        "suspended_from": (LATER, None),
    }
    assert changed(on, "b")["fortnight"] == (DUE, ends)
    assert ("b", "fortnight", DUE, ends) in days.days_changed


@pytest.mark.req("REF-02")
def test_a_suspension_that_ends_the_day_it_began_changes_nothing() -> None:
    found = then(then(household(), Happening.SUSPENDED, LATER), Happening.RESUMED, LATER)
    assert changed(found, "a") == {}


@pytest.mark.req("REF-02", "REF-03")
def test_a_later_letter_tells_of_the_days_too_and_who_is_out_needs_none() -> None:
    longer = then(household(), Happening.IMDI_DEADLINE_EXTENDED, LATER, day=DUE + 3 * DAY)
    noticed = then(longer, Happening.EVICTION_NOTICE, DUE + 4 * DAY, "a")
    assert changed(noticed, "a") == {}
    assert changed(noticed, "b")
    out = then(noticed, Happening.ACCEPTED, DUE + 4 * DAY, "b", "c")
    assert changed(out, "b") == {}


def noticed(found: Case) -> Case:
    """All days are over, and both adults have the notice of eviction."""
    return then(found, Happening.EVICTION_NOTICE, DUE + DAY, "a", "b")


def petitioned(found: Case) -> Case:
    """And a petition about both has been sent."""
    return then(noticed(found), Happening.PETITION, DUE + DAY, "a", "b")


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize("until_then", [noticed, petitioned, lambda found: found])
def test_who_has_no_days_left_hears_that_it_stands_still_and_that_it_goes_on(
    until_then: Callable[[Case], Case],
) -> None:
    since = DUE + 4 * DAY
    still = then(until_then(household()), Happening.SUSPENDED, since)
    assert changed(still, "a") == changed(still, "b") == {"suspended_from": (None, since)}
    assert changed(still, "c") == {}
    assert Move(TaskOf.DAYS, Party.CENTRE, since, "refusal.days", ("a", "b")) in [*moves(still, since)]
    told = then(still, Happening.DAYS_TOLD, since, "a")
    assert changed(told, "a") == {}  # once for each suspension
    assert refused(told, Happening.DAYS_TOLD, since + DAY, "a") == "days_are_told"
    on = then(told, Happening.RESUMED, since + 2 * DAY)
    assert changed(on, "a") == {"suspended_from": (since, None)}
    assert changed(on, "b") == {}  # never heard of it
    over = then(on, Happening.DAYS_TOLD, since + 2 * DAY, "a")
    assert changed(over, "a") == {}
    assert TaskOf.DAYS not in {each.task for each in moves(over, since + 2 * DAY)}
    again = then(over, Happening.SUSPENDED, since + 3 * DAY)
    assert changed(again, "a") == changed(again, "b") == {"suspended_from": (None, since + 3 * DAY)}


@pytest.mark.req("REF-02", "REF-03")
def test_a_day_of_the_benefit_that_was_named_stands_still_with_the_case() -> None:
    found = then(case(), Happening.IMDI_MESSAGE, OPENED)
    found = then(found, Happening.FIRST_LETTER, OPENED, "a", day=DUE + 20 * DAY)
    still = then(then(found, Happening.EVICTION_NOTICE, DUE + DAY, "a"), Happening.SUSPENDED, DUE + 2 * DAY)
    assert changed(still, "a") == {
        "benefit_stop": (DUE + 20 * DAY, None),
        "suspended_from": (None, DUE + 2 * DAY),
    }


@pytest.mark.req("REF-02")
def test_who_was_a_child_when_the_letter_was_sent_hears_of_no_days_whatever_they_were_told_since() -> None:
    longer = then(household(), Happening.IMDI_DEADLINE_EXTENDED, LATER, day=DUE + 3 * DAY)
    told = then(longer, Happening.DAYS_TOLD, LATER, "a")
    still = then(told, Happening.SUSPENDED, LATER + DAY)
    young = Resident("a", date(2006, 3, 6))  # of age between the letter and that they were told
    assert changed(still, "a")
    assert changed(Case((young, *still.residents[1:]), still.offer, still.events), "a") == {}


@pytest.mark.req("REF-02", "REF-03")
def test_who_is_out_or_comes_of_age_without_a_letter_hears_nothing_of_a_suspension_nor_anybody_after_the_end() -> None:
    grows = Resident("c", date(2006, 3, 25))
    found = petitioned(warned(case(Resident("a", ADULT), Resident("b", ADULT), grows), OPENED))
    still = then(found, Happening.SUSPENDED, DUE + 2 * DAY)
    assert changed(still, "c") == {}
    grown = date(2024, 3, 26)
    assert refused(still, Happening.DAYS_TOLD, grown, "c") == "days_are_told"
    out = then(still, Happening.ACCEPTED, grown, "a")
    assert changed(out, "a") == {}
    assert changed(out, "b")
    over = Case(out.residents, out.offer, (*out.events, Event(Happening.CLOSED, grown)))  # gave way to another
    assert changed(over, "b") == {}
    assert refused(over, Happening.DAYS_TOLD, grown, "b") == "closed"


@pytest.mark.req("REF-04", "REF-05")
def test_that_no_place_is_held_any_more_is_told_once_to_whom_a_letter_said_that_it_was() -> None:
    gone = then(household(), Happening.WITHDRAWN, LATER)
    assert changed(gone, "a") == changed(gone, "b") == {"offer_withdrawn": (None, LATER)}
    assert changed(gone, "c") == {}
    assert Move(TaskOf.DAYS, Party.CENTRE, LATER, "refusal.days", ("a", "b")) in [*moves(gone, LATER)]
    told = then(gone, Happening.DAYS_TOLD, LATER, "a")
    assert changed(told, "a") == {}
    noticed_of_it = then(told, Happening.EVICTION_NOTICE, DUE + DAY, "a", "b")  # says itself that it is withdrawn
    assert changed(noticed_of_it, "b") == {}
    without = then(case(Resident("a", ADULT)), Happening.WITHDRAWN, OPENED)
    assert changed(warned(without, LATER), "a") == {}
