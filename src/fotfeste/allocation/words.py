"""What the parts of a score, resources, services and occupations are called."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.types import AGE_BANDS, FamilyType, Resource, Service, SetKind, Strength
from fotfeste.platform import words
from fotfeste.registry.public import Sex
from fotfeste.settlement.public import LOCAL_SERVICES, Question

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
    **{Service(code): words for code, words in LOCAL_SERVICES.items()},
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
FAMILY_TYPES: Words = {
    FamilyType.UNACCOMPANIED_MINOR: _("enslige mindreårige"),
    FamilyType.SINGLE_PARENT: _("enslige forsørgere og barna deres"),
    FamilyType.COUPLE_WITH_CHILDREN: _("familier med flere voksne og barn"),
    FamilyType.COUPLE: _("to voksne uten barn"),
    FamilyType.ALONE: _("voksne som er alene"),
    FamilyType.OTHER: _("flere voksne uten barn"),
}
SEXES: Words = {Sex.FEMALE: _("kvinner"), Sex.MALE: _("menn"), Sex.UNKNOWN: _("ukjent kjønn")}
QUESTIONS: Words = {
    Question.ADAPTATION: _("tilrettelegging"),
    Question.RELATIONS: _("nære relasjoner"),
    Question.PETS: _("kjæledyr"),
    Question.EDUCATION: _("utdanning"),
    Question.OCCUPATION: _("yrke"),
}


def set_name(kind: str, value: str) -> str:
    """What a set of people is called in the plural: `enslige forsørgere`, `30–49 år`."""
    if kind == SetKind.AGE_BAND:
        return _ages(int(value))
    if kind == SetKind.CITIZENSHIP:
        return gettext("statsborgere av {country}").format(country=words.citizenship_name(value))
    return str(FAMILY_TYPES[value] if kind == SetKind.FAMILY_TYPE else SEXES[value])


def _ages(first: int) -> str:
    following = next((each for each in AGE_BANDS if each > first), None)
    if following is None:
        return gettext("{first} år og over").format(first=first)
    return gettext("{first}–{last} år").format(first=first, last=following - 1)


def points(tenths: int) -> str:
    """`17,5 poeng`, `1 poeng`, from tenths of a point."""
    return ngettext("{points} poeng", "{points} poeng", 1 if tenths == TENTHS else 2).format(points=bare_points(tenths))


def bare_points(tenths: int) -> str:
    """`17,5`, `17`, from tenths of a point."""
    whole, rest = divmod(abs(tenths), TENTHS)
    amount = Decimal(abs(tenths)) / TENTHS if rest else Decimal(whole)
    return words.number(amount if tenths >= 0 else -amount)


def listed(said: Sequence[str]) -> str:
    """`a, b og c`."""
    if len(said) < 2:
        return "".join(said)
    return gettext("{first} og {last}").format(first=", ".join(said[:-1]), last=said[-1])
