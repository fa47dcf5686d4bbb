"""The page where IMDi looks at a household that has changed since its interview, and says what follows."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.registry.public import Member
from fotfeste.settlement.actions.grown import see_household_again
from fotfeste.settlement.corrected import earlier_answers
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import AfterGrowth
from fotfeste.settlement.forms.request import AgainForm
from fotfeste.settlement.queries.composition import not_asked
from fotfeste.settlement.rows import more_or_fewer
from fotfeste.settlement.sentences_offers import capability_name
from fotfeste.settlement.task_kinds_offers import SEE_HOUSEHOLD_AGAIN
from fotfeste.settlement.views.case import CaseActView
from fotfeste.worklist.public import open_tasks_about


class HouseholdAgainView(CaseActView):
    """Who has come, what was corrected, what was asked for or offered, and what is to happen."""

    shows = CaseActView.shows | {Compartment.JOURNAL, Compartment.MAPPING}

    permission = "settlement.find_municipality"
    states = tuple(state for state in CASE.states if state not in (CASE.initial, *CASE.final))
    form_class = AgainForm
    template_name = "settlement/again.html"

    def is_untimely(self) -> bool:
        """There must be something to see."""
        return super().is_untimely() or not any(
            task.kind == SEE_HOUSEHOLD_AGAIN for task in open_tasks_about(self.group_id)
        )

    @cached_property
    def unasked(self) -> list[Member]:
        """Those whom the interview knows nothing of."""
        wanted = set(not_asked(self.case.interview, self.day))
        return [member for member in self.members if member.subject_id in wanted]

    @property
    def out(self) -> list[str]:
        """What was asked for or offered, where it is not who they are now."""
        found = []
        living, offer = self.story.living_request, self.story.offer
        if living and (words := more_or_fewer(living.request.size, self.case.size)):
            found.append(
                _("Forespørselen til %(name)s %(words)s.") % {"name": living.request.organisation.name, "words": words}
            )
        if offer and (words := more_or_fewer(offer.size, self.case.size)):
            found.append(_("Tilbudet om %(name)s %(words)s.") % {"name": offer.organisation.name, "words": words})
        for unmet in self.story.unmet_needs:
            told = _("Kommunen kan ikke tilby %(what)s: %(text)s")
            found.append(
                told % {"what": capability_name(unmet.question.capability), "text": unmet.question.answer_text}
            )
        return found

    def form_arguments(self) -> dict[str, Any]:
        """Whether there is anybody to ask."""
        return {"can_be_supplemented": bool(self.unasked)}

    def context(self) -> dict[str, Any]:
        """Who they are now, and what each choice means."""
        return super().context() | {
            "title": _("Se på nytt: %(name)s") % {"name": self.name},
            "submit_label": _("Lagre"),
            "unasked": self.unasked,
            "size": self.case.size,
            "out": self.out,
            "earlier": earlier_answers(self.case.interview, {each.subject_id: each.name for each in self.members}),
            "consequences": [
                *(
                    [_("Skal samtalen suppleres, får mottaket en oppgave om det. Saken står der den er imens.")]
                    if self.unasked
                    else []
                ),
                _("Forespørsel og tilbud endres ikke av dette. Passer de ikke lenger, ta det opp med kommunen."),
                *(
                    [_("Kan kommunen ikke dekke det de trenger, trekker dere tilbudet tilbake eller løser kommunen.")]
                    if self.story.unmet_needs
                    else []
                ),
            ],
        }

    def do(self, form: AgainForm) -> tuple[str, str]:
        """Say it."""
        typed = form.cleaned_data
        see_household_again(
            self.group_id,
            outcome=typed["outcome"],
            reasoning=typed["reasoning"],
            by=self.viewer,
            at=self.at,
            version=typed["version"],
        )
        if typed["outcome"] == AfterGrowth.SUPPLEMENT:
            return self.back_url, _("Mottaket har fått oppgaven med å supplere samtalen.")
        return self.back_url, _("Registrert: Saken går videre som den er.")
