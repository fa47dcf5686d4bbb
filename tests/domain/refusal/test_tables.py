"""Every letter, stop and notice: each kind of household over Easter, Christmas, New Year, leap day and month ends."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fotfeste.kernel.periods import Period
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import LETTERS, WAYS_OUT, Case, Happening, Resident
from tests.domain.refusal.making import ADULT, CHILD, case, refused, then, warned

DAY = timedelta(days=1)
A, B, SMALL = Resident("a", ADULT), Resident("b", ADULT), Resident("small", CHILD)
BOY = Resident("boy", date(2011, 6, 30), unaccompanied_minor=True, accompanied_by="a")


def of_age(name: str, on: date) -> Resident:
    """Somebody who is 18 from a day."""
    return Resident(name, on.replace(year=on.year - 18))


# Sent on, IMDi's last day, the last of the 14 days, the first day of the notice; each read off an almanac.
CALENDAR = [
    pytest.param(date(2024, 3, 14), date(2024, 4, 1), date(2024, 4, 2), date(2024, 4, 3), id="easter, both"),
    pytest.param(date(2024, 3, 11), date(2024, 3, 28), date(2024, 3, 25), date(2024, 4, 3), id="easter, IMDi's"),
    pytest.param(date(2024, 12, 11), date(2024, 12, 20), date(2024, 12, 27), date(2024, 12, 28), id="christmas"),
    pytest.param(date(2024, 12, 9), date(2024, 12, 26), date(2024, 12, 23), date(2024, 12, 28), id="christmas, IMDi's"),
    pytest.param(date(2024, 12, 18), date(2024, 12, 31), date(2025, 1, 2), date(2025, 1, 3), id="new year"),
    pytest.param(date(2024, 2, 15), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), id="ends on leap day"),
    pytest.param(date(2024, 2, 12), date(2024, 2, 29), date(2024, 2, 26), date(2024, 3, 1), id="leap day, IMDi's"),
    pytest.param(date(2023, 2, 15), date(2023, 2, 28), date(2023, 3, 1), date(2023, 3, 2), id="no leap day"),
    pytest.param(date(2024, 1, 17), date(2024, 1, 31), date(2024, 1, 31), date(2024, 2, 1), id="end of January"),
    pytest.param(date(2024, 8, 16), date(2024, 8, 31), date(2024, 8, 30), date(2024, 9, 3), id="a Saturday, the 31st"),
    pytest.param(date(2024, 5, 3), date(2024, 5, 16), date(2024, 5, 21), date(2024, 5, 22), id="17 May and Whitsun"),
]
HOUSEHOLDS: dict[str, Callable[[date], tuple[tuple[Resident, ...], tuple[str, ...]]]] = {
    "adult": lambda sent: ((A,), ("a",)),
    "couple": lambda sent: ((A, B), ("a", "b")),
    "couple with a child": lambda sent: ((A, B, SMALL), ("a", "b")),
    "18 on the day": lambda sent: ((A, of_age("grown", sent), SMALL), ("a", "grown")),
    "18 on the day, with nobody else": lambda sent: ((of_age("grown", sent),), ("grown",)),
    "child with an adult": lambda sent: ((A, of_age("teen", sent + 200 * DAY)), ("a",)),
    "minor with an adult": lambda sent: ((A, BOY), ("a",)),
}


def cared_for(before: Case, on: date) -> Case:
    """All is done for the boy."""
    for kind in TOLD_OF_MINORS:
        before = then(before, kind, on, "boy")
    return before


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize(("sent", "imdi", "ends", "notice"), CALENDAR)
@pytest.mark.parametrize("household", HOUSEHOLDS)
def test_who_gets_what_from_which_day(household: str, sent: date, imdi: date, ends: date, notice: date) -> None:
    residents, adults = HOUSEHOLDS[household](sent)
    begun = case(*residents, opened=sent, deadline=imdi)
    assert refused(begun, Happening.FIRST_LETTER, sent, *adults) == "imdi_message"
    first = warned(begun, sent)
    assert dict(plan(first, notice).benefit_stops) == dict.fromkeys(adults, Period(ends + DAY))
    for child in {each.id for each in residents} - set(adults):
        assert {refused(first, letter, notice, child) for letter in LETTERS} == {"child"}
    if BOY in residents:
        assert refused(first, Happening.EVICTION_NOTICE, notice, *adults) == "guardian_told"
        first = cared_for(first, sent)
    assert refused(first, Happening.EVICTION_NOTICE, notice - DAY, *adults) == "too_early"
    assert refused(first, Happening.PETITION, notice, *adults) == "eviction_notice"
    second = then(first, Happening.EVICTION_NOTICE, notice, *adults)
    third = then(second, Happening.PETITION, notice, *adults)
    for letter in LETTERS:
        assert refused(third, letter, notice, *adults) == "done"
    assert plan(third, notice).step == "petition"
    assert not {each.resident for each in plan(third, notice).letters} - set(adults)


@pytest.mark.req("REF-02", "REF-03")
@pytest.mark.parametrize(("sent", "imdi", "ends", "notice"), CALENDAR)
def test_who_is_18_the_day_after_is_a_child_of_the_letter_and_an_adult_of_the_petition(
    sent: date, imdi: date, ends: date, notice: date
) -> None:
    first = warned(case(A, of_age("late", sent + DAY), opened=sent, deadline=imdi), sent)
    assert dict(plan(first, notice).benefit_stops) == {"a": Period(ends + DAY)}
    assert refused(first, Happening.FIRST_LETTER, sent, "late") == "child"
    second = then(first, Happening.EVICTION_NOTICE, notice, "a")
    assert refused(second, Happening.EVICTION_NOTICE, notice, "late") == "first_letter"
    assert refused(second, Happening.PETITION, notice, "a") == "eviction_notice"
    both = then(second, Happening.FIRST_LETTER, notice, "late")
    own = Course(both).fortnight("late")
    assert own is not None
    assert own.after is not None
    assert own.after > notice + 14 * DAY
    assert refused(both, Happening.EVICTION_NOTICE, own.after - DAY, "late") == "too_early"
    warned_too = then(both, Happening.EVICTION_NOTICE, own.after, "late")
    assert then(warned_too, Happening.PETITION, own.after, "a", "late")


@pytest.mark.req("REF-02", "REF-05")
@pytest.mark.parametrize(("sent", "imdi", "ends", "notice"), CALENDAR)
@pytest.mark.parametrize("out", [*sorted(WAYS_OUT)])
def test_a_stop_ends_with_a_yes_or_with_the_place_and_out_says_which(
    out: Happening, sent: date, imdi: date, ends: date, notice: date
) -> None:
    first = warned(case(A, B, opened=sent, deadline=imdi), sent)
    if out in (Happening.ACCEPTED, Happening.MOVED_OUT):
        early = plan(then(first, out, ends, "b"), notice)
        assert (dict(early.benefit_stops), early.out[0][1].kind) == ({"a": Period(ends + DAY)}, out)
    third = then(then(first, Happening.EVICTION_NOTICE, notice, "a", "b"), Happening.PETITION, notice, "a", "b")
    dated = then(third, Happening.EVICTION_DAY_SET, notice, day=notice + DAY)
    late = plan(then(dated, out, notice + DAY, "b"), notice + DAY)
    assert dict(late.benefit_stops) == {"a": Period(ends + DAY), "b": Period(ends + DAY, notice + DAY)}
    assert [(name, event.kind, event.on) for name, event in late.out] == [("b", out, notice + DAY)]


@pytest.mark.req("REF-03", "REF-05")
@pytest.mark.parametrize(("sent", "imdi", "ends", "notice"), CALENDAR)
@pytest.mark.parametrize("accepts", ["before the stop", "on its first day", "after the notice"])
def test_one_of_two_accepts_and_the_other_goes_on(
    accepts: str, sent: date, imdi: date, ends: date, notice: date
) -> None:
    first = warned(case(A, B, opened=sent, deadline=imdi), sent)
    if accepts == "after the notice":
        gone = then(then(first, Happening.EVICTION_NOTICE, notice, "a", "b"), Happening.ACCEPTED, notice + DAY, "b")
        stop: dict[str, Period] = {"b": Period(ends + DAY, notice + DAY)}
    else:
        day = ends if accepts == "before the stop" else ends + DAY
        gone = then(first, Happening.ACCEPTED, day, "b")
        gone, stop = then(gone, Happening.EVICTION_NOTICE, notice, "a"), {}
    last = notice + DAY
    assert dict(plan(gone, last).benefit_stops) == {"a": Period(ends + DAY), **stop}
    assert refused(gone, Happening.PETITION, last, "b") == "accepted"
    assert plan(then(gone, Happening.PETITION, last, "a"), last).in_process == ("a",)
