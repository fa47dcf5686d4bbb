"""What somebody had typed when their session ended, on its way to the provider of logins and back.

It would not fit into an address or a cookie, so it waits in the new session, which belongs to nobody yet. There it lies
sealed, and the key is with the browser alone: whoever reads the database reads nothing, and whoever does not come back
leaves nothing that can be read.
"""

import json

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from fotfeste.platform.typed import unpacked

KEY_COOKIE = "typed_key"
PLACE = "typed"
LONGEST = 500_000  # characters: many times the longest form


def seal(request: HttpRequest, response: HttpResponse, target: str, typed: str) -> None:
    """Keep what was typed for `target` in the session, and give the browser the key."""
    key = Fernet.generate_key()
    request.session[PLACE] = Fernet(key).encrypt(json.dumps([target, typed[:LONGEST]]).encode()).decode()
    response.set_cookie(
        KEY_COOKIE,
        key.decode(),
        max_age=settings.SESSION_COOKIE_AGE,
        path=reverse("login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def unseal(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    """Where the form belongs, and the names and values of what was typed; it is kept no longer.

    Nothing where nothing was kept, or where the key is another's.
    """
    sealed, key = request.session.pop(PLACE, ""), request.COOKIES.get(KEY_COOKIE, "")
    try:
        target, typed = json.loads(Fernet(key).decrypt(sealed))
    except (InvalidToken, ValueError, TypeError):
        return "/", []
    return str(target), unpacked(str(typed))


def forget_key(response: HttpResponse) -> None:
    """Take the key back from the browser."""
    response.delete_cookie(KEY_COOKIE, path=reverse("login"), samesite="Lax")
