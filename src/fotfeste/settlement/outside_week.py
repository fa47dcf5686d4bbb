"""Whether a journey keeps to what was offered and agreed (SET-07, TRV-01, TRV-04)."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.accommodation.public import DepartureReason, stays_of
from fotfeste.directory.public import PostalCode
from fotfeste.kernel.calendar import Week
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.models import Journey, Offer


def outside_week(journey: Journey | None, offer: Offer | None) -> str:
    """A sentence where they travel outside the week of the offer; empty where they do not, or nobody can tell."""
    if journey is None or offer is None or Week.of(journey.travels_on) == Week.parse(offer.week):
        return ""
    return _("Reisedagen er utenfor uken i tilbudet (%(week)s).") % {"week": week_in_words(Week.parse(offer.week))}


def otherwise_than_agreed(
    journey: Journey | None, offer: Offer | None, moved_on: date, persons: Collection[int]
) -> list[str]:
    """What the municipality is to know where they were settled otherwise than it agreed: before the day of the journey,
    or at an address in another municipality. Two queries.
    """
    if journey is None or offer is None:
        return []
    said = []
    if moved_on < journey.travels_on:
        said.append(_("Reisen var avtalt til %(day)s.") % {"day": in_words(journey.travels_on)})
    moves = [stay for stay in stays_of(persons) if stay.departure_reason == DepartureReason.AGREED_SETTLEMENT]
    known = {stay.postal_code: stay for stay in moves if stay.postal_code}
    there = PostalCode.objects.filter(code__in=known, municipality=offer.organisation.municipality_id)
    elsewhere = known.keys() - set(there.values_list("code", flat=True))
    for code in sorted(elsewhere):
        address = f"{known[code].street}, {code} {known[code].place}"
        said.append(_("Adressen de oppga, ligger i en annen kommune: %(address)s.") % {"address": address})
    return said
