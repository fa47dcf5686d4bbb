"""Backup and restore with real servers: the same rows and rights come back, and accidents leave what was there."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from fotfeste.platform.postgres import DatabaseSetupError, Urls, backup, ensure, recreate, restore
from fotfeste.platform.postgres.urls import DatabaseUrl
from tests.platform.postgres_servers import given_server, open_folder, server_programs, without_urls

SCHEMA = """
CREATE TABLE person (id bigserial PRIMARY KEY, name text NOT NULL, span int8range NOT NULL,
    EXCLUDE USING gist (int8range(id, id, '[]') WITH &&, span WITH &&));
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON person USING (name = current_setting('fotfeste.name', true));
CREATE TABLE ledger (id bigint);
REVOKE UPDATE, DELETE ON ledger FROM {app};
CREATE FUNCTION secret() RETURNS int LANGUAGE sql AS 'SELECT 7';
REVOKE EXECUTE ON FUNCTION secret() FROM PUBLIC;
CREATE FUNCTION opened() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 8';
INSERT INTO person (name, span) SELECT 'Åse ' || n, int8range(n, n + 1) FROM generate_series(1, 500) AS n;
INSERT INTO ledger VALUES (1);
"""


@pytest.fixture(scope="module")
def embedded() -> Iterator[Urls]:
    """An embedded server for this module."""
    with pytest.MonkeyPatch.context() as patch, open_folder() as folder:
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("FOTFESTE_STATE", str(folder))
        with ensure("test") as urls:
            yield urls


@pytest.fixture(scope="module", params=server_programs(), ids=lambda path: path.parent.name)
def given(request: pytest.FixtureRequest) -> Iterator[Urls]:
    """A given server of each version at hand; its roles are named otherwise than the embedded server's."""
    with (
        pytest.MonkeyPatch.context() as patch,
        open_folder() as folder,
        given_server(request.param) as url,
    ):
        patch.setenv("DATABASE_URL", DatabaseUrl.parse(url).in_database("another").render())
        patch.delenv("DATABASE_OWNER_URL", raising=False)
        patch.setenv("FOTFESTE_STATE", str(folder))
        with ensure("demo") as urls:
            yield urls


def fill(urls: Urls) -> None:
    recreate(urls)
    run(urls.owner, SCHEMA.format(app=DatabaseUrl.parse(urls.app).user))


