"""Write the locks anew from pyproject.toml and package.json, with hashes and without addresses."""

import argparse
import subprocess
import sys
from pathlib import Path

from fotfeste.cli.problems import CommandProblem

OPTIONS = ("--universal", "--python-version=3.13", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet")
# The development lock first: what a server installs is then the same versions as were tested.
LOCKS = (
    ("requirements-dev.lock", ("pyproject.toml", "--group=dev")),
    ("requirements.lock", ("pyproject.toml", "--constraints=requirements-dev.lock")),
    ("requirements-ray.lock", ("pyproject.toml", "--extra=ray", "--constraints=requirements-dev.lock")),
    ("requirements-node.lock", ("--group=node",)),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether newer versions are looked for."""
    parser.add_argument("--upgrade", action="store_true", help="take the newest allowed versions, not those locked now")


def run(arguments: argparse.Namespace) -> int:
    """Compile each lock."""
    from fotfeste.cli.project import ROOT

    upgrade = ("--upgrade",) if arguments.upgrade else ()
    for lock, sources in LOCKS:
        _run(ROOT, sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, *upgrade, *sources, f"--output-file={lock}")
    _run(ROOT, "npm", "update" if arguments.upgrade else "install", "--package-lock-only")
    if '"resolved"' in (ROOT / "package-lock.json").read_text():
        message = "package-lock.json names addresses; .npmrc must say omit-lockfile-registry-resolved=true."
        raise CommandProblem(message)
    return 0


def _run(root: Path, *words: str) -> None:
    try:
        status = subprocess.run(words, cwd=root, check=False).returncode
    except FileNotFoundError:
        status = 127
    if status != 0:
        message = f"{' '.join(words[:3])} failed (exit status {status}); is it installed, and the registry reachable?"
        raise CommandProblem(message)
