"""The sentences of refusals: what is wrong, and what to do next. Norwegian here, English in locale/."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform import words

SENTENCES: Mapping[str, str | Promise] = {
    "not_allowed": _("Rollen din gir ikke rett til dette. Spør administratoren hos dere."),
    "not_found": _("Fant ikke det du ba om, eller du har ikke innsyn i det."),
    "try_again": _("Noen andre lagret samtidig. Ingenting er lagret her. Prøv en gang til."),
    "outside_the_fence": _("Dette gjelder noen dere ikke har ansvar for nå. Ingenting er lagret. Last siden på nytt."),
    "stale": _(
        "Noen andre har endret saken siden du åpnet siden. Det du skrev, står fortsatt her. "
        "Se hva som er endret, og lagre på nytt hvis det fortsatt stemmer."
    ),
    "illegal_step": _("Saken er kommet til et annet steg, og dette kan ikke gjøres nå. Last siden på nytt."),
    "fact_is_kept": _("En opplysning kan ikke endres eller slettes. Den må rettes med en ny."),
    "period_without_days": _("Perioden har ingen dager. Se om den slutter før eller samme dag som den begynner."),
    "event_is_kept": _("Hendelser kan ikke endres."),
    "file_is_empty": _("Filen er tom. Velg filen på nytt."),
    "file_too_large": _("Filen er for stor. Den kan være høyst {most} MB. Ta bilde av færre sider om gangen."),
    "file_type_not_taken": _("Filen må være PDF, JPEG eller PNG. Skann papiret eller ta et bilde av det."),
    "file_claims_other_type": _(
        "Filen heter noe med .{ending}, men er egentlig {found}. Velg riktig fil, eller gi den riktig navn."
    ),
    "file_is_kept": _("En fil kan ikke endres. Legg ved en ny."),
    "no_rule": _("Det finnes ingen gyldig regel ({rule_code}) for {day}. En administrator må legge den inn."),
}


def sentence_for(refusal: Refused) -> str:
    """The sentence for a refusal, in the language of the request, with its values filled in."""
    text = str(_all().get(refusal.code, ""))
    if not text:
        return str(_("Dette kan ikke lagres ({code}). Ingenting er endret.")).format(code=refusal.code)
    return filled(text, refusal.params)


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with its values filled in, days as people read them."""
    return text.format(**{key: _shown(value) for key, value in values.items()}) if "{" in text else text


def _shown(value: object) -> str:
    """A value as it stands in a sentence: days as people read them."""
    return words.day(value) if isinstance(value, date) else str(value)


@cache
def _all() -> Mapping[str, str | Promise]:
    found: dict[str, str | Promise] = {}
    for module in settings.FOTFESTE_SENTENCES:
        found |= import_module(module).SENTENCES
    return found
