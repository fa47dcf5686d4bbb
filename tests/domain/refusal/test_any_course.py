"""Whatever is tried on whatever day: no letter out of order, twice or to a child, no stop for one, nothing after the
end.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.kernel.ages import is_adult
from fotfeste.refusal.domain.clock import last_day
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS, gate
from fotfeste.refusal.domain.history import why_not
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.told_days import SUSPENDED_FROM, changed_days
from fotfeste.refusal.domain.types import LETTERS, TO_OFFICER, WAYS_OUT, Case, Event, Happening, Offer, Resident

FIRST = date(2024, 3, 1)
ONWARDS = frozenset({*LETTERS, *TOLD_OF_MINORS, Happening.IMDI_MESSAGE, Happening.EVICTED})
BORN = st.one_of(
    st.dates(date(2006, 2, 20), date(2006, 4, 20)),  # 18 on the way
    st.dates(date(1970, 1, 1), date(2024, 2, 29)),
    st.dates(date(1970, 1, 1), date(2000, 1, 1)),
)


@st.composite
def courses(draw: st.DrawFn) -> tuple[Case, date]:
    """A household of up to four, and what is left of many tries: everything that could follow.

    Most tries are of what leads on and can be done by the plan, so that courses come far; the others are of anything.
    """
    names = "abcd"[: draw(st.integers(1, 4))]
    residents = tuple(Resident(name, draw(BORN), unaccompanied_minor=draw(st.booleans())) for name in names)
    deadline = FIRST + timedelta(draw(st.integers(0, 40)))
    found, today = Case(residents, Offer(FIRST, None, deadline)), FIRST
    wanted = st.sampled_from([*Happening])
    for _ in range(draw(st.integers(0, 25))):
        today += timedelta(draw(st.sampled_from((0, 0, 1, 7, 15))))
        named, kind = tuple(name for name in names if draw(st.booleans())), draw(wanted)
        can = plan(found, today).now if draw(st.integers(0, 4)) else ()
        if act := draw(st.sampled_from([each for each in can if each.act in ONWARDS] or can or (None,))):
            named, kind = act.residents, act.act
        day = today + timedelta(draw(st.integers(-2, 30))) if draw(st.booleans()) else None
        event = Event(kind, today, named, day)
        if why_not(found, event) is None:
            found = Case(residents, found.offer, (*found.events, event))
    return found, today


@pytest.mark.req("REF-03")
@given(courses())
def test_letters_come_in_order_once_and_to_adults(drawn: tuple[Case, date]) -> None:
    found, _ = drawn
    for each in found.residents:
        got = [(event.kind, event.on) for event in found.events if event.kind in LETTERS and each.id in event.residents]
        assert [kind for kind, _ in got] == list(LETTERS[: len(got)])
        assert all(is_adult(each.birth_date, on) for _, on in got)


@pytest.mark.req("REF-02")
@given(courses())
def test_no_benefit_stops_for_a_child_nor_before_the_days_are_over(drawn: tuple[Case, date]) -> None:
    found, today = drawn
    course = Course(found)
    stops = dict(plan(found, today).benefit_stops)
    for each in found.residents:
        if each.id not in stops:
            continue
        letter = course.first(Happening.FIRST_LETTER, each.id)
        assert letter is not None
        assert is_adult(each.birth_date, stops[each.id].start)
        ends = last_day(letter.on, letter.on + timedelta(14), course.suspensions())
        assert ends is not None
        assert stops[each.id].start > ends
        out = course.out(each.id)
        assert stops[each.id].end == (out.on if out else None)


@pytest.mark.req("REF-02")
@given(courses())
def test_no_step_towards_an_eviction_comes_before_the_minors_are_cared_for(drawn: tuple[Case, date]) -> None:
    found, _ = drawn
    for index, event in enumerate(found.events):
        if event.kind not in (Happening.EVICTION_NOTICE, Happening.PETITION):
            continue
        before = Course(Case(found.residents, found.offer, found.events[:index]))
        for minor in before.minors_alone(event.on):
            for told in TOLD_OF_MINORS:
                assert before.first(told, minor.id)


@pytest.mark.req("REF-03")
@given(courses())
def test_whoever_is_out_is_out_and_nothing_follows_the_end(drawn: tuple[Case, date]) -> None:
    found, today = drawn
    for index, event in enumerate(found.events):
        later = found.events[index + 1 :]
        assert event.kind is not Happening.CLOSED or not later
        if event.kind in WAYS_OUT:
            told = (Happening.PETITION_RECALLED, Happening.TAKEN_OUT)  # the officer is; and of another household
            named = [each for each in later if each.kind not in told]
            assert not any(name in each.residents for each in named for name in event.residents)
    assert not (Course(found).first(Happening.CLOSED) and plan(found, today).now)
    if Course(found).first(Happening.CLOSED):
        assert not Course(found).present()


@pytest.mark.req("REF-03")
@given(courses())
def test_what_can_be_done_now_is_what_can_follow(drawn: tuple[Case, date]) -> None:
    found, today = drawn
    offered = plan(found, today).now
    days = (None, today + timedelta(40))  # the day that some acts name
    for kind in Happening:
        alone = [
            each.id for each in found.residents if any(_follows(found, kind, today, (each.id,), day) for day in days)
        ]
        can = [name for act in offered if act.act is kind for name in act.residents]
        assert set(alone) <= set(can)
        if any(_follows(found, kind, today, (), day) for day in days):
            assert any(act.act is kind for act in offered)


def _follows(found: Case, kind: Happening, today: date, named: tuple[str, ...], day: date | None) -> bool:
    return why_not(found, Event(kind, today, named, day)) is None


@pytest.mark.req("REF-03", "REF-05")
@given(courses())
def test_the_officer_is_never_told_twice_and_knows_how_it_stands_at_the_end(drawn: tuple[Case, date]) -> None:
    found, today = drawn
    for index, event in enumerate(found.events):
        for name in event.residents if event.kind in TO_OFFICER else ():
            before = Course(Case(found.residents, found.offer, found.events[:index]))
            after = Course(Case(found.residents, found.offer, found.events[: index + 1]))
            told = (before.untold_officer(name, event.on), after.untold_officer(name, event.on))
            assert told == (event.kind, None)
            assert before.first(Happening.PETITION, name)
    if Course(found).first(Happening.CLOSED):
        assert not Course(found).is_officer_untold(today)


@pytest.mark.req("REF-02", "REF-03")
@given(courses())
def test_a_suspension_is_told_once_to_each_adult_who_has_a_letter_and_its_end_once_to_whom_it_was_told(
    drawn: tuple[Case, date],
) -> None:
    found, today = drawn
    for each in found.residents:
        heard: list[date] = []  # of which suspension they heard last, while they have not heard that it is over
        for index, event in enumerate(found.events):
            past = Course(Case(found.residents, found.offer, found.events[: index + 1]))
            if event.kind in LETTERS and each.id in event.residents:
                heard = []  # nothing is sent while it stands still: a letter tells that it goes on
            if event is past.deadline_letter(each.id):  # IMDi's says it itself
                heard = [on for on in (past.suspended_from(),) if on]
            if event.kind is not Happening.DAYS_TOLD or each.id not in event.residents:
                continue
            assert is_adult(each.birth_date, event.on)
            before = Course(Case(found.residents, found.offer, found.events[:index]))
            kinds = [other.kind for other in found.events[:index]]
            is_on = kinds.count(Happening.SUSPENDED) == kinds.count(Happening.RESUMED)
            since = None if is_on else max(other.on for other in before.all(Happening.SUSPENDED))
            changed = changed_days(before, each.id)
            assert changed
            assert changed.get(SUSPENDED_FROM, (since, since)) == (heard[-1] if heard else None, since)
            heard = [since] if since else []
        stands = Course(found)
        has_letter = bool(stands.first(Happening.FIRST_LETTER, each.id) or stands.deadline_letter(each.id))
        is_there = each in stands.adults(today)
        wanted = has_letter and is_there and stands.suspended_from() != (heard[-1] if heard else None)
        assert (SUSPENDED_FROM in changed_days(stands, each.id)) is wanted


@pytest.mark.req("REF-03")
@given(courses())
def test_no_child_is_evicted_but_with_an_adult_and_none_is_left_alone_by_it(drawn: tuple[Case, date]) -> None:
    found, _ = drawn
    for index, event in enumerate(found.events):
        if event.kind is not Happening.EVICTED:
            continue
        named = [each for each in found.residents if each.id in event.residents]
        assert any(is_adult(each.birth_date, event.on) for each in named)
        after = Course(Case(found.residents, found.offer, found.events[: index + 1]))
        assert all(each.unaccompanied_minor for each in after.left_behind(event.on))


@pytest.mark.req("REF-03")
@given(courses())
def test_nobody_is_evicted_on_a_day_that_was_set_before_their_petition(drawn: tuple[Case, date]) -> None:
    found, _ = drawn
    for index, event in enumerate(found.events):
        for name in event.residents if event.kind is Happening.EVICTED else ():
            came = [
                each for each in found.events[:index] if each.kind is not Happening.PETITION or name in each.residents
            ]
            order = [each.kind for each in came if each.kind in (Happening.PETITION, Happening.EVICTION_DAY_SET)]
            if Happening.PETITION in order:  # an adult
                assert order[-1] is Happening.EVICTION_DAY_SET


@pytest.mark.req("REF-03")
@given(courses())
def test_nobody_is_evicted_on_a_day_that_was_set_while_the_officer_thought_that_their_petition_waited(
    drawn: tuple[Case, date],
) -> None:
    found, _ = drawn
    for index, event in enumerate(found.events):
        for name in event.residents if event.kind is Happening.EVICTED else ():
            order = [
                each.kind
                for each in found.events[:index]
                if each.kind is Happening.EVICTION_DAY_SET or (each.kind in TO_OFFICER and name in each.residents)
            ]
            heard = order[: len(order) - 1 - order[::-1].index(Happening.EVICTION_DAY_SET)]
            words = [kind for kind in heard if kind in TO_OFFICER]
            assert words[-1:] in ([], [Happening.PETITION_UPHELD])


@pytest.mark.req("REF-03")
@given(courses())
def test_an_officer_who_knows_all_and_thinks_it_stands_waits_for_no_more_than_a_day(drawn: tuple[Case, date]) -> None:
    found, today = drawn
    course = Course(found)
    if course.is_officer_untold(today):
        return
    for each in course.adults(today):
        if course.known_to_officer(each.id) is Happening.PETITION_UPHELD:
            waits = gate(course, Happening.EVICTED, each, today).waits_for
            assert {reason.code for reason in waits} <= {Happening.EVICTION_DAY_SET}
