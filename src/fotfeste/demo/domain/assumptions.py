"""Reads `assumptions.toml`: every number of the synthetic country that no source gives."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The assumed values by name, each with the sentence that says so."""

    values: Mapping[str, Any]
    reasons: Mapping[str, str]

    def number(self, code: str) -> float:
        """A single number."""
        return float(self.values[code])

    def shares(self, code: str) -> Mapping[str, float]:
        """A number for each of several names."""
        return {str(name): float(value) for name, value in self.values[code].items()}

    def day(self, code: str) -> date:
        """A day."""
        found: date = self.values[code]
        return found

    def table(self, code: str) -> Mapping[str, Any]:
        """A table whose values are lists."""
        found: Mapping[str, Any] = self.values[code]
        return found

    def days(self, code: str) -> tuple[float, float, float]:
        """Lowest, usual and highest number of days."""
        low, usual, high = self.values[code]
        return float(low), float(usual), float(high)


def draw_days(rng: Random, low_usual_high: tuple[float, float, float]) -> int:
    """A number of days between lowest and highest, most often near the usual one."""
    low, usual, high = low_usual_high
    return round(rng.triangular(low, high, usual))


def draw(rng: Random, weights: Mapping[str, float]) -> str:
    """One of the names, by weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number by weight, so that the parts sum to it: largest remainders are rounded up."""
    whole = sum(weights)
    if not whole:
        raise ValueError("nothing to apportion by")
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    rest = total - sum(parts)
    for place in sorted(range(len(weights)), key=lambda i: parts[i] - exact[i])[:rest]:
        parts[place] += 1
    return parts


@lru_cache(maxsize=1)
def assumptions() -> Assumptions:
    """The committed file, read once. Raises ValueError for an entry without its sentence."""
    text = files("fotfeste.demo").joinpath("assumptions.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)
    if silent := [code for code, entry in entries.items() if not entry.get("why")]:
        message = f"assumptions without a sentence: {', '.join(silent)}"
        raise ValueError(message)
    return Assumptions(
        values={code: entry["value"] for code, entry in entries.items()}
        | {"applications_in_other_months": entries["applications_by_month"]["other"]},
        reasons={code: entry["why"] for code, entry in entries.items()},
    )
