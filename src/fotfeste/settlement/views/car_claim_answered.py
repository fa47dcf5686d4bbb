"""UDI's pages of a claim for an own car: it is decided, and refunded."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.directory.public import Organisation
from fotfeste.settlement.actions.car_claim import (
    decide_car_claim,
    refund_car_claim,
)
from fotfeste.settlement.forms.request import YES
from fotfeste.settlement.forms.travel import (
    DecideCarClaimForm,
    RefundCarClaimForm,
)
from fotfeste.settlement.rows_car import nobody_is_left
from fotfeste.settlement.views.car_claim import ClaimView, quoted


class DecideCarClaimView(ClaimView):
    """UDI approves or denies."""

    permission = "settlement.approve_travel"
    form_class = DecideCarClaimForm
    template_name = "settlement/journey/claim.html"
    state = "sent"

    def context(self) -> dict[str, Any]:
        """How much, and what it rests on."""
        return super().context() | {
            "title": _("Krav for egen bil: %(name)s") % {"name": self.name_within},
            "submit_label": _("Lagre avgjørelsen"),
            "intro": " ".join([*self.more_in_car(), self._intro() % self.about()]),
            "quoted": quoted(self.claims[0]),
            "consequences": self._consequences(),
        }

    def _intro(self) -> str:
        if self.is_return:
            return _(
                "Husstanden har betalt %(sum)s tilbake til %(centre)s. "
                "Av det UDI har dekket, skal UDI ha igjen %(share)s."
            )
        if self.claims[0].asked_ore is not None:
            return _("%(centre)s har betalt %(sum)s for reisen i egen bil, og krever %(share)s på nytt.")
        if len(self.travel.claims) == 1:
            return _("%(centre)s har betalt %(sum)s: prisen på billett med kollektivtransport for alle i bilen.")
        return _("%(centre)s har betalt %(sum)s mer for reisen i egen bil.")

    def _consequences(self) -> list[str]:
        if self.is_return:
            return [
                _("Godkjenner UDI, skal mottaket betale summen til UDI én gang."),
                _("Avslår UDI, beholder mottaket pengene. Begrunnelsen vises for mottaket."),
            ]
        return [_("Godkjenner UDI, skal summen refunderes mottaket én gang."), *self._if_denied()]

    def _if_denied(self) -> list[str]:
        """Who is asked then; what can be done where nobody is left."""
        whose, centre = self.who.whose(self.claims[0]), self.about()["centre"]
        if whose == self.claims[0].organisation_id:
            return [
                _("Avslår UDI, dekker mottaket det selv, eller sender kravet på nytt. Begrunnelsen vises for mottaket.")
            ]
        if whose is None:
            return [_("%(centre)s ser ikke husstanden lenger.") % {"centre": centre}, *nobody_is_left()]
        return [
            _("%(centre)s ser ikke husstanden lenger. Avslår UDI, får %(other)s oppgaven og ser begrunnelsen.")
            % {"centre": centre, "other": Organisation.objects.get(pk=whose).name}
        ]

    def do(self, form: DecideCarClaimForm) -> tuple[str, str]:
        """Decide."""
        typed = form.cleaned_data
        approves, is_return = typed["answer"] == YES, self.is_return
        is_left = is_return or any(self.who.whose(claim) is not None for claim in self.claims[:1])
        decide_car_claim(
            self.group_id,
            approves=approves,
            text=typed["text"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
            claim_id=self.claim_id,
        )
        if not approves:
            return self.back_url, " ".join([_("Kravet er avslått."), *([] if is_left else nobody_is_left())])
        if is_return:
            return self.back_url, _("Registrer tilbakebetalingen når mottaket har betalt den.")
        return self.back_url, _("Kravet er godkjent. Registrer refusjonen når den er betalt.")


class RefundCarClaimView(ClaimView):
    """UDI has refunded the centre."""

    permission = "settlement.approve_travel"
    form_class = RefundCarClaimForm
    state = "approved"

    def initial(self) -> dict[str, Any]:
        """Today."""
        return super().initial() | {"refunded_on": self.day}

    def context(self) -> dict[str, Any]:
        """How much."""
        title, label, intro, done = (
            _("Refusjon for egen bil: %(name)s"),
            _("Registrer refusjon"),
            _("UDI skal refundere %(centre)s %(share)s."),
            _("Kravet er da ferdig. Det kan ikke refunderes en gang til."),
        )
        if self.is_return:
            title, label = _("Tilbakebetaling for egen bil: %(name)s"), _("Registrer tilbakebetaling til UDI")
            intro = _("%(centre)s skal betale UDI %(share)s.")
            done = _("Kravet er da ferdig. Det kan ikke betales en gang til.")
        return super().context() | {
            "title": title % {"name": self.name_within},
            "submit_label": label,
            "intro": " ".join([*self.more_in_car(), intro % self.about()]),
            "consequences": [done],
        }

    def do(self, form: RefundCarClaimForm) -> tuple[str, str]:
        """Refund."""
        typed, is_return = form.cleaned_data, self.is_return
        refund_car_claim(
            self.group_id,
            refunded_on=typed["refunded_on"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
            claim_id=self.claim_id,
        )
        return self.back_url, _("Tilbakebetalingen er registrert.") if is_return else _("Refusjonen er registrert.")
