"""The whole server is killed while a form is under way: all of it is done or nothing, and it can be sent again."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPException
from typing import Any

import psycopg
import pytest
from psycopg import sql

from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.clock import today
from tests.journeys.country import Country, Server
from tests.journeys.loaded import Loaded
from tests.journeys.visitor import Answer, Visitor, said_in

AT_RANDOM = 3
# What is written for a page that is only looked at.
_OF_PAGES = ("web_staffsession", "access_look")
_NOT_ALIKE = ("registry_searchtoken",)  # names have more spellings or fewer

type Rows = Counter[str]


class Database:
    """The owner's look at the country's database: committed rows only."""

    def __init__(self, place: Country) -> None:
        """Everything is asked on one connection; what is held is held on another."""
        self._owner = place.owner
        self.connection = psycopg.connect(place.owner, autocommit=True)
        self._app = psycopg.conninfo.conninfo_to_dict(place.app)["user"]
        found = self.ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        self._tables = sorted(name for (name,) in found if name not in _OF_PAGES)

    def ask(self, question: Any, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows of an answer."""
        return self.connection.execute(question, parameters).fetchall()

    def rows(self) -> Rows:
        """How many rows there are in each table."""
        each = [
            sql.SQL("SELECT {}, count(*) FROM {}").format(sql.Literal(name), sql.Identifier(name))
            for name in self._tables
        ]
        return Counter(dict(self.ask(sql.SQL(" UNION ALL ").join(each))))

    def wait_until_left(self) -> None:
        """Wait until the sessions of a server that was killed have undone what was not committed."""
        question = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = %(app)s"
        self._wait(lambda: not self.ask(question, {"app": self._app}), "the dead server's sessions are still there")

    def wait_until_held(self, sessions: int = 1) -> None:
        """Wait until so many sessions wait for a lock."""
        question = (
            "SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE NOT l.granted AND a.datname = current_database()"
        )
        self._wait(lambda: self.ask(question)[0][0] >= sessions, "too few came to a lock")

    def wait_until_more(self, table: str, than: int) -> None:
        """Wait until a row more is committed."""
        counted = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        self._wait(lambda: self.ask(counted)[0][0] > than, f"no row more in {table}")

    @contextmanager
    def held(self, table: str) -> Iterator[None]:
        """Let nobody write to a table meanwhile: whoever comes to it waits in the middle of what they do."""
        with psycopg.connect(self._owner) as holder:
            holder.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.Identifier(table)))
            yield

    @staticmethod
    def _wait(is_so: Any, otherwise: str) -> None:
        until = time.monotonic() + 60
        while not is_so():
            assert time.monotonic() < until, otherwise
            time.sleep(0.005)  # another process is waited for


@pytest.fixture(scope="module")
def own_place(loaded: Loaded, worker_id: str) -> Iterator[Country]:
    """A country that no other server is in: its sessions would be taken for those of the dead one."""
    with loaded.copied(f"{worker_id}_mortal") as made:
        yield made


@pytest.fixture(scope="module")
def database(own_place: Country) -> Iterator[Database]:
    """The country's database."""
    looked_at = Database(own_place)
    yield looked_at
    looked_at.connection.close()


