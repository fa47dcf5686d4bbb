"""Which municipalities have said no to a household, and what they said follows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from fotfeste.kernel.calendar import Week, add_months
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


@dataclass(frozen=True, slots=True)
class OwnNo:
    """A no of the session's own municipality, by the request's number."""

    request_number: str
    declined: Declined


def own_noes(day: date) -> list[OwnNo]:
    """What the session's municipality has said no to in the last twelve months, but for what it has been asked about
    anew; the latest first. Nothing of the households, which it sees no more. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT request_number, answered_on, decline_reason, follows, again_from_week, unmet::text"
            " FROM settlement_own_declines(%s)",
            [add_months(day, -12)],
        )
        return [
            OwnNo(number, Declined(on, reason, _following(follows, week, json.loads(unmet))))
            for number, on, reason, follows, week, unmet in cursor.fetchall()
        ]


def declined_in(request: SettlementRequest) -> Declined:
    """A no as it was given, with what follows."""
    return Declined(
        request.answered_on or request.sent_on,
        request.decline_reason,
        _following(request.follows, request.again_from_week, request.unmet),
        request.assessment,
    )


def _following(follows: str, week: str, unmet: Iterable[str]) -> Following:
    from_week = Week.parse(week) if week else None
    return Following(AfterDecline(follows), from_week, frozenset(Capability(each) for each in unmet))
