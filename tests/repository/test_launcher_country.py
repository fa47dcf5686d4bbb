"""What the demo may do to a database: its own it keeps or empties, other people's it never touches."""

import os
from collections.abc import Iterator

import psycopg
import pytest

from fotfeste.access.public import Role
from fotfeste.cli import country
from fotfeste.cli.problems import CommandProblem
from fotfeste.cli.serving import free_port
from fotfeste.directory.public import OrganisationKind
from fotfeste.platform.country_mark import LOADED, LOADING
from fotfeste.platform.postgres import Urls, recreate
from fotfeste.platform.postgres.roles import connect_beside, create_database
from fotfeste.platform.postgres.urls import DatabaseUrl
from tests.conftest import organisation, staff


@pytest.fixture
def urls(worker_id: str) -> Iterator[Urls]:
    """A database of this test's own on the test server."""
    owner = DatabaseUrl.parse(os.environ["FOTFESTE_OWNER_URL"])
    app = DatabaseUrl.parse(os.environ["FOTFESTE_APP_URL"])
    name = f"{owner.name}_country_{worker_id}"
    own = Urls(owner.in_database(name).render(), app.in_database(name).render(), "given", 0, None)
    with connect_beside(owner) as connection:
        connection.execute(psycopg.sql.SQL("DROP DATABASE IF EXISTS {}").format(psycopg.sql.Identifier(name)))
        create_database(connection, name)
    yield own
    with connect_beside(owner) as connection:
        connection.execute(psycopg.sql.SQL("DROP DATABASE {}").format(psycopg.sql.Identifier(name)))


def run(urls: Urls, command: str) -> None:
    with psycopg.connect(urls.owner) as connection:
        connection.execute(command.encode())


PEOPLE = "CREATE TABLE access_subject (id bigint); INSERT INTO access_subject VALUES (1)"


@pytest.mark.parametrize("is_reset", [False, True])
def test_a_database_with_real_people_is_refused_and_left_as_it_was(urls: Urls, is_reset: bool) -> None:
    run(urls, PEOPLE)
    with pytest.raises(CommandProblem, match=r"holds data that \./fotfeste demo did not make; name another database"):
        country.have(urls, people=None, is_reset=is_reset)
    with psycopg.connect(urls.owner) as connection:
        assert connection.execute("SELECT count(*) FROM access_subject").fetchone() == (1,)


def test_the_mark_tells_a_loaded_country_from_one_that_was_cut_short(urls: Urls) -> None:
    assert country.state_of(urls) == "empty"
    run(urls, "CREATE TABLE access_subject (id bigint)")
    assert country.state_of(urls) == "empty"
    country.mark(urls, LOADING)
    run(urls, "INSERT INTO access_subject VALUES (1)")
    assert country.state_of(urls) == "loading"
    country.mark(urls, LOADED)
    assert country.state_of(urls) == "demo"
    recreate(urls)
    assert country.state_of(urls) == "empty"


def test_a_port_in_use_is_passed_over_unless_it_was_asked_for() -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            CommandProblem, match=rf"Port {port} is in use or not yours on 127\.0\.0\.1; choose another"
        ):
            free_port(port)
        assert free_port(None) != port


@pytest.mark.django_db
def test_the_demo_says_in_words_whom_one_can_log_in_as() -> None:
    staff(organisation(OrganisationKind.CENTRE, "Voss akuttinnkvartering"), Role.CENTRE_STAFF, "demo-voss")
    heading, *users = country.users_table().splitlines()
    assert heading.split() == ["Log", "in", "as", "of", "who", "is"]
    assert [line.split("  ") for line in map(str.strip, users)] == [
        ["Demo-Voss", "Voss akuttinnkvartering", "settlement coordinator"]
    ]
