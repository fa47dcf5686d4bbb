"""How often something is tried without a login: counted in PostgreSQL, for all processes together, as at the login.

What is said is the same for every limit, and whether a DUF number is anybody's or not.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.crypto import salted_hmac

from fotfeste.alternative.domain.door_rules import Attempt, Limit, again_at, limits_of
from fotfeste.alternative.models.doors import DoorAttempt
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused


def try_once(attempt: Attempt, address: str, at: datetime, *, numbers: Iterable[str] = ()) -> None:
    """Count an attempt from an address, and for each DUF number that was typed.

    It is written before anything else is done, so that attempts at the same time are counted too. Raises Refused
    (`tried_too_often`, with `again_at`) where there were too many; then it is not counted, so that waiting helps.
    """
    rows = [DoorAttempt(kind=attempt, address_digest=_digest("address", address), at=at)]
    rows += [DoorAttempt(kind=attempt, number_digest=_digest("number", each), at=at) for each in dict.fromkeys(numbers)]
    written = DoorAttempt.objects.bulk_create(rows)
    held_up = [found for limit in limits_of(attempt, legal_day(at)) if (found := _again_at(limit, written, at))]
    if held_up:
        DoorAttempt.objects.filter(pk__in=[each.pk for each in written]).delete()
        raise Refused("tried_too_often", None, {"again_at": max(held_up)})


def is_held_up(attempt: Attempt, address: str, at: datetime) -> datetime | None:
    """When one may try again from an address, without an attempt; None where that is now."""
    asked = DoorAttempt(kind=attempt, address_digest=_digest("address", address), at=at)
    limits = [limit for limit in limits_of(attempt, legal_day(at)) if limit.counts == "address"]
    return max((found for limit in limits if (found := _again_at(limit, [asked], at))), default=None)


def _again_at(limit: Limit, written: list[DoorAttempt], at: datetime) -> datetime | None:
    """When the limit lets one try again; None where that is now."""
    field = f"{limit.counts}_digest"
    own = [each.pk for each in written if each.pk]
    found = []
    for digest in {getattr(each, field) for each in written} - {""}:
        earlier = DoorAttempt.objects.filter(kind=written[0].kind, at__gt=at - limit.within, **{field: digest})
        found.append(again_at(limit, earlier.exclude(pk__in=own).values_list("at", flat=True), at))
    return max((each for each in found if each), default=None)


def _digest(of: str, text: str) -> str:
    """The same for the same text while the installation's key is; nothing can be read from it."""
    return salted_hmac(f"fotfeste.doors.{of}", text.strip().casefold(), algorithm="sha256").hexdigest()
