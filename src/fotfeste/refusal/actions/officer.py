"""UDI tells the enforcement officer what a petition has come to: it is off, stands still, or stands (ADR 0058)."""

from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.happening import register
from fotfeste.refusal.actions.sending import PURSUES
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import TO_OFFICER
from fotfeste.refusal.letters_officer import write_to_officer
from fotfeste.refusal.queries.cases import case_of, untold_officer
from fotfeste.registry.public import lock_group


@act
def tell_officer(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """UDI tells the enforcement officer (namsmannen) of everybody of whom the officer thinks something else than holds.

    Of a refusal that is over, too. Raises Refused (`refusal_officer_knows`, `petition_not_found`), Stale, NotFound.
    """
    require(by, PURSUES)
    lock_group(group_id, version=version)
    today = legal_day(at)
    untold = untold_officer(group_id, today)
    if not untold:
        raise Refused("refusal_officer_knows")
    for refusal in untold:
        before = Course(case_of(refusal))
        for kind in TO_OFFICER:
            whom = [int(each.id) for each in before.case.residents if before.untold_officer(each.id, today) is kind]
            if whom:
                register(refusal, kind, whom, by=by, at=at)
                write_to_officer(kind, refusal, whom, before=before, by=by, at=at)
