"""The embedded server: made, started, shared and stopped by our own commands."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Literal

import psycopg

from fotfeste.platform.postgres.errors import DatabaseSetupError
from fotfeste.platform.postgres.programs import Account, programs_for, server_account
from fotfeste.platform.postgres.roles import SILENT_ON_ERRORS, connect, create_roles, ensure_database
from fotfeste.platform.postgres.state import (
    Purpose,
    SharedUse,
    kept_passwords,
    locked,
    private_folder,
    short_hash,
    state_folder,
)
from fotfeste.platform.postgres.urls import DatabaseUrl

DATABASE = "fotfeste"
LONGEST_SOCKET_PATH = 100  # bytes; the system's wall is 104 to 108
START_SECONDS = 60
CONFIGURATION = "fotfeste.conf"
NO_PROCESS = 2**31 - 2  # above every system's highest process number


class EmbeddedCluster:
    """PostgreSQL from the wheel, on a socket that only this user and root reach."""

    kind: Literal["embedded"] = "embedded"

    def __init__(self, purpose: Purpose) -> None:
        self._purpose = purpose
        self._folder = state_folder(purpose)
        self._data = self._folder / "pg"
        self._account = server_account()
        self._use: SharedUse | None = None
        self.bin_dir: Path = programs_for(self._account, self._folder)

    def open(self) -> tuple[DatabaseUrl, DatabaseUrl]:
        """Start the server unless it runs, and give the addresses of owner and app."""
        with locked(self._folder / "start.lock"):
            self._use = SharedUse(self._folder / "in-use.lock")
            try:
                return self._opened()
            except BaseException:
                self._let_go()
                raise

    def close(self) -> None:
        """Let go of the server; the last one stops it."""
        with locked(self._folder / "start.lock"):
            self._let_go()

    def _let_go(self) -> None:
        if self._use is None:
            return
        last = self._use.let_go()
        self._use = None
        if last and (self._data / "postmaster.pid").exists():
            self._pg_ctl("stop", "--mode=fast")

    def _opened(self) -> tuple[DatabaseUrl, DatabaseUrl]:
        is_new = not (self._data / "PG_VERSION").exists()
        secrets_file = self._folder / "passwords.json"
        if is_new:
            secrets_file.unlink(missing_ok=True)
        elif not secrets_file.exists():
            raise DatabaseSetupError(
                f"The passwords of the embedded server are gone ({secrets_file}); put the file back from a copy, "
                f"or remove the folder {self._folder} to begin anew without its data."
            )
        kept = kept_passwords(secrets_file, ("postgres", "owner", "app"))
        server = DatabaseUrl(host=str(self._socket_folder()), name=DATABASE)
        root = server.as_user("postgres", kept["postgres"]).in_database("postgres")
        if is_new:
            self._create(kept["postgres"])
        self._check_version()
        if is_new or not _answers(root):
            self._start(root)
        owner = server.as_user(f"{DATABASE}_owner", kept["owner"])
        app = server.as_user(f"{DATABASE}_app", kept["app"])
        try:
            ensure_database(owner, app.user, with_empty=self._purpose == "test")
        except psycopg.OperationalError:
            # Killed between initdb and the roles, or on the very first start.
            with connect(root) as connection:
                create_roles(connection, owner, app)
            ensure_database(owner, app.user, with_empty=self._purpose == "test")
        return owner, app

    def _socket_folder(self) -> Path:
        folder = self._folder / "run"
        if len(os.fsencode(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
            mark = short_hash(str(self._folder))
            folder = private_folder(Path(tempfile.gettempdir()) / f"fotfeste-{mark}") / "run"
        folder.mkdir(mode=0o700, exist_ok=True)
        self._account.give(folder)
        return folder

    def _create(self, password: str) -> None:
        """Run initdb in a new folder and rename it, so that a half-made cluster is never taken for a whole one."""
        new = self._folder / "pg.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self._account.give(new)
        with tempfile.NamedTemporaryFile("w", prefix="fotfeste-") as file:
            file.write(password)
            file.flush()
            self._account.give(Path(file.name))
            done = self._account.run(
                self.bin_dir / "initdb",
                f"--pgdata={new}",
                "--username=postgres",
                f"--pwfile={file.name}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--lc-ctype=C.UTF-8",
                *(("--no-sync",) if self._purpose == "test" else ()),
            )
        if done.returncode != 0:
            raise DatabaseSetupError(f"The embedded server could not be made: {_last_line(done.stdout)}")
        with (new / "postgresql.conf").open("a") as file:
            file.write(f"\ninclude '{CONFIGURATION}'\n")
        shutil.rmtree(self._data, ignore_errors=True)
        new.rename(self._data)

    def _check_version(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text().strip()
        carried = self.bin_dir.parent.name.removeprefix("pginstall")
        if made_by == carried:
            return
        if self._purpose == "test":
            raise DatabaseSetupError(f"The test server is of another version; remove {self._folder} and try again.")
        raise DatabaseSetupError(
            f"The data in {self._data} are of PostgreSQL {made_by} and this version of Fotfeste carries {carried}; "
            f"go back to the former version, run ./fotfeste backup, remove {self._data}, and restore."
        )

    def _start(self, root: DatabaseUrl) -> None:
        self._write_configuration()
        if self._is_running():
            self._pg_ctl("stop", "--mode=fast")  # it runs and does not answer: its socket is gone, or it hangs
        log = self._data / "server.log"
        until = time.monotonic() + START_SECONDS
        while True:
            self._disarm_stale_locks()
            if self._pg_ctl("start", f"--log={log}").returncode == 0 or _answers(root):
                return
            said = _last_fatal(log)
            # After a kill -9, the old server and its children need a moment before they are gone.
            is_passing = "still in use" in said or "already exists" in said
            if not is_passing or time.monotonic() > until:
                raise DatabaseSetupError(f"The embedded server does not start: {said} The log is {log}.")
            time.sleep(0.2)

    def _write_configuration(self) -> None:
        settings = {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self._socket_folder()}'",
            "unix_socket_permissions": "0700",
            "password_encryption": "'scram-sha-256'",
            "timezone": "'UTC'",
            "log_timezone": "'UTC'",
            "max_connections": "100",
            "shared_buffers": "'256MB'",
            "work_mem": "'16MB'",
            "maintenance_work_mem": "'256MB'",
            "max_wal_size": "'2GB'",
            "jit": "off",  # pages are short queries; compiling them costs more than it saves
            **SILENT_ON_ERRORS,
        }
        if self._purpose == "test":
            # Nothing in a test server is worth a wait for the disk; what is committed still outlives a kill.
            settings |= {"fsync": "off", "full_page_writes": "off"}
        path = self._data / CONFIGURATION
        path.write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))
        self._account.give(path)

    def _is_running(self) -> bool:
        """Whether the process that the lock file names is this server, and no zombie or stranger."""
        return str(self._data) in _command_of(_first_number(self._data / "postmaster.pid"))

    def _disarm_stale_locks(self) -> None:
        """After a kill the numbers in the lock files may be a zombie's or, later, another program's.

        The server's lock file is kept with a number that no process has: through it the new server sees whether
        children of the old one still use the data.
        """
        if self._is_running():
            return
        lock = self._data / "postmaster.pid"
        if lock.exists():
            _, _, rest = lock.read_text().partition("\n")
            lock.write_text(f"{NO_PROCESS}\n{rest}")
        (self._socket_folder() / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _pg_ctl(self, word: str, *options: str) -> subprocess.CompletedProcess[str]:
        wait = ("--wait", f"--timeout={START_SECONDS}", "--silent")
        return self._account.run(self.bin_dir / "pg_ctl", word, f"--pgdata={self._data}", *wait, *options)


def _answers(url: DatabaseUrl) -> bool:
    """Whether the server takes a login now; one that is still starting up is waited for."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            connect(url).close()
        except psycopg.OperationalError as error:
            if "starting up" in str(error) and time.monotonic() < until:
                time.sleep(0.1)
                continue
            if "authentication failed" in str(error):
                raise DatabaseSetupError(
                    "The embedded server does not take the kept passwords; "
                    "put passwords.json back from a copy, or remove the state folder to begin anew."
                ) from error
            return False
        return True


def _first_number(lock: Path) -> int:
    try:
        return int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return NO_PROCESS


def _command_of(pid: int) -> str:
    """The command line of a process; empty when there is none or it is a zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        if Path("/proc/self").exists():
            return ""
    return Account().run("/bin/ps", "-o", "command=", "-p", str(pid)).stdout.strip()


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "error" in line), lines[-1] if lines else "no message")


def _last_fatal(log: Path) -> str:
    try:
        found = re.findall(r"(?:FATAL|PANIC): +(.*)", log.read_text(errors="replace"))
    except OSError:
        found = []
    return f"{found[-1]}." if found else "it gives no reason."