def run(url: str, command: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(command.encode())


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def database_names(urls: Urls) -> set[str]:
    """Names of our databases, to see what is left behind."""
    name = DatabaseUrl.parse(urls.owner).name
    found = rows(urls.owner, "SELECT datname FROM pg_database")
    return {str(row[0]) for row in found if str(row[0]).startswith(name)} - {f"{name}_empty"}


def assert_whole(urls: Urls) -> None:
    """What `fill` made is there: rows, row-level security, rights and refusals, for these roles."""
    assert rows(urls.owner, "SELECT count(*), max(name) FROM person") == [(500, "Åse 99")]
    assert rows(urls.app, "SELECT name FROM person") == []
    with psycopg.connect(urls.app) as connection:
        connection.execute("SELECT set_config('fotfeste.name', 'Åse 5', false)")
        assert connection.execute("SELECT id FROM person").fetchall() == [(5,)]
    run(urls.app, "INSERT INTO ledger VALUES (2)")
    assert rows(urls.app, "SELECT opened()") == [(8,)]
    for refused in ("DELETE FROM ledger", "SELECT secret()", "TRUNCATE person"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(urls.app, refused)
    run(urls.owner, "CREATE TABLE later (id bigint)")
    run(urls.app, "INSERT INTO later VALUES (1)")


def test_a_backup_of_the_embedded_server_is_restored_on_it(embedded: Urls, tmp_path: Path) -> None:
    fill(embedded)
    backup(embedded, tmp_path / "copy")
    run(embedded.owner, "DELETE FROM person; DROP TABLE ledger")
    restore(embedded, tmp_path / "copy")
    assert_whole(embedded)
    assert database_names(embedded) == {"fotfeste"}


def test_a_backup_moves_between_embedded_and_given_and_back(embedded: Urls, given: Urls, tmp_path: Path) -> None:
    fill(embedded)
    backup(embedded, tmp_path / "there")
    restore(given, tmp_path / "there")
    assert_whole(given)
    run(given.owner, "DROP TABLE later; DELETE FROM ledger WHERE id > 1")
    backup(given, tmp_path / "back")
    recreate(embedded)
    restore(embedded, tmp_path / "back")
    assert_whole(embedded)


def test_a_backup_is_readable_by_its_owner_only_and_leaves_no_part(embedded: Urls, tmp_path: Path) -> None:
    backup(embedded, tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


def test_a_backup_that_cannot_be_written_says_why_and_keeps_the_older_one(embedded: Urls, tmp_path: Path) -> None:
    with pytest.raises(DatabaseSetupError, match=r"cannot be written to .*No such file or directory"):
        backup(embedded, tmp_path / "missing" / "copy")


def test_a_failed_backup_keeps_the_older_file(embedded: Urls, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    file.write_bytes(b"older")
    stranger = DatabaseUrl.parse(embedded.owner).as_user("fotfeste_owner", "not the password").render()
    refused = Urls(stranger, embedded.app, embedded.kind, embedded.server_version, embedded.bin_dir)
    with pytest.raises(DatabaseSetupError, match=r"The backup failed: .*password authentication failed"):
        backup(refused, file)
    assert file.read_bytes() == b"older"
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


@pytest.mark.parametrize("kept_part", [0.0, 0.3, 0.95])
def test_a_broken_backup_changes_nothing(embedded: Urls, tmp_path: Path, kept_part: float) -> None:
    fill(embedded)
    whole = tmp_path / "copy"
    backup(embedded, whole)
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * kept_part)])
    run(embedded.owner, "INSERT INTO ledger VALUES (2)")
    with pytest.raises(DatabaseSetupError):
        restore(embedded, whole)
    assert rows(embedded.owner, "SELECT count(*) FROM ledger") == [(2,)]
    assert database_names(embedded) == {"fotfeste"}


def test_a_restore_is_refused_while_somebody_uses_the_database(embedded: Urls, tmp_path: Path) -> None:
    fill(embedded)
    backup(embedded, tmp_path / "copy")
    with (
        psycopg.connect(embedded.app),
        pytest.raises(DatabaseSetupError, match=r"in use \(1 connections\); stop the demo"),
    ):
        restore(embedded, tmp_path / "copy")
    assert_whole(embedded)


@pytest.fixture
def slow(embedded: Urls, tmp_path: Path) -> Path:
    """A backup that takes a while to restore; the database itself is small again."""
    fill(embedded)
    run(embedded.owner, "CREATE TABLE bulk AS SELECT n, repeat('x', 200) AS t FROM generate_series(1, 400000) AS n")
    backup(embedded, tmp_path / "slow")
    run(embedded.owner, "DROP TABLE bulk")
    return tmp_path / "slow"


@contextmanager
def restoring(urls: Urls, file: Path) -> Iterator[subprocess.Popen[str]]:
    """A restore under way in another process: the new database is there beside the old one."""
    script = (
        "import sys; from pathlib import Path; from fotfeste.platform.postgres import Urls, restore;"
        f"restore(Urls({urls.owner!r}, {urls.app!r}, 'embedded', 180000, None), Path(sys.argv[1]))"
    )
    environment = {**without_urls(), "PYTHONPATH": "src"}
    with subprocess.Popen(
        [sys.executable, "-c", script, file], env=environment, stderr=subprocess.PIPE, text=True
    ) as command:
        while len(database_names(urls)) == 1:
            assert command.poll() is None, "the restore was over before anything could be done to it"
        yield command


def test_a_restore_that_is_killed_leaves_the_old_database_and_the_next_one_tidies_up(
    embedded: Urls, slow: Path
) -> None:
    with restoring(embedded, slow) as command:
        command.kill()
    assert_whole(embedded)
    restore(embedded, slow)
    assert rows(embedded.owner, "SELECT count(*) FROM bulk") == [(400000,)]
    assert database_names(embedded) == {"fotfeste"}


def test_whoever_comes_during_a_restore_keeps_the_old_database_and_it_is_told(embedded: Urls, slow: Path) -> None:
    with restoring(embedded, slow) as command, psycopg.connect(embedded.app):
        _, said = command.communicate()
    assert command.returncode == 1
    assert "DatabaseSetupError: The database fotfeste is in use; stop the demo" in said
    assert_whole(embedded)
    assert database_names(embedded) == {"fotfeste"}


def test_what_is_no_backup_is_refused(embedded: Urls, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Kjære UDI")
    with pytest.raises(DatabaseSetupError, match=r"letter is not a whole backup made by \./fotfeste backup"):
        restore(embedded, tmp_path / "letter")
    with pytest.raises(DatabaseSetupError, match="There is no backup file"):
        restore(embedded, tmp_path / "none")


def test_a_new_beginning_is_empty_and_open_to_the_app(embedded: Urls) -> None:
    fill(embedded)
    recreate(embedded)
    assert rows(embedded.owner, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    run(embedded.owner, "CREATE TABLE later (id bigint)")
    run(embedded.app, "INSERT INTO later VALUES (1)")
