"""What a plan keeps: its values as JSON, and read back for what they are.

A plan rests on what was read when it was made. Nothing of it is looked up again: neither an explanation nor the numbers
of the solver change when the facts do.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from fotfeste.allocation.domain.types import SaidNo

_DAY = "$day"  # a day among values of other types, as {"$day": "2024-03-04"}


def to_json(value: Any) -> Any:
    """A value of the domain in the types of JSON; sets in order, so that equal values are written alike."""
    if is_dataclass(value):
        return {each.name: to_json(getattr(value, each.name)) for each in fields(value) if each.init}
    if isinstance(value, Mapping):
        return {str(key): to_json(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, AbstractSet):
        return sorted((to_json(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_json(each) for each in value]
    return str(value) if isinstance(value, StrEnum) else value


def from_json[T](kind: type[T], stored: Any) -> T:
    """The value of a type that was written by `to_json`. Raises KeyError, TypeError, ValueError for anything else."""
    read: T = _read(kind, stored)
    return read


def fingerprint(*values: Any) -> str:
    """The SHA-256 of values as they are written."""
    text = json.dumps(to_json(values), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, stored: Any) -> Any:
    origin, inside = get_origin(kind), get_args(kind)
    if isinstance(stored, dict) and set(stored) == {_DAY}:
        return date.fromisoformat(stored[_DAY])
    if origin in (UnionType, Union):
        return _read_union(inside, stored)
    if origin is tuple:
        return tuple(_read(inside[0], each) for each in stored)
    if origin is frozenset:
        return frozenset(_read(inside[0], each) for each in stored)
    if origin is Mapping:
        return {_read(inside[0], key): _read(inside[1], each) for key, each in stored.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        if kind is SaidNo and isinstance(stored, str):  # kept when there was its municipality alone
            return SaidNo(stored)
        if not isinstance(stored, dict):
            raise TypeError(f"{stored!r} is no {kind.__name__}")
        return kind(**{name: _read(_hints(kind)[name], each) for name, each in stored.items()})
    return kind(stored) if issubclass(kind, StrEnum) else stored


def _read_union(kinds: tuple[Any, ...], stored: Any) -> Any:
    if stored is None:
        return None
    choices = [each for each in kinds if each is not type(None)]
    return _read(choices[0], stored) if len(choices) == 1 else stored
