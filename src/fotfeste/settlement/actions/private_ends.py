"""Settlement and private living follow each other: a no to the offer ends the stay, and who stopped living there has
moved with the agreed settlement, has left, or waits on for a municipality (ALT-08).
"""

from dataclasses import replace

from fotfeste.accommodation.public import DepartureReason, end_private_stay_after, everyone_of
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.events import Told
from fotfeste.settlement.actions.closing import RESTS_ON_A_REQUEST, end_case
from fotfeste.settlement.actions.following import follow_home
from fotfeste.settlement.actions.grown import ask_imdi_to_see
from fotfeste.settlement.actions.moved import tell_imdi_of_private_end
from fotfeste.settlement.actions.settled import settle
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import SettlementCase


def end_where_declined(told: Told) -> None:
    """A household that says no to its offer lives privately with support no more, from the day of the answer.

    Listens to `settlement.decline_offer`; inside its transaction, under the household's lock. The support was for those
    who wait for a municipality (MAMOT 4.2.4).
    """
    event = told.event
    if event.subject_id is None or event.holds_on is None:
        return
    everyone = everyone_of(event.subject_id, legal_day(told.at))
    persons = [each.subject_id for each in everyone if each.is_staying and each.municipality_id is not None]
    if persons:
        reason = DepartureReason.OFFER_DECLINED
        end_private_stay_after(event.subject_id, persons, event.holds_on, reason, by=told.by, at=told.at)


def on_private_ended(told: Told) -> None:
    """People have stopped living privately: the group is settled elsewhere, its case closes, or it goes on.

    Listens to `accommodation.private_stay_ended`. Whoever lost the support and is here still waits on for a
    municipality; who has left, or moved on without agreement, does not. Raises Refused
    `journey_not_agreed`, `settled_by_imdi`, `settle_the_whole_group`.
    """
    event = told.event
    is_moving = event.transition == DepartureReason.MOVED_CENTRE  # the placement follows, and says where they are
    if event.subject_id is None or event.holds_on is None or is_moving:
        return
    case = (
        SettlementCase.objects.select_for_update()
        .filter(subject_id=event.subject_id)
        .exclude(state__in=CASE.final)
        .first()
    )
    if case is None:
        return
    if event.transition == DepartureReason.AGREED_SETTLEMENT:
        _settle_elsewhere(case, told)
    elif all(each.is_gone for each in everyone_of(event.subject_id, legal_day(told.at))):
        _close(case, told, is_imdi_told=tell_imdi_of_private_end(case, told))
    else:
        follow_home(case, told)  # the others are fewer, and may live elsewhere than before


def _settle_elsewhere(case: SettlementCase, told: Told) -> None:
    """They moved to the municipality that they said yes to; where they are settled where they live, IMDi is at it."""
    if case.state != "journey_agreed":
        if told.by.may("settlement.find_municipality"):
            return
        raise Refused("settled_by_imdi", "cause")
    if told.by.organisation_kind == OrganisationKind.MUNICIPALITY:
        raise Refused(
            "settled_by_imdi", "cause"
        )  # it sees nothing of the offer that another municipality stands behind
    if any(each.is_staying for each in everyone_of(case.subject_id, legal_day(told.at))):
        raise Refused("settle_the_whole_group", "persons")
    by = replace(told.by, permissions=told.by.permissions | {"settlement.register_departure"})
    on = told.event.holds_on or legal_day(told.at)
    settle(case, on=on, by=by, at=told.at)


def _close(case: SettlementCase, told: Told, *, is_imdi_told: bool) -> None:
    """Nobody is left to settle. Whoever registers it may have no part in a request: then IMDi looks at it, in the task
    to see why they left where it has that one.
    """
    on = told.event.holds_on or legal_day(told.at)
    if told.by.organisation_kind == OrganisationKind.MUNICIPALITY and case.state in RESTS_ON_A_REQUEST:
        if not is_imdi_told:
            ask_imdi_to_see(case, cause="settlement.household_shrunk", on=legal_day(told.at), at=told.at)
        return
    by = replace(told.by, permissions=told.by.permissions | {"settlement.close_case"})
    end_case(case, on=on, by=by, at=told.at)
