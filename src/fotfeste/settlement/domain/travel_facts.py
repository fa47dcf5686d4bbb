"""Dated facts that a journey is planned by: the hub of a municipality, what a carrier takes of luggage (TRV-01..02)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Hub:
    """Where the centre stops paying and the municipality begins (knutepunkt): airport, station, bus terminal."""

    municipality: str
    name: str
    kind: str
    effective_from: date
    source: str
    status: str

    @property
    def is_demo(self) -> bool:
        """Whether nobody has checked it."""
        return self.status != "verified"


@dataclass(frozen=True, slots=True)
class LuggageRule:
    """What a carrier takes for each person: pieces, and how heavy each may be."""

    operator: str
    pieces: int
    kilograms: int
    effective_from: date
    source: str
    checked_on: date
    status: str


@dataclass(frozen=True, slots=True)
class LuggageAnswer:
    """Of one carrier on the way: its rule, if it is known, and whether more is planned than it takes."""

    operator: str
    rule: LuggageRule | None
    is_too_much: bool


def hub_of(municipality: str, on: date, hubs: Iterable[Hub]) -> Hub | None:
    """The hub of a municipality on a day, the latest that holds; None where none is known: then it is asked for."""
    held = [each for each in hubs if each.municipality == municipality and each.effective_from <= on]
    return max(held, key=lambda each: each.effective_from, default=None)


def luggage_on_the_way(
    operators: Iterable[str], pieces: int, on: date, rules: Iterable[LuggageRule]
) -> tuple[LuggageAnswer, ...]:
    """For each carrier, once, in the order of the legs: its rule on the day, and whether `pieces` per person are more.

    One without a rule is to be asked; that it is not known to be too much does not mean that it is not.
    """
    known = list(rules)
    found: dict[str, LuggageAnswer] = {}
    for operator in (each.strip() for each in operators):
        if not operator or operator.casefold() in found:
            continue
        rule = _rule_of(operator, on, known)
        found[operator.casefold()] = LuggageAnswer(operator, rule, rule is not None and pieces > rule.pieces)
    return tuple(found.values())


def _rule_of(operator: str, on: date, rules: Iterable[LuggageRule]) -> LuggageRule | None:
    held = [each for each in rules if each.operator.casefold() == operator.casefold() and each.effective_from <= on]
    return max(held, key=lambda each: each.effective_from, default=None)
