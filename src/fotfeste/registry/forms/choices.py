"""What can be chosen in the registry's forms, sorted in the reader's language."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext as _

from fotfeste.directory.reference import read
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.words import citizenship_name, language, language_name
from fotfeste.registry.actions.details import REASONS_OF_PEOPLE
from fotfeste.registry.domain.types import Member, RelationKind, Sex
from fotfeste.registry.words import INVERSE_RELATIONS, REASONS, RELATIONS, SEXES

type Choice = tuple[str, str]
type Choices = list[Choice | tuple[str, list[Choice]]]

# Those who come most often stand first; UDI's applications by citizenship.
COMMON_CITIZENSHIPS = ("UKR", "SYR", "AFG", "ERI", "SOM", "TUR", "RUS", "XXA")
COMMON_LANGUAGES = ("uk", "ru", "ar", "ti", "so", "prs", "fa", "en")
_FIRST_IS = "is:"
_SECOND_IS = "of:"
_BETWEEN_RESIDENTS = (
    RelationKind.SPOUSE,
    RelationKind.COHABITANT,
    RelationKind.PARENT,
    RelationKind.SIBLING,
    RelationKind.ACCOMPANYING_ADULT,
    RelationKind.OTHER_FAMILY,
)
_DIRECTED = (RelationKind.PARENT, RelationKind.ACCOMPANYING_ADULT)


def citizenships() -> Choices:
    """Every citizenship, the common ones first."""
    return _with_common(language(), "citizenship")


def languages() -> Choices:
    """The languages that residents speak, the common ones first."""
    return _with_common(language(), "language")


@cache
def _with_common(in_language: str, kind: str) -> Choices:
    if kind == "citizenship":
        codes: Iterable[str] = (record.code for record in read.citizenships())
        name, common = citizenship_name, COMMON_CITIZENSHIPS
    else:
        codes = (record.code for record in read.languages())
        name, common = language_name, COMMON_LANGUAGES
    rest = sorted(((code, name(code)) for code in codes if code not in common), key=lambda c: norwegian_sort_key(c[1]))
    first = [(code, name(code)) for code in common]
    return [("", _("Velg")), (_("Vanlige"), first), (_("Alle andre"), rest)]


def sexes() -> Choices:
    """The sexes registered."""
    return [("", _("Velg")), *((sex.value, str(SEXES[sex])) for sex in Sex)]


def relations() -> Choices:
    """How a first person can stand to a second, in both directions."""
    found: list[Choice] = []
    for kind in _BETWEEN_RESIDENTS:
        found.append((f"{_FIRST_IS}{kind}", str(RELATIONS[kind])))
        if kind in _DIRECTED:
            found.append((f"{_SECOND_IS}{kind}", str(INVERSE_RELATIONS[kind])))
    return [("", _("Velg")), *found]


def read_relation(choice: str) -> tuple[RelationKind, bool]:
    """The kind chosen, and whether it is the second person who is it (so that the two are to be swapped)."""
    return RelationKind(choice.removeprefix(_FIRST_IS).removeprefix(_SECOND_IS)), choice.startswith(_SECOND_IS)


def reasons() -> Choices:
    """Why something is corrected."""
    return [("", _("Velg")), *((reason.value, str(REASONS[reason])) for reason in REASONS_OF_PEOPLE)]


def people(members: Iterable[Member]) -> list[Choice]:
    """Members by name and age; the value is the public reference."""
    return [
        (member.reference, _("%(name)s (%(age)s år)") % {"name": member.name, "age": member.age}) for member in members
    ]


def whole_number(text: str) -> int | None:
    """The number that was sent, of at most nine digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
