"""What is asked of the rest of a year (hva hvis), and what is answered: nothing here knows how a plan is found.

Other values of the policy, more or fewer who come, more or fewer places, a municipality that receives nobody. What it
comes to is numbers by municipality. There is no person in them, and no place is held.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from fotfeste.allocation.domain.places import Places
from fotfeste.allocation.domain.policy import Policy, change
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import Value

ALL, MOST_PERCENT = 100, 300
_WHAT_IF = "what if"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be otherwise: values of the policy by name, how many of the expected come and how many of the places
    that are left there are, in per cent, and the number of a municipality that receives nobody ("": all do).
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    arrivals_percent: int = ALL
    places_percent: int = ALL
    closed: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", dict(self.values))

    @property
    def key(self) -> str:
        """What tells it from every other: the same question has the same key."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Received:
    """What a year's plan gives a municipality that had room for so many persons."""

    number: str
    room: int
    groups: int
    persons: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a year's plan comes to, in numbers without persons.

    `points` per person who is placed, weighed as the plan was; `unevenness` as on the policy's curve, thousandths.
    """

    groups: int
    persons: int
    placed_groups: int
    placed_persons: int
    points: float
    unevenness: float
    received: tuple[Received, ...]

    @property
    def full(self) -> tuple[Received, ...]:
        """The municipalities that had room, and have none left."""
        return tuple(each for each in self.received if each.room and each.persons == each.room)

    @property
    def used(self) -> int:
        """How many municipalities receive somebody."""
        return sum(each.persons > 0 for each in self.received)


@dataclass(frozen=True, slots=True)
class Found:
    """What stood when it was asked: persons who waited, persons who were expected as it was asked, and the places of
    the municipalities in the order of the outcome's.
    """

    waiting: int
    expected: int
    places: tuple[Places, ...]


def changed(policy: Policy, values: Mapping[str, Value]) -> Policy:
    """A policy with other values, for a question alone. Raises Refused for values that cannot be."""
    known = {name: each.value for name, each in policy.parameters.items()}
    other = {name: value for name, value in values.items() if known.get(name) != value}
    return change(policy, other, reason=_WHAT_IF, source=_WHAT_IF, on=policy.on).policy if other else policy


def checked(question: Question, policy: Policy) -> Policy:
    """The policy that a question is weighed by. Raises Refused for values that cannot be, and per cents beyond 300."""
    for name in ("arrivals_percent", "places_percent"):
        if not 0 <= getattr(question, name) <= MOST_PERCENT:
            raise Refused("what_if_percent_wrong", name, {"most": MOST_PERCENT})
    return changed(policy, question.values)
