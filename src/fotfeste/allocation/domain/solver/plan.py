"""A plan with its certificate, as it is written and as it is printed."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fotfeste.allocation.domain.solver.certificate import UNPLACED
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each group goes (-1 unplaced), and what shows how good that is.

    `bound` is the smaller of the two certificates, `group_price` None where the first is it. `is_optimal` is true where
    branch and bound has shown that no plan is better.
    """

    municipality: Integers
    price: Floats
    group_price: Floats | None
    objective: float
    bound: float
    is_optimal: bool


def facts_of(instance: Instance, plan: Plan) -> dict[str, float | int | bool]:
    """What is printed of a plan, all but the time and the memory it took."""
    persons = instance.demand[:, 0]
    missed = plan.bound - plan.objective
    return {
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": missed / max(1.0, abs(plan.bound)),
        "gap_per_person": missed / max(1, int(persons.sum())),
        "optimal": plan.is_optimal,
        "placed_persons": int(persons[plan.municipality != UNPLACED].sum()),
        "unplaced_groups": int((plan.municipality == UNPLACED).sum()),
    }


def write(plan: Plan, path: Path) -> None:
    """Write the plan's arrays, all or nothing: what stood there stays until the new file is whole.

    Raises OSError where it cannot be written.
    """
    arrays = {"municipality": plan.municipality, "price": plan.price}
    if plan.group_price is not None:
        arrays["group_price"] = plan.group_price
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
