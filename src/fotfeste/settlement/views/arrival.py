"""The pages of the arrival: the municipality says whether they came, and IMDi follows up that they did not."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform import words
from fotfeste.settlement.actions.arrival import confirm_arrival, follow_no_show, report_no_show
from fotfeste.settlement.forms.journey import ArrivalForm
from fotfeste.settlement.forms.request import YES, ConfirmForm
from fotfeste.settlement.task_kinds_offers import FOLLOW_NO_SHOW
from fotfeste.settlement.views.case import CaseActView
from fotfeste.settlement.words_offers import municipality_named
from fotfeste.worklist.public import open_tasks_about


class ConfirmArrivalView(CaseActView):
    """The municipality confirms that the household has come, or tells that it did not."""

    permission = "settlement.answer_request"
    states = ("settled",)
    form_class = ArrivalForm

    def initial(self) -> dict[str, Any]:
        """Yes, today."""
        return super().initial() | {"has_come": YES, "arrived_on": self.day}

    def is_untimely(self) -> bool:
        """Until they have come. Of those who settle by agreement it is registered that they have moved in."""
        journey = self.story.journey
        is_theirs = journey is None or journey.request_id is not None or journey.arrived_on is not None
        return super().is_untimely() or is_theirs

    def context(self) -> dict[str, Any]:
        """Words of the page, and what was told before."""
        missed_on = self.story.journey.missed_on if self.story.journey else None
        told = _("Kommunen meldte %(day)s at de ikke kom. Bekreft her hvis de er kommet siden.")
        return super().context() | {
            "title": _("Bekreft at %(name)s er kommet") % {"name": self.name_within},
            "submit_label": _("Lagre"),
            "intro": told % {"day": words.day(missed_on)} if missed_on else "",
            "consequences_title": _("Kom de ikke?"),
            "consequences": [
                _("IMDi får en oppgave om å følge det opp i dag. Mottaket ser det dere skriver."),
                _("Husstanden står fortsatt som bosatt hos dere. Kommer de senere, bekrefter dere det her."),
            ],
        }

    def do(self, form: ArrivalForm) -> tuple[str, str]:
        """Confirm, or tell."""
        typed = form.cleaned_data
        if typed["has_come"] != YES:
            report_no_show(self.group_id, text=typed["text"], by=self.viewer, at=self.at, version=typed["version"])
            return self.back_url, _("Registrert: husstanden kom ikke. IMDi har fått en oppgave om å følge det opp.")
        confirm_arrival(
            self.group_id, arrived_on=typed["arrived_on"], by=self.viewer, at=self.at, version=typed["version"]
        )
        return self.back_url, _("Registrert: husstanden er kommet %(day)s.") % {"day": words.day(typed["arrived_on"])}


class FollowNoShowView(CaseActView):
    """IMDi reads what the municipality wrote, finds out where they are, and says that it is followed up."""

    permission = "settlement.find_municipality"
    form_class = ConfirmForm

    def is_untimely(self) -> bool:
        """There must be something to follow up."""
        return not any(task.kind == FOLLOW_NO_SHOW for task in open_tasks_about(self.group_id))

    def context(self) -> dict[str, Any]:
        """What was told, and what can be done."""
        journey, offer = self.story.journey, self.story.offer
        told = {
            "name": municipality_named(offer.organisation.name) if offer else _("kommunen"),
            "day": words.day(journey.missed_on) if journey and journey.missed_on else "",
            "text": journey.missed_text if journey else "",
        }
        return super().context() | {
            "title": _("Følg opp at %(name)s ikke kom") % {"name": self.name_within},
            "intro": _("%(name)s meldte %(day)s at husstanden ikke kom. Kommunen skriver: %(text)s") % told,
            "submit_label": _("Det er fulgt opp"),
            "consequences_title": _("Husk"),
            "consequences": [
                _("Finn ut sammen med kommunen og mottaket hvor de er."),
                _("Reiste de aldri, kan mottaket ta avreisen tilbake. Da er de ikke bosatt lenger."),
                _("Kommer de senere, bekrefter kommunen det. Husstanden står som bosatt til da."),
            ],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Say so."""
        follow_no_show(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Registrert: IMDi har fulgt opp at husstanden ikke kom.")
