"""docs/security.md promises nothing that no test tries: each promise names its tests, and those are there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "security.md"
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
NOT_PROMISED = "## What is not promised"


def promises() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each line of the tables: what is promised, and the tests that try it."""
    for line in DOCUMENT.read_text().partition(NOT_PROMISED)[0].splitlines():
        if line.startswith("| ") and not line.startswith("| promised "):
            promised, _, tried = line.strip("| ").partition(" | ")
            yield promised, _TEST.findall(tried)


def named_in(file: Path) -> set[str]:
    """The names of the tests in a file."""
    return {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_a_test() -> None:
    found = list(promises())
    assert len(found) > 40
    assert [promised for promised, tried in found if not tried] == []


def test_every_test_that_is_named_is_there() -> None:
    missing = []
    for file, name in _TEST.findall(DOCUMENT.read_text()):
        path = ROOT / file
        if not path.is_file():
            missing.append(file)
        elif name and name not in named_in(path):
            missing.append(f"{file}::{name}")
    assert missing == []


def test_what_is_not_promised_is_said_and_where_to_report_stands_at_the_root() -> None:
    text = DOCUMENT.read_text()
    assert text.count("\n- **") > 8
    assert NOT_PROMISED in text
    report = (ROOT / "SECURITY.md").read_text()
    assert "docs/security.md" in report
    assert not re.search(r"[\w.]+@[\w.]+\.\w+", report), "no address that nobody reads"
