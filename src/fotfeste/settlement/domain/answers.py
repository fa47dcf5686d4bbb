"""Answers in the settlement interview as they are stored: the values of `types` as JSON, written and read.

Stored content carries the version of its schema, so that an old answer can always be read for what it was.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.contents import Adaptation, Content, Education, Occupation, Pets, Question, Relations

SCHEMA_VERSION = 1
LONGEST_TEXT = 2000
MOST_RELATIONS = 20
LARGEST_NUMBER = 99

CONTENT_OF: Mapping[Question, type[Content]] = {
    Question.ADAPTATION: Adaptation,
    Question.RELATIONS: Relations,
    Question.PETS: Pets,
    Question.EDUCATION: Education,
    Question.OCCUPATION: Occupation,
}


CLAIM_OF: Mapping[Question, str] = {
    Question.ADAPTATION: "is_needed",
    Question.RELATIONS: "has_relations",
    Question.PETS: "has_pets",
    Question.EDUCATION: "has_education",
    Question.OCCUPATION: "has_worked",
}


def main_claim(content: Content) -> bool | None:
    """The yes or no that the answer turns on; None where it is not asked yet."""
    claim: bool | None = getattr(content, CLAIM_OF[content.question])
    return claim


def to_json(content: Content) -> dict[str, object]:
    """The stored form, with the schema's version. Empty fields are left out."""
    return {"schema": SCHEMA_VERSION} | _plain(content)


def from_json(question: Question, stored: Mapping[str, object]) -> Content:
    """Read a stored or typed answer. Raises Refused with the field whose value the question does not take."""
    values = dict(stored)
    schema = values.pop("schema", SCHEMA_VERSION)
    if schema != SCHEMA_VERSION:
        raise Refused("answer_schema_unknown", None, {"schema": str(schema)})
    content = _read(CONTENT_OF[question], values, path=question.value)
    if isinstance(content, Relations) and len(content.relations) > MOST_RELATIONS:
        raise Refused("answer_too_many_rows", question.value, {"most": MOST_RELATIONS})
    return content


def _plain(value: Any) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in fields(value):
        item = getattr(value, each.name)
        if is_dataclass(item):
            item = _plain(item)
        elif isinstance(item, tuple):
            item = [_plain(part) if is_dataclass(part) else part for part in item]
        is_left_out = item is None or item in ("", [], {}) or (item is False and each.default is False)
        if not is_left_out:
            found[each.name] = item
    return found


def _read[T](kind: type[T], values: Mapping[str, object], path: str) -> T:
    hints = {name: hint for name, hint in get_type_hints(kind).items() if get_origin(hint) is not ClassVar}
    if unknown := sorted(set(values) - set(hints)):
        raise Refused("answer_field_unknown", path, {"field": unknown[0]})
    return kind(**{name: _value(hints[name], value, f"{path}-{name}") for name, value in values.items()})


def _value(hint: Any, value: object, path: str) -> object:
    if get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            raise _wrong(path)
        return tuple(_value(get_args(hint)[0], part, path) for part in value)
    choices = [part for part in get_args(hint) if part is not type(None)]
    if choices:  # X | None
        return None if value is None else _value(choices[0], value, path)
    if is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise _wrong(path)
        return _read(hint, value, path)  # type: ignore[arg-type]
    return _simple(hint, value, path)


def _simple(hint: type, value: object, path: str) -> object:
    if issubclass(hint, StrEnum):
        if value not in list(hint):
            raise _wrong(path)
        return hint(str(value))
    if type(value) is not hint:
        raise _wrong(path)
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise Refused("answer_text_too_long", path, {"most": LONGEST_TEXT})
        return value.strip()
    if type(value) is int and not 0 <= value <= LARGEST_NUMBER:
        raise Refused("answer_number_out_of_range", path, {"most": LARGEST_NUMBER})
    return value


def _wrong(path: str) -> Refused:
    return Refused("answer_value_unknown", path)
