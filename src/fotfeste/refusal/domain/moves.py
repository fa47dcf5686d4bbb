"""Whose move it is in a refusal, and by which day: what the tasks of each party follow from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fotfeste.kernel.ages import ADULT_AT, birthday, is_adult
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS, gate, upheld_first
from fotfeste.refusal.domain.told_days import changed_days
from fotfeste.refusal.domain.types import TO_OFFICER, WAYS_OUT, Case, Happening, Party, Resident

AHEAD = timedelta(days=90)
"""A letter to somebody who comes of age is asked for so long before; the day itself is in the plan from the start."""


class TaskOf(StrEnum):
    """The tasks of a refusal."""

    HOLD_ASKED = "follow_refusal"  # IMDi: asks the municipality to hold the offer, and tells UDI
    HELD = "refusal_hold"  # the municipality: holds it, or withdraws with a reason
    TALK = "refusal_talk"
    FIRST_LETTER = "refusal_first_letter"
    MINORS = "refusal_minors"
    NOTICE = "refusal_notice"
    PETITION = "refusal_petition"
    EVICTION_DAY = "refusal_eviction_day"
    OFFICER = "refusal_officer"  # UDI: tells the enforcement officer what the petition has come to
    EVICTION = "refusal_eviction"  # the centre: its manager represents UDI
    DAYS = "refusal_days"  # the centre: tells of days that are others than a letter said
    APART = "refusal_apart"  # UDI: whoever was not given the offer is to have one, as a household of their own
    CLOSE = "refusal_close"


@dataclass(frozen=True, slots=True)
class Move:
    """A task: whose, by which day and rule where they are known; `about` whom, where it is some of them alone."""

    task: TaskOf
    party: Party
    due_on: date | None = None
    due_rule: str = ""
    about: tuple[str, ...] = ()


def moves(case: Case, today: date) -> Iterator[Move]:
    """Every task that is somebody's as the case stands on the day; each once. Raises NoRule."""
    course = Course(case)
    if course.is_officer_untold(today):
        yield Move(TaskOf.OFFICER, Party.UDI, _changed_on(course, today), "refusal.petition")
    elif not course.present() and not course.first(Happening.CLOSED):
        yield Move(TaskOf.CLOSE, Party.UDI)
    if course.first(Happening.CLOSED) or not course.present():
        return
    if apart := tuple(each.id for each in course.not_offered()):
        yield Move(TaskOf.APART, Party.UDI, about=apart)
    if len(course.not_offered()) == len(course.present()):
        return  # nobody else is in it any more
    yield from _of_the_offer(course, today)
    if not course.first(Happening.TALK):
        yield Move(TaskOf.TALK, Party.CENTRE)
    yield from _of_letters(course, today)
    if changed := tuple(each.id for each in course.adults(today) if changed_days(course, each.id)):
        yield Move(TaskOf.DAYS, Party.CENTRE, _days_changed_on(course), "refusal.days", changed)
    if _is_time_to_tell(course, today):
        opens = _notice_opens(course, today)
        yield Move(TaskOf.MINORS, Party.UDI, opens, "refusal.fortnight_days" if opens else "")
    yield from _of_the_eviction(course, today)


_CHANGE_DAYS = frozenset(
    {
        Happening.IMDI_DEADLINE_EXTENDED,
        Happening.FORTNIGHT_EXTENDED,
        Happening.SUSPENDED,
        Happening.RESUMED,
        Happening.WITHDRAWN,
    }
)


def _days_changed_on(course: Course) -> date:
    """The last day on which days were changed: it is told at once."""
    return max(each.on for each in course.case.events if each.kind in _CHANGE_DAYS)


_CHANGES = frozenset(
    {
        *WAYS_OUT,
        Happening.SUSPENDED,
        Happening.RESUMED,
        Happening.WITHDRAWN,
        Happening.MOVED_CENTRE,
        Happening.CLOSED,
    }
)
"""What makes that a petition is not as the enforcement officer thinks."""


def _changed_on(course: Course, today: date) -> date:
    """The day from which the enforcement officer has known something else than what holds: told at once.

    Whoever came of age and is named in no petition has made it stand still on their birthday.
    """
    sent = [each.on for each in course.case.events if each.kind in (Happening.PETITION, *TO_OFFICER)]
    changed = [each.on for each in course.case.events if each.kind in _CHANGES]
    unnamed = (each for each in course.to_warn(today) if not course.first(Happening.PETITION, each.id))
    return max([*changed, *sent, *(birthday(each.birth_date, ADULT_AT) for each in unnamed)])


