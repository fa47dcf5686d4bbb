"""On which day a household is to be settled, as far as it is agreed."""

from datetime import date

from django.db.models import Q

from fotfeste.kernel.calendar import Week
from fotfeste.settlement.models import Journey, Offer


def settles_on(group_id: int) -> date | None:
    """The day of the journey, or the first day of the week that is offered; None where no municipality is promised.

    Two queries, within the fence.
    """
    offered = Q(offer__state="accepted", case__state="journey_agreed")
    own = Q(request__state="accepted", cancelled_on__isnull=True, postponed_on__isnull=True)
    journey = Journey.objects.filter(offered | own, subject_id=group_id).order_by("-pk")
    if found := journey.first():
        return date.fromisoformat(found.travels_on.isoformat())
    offer = Offer.objects.filter(subject_id=group_id, state__in=["open", "accepted"]).order_by("-pk").first()
    if offer is None or offer.case.state in ("refused", "closed", "settled"):
        return None
    return Week.parse(offer.week).first_day
