"""What is said of a hub and of luggage: what is known, by what source, and what is to be asked (TRV-01, TRV-02)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.settlement.domain.travel_facts import Hub


@dataclass(frozen=True, slots=True)
class LuggageLine:
    """What is said of one carrier, and whether somebody has to do something about it."""

    text: str
    is_warning: bool


def hub_said(hub: Hub | None, municipality: str) -> str:
    """What is known of the nearest hub, in a sentence."""
    if hub is None:
        return _("Vi kjenner ikke knutepunktet nærmest %(name)s. Spør kommunen.") % {"name": municipality}
    if hub.is_demo:
        return _("Foreslått: %(hub)s. Det er et demoforslag uten kilde. Spør kommunen.") % {"hub": hub.name}
    said = _("Foreslått: %(hub)s. Kilde: %(source)s, fra %(day)s.")
    return said % {"hub": hub.name, "source": hub.source, "day": in_words(hub.effective_from)}
