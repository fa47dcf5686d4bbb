"""The two login roles, the database between them, and its locale."""

from contextlib import suppress

import psycopg
from psycopg import errors, sql

from fotfeste.platform.postgres.errors import DatabaseSetupError, LocaleMissingError
from fotfeste.platform.postgres.grants import grant_app
from fotfeste.platform.postgres.urls import EMPTY_SUFFIX, MAINTENANCE_DATABASES, DatabaseUrl

OLDEST_SERVER = 15
BUILTIN_LOCALES_SINCE = 17
CONNECT_SECONDS = 10
# What fails is logged by us, without the rows and statements that an error quotes; the server's log would keep them.
SILENT_ON_ERRORS = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def connect(url: DatabaseUrl, *, seconds: int = CONNECT_SECONDS) -> psycopg.Connection:
    """A connection outside transactions, as `CREATE DATABASE` needs; in UTF-8 whatever the database is in."""
    return psycopg.connect(url.conninfo(), autocommit=True, connect_timeout=seconds, client_encoding="UTF8")


def connect_beside(url: DatabaseUrl) -> psycopg.Connection:
    """A connection to the same server outside the url's own database, which may be missing or replaced."""
    for name in MAINTENANCE_DATABASES[:-1]:
        try:
            return connect(url.in_database(name))
        except psycopg.OperationalError:
            continue
    return connect(url.in_database(MAINTENANCE_DATABASES[-1]))


def supported_major(server_version: int) -> int:
    """15, 18 ... from the server's own number (180004); refuses what is older than we are tested with."""
    major = server_version // 10000
    if major < OLDEST_SERVER:
        raise DatabaseSetupError(
            f"The given server is PostgreSQL {major}; Fotfeste needs {OLDEST_SERVER} or later: "
            "upgrade it, or leave DATABASE_URL out to use the embedded server."
        )
    return major


def create_roles(connection: psycopg.Connection, owner: DatabaseUrl, app: DatabaseUrl) -> None:
    """Make both login roles, or give them back their rights and passwords when they are there."""
    rights = (
        (owner, sql.SQL("LOGIN CREATEDB BYPASSRLS NOSUPERUSER")),
        (app, sql.SQL("LOGIN NOCREATEDB NOCREATEROLE NOBYPASSRLS NOSUPERUSER")),
    )
    for url, words in rights:
        # It may have been made before, or be made at this moment by another command.
        with suppress(errors.DuplicateObject, errors.UniqueViolation):
            connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(url.user)))
        connection.execute(
            sql.SQL("ALTER ROLE {} WITH {} PASSWORD {}").format(
                sql.Identifier(url.user), words, sql.Literal(url.password)
            )
        )
        with suppress(errors.InsufficientPrivilege):  # only a superuser may: README says what to set otherwise
            for name, value in SILENT_ON_ERRORS.items():
                connection.execute(
                    sql.SQL("ALTER ROLE {} SET {} = {}").format(
                        sql.Identifier(url.user), sql.Identifier(name), sql.Literal(value)
                    )
                )


def has_database(connection: psycopg.Connection, name: str) -> bool:
    """Whether the server has a database of this name."""
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def create_database(connection: psycopg.Connection, name: str) -> None:
    """Make an empty UTF-8 database from template0, owned by the connection's role.

    Letters beyond ASCII need a character type other than plain C (`lower('Å')`), which servers name
    differently; the order of rows stays C everywhere, Norwegian order is by keys computed in Python.
    """
    ways: list[sql.Composable] = [
        sql.SQL("LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE {}").format(sql.Literal(locale))
        for locale in ("C.UTF-8", "C.utf8", "en_US.UTF-8")
    ]
    if supported_major(connection.info.server_version) >= BUILTIN_LOCALES_SINCE:
        ways.append(sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"))
    for way in ways:
        command = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' {}")
        try:
            connection.execute(command.format(sql.Identifier(name), way))
        except (errors.WrongObjectType, errors.InvalidParameterValue):
            continue  # the server's machine lacks this locale
        except (errors.DuplicateDatabase, errors.UniqueViolation):
            return  # another command was quicker
        else:
            return
    raise LocaleMissingError("The server has no locale C.UTF-8; install it there (on Debian the package locales-all).")


def ensure_database(owner: DatabaseUrl, app: str, *, with_empty: bool) -> None:
    """Make the database, ready for migrations, and for tests the empty one that theirs are copied from."""
    with connect_beside(owner) as connection:
        if not has_database(connection, owner.name):
            create_database(connection, owner.name)
            _grant_in(owner, app)
        if with_empty:
            _ensure_empty(connection, owner, app)


def _ensure_empty(connection: psycopg.Connection, owner: DatabaseUrl, app: str) -> None:
    empty = owner.name + EMPTY_SUFFIX
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s AND NOT datallowconn", [empty]).fetchone():
        return
    # Closed for connections once it is ready: a copy needs that nobody is in it, and nobody changes it.
    if not has_database(connection, empty):
        create_database(connection, empty)
    _grant_in(owner.in_database(empty), app)
    connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(empty)))


def _grant_in(owner: DatabaseUrl, app: str) -> None:
    with connect(owner) as connection, connection.cursor() as cursor:
        grant_app(cursor, app)
