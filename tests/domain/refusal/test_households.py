"""Who gets letters, whose benefit stops and what comes first, for every kind of household."""

from datetime import date

import pytest

from fotfeste.kernel.periods import Period
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import Case, Happening, Party, Resident
from tests.domain.refusal.making import ADULT, CHILD, OPENED, case, refused, then, warned

SENT, NOTICED = date(2024, 3, 4), date(2024, 3, 19)
A, B = Resident("a", ADULT), Resident("b", ADULT)
TEEN, SMALL = Resident("teen", date(2006, 3, 20)), Resident("small", CHILD)
BOY = Resident("boy", date(2009, 6, 30), unaccompanied_minor=True, accompanied_by="a")


@pytest.mark.req("REF-02")
@pytest.mark.parametrize(
    ("household", "adults"),
    [
        ((A,), ("a",)),
        ((A, B), ("a", "b")),
        ((A, B, SMALL), ("a", "b")),
        ((A, TEEN, SMALL), ("a",)),  # 17 on every day of it
        ((A, BOY), ("a",)),
        ((Resident("new", date(2006, 3, 4)), SMALL), ("new",)),  # 18 on the day
    ],
)
def test_letters_and_stops_are_for_adults_alone(household: tuple[Resident, ...], adults: tuple[str, ...]) -> None:
    sent = warned(case(*household), SENT)
    answer = plan(sent, NOTICED)
    assert {each.resident for each in answer.letters} == set(adults)
    assert dict(answer.benefit_stops) == dict.fromkeys(adults, Period(NOTICED))
    for each in household:
        if each.id not in adults:
            assert refused(sent, Happening.FIRST_LETTER, NOTICED, each.id) == "child"


@pytest.mark.req("REF-02")
def test_a_minor_alone_is_told_of_and_offered_a_place_before_any_step_towards_an_eviction() -> None:
    told = warned(case(A, BOY), SENT)
    for kind in (Happening.GUARDIAN_TOLD, Happening.CHILD_WELFARE_TOLD, Happening.MINORS_PLACE_OFFERED):
        assert refused(told, Happening.EVICTION_NOTICE, NOTICED, "a") == kind
        told = then(told, kind, NOTICED, "boy")
        assert refused(told, kind, NOTICED, "boy") == "done"
    noticed = then(told, Happening.EVICTION_NOTICE, NOTICED, "a")
    petition = then(noticed, Happening.PETITION, NOTICED, "a")
    dated = then(petition, Happening.EVICTION_DAY_SET, NOTICED, day=date(2024, 4, 10))
    assert refused(dated, Happening.EVICTED, date(2024, 4, 10), "a", "boy") == "place_for_minors"
    assert then(dated, Happening.EVICTED, date(2024, 4, 10), "a")


@pytest.mark.req("REF-02")
def test_a_minor_who_moves_to_the_place_or_comes_of_age_is_waited_for_no_longer() -> None:
    moved = then(warned(case(A, BOY), SENT), Happening.MOVED_OUT, date(2024, 3, 10), "boy")
    assert then(moved, Happening.EVICTION_NOTICE, NOTICED, "a")
    grown = Resident("boy", date(2006, 3, 15), unaccompanied_minor=True, accompanied_by="a")
    assert then(warned(case(A, grown), SENT), Happening.EVICTION_NOTICE, NOTICED, "a")


@pytest.mark.req("REF-05")
def test_whoever_accepts_is_out_of_it_and_the_rest_goes_on() -> None:
    """The benefit is theirs again from that day, or was never stopped."""
    noticed = then(warned(case(A, B, SMALL), SENT), Happening.EVICTION_NOTICE, NOTICED, "a", "b")
    part = then(noticed, Happening.ACCEPTED, date(2024, 3, 25), "a", "small")
    answer = plan(part, date(2024, 3, 25))
    assert answer.in_process == ("b",)
    assert dict(answer.benefit_stops) == {"a": Period(NOTICED, date(2024, 3, 25)), "b": Period(NOTICED)}
    assert answer.offer_stands
    assert then(part, Happening.PETITION, date(2024, 3, 25), "b")
    early = then(warned(case(A), SENT), Happening.ACCEPTED, NOTICED, "a")
    assert Course(early).benefit_stop("a") is None  # on the first day of it: not a day without


@pytest.mark.req("REF-05")
def test_accepting_after_the_municipality_has_withdrawn_leads_back_to_the_queue() -> None:
    withdrawn = then(warned(case(A), SENT), Happening.WITHDRAWN, date(2024, 3, 8))
    assert not plan(withdrawn, date(2024, 3, 8)).offer_stands
    assert then(withdrawn, Happening.ACCEPTED, date(2024, 3, 9), "a")


