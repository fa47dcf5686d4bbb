"""Several processes in the foreground as one: they start together and stop together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import IO

from fotfeste.cli.problems import CommandProblem
from fotfeste.platform.clock import now

STOP_SECONDS = 15
LOOK_SECONDS = 0.5
PR_SET_PDEATHSIG = 1

type Schedule = Callable[[datetime], datetime]
"""The instant after the given one at which to start."""


class Supervisor:
    """Runs named processes until one ends or somebody says stop (Ctrl-C, SIGTERM), then stops all of them."""

    def __init__(self, output: Path | None = None) -> None:
        self._output = output
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._nightly: dict[str, tuple[Sequence[str], Schedule, datetime]] = {}
        self._at_night: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()
        self._log: IO[bytes] | None = None

    def __enter__(self) -> "Supervisor":
        self._log = self._output.open("ab") if self._output else None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()
        if self._log:
            self._log.close()

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        """Whether somebody has said stop."""
        return self._stop.is_set()

    def start(self, name: str, words: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Start a process in a session of its own, so that Ctrl-C reaches it through us alone, and once."""
        self._running[name] = self._started(words, environment)

    def each_night(self, name: str, words: Sequence[str], schedule: "Schedule", *, is_at_once: bool = False) -> None:
        """Start a process again and again, each time at the instant that the schedule names after the last.

        It may end, and it may fail: its last words are with those of the others, and the next night it is tried again.
        `is_at_once`: also as soon as all are up, for nights in which nobody served.
        """
        self._nightly[name] = (words, schedule, now() if is_at_once else schedule(now()))

    def _started(self, words: Sequence[str], environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            words,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def wait(self) -> None:
        """Wait until somebody says stop. Raises CommandProblem when a process ends by itself."""
        while not self._stop.wait(LOOK_SECONDS):
            self.look()
            self.start_what_is_due()

    def start_what_is_due(self) -> None:
        """Start what is to be started each night, if it is time and the last one has ended."""
        at = now()
        for name, (words, schedule, due_at) in list(self._nightly.items()):
            going = self._at_night.get(name)
            if at < due_at or (going is not None and going.poll() is None):
                continue
            self._at_night[name] = self._started(words)
            self._nightly[name] = (words, schedule, schedule(at))

    def look(self) -> None:
        """Raise CommandProblem when a process has ended by itself."""
        for name, process in self._running.items():
            if process.poll() is not None and not self.is_stopping:
                where = f"; its last words are in {self._output}" if self._output else ""
                message = f"The {name} has stopped by itself (exit status {process.returncode}){where}."
                raise CommandProblem(message)

    def stop(self) -> None:
        """Ask all to stop, and end those that do not."""
        processes = [*self._running.values(), *self._at_night.values()]
        for process in processes:
            if process.poll() is None:
                process.terminate()
        for process in processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._running.clear()
        self._at_night.clear()


def _die_with_parent() -> None:
    """Linux: have the child stopped when the supervisor is killed, or it would keep the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
