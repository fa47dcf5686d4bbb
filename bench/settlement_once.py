"""One way of solving one instance of allocation, in a process of its own; prints what it took and what it reached."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import settlement_beside as beside
from bench.settlement_instances import ten_times
from fotfeste.allocation.domain.draw import proportional_draw
from fotfeste.allocation.domain.solver import certificate
from fotfeste.allocation.domain.solver.instance import Instance
from fotfeste.allocation.domain.solver.memory import peak_mb
from fotfeste.allocation.domain.solver.plan import Plan
from fotfeste.allocation.domain.solver.pricing import near_optimal
from fotfeste.allocation.domain.solver.problem import Problem
from fotfeste.allocation.domain.solver.reading import read
from fotfeste.allocation.domain.solver.solving import solve

type Found = dict[str, Any]


def solved(instance: Instance) -> Found:
    """Our plan with its bound."""
    plan: Plan = solve(instance)
    return {
        "objective": plan.objective,
        "bound": plan.bound,
        "optimal": plan.is_optimal,
        "unplaced": int((plan.municipality < 0).sum()),
        "persons": int(instance.demand[:, 0].sum()),
    }


def in_process(instance: Instance) -> Found:
    """Solved a second time in the same process, so that nothing is read or loaded."""
    solve(instance)
    began = time.perf_counter()
    return solved(instance) | {"seconds": time.perf_counter() - began}


def passed_once(instance: Instance) -> Found:
    """Every score looked at once."""
    return {"objective": float(sum(np.nansum(block) for _, block in instance.scores.blocks()))}


def bounded(instance: Instance) -> Found:
    """Prices and their bound alone."""
    return {"bound": certificate.bound(instance, near_optimal(Problem.of(instance), 16))}


def of(way: Callable[[Instance], NDArray[np.int64]]) -> Callable[[Instance], Found]:
    """What the plan of another way is worth."""

    def run(instance: Instance) -> Found:
        municipality = way(instance)
        used = np.zeros_like(instance.limit)
        placed = municipality >= 0
        np.add.at(used, municipality[placed], instance.demand[placed])
        assert (used <= instance.limit).all(), "a limit is passed"
        return {"objective": certificate.objective(instance, municipality), "unplaced": int((~placed).sum())}

    return run


WAYS: dict[str, Callable[[Instance], Found]] = {
    "solve": solved,
    "again": in_process,
    "read": passed_once,
    "bound": bounded,
    "greedy": of(beside.greedy),
    "draw": of(lambda instance: proportional_draw(instance, 1)),
    "highs": of(beside.by_highs),
    "cpsat": of(beside.by_cpsat),
}


def main(way: str, name: str) -> Found:
    """Read the instance (or compute it), solve it one way, and tell."""
    began, processor = time.perf_counter(), time.process_time()
    if name == "ten_times":
        arrays, scores = ten_times()
        instance = Instance(arrays["demand"], arrays["limit"], arrays["unplaced"], scores)
    else:
        instance = read(Path(name))
    found = WAYS[way](instance)
    spent = {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "peak_mb": peak_mb(),
    }
    return spent | found


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2])))
