"""A page, a job and a failure are followed in the logs of the real processes by one number, without anybody's own."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from fotfeste.cli.serving import WORKER
from fotfeste.kernel.identifiers import synthetic_d_number, synthetic_duf, synthetic_national_id
from tests.journeys.country import ROOT, Country, Server
from tests.journeys.visitor import Answer, Visitor, said_in

BORN = date(1988, 3, 29)
# What one is called, and their numbers: none of it belongs in a log.
NAME = "Vsevoloda"
NUMBERS = (synthetic_duf(990_001), synthetic_d_number(BORN, 7), synthetic_national_id(BORN, 9))
BROKEN = """
    CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'there is no room for %', NEW.value USING DETAIL = 'It was about ' || NEW::text; END $$;
    CREATE TRIGGER trouble BEFORE INSERT ON registry_identifier FOR EACH ROW EXECUTE FUNCTION trouble();
"""
MENDED = "DROP FUNCTION trouble() CASCADE"


class Logs:
    """Everything that the server and the worker have written."""

    def __init__(self, server: Path, worker: Path) -> None:
        """Where they write."""
        self._files = (server, worker)

    def text(self) -> str:
        """All of it."""
        return "".join(file.read_text(encoding="utf-8") for file in self._files)

    def lines(self, request_number: str) -> list[dict[str, Any]]:
        """The lines of one request, the server's before the worker's."""
        written = [line for line in self.text().splitlines() if line.startswith("{") and line.endswith("}")]
        found = [json.loads(line) for line in written]
        return [line for line in found if line["request"] == request_number]

    def wait_for(self, request_number: str, message: str) -> dict[str, Any]:
        """The line of a request that says this, as soon as it is there."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for line in self.lines(request_number):
                if line["message"] == message:
                    return line
            time.sleep(0.02)  # another process is waited for
        raise AssertionError(f"no line {message!r} of {request_number} in:\n{self.text()[-6000:]}")


@contextmanager
def working(place: Country, log: Path) -> Iterator[None]:
    """A worker as `serve` starts it."""
    with log.open("ab") as written:
        worker = subprocess.Popen(WORKER, env=place.environment(), cwd=ROOT, stdout=written, stderr=written)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=60)


@contextmanager
def in_trouble(place: Country, broken: str, mended: str) -> Iterator[None]:
    """A database in which something does not work."""
    with psycopg.connect(place.owner, autocommit=True) as connection:
        connection.execute(broken)
        try:
            yield
        finally:
            connection.execute(mended)


@pytest.fixture(scope="module")
def logs(place: Country, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Logs, Visitor]]:
    """The logs of a server and a worker of our own, and somebody from the police who is logged in."""
    folder = tmp_path_factory.mktemp("logs")
    server = Server(place, folder / "server.log")
    server.start()
    try:
        with working(place, folder / "worker.log"):
            visitor = Visitor(server.address)
            visitor.log_in("demo-politi")
            yield Logs(folder / "server.log", folder / "worker.log"), visitor
    finally:
        server.kill()


def registered(visitor: Visitor, serial: int, **more: str) -> Answer:
    """One person is registered, with a number of each kind."""
    form = visitor.form("/registrer/", "registered_on") | {
        "persons": "1",
        "0-given_name": NAME,
        "0-family_name": f"Prychodko{serial}",
        "0-birth_date": f"{BORN.day}.{BORN.month}.{BORN.year}",
        "0-sex": "female",
        "0-citizenship": "UKR",
        "0-language_1": "uk",
        "do": "register",
    }
    return visitor.send("/registrer/", form | more)


def nobody_in(text: str) -> None:
    """There is no number and no name of anybody in a text."""
    for number in NUMBERS:
        assert number not in text
        assert f"{number[:6]} {number[6:]}" not in text
        assert f"{number[:6]}+{number[6:]}" not in text
    assert NAME not in text


def test_a_page_and_its_job_are_followed_by_one_number_and_nobody_is_named(logs: tuple[Logs, Visitor]) -> None:
    written, visitor = logs
    for number in NUMBERS:
        looked = visitor.open(f"/sok/?q={number[:6]}+{number[6:]}")
        assert written.wait_for(looked.request_number, "GET /sok/")["status"] == 200
        missed = visitor.open(f"/husstand/{number}/?q={number}")
        assert written.wait_for(missed.request_number, "GET /husstand/[nummer]/")["status"] == 404
    duf, d_number, national_id = NUMBERS
    done = registered(visitor, 1, **{"0-duf": duf, "0-d_number": d_number, "0-national_id": national_id})
    assert done.status == 302
    page = written.wait_for(done.request_number, "POST /registrer/")
    assert (page["logger"], page["status"], page["level"]) == ("fotfeste.request", 302, "info")
    job = written.wait_for(done.request_number, "job done")
    assert (job["logger"], job["job"]) == ("fotfeste.job", "fotfeste.platform.feed.give_feed_positions")
    twice = registered(visitor, 2, **{"0-duf": duf})
    assert (twice.status, NAME in twice.text) == (422, True)
    nobody_in(written.text())


def test_a_failure_is_found_by_the_number_that_its_page_gives(place: Country, logs: tuple[Logs, Visitor]) -> None:
    written, visitor = logs
    with in_trouble(place, BROKEN, MENDED):
        failed = registered(visitor, 3, **{"0-duf": synthetic_duf(990_002)})
    assert failed.status == 500
    assert f"Trenger du hjelp, oppgi nummeret {failed.request_number}." in said_in(failed)
    line = next(line for line in written.lines(failed.request_number) if "exception" in line)
    assert (line["level"], line["logger"]) == ("error", "django.request")
    assert "there is no room for [nummer]" in line["exception"]
    assert "in register_group" in line["exception"], "the place in the program"
    assert "It was about" not in line["exception"], "the database quotes the row; we do not"
    assert written.wait_for(failed.request_number, "POST /registrer/")["status"] == 500
    assert synthetic_duf(990_002) not in written.text()
    nobody_in(written.text())


def test_a_job_that_fails_is_found_by_the_number_of_the_request_that_asked_for_it(
    place: Country, logs: tuple[Logs, Visitor]
) -> None:
    written, visitor = logs
    away = "ALTER TABLE platform_feedcounter RENAME TO feedcounter_away"
    back = "ALTER TABLE feedcounter_away RENAME TO platform_feedcounter"
    with in_trouble(place, away, back):
        done = registered(visitor, 4)
        assert done.status == 302
        line = written.wait_for(done.request_number, "job failed")
        assert len([each for each in written.lines(done.request_number) if each["message"] == "job failed"]) == 1
    assert 'relation "platform_feedcounter" does not exist' in line["exception"]
    assert "in give_feed_positions" in line["exception"]
    assert written.wait_for(done.request_number, "job done"), "it is tried again, when there was time to mend"
    assert [each["status"] for each in written.lines(done.request_number) if "status" in each] == [302]
