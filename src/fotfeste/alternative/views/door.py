"""What every page without a login shares: when it is asked for, how often, and kind words where there is nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from math import ceil
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from fotfeste.alternative.domain.door_rules import Attempt
from fotfeste.alternative.doors.attempts import is_held_up, try_once
from fotfeste.alternative.texts import Beside, beside
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.asked_from import address_of
from fotfeste.platform.words import instant


@method_decorator(csrf_exempt, name="dispatch")
class DoorView(View):
    """A page for somebody without a login.

    It needs no cookie, so that it works on a telephone that takes none: what a form changes is named by the secret in
    its address, which no other site knows, and not by who the browser is logged in as.
    """

    http_method_names = ["get", "head", "post"]
    is_door: ClassVar[bool] = True
    attempt: ClassVar[Attempt] = Attempt.LINK  # what a secret that is nobody's counts as

    at: datetime
    day: date

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read the day; answer kindly where there is nothing behind the address, and count that it was tried."""
        self.at, self.day = request.at, request.day  # type: ignore[attr-defined]
        self.address = address_of(request)
        if "secret" in kwargs and (when := is_held_up(Attempt.LINK, self.address, self.at)):
            return self.held_up(when)
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]
        except NotFound:
            return self._nothing_there()
        except Refused as refused:
            if refused.code != "tried_too_often":
                raise
            return self.held_up(_again_at(refused))

    def _nothing_there(self) -> HttpResponse:
        try:
            try_once(Attempt.LINK, self.address, self.at)
        except Refused as refused:
            return self.held_up(_again_at(refused))
        sentences = [
            _("Lenken kan være skrevet feil, eller den er for gammel."),
            _("Se om hele lenken er med. Spør den du fikk den av, om en ny."),
            _("Ingenting er galt med søknaden eller med retten til å bo der dere bor."),
        ]
        return self.told(404, _("Vi finner ikke siden"), sentences)

    def held_up(self, again_at: datetime) -> HttpResponse:
        """Too often: the same words whatever was tried."""
        sentences = [
            _("Det er prøvd mange ganger herfra. Du kan prøve igjen %(when)s.") % {"when": instant(again_at)},
            _("Det du skrev, er ikke borte."),
        ]
        response = self.told(429, _("Vent litt"), sentences)
        response.headers["Retry-After"] = str(max(0, ceil((again_at - self.at).total_seconds())))
        return response

    def told(self, status: int, title: str, sentences: list[str]) -> HttpResponse:
        """A page that only says something."""
        return self.page("alternative/door/told.html", {"title": title, "sentences": sentences}, status=status)

    def page(self, template: str, context: Mapping[str, Any], *, status: int = 200, texts: str = "") -> HttpResponse:
        """A page in the frame of those without a login. `texts`: the page whose key sentences stand beside it."""
        shown: tuple[Beside, ...] = beside(texts) if texts else ()
        response = render(self.request, template, {"beside": shown} | dict(context), status=status)
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def _again_at(refused: Refused) -> datetime:
    when = refused.params["again_at"]
    assert isinstance(when, datetime)
    return when
