"""The page where a municipality sees that others come than it was asked for, that they have not moved in, or both."""

from typing import Any

from django.utils.translation import gettext as _

from fotfeste.settlement.actions.told import MOVE_ANNULLED, MOVE_ANNULLED_AND_CHANGED, see_change
from fotfeste.settlement.forms.request import ConfirmForm
from fotfeste.settlement.rows import more_or_fewer
from fotfeste.settlement.task_kinds_offers import SEE_CHANGE
from fotfeste.settlement.views.case import CaseActView
from fotfeste.worklist.public import open_tasks_about


class HouseholdChangedView(CaseActView):
    """Who they are now, and how many the municipality was asked for. Not why anybody comes no more."""

    permission = "settlement.answer_request"
    form_class = ConfirmForm
    template_name = "settlement/request/changed.html"

    def is_untimely(self) -> bool:
        """There must be something to see."""
        return self.story.case is None or self._cause() is None

    def context(self) -> dict[str, Any]:
        """Who they are now, and what stands."""
        living = self.story.living_request
        shown: dict[str, Any] = {
            "submit_label": _("Jeg har sett det"),
            "members": self.members,
            "size": self.case.size,
            "words": more_or_fewer(living.request.size, self.case.size) if living else "",
            "consequences_title": _("Husk"),
        }
        told = {MOVE_ANNULLED: self._of_mistake, MOVE_ANNULLED_AND_CHANGED: self._of_both}
        return super().context() | shown | told.get(self._cause() or "", self._of_change)()

    def _cause(self) -> str | None:
        whose = self.viewer.organisation_id
        open_now = (each for each in open_tasks_about(self.group_id) if each.organisation_id == whose)
        return next((each.cause for each in open_now if each.kind == SEE_CHANGE), None)

    def _of_change(self) -> dict[str, Any]:
        return {
            "title": _("Husstanden er endret: %(name)s") % {"name": self.name},
            "intro": _("Den som ikke står på listen, kommer ikke. Den som er ny på listen, kommer med de andre."),
            "consequences": [
                _("Det dere har svart, står. Har dere ikke svart, svarer dere for dem som kommer nå."),
                _("Passer det ikke lenger for kommunen, si fra til IMDi så snart som mulig."),
            ],
        }

    def _of_mistake(self) -> dict[str, Any]:
        return {
            "title": _("De har ikke flyttet inn: %(name)s") % {"name": self.name},
            "intro": _("At de flyttet inn, var registrert ved en feil. De er ikke bosatt ennå."),
            "consequences": [
                _("Boligen og leiekontrakten som dere godkjente, er fortsatt godkjent."),
                _("IMDi blir enig med dere på nytt før de flytter inn."),
            ],
        }

    def _of_both(self) -> dict[str, Any]:
        mistake, change = self._of_mistake(), self._of_change()
        return {
            "title": _("De har ikke flyttet inn, og husstanden er endret: %(name)s") % {"name": self.name},
            "intro": f"{mistake['intro']} {change['intro']}",
            # Neither what the home was approved for nor what they have answered is of those who come now.
            "consequences": [mistake["consequences"][-1], change["consequences"][-1]],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Say that it is seen."""
        see_change(self.group_id, by=self.viewer, at=self.at, version=form.cleaned_data["version"])
        return self.back_url, _("Registrert: dere har sett hvem som kommer nå.")
