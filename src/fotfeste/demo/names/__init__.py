"""Given names and surnames for the synthetic country, by origin; the README beside this file says whose.

Read through `given_names` and `surnames`. Origins are alpha-3 citizenship codes; NOR is for staff.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

type Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in Latin letters as a passport writes it, and in its own script where we have it (else empty)."""

    latin: str
    original: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


@lru_cache
def given_names(origin: str, sex: Sex) -> tuple[Name, ...]:
    """Given names for an origin and sex. Raises KeyError for an origin without names."""
    found = tuple(
        Name(row["latin"], row["original"])
        for row in _rows("given_names.csv")
        if row["origin"] == origin and row["sex"] == sex
    )
    if not found:
        raise KeyError(origin)
    return found


@lru_cache
def surnames(origin: str, sex: Sex) -> tuple[Name, ...]:
    """Surnames for an origin, in the form that the sex takes; same place in both lists is the same family.

    For Eritrea and Somalia these are fathers' and grandfathers' names. Raises KeyError for an unknown origin.
    """
    found = tuple(Name(row[sex], row[f"original_{sex}"]) for row in _rows("surnames.csv") if row["origin"] == origin)
    if not found:
        raise KeyError(origin)
    return found


@lru_cache(maxsize=1)
def origins() -> tuple[str, ...]:
    """The origins with names, by code."""
    return tuple(sorted({row["origin"] for row in _rows("surnames.csv")}))
