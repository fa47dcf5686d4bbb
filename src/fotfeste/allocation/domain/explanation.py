"""What is told of why a group was placed where it was: the parts, the next best and what they lacked, what was scarce,
what was not possible.

As codes with fields (SET-15); the sentences are found at the edge. Nothing here names a person or a diagnosis.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import Part, Score
from fotfeste.allocation.domain.types import Column, Group
from fotfeste.kernel.decisions import Reason
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import Capability

type Prices = Mapping[str, Mapping[Column, float]]

ANYWHERE = "anywhere"
"""What every letter of an offer tells: refugees are settled everywhere, and nobody may choose."""

_FITS = frozenset(
    {
        *("work_in_occupation", "work_asks_authorisation", "work_after_education", "work_in_field"),
        *("study_for_occupation", "study_in_field"),
    }
)


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


def told_to_resident(found: Explanation) -> tuple[str, ...]:
    """What the letter of the offer tells of why this municipality, as codes; nothing for those who are not placed.

    Nothing of other people, of health, or of how others were weighed: what was taken into account, and what nobody may
    choose (GUIDE Vedlegg 5).
    """
    return tuple(_told(found, found.score)) if found.score is not None else ()


def _told(found: Explanation, score: Score) -> Iterator[str]:
    counts = {part.kind for part in score.parts if part.amount > 0}
    if PartKind.RESIDENCE in counts:
        yield "residence"
    if PartKind.CONTINUITY in counts:
        is_host = score.part(PartKind.CONTINUITY).reasons[0].code == "host_municipality"
        yield "host_municipality" if is_host else "near_host"
    if {reason.code for reason in score.part(PartKind.WORK).reasons} & _FITS:
        yield "work"
    if found.group.minors:
        yield "minors"
    if _has_what_they_need(found, score):
        yield "needs"
    if found.group.needs.ties:
        yield "ties_counted" if PartKind.RELATIONS in counts else "ties_seen"
    if found.declined:
        yield "not_told"
    yield ANYWHERE


def _has_what_they_need(found: Explanation, score: Score) -> bool:
    """Whether the municipality has said that it has something they need. What nobody has said weighs a little in the
    score, and is nothing to tell of in a letter. Places for minors alone have a sentence of their own.
    """
    met = {reason.fields["capability"] for reason in found.met} - {Capability.UNACCOMPANIED_MINORS}
    return bool(met) or "service_there" in {reason.code for reason in score.part(PartKind.SERVICES).reasons}
