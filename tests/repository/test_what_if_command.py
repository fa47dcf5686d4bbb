"""`./fotfeste settlement what-if`: the same in one process, in several and on Ray, and nothing lost when killed."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASKED = """
[[scenario]]
name = "few"
groups = 40
places_percent = 2
[[scenario]]
name = "others"
groups = 40
places_percent = 2
seed = 7
[[policy]]
name = "as it is"
[[policy]]
name = "dispersed"
values = { weight_spread = 40 }
"""


def what_if(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with an environment that names no database."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FOTFESTE", "DATABASE", "DJANGO"))
    }
    paths = [str(ROOT / "src"), *(each for each in sys.path if each.endswith("site-packages"))]
    return subprocess.run(
        [sys.executable, "-m", "fotfeste.cli", "settlement", "what-if", *words],
        env=kept | {"PYTHONPATH": os.pathsep.join(paths), "FOTFESTE_CALLED_FROM": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def answers(folder: Path, name: str) -> list[dict[str, object]]:
    """What was answered, in an order of its own, without the time it took."""
    lines = (folder / name).read_text().splitlines()
    found = [json.loads(line) for line in lines if line]
    return sorted(({**each, "seconds": 0} for each in found), key=lambda each: str(each["key"]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what is asked."""
    (tmp_path / "asked.toml").write_text(ASKED)
    return tmp_path


def test_processes_answer_as_one_does_and_what_is_there_is_not_asked_again(folder: Path) -> None:
    assert what_if(folder, "asked.toml", "--out", "one.jsonl", "--processes", "1").returncode == 0
    whole = answers(folder, "one.jsonl")
    assert len(whole) == 4
    # Killed in the middle of a line: the two that were whole stay as they are, the rest is asked anew.
    lines = [line for line in (folder / "one.jsonl").read_text().splitlines() if line]
    (folder / "two.jsonl").write_text("\n".join(lines[:2]) + "\n" + lines[2][:30])
    again = what_if(folder, "asked.toml", "--out", "two.jsonl", "--processes", "2")
    assert json.loads(again.stdout) | {"seconds": 0} == {"asked": 4, "answered_before": 2, "seconds": 0}
    kept = (folder / "two.jsonl").read_text().splitlines()
    assert kept[:2] == lines[:2]
    (folder / "two.jsonl").write_text("\n".join(line for line in kept if line != lines[2][:30]))
    assert answers(folder, "two.jsonl") == whole


@pytest.mark.skipif(find_spec("ray") is None, reason="requirements-ray.lock is not installed")
def test_ray_answers_as_one_process_does(folder: Path) -> None:
    assert what_if(folder, "asked.toml", "--out", "one.jsonl", "--processes", "1").returncode == 0
    done = what_if(folder, "asked.toml", "--out", "ray.jsonl", "--ray", "local")
    assert done.returncode == 0, done.stderr
    assert answers(folder, "ray.jsonl") == answers(folder, "one.jsonl")


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_it_says_what_to_install(folder: Path) -> None:
    done = what_if(folder, "asked.toml", "--out", "ray.jsonl", "--ray", "local")
    assert done.returncode == 1
    assert "requirements-ray.lock" in done.stderr


def test_what_has_no_meaning_ends_with_one_line_and_nothing_is_written(folder: Path) -> None:
    (folder / "wrong.toml").write_text("[[policy]]\nname = 'x'\nvalues = { weight_luck = 3 }")
    done = what_if(folder, "wrong.toml", "--out", "none.jsonl")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "weight_luck" in done.stderr
    assert not (folder / "none.jsonl").exists()
