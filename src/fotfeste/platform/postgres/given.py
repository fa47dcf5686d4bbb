"""A given PostgreSQL: two roles as they are named to us, or made by a role that may make them."""

import os
from pathlib import Path
from typing import Literal

import psycopg

from fotfeste.platform.postgres.errors import DatabaseSetupError
from fotfeste.platform.postgres.roles import (
    connect,
    connect_beside,
    create_roles,
    ensure_database,
    has_database,
    supported_major,
)
from fotfeste.platform.postgres.state import Purpose, kept_passwords, locked, short_hash, state_folder
from fotfeste.platform.postgres.urls import MAINTENANCE_DATABASES, DatabaseUrl

DATABASE = "fotfeste"
LONGEST_NAME = 63 - len("_before_20260101T000000")


class GivenCluster:
    """The server that DATABASE_URL names. It is not ours to start or stop."""

    kind: Literal["given"] = "given"
    bin_dir: Path | None = None

    def __init__(self, purpose: Purpose, url: str, owner_url: str | None) -> None:
        self._purpose = purpose
        self._url = DatabaseUrl.parse(url)
        self._owner = DatabaseUrl.parse(owner_url) if owner_url else None

    def open(self) -> tuple[DatabaseUrl, DatabaseUrl]:
        """Check or make the roles and the database, and give the addresses of owner and app."""
        if self._owner is None:
            owner, app = self._own_roles()
        else:
            owner, app = self._owner, self._url
            _check_pair(owner, app)
        ensure_database(owner, app.user, with_empty=self._purpose == "test")
        _check_database(owner)
        _check_app(app)
        return owner, app

    def close(self) -> None:
        """Nothing to let go of."""

    def _own_roles(self) -> tuple[DatabaseUrl, DatabaseUrl]:
        """Roles of our own, their passwords kept in the state folder; made when they do not log in yet."""
        unnamed = self._url.name in ("", *MAINTENANCE_DATABASES)
        target = self._url.in_database(DATABASE if unnamed else self._url.name)
        if len(target.name) > LONGEST_NAME:
            raise DatabaseSetupError(
                f"The database name {target.name} is too long; use at most {LONGEST_NAME} letters."
            )
        folder = state_folder("demo")
        mark = short_hash(f"{target.host}:{target.port}/{target.name}")
        with locked(folder / "given.lock"):
            kept = kept_passwords(folder / f"given-{mark}.json", ("owner", "app"))
            owner = target.as_user(f"{target.name}_owner", kept["owner"])
            app = target.as_user(f"{target.name}_app", kept["app"])
            if not (_logs_in(owner) and _logs_in(app)):
                self._bootstrap(target, owner, app)
        return owner, app

    def _bootstrap(self, target: DatabaseUrl, owner: DatabaseUrl, app: DatabaseUrl) -> None:
        try:
            connection = connect_beside(self._url)
        except psycopg.OperationalError as error:
            raise DatabaseSetupError(
                f"The given PostgreSQL at {self._url.place()} does not take the login in DATABASE_URL: {_last(error)}"
            ) from error
        with connection:
            supported_major(connection.info.server_version)
            needed = _needed_sentence(connection, target)
            if needed:
                raise DatabaseSetupError(needed)
            try:
                create_roles(connection, owner, app)
            except psycopg.errors.InsufficientPrivilege as error:
                raise DatabaseSetupError(f"{_two_roles(target)} (The server said: {_last(error)})") from error
            if has_database(connection, target.name):
                _take_over(connection, target, owner)
        for url in (owner, app):
            if not _logs_in(url):
                raise DatabaseSetupError(
                    f"The role {url.user} was made, but {url.place()} refuses its password; "
                    "let it log in with scram-sha-256 in the server's pg_hba.conf."
                )


