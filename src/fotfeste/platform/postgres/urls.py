"""Database addresses: read, written, and turned into Django's settings."""

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from psycopg.conninfo import make_conninfo

from fotfeste.platform.postgres.errors import DatabaseSetupError

MAINTENANCE_DATABASES = ("postgres", "template1")
"""Databases that every server has; ours is never one of them."""

EMPTY_SUFFIX = "_empty"
"""Ending of the empty database that test databases are copied from, so that they get its locale and grants."""


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """One address: `postgresql://user:password@host:port/name?option=value`; a folder as host is a socket."""

    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    name: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> "DatabaseUrl":
        """Read an address. Raises DatabaseSetupError, without the password in the text, when it is none."""
        try:
            parts = urlsplit(text)
            port = str(parts.port or "")
        except ValueError:
            raise DatabaseSetupError(_NOT_AN_ADDRESS) from None
        if parts.scheme not in ("postgres", "postgresql"):
            raise DatabaseSetupError(_NOT_AN_ADDRESS)
        options = dict(parse_qsl(parts.query))
        return cls(
            user=unquote(parts.username or "") or options.pop("user", ""),
            password=unquote(parts.password or "") or options.pop("password", ""),
            host=options.pop("host", "") or unquote(parts.hostname or ""),
            port=options.pop("port", "") or port,
            name=unquote(parts.path.removeprefix("/")) or options.pop("dbname", ""),
            options=tuple(sorted(options.items())),
        )

    def as_user(self, user: str, password: str) -> "DatabaseUrl":
        """The same database, for another login role."""
        return replace(self, user=user, password=password)

    def in_database(self, name: str) -> "DatabaseUrl":
        """The same server and role, another database."""
        return replace(self, name=name)

    def conninfo(self, *, with_password: bool = True) -> str:
        """The address as libpq's keyword string, as psycopg and the server's programs take it."""
        words = {"user": self.user, "host": self.host, "port": self.port, "dbname": self.name}
        if with_password:
            words["password"] = self.password
        return make_conninfo("", **{key: value for key, value in words.items() if value}, **dict(self.options))

    def render(self) -> str:
        """The address as text, readable by `parse`."""
        login = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        options = dict(self.options)
        host = quote(self.host, safe=":") if ":" not in self.host else f"[{self.host}]"
        if self.host.startswith(("/", "@")):
            host, options = "", {"host": self.host, **options}
            if self.port:
                options["port"] = self.port
        elif self.port:
            host = f"{host}:{self.port}"
        query = f"?{urlencode(options)}" if options else ""
        return f"postgresql://{login}@{host}/{quote(self.name, safe='')}{query}"

    def place(self) -> str:
        """Where the server is, in words for a sentence; never the password."""
        return f"{self.host or 'this machine'}{f' port {self.port}' if self.port else ''}"


_NOT_AN_ADDRESS = (
    "The database address must look like postgresql://user:password@host:5432/name; "
    "correct DATABASE_URL (and DATABASE_OWNER_URL)."
)


def url_to_django(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES from an address: ENGINE, NAME, USER, PASSWORD, HOST, PORT, OPTIONS."""
    parsed = DatabaseUrl.parse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parsed.name,
        "USER": parsed.user,
        "PASSWORD": parsed.password,
        "HOST": parsed.host,
        "PORT": parsed.port,
        "OPTIONS": dict(parsed.options),
    }
