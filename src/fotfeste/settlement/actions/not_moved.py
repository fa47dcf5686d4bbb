"""A household did not move on the day that was agreed: it refuses its municipality, as if it had said no (REF-01)."""

from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import ONE_DAY
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import advance, lock_case_where_they_live
from fotfeste.settlement.actions.offer import ask_to_follow
from fotfeste.settlement.domain.states import CASE, OFFER
from fotfeste.settlement.models import Offer
from fotfeste.settlement.queries.living import living_offer
from fotfeste.settlement.task_kinds_interview import ASKED_AGAIN
from fotfeste.settlement.task_kinds_offers import CONFIRM_NEED, SEE_HOUSEHOLD_AGAIN
from fotfeste.worklist.public import close_tasks

OF_THE_JOURNEY = ("register_departure", "prepare_arrival", "approve_travel")
WAITED = (SEE_HOUSEHOLD_AGAIN, CONFIRM_NEED, *ASKED_AGAIN)


@act
def register_not_moved(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> Offer:
    """The centre (IMDi, for those who live at none) registers that nobody has moved, from the day after the agreed one.

    The journey asks nothing of anybody any more; the municipality keeps its need to know, since it is asked to hold the
    offer. Raises Refused (`journey_day_not_over`, `not_their_centre`), IllegalStep, Stale, NotFound.
    Source: GUIDE 1.9 (the right to a place holds until the agreed day) and Vedlegg 6.
    """
    require(by, "settlement.arrange_journey")
    case = lock_case_where_they_live(group_id, by=by, version=version)
    CASE.step(case.state, "register_not_moved")
    offer = living_offer(case, is_locked=True)
    agreed_on = offer.journey.travels_on
    if legal_day(at) <= agreed_on:
        raise Refused("journey_day_not_over", params={"day": agreed_on + ONE_DAY})
    offer.state, offer.not_moved_on = OFFER.step(offer.state, "register_not_moved").target, agreed_on
    offer.save(update_fields=["state", "not_moved_on"])
    close_tasks((*OF_THE_JOURNEY, *WAITED), subject_id=group_id, by=by, at=at, outcome="void")
    advance(case, "register_not_moved", by=by, at=at, on=agreed_on, other_organisation_id=offer.organisation_id)
    ask_to_follow(case, agreed_on, cause="settlement.register_not_moved", at=at)
    return offer
