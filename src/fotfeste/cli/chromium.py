"""A Chromium for the browser tests: one that is here, else Playwright's own, else Debian's package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from fotfeste.cli.problems import CommandProblem

VARIABLE, SHELL_VARIABLE = "FOTFESTE_CHROMIUM", "FOTFESTE_CHROMIUM_SHELL"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
TRY_SECONDS, FETCH_SECONDS = 60, 600
MISSING = (
    "The browser tests need Chromium, and none was found or could be fetched; "
    "install the package chromium, or run .venv/bin/playwright install --with-deps chromium."
)


def chromium_path() -> str:
    """The program to start. Raises CommandProblem with the sentence that says what to install."""
    told = os.environ.get(VARIABLE)
    if told:
        return told
    found = _on_path() or _playwrights_own() or _fetched_by_playwright() or _installed_on_debian()
    if not found:
        raise CommandProblem(MISSING)
    return found


def shell_path(chromium: str) -> str | None:
    """The same without what shows windows, where it is here or beside Playwright's own; it takes a quarter less."""
    folder = Path(chromium).parent.parent
    beside = folder.parent.glob(f"chromium_headless_shell-{folder.name.removeprefix('chromium-')}/*/*headless?shell")
    here = [os.environ.get(SHELL_VARIABLE), shutil.which(SHELL), *map(str, beside)]
    return next((path for path in here if path and _starts(path)), None)


def export_chromium() -> None:
    """Tell the tests where they are. Where there is none, they say so themselves, and only they fail."""
    try:
        chromium = os.environ[VARIABLE] = chromium_path()
    except CommandProblem as problem:
        print(problem, file=sys.stderr)
        return
    if shell := shell_path(chromium):
        os.environ[SHELL_VARIABLE] = shell


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name)) and _starts(path)), None)


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _starts(path) else None


def _fetched_by_playwright() -> str | None:
    print("Fetching Chromium for the browser tests ...", file=sys.stderr, flush=True)
    _quietly(sys.executable, "-m", "playwright", "install", "chromium")
    return _playwrights_own()


def _installed_on_debian() -> str | None:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    if not _quietly(apt, "install", "-y", "--no-install-recommends", "chromium", SHELL):
        _quietly(apt, "update")
        _quietly(apt, "install", "-y", "--no-install-recommends", "chromium", SHELL)
    return _on_path()


def _starts(path: str) -> bool:
    """Whether it shows an empty page: a download may lack the system's libraries."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank")
    return _quietly(path, *options, seconds=TRY_SECONDS)


def _quietly(*words: str, seconds: int = FETCH_SECONDS) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
