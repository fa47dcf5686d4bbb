"""Sessions in PostgreSQL that end when nothing has been done for a while: the session engine.

The end is a column of the session's row. It is moved at most once a minute and by one statement of its own, so that
pages cost no query more; a session therefore ends between 29 and 30 minutes after its last request.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.db.models import CharField, DateTimeField, QuerySet

from fotfeste.platform.clock import now
from fotfeste.platform.prepared import Given, Prepared

MOVED_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseSession):
    """Django's sessions in the database, which know when they end and whose they are."""

    ends_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        """The rows; read when it is asked for, because Django asks for the engine before there are models."""
        from fotfeste.web.models import StaffSession

        return StaffSession

    def create_model_instance(self, data: Mapping[str, Any]) -> Any:
        """The row of a session, with the user's key beside what it holds."""
        row: Any = super().create_model_instance(data)  # type: ignore[arg-type]
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def _get_session_from_db(self) -> Any:
        row = _LASTING.first(key=self.session_key, at=now())
        if row is None:
            self._session_key = None
        self.ends_at = row.expire_date if row else None
        return row

    def seconds_left(self) -> int:
        """How long the session lasts if nothing more is done; 0 where there is none."""
        self._get_session()  # type: ignore[attr-defined]
        return max(0, int((self.ends_at - now()).total_seconds())) if self.ends_at else 0

    def go_on(self) -> None:
        """Let the session last for another while, counted from now. One query a minute, else none."""
        at = now()
        until = at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if self.ends_at is None or until - self.ends_at < MOVED_EVERY:
            return
        mine = self.get_model_class().objects.filter(pk=self.session_key, expire_date__gt=at)
        if mine.update(expire_date=until):
            self.ends_at = until


def _lasting() -> "QuerySet[Any]":
    """The session of a key that has not ended: every request begins with it."""
    key, at = Given("key", CharField()), Given("at", DateTimeField())
    found: QuerySet[Any] = SessionStore.get_model_class().objects.filter(pk=key, expire_date__gt=at)
    return found


_LASTING = Prepared(_lasting)


def end_old_sessions() -> None:
    """Delete the rows of sessions that have ended."""
    SessionStore.get_model_class().objects.filter(expire_date__lte=now()).delete()


def end_sessions_of(user_id: int) -> None:
    """End every session of a user, wherever they are logged in."""
    SessionStore.get_model_class().objects.filter(user_id=user_id).delete()
