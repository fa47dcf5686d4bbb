"""Whether a journey keeps to the week that was offered (SET-07, TRV-01)."""

from django.utils.translation import gettext as _

from fotfeste.kernel.calendar import Week
from fotfeste.platform.words import week as week_in_words
from fotfeste.settlement.models import Journey, Offer


def outside_week(journey: Journey | None, offer: Offer | None) -> str:
    """A sentence where they travel outside the week of the offer; empty where they do not, or nobody can tell."""
    if journey is None or offer is None or Week.of(journey.travels_on) == Week.parse(offer.week):
        return ""
    return _("Reisedagen er utenfor uken i tilbudet (%(week)s).") % {"week": week_in_words(Week.parse(offer.week))}
