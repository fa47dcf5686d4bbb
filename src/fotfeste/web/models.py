"""Storage of the shell: sessions, and attempts to log in with a password."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class StaffSession(AbstractBaseSession):
    """A session, and whose it is: so that all of somebody's can be ended. Nobody's while they log in."""

    user_id = models.BigIntegerField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        """The engine that reads and writes these rows."""
        from fotfeste.web.sessions import SessionStore

        return SessionStore


class LoginAttempt(models.Model):
    """Somebody tried a password. Name and address are kept as keyed digests: what was typed may be a password."""

    name_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "at"], name="attempt_by_name"),
            models.Index(fields=["address_digest", "at"], name="attempt_by_address"),
            models.Index(fields=["at"], name="attempt_by_instant"),
        ]