@pytest.fixture(scope="module")
def mortal(own_place: Country, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of one's own, to be killed."""
    running = Server(own_place, tmp_path_factory.mktemp("mortal") / "server.log")
    running.start()
    yield running
    running.kill()


class Sent:
    """A form that is under way in a thread of its own; its answer, if one comes."""

    def __init__(self, visitor: Visitor, path: str, form: Mapping[str, str]) -> None:
        """Send it."""
        self.answer: Answer | None = None
        self._thread = threading.Thread(target=self._send, args=(visitor, path, form))
        self._thread.start()

    def _send(self, visitor: Visitor, path: str, form: Mapping[str, str]) -> None:
        try:
            self.answer = visitor.send(path, form)
        except (OSError, HTTPException):
            self.answer = None  # the server is dead

    def ends(self) -> Answer | None:
        """Wait for the answer, or for the end of the connection."""
        self._thread.join(timeout=90)
        assert not self._thread.is_alive()
        return self.answer


class Desk:
    """A desk with a form, a server that may be killed under it, and a look at the database."""

    def __init__(self, server: Server, database: Database, username: str) -> None:
        """Log in."""
        self.server, self.database = server, database
        self.visitor = Visitor(server.address)
        self.visitor.log_in(username)

    def kill(self) -> None:
        """Kill the server with all its processes."""
        self.server.kill()

    def start_again(self) -> None:
        """Start the server anew, when the database has let go of the old one."""
        self.database.wait_until_left()
        self.server.start()

    def killed_at(self, table: str, path: str, form: Mapping[str, str]) -> None:
        """Send the form, and kill the server when the act would write to the table: in the middle of it."""
        with self.database.held(table):
            sent = Sent(self.visitor, path, form)
            self.database.wait_until_held()
            self.kill()
        assert sent.ends() is None, "there was an answer before the kill"
        self.start_again()


class Families:
    """Forms of families like one another, each with numbers and birth dates of its own."""

    def __init__(self) -> None:
        """None yet."""
        self._made = 0

    def form(self, desk: Desk, *, has_numbers: bool = True) -> dict[str, str]:
        """A registration as it is typed: a mother and her child."""
        self._made += 1
        day = self._made
        filled = {
            "registered_on": _typed(3),
            "applied_on": _typed(2),
            "0-given_name": "Zlatomira",
            "0-family_name": "Kyrylenko",
            "0-birth_date": f"{day}.3.1988",
            "0-sex": "female",
            "0-citizenship": "UKR",
            "0-language_1": "uk",
            "1-given_name": "Bohuslav",
            "1-family_name": "Kyrylenko",
            "1-birth_date": f"{day}.6.2015",
            "1-sex": "male",
            "1-citizenship": "UKR",
            "1-language_1": "uk",
            "1-to_first": "of:parent",
            "do": "register",
        }
        if has_numbers:
            filled |= {f"{place}-duf": synthetic_duf(980_000 + 2 * day + place) for place in (0, 1)}
        return desk.visitor.form("/registrer/", "registered_on") | filled


def _typed(days_ago: int) -> str:
    day = today() - timedelta(days=days_ago)
    return f"{day.day}.{day.month}.{day.year}"


@pytest.fixture(scope="module")
def families() -> Families:
    """Families that are not registered yet."""
    return Families()


@pytest.fixture(scope="module")
def registrar(mortal: Server, database: Database) -> Desk:
    """The police, at the server that is killed."""
    return Desk(mortal, database, "demo-politi")


@pytest.fixture(scope="module")
def registration(registrar: Desk, families: Families) -> Rows:
    """The rows that one registration makes: facts, needs, task, event and job."""
    before = registrar.database.rows()
    assert registrar.visitor.send("/registrer/", families.form(registrar)).status == 302
    made = registrar.database.rows() - before
    for table, rows in {
        "access_subject": 3, "registry_person": 2, "registry_identifier": 2, "registry_relation": 1,
        "worklist_task": 1, "platform_event": 1, "procrastinate_jobs": 1,
    }.items():  # fmt: skip
        assert made[table] == rows, table
    assert made["access_need"] >= 6
    return made


def alike(rows: Rows) -> Rows:
    """Without the tables where two registrations may differ."""
    return Counter({table: count for table, count in rows.items() if table not in _NOT_ALIKE and count})


def test_a_registration_is_undone_when_the_server_is_killed_in_its_middle_and_works_when_it_is_sent_again(
    registrar: Desk, families: Families, registration: Rows
) -> None:
    form = families.form(registrar)
    before = registrar.database.rows()
    for table in ("access_need", "worklist_task", "procrastinate_jobs"):  # its beginning, its middle, its last write
        registrar.killed_at(table, "/registrer/", form)
        assert registrar.database.rows() == before, f"killed when it came to {table}"
    assert registrar.visitor.send("/registrer/", form).status == 302
    assert alike(registrar.database.rows() - before) == alike(registration)


def test_a_registration_killed_at_any_instant_is_whole_or_not_there_and_once_there_when_it_is_sent_again(
    registrar: Desk, families: Families, registration: Rows
) -> None:
    chance = random.Random(1)  # noqa: S311
    for _ in range(AT_RANDOM):
        form = families.form(registrar)
        before = registrar.database.rows()
        sent = Sent(registrar.visitor, "/registrer/", form)
        time.sleep(chance.uniform(0.0, 0.3))  # some instant
        registrar.kill()
        sent.ends()
        registrar.start_again()
        there = alike(registrar.database.rows() - before)
        assert there in (Counter(), alike(registration)), "half of it is there"
        assert registrar.visitor.send("/registrer/", form).location == f"/husstand/{form['reference']}/"
        assert alike(registrar.database.rows() - before) == alike(registration)


@pytest.mark.req("REG-01")
def test_a_registration_whose_answer_never_came_leads_to_the_household_when_it_is_sent_again(
    registrar: Desk, families: Families, registration: Rows
) -> None:
    form = families.form(registrar, has_numbers=False)
    before = registrar.database.rows()
    sent = Sent(registrar.visitor, "/registrer/", form)
    registrar.database.wait_until_more("platform_event", before["platform_event"])
    registrar.kill()
    sent.ends()
    registrar.start_again()
    again = registrar.visitor.send("/registrer/", form)
    assert (again.status, again.location) == (302, f"/husstand/{form['reference']}/")
    assert "Skjemaet ble sendt to ganger." in said_in(registrar.visitor.open(again.location))
    made = registrar.database.rows() - before
    assert [made[table] for table in ("registry_placementgroup", "platform_event", "worklist_task")] == [1, 1, 1]


@pytest.mark.req("REG-01")
def test_a_registration_sent_twice_at_once_is_one_household(
    registrar: Desk, families: Families, registration: Rows
) -> None:
    form = families.form(registrar, has_numbers=False)
    before = registrar.database.rows()
    with registrar.database.held("worklist_task"):  # the first waits here, the second for the first
        clicks = [Sent(registrar.visitor, "/registrer/", form) for _ in range(2)]
        registrar.database.wait_until_held(sessions=2)
    answers = [click.ends() for click in clicks]
    assert [answer and (answer.status, answer.location) for answer in answers] == [
        (302, f"/husstand/{form['reference']}/")
    ] * 2
    assert (registrar.database.rows() - before)["registry_placementgroup"] == 1


def test_a_placement_is_undone_when_the_server_is_killed_in_its_middle_and_is_done_once(
    registrar: Desk, families: Families, registration: Rows
) -> None:
    address = registrar.visitor.send("/registrer/", families.form(registrar)).location
    udi = Desk(registrar.server, registrar.database, "demo-udi")
    path = f"{address}plassering/"
    centre = udi.database.ask(
        "SELECT reference FROM directory_organisation WHERE name = 'Voss akuttinnkvartering'"
    )[0][0]  # fmt: skip
    form = udi.visitor.form(path, "from_on") | {"centre": centre, "from_on": _typed(1)}
    before = udi.database.rows()
    for table in ("accommodation_stay", "procrastinate_jobs"):
        udi.killed_at(table, path, form)
        assert udi.database.rows() == before, f"killed when it came to {table}"
    assert udi.visitor.send(path, form).status == 302
    done = udi.database.rows()
    assert (done - before)["accommodation_stay"] == 2
    again = udi.visitor.send(path, form)
    assert again.status == 422
    assert udi.database.rows() == done
