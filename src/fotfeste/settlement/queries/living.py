"""The offer that a case rests on, and its journey: those that IMDi has not taken back."""

from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from fotfeste.kernel.errors import NotFound
from fotfeste.settlement.models import Offer, SettlementCase

LIVING = ~Q(state="withdrawn")


def living_offer(case: SettlementCase, *, is_locked: bool = False) -> Offer:
    """The offer of a case that is open, accepted or declined, with its journey. Raises NotFound where there is none."""
    offers = Offer.objects.select_for_update(of=("self",)) if is_locked else Offer.objects.all()
    offer = offers.filter(LIVING, case=case).select_related("organisation", "journey").first()
    if offer is None:
        raise NotFound("not_found")
    return offer


def with_offer(cases: QuerySet[Any], *beside: str) -> QuerySet[Any]:
    """Cases with the same offer as `living_offer` (None where there is none), and `beside` it what else is joined."""
    offer = FilteredRelation("offers", condition=~Q(offers__state="withdrawn"))
    found: QuerySet[Any] = cases.annotate(living_offer=offer)
    return found.select_related("living_offer__organisation", *beside)
