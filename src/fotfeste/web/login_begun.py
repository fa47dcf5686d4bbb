"""Who may be logged in at all, and the beginning of their session: the same whichever way they came."""

import logging
from datetime import date

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest

from fotfeste.access.public import DEMO_USERS, viewer_for
from fotfeste.directory.public import User
from fotfeste.web.sessions import end_old_sessions

WAY = "way"
logger = logging.getLogger("fotfeste.login")


class LoginRefused(Exception):
    """Somebody is not let in. `code`: one of those in `login_refused`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_may_log_in(user: User | None, day: date) -> User:
    """The user, if they may log in on the day.

    Raises LoginRefused: `unknown` for nobody, one who is no longer active, and the demo's users outside the demo;
    `no_role` for one whose roles do not reach to the day.
    """
    if user is None or not user.is_active:
        raise LoginRefused("unknown")
    if user.username.startswith(DEMO_USERS) and not settings.IS_DEMO:
        raise LoginRefused("unknown")
    if not viewer_for(user, day).roles:
        raise LoginRefused("no_role")
    return user


def begin_session(request: HttpRequest, user: User, way: str) -> None:
    """Log a user in under a new session key. `way`: how they came, for the log, which has their key and no name."""
    if request.user.is_authenticated:
        logout(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[WAY] = way
    end_old_sessions()
    logger.info("logged in", extra={"fields": {"user": user.pk, "way": way}})


def way_of(request: HttpRequest) -> str:
    """How somebody who is logged in came: a provider's name, `password`, `demo`; empty where nobody is."""
    return str(request.session.get(WAY, ""))
