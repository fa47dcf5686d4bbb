"""What must hold before any test is run: each gate looks at a project folder and says what is wrong with it.

A gate takes the folder, so that a test can plant a violation in a copy and see it fail. No finding means it holds.
"""

import time
from collections.abc import Callable
from pathlib import Path

from fotfeste.cli.gates import size, tools
from fotfeste.cli.gates.generated import documents, translations

MOST_SHOWN = 60

type Gate = Callable[[Path], list[str]]

GATES: tuple[tuple[str, Gate], ...] = (
    ("ruff", tools.ruff),
    ("format", tools.formatting),
    ("size", size.walls),
    ("translations", translations),
    ("documents", documents),
    ("import-linter", tools.import_linter),
    ("migrations", tools.migrations),
    ("mypy", tools.mypy),
)


def ask(root: Path) -> bool:
    """Ask each gate and say how it went; False at the first that fails, with its findings.

    The types are looked at from the beginning, beside the other gates, and told of last.
    """
    with tools.mypy_begun(root) as types:
        for name, gate in GATES:
            began = time.monotonic()
            findings = types() if gate is tools.mypy else gate(root)
            if findings:
                print("\n".join(findings[:MOST_SHOWN]))
                shown = f"the first {MOST_SHOWN} of " if len(findings) > MOST_SHOWN else ""
                print(f"The gate {name} fails: {shown}{len(findings)} lines of findings stand above.")
                return False
            print(f"gate {name} holds ({time.monotonic() - began:.1f} s)", flush=True)
    for line in size.wishes(root):
        print(line)
    return True
