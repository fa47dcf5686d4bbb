"""A year of weekly plans, with and without prices of the coming months, over the best plan that knew the whole year."""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from bench.country import against
from bench.scratch import ROOT, markdown, measured, note
from bench.settlement_instances import WAITING, persons_of, scores_by_profession, spread_out
from fotfeste.allocation.domain.coming import WARM, Coming, coming_prices, priced
from fotfeste.allocation.domain.parameters import book
from fotfeste.allocation.domain.policy import policy_on
from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.improving import improved
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers
from fotfeste.allocation.domain.solver.pricing import near_optimal
from fotfeste.allocation.domain.solver.problem import Problem, losses_at
from fotfeste.allocation.domain.solver.rounding import rounded
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.domain.solver.seats import Seating
from fotfeste.allocation.domain.solver.solving import municipalities_of

WEEKS, EACH_WEEK, BEFORE, MUNICIPALITIES, ROOM = 48, 250, 24, 357, 1.05
SHIPPED = policy_on(date(2024, 1, 1), book()).numbers["recent_weeks"]
WIDTH = 16  # of the solver, for persons alone

type Found = dict[str, Any]


@dataclass(frozen=True)
class Year:
    """Groups in the order in which they come, those of so many weeks before the year first; and the year's places."""

    persons: Integers
    score: Floats
    limit: Integers

    def week(self, number: int) -> slice:
        """The groups of a week; weeks before the year have numbers below nothing."""
        first = (BEFORE + number) * EACH_WEEK
        return slice(first, first + EACH_WEEK)

    @property
    def own(self) -> slice:
        """The groups of the year."""
        return slice(BEFORE * EACH_WEEK, None)

    def instance(self, groups: slice, left: Integers) -> Instance:
        """Some groups against what is left."""
        persons = self.persons[groups]
        return Instance(
            persons[:, None], left[:, None], np.full(len(persons), WAITING), MatrixScores(self.score[groups])
        )

    def coming(self, groups: slice, expected: float, drawn: np.random.Generator | None = None) -> Coming:
        """So many expected groups like these: each stands for its part of them, or as many as one drawing gives."""
        persons = self.persons[groups]
        count = np.full(len(persons), expected / max(1, len(persons)))
        if drawn is not None:
            count = drawn.multinomial(round(expected), count / max(1.0, count.sum())).astype(np.float64)
        scores = MatrixScores(self.score[groups])
        return Coming(persons[:, None], scores, np.full(len(persons), WAITING), count)


def year(kind: str, seed: int) -> Year:
    """48 weeks of 250 groups in 357 municipalities, room for 105 per cent, and the 24 weeks before it.

    `profession`: scores that those of one profession have in common; `shared`: what everybody wants, and a little that
    is their own.
    """
    draw = np.random.default_rng(seed)
    count = (BEFORE + WEEKS) * EACH_WEEK
    persons = persons_of(count, draw)
    if kind == "profession":
        score = scores_by_profession(count, MUNICIPALITIES, draw)
    else:
        score = 0.3 * draw.normal(size=MUNICIPALITIES) + 0.1 * draw.normal(size=(count, MUNICIPALITIES))
    room = ROOM * float(persons[BEFORE * EACH_WEEK :].sum())
    return Year(persons, score, spread_out(room, MUNICIPALITIES, draw))


type Pricing = Callable[[Year, int, Integers, Floats | None], Floats]


def _none(_year: Year, _week: int, left: Integers, _before: Floats | None) -> Floats:
    return np.zeros((len(left), 1))


def _anew(found: Year, week: int, left: Integers, before: Floats | None, recent_weeks: int = BEFORE) -> Floats:
    """Each week: the groups of the last 24 weeks, or fewer, stand for those that are to come."""
    recent = slice(found.week(week - recent_weeks).start, found.week(week).start)
    coming = found.coming(recent, float((WEEKS - week - 1) * EACH_WEEK))
    return coming_prices(found.instance(found.week(week), left), coming, before)


def _shipped(found: Year, week: int, left: Integers, before: Floats | None) -> Floats:
    """The groups of as many weeks as the policy has."""
    return _anew(found, week, left, before, SHIPPED)


def _drawn(found: Year, week: int, left: Integers, before: Floats | None) -> Floats:
    """The same with one year drawn from them each week."""
    recent = slice(found.week(week - BEFORE).start, found.week(week).start)
    coming = found.coming(recent, float((WEEKS - week - 1) * EACH_WEEK), np.random.default_rng(week))
    return coming_prices(found.instance(found.week(week), left), coming, before)


def _fixed(found: Year, week: int, left: Integers, before: Floats | None) -> Floats:
    return _anew(found, week, left, None) if before is None else before


