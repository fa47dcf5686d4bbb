"""`./fotfeste grants replay`: from the outside, with no database and no Django."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fotfeste.directory.reference import municipalities

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "domain" / "grants" / "cases"
CASE = CASES / "moved_in_march.json"


def replay(*words: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with an environment that names no database."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FOTFESTE", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fotfeste.cli", "grants", "replay", *words],
        env=kept | {"PYTHONPATH": str(ROOT / "src")} | environment,
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.req("MON-03")
def test_a_file_and_standard_input_print_the_run() -> None:
    """The same bytes, and nothing beside."""
    from_file, from_input = replay(str(CASE)), replay("-", given=CASE.read_bytes())
    assert (from_file.returncode, from_file.stderr) == (0, b"")
    assert json.loads(from_file.stdout) == json.loads(CASE.with_suffix(".expected.json").read_text())
    assert from_input.stdout == from_file.stdout


def test_a_file_is_named_from_where_the_user_stands() -> None:
    """The launcher has gone to the project's folder by then."""
    assert replay(CASE.name, FOTFESTE_CALLED_FROM=str(CASES)).returncode == 0


@pytest.mark.parametrize("name", ["no such.json", "a\nb\u2028.json", str(CASES), "/dev/null"])
def test_what_cannot_be_read_is_said_in_one_line(name: str) -> None:
    """A missing file, an odd name, a folder, nothing at all: exit status 2, and no traceback."""
    done = replay(name)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().splitlines()) == 1


def test_what_cannot_be_used_is_said_in_one_line_with_its_place() -> None:
    """Half a surrogate pair and a line feed in a value do not break the line."""
    document = json.loads(CASE.read_text())
    document["stays"][1]["municipality"] = "a\nb\ud800"
    done = replay("-", given=json.dumps(document).encode(), LC_ALL="C")
    assert (done.returncode, done.stdout) == (2, b"")
    line = "standard input: stays[1].municipality: 'a\\nb\\ud800' has half of a surrogate pair\n"
    assert done.stderr.decode() == line


def test_it_needs_neither_django_nor_anything_that_is_installed() -> None:
    """Python alone, without its site-packages: so that it starts at once, on a machine that has nothing."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n"
        "from fotfeste.cli.__main__ import main\n"
        f"assert main(['grants', 'replay', {str(CASE)!r}]) == 0\n"
        "assert not {'django', 'psycopg', 'babel'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_all_municipalities_of_2024_are_known_and_no_others() -> None:
    """The command reads their numbers by itself; Svalbard is none."""
    document = json.loads(CASE.read_text())
    document["payments"] = [{"run": "r", "municipality": each.number, "amount_ore": 1} for each in municipalities()]
    done = replay("-", given=json.dumps(document).encode())
    assert len(json.loads(done.stdout)["municipalities"]) == 357
    document["payments"].append({"run": "r", "municipality": "2100", "amount_ore": 1})
    done = replay("-", given=json.dumps(document).encode())
    assert b"payments[357].municipality: '2100' is not the number of a municipality of 2024" in done.stderr
