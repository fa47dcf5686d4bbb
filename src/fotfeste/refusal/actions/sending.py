"""UDI's letters to adults, in their order: to all for whom it is time, or to those who are chosen."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.happening import lock_refusal, register
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.gates import gate
from fotfeste.refusal.domain.plan import plan
from fotfeste.refusal.domain.types import Case, Happening
from fotfeste.refusal.letters import write_letter, write_petition
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import case_of

PURSUES = "refusal.pursue"


@act
def send_first_letter(
    group_id: int,
    residents: Collection[int] = (),
    *,
    stops_on: date | None = None,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Refusal:
    """UDI tells adults what a refusal costs, their 14 days, and that the basic benefit stops after them (step 1).

    `stops_on`: a later day than the one after the 14 days, at most three months after the letter. Raises Refused
    (`nobody_due`, `refusal_imdi_message`, `refusal_child`, `refusal_stops_too_early`, `refusal_stops_too_late`), Stale,
    NotFound, NoRule. Source: GUIDE 1.9, Vedlegg 6.
    """
    return _send(Happening.FIRST_LETTER, group_id, residents, names_on=stops_on, by=by, at=at, version=version)


@act
def send_eviction_notice(
    group_id: int, residents: Collection[int] = (), *, by: Viewer, at: datetime, version: int | None = None
) -> Refusal:
    """UDI warns adults of the eviction, after the later of IMDi's deadline and their own 14 days (step 2).

    Not before all is done for those who came alone. Raises Refused (`nobody_due`, `refusal_too_early`,
    `refusal_guardian_told` and the like), Stale, NotFound, NoRule.
    """
    return _send(Happening.EVICTION_NOTICE, group_id, residents, by=by, at=at, version=version)


@act
def send_petition(
    group_id: int, residents: Collection[int] = (), *, by: Viewer, at: datetime, version: int | None = None
) -> Refusal:
    """UDI petitions the enforcement officer for eviction, and notifies the residents of it (step 3).

    From the day on which every adult who is still there has the notice. Raises Refused (`nobody_due`,
    `refusal_eviction_notice`), Stale, NotFound, NoRule.
    """
    return _send(Happening.PETITION, group_id, residents, by=by, at=at, version=version)


def _send(
    kind: Happening,
    group_id: int,
    residents: Collection[int],
    *,
    names_on: date | None = None,
    by: Viewer,
    at: datetime,
    version: int | None,
) -> Refusal:
    require(by, PURSUES)
    today = legal_day(at)
    refusal = lock_refusal(group_id, today, by=by, version=version)
    whom = residents or _due(case_of(refusal), kind, today)
    said = register(refusal, kind, whom, names_on=names_on, field="residents", day_field="stops_on", by=by, at=at)
    after = plan(said, today)
    for resident in sorted(whom):
        write_letter(kind, refusal, resident, plan=after, by=by, at=at)
    if kind is Happening.PETITION:
        write_petition(refusal, whom, plan=after, by=by, at=at)
    return refusal


def _due(case: Case, kind: Happening, today: date) -> Sequence[int]:
    """Those to whom it can be sent on the day; where there are none, those who wait for it, so that it is told why."""
    course = Course(case)
    gates = [(each, gate(course, kind, each, today)) for each in course.adults(today)]
    now = [int(each.id) for each, found in gates if found.is_open(today)]
    found = now or [int(each.id) for each, waiting in gates if not waiting.never]
    if not found:
        raise Refused("nobody_due", "residents")
    return found
