"""Gates that ask a tool: ruff, mypy, import-linter, Django."""

import os
import subprocess
import sys
from pathlib import Path


def ruff(root: Path) -> list[str]:
    """Lint."""
    return _ask(root, "ruff", "check", "--quiet", "--output-format=concise", ".")


def formatting(root: Path) -> list[str]:
    """Format."""
    return _ask(root, "ruff", "format", "--quiet", "--check", ".")


def mypy(root: Path) -> list[str]:
    """Types, strictly."""
    folders = [name for name in ("src", "tests") if (root / name).exists()]
    return _ask(root, "mypy", "--no-error-summary", *folders)


def import_linter(root: Path) -> list[str]:
    """Who may import whom."""
    return _ask(root, "-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())")


def migrations(root: Path) -> list[str]:
    """Every change of a model has its migration."""
    return _ask(root, "django", "makemigrations", "--check", "--dry-run", "--settings=fotfeste.config.settings")


def _ask(root: Path, module: str, *words: str) -> list[str]:
    """Run a Python tool in the folder; what it says is the finding when its status is not 0."""
    called = (module, *words) if module == "-c" else ("-m", module, *words)
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *called],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return []
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return said or [f"{module} ended with status {done.returncode} and said nothing"]
