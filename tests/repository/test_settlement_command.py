"""`./fotfeste settlement solve`: from the outside, with no database and no Django."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.domain.allocation.solver.checking import bound, bound_by_groups, is_within_limits, worth
from tests.domain.allocation.solver.making import Made, drawn, saved

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "domain" / "allocation" / "solver" / "cases"
PRINTED = {
    "objective",
    "bound",
    "gap",
    "gap_per_person",
    "optimal",
    "placed_persons",
    "unplaced_groups",
    "seconds",
    "peak_mb",
}


def solve(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with an environment that names no database."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FOTFESTE", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fotfeste.cli", "settlement", "solve", *words],
        env=kept | {"PYTHONPATH": str(ROOT / "src")} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def agrees(made: Made, printed: dict[str, float], out: Path) -> None:
    """What is printed is what can be computed from the two files."""
    plan = np.load(out)
    assert plan["municipality"].dtype.kind == "i"
    assert is_within_limits(made, plan["municipality"])
    assert printed["objective"] == pytest.approx(worth(made, plan["municipality"]), rel=1e-12)
    bounds = [bound(made, plan["price"])]
    if "group_price" in plan:
        bounds.append(bound_by_groups(made, plan["price"], plan["group_price"]))
    assert printed["bound"] == pytest.approx(max(min(bounds), printed["objective"]), rel=1e-12)
    missed, persons = printed["bound"] - printed["objective"], int(made["demand"][:, 0].sum())
    assert printed["gap"] == pytest.approx(missed / max(1.0, abs(printed["bound"])), abs=1e-15)
    assert printed["gap_per_person"] == pytest.approx(missed / persons, abs=1e-15)
    placed = plan["municipality"] >= 0
    assert printed["placed_persons"] == made["demand"][placed, 0].sum()
    assert printed["unplaced_groups"] == (~placed).sum()
    assert printed["seconds"] > 0
    assert printed["peak_mb"] > 10


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("compressed", [False, True])
def test_a_plan_is_written_and_its_worth_printed(compressed: bool, tmp_path: Path) -> None:
    """One JSON object, nothing beside; named from where the user stands."""
    made = drawn(40, 6, 5, resources=2)
    saved(made, tmp_path / "i.npz", compressed=compressed)
    done = solve("i.npz", "--out", "plan.npz", FOTFESTE_CALLED_FROM=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert printed.keys() == PRINTED
    agrees(made, printed, tmp_path / "plan.npz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["i.npz", "plan.npz"]


@pytest.mark.parametrize("name", ["one_must_wait", "one_adapted_home"])
def test_the_worked_cases(name: str, tmp_path: Path) -> None:
    """As docs/formats/settlement-solve.md tells of them."""
    done = solve(str(CASES / f"{name}.npz"), "--out", str(tmp_path / "plan.npz"))
    expected = json.loads((CASES / f"{name}.expected.json").read_text())
    printed = json.loads(done.stdout)
    assert np.load(tmp_path / "plan.npz")["municipality"].tolist() == expected["municipality"]
    assert {
        key: printed[key] for key in ("objective", "optimal", "placed_persons", "unplaced_groups")
    } == pytest.approx({key: value for key, value in expected.items() if key != "municipality"})


def test_what_cannot_be_used_writes_nothing(tmp_path: Path) -> None:
    """Exit status 2, one line, and the plan of yesterday still there."""
    made = drawn(4, 3, 0)
    made["unplaced"][1] = np.nan
    saved(made, tmp_path / "i.npz")
    out = tmp_path / "plan.npz"
    out.write_text("yesterday's")
    for name in (str(tmp_path / "i.npz"), str(tmp_path / "no\nsuch.npz"), str(tmp_path)):
        done = solve(name, "--out", str(out))
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
    assert out.read_text() == "yesterday's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["i.npz", "plan.npz"]


def test_a_plan_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    saved(drawn(4, 3, 0), tmp_path / "i.npz")
    done = solve(str(tmp_path / "i.npz"), "--out", str(tmp_path / "nowhere" / "plan.npz"))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
