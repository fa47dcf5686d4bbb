"""A given server, of each version at hand: made ready by a superuser, or refused in a sentence."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from fotfeste.platform.postgres import DatabaseSetupError, ensure
from fotfeste.platform.postgres.roles import supported_major
from fotfeste.platform.postgres.urls import DatabaseUrl
from tests.platform.postgres_servers import given_server, open_folder, server_programs


@pytest.fixture(scope="module", params=server_programs(), ids=lambda path: path.parent.name)
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """A given server's address, with its superuser."""
    with given_server(request.param) as url:
        yield url


@pytest.fixture
def boss(server: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[DatabaseUrl]:
    """The superuser's address, naming a database of the test's own, and a state folder of the test's own."""
    name = "t" + str(abs(hash(request.node.name)))[:12]
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with open_folder() as folder:
        monkeypatch.setenv("FOTFESTE_STATE", str(folder))
        url = DatabaseUrl.parse(server).in_database(name)
        monkeypatch.setenv("DATABASE_URL", url.render())
        yield url


def run(url: DatabaseUrl, *commands: str) -> None:
    """Run statements as this role, outside transactions."""
    with psycopg.connect(url.conninfo(), autocommit=True, client_encoding="UTF8") as connection:
        for command in commands:
            connection.execute(command.encode())


def with_roles(boss: DatabaseUrl, owner_rights: str, app_rights: str) -> tuple[DatabaseUrl, DatabaseUrl]:
    """Two roles as somebody else made them, and the owner's database from template0."""
    owner = boss.as_user(f"{boss.name}_o", "o").in_database(boss.name)
    app = boss.as_user(f"{boss.name}_a", "a")
    run(
        boss.in_database("postgres"),
        f"CREATE ROLE {owner.user} LOGIN PASSWORD 'o' {owner_rights}",
        f"CREATE ROLE {app.user} LOGIN PASSWORD 'a' {app_rights}",
        f"CREATE DATABASE {boss.name} OWNER {owner.user} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
        " LC_CTYPE 'C.UTF-8'",
    )
    return owner, app


def test_a_superuser_is_used_to_make_two_roles_and_a_database_that_knows_letters(boss: DatabaseUrl) -> None:
    with ensure("demo") as urls:
        assert (urls.kind, urls.bin_dir) == ("given", None)
        with psycopg.connect(urls.owner) as connection:
            row = connection.execute("SELECT lower('Å'), rolsuper FROM pg_roles WHERE rolname = current_user")
            assert row.fetchone() == ("å", False)
        with psycopg.connect(urls.app) as connection:
            row = connection.execute("SELECT rolbypassrls, current_user FROM pg_roles WHERE rolname = current_user")
            assert row.fetchone() == (False, f"{boss.name}_app")


def test_the_roles_are_made_once_and_kept(boss: DatabaseUrl) -> None:
    with ensure("demo") as first, ensure("demo") as second:
        assert first == second


def test_roles_whose_passwords_were_lost_get_new_ones(boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    with ensure("demo") as urls, open_folder() as elsewhere:
        monkeypatch.setenv("FOTFESTE_STATE", str(elsewhere))
        with ensure("demo") as again:
            assert again.owner != urls.owner
            psycopg.connect(again.app).close()


def test_copies_for_tests_know_letters_although_the_server_is_plain_ascii(boss: DatabaseUrl) -> None:
    with ensure("test") as urls:
        owner = DatabaseUrl.parse(urls.owner)
        run(owner, f"CREATE DATABASE test_{boss.name} TEMPLATE {boss.name}_empty")
        copy = owner.in_database(f"test_{boss.name}")
        run(copy, "CREATE TABLE thing (id bigint)")
        with psycopg.connect(copy.conninfo()) as connection:
            assert connection.execute("SELECT lower('Å')").fetchone() == ("å",)
        run(DatabaseUrl.parse(urls.app).in_database(copy.name), "INSERT INTO thing VALUES (1)")


def test_a_role_that_may_not_make_roles_is_told_what_is_needed(
    boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, app = with_roles(boss, "", "CREATEDB")
    monkeypatch.setenv("DATABASE_URL", app.render())
    with pytest.raises(DatabaseSetupError, match=r"superuser.*or set DATABASE_OWNER_URL to a role with BYPASSRLS"):
        ensure("demo")


def test_two_roles_of_ones_own_are_used_as_they_are(boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, app = with_roles(boss, "BYPASSRLS CREATEDB", "")
    monkeypatch.setenv("DATABASE_OWNER_URL", owner.render())
    monkeypatch.setenv("DATABASE_URL", app.render())
    with ensure("test") as urls:
        assert (urls.owner, urls.app) == (owner.render(), app.render())


@pytest.mark.parametrize(
    ("owner_rights", "app_rights", "sentence"),
    [
        ("CREATEDB", "", r"needs BYPASSRLS and CREATEDB; let a superuser run"),
        ("BYPASSRLS CREATEDB", "BYPASSRLS", r"may pass by row-level security or owns tables"),
        ("BYPASSRLS CREATEDB", "SUPERUSER", r"may pass by row-level security or owns tables"),
    ],
)
def test_roles_that_would_break_the_wall_are_refused(
    boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch, owner_rights: str, app_rights: str, sentence: str
) -> None:
    owner, app = with_roles(boss, owner_rights, app_rights)
    monkeypatch.setenv("DATABASE_OWNER_URL", owner.render())
    monkeypatch.setenv("DATABASE_URL", app.render())
    with pytest.raises(DatabaseSetupError, match=sentence):
        ensure("demo")


def test_a_database_with_somebody_elses_tables_is_left_alone(boss: DatabaseUrl) -> None:
    run(boss.in_database("postgres"), f"CREATE DATABASE {boss.name} TEMPLATE template0")
    run(boss, "CREATE TABLE somebody_elses (id bigint)")
    with pytest.raises(DatabaseSetupError, match=r"has 1 tables that are not Fotfeste's; name a new database"):
        ensure("demo")


def test_an_empty_database_that_cannot_hold_letters_is_refused(boss: DatabaseUrl) -> None:
    run(boss.in_database("postgres"), f"CREATE DATABASE {boss.name} TEMPLATE template0")
    with pytest.raises(DatabaseSetupError, match=r"does not handle letters such as Å \(encoding SQL_ASCII\)"):
        ensure("demo")


def test_a_wrong_password_is_told_without_repeating_it(boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", boss.as_user("boss", "not-the-word").render())
    with pytest.raises(DatabaseSetupError, match="does not take the login in DATABASE_URL") as refusal:
        ensure("demo")
    assert "not-the-word" not in str(refusal.value)


def test_no_server_at_the_address_is_told_in_a_sentence(
    boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me@/fotfeste?host={tmp_path}")
    with pytest.raises(DatabaseSetupError, match="does not take the login"):
        ensure("demo")


@pytest.mark.parametrize("version", [90624, 140012])
def test_a_server_older_than_15_is_refused(version: int) -> None:
    with pytest.raises(DatabaseSetupError, match=rf"is PostgreSQL {version // 10000}; Fotfeste needs 15 or later"):
        supported_major(version)


def test_the_app_may_change_rows_but_not_empty_refer_or_watch(boss: DatabaseUrl) -> None:
    with ensure("demo") as urls:
        run(DatabaseUrl.parse(urls.owner), "CREATE TABLE thing (id bigserial PRIMARY KEY)")
        app = DatabaseUrl.parse(urls.app)
        run(
            app,
            "INSERT INTO thing DEFAULT VALUES",
            "UPDATE thing SET id = id",
            "SELECT * FROM thing",
            "DELETE FROM thing",
        )
        for refused in (
            "TRUNCATE thing",
            "CREATE TABLE own (id bigint)",
            "CREATE TRIGGER t BEFORE INSERT ON thing EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "SELECT setval('thing_id_seq', 900)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                run(app, refused)


def test_what_a_migration_revokes_stays_revoked_when_rights_are_given_again(boss: DatabaseUrl) -> None:
    from fotfeste.platform.postgres import grant_app

    with ensure("demo") as urls:
        owner, app = DatabaseUrl.parse(urls.owner), DatabaseUrl.parse(urls.app)
        run(owner, "CREATE TABLE ledger (id bigint)", f"REVOKE UPDATE, DELETE ON ledger FROM {app.user}")
        with psycopg.connect(owner.conninfo()) as connection, connection.cursor() as cursor:
            grant_app(cursor, app.user)
        run(app, "INSERT INTO ledger VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            run(app, "DELETE FROM ledger")


def test_rights_are_given_on_tables_that_were_there_before(boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    from fotfeste.platform.postgres import grant_app

    owner, app = with_roles(boss, "BYPASSRLS CREATEDB", "")
    run(owner, "CREATE TABLE older (id bigint)", "CREATE TABLE django_migrations (id bigint)")
    with psycopg.connect(owner.conninfo()) as connection, connection.cursor() as cursor:
        grant_app(cursor, app.user)
    run(app, "INSERT INTO older VALUES (1)", "SELECT * FROM django_migrations")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        run(app, "DELETE FROM django_migrations")


def test_a_database_name_is_quoted_wherever_it_is_used(boss: DatabaseUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = boss.in_database(f'{boss.name} "ø" %')
    monkeypatch.setenv("DATABASE_URL", odd.render())
    with ensure("demo") as urls, psycopg.connect(DatabaseUrl.parse(urls.app).conninfo()) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == (odd.name,)
        assert sql.Identifier(odd.name).as_string(connection) == f'"{boss.name} ""ø"" %"'


def test_what_fails_in_our_sessions_is_not_kept_in_the_servers_log(boss: DatabaseUrl) -> None:
    with ensure("demo") as urls:
        for url in (urls.owner, urls.app):
            with psycopg.connect(url, autocommit=True) as connection, pytest.raises(psycopg.Error):
                connection.execute("SELECT 'Olena 15848610086' FROM nowhere")
    log = (Path(boss.host) / "log").read_text(errors="replace")
    assert "ready to accept connections" in log
    assert not [word for word in ("Olena", "15848610086") if word in log]
