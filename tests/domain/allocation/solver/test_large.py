"""Instances too large to try all: within the limits, close to the bound, the same again."""

from collections.abc import Iterator

import numpy as np
import pytest
from bench.settlement_instances import ComputedScores
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fotfeste.allocation.domain.solver import improving, pricing
from fotfeste.allocation.domain.solver.certificate import UNPLACED
from fotfeste.allocation.domain.solver.instance import Instance
from fotfeste.allocation.domain.solver.solving import solve
from tests.domain.allocation.solver.checking import bound, bound_by_groups, is_within_limits, worth
from tests.domain.allocation.solver.making import drawn, instance_of

# By the bound that the plan carries; how far the plan itself is from the best is less.
LIMITS = [
    ("room for everybody", {"part": 1.2}, 0.002),
    ("five per cent more room than people", {"part": 1.05}, 0.003),
    ("four resources", {"part": 1.05, "resources": 4}, 0.005),
]


@pytest.mark.req("SET-15")
@pytest.mark.parametrize(("told", "how", "limit"), LIMITS)
def test_six_hundred_groups_are_close_to_the_bound(told: str, how: dict[str, float], limit: float) -> None:
    made = drawn(600, 60, 1, **how)  # type: ignore[arg-type]
    plan = solve(instance_of(made))
    assert is_within_limits(made, plan.municipality)
    assert plan.objective == pytest.approx(worth(made, plan.municipality), rel=1e-12)
    assert plan.objective <= plan.bound <= bound(made, plan.price) * (1 + 1e-12)
    assert (plan.bound - plan.objective) / plan.bound < limit


@pytest.mark.req("SET-09")
@pytest.mark.parametrize("steep", [0.02, 0.2, 2.0])
def test_where_each_next_person_is_worth_less_nobody_fills_up_and_the_bound_holds(steep: float) -> None:
    """Room for five times the people: only crowding keeps them apart, the more the steeper it is."""
    made = drawn(300, 60, 1, part=5.0)
    made["crowding"] = [steep * np.arange(int(places)) for places in made["limit"][:, 0]]
    plan = solve(instance_of(made))
    assert is_within_limits(made, plan.municipality)
    assert plan.objective == pytest.approx(worth(made, plan.municipality), rel=1e-9)
    bounds = [bound(made, plan.price)]
    if plan.group_price is not None:
        bounds.append(bound_by_groups(made, plan.price, plan.group_price))
    assert plan.bound == pytest.approx(min(bounds), rel=1e-9)
    assert plan.objective <= plan.bound <= plan.objective + 0.004 * (made["demand"][:, 0].sum() + abs(plan.bound))


@pytest.mark.parametrize("seed", range(4))
def test_scores_that_many_share_have_prices_too(seed: int) -> None:
    """Everybody wants the same few places, and some municipalities are among few groups' best columns at first."""
    made = drawn(3000, 200, seed)
    draw = np.random.default_rng(seed)
    shared = draw.normal(size=(3000, 6)) @ draw.normal(size=(6, 200))
    made["score"] = 0.2 * shared + 0.3 * draw.normal(size=200) + 0.1 * made["score"]
    plan = solve(instance_of(made))
    assert (plan.bound - plan.objective) / plan.bound < 0.01


@settings(max_examples=25)
@given(
    st.integers(0, 10**6),
    st.integers(25, 80),
    st.integers(1, 12),
    st.sampled_from([0.2, 0.8, 1.0, 3.0]),
    st.integers(1, 3),
)
def test_no_limit_is_passed_and_every_bound_holds(seed: int, groups: int, places: int, part: float, kinds: int) -> None:
    """With pairs that are not possible, and values of every sign."""
    made = drawn(groups, places, seed, part=part, resources=kinds)
    draw = np.random.default_rng(seed)
    made["score"] = np.where(draw.random(made["score"].shape) < 0.3, np.nan, made["score"] * 4.0 - 2.0)
    made["unplaced"] = draw.normal(size=groups)
    plan = solve(instance_of(made))
    assert is_within_limits(made, plan.municipality)
    assert plan.objective == pytest.approx(worth(made, plan.municipality), rel=1e-9, abs=1e-9)
    assert plan.objective <= plan.bound
    assert plan.bound >= min(bound(made, plan.price), plan.bound)


