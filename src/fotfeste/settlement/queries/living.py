"""The offer that a case rests on, and its journey: those that IMDi has not taken back."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from fotfeste.kernel.errors import NotFound
from fotfeste.settlement.models import Journey, Offer, SettlementCase, SettlementRequest

LIVING = ~Q(state="withdrawn")


def living_offer(case: SettlementCase, *, is_locked: bool = False) -> Offer:
    """The offer of a case that is open, accepted or declined, with its journey. Raises NotFound where there is none."""
    offers = Offer.objects.select_for_update(of=("self",)) if is_locked else Offer.objects.all()
    offer = offers.filter(LIVING, case=case).select_related("organisation", "journey").first()
    if offer is None:
        raise NotFound("not_found")
    return offer


def own_promise(case: SettlementCase) -> SettlementRequest | None:
    """The request that IMDi has agreed for what a household found itself, as long as they have not moved in. One query,
    where the case is there.
    """
    if case.state != "municipality_found":
        return None
    return case.requests.filter(state="accepted", is_self_found=True).select_related("organisation", "journey").first()


def own_journey(case: SettlementCase) -> Journey | None:
    """The journey to what they found themselves, with a day or put off; None where it came to nothing, or was never
    agreed. One query.
    """
    return Journey.objects.filter(case=case, request__isnull=False, cancelled_on__isnull=True).first()


def own_travel_days(case_ids: Collection[int]) -> Mapping[int, date]:
    """On which day those travel who found the municipality themselves, by case: none where no day is agreed. One query,
    none for no case.
    """
    if not case_ids:
        return {}
    agreed = Journey.objects.filter(
        case__in=case_ids, request__isnull=False, cancelled_on__isnull=True, postponed_on__isnull=True
    )
    return dict(agreed.values_list("case_id", "travels_on"))


def travel_state(case_state: str, journey: Journey | None) -> str:
    """Where a household stands as one that travels: the state of its case; of those who found the municipality
    themselves, whose case waits until they have moved in, the state that it would have with an offer.
    """
    if case_state != "municipality_found" or journey is None or not journey.request_id or journey.cancelled_on:
        return case_state
    return "journey_agreed" if journey.postponed_on is None else "accepted"


def with_offer(cases: QuerySet[Any], *beside: str) -> QuerySet[Any]:
    """Cases with the same offer as `living_offer` and the same journey as `own_journey` (None where there is none), and
    `beside` them what else is joined.
    """
    offer = FilteredRelation("offers", condition=~Q(offers__state="withdrawn"))
    of_their_own = Q(journeys__request__isnull=False, journeys__cancelled_on__isnull=True)
    found: QuerySet[Any] = cases.annotate(
        living_offer=offer, own_journey=FilteredRelation("journeys", condition=of_their_own)
    )
    return found.select_related("living_offer__organisation", "own_journey", *beside)
