"""The page where a finished interview is opened again because an answer is wrong."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.settlement.actions.reopened import reopen_interview
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.forms.interview import ReopenForm
from fotfeste.settlement.queries.interview_page import READING
from fotfeste.settlement.views.case import CaseActView


class ReopenInterviewView(CaseActView):
    """What is wrong, and what happens then: for the centre where they live, and IMDi."""

    form_class = ReopenForm

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Who holds the interview, or reads it."""
        return READING

    def is_untimely(self) -> bool:
        """From the interview until the case ends, and not while somebody is asked in it already."""
        case, interview = self.story.case, self.story.interview
        if case is None or interview is None or case.state in {CASE.initial, *CASE.final}:
            return True
        return interview.is_asked_again

    def too_late(self) -> Sequence[str]:
        """An ended case says so in its own words."""
        if self.story.case is not None and self.case.state in CASE.final:
            return (sentence_for(Refused("interview_of_an_ended_case")),)
        return super().too_late()

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Åpne bosettingssamtalen igjen: %(name)s") % {"name": self.name},
            "intro": _(
                "Når et svar er skrevet på feil person, er misforstått eller ikke stemmer, eller når dagen er feil."
            ),
            "submit_label": _("Åpne samtalen igjen"),
            "consequences": [
                _("Mottaket får oppgaven med å rette svarene og fullføre samtalen på nytt."),
                _("Til det er gjort, gjelder svarene slik de ble sendt. De blir stående som tidligere svar."),
                _("Er en kommune allerede spurt, ser IMDi husstanden på nytt når svarene er rettet."),
            ],
        }

    def do(self, form: ReopenForm) -> tuple[str, str]:
        """Open it; whoever holds it goes on to the answers."""
        typed = form.cleaned_data
        reopen_interview(self.group_id, reason=typed["reason"], by=self.viewer, at=self.at, version=typed["version"])
        if self.viewer.may("settlement.hold_interview"):
            return reverse("interview", args=[self.reference]), _("Samtalen er åpnet igjen. Rett svarene, og fullfør.")
        return self.back_url, _("Samtalen er åpnet igjen. Mottaket har fått oppgaven med å rette den.")
