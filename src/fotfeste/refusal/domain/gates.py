"""What each act of a refusal waits for: a day, or that something is done first; and whom it may be about."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from fotfeste.kernel.ages import is_adult
from fotfeste.kernel.decisions import Reason
from fotfeste.refusal.domain.course import OFF_OR_STILL, Course
from fotfeste.refusal.domain.told_days import changed_days
from fotfeste.refusal.domain.types import LETTERS, TO_OFFICER, WAYS_OUT, Happening, Party, Resident

TOLD_OF_MINORS = (Happening.GUARDIAN_TOLD, Happening.CHILD_WELFARE_TOLD, Happening.MINORS_PLACE_OFFERED)
"""What must be done for an unaccompanied minor before any step towards an eviction."""

STANDS_STILL = frozenset({*LETTERS, Happening.EVICTION_DAY_SET, Happening.EVICTED})
"""What is not done while the case is suspended."""

ONCE = frozenset({Happening.REPORTED, Happening.HOLD_ASKED, Happening.IMDI_MESSAGE, Happening.WITHDRAWN})
"""What happens to a case once, and to nobody in particular."""

TO_ADULTS = frozenset({*LETTERS, Happening.FORTNIGHT_EXTENDED, Happening.DAYS_TOLD})
"""What nobody under age is given, nor has a clock of."""

OF_WHO_WAS_OFFERED = TO_ADULTS | {Happening.EVICTED}
"""What happens to nobody for an offer that they were never given: no clock begins, and nobody is evicted."""

OF_THE_CASE = ONCE | {
    Happening.EVICTION_DAY_SET,
    Happening.IMDI_DEADLINE_EXTENDED,
    Happening.SUSPENDED,
    Happening.RESUMED,
    Happening.CLOSED,
}
"""What names no resident."""

BY: Mapping[Happening, Party] = {
    Happening.REPORTED: Party.CENTRE,
    Happening.HOLD_ASKED: Party.IMDI,
    Happening.IMDI_MESSAGE: Party.IMDI,
    Happening.TALK: Party.CENTRE,
    Happening.FIRST_LETTER: Party.UDI,
    Happening.GUARDIAN_TOLD: Party.UDI,
    Happening.CHILD_WELFARE_TOLD: Party.UDI,
    Happening.MINORS_PLACE_OFFERED: Party.UDI,
    Happening.EVICTION_NOTICE: Party.UDI,
    Happening.PETITION: Party.UDI,
    Happening.EVICTION_DAY_SET: Party.ENFORCEMENT_OFFICER,
    **dict.fromkeys(TO_OFFICER, Party.UDI),
    Happening.IMDI_DEADLINE_EXTENDED: Party.IMDI,
    Happening.FORTNIGHT_EXTENDED: Party.UDI,
    Happening.DAYS_TOLD: Party.CENTRE,
    Happening.SUSPENDED: Party.UDI,
    Happening.RESUMED: Party.UDI,
    Happening.WITHDRAWN: Party.MUNICIPALITY,
    Happening.ACCEPTED: Party.CENTRE,
    Happening.MOVED_OUT: Party.CENTRE,
    Happening.EVICTED: Party.CENTRE,
    Happening.MOVED_CENTRE: Party.UDI,
    Happening.DECEASED: Party.CENTRE,
    Happening.TAKEN_OUT: Party.UDI,
    Happening.CLOSED: Party.UDI,
}
"""Whose act each is; what the enforcement officer decides is registered by UDI."""


@dataclass(frozen=True, slots=True)
class Gate:
    """From which day an act may be done, and what must be done before; `never` where it is not to be done at all."""

    opens_on: date | None = None
    waits_for: tuple[Reason, ...] = ()
    never: Reason | None = field(default=None)

    def is_open(self, day: date) -> bool:
        """Nothing is waited for, and the day has come."""
        return not self.never and not self.waits_for and (self.opens_on is None or day >= self.opens_on)


def gate(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    """What the act waits for, about a resident where it names one, as it stands on the day. Raises NoRule.

    After the end nothing is done but that the enforcement officer is told.
    """
    if course.first(Happening.CLOSED) and act is not Happening.PETITION_RECALLED:
        return Gate(never=Reason("closed"))
    found = _GATES[act](course, act, about, day)
    if act in STANDS_STILL and course.is_suspended_on(day):
        return Gate(found.opens_on, (*found.waits_for, Reason("resumed")), found.never)
    return found


def _once(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    del about
    if done := course.first(act):
        return Gate(never=Reason("done", {"on": done.on}))
    if act is Happening.HOLD_ASKED and (gone := _offer_is_gone(course)):
        return Gate(never=gone)
    if act is not Happening.IMDI_MESSAGE:
        return Gate()
    if course.case.offer.imdi_deadline is None:
        return Gate(waits_for=(Reason("imdi_deadline"),))
    return Gate(waits_for=tuple(_new_deadline(course, day)))


def _offer_is_gone(course: Course) -> Reason | None:
    withdrawn = course.first(Happening.WITHDRAWN)
    return Reason(Happening.WITHDRAWN, {"on": withdrawn.on}) if withdrawn else None


def _new_deadline(course: Course, day: date) -> Iterator[Reason]:
    if ran_out := course.new_deadline_first(day):
        yield Reason("new_imdi_deadline", {"on": ran_out})


def _about_one(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    """The general conditions of what is about one resident, then those of the act itself."""
    assert about is not None
    out = course.out(about.id)
    if out and act is not Happening.TAKEN_OUT:  # whoever is out may be taken out of the household, too
        return Gate(never=Reason(out.kind, {"on": out.on}))
    if act in (*LETTERS, *TOLD_OF_MINORS, Happening.TAKEN_OUT) and (done := course.first(act, about.id)):
        return Gate(never=Reason("done", {"on": done.on}))
    if act in TO_ADULTS and not is_adult(about.birth_date, day):
        return Gate(never=Reason("child"))
    if act in OF_WHO_WAS_OFFERED and not about.was_offered:
        return Gate(never=Reason("not_offered"))
    return _ABOUT_ONE.get(act, _free)(course, about, day)


def _free(course: Course, about: Resident, day: date) -> Gate:
    del course, about, day
    return Gate()


def _first_letter(course: Course, about: Resident, day: date) -> Gate:
    del about
    message = course.first(Happening.IMDI_MESSAGE)
    if message is None:
        return Gate(None, (Reason(Happening.IMDI_MESSAGE),))
    return Gate(message.on, tuple(_new_deadline(course, day)))


def _eviction_notice(course: Course, about: Resident, day: date) -> Gate:
    waits = [*minors_first(course, day)]
    fortnight, imdi = course.fortnight(about.id), course.imdi_deadline()
    if fortnight is None or imdi is None:
        return Gate(None, (Reason(Happening.FIRST_LETTER), *waits))
    if fortnight.after is None or imdi.after is None:
        return Gate(None, tuple(waits))
    return Gate(max(fortnight.after, imdi.after), tuple(waits))


def minors_first(course: Course, day: date) -> Iterator[Reason]:
    """What is not done yet for those who came alone: it comes before any step towards an eviction."""
    for each in course.minors_alone(day):
        for told in TOLD_OF_MINORS:
            if not course.first(told, each.id):
                yield Reason(told, {"resident": each.id})


def _petition(course: Course, about: Resident, day: date) -> Gate:
    """From the day on which the last of the adults has the notice; the guide sends both together."""
    del about
    days, is_sent = [], True
    for each in course.to_warn(day):
        notice = course.first(Happening.EVICTION_NOTICE, each.id)
        is_sent = is_sent and notice is not None
        days.append(notice.on if notice else _eviction_notice(course, each, day).opens_on)
    known = [each for each in days if each is not None]
    opens_on = max(known) if len(known) == len(days) else None
    waits = () if is_sent else (Reason(Happening.EVICTION_NOTICE),)
    return Gate(opens_on, (*waits, *minors_first(course, day)))


def _evicted(course: Course, about: Resident, day: date) -> Gate:
    if about.unaccompanied_minor and not is_adult(about.birth_date, day):
        return Gate(never=Reason("place_for_minors"))
    if not course.adults(day):
        return Gate(never=Reason("child_evicted_alone"))
    if not course.covered_by_petition(day):
        return Gate(None, (Reason(Happening.PETITION),))
    if upheld_first(course, about):
        return Gate(None, (Reason(Happening.PETITION_UPHELD),))
    found = course.eviction_day(about.id)
    if found is None:
        return Gate(None, (Reason(Happening.EVICTION_DAY_SET),))
    return Gate(found.day, tuple(minors_first(course, day)))


def upheld_first(course: Course, about: Resident) -> bool:
    """The enforcement officer was last told that the petition stands still, or is not about them any more."""
    return course.known_to_officer(about.id) in OFF_OR_STILL


def _officer_told(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    """Once for each time that what holds of a petition is not what the enforcement officer knows."""
    assert about is not None
    return Gate() if course.untold_officer(about.id, day) is act else Gate(never=Reason("officer_knows"))


def _of_a_petition(course: Course, about: Resident, day: date) -> Gate:
    """Written down of those alone whom a petition has named, so that the enforcement officer is told: taken out of the
    household, or moved to another centre. Of the others it leaves no trace.
    """
    del day
    return Gate() if course.known_to_officer(about.id) else Gate(never=Reason("not_in_petition"))


def _minor_told(course: Course, about: Resident, day: date) -> Gate:
    """A guardian and a place in a centre of their own are for those who came alone."""
    return Gate() if about in course.minors_alone(day) else Gate(never=Reason("not_alone"))


def _child_welfare_told(course: Course, about: Resident, day: date) -> Gate:
    return Gate() if about in course.left_behind(day) else _minor_told(course, about, day)


def _accepted(course: Course, about: Resident, day: date) -> Gate:
    """A child whose adults have all left decides nothing before child welfare knows of them; who came alone may."""
    is_left = about in course.left_behind(day) and not about.unaccompanied_minor
    if not is_left or is_adult(about.birth_date, day) or course.first(Happening.CHILD_WELFARE_TOLD, about.id):
        return Gate()
    return Gate(waits_for=(Reason(Happening.CHILD_WELFARE_TOLD, {"resident": about.id}),))


def _fortnight_extended(course: Course, about: Resident, day: date) -> Gate:
    fortnight = course.fortnight(about.id)
    if fortnight is None:
        return Gate(None, (Reason(Happening.FIRST_LETTER),))
    return _while_it_runs(fortnight.after, day)


def _days_told(course: Course, about: Resident, day: date) -> Gate:
    del day
    return Gate() if changed_days(course, about.id) else Gate(never=Reason("days_are_told"))


def _while_it_runs(after: date | None, day: date) -> Gate:
    """While it stands still nobody knows which day would be later: the extension waits for the case to go on."""
    if after is None:
        return Gate(waits_for=(Reason(Happening.RESUMED),))
    return Gate(never=Reason("run_out", {"on": after})) if day >= after else Gate()


def _imdi_extended(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    del act, about
    deadline = course.imdi_deadline()
    if gone := _offer_is_gone(course):
        return Gate(never=gone)
    if deadline is None:
        return Gate(None, (Reason("imdi_deadline"),))
    return Gate() if course.new_deadline_first(day) else _while_it_runs(deadline.after, day)


def _eviction_day(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    del act, about
    if not course.first(Happening.PETITION) or not course.covered_by_petition(day):
        return Gate(None, (Reason(Happening.PETITION),))
    is_held_up = any(upheld_first(course, each) for each in course.to_warn(day))
    return Gate(None, (Reason(Happening.PETITION_UPHELD),)) if is_held_up else Gate()


def _suspended(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    del about, day
    wanted = act is Happening.RESUMED
    return Gate() if course.is_suspended() is wanted else Gate(never=Reason("not_suspended" if wanted else "suspended"))


def _closed(course: Course, act: Happening, about: Resident | None, day: date) -> Gate:
    del act, about
    left = course.present()
    if left:
        return Gate(None, (Reason("everybody_out", {"count": len(left)}),))
    return Gate(None, (Reason(Happening.PETITION_RECALLED),)) if course.is_officer_untold(day) else Gate()


_ABOUT_ONE: Mapping[Happening, Callable[[Course, Resident, date], Gate]] = {
    Happening.FIRST_LETTER: _first_letter,
    Happening.EVICTION_NOTICE: _eviction_notice,
    Happening.PETITION: _petition,
    Happening.EVICTED: _evicted,
    Happening.ACCEPTED: _accepted,
    Happening.FORTNIGHT_EXTENDED: _fortnight_extended,
    Happening.DAYS_TOLD: _days_told,
    Happening.TAKEN_OUT: _of_a_petition,
    Happening.MOVED_CENTRE: _of_a_petition,
    **dict.fromkeys(TOLD_OF_MINORS, _minor_told),
    Happening.CHILD_WELFARE_TOLD: _child_welfare_told,
}

_GATES: Mapping[Happening, Callable[[Course, Happening, Resident | None, date], Gate]] = {
    **dict.fromkeys(ONCE, _once),
    **dict.fromkeys((*LETTERS, *TOLD_OF_MINORS, *WAYS_OUT, Happening.TALK), _about_one),
    **dict.fromkeys((Happening.FORTNIGHT_EXTENDED, Happening.DAYS_TOLD, Happening.MOVED_CENTRE), _about_one),
    **dict.fromkeys(TO_OFFICER, _officer_told),
    Happening.IMDI_DEADLINE_EXTENDED: _imdi_extended,
    Happening.EVICTION_DAY_SET: _eviction_day,
    **dict.fromkeys((Happening.SUSPENDED, Happening.RESUMED), _suspended),
    Happening.CLOSED: _closed,
}
