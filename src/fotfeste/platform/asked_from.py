"""Where a request comes from, for the limits on how often something may be tried."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: past as many proxies as the installation says stand before it, and no further.

    What is further left in X-Forwarded-For was written by whoever asks.
    """
    told = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    place = settings.PROXIES_BEFORE
    return told[-place] if 0 < place <= len(told) else str(request.META.get("REMOTE_ADDR", ""))
