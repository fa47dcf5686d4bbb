"""What the choice of a municipality rests on: a group with its needs, a municipality with what it has declared.

No names, no texts about anybody: codes, counts, numbers of municipalities.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fotfeste.directory.reference.projection import LatLon
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import Capability, Declined


class Strength(StrEnum):
    """How strong a tie to somebody close is (nære relasjoner), the strongest first."""

    CLOSEST = "closest"  # ektefelle, foreldre, barn
    CLOSE = "close"  # søsken, besteforeldre, barnebarn
    OTHER = "other"  # other relatives and friends, and what is not recognised


class Service(StrEnum):
    """What a group would be helped by, and can be settled without: soft needs (GUIDE 1.5.1)."""

    SCHOOL_SUPPORT = "school_support"  # tilrettelegging i skole og barnehage
    HOME_HELP = "home_help"  # hjelp i hjemmet
    HEARING = "hearing"  # tilbud til hørselshemmede, med tegnspråk
    ADAPTED_TRAINING = "adapted_training"  # tilpasset opplæring for voksne
    PET_HOME = "pet_home"  # bolig med kjæledyr, for dem som kan gi det fra seg


class OfferKind(StrEnum):
    """What a municipality has to offer a newcomer (SET-10)."""

    WORK = "work"
    EDUCATION = "education"


class Resource(StrEnum):
    """What a municipality has of places, beside persons: counted, and never given to two."""

    PERSONS = "persons"
    MINORS = "minors"  # plasser for enslige mindreårige
    ADAPTED_HOMES = "adapted_homes"  # tilrettelagte boliger
    SCHOOL_PLACES = "school_places"  # plasser i grunnskolen
    KINDERGARTEN_PLACES = "kindergarten_places"  # plasser i barnehage


class SetKind(StrEnum):
    """By what people are told apart, to see that no kind of them fares worse."""

    FAMILY_TYPE = "family_type"
    AGE_BAND = "age_band"
    SEX = "sex"
    CITIZENSHIP = "citizenship"


class FamilyType(StrEnum):
    """What kind of household a group is, by who is in it."""

    UNACCOMPANIED_MINOR = "unaccompanied_minor"  # enslig mindreårig
    SINGLE_PARENT = "single_parent"  # en voksen med barn
    COUPLE_WITH_CHILDREN = "couple_with_children"  # to eller flere voksne med barn
    COUPLE = "couple"  # to voksne uten barn
    ALONE = "alone"  # en voksen alene
    OTHER = "other"  # flere voksne uten barn


AGE_BANDS = (0, 6, 13, 18, 30, 50, 67)  # each from this age until the next


def age_band(age: int) -> int:
    """The first age of the band in which somebody of this age is."""
    return max(first for first in AGE_BANDS if first <= age)


@dataclass(frozen=True, slots=True)
class Background:
    """What somebody has worked with or is educated in, as codes of the vocabulary; the occupation may be unknown.

    `has_worked`: they have worked in it; else they are educated in it, or on their way to be.
    """

    field: str
    occupation: str = ""
    has_worked: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """Work or education that a municipality declares: in a whole field, or for one occupation of it.

    Education for an occupation is what leads to working in it: studies, a trade certificate, an authorisation.
    """

    kind: OfferKind
    field: str
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody close lives in a municipality."""

    municipality: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Adult:
    """A member who is asked about education and work. Without backgrounds: not answered, or not recognised."""

    age: int
    backgrounds: tuple[Background, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """Places that are not kept for any of some integration centres: used by everybody who is not from one of them."""

    centres: frozenset[str]


@dataclass(frozen=True, slots=True)
class InWeek:
    """Places in one week where a municipality receives no more than so many in it: a larger group takes all of them,
    and comes alone. `most` None: of those who receive any group beside others.
    """

    most: int | None


type Column = Resource | Open | InWeek  # what a plan counts in each municipality


@dataclass(frozen=True, slots=True)
class Needs:
    """What a group asks of its municipality. `hard` decides whether it is possible; the rest only counts.

    `declined`: questions that somebody declined to answer. What they need is not known, and is not taken into account
    (GUIDE 1.4).
    """

    hard: frozenset[Capability] = frozenset()
    services: frozenset[Service] = frozenset()
    ties: tuple[Tie, ...] = ()
    adults: tuple[Adult, ...] = ()
    declined: frozenset[Question] = frozenset()


@dataclass(frozen=True, slots=True)
class SaidNo:
    """A municipality has said no to a group and may not be asked about it in the plan's week. `declined` None: kept by
    a plan from before a no said what follows.
    """

    municipality: str
    declined: Declined | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A placement group (plasseringsgruppe) that waits for a municipality, always settled whole.

    `uses`: what it uses of each resource, persons among them. `due_since_on` is the permit, `goal_on` the day of its
    goal (three or six months later, SET-09). `centre` and `host`: the integration centre where it lives and that one's
    host municipality, "" elsewhere. `lives_in`: the municipality where it lives on MAMOT or AMOT, "" for others.
    `said_no`: the municipalities that have declined it, one each.
    """

    reference: str
    uses: Mapping[Resource, int]
    due_since_on: date
    goal_on: date
    needs: Needs = field(default_factory=Needs)
    centre: str = ""
    host: str = ""
    lives_in: str = ""
    said_no: tuple[SaidNo, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "uses", dict(self.uses))
        if self.size < 1:
            raise ValueError(f"group {self.reference} has no persons")

    @property
    def size(self) -> int:
        """How many persons it is."""
        return self.uses.get(Resource.PERSONS, 0)

    @property
    def minors(self) -> int:
        """How many of them are unaccompanied minors (enslige mindreårige)."""
        return self.uses.get(Resource.MINORS, 0)

    def takes(self, column: Column) -> int:
        """How much it takes of what a plan counts, wherever it is placed."""
        if isinstance(column, Open):
            return 0 if self.centre in column.centres else self.size
        if isinstance(column, InWeek):
            return self.size if column.most is None else min(self.size, column.most)
        return self.uses.get(column, 0)


@dataclass(frozen=True, slots=True)
class WeekRoom:
    """The most persons that a municipality receives in the plan's week, and how many come in it without the plan."""

    most: int
    planned: int = 0

    def has_room(self, persons: int, others: int = 0) -> bool:
        """Whether a group of so many can come beside so many others of the plan; one that is larger than the most can
        come alone.
        """
        return self.planned + others + min(persons, self.most) <= self.most


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as it has declared itself, with what is left of its places.

    `left`: what is left of each resource; one that is not there is not declared. Persons that are not there: the
    council has not decided. `kept`: how many of those persons are kept for an integration centre, by centre; nobody
    else may have them (SET-11). `requested` is IMDi's request for the year, `taken` what is used and promised of it,
    both in persons; None: not known. `week`: None where it has not said how many it receives in one. `capabilities` and
    `services`: yes, no, or not said (not there). `offers`: None is not said. `centre` is latitude and longitude in
    degrees.
    """

    number: str
    name: str
    centre: LatLon
    neighbours: frozenset[str] = frozenset()
    left: Mapping[Resource, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    requested: int | None = None
    taken: int = 0
    capabilities: Mapping[Capability, bool] = field(default_factory=dict)
    services: Mapping[Service, bool] = field(default_factory=dict)
    offers: frozenset[Offer] | None = None
    week: WeekRoom | None = None

    def kept_from(self, centre: str) -> int:
        """How many places are kept for other centres than this one."""
        return sum(persons for each, persons in self.kept.items() if each != centre)


class SteeringKind(StrEnum):
    """What a case worker decides for a household ahead of a plan (styring)."""

    PINNED = "pinned"  # festet til kommunen
    FORBIDDEN = "forbidden"  # kommunen er utelukket


@dataclass(frozen=True, slots=True)
class Steering:
    """What a case worker has decided ahead of a plan: groups that are pinned to a municipality and pairs that are
    forbidden, by the group's reference and the municipality's number, and municipalities that are closed this time.
    """

    pinned: Mapping[str, str] = field(default_factory=dict)
    forbidden: frozenset[tuple[str, str]] = frozenset()
    closed: frozenset[str] = frozenset()

    @property
    def without_pins(self) -> "Steering":
        """What is left of it where nobody is pinned."""
        return Steering(forbidden=self.forbidden, closed=self.closed)


FREE = Steering()
