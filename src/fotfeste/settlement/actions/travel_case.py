"""What the acts on a journey share: whose case it is, also when it is over, and what is told of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.claim_tasks import kind_of
from fotfeste.settlement.models import CarClaim, SettlementCase
from fotfeste.settlement.queries.claimants import Claimants, claimants_of
from fotfeste.settlement.queries.travel import Travel, paid_by_case, travel_of
from fotfeste.settlement.task_kinds_offers import SEE_DENIED_CLAIM

type Takes = Callable[[Travel, Viewer, Claimants], Sequence[CarClaim]]
"""What of a case a viewer has something to do with, the oldest first."""


def lock_travel(group_id: int, *, by: Viewer, version: int | None, day: date) -> Travel:
    """The journey of a household's newest case, locked, whatever became of the case: what is booked is cancelled and
    what is paid is asked back when it is over too. Raises Stale, NotFound; Refused `not_their_centre` as `lock_case`.
    """
    lock_group(group_id, version=version)
    return _newest(group_id, by, day)


def _newest(group_id: int, by: Viewer, day: date) -> Travel:
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id).order_by("-pk").first()
    if case is None:
        raise NotFound("not_found")
    is_others_centre = by.organisation_kind == OrganisationKind.CENTRE and case.centre_id != by.organisation_id
    if is_others_centre or (by.organisation_kind == OrganisationKind.IMDI and case.centre_id is not None):
        raise Refused("not_their_centre")
    return travel_of(case, day)


def lock_due(group_id: int, *, by: Viewer, version: int | None, day: date) -> Travel:
    """The journey of the oldest case in which something is due that the viewer settles (`with_due`), also of one that
    is over while another has begun; else as `lock_travel`, and with what it raises.
    """
    lock_group(group_id, version=version)
    list(SettlementCase.objects.select_for_update().filter(subject_id=group_id).order_by("pk"))
    return with_due(group_id, by, day) or _newest(group_id, by, day)


def with_due(group_id: int, by: Viewer, day: date) -> Travel | None:
    """The oldest case in which something is due that the viewer settles: whose case it is; what comes back of one that
    is over comes to the centre where they live now, too.
    """
    who = claimants_of(group_id, day)
    cases = SettlementCase.objects.filter(subject_id=group_id, journeys__persons_in_car__isnull=False).distinct()
    for case in cases.order_by("pk"):
        is_own = _is_theirs(case, by)
        if is_own or by.organisation_id in who.live_at:
            travel = travel_of(case, day)
            if travel.due_ore < 0 or (travel.due_ore and is_own):
                return travel
    return None


def named(claims: Iterable[CarClaim], claim_id: int | None) -> CarClaim | None:
    """The claim that is named, or the first where none is; None where it is not among them."""
    return next((claim for claim in claims if claim_id in (None, claim.pk)), None)


def lock_paid(
    group_id: int, *, takes: Takes, by: Viewer, version: int | None, day: date, claim_id: int | None = None
) -> Travel:
    """What was paid for their own car in the case of a claim, or the oldest in which the viewer has something to do
    (`takes`): it may be over, and another begun, and they may have left the centre since. The newest where there is
    nothing to do.

    Raises Stale, NotFound; Refused `not_their_centre` for one that has paid nothing.
    """
    lock_group(group_id, version=version)
    cases = SettlementCase.objects.select_for_update().filter(subject_id=group_id)
    who = claimants_of(group_id, day)
    found = next((each for each in paid_by_case(group_id) if named(takes(each, by, who), claim_id)), None)
    case = cases.filter(pk=found.case.pk).first() if found else cases.order_by("-pk").first()
    if case is None:
        raise NotFound("not_found")
    travel = travel_of(case, day)
    has_paid = any(claim.organisation_id == by.organisation_id for claim in travel.claims)
    if not (has_paid or _is_theirs(case, by) or by.organisation_id in who.live_at):
        raise Refused("not_their_centre")
    return travel


def _is_theirs(case: SettlementCase, by: Viewer) -> bool:
    if by.organisation_kind == OrganisationKind.IMDI:
        return case.centre_id is None
    return case.centre_id == by.organisation_id


def may_send(case: SettlementCase, claim: CarClaim, by: Viewer, who: Claimants) -> bool:
    """Whether a viewer's organisation asks UDI for a claim: the one that paid, the one where they live now, or the one
    whose the case is, since a centre that they have left sees them only for a while.
    """
    is_here = by.organisation_id in who.live_at
    return claim.organisation_id == by.organisation_id or is_here or _is_theirs(case, by)


def to_send(travel: Travel, by: Viewer, who: Claimants) -> list[CarClaim]:
    """What is paid and not sent, of what a viewer's organisation may send."""
    return [claim for claim in travel.claims if claim.state == "paid_out" and may_send(travel.case, claim, by, who)]


def to_see(travel: Travel, by: Viewer, who: Claimants) -> list[CarClaim]:
    """What UDI has denied and nobody has seen, of what a viewer's organisation is asked about, the oldest first."""
    news = [claim for claim in travel.claims if kind_of(travel, claim) == SEE_DENIED_CLAIM]
    return [claim for claim in news if who.whose(claim) == by.organisation_id]


def to_resend(travel: Travel, by: Viewer, who: Claimants) -> list[CarClaim]:
    """What UDI has denied and a viewer's organisation may send once more, the oldest first: paid to the household, and
    not paid back.
    """
    denied = [claim for claim in travel.claims if claim.state == "denied" and claim.amount_ore > 0]
    return [claim for claim in denied if may_send(travel.case, claim, by, who) and travel.to_ask_again_ore(claim) > 0]


def tell_of_travel(
    what: str, case: SettlementCase, kind: str, object_id: int, *, by: Viewer, at: datetime, on: date
) -> None:
    """Publish what was done with a journey."""
    publish(
        Happening(type=what, subject_id=case.subject_id, object_kind=kind, object_id=object_id, holds_on=on),
        by=by,
        at=at,
    )
