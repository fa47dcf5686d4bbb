"""Prices of the coming months: places are kept for those who need them, as far as they are expected."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.allocation.domain.coming import Coming, coming_prices, priced
from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.domain.solver.solving import solve
from tests.domain.allocation.solver import checking

NAN = float("nan")
pytestmark = pytest.mark.req("SET-15")


def instance(demand: list[list[int]], limit: list[list[int]], score: list[list[float]]) -> Instance:
    """Groups whose waiting is worth -5 each person."""
    return Instance(
        np.array(demand), np.array(limit), np.full(len(demand), -5.0), MatrixScores(np.array(score, dtype=np.float64))
    )


def expected(demand: list[list[int]], score: list[list[float]], count: list[float]) -> Coming:
    """Groups that are expected so many times."""
    scores = MatrixScores(np.array(score, dtype=np.float64))
    return Coming(np.array(demand), scores, np.full(len(demand), -5.0), np.array(count))


def week_of(now: Instance, coming: Coming) -> list[int]:
    """Where this week's groups go when places are priced."""
    return [int(each) for each in solve(priced(now, coming_prices(now, coming))).municipality]


def test_a_place_is_kept_for_whom_it_fits_much_better() -> None:
    now = instance([[2]], [[2], [2]], [[1.0, 0.8]])
    assert week_of(now, expected([[2]], [[3.0, 0.0]], [0.0])) == [0]
    assert week_of(now, expected([[2]], [[3.0, 0.0]], [1.0])) == [1]


def test_a_place_is_not_kept_for_whom_it_fits_no_better() -> None:
    now = instance([[2]], [[2], [2]], [[3.0, 0.0]])
    assert week_of(now, expected([[2]], [[1.0, 0.8]], [1.0])) == [0]


def test_an_adapted_home_is_kept_while_there_are_places_for_all() -> None:
    now = instance([[2, 1]], [[9, 1], [9, 1]], [[1.0, 0.8]])
    nobody, one = expected([[2, 1]], [[1.0, NAN]], [0.0]), expected([[2, 1]], [[1.0, NAN]], [1.0])
    assert week_of(now, nobody) == [0]
    assert week_of(now, one) == [1]
    price = coming_prices(now, one)
    assert price[0, 1] > 0.3
    assert price[:, 0].max() < 0.1


def test_where_nothing_is_left_nothing_is_kept() -> None:
    now = instance([[1]], [[0], [3]], [[2.0, 1.0]])
    price = coming_prices(now, expected([[1]], [[2.0, 1.0]], [5.0]))
    assert price[0, 0] == 0.0
    assert price[1, 0] > 0.0
    assert week_of(now, expected([[1]], [[2.0, 1.0]], [1.0])) == [1]


def test_more_who_are_expected_make_a_place_dearer() -> None:
    now = instance([[1], [1]], [[2], [9]], [[1.0, 0.5], [1.2, 0.1]])
    like = [[1], [1], [1]], [[2.0, 0.9], [1.5, 0.8], [1.1, 1.0]]
    few, many = (coming_prices(now, expected(*like, [count] * 3)) for count in (0.4, 2.0))
    assert few[0, 0] < many[0, 0]


def test_nobody_this_week_or_nowhere_at_all_has_no_prices() -> None:
    nobody = Instance(np.zeros((0, 1), np.int64), np.array([[3]]), np.zeros(0), MatrixScores(np.zeros((0, 1))))
    assert coming_prices(nobody, expected([[1]], [[1.0]], [9.0])).shape == (1, 1)
    nowhere = Instance(np.array([[1]]), np.zeros((0, 1), np.int64), np.zeros(1), MatrixScores(np.zeros((1, 0))))
    assert coming_prices(nowhere, expected([[1]], [[]], [9.0])).shape == (0, 1)
    impossible = instance([[1]], [[1]], [[NAN]])
    assert not coming_prices(impossible, expected([[1]], [[NAN]], [9.0])).any()


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Instance, Coming]:
    """A week and who is expected after it, of every tightness."""
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    groups, others, places, resources = (draw(st.integers(1, most)) for most in (6, 8, 4, 2))
    limit = dice.integers(0, 12, (places, resources))
    return (
        Instance(
            *_demand_and_limit(dice, groups, limit), dice.normal(-2.0, 1.0, groups), _scores(dice, groups, places)
        ),
        Coming(
            _demand_and_limit(dice, others, limit)[0],
            _scores(dice, others, places),
            dice.normal(-2.0, 1.0, others),
            dice.choice(np.array([0.0, 0.3, 1.0, 20.0]), others),
        ),
    )


