"""What those who apply and their hosts must know, in their own languages beside the page's: text files with sources.

The pages are Norwegian and English; these sentences stand beside them. A translation that no translator has checked
says so where it is shown.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

BESIDE = ("uk", "ru")


@dataclass(frozen=True, slots=True)
class Beside:
    """The key sentences of a page in one language."""

    language: str
    name: str  # of the language, in itself
    sentences: tuple[str, ...]
    unchecked: str  # that no translator has checked it; empty where one has


@cache
def beside(page: str) -> tuple[Beside, ...]:
    """The sentences of a page in the languages beside the page's own. Raises KeyError for another page."""
    found = _load()
    sentences = found["page"][page]
    return tuple(
        Beside(
            code,
            found["language"][code]["name"],
            tuple(sentences[code]),
            "" if found["language"][code]["is_checked"] else found["language"][code]["unchecked"],
        )
        for code in BESIDE
    )


@cache
def _load() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "beside.toml").read_text(encoding="utf-8"))
