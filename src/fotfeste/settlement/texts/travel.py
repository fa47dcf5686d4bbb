"""What journeys are planned by, from the files beside: hubs, luggage, and the declaration of who drives themselves."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fotfeste.settlement.domain.travel_facts import Hub, LuggageRule

DECLARATION_LANGUAGES = ("nb", "nn", "en", "uk", "ru")


@dataclass(frozen=True, slots=True)
class Declaration:
    """The self-declaration (egenerklæring) of residents who drive themselves, in one language, to be signed."""

    language: str
    title: str
    lead: str
    statements: tuple[str, ...]
    money: tuple[str, ...]
    labels: Mapping[str, str]
    is_checked: bool
    source: str


@cache
def hubs() -> tuple[Hub, ...]:
    """The hubs that are known."""
    return tuple(Hub(**row) for row in _load("hubs")["hub"])


@cache
def luggage_rules() -> tuple[LuggageRule, ...]:
    """What carriers take, as far as it is known."""
    return tuple(LuggageRule(**row) for row in _load("luggage")["rule"])


@cache
def declaration(language: str) -> Declaration:
    """The declaration in one of DECLARATION_LANGUAGES. Raises KeyError for any other."""
    found = _load("declaration")
    text = found[language]
    return Declaration(
        language,
        text["title"],
        text["lead"],
        tuple(text["statements"]),
        tuple(text["money"]),
        text["labels"],
        bool(text["is_checked"]),
        found["source"],
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
