"""What becomes of an offer that was refused: taken up after all, or held by its municipality no longer (REF-05)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from fotfeste.access.public import NeedReason, end_needs
from fotfeste.accommodation.public import everyone_of, home_among
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import advance
from fotfeste.settlement.actions.followers import follow_who_waits
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.actions.parties import (
    ask_centre,
    held_for,
    members_on,
    municipality_leaves,
)
from fotfeste.settlement.actions.permits import follow_permits, refuse_without_permit
from fotfeste.settlement.actions.taken_back.again import closing_of, go_on_with
from fotfeste.settlement.actions.told import tell_of_change, tell_of_followers
from fotfeste.settlement.actions.withdrawal import end_offer
from fotfeste.settlement.domain.goals import after_working_days
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import CASE, OFFER, REQUEST
from fotfeste.settlement.domain.types import WithdrawalReason
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.queries.living import living_offer
from fotfeste.worklist.public import close_tasks


def take_up_offer(group_id: int, persons: Collection[int], *, on: date, by: Viewer, at: datetime) -> None:
    """Somebody of a household that refused says yes after all: the offer stands, and the journey is agreed.

    Where the municipality has withdrawn they are in the queue again, and may be offered another: the offer counts as
    taken back. So they are where the case of those who had said yes is closed. Whoever says yes after others have goes
    with them, which the municipality is told, or follows them.
    `persons` are those who say it. For the act that registers the yes, under the household's lock. Raises Refused
    `nobody_may_move`; NoRule.
    """
    cases = SettlementCase.objects.select_for_update().filter(subject_id=group_id)
    case = cases.exclude(state__in=CASE.final - {"refused"}).order_by("-pk").first()
    if case is None:
        ended = cases.order_by("-pk").first()
        if ended and ended.state == "closed":
            _open_again(ended, by=by, at=at)
        else:
            _follow_the_settled(group_id, persons, on=on, by=by, at=at)
        return
    refuse_without_permit(group_id, legal_day(at), "nobody_may_move")
    if case.state != "refused":
        tell_of_change(case, by=by, at=at)
        return
    offer = living_offer(case, is_locked=True)
    home = home_among(everyone_of(group_id, legal_day(at)))
    case.centre_id = home.centre_id if home else case.centre_id
    case.save(update_fields=["centre"])
    if offer.request.state == "withdrawn":
        _wait_for_another(case, offer, on=on, by=by, at=at)
    else:
        _stand(case, offer, on=on, by=by, at=at)


def _open_again(case: SettlementCase, *, by: Viewer, at: datetime) -> None:
    """The case of those who had said yes was closed: who says yes now would be nowhere, and it goes on for them."""
    refuse_without_permit(case.subject_id, legal_day(at), "nobody_may_move")
    closed = closing_of(case)
    assert closed is not None
    # It follows from the centre's act, which opens no case itself.
    told = Told(closed, replace(by, permissions=by.permissions | {"settlement.register_departure"}), at)
    go_on_with(case, closed, told, cause="settlement.accept_after_all")


def _follow_the_settled(group_id: int, persons: Collection[int], *, on: date, by: Viewer, at: datetime) -> None:
    """The others have been settled already: the centre gets them there too, and the municipality is told who comes.

    Where it has let go, they may have another offer: the one that the others took counts for them no more. IMDi is told
    of both: it finds another municipality when they are a household of their own.
    """
    case = SettlementCase.objects.filter(subject_id=group_id, state="settled").order_by("-pk").first()
    offer = Offer.objects.select_for_update().filter(case=case, state="accepted").first() if case else None
    if case is None or offer is None:
        return
    refuse_without_permit(group_id, legal_day(at), "nobody_may_move")
    held = held_for(offer.organisation_id, persons, legal_day(at))
    if held:
        tell_of_followers(case, offer.organisation_id, by=by, at=at)
    _count_for_them_no_more(offer, {*persons} - held)
    follow_who_waits(group_id, basis_on=on, by=by, at=at)


def _count_for_them_no_more(offer: Offer, persons: Collection[int]) -> None:
    """Nobody holds the offer for them: they may have another."""
    if not set(persons).isdisjoint(offer.persons):
        offer.persons = [each for each in offer.persons if each not in persons]
        offer.save(update_fields=["persons"])


def _stand(case: SettlementCase, offer: Offer, *, on: date, by: Viewer, at: datetime) -> None:
    offer.state = OFFER.step(offer.state, "accept_after_all").target
    offer.answered_on, offer.not_moved_on = on, None
    offer.save(update_fields=["state", "answered_on", "not_moved_on"])
    to = offer.organisation_id
    event = advance(case, "accept_after_all", by=by, at=at, on=on, other_organisation_id=to)
    ask_centre(
        case,
        "arrange_journey",
        cause="settlement.accept_after_all",
        basis_on=on,
        deadline=after_working_days("settlement.journey_working_days", on, book()),
        at=at,
    )
    follow_home(case, Told(event, by, at))  # what has come to pass in the household since the no


def _wait_for_another(case: SettlementCase, offer: Offer, *, on: date, by: Viewer, at: datetime) -> None:
    """They are told at once: it is the answer to their yes."""
    end_offer(offer, WithdrawalReason.MUNICIPALITY_WITHDRAWS, "", on=on, by=by)
    offer.told_on = offer.withdrawn_on
    offer.save(update_fields=["told_on"])
    event = advance(case, "back_to_queue", by=by, at=at, on=on)
    follow_permits(case, Told(event, by, at), cause="settlement.back_to_queue")
    follow_home(case, Told(event, by, at))


def refuse_again(group_id: int, answered_on: date, *, not_moved_on: date | None, by: Viewer, at: datetime) -> None:
    """That they had said yes was wrong: case and offer are refused as they were, and no journey is to be agreed.

    For the act that takes it back, under the household's lock. Raises Refused `yes_is_acted_upon` where a journey is
    agreed, they have moved, or wait for another municipality.
    """
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id, state="accepted").first()
    if case is None:
        raise Refused("yes_is_acted_upon")
    offer = living_offer(case, is_locked=True)
    offer.state = OFFER.step(offer.state, "annul_acceptance").target
    offer.answered_on, offer.not_moved_on = answered_on, not_moved_on
    offer.save(update_fields=["state", "answered_on", "not_moved_on"])
    to, kinds = offer.organisation_id, ("arrange_journey", "approve_travel")
    advance(case, "annul_acceptance", by=by, at=at, on=legal_day(at), other_organisation_id=to)
    close_tasks(kinds, subject_id=group_id, by=by, at=at, outcome="void")


def release_held_home(group_id: int, *, by: Viewer, at: datetime) -> None:
    """The municipality holds the home no longer: its request is withdrawn, and it has no part in them any more.

    For the act that registers why, under the household's lock, and last in it: the municipality sees nothing of the
    household afterwards. Raises Refused `held_home_is_taken_up`.
    """
    cases = SettlementCase.objects.select_for_update().filter(subject_id=group_id, state__in=("refused", "settled"))
    case = cases.order_by("-pk").first()
    if case is None:
        raise Refused("held_home_is_taken_up")
    if case.state == "settled":  # the others live there: of the rest alone it has no part any more
        rest = held_for(by.organisation_id, members_on(group_id, legal_day(at)), legal_day(at))
        _count_for_them_no_more(Offer.objects.select_for_update().get(case=case, state="accepted"), rest)
        reason = NeedReason.OFFERED_HERE
        end_needs(rest, reason=reason, on=legal_day(at), at=at, organisation_id=by.organisation_id)
        return
    request = living_offer(case).request
    request.state = REQUEST.step(request.state, "withdraw").target
    request.save(update_fields=["state"])
    municipality_leaves(case, request.organisation_id, on=legal_day(at), by=by, at=at)
