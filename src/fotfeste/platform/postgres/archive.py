"""Backup, restore and a new beginning. The database in use is only ever replaced whole, by renaming.

A restore fills a new database beside the old one and swaps the two names in one transaction: one that fails or is
killed leaves the old database as it was, and what it leaves behind goes at the next restore.
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from fotfeste.platform.postgres.errors import DatabaseSetupError
from fotfeste.platform.postgres.grants import grant_app
from fotfeste.platform.postgres.lease import Urls
from fotfeste.platform.postgres.programs import dump_program, wheel_programs
from fotfeste.platform.postgres.roles import connect, connect_beside, create_database
from fotfeste.platform.postgres.urls import DatabaseUrl

NEW, OLD = "_new_", "_before_"
PREAMBLE_LINES = 60
GOODBYE_SECONDS = 2  # a server takes a moment to notice that a command has ended
ACCESS_LINE = re.compile(r"^(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) .*;$")
ROLE = r'("(?:[^"]|"")+"|\w+)'


def backup(urls: Urls, file: Path) -> None:
    """Write the whole database to a file in PostgreSQL's custom format, readable by its owner only.

    The file appears under its name only when it is whole. Raises DatabaseSetupError with the reason otherwise.
    """
    owner = DatabaseUrl.parse(urls.owner)
    program = urls.bin_dir / "pg_dump" if urls.bin_dir else dump_program(urls.server_version // 10000)
    part = file.with_name(file.name + ".part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        done = subprocess.run(
            [program, "--format=custom", f"--file={part}", f"--dbname={owner.conninfo(with_password=False)}"],
            env=_with_password(owner),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise DatabaseSetupError(f"The backup failed: {_reason(done.stderr)}")
        part.rename(file)
    except OSError as error:
        raise DatabaseSetupError(f"The backup cannot be written to {file}: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def restore(urls: Urls, file: Path) -> None:
    """Put a backup in place of the database. The one in use stays as it was until the new one is whole.

    Works across servers and versions: owners and grants are given to this installation's two roles.
    """
    owner, app = DatabaseUrl.parse(urls.owner), DatabaseUrl.parse(urls.app)
    contents = _contents(file)
    new = _new_database(owner)
    try:
        _fill(new, file)
        _give_access(new, app, file, contents)
        with connect(new) as connection:
            connection.execute("ANALYZE")
        _swap(owner, new)
    except BaseException:
        _drop_leftovers(owner, NEW)
        raise
    _drop_leftovers(owner, OLD)


def recreate(urls: Urls) -> None:
    """Put an empty database in place of the one in use: a new beginning."""
    owner, app = DatabaseUrl.parse(urls.owner), DatabaseUrl.parse(urls.app)
    new = _new_database(owner)
    with connect(new) as connection, connection.cursor() as cursor:
        grant_app(cursor, app.user)
    _swap(owner, new)
    _drop_leftovers(owner, OLD)


def _new_database(owner: DatabaseUrl) -> DatabaseUrl:
    _drop_leftovers(owner, NEW, OLD)
    new = owner.in_database(f"{owner.name}{NEW}{datetime.now(UTC):%Y%m%dT%H%M%S}")
    with connect_beside(owner) as connection:
        _refuse_company(connection, owner.name)
        create_database(connection, new.name)
    return new


def _refuse_company(connection: psycopg.Connection, name: str) -> None:
    until = time.monotonic() + GOODBYE_SECONDS
    while True:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name]).fetchone()
        if not row or not row[0]:
            return
        if time.monotonic() > until:
            break
        time.sleep(0.05)
    raise DatabaseSetupError(_IN_USE.format(name=name, told=f" ({row[0]} connections)"))


_IN_USE = "The database {name} is in use{told}; stop the demo, the server and the worker first. Nothing is changed."


def _swap(owner: DatabaseUrl, new: DatabaseUrl) -> None:
    """Rename both databases in one transaction, so that there is always exactly one under the name."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    old = owner.name + OLD + new.name.rpartition(NEW)[2]
    with connect_beside(owner) as connection:
        try:
            with connection.transaction():
                connection.execute(rename.format(sql.Identifier(owner.name), sql.Identifier(old)))
                connection.execute(rename.format(sql.Identifier(new.name), sql.Identifier(owner.name)))
        except psycopg.errors.ObjectInUse as error:
            raise DatabaseSetupError(_IN_USE.format(name=owner.name, told="")) from error


