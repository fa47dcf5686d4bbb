"""How sets of people fare in a plan, in words and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.allocation.domain.types import SetKind
from fotfeste.allocation.sentences_reasons import reason_sentence
from fotfeste.allocation.words import bare_points, listed, set_name
from fotfeste.allocation.words_weighing import tenths_of
from fotfeste.kernel.decisions import Reason
from fotfeste.platform import words

if TYPE_CHECKING:
    from fotfeste.allocation.domain.fairness import Line

KINDS: Mapping[str, str | Promise] = {
    SetKind.FAMILY_TYPE: _("Familietype"),
    SetKind.AGE_BAND: _("Alder"),
    SetKind.SEX: _("Kjønn"),
    SetKind.CITIZENSHIP: _("Statsborgerskap"),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A set as the table shows it."""

    name: str
    persons: str
    points: str
    drawn_points: str
    days: str
    drawn_days: str
    is_below: bool


def shown_and_hidden(lines: "Sequence[Line]") -> tuple[list[ShownLine], str]:
    """The sets of one kind whose numbers are shown, and the names of the others."""
    hidden = [set_name(str(each.kind), each.value) for each in lines if each.persons is None]
    return [_shown(each) for each in lines if each.persons is not None], listed(hidden)


def _shown(line: "Line") -> ShownLine:
    return ShownLine(
        name=words.capital(set_name(str(line.kind), line.value)),
        persons=words.number(line.persons),
        points=bare_points(tenths_of(line.points or 0)),
        drawn_points=bare_points(tenths_of(line.drawn_points or 0)),
        days=words.number(round(line.days or 0)),
        drawn_days=words.number(round(line.drawn_days or 0)),
        is_below=line.is_below,
    )


def below_in_words(below: Sequence[Reason]) -> list[str]:
    """Whom a plan leaves below the draw although its policy protects them, a sentence for each."""
    return [reason_sentence(each, {}) for each in below]
