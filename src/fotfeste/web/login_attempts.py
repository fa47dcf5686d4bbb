"""How often a password may be tried: counted in PostgreSQL, for all processes together.

A name from one address may be tried five times in a quarter of an hour: enough for a slip, too few for guessing. From
all addresses together a name may be tried thirty times an hour, so that guessing is not shared out; nobody at their own
desk is held up before that. One address, which may be a whole office, has a hundred in a quarter of an hour.

An attempt is written before the password is looked at, so that attempts at the same time are counted too. One that is
held up is not counted: waiting always helps. What is said is the same whether there is such a user or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from fotfeste.web.models import LoginAttempt

LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many attempts within a time, of those that have the same digest in these fields."""

    fields: tuple[str, ...]
    attempts: int
    within: timedelta


LIMITS = (
    Limit(("name_digest", "address_digest"), 5, timedelta(minutes=15)),
    Limit(("name_digest",), 30, timedelta(hours=1)),
    Limit(("address_digest",), 100, timedelta(minutes=15)),
)


def try_once(username: str, address: str, at: datetime) -> datetime | None:
    """Count an attempt; gives when one may try again, if that is not now."""
    LoginAttempt.objects.filter(at__lt=at - LONGEST).delete()
    attempt = LoginAttempt.objects.create(
        name_digest=_digest("name", username), address_digest=_digest("address", address), at=at
    )
    again_at = max(_held_up(attempt, at), default=None)
    if again_at is not None:
        attempt.delete()
    return again_at


def forget_attempts(username: str, address: str) -> None:
    """Somebody knew their password: what they mistyped before does not count any more."""
    _mine(username, address).delete()


def _held_up(attempt: LoginAttempt, at: datetime) -> Iterator[datetime]:
    """The instants from which the limits that are passed let one try again."""
    for limit in LIMITS:
        same = Q(**{field: getattr(attempt, field) for field in limit.fields})
        counted = LoginAttempt.objects.filter(same, at__gt=at - limit.within).exclude(pk=attempt.pk)
        latest = list(counted.order_by("-at", "-pk").values_list("at", flat=True)[: limit.attempts])
        if len(latest) == limit.attempts:
            yield latest[-1] + limit.within


def _mine(username: str, address: str) -> QuerySet[LoginAttempt]:
    return LoginAttempt.objects.filter(
        name_digest=_digest("name", username), address_digest=_digest("address", address)
    )


def _digest(of: str, text: str) -> str:
    """The same for the same text while the installation's key is; nothing can be read from it."""
    return salted_hmac(f"fotfeste.login.{of}", text.strip().casefold(), algorithm="sha256").hexdigest()
