"""A departure that never was: the request that lapsed with it goes on, or the household is told that it does not.

Told by an event, after the case (ADR 0060).
"""

from dataclasses import replace
from datetime import date

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.platform.models import Event
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.actions.request import advance, ask, forget_approval, who_acts_for
from fotfeste.self_settlement.domain.states import ASK, ASKED, REOPENED
from fotfeste.self_settlement.domain.tasks import AGREE, ANSWER, CHECK_HOME, SEND_HOME, TELL_OVER
from fotfeste.self_settlement.domain.types import EndCause, HomeOutcome
from fotfeste.self_settlement.domain.waiting import agree_due, answer_due, check_due, home_due
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.queries.asked import may_ask_of
from fotfeste.settlement.public import imdi_of, settling_on, take_back_end

_NEVER_LEFT = "accommodation.departure_annulled"


def reopen_lapsed(told: Told) -> None:
    """They never left: their request goes on where it stood, unless its municipality has seen that they do not come.
    Then it has let go, and whoever acts for them tells them what they can do. Of what IMDi had agreed on the places are
    free: it agrees anew.

    Listens to `accommodation.departure_annulled`, after the case. Raises NoRule.
    """
    group_id, today = told.event.subject_id, legal_day(told.at)
    found = _lapsed_with_departure(group_id) if group_id is not None else None
    if group_id is None or found is None or may_ask_of(group_id, today).is_no:
        return
    request, was = found
    # It follows from the act of whoever took the departure back, who may not be one who asks for households.
    by = replace(told.by, permissions=told.by.permissions | {ASK})
    is_promised, number = was == "agreed", request.reference
    if was != ASKED.initial and not take_back_end(
        request.case, number=number, is_promised=is_promised, by=by, at=told.at
    ):
        theirs = who_acts_for(request.case, today)
        ask(request, TELL_OVER, theirs, cause=_NEVER_LEFT, basis_on=today, due=None, at=told.at)
        return
    _go_on(request, was, today, by=by, told=told)


def _lapsed_with_departure(group_id: int) -> tuple[SelfSettlement, str] | None:
    """The household's last request, and where it stood, if it lapsed in the act of a departure and its case goes on."""
    requests = SelfSettlement.objects.select_for_update(of=("self",)).filter(subject_id=group_id)
    request = requests.select_related("organisation", "case").order_by("-pk").first()
    if request is None or (request.state, request.end_cause) != ("lapsed", EndCause.CASE_OVER):
        return None
    steps = Event.objects.filter(workflow=ASKED.name, object_id=request.pk, transition="lapse")
    lapse = steps.order_by("-pk").first()
    if lapse is None or request.case.state == "closed":
        return None
    departed = Event.objects.filter(type="accommodation.departed", subject_id=group_id, recorded_at=lapse.recorded_at)
    return (request, lapse.from_state) if departed.exists() else None


def _go_on(request: SelfSettlement, was: str, today: date, *, by: Viewer, told: Told) -> None:
    """In the state that it had, or as far as its home is there still; each deadline is counted anew."""
    state, at = _goes_on_in(request, was), told.at
    request.ended_on, request.end_cause, request.end_text = None, "", ""
    if was == "agreed":
        approved_on = request.approved_on
        forget_approval(request, on=today)
        request.approved_on = approved_on
    advance(request, f"reopen_{state}", by=by, at=at, on=today)
    subjects, reason = [request.subject_id, *settling_on(request.subject_id, today)], NeedReason.WANTS_TO_SETTLE
    open_needs(subjects, organisation_id=request.organisation_id, reason=reason, from_on=today, at=at)
    theirs, municipality = who_acts_for(request.case, today), [request.organisation_id]
    kind, whose, due = {
        "asked": (ANSWER, municipality, answer_due(today)),
        "finding_home": (SEND_HOME, theirs, home_due(today)),
        "home_sent": (CHECK_HOME, municipality, check_due(today)),
        "approved": (AGREE, imdi_of(request.case, today), agree_due(today)),
    }[state]
    ask(request, kind, whose, cause=REOPENED, basis_on=today, due=due, at=at)


def _goes_on_in(request: SelfSettlement, was: str) -> str:
    wanted = {"home_sent": "", "approved": HomeOutcome.APPROVED, "agreed": HomeOutcome.APPROVED}
    if was not in wanted:
        return was
    if not request.homes.filter(outcome=wanted[was]).exists():
        return "finding_home"
    return "approved" if was == "agreed" else was
