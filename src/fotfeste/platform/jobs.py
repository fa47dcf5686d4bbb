"""Jobs: effects outside the act, enqueued in its transaction. Procrastinate stands behind this module."""

import logging
from collections.abc import Callable
from functools import wraps

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from fotfeste.platform.logs import current_request_number, set_request_number

logger = logging.getLogger("fotfeste.job")
# Tried again after 3, 9, 27 seconds and so on, for almost an hour: what broke needs time to be mended.
PATIENCE = RetryStrategy(max_attempts=7, exponential_wait=3)


class Job[**P]:
    """A job that can be enqueued; it carries the number of the request that asked for it."""

    def __init__(self, function: Callable[P, None]) -> None:
        """Register the function with the job queue under its full name."""
        self._name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def numbered(request_number: str, /, *args: P.args, **kwargs: P.kwargs) -> None:
            set_request_number(request_number)
            try:
                function(*args, **kwargs)
                logger.info("job done", extra={"fields": {"job": self._name}})
            except Exception:
                logger.exception("job failed", extra={"fields": {"job": self._name}})
                raise
            finally:
                set_request_number("")

        def run(*, request_number: str, **kwargs: object) -> None:
            numbered(request_number, **kwargs)  # type: ignore[arg-type,call-arg]

        self.run = function
        self._task = app.task(name=self._name, retry=PATIENCE)(run)

    def enqueue(self, **kwargs: object) -> None:
        """Enqueue in the present transaction: it is run only if the act is committed."""
        self._task.defer(request_number=current_request_number(), **kwargs)


def job[**P](function: Callable[P, None]) -> Job[P]:
    """Make a function a job; it takes ids as keyword arguments and calls an action."""
    return Job(function)
