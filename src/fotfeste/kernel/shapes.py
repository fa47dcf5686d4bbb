"""Reads single values of a document, and says where and why one cannot be used. Never a traceback, never a guess."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime

MOST_DIGITS = 4_000
"""Longer whole numbers are refused: sums of shorter ones can be printed (Python's limit is 4300 digits)."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_FINER = re.compile(r"[.,][0-9]{6}0*[1-9]")
_SHOWN = 60


class Unusable(Exception):
    """The document cannot be used. One line: the place, and the fault."""

    def __init__(self, place: str, fault: str) -> None:
        self.place = place
        self.fault = fault
        super().__init__(f"{place}: {fault}" if place else fault)


class Repeated(dict[str, object]):
    """A JSON object that has a key twice: which of the two was meant, nobody can say."""

    key: str = ""


class Overlong:
    """A whole number of more digits than are read."""

    def __init__(self, digits: int) -> None:
        self.digits = digits


class Instant(datetime):
    """An instant that knows how it was printed."""

    printed: str = ""


type Reader = Callable[[object, str], object]


def document_of(content: bytes) -> object:
    """The JSON document in the bytes. Raises Unusable where they are not one, or not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unusable(f"byte {error.start}", "not UTF-8") from None
    try:
        return json.loads(text, object_pairs_hook=_object, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise Unusable(f"line {error.lineno} column {error.colno}", f"not JSON: {error.msg}") from None
    except RecursionError:
        raise Unusable("", "nested too deep to be read") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = Repeated(found)
    left = Counter(key for key, _ in pairs)
    twice.key = next(key for key in left if left[key] > 1)
    return twice


def _integer(digits: str) -> object:
    return int(digits) if len(digits) <= MOST_DIGITS else Overlong(len(digits.lstrip("-")))


def shown(value: object) -> str:
    """A value as it stands in a sentence: one line, and short."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value) if len(value) <= _SHOWN else f"{value[:_SHOWN]!r}..."
        case Overlong():
            return f"a number of {value.digits} digits"
        case int() | float():
            printed = str(value)
            return printed if len(printed) <= _SHOWN else f"a number of {len(printed)} characters"
        case list():
            return "a list"
        case _:
            return "an object"


def record(value: object, place: str, shape: Mapping[str, Reader]) -> dict[str, object]:
    """An object with these keys and no others, each read. Raises Unusable."""
    if not isinstance(value, dict):
        raise Unusable(place, f"{shown(value)} is not an object")
    if isinstance(value, Repeated):
        raise Unusable(place, f"the key {shown(value.key)} is there twice")
    for key in shape:
        if key not in value:
            raise Unusable(place, f"the key {key!r} is missing")
    for key in value:
        if key not in shape:
            raise Unusable(place, f"the key {shown(key)} is unknown")
    return {key: read(value[key], f"{place}.{key}" if place else key) for key, read in shape.items()}


def records(value: object, place: str, shape: Mapping[str, Reader]) -> list[dict[str, object]]:
    """A list of such objects. Raises Unusable."""
    if not isinstance(value, list):
        raise Unusable(place, f"{shown(value)} is not a list")
    return [record(each, f"{place}[{index}]", shape) for index, each in enumerate(value)]


def anything(value: object, place: str) -> object:
    """What is read later."""
    return value


def text(value: object, place: str) -> str:
    """Text. Half of a surrogate pair is none: it has no UTF-8. Raises Unusable."""
    if not isinstance(value, str):
        raise Unusable(place, f"{shown(value)} is not text")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Unusable(place, f"{shown(value)} has half of a surrogate pair") from None
    return value


def whole(value: object, place: str) -> int:
    """A whole number; true and false are none, 1.0 neither. Raises Unusable."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unusable(place, f"{shown(value)} is not an integer")
    return value


def day(value: object, place: str) -> date:
    """A day that exists, written `2022-03-20`. Raises Unusable."""
    written = text(value, place)
    if not _DAY.fullmatch(written):
        raise Unusable(place, f"{shown(written)} is not a day written as 2022-03-20")
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Unusable(place, f"the day {written} does not exist") from None


def month(value: object, place: str) -> date:
    """The first day of a month written `2022-03`. Raises Unusable."""
    written = text(value, place)
    if not _MONTH.fullmatch(written):
        raise Unusable(place, f"{shown(written)} is not a month written as 2022-03")
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        raise Unusable(place, f"the month {written} does not exist") from None


def instant(value: object, place: str) -> Instant:
    """An instant in ISO 8601 with a zone, no finer than a microsecond. Raises Unusable."""
    written = text(value, place)
    try:
        found = Instant.fromisoformat(written)
    except ValueError:
        found = None
    if found is None or written.count("T") != 1:
        raise Unusable(place, f"{shown(written)} is not an instant written as 2022-04-11T09:00:00Z")
    if found.tzinfo is None:
        raise Unusable(place, f"{shown(written)} has no zone")
    if _FINER.search(written):
        raise Unusable(place, f"{shown(written)} is finer than a microsecond")
    found.printed = written
    return found


def optional(read: Reader) -> Reader:
    """The same, or null."""
    return lambda value, place: None if value is None else read(value, place)


def one_of(allowed: frozenset[str], name: str) -> Reader:
    """Text that is one of the allowed. Raises Unusable."""

    def read(value: object, place: str) -> str:
        written = text(value, place)
        if written not in allowed:
            raise Unusable(place, f"{shown(written)} is not {name}")
        return written

    return read
