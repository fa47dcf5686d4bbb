"""A household's no that was registered by mistake: its one offer waits for an answer again."""

from datetime import date, datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.public import everyone_of, home_among
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, TakenBack, check_mistake, lock_group, record_correction
from fotfeste.settlement.actions.case import advance, instant_of
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.actions.not_moved import OF_THE_JOURNEY, WAITED
from fotfeste.settlement.actions.parties import ask_centre
from fotfeste.settlement.actions.taken_back.again import open_again
from fotfeste.settlement.domain.goals import after_days
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import OFFER
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.queries.living import living_offer
from fotfeste.settlement.task_kinds_offers import FOLLOW_REFUSAL, SEE_CHANGE
from fotfeste.worklist.public import Task, close_tasks

# What the no ended: there was nothing to go on with.
_WAITED = (*WAITED, SEE_CHANGE)


@act
def annul_refusal(
    group_id: int,
    *,
    reason: Mistake | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Offer:
    """IMDi takes back a no while the household still lives at a centre and the municipality holds its home.

    Or that they did not move on the agreed day: the journey stands then.

    The same offer is open, and the centre where they live now is asked to register the answer, with a deadline counted
    from today. IMDi has nothing to follow up. Who knows of them is as before: a no ends nobody's need to know.
    Raises Refused: `mistake_missing`, `mistake_needs_words`, `refusal_not_registered`, `refused_and_left`,
    `municipality_holds_no_more`; Stale, NotFound, NoRule.
    """
    require(by, "settlement.find_municipality")
    check_mistake(reason, text)
    lock_group(group_id, version=version)
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id, state="refused").first()
    if case is None:
        raise Refused("refusal_not_registered")
    today, offer = legal_day(at), living_offer(case, is_locked=True)
    _refuse_what_is_over(case, offer, today)
    if offer.not_moved_on is not None:
        record_correction(group_id, TakenBack.OFFER_ANSWER, offer.not_moved_on, reason, text, by=by, at=at)
        return _still_to_travel(case, offer, by=by, at=at)
    refused_at, answered_on = instant_of(case, "decline_offer"), offer.answered_on or case.state_since_on
    _wait_for_answer(offer)
    # Before it is told: a refusal that goes on because this one never was asks anew.
    close_tasks([FOLLOW_REFUSAL], subject_id=group_id, by=by, at=at, outcome="void")
    event = advance(case, "annul_refusal", by=by, at=at, on=today, other_organisation_id=offer.organisation_id)
    record_correction(group_id, TakenBack.OFFER_ANSWER, answered_on, reason, text, by=by, at=at)
    for kind in _WAITED:
        open_again(case, Task.objects.filter(kind=kind, closed_at=refused_at, outcome="void"), at=at)
    ask_centre(
        case,
        "register_offer_answer",
        cause="settlement.annul_refusal",
        basis_on=today,
        deadline=after_days("settlement.offer_answer_days", today, book()),
        at=at,
    )
    follow_home(case, Told(event, by, at))  # what has come to pass in the household since the no
    return offer


def _still_to_travel(case: SettlementCase, offer: Offer, *, by: Viewer, at: datetime) -> Offer:
    """That they did not move was wrong: the journey stands as it was agreed, and asks what it asked."""
    refused_at = instant_of(case, "register_not_moved")
    offer.state, offer.not_moved_on = OFFER.step(offer.state, "annul_not_moved").target, None
    offer.save(update_fields=["state", "not_moved_on"])
    to = offer.organisation_id
    close_tasks([FOLLOW_REFUSAL], subject_id=case.subject_id, by=by, at=at, outcome="void")
    event = advance(case, "annul_not_moved", by=by, at=at, on=legal_day(at), other_organisation_id=to)
    for kind in (*OF_THE_JOURNEY, *WAITED):
        open_again(case, Task.objects.filter(kind=kind, closed_at=refused_at, outcome="void"), at=at)
    follow_home(case, Told(event, by, at))
    return offer


def _refuse_what_is_over(case: SettlementCase, offer: Offer, today: date) -> None:
    """They must live at a centre, which then has the case, and the municipality must not have been told it is over."""
    home = home_among(everyone_of(case.subject_id, today))
    if home is None or home.centre_id is None:
        raise Refused("refused_and_left")
    if offer.organisation_id not in organisations_with(case.subject_id, NeedReason.OFFERED_HERE, today):
        raise Refused("municipality_holds_no_more")
    case.centre_id = home.centre_id
    case.save(update_fields=["centre"])


def _wait_for_answer(offer: Offer) -> None:
    """Nobody has answered: who did, when and in what language is of the answer that never was."""
    offer.state = OFFER.step(offer.state, "annul_refusal").target
    offer.answered_on, offer.answered_by_names, offer.guardian_name = None, "", ""
    offer.answer_language, offer.consequences_shown = "", False
    offer.save()
