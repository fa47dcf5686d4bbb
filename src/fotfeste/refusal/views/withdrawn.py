"""UDI and IMDi see that nobody holds the home any more for those who refuse, why, and what it means for them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.words import day as in_words
from fotfeste.refusal.actions.withdrawn import SEES, see_withdrawn
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import SureForm
from fotfeste.refusal.tasks import SEE_WITHDRAWN
from fotfeste.refusal.views.acting import RefusalActView
from fotfeste.worklist.public import open_tasks_about


class SeeWithdrawnView(RefusalActView):
    """Since when and why; each says that it has seen it."""

    permission = SEES
    kinds = (Happening.WITHDRAWN,)
    form_class = SureForm

    def too_late(self) -> Sequence[str]:
        """There must be something for them to see."""
        if self.found is None or not self.found.is_open:
            return (sentence_for(Refused("no_open_refusal")),)
        own = open_tasks_about(self.group_id).filter(organisation_id=self.viewer.organisation_id, kind=SEE_WITHDRAWN)
        return () if own.exists() else (sentence_for(Refused("withdrawn_is_seen")),)

    def context(self) -> dict[str, Any]:
        """When, why, and what follows for those who refuse still."""
        event = next(each for each in self.shown.events if each.kind == Happening.WITHDRAWN)
        said = _("Tilbudet om %(municipality)s ble trukket %(day)s.")
        words = {"municipality": self.shown.refusal.organisation.name, "day": in_words(event.holds_on)}
        return super().context() | {
            "title": _("Tilbudet er trukket: %(name)s") % {"name": self.name_within},
            "submit_label": _("Jeg har sett det"),
            "intro": " ".join([said % words, event.text]).strip(),
            "consequences": [
                _("Den som sier ja etter dette, venter på en annen kommune."),
                _("Mottaket får i oppgave å fortelle det til voksne som har fått brev om at plassen holdes av."),
                self._for_the_viewer(),
            ],
        }

    def _for_the_viewer(self) -> str:
        if self.viewer.organisation_kind == OrganisationKind.IMDI:
            return _("IMDi finner en ny kommune når noen sier ja.")
        return _("Saken går videre, hvis UDI ikke stiller den i bero.")

    def do(self, form: SureForm) -> tuple[str, str]:
        """Say so."""
        see_withdrawn(self.group_id, **self.said(form))
        return self.page_url, _("Registrert: Dere har sett at tilbudet er trukket.")
