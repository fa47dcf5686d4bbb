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
from fotfeste.directory.reference.work import known_work

MOST_WORDS = 3  # in one row of words of the vocabulary
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What each word or row of words means."""

    words: Mapping[str, Background]
    relations: Mapping[str, Strength]

    def background(self, said: str) -> Background | None:
        """The field, and the occupation where one is named, of an occupation or an education; None where nothing is."""
        return _longest(said, self.words)

    def strength(self, said: str) -> Strength:
        """How strong the tie to somebody is; what is not recognised is the weakest, not nothing."""
        return _longest(said, self.relations) or Strength.OTHER


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the program. Raises KeyError for a relation without its strength or words."""
    text = files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    words = {word: Background(each.code) for each in known_work().fields.values() for word in each.words}
    words |= {
        word: Background(each.field, each.code) for each in known_work().occupations.values() for word in each.words
    }
    relations = {word: Strength(row["strength"]) for row in document["relation"] for word in row["words"]}
    return Vocabulary(words, relations)


def _longest[T](said: str, known: Mapping[str, T]) -> T | None:
    """What the longest known row of words in a text means; the first where two are as long."""
    return next((known[row] for row in _rows_of_words(said) if row in known), None)


def _rows_of_words(said: str) -> Iterable[str]:
    words = _WORD.findall(said.casefold())
    rows = [" ".join(words[start : start + count]) for start in range(len(words)) for count in range(1, MOST_WORDS + 1)]
    return sorted(rows, key=len, reverse=True)
