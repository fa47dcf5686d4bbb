"""What the parts of a score, resources, services and occupations are called."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.types import Resource, Service, Strength
from fotfeste.allocation.domain.vocabulary import Entry, vocabulary
from fotfeste.platform import words
from fotfeste.settlement.public import Question

type Words = Mapping[str, str | Promise]

TENTHS = 10  # of a point: points are told with one decimal

PARTS: Words = {
    PartKind.RELATIONS: _("Nære relasjoner"),
    PartKind.WORK: _("Arbeid og utdanning"),
    PartKind.CONTINUITY: _("Fortsettelse fra integreringsmottak"),
    PartKind.RESIDENCE: _("Bor der fra før"),
    PartKind.SERVICES: _("Tjenester"),
    PartKind.SPREAD: _("Spredt bosetting"),
    PartKind.CERTAINTY: _("Må avklares først"),
    PartKind.LATER: _("Vente til en senere uke"),
    PartKind.URGENCY: _("Hvor mye det haster"),
}
SERVICES: Words = {
    Service.SCHOOL_SUPPORT: _("tilrettelegging i skole og barnehage"),
    Service.HOME_HELP: _("hjelp i hjemmet"),
    Service.HEARING: _("tilbud til hørselshemmede, med tegnspråk"),
    Service.ADAPTED_TRAINING: _("tilpasset opplæring for voksne"),
    Service.PET_HOME: _("boliger der kjæledyr er tillatt"),
}
RESOURCES: Words = {
    Resource.PERSONS: _("ledige plasser"),
    Resource.MINORS: _("plasser for enslige mindreårige"),
    Resource.ADAPTED_HOMES: _("ledige tilrettelagte boliger"),
    Resource.SCHOOL_PLACES: _("plasser i skolen"),
    Resource.KINDERGARTEN_PLACES: _("plasser i barnehagen"),
}
STRENGTHS: Words = {
    Strength.CLOSEST: _("ektefelle, foreldre eller barn"),
    Strength.CLOSE: _("søsken, besteforeldre eller barnebarn"),
    Strength.OTHER: _("andre slektninger eller venner"),
}
QUESTIONS: Words = {
    Question.ADAPTATION: _("tilrettelegging"),
    Question.RELATIONS: _("nære relasjoner"),
    Question.PETS: _("kjæledyr"),
    Question.EDUCATION: _("utdanning"),
    Question.OCCUPATION: _("yrke"),
}


def points(tenths: int) -> str:
    """`17,5 poeng`, `1 poeng`, from tenths of a point."""
    return ngettext("{points} poeng", "{points} poeng", 1 if tenths == TENTHS else 2).format(points=bare_points(tenths))


def bare_points(tenths: int) -> str:
    """`17,5`, `17`, from tenths of a point."""
    whole, rest = divmod(abs(tenths), TENTHS)
    amount = Decimal(abs(tenths)) / TENTHS if rest else Decimal(whole)
    return words.number(amount if tenths >= 0 else -amount)


def field_name(code: str) -> str:
    """What a field of work and education is called; the code itself where the vocabulary has lost it."""
    return _in_language(vocabulary().fields.get(code), code)


def occupation_name(code: str) -> str:
    """What an occupation is called; the code itself where the vocabulary has lost it."""
    return _in_language(vocabulary().occupations.get(code), code)


def _in_language(entry: Entry | None, code: str) -> str:
    if entry is None:
        return code
    return entry.en if words.language() == "en" else entry.nb
