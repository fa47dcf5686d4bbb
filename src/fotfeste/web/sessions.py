"""Sessions in PostgreSQL that end when nothing has been done for a while: the session engine.

The end is a column of the session's row. It is moved at most once a minute and by one statement of its own, so that
pages cost no query more; a session therefore ends between 29 and 30 minutes after its last request.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.contrib.sessions.models import Session

from fotfeste.platform.clock import now

MOVED_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseSession):
    """Django's sessions in the database, which know when they end."""

    ends_at: datetime | None = None

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
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
        if Session.objects.filter(pk=self.session_key, expire_date__gt=at).update(expire_date=until):
            self.ends_at = until


def end_old_sessions() -> None:
    """Delete the rows of sessions that have ended."""
    Session.objects.filter(expire_date__lte=now()).delete()
