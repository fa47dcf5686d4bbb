"""The centre tells residents that days which a letter named are others now, and that the case stands still or goes on
(ADR 0058).
"""

from datetime import datetime

from fotfeste.accommodation.public import everyone_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.counselling import COUNSELS
from fotfeste.refusal.actions.happening import lock_refusal, register
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.moves import TaskOf
from fotfeste.refusal.domain.told_days import changed_days
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.letters_days import write_days
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import case_of
from fotfeste.registry.public import members_of
from fotfeste.worklist.public import close_tasks


@act
def tell_days(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> Refusal:
    """The centre gives each adult who lives there, and was told otherwise, a letter: of the old days and the new, and
    that the case stands still or goes on again.

    Raises Refused (`refusal_days_are_told`, `no_open_refusal`, `not_their_centre`), Stale, NotFound, NoRule.
    """
    require(by, COUNSELS)
    today = legal_day(at)
    refusal = lock_refusal(group_id, today, by=by, version=version)
    course = Course(case_of(refusal))
    here = {each.subject_id for each in everyone_of(group_id, today) if each.centre_id == by.organisation_id}
    changed = {int(each.id): changed_days(course, each.id) for each in course.present() if int(each.id) in here}
    whom = [person for person, days in changed.items() if days]
    if not whom:
        raise Refused("refusal_days_are_told")
    # Before what follows: another centre's may have to stand.
    close_tasks([TaskOf.DAYS], subject_id=refusal.subject_id, organisation_id=by.organisation_id, by=by, at=at)
    register(refusal, Happening.DAYS_TOLD, whom, by=by, at=at)
    members = {each.subject_id: each for each in members_of(group_id, today)}
    for person in sorted(whom):
        write_days(refusal, members[person], changed[person], course=course, by=by, at=at)
    return refusal
