"""The Chromium that the browser tests drive."""

import os
import shutil


def launch_arguments() -> dict[str, object]:
    """The system's Chromium where there is one, else the one that Playwright installed."""
    found = os.environ.get("FOTFESTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return {"args": ["--no-sandbox", "--disable-gpu"]} | ({"executable_path": found} if found else {})