@pytest.mark.req("REF-05")
def test_a_child_does_not_accept_for_the_household() -> None:
    begun = case(A, SMALL)
    assert refused(begun, Happening.ACCEPTED, OPENED, "small") == "child_accepts_alone"
    nephew = Resident("nephew", SMALL.birth_date, unaccompanied_minor=True, accompanied_by="a")
    both = case(A, SMALL, nephew)
    assert then(both, Happening.ACCEPTED, OPENED, "nephew")
    assert refused(both, Happening.ACCEPTED, OPENED, "small", "nephew") == "child_accepts_alone"
    assert then(begun, Happening.ACCEPTED, OPENED, "a", "small")
    assert then(case(A, BOY), Happening.ACCEPTED, OPENED, "boy")  # who came alone is settled by themselves


@pytest.mark.req("REF-03")
def test_nobody_is_forgotten_before_the_case_is_closed() -> None:
    gone = then(case(A, SMALL), Happening.MOVED_OUT, date(2024, 3, 6), "a")
    assert refused(gone, Happening.CLOSED, date(2024, 3, 6)) == "everybody_out"
    told = plan(gone, date(2024, 3, 6)).tell
    assert [(each.who, each.about) for each in told if each.who is Party.CHILD_WELFARE] == [
        (Party.CHILD_WELFARE, ("small",))
    ]
    assert then(gone, Happening.CHILD_WELFARE_TOLD, date(2024, 3, 6), "small")
    assert refused(case(A, SMALL), Happening.CHILD_WELFARE_TOLD, date(2024, 3, 6), "small") == "not_alone"
    closed = then(then(gone, Happening.MOVED_OUT, date(2024, 3, 6), "small"), Happening.CLOSED, date(2024, 3, 7))
    assert plan(closed, date(2024, 3, 7)).step == "closed"
    assert not plan(closed, date(2024, 3, 7)).now
    assert refused(closed, Happening.TALK, date(2024, 3, 7), "a") == "closed"


@pytest.mark.req("REF-01")
def test_a_case_opens_with_whose_move_it_is() -> None:
    """The centre tells, IMDi asks the municipality and sets a deadline; UDI's letter waits for IMDi's message."""
    opened = case(A)
    answer = plan(opened, OPENED)
    assert answer.step == "opened"
    by = {act.act: act.by for act in answer.now}
    assert by[Happening.REPORTED] is Party.CENTRE
    assert by[Happening.HOLD_ASKED] is by[Happening.IMDI_MESSAGE] is Party.IMDI
    assert Happening.FIRST_LETTER not in by
    without = Case(opened.residents, opened.offer.__class__(OPENED), ())
    assert refused(without, Happening.IMDI_MESSAGE, OPENED) == "imdi_deadline"


@pytest.mark.req("REF-03")
def test_the_officers_latest_day_counts_and_nobody_is_evicted_who_was_not_named() -> None:
    grown = Resident("grown", date(2006, 3, 25))
    noticed = then(warned(case(A, grown), SENT), Happening.EVICTION_NOTICE, NOTICED, "a")
    dated = then(then(noticed, Happening.PETITION, NOTICED, "a"), Happening.EVICTION_DAY_SET, NOTICED, day=NOTICED)
    moved = then(dated, Happening.EVICTION_DAY_SET, NOTICED, day=date(2024, 3, 24))
    assert refused(moved, Happening.EVICTED, NOTICED, "a", "grown") == "too_early"
    assert then(moved, Happening.EVICTED, date(2024, 3, 24), "a", "grown")  # still a child of the household
    assert refused(moved, Happening.EVICTED, date(2024, 3, 25), "a", "grown") == "petition"


@pytest.mark.req("REF-03")
def test_a_petition_is_foreseen_for_the_day_of_the_last_notice() -> None:
    told = then(case(A, B), Happening.IMDI_MESSAGE, SENT)
    first = then(told, Happening.FIRST_LETTER, SENT, "a")
    both = then(first, Happening.FIRST_LETTER, date(2024, 3, 6), "b")
    petitions = [each for each in plan(both, date(2024, 3, 6)).letters if each.letter is Happening.PETITION]
    assert [(each.resident, each.waiting and each.waiting.opens_on) for each in petitions] == [
        ("a", date(2024, 3, 21)),
        ("b", date(2024, 3, 21)),
    ]
