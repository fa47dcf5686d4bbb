"""Whether a journey keeps to what was offered and agreed (SET-07, TRV-01, TRV-04)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.calendar import Week
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.models import Journey, Offer


def outside_week(journey: Journey | None, offer: Offer | None) -> str:
    """A sentence where they travel outside the week of the offer; empty where they do not, or nobody can tell. Of those
    who found the municipality themselves the offer is of the day that they moved in.
    """
    if journey is None or offer is None or not journey.offer_id:
        return ""
    if Week.of(journey.travels_on) == Week.parse(offer.week):
        return ""
    return _("Reisedagen er utenfor uken i tilbudet (%(week)s).") % {"week": week_in_words(Week.parse(offer.week))}


def otherwise_than_agreed(
    journey: Journey | None, offer: Offer | None, moved_on: date, stays: Iterable[Any]
) -> list[str]:
    """What the municipality is to know where they were settled otherwise than it agreed: before the day of the journey,
    or at an address in another municipality. `stays`: theirs, as `stays_shown` gives them.
    """
    if journey is None or offer is None:
        return []
    said = []
    if moved_on < journey.travels_on:
        said.append(_("Reisen var avtalt til %(day)s.") % {"day": in_words(journey.travels_on)})
    moves = [stay for stay in stays if stay.departure_reason == DepartureReason.AGREED_SETTLEMENT]
    agreed = offer.organisation.municipality_id
    elsewhere = {stay.postal_code: stay for stay in moves if stay.postal_code and stay.address_in != agreed}
    for code, stay in sorted(elsewhere.items()):
        address = f"{stay.street}, {code} {stay.place}"
        said.append(_("Adressen de oppga, ligger i en annen kommune: %(address)s.") % {"address": address})
    return said
