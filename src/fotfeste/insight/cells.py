"""The cells of tables and the bars of pictures, from numbers and in words."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.insight.domain.figures import Count
from fotfeste.insight.domain.pictures import Bar, Bars, Cell
from fotfeste.platform import words

NOTHING = "\u2013"  # where there is nothing to tell


def text(label: str) -> Cell:
    """Words, the first with a capital letter."""
    return Cell(words.capital(label), words.capital(label))


def number(value: float) -> Cell:
    """A number."""
    return Cell(words.number(value), value)


def number_or_nothing(value: float | None) -> Cell:
    """A number; a dash where there is none."""
    return Cell(NOTHING, None) if value is None else number(value)


def kroner(ore: int) -> Cell:
    """An amount."""
    return Cell(words.kroner(ore), ore / 100)


def count_cell(count: Count) -> Cell:
    """A count as it is shown: words where it is left out."""
    if count.shown is None:
        left_out = _("under 5") if count.is_hidden else _("vises ikke")
        return Cell(left_out, left_out)
    return number(count.shown)


def in_words(count: Count) -> str:
    """A count as it is shown: also where it is left out."""
    return count_cell(count).shown


def quarter(day: date) -> str:
    """`2. kvartal 2024`, of its first day."""
    return _("%(number)d. kvartal %(year)d") % {"number": (day.month + 2) // 3, "year": day.year}


def bars_of(bars: Sequence[Bar], measure: str, *, is_standing: bool) -> Bars:
    """A picture in the language of the request."""
    return Bars(tuple(bars), measure, is_standing, words.language())
