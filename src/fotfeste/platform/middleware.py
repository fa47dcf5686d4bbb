"""The request number, in the log and in the answer."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fotfeste.platform.logs import new_request_number, set_request_number

logger = logging.getLogger("fotfeste.request")


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
