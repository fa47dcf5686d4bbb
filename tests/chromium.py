"""The Chromium that the browser tests drive."""

import os
import shutil


def launch_arguments(*, is_whole: bool = False) -> dict[str, object]:
    """The system's Chromium where there is one, else the one that Playwright installed.

    Without what shows windows, where that is here: it draws and runs every page as the whole one does, and takes a
    quarter less of the processors. `is_whole`: with all that people's browsers have.
    """
    whole = os.environ.get("FOTFESTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    shell = os.environ.get("FOTFESTE_CHROMIUM_SHELL") or shutil.which("chromium-headless-shell")
    found = whole if is_whole else shell or whole
    # Every page brings its scripts anew, axe above all: what compiles them further costs more than it saves.
    told = ["--no-sandbox", "--disable-gpu", "--js-flags=--max-opt=0"]
    return {"args": told} | ({"executable_path": found} if found else {})