def _needed_sentence(connection: psycopg.Connection, target: DatabaseUrl) -> str:
    """Empty when the role may make roles that pass by row-level security; otherwise what is needed."""
    row = connection.execute(
        "SELECT rolsuper, rolcreaterole AND rolbypassrls AND rolcreatedb FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    return "" if row and any(row) else _two_roles(target)


def _two_roles(target: DatabaseUrl) -> str:
    return (
        f"The role in DATABASE_URL cannot make the two roles that Fotfeste logs in with: either give a superuser "
        f"there, or set DATABASE_OWNER_URL to a role with BYPASSRLS and CREATEDB that owns the database "
        f"{target.name}, and DATABASE_URL to one that owns nothing and has neither."
    )


def _take_over(connection: psycopg.Connection, target: DatabaseUrl, owner: DatabaseUrl) -> None:
    """Make the owner role own an existing database, if nobody has put anything else in it."""
    with connect(DatabaseUrl.parse(_same_login(connection)).in_database(target.name)) as inside:
        strangers = inside.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) <> %s",
            [owner.user],
        ).fetchone()
    if strangers and strangers[0]:
        raise DatabaseSetupError(
            f"The database {target.name} has {strangers[0]} tables that are not Fotfeste's; "
            "name a new database in DATABASE_URL, it is made for you."
        )
    connection.execute(
        psycopg.sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
            psycopg.sql.Identifier(target.name), psycopg.sql.Identifier(owner.user)
        )
    )


def _same_login(connection: psycopg.Connection) -> str:
    info = connection.info
    return DatabaseUrl(info.user, info.password, info.host, str(info.port), info.dbname).render()


def _check_pair(owner: DatabaseUrl, app: DatabaseUrl) -> None:
    if (owner.host, owner.port, owner.name) != (app.host, app.port, app.name) or owner.user == app.user:
        raise DatabaseSetupError(
            "DATABASE_OWNER_URL and DATABASE_URL must name the same server and database, and two different roles."
        )
    try:
        with connect_beside(owner) as connection:
            supported_major(connection.info.server_version)
            row = connection.execute(
                "SELECT rolsuper OR (rolbypassrls AND rolcreatedb) FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise DatabaseSetupError(
            f"The given PostgreSQL at {owner.place()} does not take the login in DATABASE_OWNER_URL: {_last(error)}"
        ) from error
    if not (row and row[0]):
        raise DatabaseSetupError(
            f"The role {owner.user} in DATABASE_OWNER_URL needs BYPASSRLS and CREATEDB; "
            f"let a superuser run: ALTER ROLE {owner.user} BYPASSRLS CREATEDB."
        )


def _check_database(owner: DatabaseUrl) -> None:
    with connect(owner) as connection:
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), pg_get_userbyid(datdba) = current_user,"
            " lower('Å') = 'å' FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    encoding, is_owned, is_lettered = row or ("", False, False)
    if encoding != "UTF8" or not is_lettered:
        raise DatabaseSetupError(
            f"The database {owner.name} does not handle letters such as Å (encoding {encoding}); "
            "name a new database in DATABASE_URL, it is made for you."
        )
    if not is_owned:
        raise DatabaseSetupError(
            f"The database {owner.name} must be owned by {owner.user}; "
            f"let a superuser run: ALTER DATABASE {owner.name} OWNER TO {owner.user}."
        )


def _check_app(app: DatabaseUrl) -> None:
    """The app role must be held by row-level security, or nothing that is built on it holds."""
    try:
        with connect(app) as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class"
                " WHERE relowner = r.oid AND relkind IN ('r', 'p')) FROM pg_roles r WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise DatabaseSetupError(
            f"The given PostgreSQL at {app.place()} does not take the login of {app.user}: {_last(error)}"
        ) from error
    if row and row[0]:
        raise DatabaseSetupError(
            f"The role {app.user} in DATABASE_URL may pass by row-level security or owns tables; "
            "give another role there, with neither, since the pages log in with it."
        )


def _logs_in(url: DatabaseUrl) -> bool:
    try:
        connect_beside(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _last(error: psycopg.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].removeprefix("connection failed: ") if lines else type(error).__name__


def from_environment(purpose: Purpose) -> GivenCluster | None:
    """The given server when DATABASE_URL is set."""
    url, owner_url = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if not url:
        if owner_url:
            raise DatabaseSetupError("DATABASE_OWNER_URL is set without DATABASE_URL; set both, or neither.")
        return None
    return GivenCluster(purpose, url, owner_url)
