"""Which municipalities have said no to a household, and what they said follows."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from fotfeste.kernel.calendar import Week
from fotfeste.settlement.domain.types import AfterDecline, Capability, Declined, Following
from fotfeste.settlement.models import SettlementRequest

# A yes is there for what it says of an earlier no: that it does not hold any more.
ANSWERED = Q(state="declined") | ~Q(possible_week="")


def declined_among(requests: Iterable[SettlementRequest]) -> Mapping[int, Declined]:
    """Whose latest answer is a no, by organisation, of requests in their order."""
    found: dict[int, Declined] = {}
    for request in requests:
        if request.state == "declined":
            found[request.organisation_id] = declined_in(request)
        elif request.possible_week:
            found.pop(request.organisation_id, None)
    return found


def declined_in(request: SettlementRequest) -> Declined:
    """A no as it was given, with what follows."""
    week = Week.parse(request.again_from_week) if request.again_from_week else None
    unmet = frozenset(Capability(each) for each in request.unmet)
    return Declined(
        request.answered_on or request.sent_on,
        request.decline_reason,
        Following(AfterDecline(request.follows), week, unmet),
        request.assessment,
    )
