"""The supervisor: what it started stops with it, however it ends."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")

SUPERVISE = """
import sys
from pathlib import Path
from fotfeste.cli.problems import CommandProblem
from fotfeste.cli.supervisor import Supervisor
sleeper = "import os, sys, time; print(os.getpid(), flush=True); time.sleep({seconds})"
try:
    with Supervisor(Path(sys.argv[1])) as supervisor:
        supervisor.start("web server", [sys.executable, "-c", sleeper.format(seconds=600)])
        supervisor.start("worker", [sys.executable, "-c", sleeper.format(seconds=sys.argv[2])])
        print("started", flush=True)
        supervisor.wait()
except CommandProblem as problem:
    print(problem, flush=True)
    sys.exit(1)
"""


@contextmanager
def supervise(log: Path, worker_seconds: float = 600) -> Iterator[subprocess.Popen[str]]:
    """A supervisor with two processes, in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, log, str(worker_seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": "src"},
    ) as command:
        assert command.stdout is not None
        assert command.stdout.readline() == "started\n"
        yield command


def children_of(command: subprocess.Popen[str]) -> list[int]:
    """A file for each child, readable when the child has ended."""
    found = Path(f"/proc/{command.pid}/task/{command.pid}/children").read_text().split()
    return [os.pidfd_open(int(pid)) for pid in found]


def all_end(children: list[int]) -> bool:
    try:
        return all(select.select([child], [], [], 30)[0] for child in children)
    finally:
        for child in children:
            os.close(child)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_stops_all_it_started(tmp_path: Path, number: signal.Signals) -> None:
    with supervise(tmp_path / "log") as command:
        children = children_of(command)
        assert len(children) == 2
        command.send_signal(number)
        assert command.wait(30) == 0
        assert all_end(children)


def test_when_one_ends_by_itself_the_other_is_stopped_and_it_is_told(tmp_path: Path) -> None:
    with supervise(tmp_path / "log", worker_seconds=0.1) as command:
        said, _ = command.communicate(timeout=30)
        assert command.returncode == 1
        assert said.startswith("The worker has stopped by itself (exit status 0); its last words are in ")
        assert len((tmp_path / "log").read_text().split()) == 2


def test_killed_it_leaves_nothing_that_would_keep_the_port(tmp_path: Path) -> None:
    with supervise(tmp_path / "log") as command:
        children = children_of(command)
        command.kill()
        command.wait()
        assert all_end(children)
