"""Dated parameters: rates, limits and deadlines as data, each with the day it applies from and the day it
was known.

A file is TOML with `[[value]]` tables: code, value, unit, effective_from, known_from, source, status, and
optionally effective_to (half-open: the first day it no longer applies), note, and type ("decimal" for a
number written as a string).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import cast

from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.errors import NoRule

type Value = int | str | bool | Decimal

REQUIRED = ("code", "value", "unit", "effective_from", "known_from", "source", "status")
OPTIONAL = ("effective_to", "note", "type")
TEXTS = ("code", "unit", "source", "status", "note", "type")
DAYS = ("effective_from", "known_from", "effective_to")


class ParameterStatus(StrEnum):
    """How sure we are: read in the primary source, told by a secondary one, or made up for the demo."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    DEMO = "demo"


class ParameterError(ValueError):
    """A parameter file with mistakes, every one of them named with code and field."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(self.mistakes))


@dataclass(frozen=True, slots=True)
class Parameter:
    """One version of one value. The unit says what an integer counts (øre, days, persons)."""

    code: str
    value: Value
    unit: str
    effective_from: date
    known_from: date
    source: str
    status: ParameterStatus
    effective_to: date | None = None
    note: str = ""

    @property
    def integer(self) -> int:
        """The value as a whole number; TypeError where it is something else."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        raise TypeError(f"{self.code} is not a whole number")

    @property
    def decimal(self) -> Decimal:
        """The value as a Decimal; a whole number is one too; TypeError where it is something else."""
        return self.value if isinstance(self.value, Decimal) else Decimal(self.integer)

    @property
    def text(self) -> str:
        """The value as text; TypeError where it is something else."""
        if isinstance(self.value, str):
            return self.value
        raise TypeError(f"{self.code} is not text")

    @property
    def flag(self) -> bool:
        """The value as yes or no; TypeError where it is something else."""
        if isinstance(self.value, bool):
            return self.value
        raise TypeError(f"{self.code} is not true or false")

    def rule_ref(self) -> RuleRef:
        """The reference that a decision or a figure carries; the version is `effective_from/known_from`."""
        version = f"{self.effective_from.isoformat()}/{self.known_from.isoformat()}"
        return RuleRef(self.code, version, self.source, self.status.value)


