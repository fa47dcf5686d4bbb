"""The time that a case takes on each step of its way (tid per steg, SET-09), folded from what has happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Reached:
    """A state that a case came to on a day."""

    state: str
    on: date


@dataclass(frozen=True, slots=True)
class Spent:
    """A stay in a state, and how long it took or has taken, in days."""

    state: str
    since_on: date
    days: int
    is_over: bool


def time_per_step(reached: Iterable[Reached], day: date, *, final: frozenset[str]) -> list[Spent]:
    """The days spent in each state, in the order in which they were reached; the last one until `day`.

    The final state that ends it takes no time. A step that keeps the state goes on with it. A step that holds from
    before one that was taken already, since it became known late, ends that one with no day.
    """
    stays: list[Reached] = []
    for each in reached:
        if not stays or stays[-1].state != each.state:
            since_on = max(each.on, stays[-1].on) if stays else each.on
            stays.append(Reached(each.state, since_on))
    spent = [Spent(one.state, one.on, (next_.on - one.on).days, is_over=True) for one, next_ in pairwise(stays)]
    if stays and stays[-1].state not in final:
        spent.append(Spent(stays[-1].state, stays[-1].on, max(0, (day - stays[-1].on).days), is_over=False))
    return spent
