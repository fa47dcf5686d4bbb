"""What the overview of terms says, in every language of the pages that residents read: one text file for each.

The pages of staff take theirs from the same files, so that all read the same words for the same answer. A translation
that no translator has checked says so where it is shown.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("nb", "nn", "en", "uk", "ru")

type Texts = Mapping[str, Any]


@cache
def texts(language: str) -> Texts:
    """The words of the overview in a language. Raises KeyError for one that it is not written in."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return tomllib.loads((files(__package__) / f"terms.{language}.toml").read_text(encoding="utf-8"))
