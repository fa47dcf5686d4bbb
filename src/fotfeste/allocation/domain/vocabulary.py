"""What was said in an interview, recognised as fields, occupations and strengths of ties (SET-03, SET-08).

The interview keeps free text; a municipality's offers are codes. What is not recognised is left without a code, and
counts for nothing rather than for a guess.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fotfeste.allocation.domain.types import Background, Strength

MOST_WORDS = 3  # in one row of words of the vocabulary
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A field or an occupation with its names. `field` is the field's own code where it is one itself."""

    code: str
    field: str
    nb: str
    en: str
    is_regulated: bool = False  # asks a Norwegian authorisation or recognition first


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The entries by code, and what each word or row of words means."""

    fields: Mapping[str, Entry]
    occupations: Mapping[str, Entry]
    words: Mapping[str, Background]
    relations: Mapping[str, Strength]

    def background(self, said: str) -> Background | None:
        """The field, and the occupation where one is named, of an occupation or an education; None where nothing is."""
        return _longest(said, self.words)

    def strength(self, said: str) -> Strength:
        """How strong the tie to somebody is; what is not recognised is the weakest, not nothing."""
        return _longest(said, self.relations) or Strength.OTHER

    def is_regulated(self, occupation: str) -> bool:
        """Whether an occupation asks a Norwegian authorisation or recognition first."""
        entry = self.occupations.get(occupation)
        return entry is not None and entry.is_regulated


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the program. Raises KeyError for an entry without its code or names."""
    text = files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    fields = {row["code"]: Entry(row["code"], row["code"], row["nb"], row["en"]) for row in document["field"]}
    occupations = {
        row["code"]: Entry(row["code"], fields[row["field"]].code, row["nb"], row["en"], row.get("is_regulated", False))
        for row in document["occupation"]
    }
    words = {word: Background(row["code"]) for row in document["field"] for word in row["words"]}
    words |= {word: Background(row["field"], row["code"]) for row in document["occupation"] for word in row["words"]}
    relations = {word: Strength(row["strength"]) for row in document["relation"] for word in row["words"]}
    return Vocabulary(fields, occupations, words, relations)


def _longest[T](said: str, known: Mapping[str, T]) -> T | None:
    """What the longest known row of words in a text means; the first where two are as long."""
    return next((known[row] for row in _rows_of_words(said) if row in known), None)


def _rows_of_words(said: str) -> Iterable[str]:
    words = _WORD.findall(said.casefold())
    rows = [" ".join(words[start : start + count]) for start in range(len(words)) for count in range(1, MOST_WORDS + 1)]
    return sorted(rows, key=len, reverse=True)
