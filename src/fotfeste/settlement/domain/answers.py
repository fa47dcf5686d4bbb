"""What an answer in the settlement interview may hold: frozen values for each question, kept as JSON.

Stored content carries the version of its schema, so that an old answer can always be read for what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.types import Question

SCHEMA_VERSION = 1
LONGEST_TEXT = 2000
MOST_RELATIONS = 20
LARGEST_NUMBER = 99


class BearsOn(StrEnum):
    """What a health need bears on; nothing else belongs in the interview (SET-05)."""

    PLACE = "place"  # valg av bosted
    HOUSING = "housing"  # bolig
    SERVICES = "services"  # tjenester: skole, helse, hjelp i hjemmet


class FunctionArea(StrEnum):
    """What a functional impairment concerns (GUIDE 1.5.1)."""

    MOBILITY = "mobility"
    COGNITION = "cognition"
    HEARING = "hearing"
    SPEECH = "speech"
    BEHAVIOUR = "behaviour"
    OTHER = "other"


class GrantState(StrEnum):
    """Whether extraordinary operating grants (ekstraordinære driftstilskudd) are in place."""

    NONE = "none"
    CONSIDERED = "considered"
    STARTED = "started"


class Mastery(StrEnum):
    """How a resident manages a daily living skill (ADL-ferdighet)."""

    ALONE = "alone"
    WITH_HELP = "with_help"
    NOT = "not"


class Degree(StrEnum):
    """Yes, partly or no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class HelpKind(StrEnum):
    """Follow-up at home, in training or at work."""

    HOME_NURSING = "home_nursing"  # hjemmesykepleie
    PERSONAL_ASSISTANT = "personal_assistant"  # brukerstyrt personlig assistent
    SUPPORT_CONTACT = "support_contact"  # støttekontakt
    SCHOOL_ASSISTANT = "school_assistant"  # assistent i skole eller barnehage
    OTHER = "other"


class EducationLevel(StrEnum):
    """The highest education completed."""

    PRIMARY = "primary"  # grunnskole
    UPPER_SECONDARY = "upper_secondary"  # videregående
    VOCATIONAL = "vocational"  # fagutdanning
    BACHELOR = "bachelor"  # universitet eller høyskole, inntil fire år
    MASTER = "master"  # universitet eller høyskole, mer enn fire år
    DOCTORATE = "doctorate"


@dataclass(frozen=True, slots=True)
class ExtraNeeds:
    """What may be registered of functioning where adaptation is needed (GUIDE 1.5.1). All is optional."""

    function_areas: tuple[FunctionArea, ...] = ()
    function_description: str = ""
    grants: GrantState | None = None
    grants_description: str = ""
    needs_specialist: bool | None = None  # oppfølging av spesialisthelsetjenesten
    specialist_kind: str = ""
    services_in_place: str = ""
    services_to_start: str = ""
    cooking: Mastery | None = None
    hygiene: Mastery | None = None
    cleaning: Mastery | None = None
    economy: Mastery | None = None
    moving: Mastery | None = None
    measures_effect: str = ""
    takes_guidance: Degree | None = None
    takes_part_in_training: Degree | None = None
    training_adaptation: str = ""
    needs_adapted_housing: bool | None = None  # tilrettelagt bolig
    adapted_housing_description: str = ""
    needs_staffed_housing: bool | None = None  # bemannet bolig
    is_staffed_round_the_clock: bool | None = None
    needs_supervision: bool | None = None  # tilsyn
    staff_count: int | None = None
    can_share_housing: bool | None = None  # bofellesskap
    help_kinds: tuple[HelpKind, ...] = ()
    help_description: str = ""
    family_assists: bool | None = None
    family_assists_with: str = ""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Need for adaptation because of health (behov for tilrettelegging)."""

    question: ClassVar[Question] = Question.ADAPTATION
    is_needed: bool | None = None
    description: str = ""
    bears_on: tuple[BearsOn, ...] = ()
    told_to_inform_doctor: bool = False  # har fått beskjed om å informere fastlegen
    extra: ExtraNeeds = ExtraNeeds()


@dataclass(frozen=True, slots=True)
class CloseRelation:
    """Somebody close who lives in Norway: name, relation, how to reach them, municipality number."""

    name: str = ""
    relation: str = ""
    contact: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Relations:
    """Close relations in Norway that should count in the choice of municipality."""

    question: ClassVar[Question] = Question.RELATIONS
    has_relations: bool | None = None
    relations: tuple[CloseRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Pets:
    """Pets (kjæledyr): not every home in Norway allows them."""

    question: ClassVar[Question] = Question.PETS
    has_pets: bool | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Education:
    """The highest education completed, its field, and what else there is."""

    question: ClassVar[Question] = Question.EDUCATION
    has_education: bool | None = None
    level: EducationLevel | None = None
    field: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Occupation:
    """The last occupation in the home country."""

    question: ClassVar[Question] = Question.OCCUPATION
    has_worked: bool | None = None
    title: str = ""
    other: str = ""


type Content = Adaptation | Relations | Pets | Education | Occupation

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
