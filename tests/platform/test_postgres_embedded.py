"""The embedded server: first start, sharing, stopping, and what is left after accidents."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from fotfeste.platform.postgres import DatabaseSetupError, ensure
from tests.platform.postgres_servers import open_folder, without_urls

HOLD = """
import sys
from fotfeste.platform.postgres import ensure
with ensure("test") as urls:
    print(urls.app, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new state folder, and no given server."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with open_folder() as folder:
        monkeypatch.setenv("FOTFESTE_STATE", str(folder))
        yield folder


def holder(state: Path, script: str = HOLD) -> subprocess.Popen[str]:
    """Another command that uses the server until its input is closed."""
    environment = {**without_urls(), "FOTFESTE_STATE": str(state), "PYTHONPATH": "src"}
    return subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )


NAMES = """
import os
from fotfeste.platform.postgres import provide_for_tests
provide_for_tests()
print(os.environ["FOTFESTE_TEST_NAME"], os.environ["FOTFESTE_TEST_TEMPLATE"], flush=True)
input()
"""


def told_url(command: subprocess.Popen[str]) -> str:
    assert command.stdout is not None
    return command.stdout.readline().strip()


def end(command: subprocess.Popen[str]) -> int:
    command.communicate(timeout=60)
    return command.returncode


def postmaster(state: Path) -> int:
    return int((state / "test" / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])


def is_stopped(state: Path) -> bool:
    return not (state / "test" / "pg" / "postmaster.pid").exists()


def test_the_first_start_makes_both_roles_and_a_database_that_knows_norwegian_letters(state: Path) -> None:
    with ensure("test") as urls:
        assert (urls.kind, urls.server_version >= 180000) == ("embedded", True)
        with psycopg.connect(urls.owner) as connection:
            row = connection.execute("SELECT lower('ÅSE'), current_user, current_database()").fetchone()
            roles = connection.execute(
                "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles"
                " WHERE rolname LIKE 'fotfeste%' ORDER BY 1"
            ).fetchall()
        assert row == ("åse", "fotfeste_owner", "fotfeste")
        assert roles == [("fotfeste_app", False, False, False), ("fotfeste_owner", False, True, True)]
        with psycopg.connect(urls.app) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("fotfeste_app",)


def test_the_passwords_are_readable_by_their_owner_only(state: Path) -> None:
    with ensure("test"):
        assert (state / "test" / "passwords.json").stat().st_mode & 0o777 == 0o600


def test_a_login_without_password_is_refused_even_on_the_socket(state: Path) -> None:
    with ensure("test") as urls, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(urls.app, password="wrong")


def test_the_server_runs_until_the_last_who_uses_it_lets_go(state: Path) -> None:
    first, second = ensure("test"), ensure("test")
    first.close()
    first.close()
    psycopg.connect(second.urls.app).close()
    second.close()
    assert is_stopped(state)


def test_two_commands_that_start_at_once_share_one_server(state: Path) -> None:
    commands = [holder(state), holder(state)]
    urls = {told_url(command) for command in commands}
    assert len(urls) == 1
    psycopg.connect(urls.pop()).close()
    assert end(commands[0]) == 0
    assert not is_stopped(state)
    assert end(commands[1]) == 0
    assert is_stopped(state)


def test_test_runs_at_once_have_databases_of_their_own_and_a_later_one_has_the_first_ones(state: Path) -> None:
    runs = [holder(state, NAMES), holder(state, NAMES)]
    told = sorted(told_url(run) for run in runs)
    assert told == ["test_fotfeste fotfeste_empty", "test_fotfeste_1 fotfeste_empty"]
    for run in runs:
        end(run)
    later = holder(state, NAMES)
    assert told_url(later) == told[0]
    end(later)


def test_a_killed_command_leaves_the_server_to_the_next_which_stops_it(state: Path) -> None:
    killed = holder(state)
    url = told_url(killed)
    killed.kill()
    end(killed)
    psycopg.connect(url).close()
    with ensure("test"):
        pass
    assert is_stopped(state)


