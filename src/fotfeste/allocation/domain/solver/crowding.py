"""Crowding: what each next person in a municipality is worth less than the first, so that none fills up while others
stand empty.

A plan is worth the sum of its groups' scores less this, for all persons that a municipality is given. It rises with
every person and depends on how many they are alone. So the bound splits: at a price for each person a municipality
takes in as many as cost it no more than the price.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Crowding:
    """`less[first[m] + i]`: how much less than the first the person is worth who comes to municipality m when i are
    there. One number for each of its places for persons, never falling; none at all where it is not crowded by people.
    """

    less: Floats
    first: Integers

    @classmethod
    def of(cls, rows: Sequence[Floats]) -> "Crowding":
        """From a row for each municipality."""
        first = np.cumsum([0, *(len(row) for row in rows)]).astype(np.int64)
        return cls(np.concatenate([*rows, np.zeros(0)]), first)

    @property
    def places(self) -> Integers:
        """How many numbers each municipality has."""
        return np.diff(self.first)

    def total(self, persons: Integers) -> float:
        """What all municipalities together are worth less by so many persons in each."""
        inside = np.arange(len(self.less)) - np.repeat(self.first[:-1], self.places) < np.repeat(persons, self.places)
        return float(self.less[inside].sum())

    def row(self, m: int) -> Floats:
        """The numbers of one municipality."""
        return self.less[self.first[m] : self.first[m + 1]]

    def last(self) -> Floats:
        """Of each municipality the number of its last place; 0 where it has none."""
        has_some = self.places > 0
        found = np.zeros(len(self.places))
        found[has_some] = self.less[self.first[1:][has_some] - 1]
        return found

    def rent(self, price: Floats) -> Floats:
        """What all places of each crowded municipality are worth to it at a price for each person."""
        owner = np.repeat(np.arange(len(price)), self.places)
        over = np.maximum(price[owner] - self.less, 0.0)
        return np.bincount(owner, weights=over, minlength=len(price)).astype(np.float64)


class Steps(NamedTuple):
    """Runs of places that cost the same, by municipality, for the smoothed dual: `first` is empty without crowding."""

    level: Floats
    places: Floats
    first: Integers

    def part(self, share: float) -> "Steps":
        """The same part of every run."""
        return Steps(self.level, self.places * share, self.first)


class Table(NamedTuple):
    """A number for each count of places for persons that may be left in a municipality: `number[start[m] + left]`.

    Both are empty without crowding.
    """

    number: Floats
    start: Integers


NO_STEPS = Steps(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64))
NO_TABLE = Table(np.zeros(0), np.zeros(0, dtype=np.int64))


def steps_of(crowding: Crowding | None, room: Integers) -> Steps:
    """The runs within the room for persons."""
    if crowding is None:
        return NO_STEPS
    levels, counts = [np.zeros(0)], [np.zeros(0)]
    for m in range(len(room)):
        level, count = np.unique(crowding.row(m)[: room[m]], return_counts=True)
        levels.append(level)
        counts.append(count.astype(np.float64))
    first = np.cumsum([0, *(len(level) for level in levels[1:])]).astype(np.int64)
    return Steps(np.concatenate(levels), np.concatenate(counts), first)


def costs_of(crowding: Crowding | None, room: Integers) -> Table:
    """What crowding has cost by the places that are left."""
    if crowding is None:
        return NO_TABLE
    start = np.cumsum([0, *(room + 1)]).astype(np.int64)
    number = np.zeros(int(start[-1]))
    for m in np.flatnonzero(crowding.places):
        costs = np.append(0.0, np.cumsum(crowding.row(int(m))[: room[m]]))
        number[start[m] : start[m + 1]] = costs[::-1]
    return Table(number, start[:-1])


def idle_at(costs: Table, room: Integers, price: Floats) -> Table:
    """How much less than it could be a municipality's room is worth at a price for each person, by what is left of it:
    room that is not used where that would pay, and used where it does not.
    """
    if len(costs.start) == 0:
        return NO_TABLE
    owner = np.repeat(np.arange(len(room)), room + 1)
    left = np.arange(len(costs.number)) - costs.start[owner]
    worth = price[owner] * (room[owner] - left) - costs.number
    most = np.maximum.reduceat(worth, costs.start)
    return Table(most[owner] - worth, costs.start)
