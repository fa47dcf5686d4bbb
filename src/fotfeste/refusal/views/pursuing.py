"""What UDI does besides its letters: tells whom it must, the eviction day, longer time, suspension, closing."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.refusal.actions.pursuing import (
    close_refusal,
    extend_fortnight,
    resume_refusal,
    set_eviction_day,
    suspend_refusal,
    tell_of_minors,
)
from fotfeste.refusal.actions.sending import PURSUES
from fotfeste.refusal.domain.gates import TOLD_OF_MINORS
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import CloseForm, EvictionDayForm, ExtendFortnightForm, MinorsForm, WhyForm
from fotfeste.refusal.rows import deadline_in_words
from fotfeste.refusal.views.acting import ForResidentsView, RefusalActView
from fotfeste.refusal.words_pages import ACTS


class MinorsToldView(ForResidentsView):
    """Guardian, child welfare, a place: before anybody is warned of eviction."""

    permission = PURSUES
    kinds = TOLD_OF_MINORS
    form_class = MinorsForm

    def form_arguments(self) -> dict[str, Any]:
        """What can be done now."""
        now = {act.act for act in self.found.plan.now} if self.found else set()
        kinds = [(str(kind), str(ACTS[kind])) for kind in self.kinds if kind in now]
        return super().form_arguments() | {"kinds": kinds}

    def initial(self) -> dict[str, Any]:
        """All of them."""
        return super().initial() | (self.all_chosen() if self.found else {})

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "title": _("Varsle om barn i saken til %(name)s") % {"name": self.name_within},
            "submit_label": _("Registrer"),
            "consequences": [
                _("Vergen eller barnevernet får et brev om grunnen, og om plassen barnet får tilbud om."),
                _("Barnet kastes ikke ut. Varsel om utkastelse til de voksne venter til alt dette er gjort."),
            ],
        }

    def do(self, form: MinorsForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        kind = Happening(typed["kind"])
        tell_of_minors(self.group_id, kind, self.chosen(form), text=typed["text"], **self.said(form))
        if kind is Happening.MINORS_PLACE_OFFERED:
            return self.page_url, _("Registrert.")
        return self.page_url, _("Registrert. Brevet står under «Brev»: skriv det ut og send det.")


class EvictionDayView(RefusalActView):
    """The day that the enforcement officer has set."""

    permission = PURSUES
    kinds = (Happening.EVICTION_DAY_SET,)
    form_class = EvictionDayForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "consequences": [
                _("Mottaket får oppgaven å møte for UDI den dagen."),
                _("De kan si ja helt til de har flyttet."),
                _("Kommer det en ny dag, registreres den her. Den siste gjelder."),
            ],
        }

    def do(self, form: EvictionDayForm) -> tuple[str, str]:
        """Register it."""
        typed = form.cleaned_data
        set_eviction_day(self.group_id, day=typed["day"], text=typed["text"], **self.said(form))
        return self.page_url, _("Dagen er registrert. Mottaket har fått beskjed.")


class ExtendFortnightView(ForResidentsView):
    """UDI gives longer than the 14 days."""

    permission = PURSUES
    kinds = (Happening.FORTNIGHT_EXTENDED,)
    form_class = ExtendFortnightForm

    def context(self) -> dict[str, Any]:
        """What runs now, and what follows."""
        now = [
            f"{self.names[name]}: {deadline_in_words(each)}"
            for name, each in self.shown.plan.fortnights
            if name in self.due and name in self.names
        ]
        return super().context() | {
            "consequences": [
                *now,
                _("Pengene stopper tidligst dagen etter den nye fristen."),
                _("Varselet om utkastelse venter også. Det som ble satt først, blir stående ved siden av."),
            ],
        }

    def do(self, form: ExtendFortnightForm) -> tuple[str, str]:
        """Extend."""
        typed = form.cleaned_data
        whom = self.chosen(form)
        extend_fortnight(self.group_id, whom, until_on=typed["until_on"], text=typed["text"], **self.said(form))
        return self.page_url, _("Fristen er forlenget.")


class SuspendView(RefusalActView):
    """The clocks stand still."""

    permission = PURSUES
    kinds = (Happening.SUSPENDED,)
    form_class = WhyForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "consequences": [
                _("Fristene står stille til saken tas opp igjen. Ingen brev sendes."),
                _("Har pengene stoppet for noen, er de fortsatt stoppet."),
                _("De kan fortsatt si ja."),
            ],
        }

    def do(self, form: WhyForm) -> tuple[str, str]:
        """Suspend."""
        suspend_refusal(self.group_id, text=form.cleaned_data["text"], **self.said(form))
        return self.page_url, _("Saken er stilt i bero.")


class ResumeView(RefusalActView):
    """The clocks run again."""

    permission = PURSUES
    kinds = (Happening.RESUMED,)
    form_class = WhyForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "consequences": [
                _("Fristene løper igjen fra i dag. Dagene saken sto stille, regnes ikke med."),
                _("Oppgavene får nye dager."),
            ],
        }

    def do(self, form: WhyForm) -> tuple[str, str]:
        """Resume."""
        resume_refusal(self.group_id, text=form.cleaned_data["text"], **self.said(form))
        return self.page_url, _("Saken er tatt opp igjen.")


class CloseView(RefusalActView):
    """UDI closes the case by hand."""

    permission = PURSUES
    kinds = (Happening.CLOSED,)
    form_class = CloseForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        return super().context() | {
            "is_severe": True,
            "consequences": [
                _("Ingenting mer kan registreres i saken."),
                _("Oppgavene i den lukkes. Siden blir stående som den er."),
            ],
        }

    def do(self, form: CloseForm) -> tuple[str, str]:
        """Close."""
        close_refusal(self.group_id, text=form.cleaned_data["text"], **self.said(form))
        return self.page_url, _("Saken er avsluttet.")
