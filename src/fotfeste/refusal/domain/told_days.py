"""Days that a resident was told of in a letter and that are others now: by an extension, a suspension or its end."""

from collections.abc import Mapping
from datetime import date

from fotfeste.kernel.ages import is_adult
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import LETTERS, Case, Happening

type Days = Mapping[str, date | None]


def days_of(course: Course, name: str) -> Days:
    """The days that letters to a resident name: IMDi's deadline, the last of the 14 days, the first without benefit.

    None for one that is not set or stands still. Raises NoRule.
    """
    imdi, fortnight, stop = course.imdi_deadline(), course.fortnight(name), course.benefit_stop(name)
    return {
        "imdi_deadline": imdi.runs_out_on if imdi else None,
        "fortnight": fortnight.runs_out_on if fortnight else None,
        "benefit_stop": stop.start if stop else None,
    }


def changed_days(course: Course, name: str) -> Mapping[str, tuple[date | None, date | None]]:
    """The days of a resident that are not what they were last told, as they were told and as they are.

    Nothing of whoever is out, and of children: no letter named days of theirs. Raises NoRule.
    """
    case, born = course.case, course.resident(name).birth_date
    told = [
        place
        for place, each in enumerate(case.events)
        if each.kind in (*LETTERS, Happening.DAYS_TOLD) and name in each.residents and is_adult(born, each.on)
    ]
    if not told or course.out(name) or course.first(Happening.CLOSED):
        return {}
    before = days_of(Course(Case(case.residents, case.offer, case.events[: told[-1] + 1])), name)
    now = days_of(course, name)
    return {which: (before[which], now[which]) for which in now if before[which] != now[which]}
