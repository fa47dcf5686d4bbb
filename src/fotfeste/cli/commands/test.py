"""Ask every gate, then run every test, the browser journeys included.

Stops at the first gate that fails, with its name. The last line is pytest's own. What follows `--` goes to pytest.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

# Imported once while the gates are asked, so that not each worker of the tests compiles it.
SOLVER = "import fotfeste.allocation.domain.computing"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Gates or not, and what pytest is told besides."""
    parser.add_argument("--no-gates", action="store_true", help="only the tests")
    parser.add_argument("--gates", action="store_true", help="only the gates")
    parser.add_argument("pytest", nargs="*", metavar="-- argument", help="arguments for pytest, after --")


def run(arguments: argparse.Namespace) -> int:
    """The exit status of the first gate that fails, or of pytest."""
    from fotfeste.cli.chromium import export_chromium
    from fotfeste.cli.gates import ask
    from fotfeste.cli.preparation import prepare
    from fotfeste.cli.project import ROOT, database

    prepare()
    with database("test"):
        if arguments.gates:
            return 0 if ask(ROOT) else 1
        with subprocess.Popen([sys.executable, "-c", SOLVER], cwd=ROOT, env=environment(ROOT)) as compiling:
            if not arguments.no_gates and not ask(ROOT):
                compiling.terminate()
                return 1
            export_chromium()
        # Logical processors: on two of them pytest's own "auto" would count one.
        # Some tests take a minute and most a moment: whoever has none left takes from who has.
        words = [sys.executable, "-m", "pytest", "-n", "logical", "--dist", "worksteal", *arguments.pytest]
        return subprocess.run(words, cwd=ROOT, env=environment(ROOT), check=False).returncode


def environment(root: Path) -> dict[str, str]:
    """Of the tests: they start Python some sixty times, and compile everything once.

    Who wants no bytecode beside the sources (PYTHONDONTWRITEBYTECODE) gets it in var/, which is nobody's source.
    """
    said = {**os.environ, "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings"}
    if said.pop("PYTHONDONTWRITEBYTECODE", ""):
        said.setdefault("PYTHONPYCACHEPREFIX", str(root / "var" / "bytecode"))
    return said
