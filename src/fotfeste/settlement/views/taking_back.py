"""The pages where IMDi takes back what it passed on to the municipality, or a no of a household, by mistake."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.registry.public import MistakeForm
from fotfeste.settlement.actions.notes import take_back_passed_on
from fotfeste.settlement.actions.taken_back.refusal import annul_refusal
from fotfeste.settlement.forms.taking_back import TakeBackForm
from fotfeste.settlement.models import SettlementNote
from fotfeste.settlement.queries.interview_page import notes_of
from fotfeste.settlement.rows import week_text
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import municipality_named


class TakeBackPassedOnView(CaseActView):
    """Which text, and why."""

    permission = "settlement.find_municipality"
    form_class = TakeBackForm

    @cached_property
    def notes(self) -> list[SettlementNote]:
        """What is passed on and stands, the latest first."""
        return [note for note in notes_of(self.case.pk) if note.is_passed_on] if self.story.case else []

    def is_untimely(self) -> bool:
        """There must be something to take back; also when the case has ended."""
        return not self.notes

    def form_arguments(self) -> dict[str, Any]:
        """The texts to choose among."""
        return {"notes": self.notes}

    def initial(self) -> dict[str, Any]:
        """The only one, where there is one."""
        return super().initial() | ({"note": str(self.notes[0].pk)} if len(self.notes) == 1 else {})

    def context(self) -> dict[str, Any]:
        """What will happen."""
        return super().context() | {
            "title": _("Trekk tilbake en opplysning til kommunen"),
            "submit_label": _("Trekk tilbake"),
            "is_severe": True,
            "consequences": [
                _("Kommunen ser ikke teksten lenger, og ingen kommune som spørres senere, ser den."),
                _("Det står i historikken at en opplysning er trukket tilbake, ikke hva som sto i den."),
                _("Kommunen kan ha lest den allerede. Ring dem hvis den gjaldt noen andre."),
            ],
        }

    def do(self, form: TakeBackForm) -> tuple[str, str]:
        """Take it back."""
        typed = form.cleaned_data
        take_back_passed_on(
            self.group_id,
            int(typed["note"]),
            reason=typed["reason"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        return self.back_url, _("Opplysningen er trukket tilbake. Kommunen ser den ikke lenger.")


class AnnulRefusalView(CaseActView):
    """What was wrong with the no."""

    permission = "settlement.find_municipality"
    states = ("refused",)
    form_class = MistakeForm

    def context(self) -> dict[str, Any]:
        """What follows."""
        offer = self.story.offer
        words = {
            "name": municipality_named(offer.organisation.name) if offer else _("kommunen"),
            "week": week_text(offer.week) if offer else "",
        }
        return super().context() | {
            "title": _("Ta tilbake neiet fra %(name)s") % {"name": self.name_within},
            "intro": _("Bare når husstanden ikke har takket nei, eller svaret er registrert feil."),
            "submit_label": _("Ta neiet tilbake"),
            "is_severe": True,
            "consequences": [
                _("Tilbudet om %(name)s, %(week)s, venter på svar igjen. Det er fortsatt det ene tilbudet.") % words,
                _("Mottaket får oppgaven å registrere svaret på nytt."),
                _("Oppgaven deres med å følge opp neiet blir borte. Er noe allerede gjort, må dere gi beskjed om det."),
                _("%(name)s ser husstanden som før. Ring dem hvis de har fått vite om neiet.") % words,
                _("Har husstanden reist, og kommunen har sett det, kan ikke neiet tas tilbake."),
            ],
        }

    def do(self, form: MistakeForm) -> tuple[str, str]:
        """Take it back."""
        annul_refusal(self.group_id, **self.reasoned(form))
        return self.back_url, _("Neiet er tatt tilbake. Mottaket har fått oppgaven med å registrere svaret.")
