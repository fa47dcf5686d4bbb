"""Residents hear of days that are others than a letter said: each adult of their own, and no child."""

from datetime import date, timedelta

import pytest

from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import Move, TaskOf, moves
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.told_days import changed_days
from fotfeste.refusal.domain.types import Case, Happening, Party, Resident
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
    asked = then(then(case(), Happening.IMDI_MESSAGE, OPENED), Happening.SUSPENDED, OPENED)
    assert changed(asked, "a") == {}  # no letter has named a day


@pytest.mark.req("REF-02")
def test_an_extension_of_the_14_days_is_told_to_whom_it_is_for() -> None:
    longer = then(household(), Happening.FORTNIGHT_EXTENDED, LATER, "a", day=DUE + 7 * DAY)
    assert changed(longer, "a") == {"fortnight": (DUE, DUE + 7 * DAY), "benefit_stop": (DUE + DAY, DUE + 8 * DAY)}
    assert changed(longer, "b") == {}
    assert Move(TaskOf.DAYS, Party.CENTRE, LATER, "refusal.days") in [*moves(longer, LATER)]
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
    assert changed(still, "a") == gone
    told = then(still, Happening.DAYS_TOLD, LATER, "a")
    on = then(told, Happening.RESUMED, LATER + 2 * DAY)
    days = plan(on, LATER + 2 * DAY)
    ends = dict(days.fortnights)["a"].runs_out_on
    assert ends == DUE + 2 * DAY
    assert changed(on, "a") == {
        "imdi_deadline": (None, DUE + 2 * DAY),
        "fortnight": (None, ends),
        "benefit_stop": (None, DUE + 3 * DAY),
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
