"""The request number, in the log and in the answer."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.platform.logs import new_request_number, set_request_number

# Nothing here needs the camera, the place or the like; the browser refuses it to whatever finds its way into a page.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb")
)
logger = logging.getLogger("fotfeste.request")


def no_large_bodies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what is larger than any form of ours before a byte of it is read, and whatever does not say how large."""

    def checked(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        is_known = "HTTP_TRANSFER_ENCODING" not in request.META and told.isascii() and told.isdecimal()
        if not is_known or int(told) > settings.LARGEST_BODY:
            return render(request, "413.html", status=413)
        return get_response(request)

    return checked


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


def page_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no browser or proxy keep a page, nor lend it a camera. The built files are answered before this."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response

    return with_headers


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
