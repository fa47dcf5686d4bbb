"""The request number, in the log and in the answer."""

import logging
import time
from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from fotfeste.platform.logs import new_request_number, set_request_number

logger = logging.getLogger("fotfeste.request")


def no_null_characters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an address with the character zero, and take it out of what is sent by a form.

    PostgreSQL has no such text, and every look-up would fail on it. Nobody types it; who pastes it does not see it.
    """

    def checked(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or any("\0" in value for _, values in request.GET.lists() for value in values):
            raise SuspiciousOperation
        if request.method == "POST" and any("\0" in value for _, values in request.POST.lists() for value in values):
            sent = request.POST.copy()
            for name, values in list(sent.lists()):
                sent.setlist(name, [value.replace("\0", "") for value in values])
            request.POST = sent  # type: ignore[assignment]
        return get_response(request)

    return checked


def request_number(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give every request a number; log its end with status and milliseconds. Paths carry references, no names."""

    def numbered(request: HttpRequest) -> HttpResponse:
        number = new_request_number()
        set_request_number(number)
        started = time.perf_counter()
        response = get_response(request)
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        response.headers["X-Request-Number"] = number
        logger.info(
            "%s %s",
            request.method,
            request.path,
            extra={"fields": {"status": response.status_code, "milliseconds": milliseconds}},
        )
        set_request_number("")
        return response

    return numbered
