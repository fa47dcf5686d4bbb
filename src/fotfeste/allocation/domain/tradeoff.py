"""The trade-off between spread and accuracy as a plan keeps it: what each point comes to, and no number of people."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a weight of spread would have given the same people. `accuracy`: points per person without the part of
    spread; `room` and `unevenness` in thousandths (`curve.Point`).
    """

    weight: int
    is_chosen: bool
    accuracy: float
    room: float
    unevenness: float


def chosen_of(points: Sequence[Weighed]) -> Weighed:
    """The policy's own point. Raises ValueError where there is none."""
    for point in points:
        if point.is_chosen:
            return point
    raise ValueError("the policy's own weight is not among the points")


def given_up(points: Sequence[Weighed]) -> float:
    """Points per person that the policy's own point gives up against the most accurate one; never below nothing."""
    return max(0.0, max(point.accuracy for point in points) - chosen_of(points).accuracy)
