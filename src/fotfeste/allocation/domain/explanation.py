"""What is told of why a group was placed where it was: the parts, the next best and what they lacked, what was scarce,
what was not possible.

As codes with fields (SET-15); the sentences are found at the edge. Nothing here names a person or a diagnosis.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import Part, Score
from fotfeste.allocation.domain.types import Column, Group
from fotfeste.kernel.decisions import Reason
from fotfeste.settlement.domain.contents import Question

type Prices = Mapping[str, Mapping[Column, float]]


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of which another municipality has less (below nothing: more), in thousandths of a point per person, and
    what that part says of it.
    """

    kind: PartKind
    missing: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another municipality. `lacks`: where it has less than the place, most first; `gains`: where it has more.

    `outcome` says why it was not chosen although it fits as well or better: where the week is full, or places are
    scarce, with what would have to change; None where it simply fits less.
    """

    number: str
    score: Score
    lacks: tuple[Gap, ...]
    gains: tuple[Gap, ...]
    outcome: Reason | None


@dataclass(frozen=True, slots=True)
class Barred:
    """What was not possible for one and the same reason, in how many municipalities; `named`: those that the group has
    something to do with.
    """

    reason: Reason
    count: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A group's place in a plan, explained. `place` and `score` are None where it was left for later.

    `outcome`: what the choice came of; `met`: the hard needs that the place has declared to meet; `scarce`: the place's
    own price, where it has one; `alternatives`: the next best; `mentioned`: others that the group has something to do
    with; `later`: what leaving the group for a later week is worth; `declined`: the questions that were not answered,
    whose needs nobody knows. `pin`: what the pin of a group that is pinned costs or gives it.
    """

    group: Group
    place: str | None
    score: Score | None
    outcome: Reason
    met: tuple[Reason, ...]
    scarce: Reason | None
    alternatives: tuple[Alternative, ...]
    mentioned: tuple[Alternative, ...]
    barred: tuple[Barred, ...]
    later: Score
    declined: tuple[Question, ...]
    pin: Reason | None = None


def telling(found: Score) -> tuple[Part, ...]:
    """The parts worth telling: those that add or take off, and those that have something to say. Most first."""
    told = [part for part in found.parts if part.amount or part.reasons]
    return tuple(sorted(told, key=lambda part: -part.amount))
