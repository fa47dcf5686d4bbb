"""What spreading costs: the plans along a policy's curve, from accurate to dispersed (SET-09).

The policy picks the point; this shows what the other points would have given the same people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from fotfeste.allocation.domain.coming import priced
from fotfeste.allocation.domain.matrix import pose
from fotfeste.allocation.domain.pinned import solve_around
from fotfeste.allocation.domain.policy import PartKind, Policy, along_curve
from fotfeste.allocation.domain.score import WHOLE, untaken
from fotfeste.allocation.domain.solver.certificate import UNPLACED, objective
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.types import FREE, Group, Municipality, Steering


@dataclass(frozen=True, slots=True)
class Point:
    """A plan at one point of the curve.

    `accuracy`: points per person without the part of spread, waiting included. `room`: how much of the requests of the
    municipalities that they go to is untaken when they come, one after the other, as a mean per person in thousandths;
    those who wait have none.
    `unevenness`: how far municipalities are from the country's share of its requests after the plan, in thousandths of
    a request, weighted by requests; 0 is quite even. `municipalities`: how many receive somebody.
    """

    weight: int
    is_chosen: bool
    accuracy: float
    room: float
    unevenness: float
    municipalities: int
    placed_persons: int


def curve(
    groups: Sequence[Group],
    municipalities: Sequence[Municipality],
    policy: Policy,
    on: date,
    steering: Steering = FREE,
    held: Floats | None = None,
) -> tuple[Point, ...]:
    """The plans of the same groups at each point of the policy's curve: one solution for each. `held`: what places cost
    that are held for those who are expected, as in the plan itself.
    """
    plain = pose(groups, municipalities, policy.at(0), on, steering=steering).instance
    points: list[Point] = []
    for each in along_curve(policy):
        posed = pose(groups, municipalities, each, on, steering=steering)
        instance = posed.instance if held is None else priced(posed.instance, held)
        placed = solve_around(instance, posed.pinned).municipality
        is_chosen = each.weight(PartKind.SPREAD) == policy.weight(PartKind.SPREAD)
        points.append(replace(point_of(placed, plain, municipalities, each), is_chosen=is_chosen))
    return tuple(points)


def point_of(placed: Integers, plain: Instance, municipalities: Sequence[Municipality], policy: Policy) -> Point:
    """The point that a plan is under a policy. `plain`: the problem with spread weighing nothing; `placed`: the place
    of the municipality for each group, -1 for later.
    """
    persons, goes = plain.demand[:, 0], placed != UNPLACED
    received = np.bincount(placed[goes], weights=persons[goes], minlength=len(municipalities))
    return Point(
        weight=policy.weight(PartKind.SPREAD),
        is_chosen=True,
        accuracy=float(objective(plain, placed) / persons.sum()),
        room=_room(municipalities, received, policy) / float(persons.sum()),
        unevenness=unevenness(municipalities, received),
        municipalities=len(np.unique(placed[goes])),
        placed_persons=int(persons[goes].sum()),
    )


def _room(municipalities: Sequence[Municipality], received: Floats, policy: Policy) -> float:
    """What spread comes to for all who are received, in thousandths."""
    total = 0
    for each, count in zip(municipalities, received.astype(int).tolist(), strict=True):
        if each.requested is None:
            total += count * policy.numbers["spread_not_known"]
        else:
            total += sum(untaken(each.requested, each.taken + come) for come in range(count))
    return float(total)


def unevenness(municipalities: Sequence[Municipality], received: Floats) -> float:
    """How far municipalities are from the country's share of its requests when so many persons have come to each, in
    thousandths; over those whose request is known, 0 where none is.
    """
    asked = np.array([each.requested or 0 for each in municipalities], dtype=np.float64)
    taken = np.array([each.taken for each in municipalities], dtype=np.float64) + received
    if not asked.any():
        return 0.0
    is_asked = asked > 0
    share = taken[is_asked].sum() / asked.sum()
    away = np.abs(taken[is_asked] / asked[is_asked] - share)
    return float(WHOLE * np.average(away, weights=asked[is_asked]))
