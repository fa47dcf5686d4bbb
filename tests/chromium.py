"""The Chromium that the browser tests drive."""

import os
import shutil


def launch_arguments() -> dict[str, object]:
    """The system's Chromium where there is one, else the one that Playwright installed."""
    found = os.environ.get("FOTFESTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    # Every page brings its scripts anew, axe above all: what compiles them further costs more than it saves.
    told = ["--no-sandbox", "--disable-gpu", "--js-flags=--max-opt=0"]
    return {"args": told} | ({"executable_path": found} if found else {})
