"""Make a country of each size in a database of its own, time it, and time the pages in it."""

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from psycopg import sql

from fotfeste.platform.postgres import Urls, ensure, grant_app
from fotfeste.platform.postgres.urls import DatabaseUrl

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Load and measure each size; print tables that fit docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[7500, 75000])
    parser.add_argument("--requests", type=int, default=200)
    arguments = parser.parse_args()
    with ensure("test") as urls:
        print(f"{platform.machine()}, {os.cpu_count()} cores, PostgreSQL {urls.server_version}, {urls.kind}\n")
        for people in arguments.people:
            environment = _made(urls, people)
            subprocess.run(
                [sys.executable, "-m", "bench.pages", str(arguments.requests)], env=environment, cwd=ROOT, check=True
            )


def _made(urls: Urls, people: int) -> dict[str, str]:
    """A database with a country of this size; prints the time and the largest memory of the loading process."""
    name = f"fotfeste_bench_{people}"
    owner, app = (DatabaseUrl.parse(url).in_database(name).render() for url in (urls.owner, urls.app))
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    environment = os.environ | {
        "FOTFESTE_OWNER_URL": owner,
        "FOTFESTE_APP_URL": app,
        "FOTFESTE_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    _manage(environment, "migrate", "--database", "owner", "--verbosity", "0")
    with psycopg.connect(owner) as connection:
        grant_app(connection.cursor(), DatabaseUrl.parse(app).user)
    started = time.perf_counter()
    _manage(environment, "load_demo", "--people", str(people))
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"loaded {people} people in {seconds:.1f} s, at most {megabytes:.0f} MB\n")
    return environment


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "django", *arguments], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    main()
