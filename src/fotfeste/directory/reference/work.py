"""Fields of work and education, and occupations: the list that offers are declared by and answers are recognised as.

The list is ours (work.toml): sixteen fields that gather groups of SSB's standards, and occupations of each (ADR 0034).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Entry:
    """A field or an occupation with its names. `field` is the field's own code where it is one itself.

    `words`: what it is called where somebody says it freely, in small letters.
    """

    code: str
    field: str
    nb: str
    en: str
    words: tuple[str, ...]
    is_regulated: bool = False  # asks a Norwegian authorisation or recognition first

    def name(self, language: str) -> str:
        """What it is called in a language: English, else Norwegian."""
        return self.en if language == "en" else self.nb


@dataclass(frozen=True, slots=True)
class KnownWork:
    """The whole list by code, as it stands in the file."""

    fields: Mapping[str, Entry]
    occupations: Mapping[str, Entry]

    def occupations_of(self, field: str) -> Sequence[Entry]:
        """The occupations of a field."""
        return [each for each in self.occupations.values() if each.field == field]

    def entry(self, code: str) -> Entry | None:
        """The field or the occupation of a code; None where there is none."""
        return self.fields.get(code) or self.occupations.get(code)


@cache
def known_work() -> KnownWork:
    """The list that ships with the program. Raises KeyError for an entry without its code, field, names or words,
    ValueError where a code is used twice.
    """
    text = files(__package__).joinpath("work.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    fields = [Entry(row["code"], row["code"], row["nb"], row["en"], tuple(row["words"])) for row in document["field"]]
    known = {each.code for each in fields}
    occupations = [
        Entry(row["code"], row["field"], row["nb"], row["en"], tuple(row["words"]), row.get("is_regulated", False))
        for row in document["occupation"]
    ]
    if lost := {each.field for each in occupations} - known:
        raise KeyError(f"no such field: {sorted(lost)}")
    if len(known | {each.code for each in occupations}) < len(fields) + len(occupations):
        raise ValueError("a code of a field or an occupation is used twice")
    return KnownWork({each.code: each for each in fields}, {each.code: each for each in occupations})