def _drop_leftovers(owner: DatabaseUrl, *marks: str) -> None:
    """Remove what a killed restore left, or the database that has just been replaced; never the one in use."""
    with connect_beside(owner) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        stamped = re.compile(re.escape(owner.name) + f"({'|'.join(marks)})" + r"\d{8}T\d{6}")
        for (name,) in rows:
            if stamped.fullmatch(name):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _contents(file: Path) -> str:
    """The archive's table of contents; refuses what is no backup before anything is touched."""
    if not file.is_file():
        raise DatabaseSetupError(f"There is no backup file {file}.")
    done = subprocess.run(
        [wheel_programs() / "pg_restore", "--list", file], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise DatabaseSetupError(f"{file} is not a whole backup made by ./fotfeste backup: {_reason(done.stderr)}")
    return done.stdout


def _fill(new: DatabaseUrl, file: Path) -> None:
    """Run the archive as a script: unlike a direct restore this works on older servers too."""
    programs = wheel_programs()
    words: list[str | Path] = [programs / "pg_restore", "--no-owner", "--no-acl", "--file=-", file]
    psql: list[str | Path] = [
        programs / "psql",
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
    ]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said) as reader,
        subprocess.Popen(
            [*psql, f"--dbname={new.conninfo(with_password=False)}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=_with_password(new),
        ) as writer,
    ):
        if reader.stdout is None or writer.stdin is None:
            raise AssertionError("both pipes were asked for")
        try:
            _pass_on(reader.stdout, writer.stdin)
        except BrokenPipeError:
            reader.kill()  # psql has stopped at an error, which it has told
        if reader.wait() or writer.wait():
            said.seek(0)
            raise DatabaseSetupError(f"The restore failed, nothing is changed: {_reason(said.read().decode())}")


def _pass_on(script: IO[bytes], psql: IO[bytes]) -> None:
    """Copy the script, without the one setting at its start that servers before 17 do not know."""
    with psql:
        for _ in range(PREAMBLE_LINES):
            line = script.readline()
            if not line.startswith(b"SET transaction_timeout"):
                psql.write(line)
        shutil.copyfileobj(script, psql, 1 << 20)


def _give_access(new: DatabaseUrl, app: DatabaseUrl, file: Path, contents: str) -> None:
    """Repeat the archive's grants and revocations for this installation's roles, whatever they were called."""
    wanted = [line for line in contents.splitlines() if re.match(r"^\d+; \d+ \d+ (DEFAULT )?ACL ", line)]
    owners = {line.rsplit(" ", 1)[1] for line in wanted}
    with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write("\n".join(wanted) + "\n")
        chosen.flush()
        done = subprocess.run(
            [wheel_programs() / "pg_restore", "--no-owner", f"--use-list={chosen.name}", "--file=-", file],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise DatabaseSetupError(f"The restore failed, nothing is changed: {_reason(done.stderr)}")
    with connect(new) as connection, connection.transaction(), connection.cursor() as cursor:
        for line in done.stdout.splitlines():
            if ACCESS_LINE.match(line):
                cursor.execute(_for_our_roles(line, owners, new.user, app.user).encode())
        grant_app(cursor, app.user)


def _for_our_roles(line: str, owners: set[str], owner: str, app: str) -> str:
    """One GRANT or REVOKE with the archive's two roles replaced: PUBLIC and the server's own roles stay."""

    def ours(found: re.Match[str]) -> str:
        name = found[2].strip('"').replace('""', '"')
        if name == "PUBLIC" or name.startswith("pg_"):
            return found[0]
        return f'{found[1]} "{(owner if name in owners else app).replace('"', '""')}"'

    line = re.sub(rf"(FOR ROLE) {ROLE}", ours, line)
    return re.sub(rf"(TO|FROM) {ROLE}(?=( WITH GRANT OPTION)?;$)", ours, line)


def _with_password(url: DatabaseUrl) -> dict[str, str]:
    """The password goes by the environment: arguments are read by everyone on the machine."""
    return {**os.environ, "PGPASSWORD": url.password} if url.password else dict(os.environ)


def _reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = next((line for line in lines if "error" in line.lower() or "FATAL" in line), lines[-1] if lines else "")
    return told or "no reason was given."
