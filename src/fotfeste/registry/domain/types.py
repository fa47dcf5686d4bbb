"""What the registry speaks of: sexes, relations, statuses, persons as they are registered and as they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.kernel.names import readable


class Sex(StrEnum):
    """Sex as registered; never derived from a number."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    """How the first person stands to the second (REG-04): the first is the second's ..."""

    SPOUSE = "spouse"
    COHABITANT = "cohabitant"
    PARENT = "parent"
    SIBLING = "sibling"
    ACCOMPANYING_ADULT = "accompanying_adult"  # følgeperson
    GUARDIAN = "guardian"  # verge, representant
    PRIVATE_HOST = "private_host"
    OTHER_FAMILY = "other_family"


class StatusKind(StrEnum):
    """A person's status over time (REG-05)."""

    REGISTERED_BY_POLICE = "registered_by_police"
    APPLIED_FOR_PROTECTION = "applied_for_protection"
    TEMPORARY_COLLECTIVE_PROTECTION = "temporary_collective_protection"  # midlertidig kollektiv beskyttelse
    RESIDENCE_PERMIT = "residence_permit"
    LIMITED_PERMIT = "limited_permit"
    REFUSAL = "refusal"  # avslag
    LEFT = "left"
    SETTLED = "settled"  # bosatt


PERMITS = frozenset(
    {StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, StatusKind.RESIDENCE_PERMIT, StatusKind.LIMITED_PERMIT}
)


class Stage(StrEnum):
    """How far a household has come, by the furthest of its members: what lists are filtered by."""

    WITHOUT_PERMIT = "without_permit"
    WITH_PERMIT = "with_permit"
    SETTLED = "settled"


class CorrectionReason(StrEnum):
    """Why a fact is annulled."""

    TYPING_ERROR = "typing_error"
    NEW_DOCUMENT = "new_document"
    TOLD_BY_PERSON = "told_by_person"
    CHANGED = "changed"  # it was right, and is no longer
    MOVED_GROUP = "moved_group"
    SAME_PERSON = "same_person"


class Mistake(StrEnum):
    """Why something that was registered is taken back: it never was so."""

    WRONG_PERSON = "wrong_person"
    WRONG_DAY = "wrong_day"
    WRONG_CHOICE = "wrong_choice"  # another status, reason or answer was meant
    OTHER = "other"


class TakenBack(StrEnum):
    """What kind of registered fact was taken back."""

    STATUS = "status"
    DEPARTURE = "departure"
    ARRIVAL = "arrival"
    OFFER_ANSWER = "offer_answer"
    CLOSING = "closing"  # of a settlement case, by hand
    REFUSAL = "refusal"  # something in a refusal of settlement
    PRIVATE_STAY = "private_stay"  # living privately with public support (AMOT, MAMOT)


@dataclass(frozen=True, slots=True)
class NewGuardian:
    """A guardian (verge, representant) of somebody who is registered: not a resident."""

    name: str
    phone: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", readable(self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person as the police or the arrival centre registers them. Languages: the preferred one first.

    Names are kept `readable`, whoever types them and wherever.
    """

    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    citizenship: str
    original_name: str = ""
    languages: tuple[str, ...] = ()
    needs_interpreter: bool = True
    is_unaccompanied_minor: bool = False
    identifiers: Mapping[IdentifierKind, str] = field(default_factory=dict)
    guardian: NewGuardian | None = None

    def __post_init__(self) -> None:
        for field_name in ("given_name", "family_name", "original_name"):
            object.__setattr__(self, field_name, readable(getattr(self, field_name)))


@dataclass(frozen=True, slots=True)
class NewRelation:
    """Person number `first` (from 0, as listed) is the `kind` of person number `second`."""

    first: int
    kind: RelationKind
    second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGroup:
    """People who are registered together and become one placement group (plasseringsgruppe)."""

    persons: tuple[NewPerson, ...]
    registered_on: date
    relations: tuple[NewRelation, ...] = ()
    applied_on: date | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A dated status, as held true now; `reported_by` is the organisation that told."""

    kind: StatusKind
    holds_on: date
    reported_by: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in a placement group on a day, as the viewer's organisation may see them. `age` is on that day."""

    subject_id: int
    reference: str
    group_id: int
    given_name: str
    family_name: str
    original_name: str
    birth_date: date
    age: int
    sex: Sex
    citizenship: str
    languages: tuple[str, ...]
    needs_interpreter: bool
    is_unaccompanied_minor: bool
    identifiers: Mapping[IdentifierKind, str]
    statuses: tuple[Status, ...]
    current_status: StatusKind | None
    status_on: date | None
    has_permit: bool
    member_from: date
    registered_on: date

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A person found by name or number, and the household they belong to on the day."""

    subject_id: int
    reference: str
    name: str
    original_name: str
    birth_date: date
    group_id: int
    group_reference: str
    group_number: int
