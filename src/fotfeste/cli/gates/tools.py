"""Gates that ask a tool: ruff, mypy, import-linter, Django."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

type Findings = Callable[[], list[str]]


def ruff(root: Path) -> list[str]:
    """Lint."""
    return _ask(root, "ruff", "check", "--quiet", "--output-format=concise", ".")


def formatting(root: Path) -> list[str]:
    """Format."""
    return _ask(root, "ruff", "format", "--quiet", "--check", ".")


def mypy(root: Path) -> list[str]:
    """Types, strictly."""
    with mypy_begun(root) as findings:
        return findings()


def mypy_begun(root: Path) -> AbstractContextManager[Findings]:
    """The same, begun: it takes as long as all the others, and may work beside them."""
    folders = [name for name in ("src", "tests") if (root / name).exists()]
    return _begun(root, "mypy", "--no-error-summary", *folders)


def import_linter(root: Path) -> list[str]:
    """Who may import whom."""
    return _ask(root, "-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())")


def migrations(root: Path) -> list[str]:
    """Every change of a model has its migration."""
    return _ask(root, "django", "makemigrations", "--check", "--dry-run", "--settings=fotfeste.config.settings")


def _ask(root: Path, module: str, *words: str) -> list[str]:
    """Run a Python tool in the folder; what it says is the finding when its status is not 0."""
    with _begun(root, module, *words) as findings:
        return findings()


@contextmanager
def _begun(root: Path, module: str, *words: str) -> Iterator[Findings]:
    """Start it, and give what waits for it to end. It does not outlast the block."""
    called = (module, *words) if module == "-c" else ("-m", module, *words)
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", *called],
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as tool:

        def findings() -> list[str]:
            answer, trouble = tool.communicate()
            if tool.returncode == 0:
                return []
            said = [line for line in (answer + trouble).splitlines() if line.strip()]
            return said or [f"{module} ended with status {tool.returncode} and said nothing"]

        try:
            yield findings
        finally:
            tool.terminate()
