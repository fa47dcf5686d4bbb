"""From `git clone` to the first page, and a restart, with an empty state and empty caches, as a newcomer's machine."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.country import against
from bench.scratch import ROOT, markdown, note

CLONE_LIMIT_S, RESTART_LIMIT_S = 180, 5
GIVE_UP_S = 1_200
RESTARTS = 3
PAGE = "logg-inn/"
# What is our own, and would make a start quicker than a newcomer's.
_OURS = ("FOTFESTE", "DATABASE", "DJANGO", "PYTHON", "VIRTUAL_ENV")


@dataclass
class Start:
    """One start: seconds until the first page, and the sentences that it said, each with its second."""

    seconds: float = 0.0
    said: list[tuple[float, str]] = field(default_factory=list)

    def steps(self) -> list[tuple[str, float]]:
        """How long each thing took that it said it was doing."""
        ends = [*[at for at, _ in self.said[1:]], self.seconds]
        return [(text, max(end - at, 0.0)) for (at, text), end in zip(self.said, ends, strict=True)]


def start_tables() -> str:
    """Twice from a clone (the second time with what the first has downloaded), and some restarts of the last."""
    with tempfile.TemporaryDirectory(prefix="fotfeste-bench-") as name:
        place = Path(name)
        place.chmod(0o711)  # the account that runs the server passes through
        caches = place / "caches"
        first = _clone_and_start(place / "first", caches)
        second = _clone_and_start(place / "second", caches)
        note("Restarting ...")
        restarts = [_start(place / "second", caches).seconds for _ in range(RESTARTS)]
    return "\n".join(
        [
            markdown(
                ("start", "seconds", "limit, s"),
                [
                    ["git clone to first page, nothing there", against(first.seconds, CLONE_LIMIT_S), "180"],
                    ["the same, with what was downloaded before", against(second.seconds, CLONE_LIMIT_S), ""],
                    ["so that downloads are", f"{first.seconds - second.seconds:.1f}", ""],
                    [f"restart, the slowest of {RESTARTS}", against(max(restarts), RESTART_LIMIT_S), "5"],
                ],
            ),
            markdown(
                ("what it says it does", "seconds, nothing there", "seconds, downloaded before"),
                [[text, f"{took:.1f}", f"{dict(second.steps()).get(text, 0.0):.1f}"] for text, took in first.steps()],
            ),
        ]
    )


def _clone_and_start(folder: Path, caches: Path) -> Start:
    note(f"Cloning and starting ({folder.name} time) ...")
    began = time.monotonic()
    words = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)]
    subprocess.run(words, check=True, env=_environment(folder, caches))
    found = _start(folder, caches, began)
    found.said.insert(0, (0.0, "git clone"))
    return found


def _start(folder: Path, caches: Path, began: float | None = None) -> Start:
    """`./fotfeste demo` until the first page is answered; stopped again."""
    began = time.monotonic() if began is None else began
    with _demo(folder, caches, began) as (demo, found, address):
        while not _answers(address):
            if demo.poll() is not None or time.monotonic() - began > GIVE_UP_S:
                message = f"The demo did not start: {found.said[-1:]}"
                raise RuntimeError(message)
            time.sleep(0.02)
        found.seconds = time.monotonic() - began
    return found


@contextmanager
def _demo(folder: Path, caches: Path, began: float) -> Iterator[tuple[subprocess.Popen[str], Start, str]]:
    port, found = _free_port(), Start()
    words = [str(folder / "fotfeste"), "demo", "--no-open", "--port", str(port)]
    demo = subprocess.Popen(
        words,
        env=_environment(folder, caches),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def listen() -> None:
        for line in demo.stdout or ():
            if line.strip().endswith("..."):
                found.said.append((time.monotonic() - began, line.strip().removesuffix(" ...")))

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield demo, found, f"http://127.0.0.1:{port}/{PAGE}"
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(60)
        listener.join()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as page:
            return page.status == 200 and b"</html>" in page.read()
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, caches: Path) -> dict[str, str]:
    """The user's own, with how the network is reached, but not our environment; caches and state of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    ours = {str(Path(sys.executable).parent), str(ROOT / ".venv" / "bin")}
    return kept | {
        "PATH": os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if part not in ours),
        "FOTFESTE_STATE": str(folder.with_name(folder.name + "-state")),
        "XDG_CACHE_HOME": str(caches),
        "PIP_CACHE_DIR": str(caches / "pip"),
        "UV_CACHE_DIR": str(caches / "uv"),
        "npm_config_cache": str(caches / "npm"),
    }


def is_possible() -> bool:
    """Whether there is a repository to clone, and git."""
    return shutil.which("git") is not None and (ROOT / ".git").exists()
