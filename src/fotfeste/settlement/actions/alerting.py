"""The centre is alerted before the decision: who is in the target group for collective protection is interviewed while
they wait (SET-01, GUIDE 1.3.1).
"""

from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, Told, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import StatusKind, lock_group, members_of, require_part
from fotfeste.settlement.actions.opening import has_case_that_counts, open_case
from fotfeste.settlement.actions.parties import is_anybody_left
from fotfeste.settlement.actions.permits import follow_permits
from fotfeste.settlement.models import SettlementCase


@act
def alert_early(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> SettlementCase:
    """Open the case of a household that waits for collective protection, so that the interview can be held.

    UDI knows who is in the target group; IMDi and the centre get their part as by a permit. No municipality is asked
    before there is one, and the waiting time counts from it. Raises Refused: `case_is_there`, `everybody_has_left`,
    `nobody_has_applied` (who has a decision already is followed by that); Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.alert_early")
    lock_group(group_id, version=version)
    require_part([group_id], by=by, at=at)
    today = legal_day(at)
    if has_case_that_counts(group_id):
        raise Refused("case_is_there")
    if not any(member.current_status == StatusKind.APPLIED_FOR_PROTECTION for member in members_of(group_id, today)):
        raise Refused("nobody_has_applied")
    if not is_anybody_left(group_id, today):
        raise Refused("everybody_has_left")
    alert = Happening(type="settlement.alerted_early", subject_id=group_id, holds_on=today)
    told = Told(publish(alert, by=by, at=at), by, at)
    case = open_case(group_id, due_since_on=today, alerted_on=today, told=told)
    follow_permits(case, told)
    return case
