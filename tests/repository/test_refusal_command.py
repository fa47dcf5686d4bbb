"""`./fotfeste refusal plan`: from the outside, with no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "tests" / "domain" / "refusal" / "cases" / "family_that_stays.json"
CHILDS = {"residents": ["daughter"]}


def plan(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with an environment that names no database."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("FOTFESTE", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fotfeste.cli", "refusal", "plan", *words],
        env=kept | {"PYTHONPATH": str(ROOT / "src")},
        input=given,
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.mark.req("REF-02")
def test_a_file_and_standard_input_print_the_plan() -> None:
    from_file, from_input = plan(str(CASE)), plan("-", given=CASE.read_bytes())
    assert (from_file.returncode, from_file.stderr) == (0, b"")
    assert json.loads(from_file.stdout) == json.loads(CASE.with_suffix(".expected.json").read_text())
    assert from_input.stdout == from_file.stdout


def test_what_cannot_be_used_is_said_in_one_line_with_its_place() -> None:
    family, told = json.loads(CASE.read_text()), {}
    letter = "first_letter on 2024-03-14 cannot have happened: child"
    told[f"events[3]: {letter}"] = family | {"events": [*family["events"][:3], family["events"][3] | CHILDS]}
    told["offer: '\\ud800' is not an object"] = family | {"offer": "\ud800"}
    for fault, document in told.items():
        done = plan("-", given=json.dumps(document).encode())
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode() == f"standard input: {fault}\n"
