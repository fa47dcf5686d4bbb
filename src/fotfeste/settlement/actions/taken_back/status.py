"""A permit or a refusal that never was: what was reckoned from it is reckoned anew. Told by events."""

from fotfeste.platform.events import Told
from fotfeste.registry.public import PERMITS, StatusKind
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.actions.opening import is_closed_by_hand, open_case_of_permitted
from fotfeste.settlement.actions.settled import settle_waiting
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import ClosingReason
from fotfeste.settlement.models import SettlementCase


def follow_annulled_status(told: Told) -> None:
    """An open case waits from the first permit that is left; without any it closes, or IMDi decides where a
    municipality has been asked. Where a refusal is taken back the permit before it counts again: a case opens, or who
    moved with the others is settled as they are. No permit that is taken back opens a case that somebody closed.
    Listens to `registry.status_annulled`; UDI acts, and sees everyone.
    """
    event = told.event
    if event.subject_id is None or event.transition not in PERMITS | {StatusKind.REFUSAL}:
        return
    open_cases = SettlementCase.objects.select_for_update().filter(subject_id=event.subject_id)
    case = open_cases.exclude(state__in=CASE.final).first()
    if case is None:
        if event.transition == StatusKind.REFUSAL or not is_closed_by_hand(event.subject_id):
            open_case_of_permitted(event.subject_id, told)
        settle_waiting(event.subject_id, told)
    else:
        follow_home(case, told, lost=ClosingReason.PERMIT_VOID)
