"""The certificate of a plan as it is kept, with places held for those expected and the next person counting less."""

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fotfeste.allocation.domain.computing import Inputs, as_arrays, posed, solved
from fotfeste.allocation.domain.expected import Expected
from fotfeste.allocation.domain.solver.plan import Plan
from fotfeste.allocation.domain.types import Adult, Group, Needs, Offer, Resource
from tests.domain.allocation.making import DAY, NURSE, OSLO, POLICY, WELDER, WORK, group, municipality
from tests.domain.allocation.solver import checking

pytestmark = pytest.mark.req("SET-15")


def _asked(prefix: str, count: int, dice: Random) -> tuple[Group, ...]:
    return tuple(
        group(
            dice.choice((1, 1, 2, 3, 5)),
            reference=f"{prefix}{number}",
            needs=Needs(adults=(Adult(30, (dice.choice((NURSE, WELDER)),)),)),
        )
        for number in range(count)
    )


def _kept(seed: int) -> tuple[Mapping[str, NDArray[Any]], Plan]:
    dice = Random(seed)  # noqa: S311 - a drawing, no secret
    places = tuple(
        municipality(
            str(1000 + number),
            left={Resource.PERSONS: dice.randrange(0, 13)},
            requested=20,
            offers=frozenset({Offer(WORK, dice.choice((NURSE, WELDER)).field)}),
            centre=OSLO,
        )
        for number in range(9)
    )
    expected = Expected(_asked("later", 12, dice), 0.8)
    inputs = Inputs(_asked("now", 30, dice), places, POLICY, DAY, expected=expected)
    arrays = as_arrays(inputs, posed(inputs))
    return arrays, solved(arrays)


def _as_meant(arrays: Mapping[str, NDArray[Any]]) -> checking.Arrays:
    """The numbers that were kept, in the words that plans are held against: scores less what the places cost."""
    demand, price, first = arrays["demand"], arrays["coming_price"], arrays["crowding_first"]
    held = np.array([[sum(g * p) / g[0] for p in price] for g in demand.astype(float)])
    rows = [arrays["crowding"][first[m] : first[m + 1]] for m in range(len(price))]
    crowding = np.zeros((len(rows), max(map(len, rows))))
    for m, row in enumerate(rows):
        crowding[m, : len(row)] = row
    return {
        "demand": demand,
        "limit": arrays["limit"],
        "unplaced": arrays["unplaced"],
        "score": arrays["score"] - held,
        "crowding": crowding,
    }


@pytest.mark.parametrize("seed", range(4))
def test_a_kept_plan_is_worth_what_it_says_and_no_plan_is_worth_more_than_its_bound(seed: int) -> None:
    arrays, plan = _kept(seed)
    meant = _as_meant(arrays)
    assert arrays["coming_price"].max() > 0
    assert meant["crowding"].max() > 0
    assert checking.is_within_limits(meant, plan.municipality)
    assert plan.objective == pytest.approx(checking.worth(meant, plan.municipality), abs=1e-9)
    bounds = [checking.bound(meant, plan.price)]
    if plan.group_price is not None:
        bounds.append(checking.bound_by_groups(meant, plan.price, plan.group_price))
    assert plan.objective <= min(bounds) + 1e-6
    assert min(abs(plan.bound - each) for each in (*bounds, plan.objective)) < 1e-6
    assert plan.bound >= plan.objective - 1e-9
