"""The texts of letters, read from the files of this package: one for each kind and language, one frame a language.

A text says of itself who has checked its translation and when. One that nobody has checked says so in the letter.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from fotfeste.letters.domain.types import Language, LetterKind

# The language that the texts are written in; the others are translated from it.
SOURCE = Language.NB


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a kind of letter in a language, as it stands in its file."""

    kind: LetterKind
    language: Language
    title: str
    blocks: tuple[Mapping[str, Any], ...]
    plurals: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, Mapping[str, str]]  # sentences by code: grounds, causes, outcomes
    checked_by: str = ""
    checked_on: date | None = None

    @property
    def is_checked(self) -> bool:
        """The source needs no translator; a translation has one who says that it says the same."""
        return self.language is SOURCE or bool(self.checked_by and self.checked_on)


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around every letter in a language."""

    labels: Mapping[str, str]
    notice: str
    words: Mapping[str, Mapping[str, str]]  # words by code: schemes, what a no costs


@cache
def text_of(kind: LetterKind, language: Language) -> Text:
    """The text of a kind of letter. Raises KeyError or FileNotFoundError where one is missing or incomplete."""
    found = _read(f"{kind}.{language}.toml")
    return Text(
        kind=kind,
        language=language,
        title=found["title"],
        blocks=tuple(found["block"]),
        plurals=found.get("plural", {}),
        codes=found.get("code", {}),
        checked_by=found["checked_by"],
        checked_on=found.get("checked_on"),
    )


@cache
def frame_of(language: Language) -> Frame:
    """The words around every letter in a language."""
    found = _read(f"frame.{language}.toml")
    return Frame(labels=found["label"], notice=found["notice"], words=found["word"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("fotfeste.letters").joinpath("texts").joinpath(name).read_text(encoding="utf-8"))
