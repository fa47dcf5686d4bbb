"""An instance: groups, municipalities, limits and scores; checked once, so that nothing after it has to ask."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver.crowding import Crowding
from fotfeste.allocation.domain.solver.errors import UnusableInstance
from fotfeste.allocation.domain.solver.scores import ScoreBlocks

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]

# Values are summed over all groups, and squared; beyond this that could pass what a float can hold.
_LARGEST_SUM = 1e150


@dataclass(frozen=True, slots=True)
class Instance:
    """What is to be placed where, and what it is worth.

    `demand[g, r]` is what group g uses of resource r where it is placed (column 0 is persons), `limit[m, r]` what
    municipality m has of it, `unplaced[g]` the value per person of leaving the group for later. `scores` gives the
    value per person of each pair, NaN where it is not possible. `crowding`: what the next person in a municipality is
    worth less than the first.
    """

    demand: Integers
    limit: Integers
    unplaced: Floats
    scores: ScoreBlocks
    seed: int = 0
    crowding: Crowding | None = None

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self.demand)

    @property
    def municipalities(self) -> int:
        """How many municipalities there are."""
        return len(self.limit)

    @property
    def resources(self) -> int:
        """How many resources, persons included."""
        return int(self.demand.shape[1])

    @property
    def unplaced_value(self) -> Floats:
        """What each whole group is worth unplaced: persons x value per person."""
        return self.demand[:, 0] * self.unplaced


def check(instance: Instance) -> None:
    """Raise UnusableInstance where shapes disagree or a number stands where it has no meaning."""
    _check_shapes(instance)
    if (at := _first(instance.demand[:, 0] < 1)) is not None:
        raise UnusableInstance("demand", f"group {at[0]} has {instance.demand[at[0], 0]} persons; at least 1")
    if (at := _first(instance.demand < 0)) is not None:
        raise UnusableInstance("demand", f"{instance.demand[at]} at {_said(at)}; at least 0")
    if (at := _first(instance.limit < 0)) is not None:
        raise UnusableInstance("limit", f"{instance.limit[at]} at {_said(at)}; at least 0")
    if (at := _first(~np.isfinite(instance.unplaced))) is not None:
        raise UnusableInstance("unplaced", f"{instance.unplaced[at]} at {_said(at)}; only finite numbers")
    _check_sums("unplaced", np.abs(instance.unplaced).max(initial=0.0), instance)
    _check_crowding(instance)
    largest = 0.0
    for first, block in instance.scores.blocks():
        high, low = np.fmax.reduce(block, axis=None, initial=0.0), np.fmin.reduce(block, axis=None, initial=0.0)
        if np.isinf(high) or np.isinf(low):
            row, column = np.unravel_index(int(np.argmax(np.isinf(block))), block.shape)
            fault = f"{block[row, column]} at {_said((first + int(row), int(column)))}; finite numbers or NaN"
            raise UnusableInstance("score", fault)
        largest = max(largest, float(high), float(-low))
    _check_sums("score", largest, instance)


def _check_shapes(instance: Instance) -> None:
    groups, municipalities = instance.groups, instance.municipalities
    if instance.demand.shape[1] < 1:
        raise UnusableInstance("demand", "has no column; column 0 is persons")
    if instance.limit.shape[1] != instance.demand.shape[1]:
        fault = f"has {instance.limit.shape[1]} columns where demand has {instance.demand.shape[1]}"
        raise UnusableInstance("limit", fault)
    if instance.scores.shape != (groups, municipalities):
        fault = f"has shape {instance.scores.shape} where demand and limit ask for {(groups, municipalities)}"
        raise UnusableInstance("score", fault)
    if instance.unplaced.shape != (groups,):
        raise UnusableInstance("unplaced", f"has {len(instance.unplaced)} values for {groups} groups")


def _check_crowding(instance: Instance) -> None:
    crowding = instance.crowding
    if crowding is None:
        return
    if len(crowding.places) != instance.municipalities:
        raise UnusableInstance("crowding", f"of {len(crowding.places)} municipalities, not {instance.municipalities}")
    if (at := _first((crowding.places != 0) & (crowding.places != instance.limit[:, 0]))) is not None:
        raise UnusableInstance("crowding", f"has {crowding.places[at]} numbers for municipality {_said(at)}")
    for m in range(instance.municipalities):
        row = crowding.row(m)
        if not np.isfinite(row).all() or (row < 0).any() or (np.diff(row) < 0).any():
            raise UnusableInstance("crowding", f"must rise from 0 or more in municipality {m}, and be finite")
    _check_sums("crowding", crowding.less.max(initial=0.0), instance)


def _check_sums(array: str, largest: float, instance: Instance) -> None:
    persons = float(instance.demand[:, 0].sum(dtype=np.float64))
    if largest > _LARGEST_SUM / max(1.0, persons):
        raise UnusableInstance(array, f"{largest:g} for each of {persons:g} persons is too large to be summed")


def _first(wrong: NDArray[np.bool_]) -> tuple[int, ...] | None:
    """Where the first true value stands."""
    if not wrong.any():
        return None
    return tuple(int(each) for each in np.unravel_index(int(np.argmax(wrong)), wrong.shape))


def _said(at: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, at))}]"
