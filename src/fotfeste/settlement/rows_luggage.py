"""What is said of a hub and of luggage: what is known, by what source, and what is to be asked (TRV-01, TRV-02)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.platform.words import day as in_words
from fotfeste.settlement.domain.travel_facts import Hub, LuggageAnswer, luggage_on_the_way
from fotfeste.settlement.models import Journey, JourneyLeg
from fotfeste.settlement.texts.travel import luggage_rules


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


def luggage_lines(journey: Journey | None, legs: Iterable[JourneyLeg]) -> list[LuggageLine]:
    """What each carrier takes, and whether more is planned; a carrier that is not known is to be asked."""
    if journey is None:
        return []
    answers = luggage_on_the_way(
        (leg.operator for leg in legs), journey.luggage_pieces, journey.travels_on, luggage_rules()
    )
    return [_line(answer, journey) for answer in answers]


def _line(answer: LuggageAnswer, journey: Journey) -> LuggageLine:
    rule, is_checked = answer.rule, journey.luggage_checked_on is not None
    if rule is None:
        said = _("Vi kjenner ikke bagasjegrensen til %(name)s. Spør selskapet.") % {"name": answer.operator}
        return LuggageLine(said, not is_checked)
    words = {
        "name": answer.operator,
        "pieces": rule.pieces,
        "kg": rule.kilograms,
        "planned": journey.luggage_pieces,
        "source": rule.source,
    }
    takes = ngettext(
        "%(name)s tar %(pieces)d kolli på %(kg)d kg per person (demo: %(source)s).",
        "%(name)s tar %(pieces)d kolli på %(kg)d kg per person (demo: %(source)s).",
        rule.pieces,
    )
    if not answer.is_too_much:
        return LuggageLine(takes % words, is_warning=False)
    return LuggageLine(
        (takes + " " + _("Dere har planlagt %(planned)d: spør selskapet, eller bestill mer.")) % words, not is_checked
    )
