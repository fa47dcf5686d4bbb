"""The end of a case that does not end in a municipality: requests and offer withdrawn, tasks void, needs
ended.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from fotfeste.access.public import NeedReason, end_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.cancelling import ask_to_cancel
from fotfeste.settlement.actions.case import advance, lock_case
from fotfeste.settlement.actions.destination import cancel_own_journey
from fotfeste.settlement.actions.parties import imdi_of, members_on, municipality_leaves
from fotfeste.settlement.actions.told import tell_municipality
from fotfeste.settlement.actions.withdrawal import end_offer
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.requests import check_closing
from fotfeste.settlement.domain.states import REQUEST
from fotfeste.settlement.domain.types import ClosingReason, WithdrawalReason
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.queries.living import LIVING
from fotfeste.settlement.task_kinds import TASK_KINDS
from fotfeste.settlement.task_kinds_offers import OUTLIVES_THE_CASE
from fotfeste.worklist.public import close_tasks, open_tasks_about

RESTS_ON_A_REQUEST = frozenset({"requested", "municipality_found", "offered", "accepted", "journey_agreed"})


@act
def close_case(
    group_id: int,
    *,
    reason: ClosingReason | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementCase:
    """Close the case of a group that will not be settled by IMDi, with the reason: by the centre where they live, or by
    IMDi.

    A later permit opens another. Raises Refused (`closing_reason_missing`, `closing_needs_words`), IllegalStep, Stale,
    NotFound.
    """
    require(by, "settlement.close_case")
    check_closing(str(reason), text)
    case = lock_case(group_id, by=by, version=version)
    end_case(case, on=legal_day(at), by=by, at=at)
    case.closing_reason, case.closing_text = str(reason), text.strip()
    case.save(update_fields=["closing_reason", "closing_text"])
    return case


def end_case(case: SettlementCase, *, on: date, by: Viewer, at: datetime) -> None:
    """Close an open, locked case as of `on`: everything that lives on it ends, and IMDi is told by the event.

    An offer that was accepted and not carried out is withdrawn like one that waits for an answer: nobody has refused
    it, and who comes back may be offered a municipality again. What is booked with others the centre cancels. The tasks
    of others stay: who lives at a centre without a bed still needs one.
    """
    today = legal_day(at)
    came_to = case.state
    ask_to_cancel(case, cause="settlement.close_case", on=on, at=at)
    cancel_own_journey(case, cause="settlement.close_case", on=on, by=by, at=at)
    offer = Offer.objects.filter(LIVING, case=case).first()
    if offer is not None:
        end_offer(offer, WithdrawalReason.CASE_CLOSED, "", on=on, by=by)
    imdi = imdi_of(case, today)
    request = case.requests.filter(state__in=("open", "accepted")).first()
    if request is None and case.state in RESTS_ON_A_REQUEST:
        raise Refused("household_is_being_settled")  # it is there, and the actor has no part in it
    if request is not None:
        request.state = REQUEST.step(request.state, "withdraw").target
        request.save(update_fields=["state"])
    advance(case, "close_case", by=by, at=at, on=on, other_organisation_id=imdi[0] if imdi else None)
    kinds = [kind.code for kind in TASK_KINDS if kind.code not in OUTLIVES_THE_CASE]
    close_tasks(kinds, subject_id=case.subject_id, by=by, at=at, outcome="void")
    if request is not None:
        tell_municipality(case, request, came_to=came_to, cause="settlement.close_case", on=on, by=by, at=at)
        municipality_leaves(case, request.organisation_id, on=today, by=by, at=at)
    end_imdis_part(case.subject_id, on=today, at=at)


def close_with_the_permit(case: SettlementCase, reason: ClosingReason, *, by: Viewer, at: datetime) -> None:
    """Close the case of a household in which nobody ever had a permit: who had it has left, or it never was.

    It follows from the act of whoever registered that, who may not be one who closes cases.
    """
    by = replace(by, permissions=by.permissions | {"settlement.close_case"})
    end_case(case, on=legal_day(at), by=by, at=at)
    case.closing_reason = reason
    case.save(update_fields=["closing_reason"])


def close_all_tasks(group_id: int, *, by: Viewer, at: datetime, but: tuple[str, ...] = ()) -> None:
    """Close what is still open about a group, whoever's it is: nobody is to do it any more."""
    kinds = {task.kind for task in open_tasks_about(group_id)} - set(but) - OUTLIVES_THE_CASE
    close_tasks(sorted(kinds), subject_id=group_id, by=by, at=at, outcome="void")


def end_imdis_part(group_id: int, *, on: date, at: datetime) -> None:
    """IMDi sees those who belong to the household now for a dated number of days after `on`, then no longer.

    Counted from today where `on` is past: what IMDi is to follow up it learns of now. Whoever has been taken out of the
    household since is another household's. Raises NoRule.
    """
    today = legal_day(at)
    days = book().get("settlement.imdi_sees_afterwards_days", on).integer
    subjects = [group_id, *members_on(group_id, today)]
    end_needs(subjects, reason=NeedReason.SETTLEMENT_CASE, on=max(on, today) + timedelta(days=days), at=at)
