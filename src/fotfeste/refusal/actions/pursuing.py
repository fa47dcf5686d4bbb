"""What UDI does besides its letters: tells whom it must, registers the day of the eviction, suspends, closes."""

from collections.abc import Collection
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.happening import Said, lock_refusal, register, why_in_words
from fotfeste.refusal.actions.sending import PURSUES
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS, gate
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.letters import write_of_minor
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import case_of


@act
def tell_of_minors(
    group_id: int,
    kind: Happening,
    residents: Collection[int] = (),
    *,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Refusal:
    """UDI has told the guardian or child welfare of those who came alone, or offered them a place in a centre for
    unaccompanied minors (`kind`); child welfare also of children with no adult left.

    Of all of them whom it has not been done for, where nobody is chosen. Raises Refused (`nobody_due`,
    `refusal_not_alone`, `refusal_done`), Stale, NotFound. Source: GUIDE Vedlegg 6, step 1.
    """
    require(by, PURSUES)
    if kind not in TOLD_OF_MINORS:
        raise Refused("nobody_due", "kind")
    today = legal_day(at)
    refusal = lock_refusal(group_id, today, by=by, version=version)
    course = Course(case_of(refusal))
    due = [int(each.id) for each in course.present() if gate(course, kind, each, today).is_open(today)]
    whom = residents or due
    if not whom:
        raise Refused("nobody_due", "residents")
    after = plan(register(refusal, kind, whom, said=Said(text), field="residents", by=by, at=at), today)
    for resident in sorted(whom):
        write_of_minor(kind, refusal, resident, plan=after, by=by, at=at)
    return refusal


@act
def set_eviction_day(
    group_id: int, *, day: date, text: str = "", by: Viewer, at: datetime, version: int | None = None
) -> Refusal:
    """UDI registers the day that the enforcement officer has set, or another one; the latest counts.

    The centre gets the task of representing UDI on the day. Raises Refused (`refusal_petition`,
    `refusal_day_before_act`, `refusal_day_too_late`), Stale, NotFound.
    """
    require(by, PURSUES)
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    kind = Happening.EVICTION_DAY_SET
    register(refusal, kind, names_on=day, said=Said(text), field="day", by=by, at=at)
    return refusal


@act
def extend_fortnight(
    group_id: int,
    residents: Collection[int],
    *,
    until_on: date,
    text: str,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Refusal:
    """UDI gives residents longer than the 14 days, while they still run, with the reason; what was set first is kept.

    Raises Refused (`refusal_needs_words`, `refusal_names_nobody`, `refusal_run_out`, `refusal_no_later`), Stale,
    NotFound, NoRule.
    """
    require(by, PURSUES)
    said = Said(why_in_words(text))
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    kind = Happening.FORTNIGHT_EXTENDED
    register(refusal, kind, residents, names_on=until_on, said=said, field="until_on", by=by, at=at)
    return refusal


@act
def suspend_refusal(group_id: int, *, text: str, by: Viewer, at: datetime, version: int | None = None) -> Refusal:
    """UDI suspends the case with the reason: its clocks stand still, and no letter is sent until it is resumed.

    Raises Refused (`refusal_needs_words`, `refusal_suspended`), Stale, NotFound.
    """
    return _said_by_udi(Happening.SUSPENDED, group_id, text, by=by, at=at, version=version)


@act
def resume_refusal(group_id: int, *, text: str, by: Viewer, at: datetime, version: int | None = None) -> Refusal:
    """UDI resumes the case with the reason. Raises Refused (`refusal_not_suspended`), Stale, NotFound."""
    return _said_by_udi(Happening.RESUMED, group_id, text, by=by, at=at, version=version)


@act
def close_refusal(group_id: int, *, text: str, by: Viewer, at: datetime, version: int | None = None) -> Refusal:
    """UDI closes the case by hand, with what happened, when something is said of everybody in it.

    Nothing is registered in it afterwards. Raises Refused (`refusal_needs_words`, `refusal_everybody_out`), Stale,
    NotFound.
    """
    refusal = _said_by_udi(Happening.CLOSED, group_id, text, by=by, at=at, version=version)
    refusal.closed_on = legal_day(at)
    refusal.save(update_fields=["closed_on"])
    return refusal


def _said_by_udi(
    kind: Happening, group_id: int, text: str, *, by: Viewer, at: datetime, version: int | None
) -> Refusal:
    require(by, PURSUES)
    said = Said(why_in_words(text))
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    register(refusal, kind, said=said, by=by, at=at)
    return refusal
