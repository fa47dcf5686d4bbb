"""The centre's pages of a claim for an own car: UDI is asked, and asked once more after its no."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.settlement.actions.car_claim import (
    accept_car_denial,
    resend_car_claim,
    send_car_claim,
)
from fotfeste.settlement.actions.travel_case import to_resend, to_send
from fotfeste.settlement.forms.request import YES
from fotfeste.settlement.forms.travel import (
    ResendCarClaimForm,
    SendCarClaimForm,
)
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.queries.travel import Travel
from fotfeste.settlement.views.car_claim import ClaimView, quoted


class SendCarClaimView(ClaimView):
    """The centre asks UDI for what it has paid."""

    form_class = SendCarClaimForm
    state = "paid_out"

    def takes(self, travel: Travel) -> list[CarClaim]:
        """Those that the viewer's centre paid, or is to send for one that they have left."""
        return to_send(travel, self.viewer, self.who)

    @property
    def claims(self) -> list[CarClaim]:
        """All of the case: they are sent together."""
        return self.takes(self.travel) if super().claims else []

    def context(self) -> dict[str, Any]:
        """How much."""
        return super().context() | {
            "title": _("Send krav for egen bil til UDI"),
            "submit_label": _("Send kravet"),
            "intro": " ".join([*self.more_in_car(), *self._sums()]),
            "consequences": list(self._consequences()),
        }

    def _sums(self) -> Iterator[str]:
        amounts = [claim.amount_ore for claim in self.claims]
        paid, returned = sum(each for each in amounts if each > 0), -sum(each for each in amounts if each < 0)
        if paid:
            yield _("Det er betalt %(sum)s til %(name)s.") % {"sum": kroner(paid), "name": self.name_within}
        if returned:
            yield _("%(name)s har betalt tilbake %(sum)s.") % {"sum": kroner(returned), "name": self.name_within}

    def _consequences(self) -> Iterator[str]:
        shares = [self.travel.share_ore(claim) for claim in self.claims]
        own = sum(share - claim.amount_ore for claim, share in zip(self.claims, shares, strict=True))
        if own:
            yield _("%(sum)s av det som er betalt tilbake, beholder mottaket: UDI har ikke dekket det.") % {
                "sum": kroner(own)
            }
        if any(shares):
            yield _("UDI får en oppgave om å avgjøre kravet.")

    def do(self, form: SendCarClaimForm) -> tuple[str, str]:
        """Send."""
        version, claim_id = form.cleaned_data["version"], self.claim_id
        sent = send_car_claim(self.group_id, by=self.viewer, at=self.at, version=version, claim_id=claim_id)
        if all(claim.state == "kept" for claim in sent):
            return self.back_url, _("Oppgjøret er ferdig. Mottaket beholder det som er betalt tilbake.")
        return self.back_url, _("Kravet er sendt. UDI har neste trekk.")


class ResendCarClaimView(ClaimView):
    """The centre sends what UDI denied once more, or covers it itself."""

    form_class = ResendCarClaimForm
    template_name = "settlement/journey/claim.html"
    state = "denied"

    def takes(self, travel: Travel) -> list[CarClaim]:
        """Those that may be sent once more, the oldest first."""
        return to_resend(travel, self.viewer, self.who)

    def context(self) -> dict[str, Any]:
        """How much, and why UDI said no."""
        claim = self.claims[0]
        words = {
            "sum": kroner(claim.amount_ore),
            "day": in_words(claim.decided_on),
            "asked": kroner(self.travel.to_ask_again_ore(claim)),
        }
        said = [_("UDI avslo %(day)s kravet på %(sum)s.") % words]
        if self.travel.to_ask_again_ore(claim) < claim.amount_ore:
            said.append(_("Resten er betalt tilbake, eller dekket av UDI: dere kan kreve %(asked)s.") % words)
        return super().context() | {
            "title": _("Avslag på krav for egen bil: %(name)s") % {"name": self.name_within},
            "submit_label": _("Lagre"),
            "intro": " ".join(said),
            "quoted": [*quoted(claim), (_("UDI avslo %(day)s") % words, claim.decision_text)],
            "consequences": [
                _("Sender dere på nytt, får UDI en ny oppgave. Avslaget blir stående i historikken."),
                _("Kravet kan bare refunderes én gang, og aldri med mer enn husstanden har fått."),
                _("Dekker dere det selv, kan kravet likevel sendes på nytt senere."),
            ],
        }

    def do(self, form: ResendCarClaimForm) -> tuple[str, str]:
        """Send it, or see it."""
        typed, act = form.cleaned_data, {"by": self.viewer, "at": self.at, "version": form.cleaned_data["version"]}
        act["claim_id"] = self.claim_id
        if typed["answer"] == YES:
            resend_car_claim(self.group_id, text=typed["text"], **act)
            return self.back_url, _("Kravet er sendt på nytt. UDI har neste trekk.")
        accept_car_denial(self.group_id, **act)
        return self.back_url, _("Registrert. Mottaket dekker det selv.")
