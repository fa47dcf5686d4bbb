"""What the parties of an application say to staff, and new links for those who have lost theirs."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.alternative.actions.confirming import confirm_for, renew_link
from fotfeste.alternative.domain.types import ConfirmationWay, Party, PartyAnswer
from fotfeste.alternative.forms.applications import PartyForm, SureForm
from fotfeste.alternative.models import Confirmation
from fotfeste.alternative.views.application_acts import ApplicationAct
from fotfeste.alternative.views.applications import ANSWERS, APPLIES
from fotfeste.alternative.words_applications import PARTIES
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.sentences import sentence_for


class OfParty(ApplicationAct):
    """An act on what one party says."""

    permission = APPLIES
    states = ("waiting_for_parties",)
    needs_people = False

    @cached_property
    def party(self) -> Confirmation:
        """The party in the address. NotFound for one that has no word here."""
        found = next((each for each in self.parties if each.party == self.kwargs["party"]), None)
        if found is None:
            raise NotFound
        return found

    @property
    def who(self) -> str:
        """The party in words."""
        return str(PARTIES[Party(self.party.party)]).lower()

    def too_late(self) -> Sequence[str]:
        """Also where the party has answered."""
        answered = (sentence_for(Refused("link_answered")),) if self.party.answer else ()
        return answered or super().too_late()


class PartyAnswerView(OfParty):
    """What a party said to staff is written down; the municipality answers as itself."""

    form_class = PartyForm

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Those who apply on behalf; the municipality's own answer is asked for below."""
        return (APPLIES, ANSWERS)

    @property
    def is_own(self) -> bool:
        """Whether it is the municipality's own answer."""
        return self.party.party == Party.MUNICIPALITY

    def form_arguments(self) -> dict[str, Any]:
        """Whether somebody answers for themselves."""
        return {"is_own": self.is_own}

    def context(self) -> dict[str, Any]:
        """What is asked."""
        title = _("Bekreft for kommunen") if self.is_own else _("Skriv ned svaret fra %(who)s") % {"who": self.who}
        return super().context() | {
            "title": title,
            "submit_label": _("Lagre svaret"),
            "consequences": [_("Svaret lagres med hvem, hvordan og når. Når alle har svart, går søknaden til UDI.")],
        }

    def do(self, form: PartyForm) -> tuple[str, str]:
        """Write it down."""
        typed = form.cleaned_data
        confirm_for(
            self.application.pk,
            Party(self.party.party),
            answer=PartyAnswer(typed["answer"]),
            way=ConfirmationWay(typed.get("way") or ConfirmationWay.LOGIN),
            signer_name=typed.get("signer_name", ""),
            reason=typed["reason"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.page_url, _("Svaret er lagret.")


class RenewLinkView(OfParty):
    """A party gets a new link; it is shown once, to be handed over."""

    form_class = SureForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Ny lenke til %(who)s") % {"who": self.who},
            "submit_label": _("Lag ny lenke"),
            "consequences": [
                _("Den gamle lenken slutter å virke."),
                _("Den nye vises én gang. Gi den til den det gjelder, på papir eller opplest. Vi sender den ikke."),
            ],
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make it and show it: it is not kept, and cannot be shown again."""
        form = self._sent()
        if reasons := self.too_late():
            return self._kept(reasons)
        if not form.is_valid():
            return self._mistyped(form)
        secret = renew_link(self.application.pk, Party(self.party.party), by=self.viewer, at=self.at)
        url = request.build_absolute_uri(reverse("door_link", args=[secret]))
        context = self.context() | {"url": url, "who": self.who}
        return render(request, "alternative/applications/link.html", context)
