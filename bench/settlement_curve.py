"""What spreading costs on the figures of 2024: plans along the curve, the next person counting less or not."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from bench.scratch import ROOT, markdown, measured, note
from bench.settlement_instances import persons_of
from fotfeste.allocation.domain.curve import point_of
from fotfeste.allocation.domain.matrix import pose
from fotfeste.allocation.domain.parameters import book
from fotfeste.allocation.domain.policy import along_curve, policy_on
from fotfeste.allocation.domain.solver.solving import solve
from fotfeste.allocation.domain.types import (
    Adult,
    Background,
    Group,
    Municipality,
    Needs,
    Offer,
    OfferKind,
    Resource,
    Strength,
    Tie,
)
from fotfeste.directory.reference import municipalities, neighbours_by_number, settlement_requests
from fotfeste.directory.reference.work import known_work

ON, GOAL = date(2024, 11, 14), date(2024, 12, 14)  # the day after IMDi's own count of those settled in 2024
GROUPS = 250
BOTH = {"before": "counted before the plan", "within": "counted as the plan fills"}

type Found = dict[str, Any]


def country(draw: np.random.Generator) -> list[Municipality]:
    """The municipalities with IMDi's figures of 2024; what they have of work is drawn, four fields each."""
    asked = {row.municipality_number: row for row in settlement_requests()}
    fields = sorted(known_work().fields)
    return [
        Municipality(
            each.number,
            each.name_nb,
            each.position,
            neighbours=neighbours_by_number()[each.number],
            left={Resource.PERSONS: (asked[each.number].decided_total.value or 0) - _settled(asked[each.number])},
            requested=asked[each.number].requested_total.value,
            taken=_settled(asked[each.number]),
            offers=frozenset(Offer(OfferKind.WORK, str(field)) for field in draw.choice(fields, 4, replace=False)),
        )
        for each in municipalities()
    ]


def _settled(row: Any) -> int:
    return sum(each.total.value or 0 for each in row.settled if each.year == ON.year)


def queue(numbers: list[str], draw: np.random.Generator) -> list[Group]:
    """Households as large as they were; each adult has worked in one field, every third household has a tie."""
    fields = sorted(known_work().fields)
    return [
        Group(
            str(place),
            {Resource.PERSONS: int(size)},
            due_since_on=date(2024, 9, 14),
            goal_on=GOAL,
            needs=Needs(
                adults=tuple(Adult(30, (Background(str(field)),)) for field in draw.choice(fields, min(int(size), 2))),
                ties=(Tie(str(draw.choice(numbers)), Strength.CLOSE),) if draw.random() < 1 / 3 else (),
            ),
        )
        for place, size in enumerate(persons_of(GROUPS, draw))
    ]


def main() -> list[Found]:
    """Each point of the curve both ways."""
    draw, policy = np.random.default_rng(39), policy_on(ON, book())
    seen = country(draw)
    groups = queue([each.number for each in seen], draw)
    plain = pose(groups, seen, policy.at(0), ON).instance
    solve(plain)
    found = []
    for each in along_curve(policy):
        instance = pose(groups, seen, each, ON).instance
        for way, problem in (("before", replace(instance, crowding=None)), ("within", instance)):
            began = time.perf_counter()
            plan = solve(problem)
            seconds = time.perf_counter() - began
            point = point_of(plan.municipality, plain, seen, each)
            received = np.bincount(plan.municipality[plan.municipality >= 0], minlength=len(seen))
            found.append(
                {
                    "way": way,
                    "weight": point.weight,
                    "accuracy": point.accuracy,
                    "unevenness": point.unevenness,
                    "municipalities": point.municipalities,
                    "most": int(received.max()),
                    "gap": 100 * (plan.bound - plan.objective) / abs(plan.bound),
                    "seconds": seconds,
                }
            )
    return found


def compared() -> list[Found]:
    """In a process of its own."""
    note("Allocation, along the curve ...")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    found: list[Found] = measured(environment, "bench.settlement_curve")
    return found


def table(found: list[Found]) -> str:
    """Both ways beside each other at each weight."""
    header = (
        *(
            "weight of spread",
            "spread is",
            "points for each person without it",
            "distance from the even share, per mille",
        ),
        *("municipalities", "most households in one", "gap, %", "seconds"),
    )
    return markdown(header, [_row(each) for each in found])


def _row(each: Mapping[str, Any]) -> list[str]:
    return [
        str(each["weight"]),
        BOTH[each["way"]],
        f"{each['accuracy']:.2f}",
        f"{each['unevenness']:.1f}",
        str(each["municipalities"]),
        str(each["most"]),
        f"{each['gap']:.4f}",
        f"{each['seconds']:.2f}",
    ]


if __name__ == "__main__":
    print(json.dumps(main()))
