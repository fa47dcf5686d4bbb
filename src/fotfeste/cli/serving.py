"""The pages and the worker under one supervisor."""

import os
import socket
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from fotfeste.cli.problems import CommandProblem
from fotfeste.cli.supervisor import Supervisor
from fotfeste.kernel.calendar import legal_day, on_the_wall

FIRST_PORT, PORTS = 8000, 20
ANSWER_SECONDS = 60
WEB_PROCESSES, THREADS = 2, 4
WORKER = (sys.executable, "-m", "django", "procrastinate", "worker")
RETENTION = (sys.executable, "-m", "django", "retain")
NAMING = (sys.executable, "-m", "django", "follow_protected")
LEAVE = (sys.executable, "-m", "django", "follow_leave")
REFUSALS = (sys.executable, "-m", "django", "follow_refusals")
CAR_CLAIMS = (sys.executable, "-m", "django", "follow_car_claims")
NIGHT = clock_time(3, 30)  # in Norway; every day has it


@dataclass(frozen=True, slots=True)
class Place:
    """Where the pages are."""

    host: str
    port: int

    @property
    def address(self) -> str:
        """As a browser takes it."""
        return f"http://{self.host if self.host != '0.0.0.0' else '127.0.0.1'}:{self.port}/"  # noqa: S104


def free_port(wanted: int | None, host: str = "127.0.0.1") -> int:
    """The wanted port, or the first free one. Raises CommandProblem when there is none."""
    for port in [wanted] if wanted else range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            # As the server itself does: a port that was just left is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    told = f"Port {wanted} is" if wanted else f"The ports {FIRST_PORT} to {FIRST_PORT + PORTS - 1} are"
    message = f"{told} in use or not yours on {host}; choose another with --port."
    raise CommandProblem(message)


def serve(place: Place, *, announce: Callable[[], None], output: Path | None = None) -> None:
    """Run the web processes and one worker until somebody says stop; `announce` when pages are answered."""
    web = (
        *(sys.executable, "-m", "gunicorn", "fotfeste.config.wsgi:application"),
        *("--bind", f"{place.host}:{place.port}", "--worker-class", "gthread"),
        *("--workers", str(WEB_PROCESSES), "--threads", str(THREADS), "--graceful-timeout", "10"),
        # Loaded once and forked: half the start. Nothing connects to the database while it is loaded.
        *("--preload", "--no-control-socket", "--log-level", "warning"),
    )
    with Supervisor(output) as supervisor:
        supervisor.start("web server", web)
        _wait_for_answer(place, supervisor)
        # Jobs can wait until the first page is there; they would compete with it for the processors.
        supervisor.start("worker", WORKER)
        supervisor.each_night("retention", RETENTION, next_night)
        supervisor.each_night("naming", NAMING, next_night)
        supervisor.each_night("leave", LEAVE, next_night)
        # A deadline that ran out while nobody served, or before an upgrade, keeps UDI's letter waiting for IMDi's task.
        supervisor.each_night("refusals", REFUSALS, next_night, is_at_once=True)
        supervisor.each_night("car claims", CAR_CLAIMS, next_night)
        if not supervisor.is_stopping:
            announce()
        supervisor.wait()


def next_night(after: datetime) -> datetime:
    """When the night's work begins next, after an instant: at half past three in Norway."""
    today = on_the_wall(legal_day(after), NIGHT)
    return today if today > after else on_the_wall(legal_day(after) + timedelta(days=1), NIGHT)


def _wait_for_answer(place: Place, supervisor: Supervisor) -> None:
    until = time.monotonic() + ANSWER_SECONDS
    while not supervisor.is_stopping:
        supervisor.look()
        try:
            with urllib.request.urlopen(f"{place.address}health", timeout=5):  # noqa: S310 - our own address
                return
        except urllib.error.HTTPError:
            return  # it answers; what it says of itself is for whoever asks
        except OSError:
            if time.monotonic() > until:
                message = f"The pages did not answer at {place.address} within {ANSWER_SECONDS} seconds."
                raise CommandProblem(message) from None
            time.sleep(0.05)


def open_browser(address: str) -> None:
    """Show the pages, where there is a screen; a text browser would take the terminal."""
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen and sys.stdout.isatty():
        webbrowser.open(address)