def _demand_and_limit(dice: np.random.Generator, groups: int, limit: Integers) -> tuple[Integers, Integers]:
    persons = dice.integers(1, 6, groups)
    others = dice.integers(0, 2, (groups, limit.shape[1] - 1))
    return np.column_stack([persons, others]), limit


def _scores(dice: np.random.Generator, groups: int, places: int) -> MatrixScores:
    drawn: Floats = dice.normal(size=(groups, places))
    drawn[dice.random(drawn.shape) < 0.2] = NAN
    return MatrixScores(drawn)


@given(weeks())
@settings(max_examples=80, deadline=None)
def test_a_priced_plan_is_within_the_limits_and_its_certificate_holds_for_the_priced_scores(
    week: tuple[Instance, Coming],
) -> None:
    now, coming = week
    price = coming_prices(now, coming)
    assert np.isfinite(price).all()
    assert (price >= 0).all()
    assert not price[now.limit == 0].any()
    assert np.array_equal(price, coming_prices(now, coming))
    score = now.scores.rows(np.arange(now.groups))
    less = np.array(
        [[now.demand[g] @ price[m] / now.demand[g, 0] for m in range(len(price))] for g in range(now.groups)]
    )
    arrays = {"demand": now.demand, "limit": now.limit, "unplaced": now.unplaced, "score": score - less}
    plan = solve(priced(now, price))
    assert checking.is_within_limits(arrays, plan.municipality)
    assert plan.objective == pytest.approx(checking.worth(arrays, plan.municipality), abs=1e-9)
    assert checking.best_of_all(arrays) <= plan.bound + 1e-9


def test_a_year_of_weekly_plans_comes_closer_to_the_best_with_prices_than_without() -> None:
    dice = np.random.default_rng(11)
    weeks_in_all, each = 12, 25
    persons = dice.choice([1, 2, 3, 4], weeks_in_all * each).astype(np.int64)
    score = dice.normal(size=(len(persons), 3)) @ dice.normal(size=(3, 20)) + 0.5 * dice.normal(size=20)
    limit = np.full((20, 1), int(persons[each * 4 :].sum() * 1.05 / 20))

    def numbers(groups: slice, left: Integers) -> Instance:
        demand = persons[groups, None]
        return Instance(demand, left, np.full(len(demand), -2.0), MatrixScores(score[groups]))

    def worth_of_year(are_priced: bool) -> float:
        left, total = limit.copy(), 0.0
        for first in range(each * 4, len(persons), each):
            now, past = numbers(slice(first, first + each), left), slice(first - each * 4, first)
            to_come = float(len(persons) - first - each) * are_priced
            count = np.full(each * 4, to_come / (each * 4))
            like = Coming(persons[past, None], MatrixScores(score[past]), np.full(each * 4, -2.0), count)
            chosen = solve(priced(now, coming_prices(now, like))).municipality
            total += certificate.objective(now, chosen)
            np.subtract.at(left[:, 0], chosen[chosen >= 0], now.demand[chosen >= 0, 0])
        assert (left >= 0).all()
        return total

    without, with_prices = worth_of_year(False), worth_of_year(True)
    best = solve(numbers(slice(each * 4, None), limit)).bound
    assert best - with_prices < 0.5 * (best - without)
