"""How a refusal stands on a day: the step, who gets which letter, whose benefit stops, who is told first, what can be
done now and by whom. Derived from the facts each time it is asked, so that a late job never changes a right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fotfeste.kernel.ages import ADULT_AT, birthday, is_adult
from fotfeste.kernel.periods import Period
from fotfeste.refusal.domain.clock import Deadline
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import BY, OF_THE_CASE, Gate, gate
from fotfeste.refusal.domain.told_days import changed_days
from fotfeste.refusal.domain.types import LETTERS, TO_OFFICER, Case, Event, Happening, Party


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to an adult: sent, or what it waits for."""

    letter: Happening
    resident: str
    sent_on: date | None
    waiting: Gate | None


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody who is to be told, of whom, before which step; `told_on` where it is done."""

    who: Party
    by: Party
    about: tuple[str, ...]
    before: Happening | None
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done, by whom and about whom; `waiting` tells what for where it cannot be done yet."""

    act: Happening
    by: Party
    residents: tuple[str, ...]
    waiting: Gate


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole answer for a day."""

    step: str
    offer_stands: bool
    in_process: tuple[str, ...]
    out: tuple[tuple[str, Event], ...]
    of_age_on: tuple[tuple[str, date], ...]
    imdi_deadline: Deadline | None
    fortnights: tuple[tuple[str, Deadline], ...]
    letters: tuple[Letter, ...]
    benefit_stops: tuple[tuple[str, Period], ...]
    days_changed: tuple[tuple[str, str, date | None, date | None], ...]
    tell: tuple[Telling, ...]
    now: tuple[Act, ...]
    later: tuple[Act, ...]


def plan(case: Case, today: date) -> Plan:
    """How the case stands on the day. Its events can have happened (`history.why_not`). Raises NoRule."""
    course = Course(case)
    acts = tuple(_acts(course, today))
    everyone = case.residents
    fortnights = [(each.id, course.fortnight(each.id)) for each in everyone]
    stops = [(each.id, course.benefit_stop(each.id)) for each in everyone]
    outs = [(each.id, course.out(each.id)) for each in everyone]
    return Plan(
        step=_step(course),
        offer_stands=course.first(Happening.WITHDRAWN) is None,
        in_process=tuple(each.id for each in course.present()),
        out=tuple((name, event) for name, event in outs if event),
        of_age_on=tuple(
            (each.id, birthday(each.birth_date, ADULT_AT))
            for each in course.present()
            if not is_adult(each.birth_date, today)
        ),
        imdi_deadline=course.imdi_deadline(),
        fortnights=tuple((name, deadline) for name, deadline in fortnights if deadline),
        letters=tuple(_letters(course, today)),
        benefit_stops=tuple((name, period) for name, period in stops if period),
        days_changed=tuple(
            (each.id, which, was, now)
            for each in everyone
            for which, (was, now) in changed_days(course, each.id).items()
        ),
        tell=tuple(_told(course, today)),
        now=tuple(act for act in acts if act.waiting.is_open(today)),
        later=tuple(act for act in acts if not act.waiting.is_open(today)),
    )


def _step(course: Course) -> str:
    """How far it has come: the last letter that any adult got who is still there."""
    if course.first(Happening.CLOSED):
        return "closed"
    if not course.present():
        return "everybody_out"
    reached = [letter for letter in LETTERS for each in course.present() if course.first(letter, each.id)]
    return reached[-1].value if reached else "opened"


def _letters(course: Course, today: date) -> Iterator[Letter]:
    """Each letter of each adult who is still there, and those that were sent to others."""
    adults = course.to_warn(today)
    for each in course.case.residents:
        for letter in LETTERS:
            if sent := course.first(letter, each.id):
                yield Letter(letter, each.id, sent.on, None)
            elif each in adults and not course.first(Happening.CLOSED):
                yield Letter(letter, each.id, None, gate(course, letter, each, today))


def _told(course: Course, today: date) -> Iterator[Telling]:
    everyone = tuple(each.id for each in course.case.residents)
    for act, who, before in (
        (Happening.REPORTED, Party.IMDI, Happening.IMDI_MESSAGE),
        (Happening.REPORTED, Party.UDI, Happening.FIRST_LETTER),
        (Happening.HOLD_ASKED, Party.MUNICIPALITY, None),
        (Happening.IMDI_MESSAGE, Party.UDI, Happening.FIRST_LETTER),
    ):
        yield Telling(who, BY[act], everyone, before, _on(course.first(act)))
    for act, who in (
        (Happening.GUARDIAN_TOLD, Party.GUARDIAN),
        (Happening.CHILD_WELFARE_TOLD, Party.CHILD_WELFARE),
    ):
        for each in course.case.residents:
            told = course.first(act, each.id)
            is_left = who is Party.CHILD_WELFARE and each in course.left_behind(today)
            if told or is_left or each in course.minors_alone(today):
                yield Telling(who, BY[act], (each.id,), Happening.EVICTION_NOTICE, _on(told))
    yield from _told_officer(course, today)


_BEFORE = {
    Happening.PETITION_RECALLED: Happening.CLOSED,
    Happening.PETITION_PAUSED: None,
    Happening.PETITION_UPHELD: Happening.EVICTED,
}


def _told_officer(course: Course, today: date) -> Iterator[Telling]:
    """What the enforcement officer was told of the petition of each, and is to be told now, before what comes next."""
    for each in course.case.residents:
        for kind in TO_OFFICER:
            told = [*course.all(kind, each.id)]
            untold = [None] if course.untold_officer(each.id, today) is kind else []
            for event in (*told, *untold):
                yield Telling(Party.ENFORCEMENT_OFFICER, BY[kind], (each.id,), _BEFORE[kind], _on(event))


def _on(event: Event | None) -> date | None:
    return event.on if event else None


def _acts(course: Course, today: date) -> Iterator[Act]:
    """Everything that can be done now or later, with those for whom it stands alike together."""
    for act in Happening:
        alike: dict[Gate, list[str]] = {}
        if act in OF_THE_CASE:
            alike[gate(course, act, None, today)] = []
        else:
            for each in course.case.residents:
                alike.setdefault(gate(course, act, each, today), []).append(each.id)
        yield from (Act(act, BY[act], tuple(names), found) for found, names in alike.items() if not found.never)
