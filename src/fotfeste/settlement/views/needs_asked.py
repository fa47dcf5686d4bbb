"""The page where a municipality that has said yes answers whether it can meet a need that has arisen since."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.settlement.actions.asked_needs import answer_needs
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.forms.needs_asked import NeedAnswersForm
from fotfeste.settlement.queries.story import AskedNeed
from fotfeste.settlement.views.case import CaseActView


class AnswerNeedsView(CaseActView):
    """What they have come to need, by when to answer, and what follows."""

    permission = "settlement.answer_request"
    states = ("municipality_found", "offered", "accepted", "journey_agreed")
    form_class = NeedAnswersForm

    @property
    def waiting(self) -> list[AskedNeed]:
        """What this municipality has not answered."""
        own = self.viewer.organisation_id
        return [each for each in self.story.open_needs if each.question.organisation_id == own]

    def is_untimely(self) -> bool:
        """There must be something to answer."""
        return super().is_untimely() or not self.waiting

    def form_arguments(self) -> dict[str, Any]:
        """What is asked."""
        return {"asked": [Capability(each.question.capability) for each in self.waiting]}

    def context(self) -> dict[str, Any]:
        """By when, and what will happen."""
        due = {"day": in_words(min((each.deadline.due_on for each in self.waiting), default=self.day))}
        return super().context() | {
            "title": _("Svar om nytt behov: %(name)s") % {"name": self.name},
            "intro": _("Husstanden trenger mer enn da dere svarte ja. Frist for svar er %(day)s.") % due,
            "submit_label": _("Send svaret"),
            "consequences": [
                _("Kan dere dekke behovet, går saken videre som avtalt."),
                _("Kan dere ikke det, avgjør IMDi hva som skal skje videre. IMDi kan trekke tilbudet tilbake."),
            ],
        }

    def do(self, form: NeedAnswersForm) -> tuple[str, str]:
        """Send it."""
        typed, answers = form.cleaned_data, form.answers()
        answer_needs(self.group_id, answers, text=typed["text"], by=self.viewer, at=self.at, version=typed["version"])
        if all(answers.values()):
            return self.back_url, _("Svaret er sendt. IMDi ser at dere kan dekke behovet.")
        return self.back_url, _("Svaret er sendt. IMDi avgjør hva som følger.")
