"""Addresses of databases."""

from urllib.parse import parse_qsl, unquote, urlsplit


def url_to_django(url: str) -> dict[str, object]:
    """Django's settings of a database from `postgresql://user:password@host:port/name?host=/socket`."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }
