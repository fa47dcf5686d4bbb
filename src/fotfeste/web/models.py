"""Storage of the shell: attempts to log in with a password."""

from django.db import models


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