def test_the_same_instance_and_seed_give_the_same_plan() -> None:
    made = drawn(300, 40, 2)
    first, second = solve(instance_of(made)), solve(instance_of(made))
    assert (first.municipality == second.municipality).all()
    assert (first.price == second.price).all()


class Computed:
    """Scores that are never a matrix: each row is made when it is asked for."""

    shape = (300, 40)

    def blocks(self) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Seven rows at a time."""
        for first in range(0, self.shape[0], 7):
            yield first, self.rows(np.arange(first, min(first + 7, self.shape[0])))

    def rows(self, groups: NDArray[np.int64]) -> NDArray[np.float64]:
        """Of some groups."""
        return np.ascontiguousarray(np.sin(groups[:, None] * 12.9898 + np.arange(self.shape[1]) * 78.233))


def test_scores_computed_in_blocks_give_the_plan_of_the_whole_matrix() -> None:
    made = drawn(300, 40, 2)
    made["score"] = Computed().rows(np.arange(300))
    whole = instance_of(made)
    blocks = Instance(whole.demand, whole.limit, whole.unplaced, Computed(), whole.seed)
    assert (solve(blocks).municipality == solve(whole).municipality).all()


def ten_times_in_small(seed: int) -> Instance:
    """6 000 groups in 180 municipalities, 105 per cent, scores of twelve properties that are computed in blocks."""
    made, draw = drawn(6_000, 180, seed), np.random.default_rng(seed)
    properties = 0.2 * draw.normal(size=(6_000, 12)), draw.normal(size=(180, 12))
    return Instance(made["demand"], made["limit"], made["unplaced"], ComputedScores(*properties))


@pytest.mark.req("SET-15")
@pytest.mark.parametrize(("seed", "limit"), [(2, 0.0012), (3, 0.005)])
def test_who_is_hurried_through_has_a_place_too(seed: int, limit: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ten times the country is: fewer passes for prices, chains that look at few groups, and no shaking."""
    monkeypatch.setattr(pricing, "_MANY_CELLS", 1)
    monkeypatch.setattr(improving, "_LOOKS_IN_ALL", 1)
    monkeypatch.setattr(improving, "_GROUPS_IN_ALL", 1)
    plan = solve(ten_times_in_small(seed))
    assert (plan.municipality != UNPLACED).all()
    assert plan.bound - plan.objective < limit * plan.bound


def test_a_very_low_value_of_waiting_leaves_nobody_who_fits() -> None:
    """Places for all, and a price of waiting beside which scores are nothing."""
    made = drawn(200, 20, 3, part=1.3)
    made["unplaced"] = np.full(200, -1e9)
    assert (solve(instance_of(made)).municipality != UNPLACED).all()


def test_a_plan_worth_its_bound_is_proven_best() -> None:
    """Room for everybody everywhere: each group has its best place, at no price."""
    made = drawn(50, 8, 6)
    made["limit"][:] = 2**62
    plan = solve(instance_of(made))
    assert plan.is_optimal
    assert (plan.municipality == made["score"].argmax(axis=1)).all()
    assert not plan.price.any()


def test_places_for_few_go_to_those_who_gain_most() -> None:
    """One municipality with room for ten, groups of one: the ten best."""
    made = drawn(60, 1, 4)
    made["demand"][:] = 1
    made["limit"][:] = 10
    plan = solve(instance_of(made))
    best = np.sort(made["score"][:, 0])[-10:].sum() - 50
    assert plan.objective == pytest.approx(best)
    assert plan.bound == pytest.approx(best, rel=1e-3)
