"""The days of a refusal: letters, the 14 days, the stop and the notice over Easter, Christmas, leap day, month ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.calendar import is_working_day
from fotfeste.kernel.periods import Period
from fotfeste.refusal.domain.clock import last_day
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import LETTERS, Happening, Resident
from tests.domain.refusal.making import ADULT, case, refused, then, warned

A, B = Resident("a", ADULT), Resident("b", ADULT)
APRIL = date(2024, 4, 5)
DAYS = st.dates(date(2022, 1, 1), date(2040, 12, 31))


@pytest.mark.req("REF-02")
@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        (date(2024, 3, 4), date(2024, 3, 18)),  # a Monday to a Monday
        (date(2024, 3, 14), date(2024, 4, 2)),  # Maundy Thursday: after Easter Monday
        (date(2024, 3, 15), date(2024, 4, 2)),  # Good Friday
        (date(2024, 3, 18), date(2024, 4, 2)),  # Easter Monday
        (date(2024, 3, 19), date(2024, 4, 2)),  # the Tuesday itself
        (date(2024, 12, 11), date(2024, 12, 27)),  # Christmas Day, a Wednesday
        (date(2024, 12, 10), date(2024, 12, 24)),  # Christmas Eve is a working day
        (date(2024, 12, 18), date(2025, 1, 2)),  # New Year's Day
        (date(2024, 2, 15), date(2024, 2, 29)),  # leap day
        (date(2023, 2, 15), date(2023, 3, 1)),  # no leap day
        (date(2024, 1, 17), date(2024, 1, 31)),  # the end of a month
        (date(2024, 4, 17), date(2024, 5, 2)),  # 1 May
        (date(2024, 5, 3), date(2024, 5, 21)),  # 17 May, then Whitsun
        (date(2024, 4, 25), date(2024, 5, 10)),  # Ascension Day, then a Friday
        (date(2024, 3, 9), date(2024, 3, 25)),  # sent on a Saturday, ends on one
    ],
)
def test_the_fourteen_days_end_on_the_next_working_day(sent: date, ends: date) -> None:
    course = Course(warned(case(opened=sent, deadline=sent), sent))
    fortnight = course.fortnight("a")
    assert fortnight is not None
    assert (fortnight.set_for, fortnight.runs_out_on) == (sent + timedelta(14), ends)
    assert course.benefit_stop("a") == Period(ends + timedelta(1))


@pytest.mark.req("REF-03")
@pytest.mark.parametrize(
    ("deadline", "notice"),
    [
        (date(2024, 3, 10), date(2024, 3, 19)),  # IMDi's before the 14 days: these count
        (date(2024, 3, 18), date(2024, 3, 19)),
        (date(2024, 3, 19), date(2024, 3, 20)),  # IMDi's is later
        (date(2024, 3, 30), date(2024, 4, 3)),  # a Saturday in Easter
    ],
)
def test_a_notice_of_eviction_waits_for_the_later_of_the_two_deadlines(deadline: date, notice: date) -> None:
    sent = warned(case(deadline=deadline), date(2024, 3, 4))
    assert refused(sent, Happening.EVICTION_NOTICE, notice - timedelta(1), "a") == "too_early"
    noticed = then(sent, Happening.EVICTION_NOTICE, notice, "a")
    assert then(noticed, Happening.PETITION, notice, "a").events[-1].on == notice


@pytest.mark.req("REF-02")
@pytest.mark.parametrize(
    ("born", "sent", "gets_one"),
    [
        (date(2006, 3, 14), date(2024, 3, 13), False),
        (date(2006, 3, 14), date(2024, 3, 14), True),
        (date(2004, 2, 29), date(2022, 2, 28), False),
        (date(2004, 2, 29), date(2022, 3, 1), True),
        (date(2006, 2, 28), date(2024, 2, 28), True),
        (date(2006, 12, 31), date(2024, 12, 31), True),
    ],
)
def test_a_letter_goes_to_those_who_are_18_on_its_day(born: date, sent: date, gets_one: bool) -> None:
    begun = case(Resident("a", ADULT), Resident("b", born), opened=sent, deadline=sent)
    told = then(begun, Happening.IMDI_MESSAGE, sent)
    if gets_one:
        assert then(told, Happening.FIRST_LETTER, sent, "a", "b")
    else:
        assert refused(told, Happening.FIRST_LETTER, sent, "a", "b") == "child"


@pytest.mark.req("REF-02")
def test_whoever_comes_of_age_on_the_way_has_clocks_of_their_own() -> None:
    """The household's notice is sent, and the petition waits for the one who had no letter."""
    begun = case(Resident("a", ADULT), Resident("b", date(2006, 3, 12)))
    sent = warned(begun, date(2024, 3, 4))
    noticed = then(sent, Happening.EVICTION_NOTICE, date(2024, 3, 19), "a")
    assert Course(noticed).benefit_stop("b") is None
    assert refused(noticed, Happening.PETITION, date(2024, 3, 19), "a") == "eviction_notice"
    later = then(noticed, Happening.FIRST_LETTER, date(2024, 3, 19), "b")
    assert Course(later).benefit_stop("b") == Period(date(2024, 4, 3))
    assert refused(later, Happening.EVICTION_NOTICE, date(2024, 4, 2), "b") == "too_early"
    both = then(later, Happening.EVICTION_NOTICE, date(2024, 4, 3), "b")
    assert then(both, Happening.PETITION, date(2024, 4, 3), "a", "b")


