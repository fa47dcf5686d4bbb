"""The allocation's solver on instances of a week, a country and ten times that, beside other ways to place groups."""

import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench import settlement_instances as instances
from bench.country import against
from bench.scratch import ROOT, markdown, measured, note, spaced
from bench.settlement_beside import has_cpsat

type Found = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """An instance with its limits: per cent of the bound, seconds, MB."""

    name: str
    told: str
    make: Callable[[], instances.Arrays] | None
    gap: float | None
    seconds: float
    memory: float | None = None
    optimal: bool = False


CASES = (
    Case("country", "12 000 groups, 357 municipalities, 105 %", instances.country, 0.08, 1.0, 400),
    Case("four", "the same with four resources", lambda: instances.country(4), 0.5, 10.0),
    Case("year", "2024: settled, into the places decided", instances.real_year, 0.08, 1.0, 400),
    Case("week", "a week into what was left of them", instances.real_week, 0.05, 0.1),
    Case("tight", "a week, places for one to five", instances.tight_week, None, 10.0, None, optimal=True),
    Case("tight two", "the same with two resources", lambda: instances.tight_week(2), None, 10.0, None, optimal=True),
    Case("ten_times", "120 000 groups, 3 570 municipalities", None, None, 90.0, 4096),
)
BESIDE = ("read", "bound", "greedy", "draw", "highs", "cpsat")
WORDS = {
    "read": "reading every score once",
    "bound": "the bound alone",
    "greedy": "each in turn its best",
    "draw": "proportional draw",
    "highs": "HiGHS, 20 s",
    "cpsat": "CP-SAT, 20 s",
}
HEADER = (
    "instance",
    "gap, %",
    "limit",
    "gap for each person",
    "proven best",
    "unplaced",
    "seconds",
    "limit, s",
    "of it processor",
    "peak memory, MB",
    "limit, MB",
)


def compared() -> list[tuple[Case, dict[str, Found]]]:
    """Every instance solved by us and by the others, each in a process of its own."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    found = []
    with tempfile.TemporaryDirectory(prefix="fotfeste-bench-") as folder:
        for case in CASES:
            ways = ["again" if case.name == "week" else "solve"]
            if case.make is None:
                name = case.name
                ways += ["read"]
            else:
                name = str(Path(folder) / "instance.npz")
                np.savez(name, **case.make())  # type: ignore[arg-type]
                ways += [way for way in BESIDE if way != "cpsat" or has_cpsat()]
            results = {}
            for way in ways:
                note(f"Allocation, {case.name}: {way} ...")
                words = ("settlement_cpsat_once", name) if way == "cpsat" else ("settlement_once", way, name)
                found_by = measured(environment, f"bench.{words[0]}", *words[1:])
                results["solve" if way == "again" else way] = found_by
            found.append((case, results))
    return found


def own_table(found: Iterable[tuple[Case, dict[str, Found]]]) -> str:
    """What we reach, with the limits."""
    return markdown(HEADER, [_own_row(case, results["solve"]) for case, results in found])


def _own_row(case: Case, ours: Found) -> list[str]:
    missed = ours["bound"] - ours["objective"]
    gap = 100.0 * missed / max(1.0, abs(ours["bound"]))
    proven = "yes" if ours["optimal"] else "no"
    return [
        case.told,
        f"{gap:.4f}" if case.gap is None else against(gap, case.gap, digits=4),
        "" if case.gap is None else f"{case.gap}",
        f"{missed / max(1, ours['persons']):.6f}",
        f"**{proven}**" if case.optimal and not ours["optimal"] else proven,
        spaced(ours["unplaced"]),
        against(ours["seconds"], case.seconds, digits=2),
        f"{case.seconds:g}",
        f"{ours['processor']:.2f}",
        f"{ours['peak_mb']:.0f}" if case.memory is None else against(ours["peak_mb"], case.memory, digits=0),
        "" if case.memory is None else f"{case.memory:g}",
    ]


def beside_table(found: Iterable[tuple[Case, dict[str, Found]]]) -> str:
    """What other ways reach, as what they miss of our bound."""
    rows = []
    for case, results in found:
        highest = results["solve"]["bound"]
        for way in BESIDE:
            if way not in results:
                continue
            other = results[way]
            is_plan = "unplaced" in other
            short = 100.0 * (highest - other["objective"]) / max(1.0, abs(highest)) if is_plan else 0.0
            gap = f"{short:.3f}" if is_plan else ""
            unplaced = spaced(other["unplaced"]) if is_plan else ""
            rows.append([case.told, WORDS[way], gap, unplaced, f"{other['seconds']:.2f}", f"{other['processor']:.2f}"])
    return markdown(("instance", "way", "short of our bound, %", "unplaced", "seconds", "of it processor"), rows)