@dataclass(frozen=True, slots=True)
class ParameterBook:
    """All versions of all values; versions are added, never deleted.

    Raises ParameterError where they contradict each other.
    """

    versions: tuple[Parameter, ...]
    _by_code: Mapping[str, tuple[Parameter, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if mistakes := _contradictions(self.versions):
            raise ParameterError(mistakes)
        by_code: dict[str, tuple[Parameter, ...]] = {}
        for version in sorted(self.versions, key=lambda each: (each.effective_from, each.known_from)):
            by_code[version.code] = (*by_code.get(version.code, ()), version)
        object.__setattr__(self, "_by_code", by_code)

    @classmethod
    def load(cls, text: str) -> "ParameterBook":
        """The book written in this TOML. Raises ParameterError with every mistake, by code and field."""
        try:
            document = tomllib.loads(text, parse_float=_Float)
        except tomllib.TOMLDecodeError as error:
            raise ParameterError([f"not TOML: {error}"]) from None
        tables = document.pop("value", None)
        mistakes = [f"unknown table {name!r}: only [[value]]" for name in document]
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise ParameterError([*mistakes, "no [[value]] table"])
        for place, table in enumerate(tables, start=1):
            mistakes += [f"{_label(table, place)}: {mistake}" for mistake in _mistakes(table)]
        if mistakes:
            raise ParameterError(mistakes)
        return cls(tuple(_parameter(table) for table in tables))

    def get(self, code: str, on: date, known_at: date | None = None) -> Parameter:
        """The version that applies on the day, as known at `known_at` (None: as known now).

        The latest effective_from not after `on` wins; among equals the latest known_from. Raises NoRule
        where there is none, and where that version has ended: an older one does not come back.
        """
        in_force = [
            version
            for version in self._by_code.get(code, ())
            if version.effective_from <= on and (known_at is None or version.known_from <= known_at)
        ]
        if not in_force:
            raise NoRule(code, on)
        latest = in_force[-1]
        if latest.effective_to is not None and latest.effective_to <= on:
            raise NoRule(code, on)
        return latest

    def history(self, code: str) -> tuple[Parameter, ...]:
        """Every version of a value, by effective_from, then known_from; empty for an unknown code."""
        return self._by_code.get(code, ())

    def codes(self) -> tuple[str, ...]:
        """The codes in the book, sorted."""
        return tuple(sorted(self._by_code))

    def with_versions(self, added: Iterable[Parameter]) -> "ParameterBook":
        """The book with more versions, such as an installation's own rows."""
        return ParameterBook((*self.versions, *added))


@dataclass(frozen=True, slots=True)
class _Float:
    """A number with a decimal point as it stands in the file, kept only to be refused by name."""

    written: str


def _label(table: Mapping[str, object], place: int) -> str:
    code = table.get("code")
    return code if isinstance(code, str) and code else f"value number {place}"


def _mistakes(table: Mapping[str, object]) -> list[str]:
    found = [f"{name} is missing" for name in REQUIRED if name not in table]
    found += [f"{name} is not a field" for name in table if name not in REQUIRED + OPTIONAL]
    for name in TEXTS:
        written = table.get(name)
        if name in table and not (isinstance(written, str) and written.strip()):
            found.append(f"{name} must be text, and not empty")
    for name in DAYS:
        if name in table and (not isinstance(table[name], date) or isinstance(table[name], datetime)):
            found.append(f"{name} must be a date such as 2024-01-31, without quotes")
    statuses = [status.value for status in ParameterStatus]
    if isinstance(table.get("status"), str) and table["status"] not in statuses:
        found.append(f"status {table['status']!r} must be one of {', '.join(statuses)}")
    if "value" in table:
        found += _mistakes_in_value(table["value"], table.get("type"))
    return found


def _mistakes_in_value(value: object, kind: object) -> list[str]:
    if isinstance(value, _Float):
        return [f'value {value.written} is a float: write it as a whole number, or as a string with type = "decimal"']
    if not isinstance(value, int | str):
        return ["value must be a whole number, text, true or false"]
    if kind is None:
        return []
    if kind != "decimal":
        return [f'type {kind!r} is not known: only "decimal"']
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        return [f"value {value!r} must be a decimal number written as a string"]
    return []


def _parameter(table: Mapping[str, object]) -> Parameter:
    """The parameter of a table that has no mistakes."""
    value = cast("int | str | bool", table["value"])
    return Parameter(
        code=cast("str", table["code"]),
        value=Decimal(value) if table.get("type") == "decimal" else value,
        unit=cast("str", table["unit"]),
        effective_from=cast("date", table["effective_from"]),
        known_from=cast("date", table["known_from"]),
        source=cast("str", table["source"]),
        status=ParameterStatus(cast("str", table["status"])),
        effective_to=cast("date | None", table.get("effective_to")),
        note=cast("str", table.get("note", "")),
    )


def _contradictions(versions: Iterable[Parameter]) -> list[str]:
    found: list[str] = []
    first: dict[str, Parameter] = {}
    seen: set[tuple[str, date, date]] = set()
    for version in versions:
        same = first.setdefault(version.code, version)
        if version.unit != same.unit:
            found.append(f"{version.code}: unit {version.unit!r} here, {same.unit!r} in another version")
        if type(version.value) is not type(same.value):
            found.append(f"{version.code}: value is of another type than in another version")
        key = (version.code, version.effective_from, version.known_from)
        if key in seen:
            found.append(f"{version.code}: two versions with effective_from {key[1]} and known_from {key[2]}")
        seen.add(key)
        if version.effective_to is not None and version.effective_to <= version.effective_from:
            found.append(f"{version.code}: effective_to {version.effective_to} is not after effective_from")
    return found
