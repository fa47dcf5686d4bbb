"""How hard it is to find a municipality for a household: what the queue is ordered by, and why (SET-09, SET-10).

Points in three parts that add up. Needs: the part of the municipalities that have not said that they can meet them, in
per cent. Size: large households find few homes. Time: how much of the way to the goal is used, in per cent. Once a
municipality has said yes, time alone is left. It orders work and decides nothing. Source: none; chosen by us.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from fotfeste.kernel.decisions import Reason
from fotfeste.settlement.domain.candidates import GroupNeeds
from fotfeste.settlement.domain.goals import Waiting
from fotfeste.settlement.domain.types import Capability

LARGE_FROM = 5  # persons
POINTS_A_PERSON, MOST_FOR_SIZE = 10, 50
MOST_FOR_TIME = 200  # twice the goal: who has waited longer is no harder to place
LITTLE_TIME_FROM = 75  # per cent of the way to the goal


@dataclass(frozen=True)
class Supply:
    """What each municipality can offer, as far as it has said."""

    offers: tuple[frozenset[Capability], ...]

    @cached_property
    def _able(self) -> dict[frozenset[Capability], int]:
        return {}

    def able(self, needed: frozenset[Capability]) -> int:
        """How many municipalities can meet all of the needs."""
        if needed not in self._able:
            self._able[needed] = sum(needed <= offered for offered in self.offers)
        return self._able[needed]


@dataclass(frozen=True, slots=True)
class Hardness:
    """The points of a household, and what they are for, in the order of the parts."""

    needs: int
    size: int
    time: int
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def points(self) -> int:
        """The parts together."""
        return self.needs + self.size + self.time


def hardness(group: GroupNeeds, waiting: Waiting | None, supply: Supply, *, has_municipality: bool = False) -> Hardness:
    """How hard a household is to place. `waiting`: None before the decision, when no goal counts yet."""
    time, late = min(MOST_FOR_TIME, waiting.percent) if waiting else 0, tuple(_of_time(waiting))
    if has_municipality:
        return Hardness(0, 0, time, late)
    municipalities = len(supply.offers)
    unable = municipalities - supply.able(group.capabilities)
    return Hardness(
        needs=100 * unable // municipalities if municipalities and group.capabilities else 0,
        size=min(MOST_FOR_SIZE, POINTS_A_PERSON * max(0, group.size - LARGE_FROM + 1)),
        time=time,
        reasons=(*_of_group(group, supply), *late),
    )


def _of_group(group: GroupNeeds, supply: Supply) -> Iterator[Reason]:
    if group.capabilities:
        able, needed = supply.able(group.capabilities), " ".join(sorted(group.capabilities))
        yield Reason("few_can_meet", {"needed": needed, "able": able, "of": len(supply.offers)})
    if group.size >= LARGE_FROM:
        yield Reason("large_household", {"size": group.size})


def _of_time(waiting: Waiting | None) -> Iterator[Reason]:
    if waiting and waiting.over_by:
        yield Reason("over_goal", {"days": waiting.over_by})
    elif waiting and waiting.percent >= LITTLE_TIME_FROM:
        yield Reason("little_time", {"days": waiting.goal_days - waiting.days})
