"""A link of one's own: how the application stands, or who asks what of one, and the answer. No login, used once."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from fotfeste.alternative.actions.confirming import confirm, withdraw_by_link
from fotfeste.alternative.domain.types import Party, PartyAnswer, WithdrawalCause
from fotfeste.alternative.doors.opened import Opened, opened_by
from fotfeste.alternative.forms.door_links import ConfirmForm, WithdrawForm
from fotfeste.alternative.links import door
from fotfeste.alternative.views.door import DoorView
from fotfeste.alternative.words_doors import STANDS
from fotfeste.directory.public import User
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer

logger = logging.getLogger("fotfeste.doors")


class LinkView(DoorView):
    """What a secret link opens: the least there is to show, and a form where an answer is asked for."""

    @cached_property
    def opened(self) -> Opened:
        """What the link opens. Raises NotFound."""
        return opened_by(self.kwargs["secret"], self.at)

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """How it stands, who asks what of one, or that one has answered."""
        opened = self.opened
        logger.info("link opened", extra={"fields": {"application": opened.reference, "party": opened.party}})
        if told := self._over():
            return told
        if opened.party is Party.MUNICIPALITY and self._municipality() is None:
            return self._log_in()
        return self._ask(self._form())

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Answer, once."""
        opened = self.opened
        if told := self._over():
            return told
        by = self._municipality() if opened.party is Party.MUNICIPALITY else door()
        if by is None:
            return self._log_in()
        form = self._form(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        typed = form.cleaned_data
        try:
            with scope(by, self.day):
                confirm(
                    secret,
                    answer=PartyAnswer(typed["answer"]),
                    signer_name=typed["signer_name"],
                    reason=typed["reason"],
                    by=by,
                    at=self.at,
                )
        except NotFound:
            raise
        except Refused as refused:
            form.refuse(refused)
            return self._ask(form, status=422)
        logger.info("link answered", extra={"fields": {"application": opened.reference, "party": opened.party}})
        return redirect("door_link", secret=secret)

    def _municipality(self) -> Viewer | None:
        """Who is logged in, where they answer for the municipality that is asked: a link alone is nobody's word."""
        if not isinstance(self.request.user, User):
            return None
        viewer: Viewer = self.request.viewer  # type: ignore[attr-defined]
        is_theirs = viewer.organisation_id == self.opened.municipality_id and viewer.may("alternative.answer")
        return viewer if is_theirs else None

    def _form(self, sent: Any = None) -> ConfirmForm:
        yes, no = answers_of(self.opened)
        return ConfirmForm(sent, yes=yes, no=no)

    def _ask(self, form: ConfirmForm, status: int = 200) -> HttpResponse:
        opened = self.opened
        context = {"opened": opened, "form": form, "title": title_of(opened)}
        texts = {Party.APPLICANT: "applicant", Party.HOST: "host"}.get(opened.party, "")
        return self.page(f"alternative/door/ask_{opened.party}.html", context, status=status, texts=texts)

    def _follow(self) -> HttpResponse:
        opened = self.opened
        context = {
            "opened": opened,
            "title": _("Slik står søknaden"),
            "stands": STANDS[opened.state],
            "withdraw_url": reverse("door_withdraw", args=[self.kwargs["secret"]]) if opened.is_living else "",
        }
        return self.page("alternative/door/follow.html", context, texts="follow")

    def _over(self) -> HttpResponse | None:
        """The page that says that this link is not asked anything of any more, and why; None where it is."""
        opened = self.opened
        if opened.party is Party.APPLICANT and (opened.answered_at or not opened.waits):
            return self._follow()
        if opened.answered_at:
            return self.page("alternative/door/answered.html", {"opened": opened, "title": _("Takk, du har svart")})
        if opened.is_expired:
            sentences = [
                _("Lenken virket til og med %(day)s.") % {"day": opened.last_day_in_words},
                _("Spør den du fikk den av, eller UDI, kommunen eller mottaket, om en ny. Ingenting annet er endret."),
            ]
            return self.told(410, _("Lenken er for gammel"), sentences)
        if not opened.waits:
            return self.told(410, _("Det trengs ikke svar lenger"), [str(STANDS[opened.state])])
        return None

    def _log_in(self) -> HttpResponse:
        """The municipality's answer is given by somebody who is logged in there."""
        context = {
            "title": _("Svar for %(name)s") % {"name": self.opened.municipality},
            "opened": self.opened,
            "login_url": f"{reverse('login')}?{urlencode({'next': self.request.path})}",
            "is_logged_in": self.request.user.is_authenticated,
        }
        return self.page("alternative/door/log_in.html", context)


class WithdrawView(DoorView):
    """Whoever has the applicants' own link takes the application back, with why."""

    @cached_property
    def opened(self) -> Opened:
        """What the link opens. Raises NotFound for another party's link."""
        opened = opened_by(self.kwargs["secret"], self.at)
        if opened.party is not Party.APPLICANT:
            raise NotFound
        return opened

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """What it means, and why; one that is over leads to how it stands."""
        return self._ask(WithdrawForm()) if self.opened.is_living else redirect("door_link", secret=secret)

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """Take it back."""
        if not self.opened.is_living:
            return redirect("door_link", secret=secret)
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self._ask(form, status=422)
        with scope(door(), self.day):
            withdraw_by_link(secret, WithdrawalCause(form.cleaned_data["cause"]), by=door(), at=self.at)
        logger.info("application withdrawn by link", extra={"fields": {"application": self.opened.reference}})
        return redirect("door_link", secret=secret)

    def _ask(self, form: WithdrawForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "title": _("Trekk søknaden"),
            "opened": self.opened,
            "back_url": reverse("door_link", args=[self.kwargs["secret"]]),
        }
        return self.page("alternative/door/withdraw.html", context, status=status)


def title_of(opened: Opened) -> str:
    """What is asked of whoever has the link."""
    match opened.party:
        case Party.APPLICANT:
            return _("Stemmer denne søknaden?")
        case Party.HOST:
            return _("Kan %(name)s bo hos deg?") % {"name": opened.first_name}
        case _:
            return _("Kan %(name)s bo i %(municipality)s?") % {
                "name": opened.first_name,
                "municipality": opened.municipality,
            }


def answers_of(opened: Opened) -> tuple[str, str]:
    """What yes and no say, each in words."""
    match opened.party:
        case Party.APPLICANT:
            return _("Ja, det stemmer, og jeg vil søke"), _("Nei, det stemmer ikke, eller jeg vil ikke søke")
        case Party.HOST:
            return _("Ja, de kan bo her"), _("Nei, de kan ikke bo her")
        case _:
            return _("Ja, kommunen sier ja til dem"), _("Nei, kommunen sier nei")
