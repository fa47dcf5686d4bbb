"""IMDi asks the municipality to hold the offer, tells UDI, gives longer; the municipality withdraws."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.actions.holding import HOLDS, ask_to_hold, extend_imdi_deadline, tell_udi, withdraw_home
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import DeadlineForm, ExtendForm, SureForm, WhyForm
from fotfeste.refusal.views.acting import RefusalActView


class AskToHoldView(RefusalActView):
    """IMDi asks the municipality, and sets the last day to move."""

    permission = HOLDS
    kinds = (Happening.HOLD_ASKED,)
    form_class = DeadlineForm

    def initial(self) -> dict[str, Any]:
        """The deadline that is set already."""
        return super().initial() | {"deadline_on": self.shown.refusal.imdi_deadline_on if self.found else None}

    def context(self) -> dict[str, Any]:
        """What follows."""
        name = self.shown.refusal.organisation.name
        return super().context() | {
            "consequences": [
                _("%(name)s får oppgaven å holde tilbudet, eller trekke det med en grunn.") % {"name": name},
                *self._letters(),
                _("Husstanden kan si ja helt til de har flyttet, også om kommunen trekker tilbudet."),
                _("Varsel om utkastelse kan tidligst sendes dagen etter fristen, og etter at de 14 dagene er ute."),
            ],
        }

    def _letters(self) -> list[str]:
        """Not where they have one already."""
        if self.shown.refusal.imdi_deadline_on is not None:
            return []
        return [
            _("Hver voksen får brev fra IMDi med fristen, på et språk hen leser."),
            _("Mottaket gir dem brevet. Mottaket og UDI kan lese det."),
        ]

    def do(self, form: DeadlineForm) -> tuple[str, str]:
        """Ask."""
        ask_to_hold(self.group_id, deadline_on=form.cleaned_data["deadline_on"], **self.said(form))
        return self.page_url, _("Kommunen er bedt om å holde tilbudet. Meld også til UDI at de ikke flytter.")


class TellUdiView(RefusalActView):
    """IMDi tells UDI that they do not move."""

    permission = HOLDS
    kinds = (Happening.IMDI_MESSAGE,)
    form_class = SureForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        deadline = self.shown.plan.imdi_deadline
        told = [_("UDI får oppgaven å sende første brev til de voksne.")]
        if deadline and deadline.runs_out_on:
            told.append(_("Fristen for å flytte er %(day)s.") % {"day": in_words(deadline.runs_out_on)})
        return super().context() | {"consequences": told}

    def do(self, form: SureForm) -> tuple[str, str]:
        """Tell."""
        tell_udi(self.group_id, **self.said(form))
        return self.page_url, _("UDI har fått melding, og kan sende første brev.")


class ExtendImdiDeadlineView(RefusalActView):
    """IMDi gives them longer to move."""

    permission = HOLDS
    kinds = (Happening.IMDI_DEADLINE_EXTENDED,)
    form_class = ExtendForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        deadline = self.shown.plan.imdi_deadline
        until = in_words(deadline.runs_out_on) if deadline else ""
        said = _("Fristen er nå %(day)s. Det som ble satt først, blir stående ved siden av.")
        if self.shown.course.new_deadline_first(self.shown.day):
            said = _("Fristen gikk ut %(day)s. UDI kan ikke sende første brev før en ny frist er satt.")
        return super().context() | {
            "consequences": [
                said % {"day": until},
                _("Kommunen ser den nye dagen. Varsel om utkastelse må vente til dagen etter den."),
                _("Mottaket får oppgaven å fortelle dem som har fått brev om fristen."),
            ],
        }

    def do(self, form: ExtendForm) -> tuple[str, str]:
        """Extend."""
        typed = form.cleaned_data
        extend_imdi_deadline(self.group_id, until_on=typed["until_on"], text=typed["text"], **self.said(form))
        return self.page_url, _("Fristen er forlenget.")


class WithdrawHomeView(RefusalActView):
    """The municipality holds the offer no longer."""

    permission = "refusal.withdraw_home"
    kinds = (Happening.WITHDRAWN,)
    form_class = WhyForm

    def too_late(self) -> Sequence[str]:
        """There must be something that they were asked to hold."""
        if self.found is not None and not self.found.course.first(Happening.HOLD_ASKED):
            return (sentence_for(Refused("refusal_hold_asked")),)
        return super().too_late()

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "is_severe": True,
            "consequences": [
                _("IMDi, UDI og mottaket ser at dere har trukket tilbudet, og hvorfor."),
                _("Den i husstanden som sier ja etter dette, venter på en annen kommune."),
                _("Dere mister innsynet i husstanden med en gang."),
            ],
        }

    def do(self, form: WhyForm) -> tuple[str, str]:
        """Withdraw; nothing of the household is seen afterwards."""
        withdraw_home(self.group_id, text=form.cleaned_data["text"], **self.said(form))
        return reverse("my_municipality"), _("Dere har trukket tilbudet. IMDi, UDI og mottaket ser det.")