def test_committed_rows_survive_a_kill_of_the_server(state: Path) -> None:
    lease = ensure("test")
    with psycopg.connect(lease.urls.owner) as connection:
        connection.execute("CREATE TABLE kept (id bigint)")
        connection.execute("INSERT INTO kept VALUES (7)")
    os.kill(postmaster(state), signal.SIGKILL)
    with ensure("test") as urls, psycopg.connect(urls.owner) as connection:
        assert connection.execute("SELECT id FROM kept").fetchall() == [(7,)]
    lease.close()
    assert is_stopped(state)


def test_a_lock_file_that_names_a_stranger_does_not_hinder_the_start(state: Path) -> None:
    lease = ensure("test")
    os.kill(postmaster(state), signal.SIGKILL)
    lock = state / "test" / "pg" / "postmaster.pid"
    lock.write_text("\n".join([str(os.getpid()), *lock.read_text().split("\n")[1:]]))
    with ensure("test") as urls:
        psycopg.connect(urls.app).close()
    lease.close()


def test_a_cluster_that_was_half_made_is_made_anew(state: Path) -> None:
    half = state / "test" / "pg.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with ensure("test") as urls:
        psycopg.connect(urls.app).close()


def test_a_long_path_still_gives_a_socket(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = state.joinpath(*["a-folder-with-a-long-name"] * 5)
    deep.mkdir(parents=True)
    monkeypatch.setenv("FOTFESTE_STATE", str(deep))
    with ensure("test") as urls:
        psycopg.connect(urls.app).close()


def test_lost_passwords_are_told_in_a_sentence(state: Path) -> None:
    ensure("test").close()
    (state / "test" / "passwords.json").unlink()
    with pytest.raises(DatabaseSetupError, match=r"passwords .* are gone .* put the file back"):
        ensure("test")


def test_data_of_another_version_are_told_in_a_sentence_and_left_alone(state: Path) -> None:
    ensure("demo").close()
    (state / "pg" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseSetupError, match=r"of PostgreSQL 17 .* carries 18; .*restore"):
        ensure("demo")
    assert (state / "pg" / "base").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another account")
def test_a_state_folder_in_a_private_home_is_refused_and_stays_private(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state.chmod(0o700)
    private = state / "home"
    private.mkdir()
    monkeypatch.setenv("FOTFESTE_STATE", str(private))
    with pytest.raises(DatabaseSetupError, match="cannot reach"):
        ensure("demo")
    assert state.stat().st_mode & 0o777 == 0o700


def test_what_fails_in_the_server_is_not_kept_in_its_own_log(state: Path) -> None:
    with ensure("test") as urls:
        with psycopg.connect(urls.owner, autocommit=True) as connection:
            connection.execute("CREATE TABLE numbers (name text, number text PRIMARY KEY)")
            connection.execute("INSERT INTO numbers VALUES ('Olena', '15848610086')")
            for wrong in (
                "INSERT INTO numbers VALUES ('Sofia', '15848610086')",
                "SELECT 'Sofia 15848610086' FROM nowhere",
                "SELECT '15848610086x'::bigint",
            ):
                with pytest.raises(psycopg.Error):
                    connection.execute(wrong)
        with psycopg.connect(urls.owner) as ended, psycopg.connect(urls.owner, autocommit=True) as other:
            ended.execute("SELECT 'Sofia 15848610086'")
            other.execute("SELECT pg_terminate_backend(%s)", [ended.info.backend_pid])
            with pytest.raises(psycopg.OperationalError):
                ended.execute("SELECT 1")
        log = (state / "test" / "pg" / "server.log").read_text()
    assert "terminating connection due to administrator command" in log, "what is said of the server itself is kept"
    for word in ("15848610086", "Olena", "Sofia", "nowhere"):
        assert word not in log