def _hindsight(found: Year, week: int, left: Integers, before: Floats | None) -> Floats:
    """Once, by those who really come."""
    return _of_whole_year(found) if before is None else before


def _of_whole_year(found: Year) -> Floats:
    rest = slice(found.week(1).start, None)
    coming = found.coming(rest, float((WEEKS - 1) * EACH_WEEK))
    first, price = found.instance(found.week(0), found.limit), None
    for heat in (WARM, 0.01, 0.004, 0.002):
        price = coming_prices(first, coming, price, heat)
    assert price is not None
    return price


WAYS: dict[str, Pricing] = {
    "without prices": _none,
    "prices fixed at the year's start": _fixed,
    "prices anew each week, of one year that is drawn": _drawn,
    "prices anew each week, of the average": _anew,
    f"the same of the last {SHIPPED} weeks, as the policy ships": _shipped,
    "prices fixed, from hindsight": _hindsight,
}
KINDS = {"profession": "by profession and place", "shared": "that everybody shares"}
HEADER = (
    "scores",
    "weekly plans",
    "of the bound, %",
    "aim",
    "points per person below it",
    "a week, s",
    "aim, s",
    "of it processor",
    "slowest week, s",
)
AIM, AIM_S = {"profession": 99.0, "shared": 99.9}, 0.5
THE_WAY = "prices anew each week, of the average"


def week_planned(instance: Instance) -> Integers:
    """The plan of whole groups from the prices, as the solver makes it, but for the search for the proven best.

    That search is measured by itself; where a year without prices ends in many small places it takes minutes a week.
    """
    problem = Problem.of(instance)
    losses = losses_at(problem, near_optimal(problem, WIDTH), WIDTH)
    seating = Seating.of(problem, losses, rounded(problem, losses))
    return municipalities_of(losses.place, improved(seating, instance.seed, 0.0).at)


def planned(found: Year, way: Pricing) -> Found:
    """The sum of the weekly plans with the prices of a way, and what a week took."""
    left, total, seconds, processor = found.limit.copy(), 0.0, [], []
    price: Floats | None = None
    week_planned(found.instance(found.week(-1), left))  # what is loaded and compiled once is no part of a week
    for week in range(WEEKS):
        began, spent = time.perf_counter(), time.process_time()
        instance = found.instance(found.week(week), left)
        price = way(found, week, left, price)
        chosen = week_planned(priced(instance, price))
        seconds.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
        total += certificate.objective(instance, chosen)
        placed = chosen >= 0
        np.subtract.at(left, chosen[placed], instance.demand[placed, 0])
        assert (left >= 0).all(), "a limit is passed"
    return {
        "objective": total,
        "median": float(np.median(seconds)),
        "slowest": max(seconds),
        "processor": float(np.median(processor)),
    }


def main(kind: str, seed: int) -> Found:
    """Every way over one year, beside the bound of the best plan that knew it."""
    found = year(kind, seed)
    whole = found.instance(found.own, found.limit)
    price = _of_whole_year(found)
    results = {name: planned(found, way) for name, way in WAYS.items()}
    return {
        "bound": certificate.bound(whole, price),
        "waiting": float(whole.unplaced_value.sum()),
        "persons": int(whole.demand.sum()),
        "ways": results,
    }


def compared() -> dict[str, Found]:
    """Both kinds of scores, each in a process of its own."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    found = {}
    for kind in KINDS:
        note(f"Allocation, a year of weeks, scores {KINDS[kind]} ...")
        found[kind] = measured(environment, "bench.settlement_coming", kind, "1")
    return found


def table(found: dict[str, Found]) -> str:
    """What each way reaches of the bound, counted from where everybody waits."""
    return markdown(
        HEADER, [_row(kind, way, each, one) for kind, each in found.items() for way, one in each["ways"].items()]
    )


def _row(kind: str, way: str, year_of: Found, one: Found) -> list[str]:
    missed = year_of["bound"] - one["objective"]
    reached = 100.0 * (1.0 - missed / (year_of["bound"] - year_of["waiting"]))
    aim, is_the_way = AIM[kind], way == THE_WAY
    return [
        KINDS[kind],
        way,
        f"**{reached:.2f}**" if is_the_way and reached < aim else f"{reached:.2f}",
        f"{aim}" if is_the_way else "",
        f"{missed / year_of['persons']:.4f}",
        against(one["median"], AIM_S, digits=2) if is_the_way else f"{one['median']:.2f}",
        f"{AIM_S}" if is_the_way else "",
        f"{one['processor']:.2f}",
        f"{one['slowest']:.2f}",
    ]


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
