"""What a resident was told in a letter and what is otherwise now: their days, by an extension, a suspension or its
end, that the case stands still, and that no place is held for them any more.
"""

from collections.abc import Mapping
from datetime import date

from fotfeste.kernel.ages import is_adult
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import LETTERS, Case, Happening

type Days = Mapping[str, date | None]

SUSPENDED_FROM = "suspended_from"
"""No day of a clock: told once for each suspension, and once that it is over."""

OFFER_WITHDRAWN = "offer_withdrawn"
"""No day of a clock either: the day on which nobody held the place any more that letters said was held. Told once."""


def days_of(course: Course, name: str) -> Days:
    """The days that letters to a resident name: IMDi's deadline, the last of the 14 days, the first without benefit;
    and the days from which the case stands still and the offer is withdrawn, which also they are told of whose days are
    all over.

    None for one that is not set or stands still; for the last two, while the case goes on and the place is held. Raises
    NoRule.
    """
    imdi, fortnight, stop = course.imdi_deadline(), course.fortnight(name), course.benefit_stop(name)
    withdrawn = course.first(Happening.WITHDRAWN)
    return {
        "imdi_deadline": imdi.runs_out_on if imdi else None,
        "fortnight": fortnight.runs_out_on if fortnight else None,
        "benefit_stop": stop.start if stop else None,
        SUSPENDED_FROM: course.suspended_from(),
        OFFER_WITHDRAWN: withdrawn.on if withdrawn else None,
    }


def changed_days(course: Course, name: str) -> Mapping[str, tuple[date | None, date | None]]:
    """The days of a resident that are not what they were last told, as they were told and as they are.

    Nothing of whoever is out, of children, and of whoever has no letter yet, of IMDi's deadline or of UDI's: none named
    days of theirs. Raises NoRule.
    """
    case, born, written = course.case, course.resident(name).birth_date, course.deadline_letter(name)
    said = (*LETTERS, Happening.DAYS_TOLD)
    told = [
        place
        for place, each in enumerate(case.events)
        if each is written
        or (each.kind in said and name in each.residents and not each.is_void and is_adult(born, each.on))
    ]
    has_letter = written or any(course.first(letter, name) for letter in LETTERS)
    if not has_letter or course.out(name) or course.first(Happening.CLOSED):
        return {}
    before = days_of(Course(Case(case.residents, case.offer, case.events[: told[-1] + 1])), name)
    now = days_of(course, name)
    return {which: (before[which], now[which]) for which in now if before[which] != now[which]}
