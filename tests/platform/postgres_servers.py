"""Throwaway servers for the tests of the database package: real ones, in folders that their account reaches."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fotfeste.platform.postgres.programs import server_account, wheel_programs

BOSS, BOSS_PASSWORD = "boss", "the boss's p@ss/word"


def server_programs() -> list[Path]:
    """The wheel's server, and each that Debian has installed: what a given server may be."""
    return [wheel_programs(), *sorted(Path("/usr/lib/postgresql").glob("*/bin"))]


@contextmanager
def open_folder() -> Iterator[Path]:
    """A temporary folder that other accounts may enter, as a state folder must be when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="fotfeste-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def given_server(programs: Path) -> Iterator[str]:
    """A server that somebody else set up, in plain ASCII and with a superuser; gives the address."""
    account = server_account()
    with open_folder() as folder:
        account.give(folder)
        password = folder / "password"
        password.write_text(BOSS_PASSWORD)
        account.give(password)
        made = account.run(
            programs / "initdb",
            f"--pgdata={folder}/pg",
            f"--username={BOSS}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=SQL_ASCII",
            "--locale=C",
            "--no-sync",
        )
        assert made.returncode == 0, made.stdout
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        control = (programs / "pg_ctl", f"--pgdata={folder}/pg", "--wait", "--silent")
        started = account.run(*control, "start", f"--log={folder}/log", f"--options={options}")
        assert started.returncode == 0, (folder / "log").read_text()
        try:
            yield f"postgresql://{BOSS}:the%20boss%27s%20p%40ss%2Fword@/?host={folder}"
        finally:
            account.run(*control, "stop", "--mode=immediate")


def without_urls() -> dict[str, str]:
    """The environment of a command that is told of no database."""
    named = ("DATABASE_URL", "DATABASE_OWNER_URL", "FOTFESTE_OWNER_URL", "FOTFESTE_APP_URL")
    return {key: value for key, value in os.environ.items() if key not in named}
