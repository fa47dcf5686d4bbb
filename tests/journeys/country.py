"""A database of its own with a small synthetic country, and a server process that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

SECONDS_TO_NOTICE = 20  # that a server is gone
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Country:
    """The addresses of a database with a country in it, and the file of its own rules where it has one."""

    owner: str
    app: str
    schemes: str = ""

    def environment(self) -> dict[str, str]:
        """What a process of the program needs to use it, as the demo does."""
        return os.environ | {
            "FOTFESTE_OWNER_URL": self.owner,
            "FOTFESTE_APP_URL": self.app,
            "FOTFESTE_DEMO": "1",
            "FOTFESTE_SCHEMES": self.schemes,
            "FOTFESTE_SECRET_KEY": "a key for tests alone, worth nothing elsewhere",
            "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }


def in_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def let_in(place: Country) -> None:
    """A copy has everything of its template but who may connect."""
    database = urlsplit(place.owner).path.lstrip("/")
    role = str(psycopg.conninfo.conninfo_to_dict(place.app)["user"])
    with psycopg.connect(place.owner, autocommit=True) as connection:
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(database), sql.Identifier(role))
        )


def drop_and_create(owner_url: str, name: str, template: str = "template0") -> None:
    """Make a database anew, as a copy of another that nobody is in."""
    with psycopg.connect(in_database(owner_url, "postgres"), autocommit=True) as connection:
        drop(connection, name)
        names = [sql.Identifier(each) for each in (name, template)]
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def drop(connection: psycopg.Connection, name: str) -> None:
    """Drop the database, when the sessions of a server that was killed have noticed it."""
    last = time.monotonic() + SECONDS_TO_NOTICE
    while time.monotonic() < last:
        try:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{name} is still in use: end the server of an earlier run")


def run_in(place: Country, *module: str) -> str:
    """Run a module of Python in a process of its own in a country, to its end. Gives what it has printed."""
    done = subprocess.run(
        [sys.executable, "-m", *module], env=place.environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


class Server:
    """A server process; `kill` is a real SIGKILL of it and all its workers."""

    def __init__(self, place: Country, log: Path) -> None:
        """Choose a port; nothing runs yet."""
        self._place = place
        self._log = log
        with socket.socket() as chosen:
            chosen.bind(("127.0.0.1", 0))
            self.port = chosen.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers for its health."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable, "-m", "tests.journeys.guarded_server", "fotfeste.config.wsgi",
                    "--bind", f"127.0.0.1:{self.port}",
                    "--worker-class", "gthread", "--workers", "1", "--threads", "4", "--no-control-socket",
                ],
                env=self._place.environment(), cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=1):  # noqa: S310
                    return
            except OSError:
                assert self._process.poll() is None, self._log.read_text()[-4000:]
                time.sleep(0.1)
        raise AssertionError(self._log.read_text()[-4000:])

    def kill(self) -> None:
        """Kill it in the middle of whatever it does."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def log(self) -> str:
        """Everything it has logged."""
        return self._log.read_text(encoding="utf-8")
