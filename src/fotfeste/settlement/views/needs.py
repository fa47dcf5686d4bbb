"""The page where IMDi changes what the municipality must have, after the interview."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.settlement.actions.needs import add_need, end_need
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.forms.needs import ADD, NeedForm
from fotfeste.settlement.queries.interview_page import notes_of
from fotfeste.settlement.queries.needs import needs_of_case
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.views.case import CaseActView


class ChangeNeedsView(CaseActView):
    """Which need has come or gone, and why; the notes stand beside."""

    permission = "settlement.find_municipality"
    form_class = NeedForm
    template_name = "settlement/interview/needs.html"

    def is_untimely(self) -> bool:
        """From the interview until the case ends."""
        return self.story.case is None or self.case.state in {CASE.initial, *CASE.final}

    @cached_property
    def present(self) -> list[Capability]:
        """What they need today."""
        return sorted(needs_of_case(self.case, self.day).capabilities)

    def form_arguments(self) -> dict[str, Any]:
        """What can come and what can end."""
        return {"present": self.present}

    def context(self) -> dict[str, Any]:
        """What stands, the notes, and what will happen."""
        return super().context() | {
            "title": _("Endre hva kommunen må ha"),
            "needs": [capability_name(each) for each in self.present],
            "notes": list(notes_of(self.case.pk)),
            "consequences": [
                _("Når dere finner kommune, teller behovet fra nå av."),
                _("En kommune som er spurt og ikke har svart, må bekrefte det i svaret sitt."),
                _("En kommune som allerede har svart ja, blir spurt om den kan dekke det, med frist."),
            ],
        }

    def do(self, form: NeedForm) -> tuple[str, str]:
        """Add it or end it."""
        typed = form.cleaned_data
        kind, code = typed["need"].split("-")
        capability = Capability(code)
        change = add_need if kind == ADD else end_need
        change(
            self.group_id,
            capability,
            reason=typed["reason"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        what = {"what": capability_name(capability)}
        done = _("Kommunen må nå også ha %(what)s.") if kind == ADD else _("Kommunen må ikke lenger ha %(what)s.")
        return self.back_url, done % what
