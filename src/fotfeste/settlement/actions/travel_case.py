"""What the acts on a journey share: whose case it is, also when it is over, and what is told of it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.models import CarClaim, SettlementCase
from fotfeste.settlement.queries.travel import Travel, paid_by_case, travel_of


def lock_travel(group_id: int, *, by: Viewer, version: int | None, day: date) -> Travel:
    """The journey of a household's newest case, locked, whatever became of the case: what is booked is cancelled and
    what is paid is asked back when it is over too. Raises Stale, NotFound; Refused `not_their_centre` as `lock_case`.
    """
    lock_group(group_id, version=version)
    case = SettlementCase.objects.select_for_update().filter(subject_id=group_id).order_by("-pk").first()
    if case is None:
        raise NotFound("not_found")
    is_others_centre = by.organisation_kind == OrganisationKind.CENTRE and case.centre_id != by.organisation_id
    if is_others_centre or (by.organisation_kind == OrganisationKind.IMDI and case.centre_id is not None):
        raise Refused("not_their_centre")
    return travel_of(case, day)


def lock_paid(
    group_id: int, *, takes: Callable[[Travel, Viewer], Sequence[CarClaim]], by: Viewer, version: int | None, day: date
) -> Travel:
    """What was paid for their own car in the oldest case in which the viewer has something to do (`takes`): it may be
    over, and another begun, and they may have left the centre since. The newest where there is nothing to do.

    Raises Stale, NotFound; Refused `not_their_centre` for one that has paid nothing.
    """
    lock_group(group_id, version=version)
    cases = SettlementCase.objects.select_for_update().filter(subject_id=group_id)
    found = next((each for each in paid_by_case(group_id) if takes(each, by)), None)
    case = cases.filter(pk=found.case.pk).first() if found else cases.order_by("-pk").first()
    if case is None:
        raise NotFound("not_found")
    travel = travel_of(case, day)
    if not _is_theirs(case, by) and not any(claim.organisation_id == by.organisation_id for claim in travel.claims):
        raise Refused("not_their_centre")
    return travel


def _is_theirs(case: SettlementCase, by: Viewer) -> bool:
    if by.organisation_kind == OrganisationKind.IMDI:
        return case.centre_id is None
    return case.centre_id == by.organisation_id


def may_send(case: SettlementCase, claim: CarClaim, by: Viewer) -> bool:
    """Whether a viewer's organisation asks UDI for a claim: the one that paid, or the one where they live,
    since a centre that they have left sees them only for a while.
    """
    return claim.organisation_id == by.organisation_id or _is_theirs(case, by)


def to_send(travel: Travel, by: Viewer) -> list[CarClaim]:
    """What is paid and not sent, of what a viewer's organisation may send."""
    return [claim for claim in travel.claims if claim.state == "paid_out" and may_send(travel.case, claim, by)]


def denied_to(travel: Travel, by: Viewer) -> list[CarClaim]:
    """What UDI has denied of what a viewer's organisation paid."""
    own = [claim for claim in travel.claims if claim.organisation_id == by.organisation_id]
    return [claim for claim in own if claim.state == "denied" and claim.amount_ore > 0]


def to_resend(travel: Travel, by: Viewer) -> list[CarClaim]:
    """What UDI has denied and a viewer's organisation may send once more, the oldest first: paid to the household, and
    not paid back.
    """
    denied = [claim for claim in travel.claims if claim.state == "denied" and claim.amount_ore > 0]
    return [claim for claim in denied if may_send(travel.case, claim, by) and travel.to_ask_again_ore(claim) > 0]


def tell_of_travel(
    what: str, case: SettlementCase, kind: str, object_id: int, *, by: Viewer, at: datetime, on: date
) -> None:
    """Publish what was done with a journey."""
    publish(
        Happening(type=what, subject_id=case.subject_id, object_kind=kind, object_id=object_id, holds_on=on),
        by=by,
        at=at,
    )
