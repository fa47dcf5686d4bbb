"""What a picture of bars is made of, before it is drawn: words and numbers, ready for whoever draws it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words; None where the number is hidden. A marked one is what the text is about."""

    label: str
    value: float | None
    words: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars over time (standing) or of things with names (lying), and what they measure."""

    bars: Sequence[Bar]
    measure: str
    is_standing: bool
    language: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: as it is shown, and as a spreadsheet has it."""

    shown: str
    value: str | int | float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A table, the picture of it, and what both say in a sentence."""

    code: str
    title: str
    says: str
    columns: Sequence[str]
    rows: Sequence[tuple[Cell, ...]]
    picture: Bars
    note: str = ""
