"""A database of its own for a measurement, on the demo's server, and child processes that use it."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from fotfeste.platform.postgres import ensure, grant_app
from fotfeste.platform.postgres.lease import APP_VARIABLE, OWNER_VARIABLE
from fotfeste.platform.postgres.roles import connect_beside, ensure_database
from fotfeste.platform.postgres.urls import DatabaseUrl

ROOT = Path(__file__).resolve().parents[1]


def circumstances(load_before: float) -> str:
    """When, of which state, on what machine, and what else it had to do."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    now = datetime.now(UTC)
    with database_server() as (owner, _), psycopg.connect(owner) as connection:
        server = connection.info.parameter_status("server_version")
    return (
        f"Measured on {now.day} {now:%B %Y} at commit {_commit()}, with Python {platform.python_version()} and"
        f" PostgreSQL {server}, on a machine with {os.cpu_count()} cores ({_processor()}) and {memory} GB of memory."
        f" Load average before and after: {load_before:.1f} and {load_average():.1f};"
        " far over one before it began, the machine had other work to do, and times are too long.\n"
    )


def load_average() -> float:
    """How many processes have wanted a processor in the last minute."""
    return os.getloadavg()[0]


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "src", "bench", "requirements.lock")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def note(sentence: str) -> None:
    """Say what is going on, beside the document."""
    print(sentence, file=sys.stderr, flush=True)


def spaced(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:_}".replace("_", " ")


@contextmanager
def scratch_database() -> Iterator[dict[str, str]]:
    """An empty, migrated database, as the environment that reaches it; dropped at the end."""
    with database_server() as (owner_url, app_url):
        owner, app = DatabaseUrl.parse(owner_url), DatabaseUrl.parse(app_url)
        name = f"{owner.name}_bench_{os.getpid()}"
        owner, app = owner.in_database(name), app.in_database(name)
        ensure_database(owner, app.user, with_empty=False)
        environment = os.environ | {
            OWNER_VARIABLE: owner.render(),
            APP_VARIABLE: app.render(),
            "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        try:
            child(environment, "-m", "django", "migrate", "--database", "owner", "-v0")
            with psycopg.connect(owner.render()) as connection, connection.cursor() as cursor:
                grant_app(cursor, app.user)
            yield environment
        finally:
            with connect_beside(owner) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def database_server() -> Iterator[tuple[str, str]]:
    """The server that the environment names already, or the demo's."""
    if OWNER_VARIABLE in os.environ and APP_VARIABLE in os.environ:
        yield os.environ[OWNER_VARIABLE], os.environ[APP_VARIABLE]
        return
    with ensure("demo") as urls:
        yield urls.owner, urls.app


def child(environment: dict[str, str], *words: str) -> str:
    """Run Python in a process of its own; gives what it printed."""
    command = [sys.executable, "-W", "ignore", *words]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def measured(environment: dict[str, str], module: str, *words: str) -> Any:
    """Run one of the bench's own modules in a process of its own; gives the JSON that it prints last."""
    return json.loads(child(environment, "-m", module, *words).strip().splitlines()[-1])


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for docs/benchmarks.md."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"
