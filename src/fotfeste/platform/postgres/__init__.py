"""PostgreSQL, embedded or given. No Django in here."""

from fotfeste.platform.postgres.urls import url_to_django

__all__ = ["url_to_django"]