@pytest.mark.req("REF-02")
def test_days_in_which_it_is_suspended_do_not_count() -> None:
    sent = warned(case(), date(2024, 3, 4))
    still = then(sent, Happening.SUSPENDED, date(2024, 3, 11))
    waiting = Course(still).fortnight("a")
    assert waiting is not None
    assert (waiting.set_for, waiting.runs_out_on) == (date(2024, 3, 18), None)
    assert Course(still).benefit_stop("a") is None
    assert refused(still, Happening.EVICTION_NOTICE, date(2024, 5, 2), "a") == "resumed"
    resumed = Course(then(still, Happening.RESUMED, date(2024, 3, 13)))  # two days
    after = resumed.fortnight("a")
    assert after is not None
    assert after.runs_out_on == date(2024, 3, 20)
    assert resumed.benefit_stop("a") == Period(date(2024, 3, 21))


@pytest.mark.req("REF-02")
def test_an_extension_is_offered_while_the_deadline_runs_and_not_while_it_stands_still() -> None:
    extensions = {Happening.FORTNIGHT_EXTENDED, Happening.IMDI_DEADLINE_EXTENDED}
    sent, on = warned(case(), date(2024, 3, 4)), date(2024, 3, 12)
    still = then(sent, Happening.SUSPENDED, date(2024, 3, 11))
    again = then(still, Happening.RESUMED, on)
    offered = [{act.act for act in plan(each, on).now} & extensions for each in (sent, still, again)]
    assert offered == [extensions, set(), extensions]
    assert extensions <= {act.act for act in plan(still, on).later}
    assert refused(still, Happening.FORTNIGHT_EXTENDED, on, "a", day=APRIL) == "resumed"
    assert refused(still, Happening.IMDI_DEADLINE_EXTENDED, on, day=APRIL) == "resumed"
    assert then(again, Happening.FORTNIGHT_EXTENDED, on, "a", day=APRIL)
    assert then(again, Happening.IMDI_DEADLINE_EXTENDED, on, day=APRIL)


@pytest.mark.req("REF-03")
def test_no_letter_is_sent_while_it_is_suspended() -> None:
    told = then(case(), Happening.IMDI_MESSAGE, date(2024, 3, 4))
    first = then(told, Happening.FIRST_LETTER, date(2024, 3, 4), "a")
    second = then(first, Happening.EVICTION_NOTICE, date(2024, 3, 19), "a")
    for before, letter, since in zip((told, first, second), LETTERS, (14, 19, 19), strict=True):
        on = date(2024, 3, since) + timedelta(1)
        still = then(before, Happening.SUSPENDED, date(2024, 3, since))
        assert refused(still, letter, on, "a") == "resumed"
        again = then(still, Happening.RESUMED, on)
        assert then(again, letter, on, "a")


@pytest.mark.req("REF-02")
def test_a_stop_that_has_begun_stands_while_it_is_suspended() -> None:
    sent = warned(case(), date(2024, 3, 4))
    still = then(sent, Happening.SUSPENDED, date(2024, 3, 19))
    assert Course(still).benefit_stop("a") == Period(date(2024, 3, 19))


@pytest.mark.req("REF-02")
def test_an_extension_moves_the_stop_and_the_notice_and_keeps_what_was_set() -> None:
    sent = warned(case(), date(2024, 3, 4))
    extended = then(sent, Happening.FORTNIGHT_EXTENDED, date(2024, 3, 18), "a", day=date(2024, 3, 23))  # a Saturday
    fortnight = Course(extended).fortnight("a")
    assert fortnight is not None
    assert (fortnight.set_for, fortnight.runs_out_on) == (date(2024, 3, 18), date(2024, 3, 25))
    assert Course(extended).benefit_stop("a") == Period(date(2024, 3, 26))
    assert refused(sent, Happening.FORTNIGHT_EXTENDED, date(2024, 3, 19), "a", day=date(2024, 4, 1)) == "run_out"
    assert refused(sent, Happening.FORTNIGHT_EXTENDED, date(2024, 3, 18), "a", day=date(2024, 3, 18)) == "no_later"
    imdi = then(extended, Happening.IMDI_DEADLINE_EXTENDED, date(2024, 3, 18), day=date(2024, 4, 5))
    assert refused(imdi, Happening.EVICTION_NOTICE, date(2024, 4, 5), "a") == "too_early"


@pytest.mark.req("REF-02")
def test_an_extension_takes_no_day_away() -> None:
    sent = warned(case(), date(2024, 3, 4))  # both deadlines on the 18th
    sooner = date(2024, 3, 13)
    assert refused(sent, Happening.FORTNIGHT_EXTENDED, date(2024, 3, 5), "a", day=sooner) == "no_later"
    assert refused(sent, Happening.IMDI_DEADLINE_EXTENDED, date(2024, 3, 5), day=sooner) == "no_later"
    longer = then(warned(case(A, B), date(2024, 3, 4)), Happening.FORTNIGHT_EXTENDED, date(2024, 3, 5), "a", day=APRIL)
    assert refused(longer, Happening.FORTNIGHT_EXTENDED, date(2024, 3, 5), "a", "b", day=APRIL) == "no_later"


@pytest.mark.req("REF-02")
def test_udi_may_stop_the_benefit_later_than_the_rule_and_never_earlier() -> None:
    told = then(case(), Happening.IMDI_MESSAGE, date(2024, 3, 4))
    assert refused(told, Happening.FIRST_LETTER, date(2024, 3, 4), "a", day=date(2024, 3, 18)) == "stops_too_early"
    assert then(told, Happening.FIRST_LETTER, date(2024, 3, 4), "a", day=date(2024, 3, 19))
    later = then(told, Happening.FIRST_LETTER, date(2024, 3, 4), "a", day=date(2024, 4, 1))
    assert Course(later).benefit_stop("a") == Period(date(2024, 4, 1))


@pytest.mark.req("REF-02")
@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (date(2024, 3, 4), date(2024, 6, 4)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2023, 1, 31), date(2023, 4, 30)),
    ],
)
def test_the_benefit_stops_at_most_three_months_after_the_letter(sent: date, last: date) -> None:
    told = then(case(opened=sent), Happening.IMDI_MESSAGE, sent)
    stops = Course(then(told, Happening.FIRST_LETTER, sent, "a", day=last)).benefit_stop("a")
    assert stops == Period(last)
    assert refused(told, Happening.FIRST_LETTER, sent, "a", day=last + timedelta(1)) == "stops_too_late"
    assert refused(told, Happening.FIRST_LETTER, sent, "a", day=date(2099, 1, 1)) == "stops_too_late"


@pytest.mark.req("REF-03")
def test_the_officer_sets_a_day_that_is_not_past_nor_more_than_a_year_ahead() -> None:
    on = date(2024, 3, 19)  # a Tuesday
    noticed = then(warned(case(), date(2024, 3, 4)), Happening.EVICTION_NOTICE, on, "a")
    petition = then(noticed, Happening.PETITION, on, "a")
    wrong = {
        date(2024, 3, 18): "day_before_act",
        date(2025, 3, 20): "day_too_late",
        date(2099, 1, 1): "day_too_late",
    }
    assert {day: refused(petition, Happening.EVICTION_DAY_SET, on, day=day) for day in wrong} == wrong
    for day in (on, date(2024, 3, 24), date(2025, 3, 19)):  # the same day, a Sunday, in a year
        assert then(petition, Happening.EVICTION_DAY_SET, on, day=day)


@given(DAYS, st.integers(0, 60), st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=3), st.data())
def test_a_deadline_gives_its_days_and_ends_on_the_first_working_day_that_counts(
    since: date, days: int, drawn: list[tuple[date, int]], data: st.DataObject
) -> None:
    near = st.integers(-5, 70).map(lambda each: since + timedelta(each))
    suspended = [Period(start, start + timedelta(length)) for start, length in drawn]
    suspended += [Period(start, start + timedelta(5)) for start in data.draw(st.lists(near, max_size=3))]
    ends = last_day(since, since + timedelta(days), suspended)
    assert ends is not None
    after = [since + timedelta(each) for each in range(1, (ends - since).days + 1)]
    counted = [day for day in after if not any(period.contains(day) for period in suspended)]
    assert len(counted) >= days
    assert is_working_day(ends)
    assert ends == since or ends == counted[-1]
    assert not any(is_working_day(day) for day in counted[max(days - 1, 0) : -1] if days)