def _of_the_eviction(course: Course, today: date) -> Iterator[Move]:
    """The officer's day, when it is known that the petition stands; then the centre's part in it."""
    adults = course.to_warn(today)
    if not adults or course.stands_still(today) or any(upheld_first(course, each) for each in adults):
        return
    dates = [course.eviction_day(each.id) for each in adults]
    days = [each.day for each in dates if each and each.day]
    if len(days) < len(adults):
        yield Move(TaskOf.EVICTION_DAY, Party.UDI)
    else:
        yield Move(TaskOf.EVICTION, Party.CENTRE, max(days), "refusal.eviction_day")


def _of_the_offer(course: Course, today: date) -> Iterator[Move]:
    """IMDi's part, also where its deadline ran out before UDI could write; the municipality's."""
    is_withdrawn = course.first(Happening.WITHDRAWN) is not None
    asked = course.first(Happening.HOLD_ASKED)
    is_told = course.first(Happening.IMDI_MESSAGE) is not None
    if not is_told or not (asked or is_withdrawn) or course.new_deadline_first(today):
        yield Move(TaskOf.HOLD_ASKED, Party.IMDI)
    if asked and not is_withdrawn:
        deadline = course.imdi_deadline()
        due_on = deadline.runs_out_on if deadline else None  # none while it stands still: nobody is late then
        yield Move(TaskOf.HELD, Party.MUNICIPALITY, due_on, "refusal.imdi_deadline" if due_on else "")


def _of_letters(course: Course, today: date) -> Iterator[Move]:
    """UDI's letters: the first, also to those who soon come of age; the notice; the petition when all have that.

    None has a day while the case is suspended, or while nobody knows it.
    """
    first = min(_first_letters(course, today), default=None)
    if first:
        is_due = course.first(Happening.IMDI_MESSAGE) is not None and not course.new_deadline_first(today)
        yield _letter(course, TaskOf.FIRST_LETTER, first if is_due else None, "refusal.imdi_message")
    if list(_unwarned(course, today)):
        opens = None if _is_time_to_tell(course, today) else _notice_opens(course, today)  # it waits for that
        yield _letter(course, TaskOf.NOTICE, opens, "refusal.fortnight_days")
    adults = course.to_warn(today)
    sent = [course.first(Happening.EVICTION_NOTICE, each.id) for each in adults]
    if adults and all(sent) and not course.covered_by_petition(today):
        last = max(each.on for each in sent if each)
        yield _letter(course, TaskOf.PETITION, last, "refusal.eviction_notice")


def _first_letters(course: Course, today: date) -> Iterator[date]:
    """From when each of those can get their first letter who is of age now or soon and has none."""
    opened = [each.on for kind in (Happening.IMDI_MESSAGE, Happening.RESUMED) for each in course.all(kind)]
    since = max(opened, default=today)
    for each in (each for each in course.present() if each.was_offered):
        of_age_on = birthday(each.birth_date, ADULT_AT)
        if of_age_on <= today + AHEAD and not course.first(Happening.FIRST_LETTER, each.id):
            yield max(since, of_age_on)


def _unwarned(course: Course, today: date) -> Iterator[Resident]:
    """The adults who have the first letter, and no notice of eviction."""
    for each in course.to_warn(today):
        if course.first(Happening.FIRST_LETTER, each.id) and not course.first(Happening.EVICTION_NOTICE, each.id):
            yield each


def _notice_opens(course: Course, today: date) -> date | None:
    """The first day on which somebody may get the notice, as far as days decide; none while the case is suspended."""
    days = (gate(course, Happening.EVICTION_NOTICE, each, today).opens_on for each in _unwarned(course, today))
    return None if course.is_suspended() else min((each for each in days if each), default=None)


def _letter(course: Course, task: TaskOf, day: date | None, rule: str) -> Move:
    known = None if course.is_suspended() else day
    return Move(task, Party.UDI, known, rule if known else "")


def _is_time_to_tell(course: Course, today: date) -> bool:
    """Something is to be told or offered of those who came alone, or of children whom no adult is left with.

    From the first letter, or where children are left behind; by the day on which the notice could be sent.
    """
    if not course.first(Happening.FIRST_LETTER) and not course.left_behind(today):
        return False
    alone = any(not course.first(told, each.id) for each in course.minors_alone(today) for told in TOLD_OF_MINORS)
    left = (each for each in course.left_behind(today) if not is_adult(each.birth_date, today))
    return alone or any(not course.first(Happening.CHILD_WELFARE_TOLD, each.id) for each in left)
