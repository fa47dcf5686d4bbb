"""Documents made from the program: proven requirements, the diagrams of the workflows, who may see what.

All are committed; the gate fails where a fresh one would differ.
"""

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from fotfeste.access.domain.matrix import MEANINGS, OPENS
from fotfeste.access.domain.types import Compartment
from fotfeste.allocation.domain.states import PLAN, WHAT_IF
from fotfeste.alternative.domain.states import APPLICATION
from fotfeste.kernel.workflow import Workflow
from fotfeste.ledger.domain.states import CLAIM, RUN
from fotfeste.letters.domain.states import LETTER
from fotfeste.self_settlement.domain.states import ASKED
from fotfeste.settlement.domain.states import CASE, OFFER, REQUEST
from fotfeste.settlement.domain.states_travel import BOOKING, CAR_CLAIM

WORKFLOWS: tuple[Workflow, ...] = (
    *(CASE, REQUEST, OFFER, BOOKING, CAR_CLAIM, ASKED, LETTER, APPLICATION, PLAN, WHAT_IF, RUN, CLAIM),
)


def fresh_documents(root: Path) -> Mapping[Path, str]:
    """Every generated document of the project at `root`, by its path."""
    documents = {
        root / "docs" / "requirements.md": requirements_table(root),
        root / "docs" / "access-matrix.md": access_matrix(),
    }
    for workflow in WORKFLOWS:
        documents[root / "docs" / "states" / f"{workflow.name}.md"] = state_diagram(workflow)
    return documents


def write_documents(root: Path) -> None:
    """Write every generated document."""
    for path, text in fresh_documents(root).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def stale_documents(root: Path) -> list[str]:
    """The documents that differ from what the program would write now."""
    return [
        f"{path.relative_to(root)} is stale: run ./fotfeste documents"
        for path, text in fresh_documents(root).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def state_diagram(workflow: Workflow) -> str:
    """A workflow as a page: the drawing, and the table that says the same."""
    rows = "\n".join(
        f"| {t.name} | {', '.join(sorted(t.sources))} | {t.target} | {', '.join(sorted(t.who))} | {t.event} |"
        for t in workflow.transitions
    )
    return (
        f"# {workflow.name}\n\nGenerated from the table of transitions, which buttons, permissions and the database's"
        f" trigger ask too.\n\n```mermaid\n{workflow.mermaid().strip()}\n```\n\n"
        f"| step | from | to | permission | event |\n|---|---|---|---|---|\n{rows}\n"
    )


def access_matrix() -> str:
    """Role x reason x compartment, as the queries and the database have it."""
    compartments = list(Compartment)
    header = (
        "| role | knows of them because | " + " | ".join(compartments) + " |\n|---|---|" + "---|" * len(compartments)
    )
    rows = "\n".join(
        f"| {role} | {reason} | " + " | ".join("x" if each in opened else "" for each in compartments) + " |"
        for role, reasons in OPENS.items()
        for reason, opened in reasons.items()
    )
    closed = ", ".join(sorted(role for role, reasons in OPENS.items() if not reasons))
    meanings = "\n".join(f"| {each} | {MEANINGS[each]} |" for each in compartments)
    return (
        "# Who may see what about whom\n\nGenerated from `access/domain/matrix.py`, which the pages and the database's"
        " policies ask too. A role opens compartments of those whom its organisation needs to know of on the day, for"
        " the reason named; a blank is closed. Within a compartment a policy may let fewer rows through (a municipality"
        " sees its own request, never another's), none lets more through.\n\n"
        f"{header}\n{rows}\n\nThese roles open nobody: {closed}.\n\n"
        f"| compartment | what is in it |\n|---|---|\n{meanings}\n"
    )


def requirements_table(root: Path) -> str:
    """Which numbered requirements are proven, by which tests, from the markers in the tests' source."""
    proven: dict[str, set[str]] = defaultdict(set)
    for path in sorted((root / "tests").rglob("test_*.py")):
        for number, test in marked_tests(path):
            proven[number].add(f"{path.relative_to(root / 'tests').as_posix()}::{test}")
    with (root / "docs" / "requirements_list.csv").open(encoding="utf-8", newline="") as lines:
        titles = {row["number"]: row["title"] for row in csv.DictReader(lines)}
    unknown = sorted(set(proven) - set(titles))
    if unknown:
        message = f"tests name requirements that do not exist: {', '.join(unknown)}"
        raise ValueError(message)
    rows = "\n".join(f"| {number} | {title} | {_proof(proven[number])} |" for number, title in titles.items())
    share = sum(1 for number in titles if proven[number])
    return (
        "# Requirements\n\nGenerated from the tests' markers. A requirement is proven here only as far as its tests go;"
        f" {share} of {len(titles)} have at least one.\n\n| number | title | proven by |\n|---|---|---|\n{rows}\n"
    )


def _proof(tests: set[str]) -> str:
    if not tests:
        return "not yet"
    files = sorted({test.split("::")[0] for test in tests})
    return f"{len(tests)} in " + ", ".join(f"`{name}`" for name in files)


def marked_tests(path: Path) -> Iterator[tuple[str, str]]:
    """The requirement numbers that the tests of a file are marked with, and the tests' names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    everywhere = [
        number
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
        for number in _numbers(node.value)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            is_test = node.name.startswith(("test_", "Test"))
            own = [number for decorator in node.decorator_list for number in _numbers(decorator)]
            for number in [*own, *(everywhere if is_test else [])]:
                yield number, node.name


def _numbers(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "req":
            yield from (str(a.value) for a in call.args if isinstance(a, ast.Constant))
