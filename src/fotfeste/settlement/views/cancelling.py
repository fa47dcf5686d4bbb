"""The page where a centre sees what it has to cancel for a household that has left, and says that it has."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.words import day as in_words
from fotfeste.registry.public import ActOnHousehold
from fotfeste.settlement.actions.cancelling import CANCELLED, register_cancelled
from fotfeste.settlement.forms.cancelling import CancelledForm
from fotfeste.settlement.models import Interview, Journey
from fotfeste.settlement.task_kinds_offers import CANCEL_INTERPRETER, CANCEL_JOURNEY
from fotfeste.worklist.public import open_tasks_about

_LIES_IN = {CANCEL_JOURNEY: Compartment.SETTLEMENT, CANCEL_INTERPRETER: Compartment.INTERVIEW}


class CancelBookingsView(ActOnHousehold):
    """What is booked, and that it is cancelled; also when the case has ended."""

    is_shown_late = False

    permission = "settlement.arrange_journey"
    form_class = CancelledForm

    def compartments_shown(self) -> frozenset[str]:
        """The journey or the interview, as far as there is something to cancel of it."""
        return super().compartments_shown() | {_LIES_IN[kind] for kind in self.kinds}

    @cached_property
    def kinds(self) -> list[str]:
        """What the viewer's centre has still to cancel."""
        own = open_tasks_about(self.group_id).filter(
            organisation_id=self.viewer.organisation_id, kind__in=list(CANCELLED)
        )
        return sorted(own.values_list("kind", flat=True))

    def too_late(self) -> Sequence[str]:
        """There must be something to cancel."""
        return () if self.kinds else (_("Det er ikke noe å avbestille for husstanden nå."),)

    def form_arguments(self) -> dict[str, Any]:
        """What to cancel, with the day that it is booked for."""
        return {"booked": [(kind, self._booked(kind)) for kind in self.kinds]}

    def _booked(self, kind: str) -> str:
        if kind == CANCEL_JOURNEY:
            return self._journey()
        interview = Interview.objects.filter(subject_id=self.group_id).order_by("-pk").first()
        if interview is None or interview.planned_at is None:
            return _("Tolken til bosettingssamtalen")
        day = in_words(legal_day(interview.planned_at))
        return _("Tolken til bosettingssamtalen %(day)s") % {"day": day}

    def _journey(self) -> str:
        journey = Journey.objects.filter(subject_id=self.group_id).order_by("-pk").first()
        if journey is None:
            return _("Reisen")
        known = {"day": in_words(journey.travels_on), "reference": journey.booking_reference}
        if journey.booking_reference:
            return _("Reisen %(day)s, bestilling %(reference)s") % known
        return _("Reisen %(day)s") % known

    def context(self) -> dict[str, Any]:
        """Words of the page."""
        return super().context() | {
            "title": _("Avbestill for %(name)s") % {"name": self.name_within},
            "intro": _("Gi beskjed til tolketjenesten eller reisebyrået først. Har bare noen reist, gjelder det dem."),
            "submit_label": _("Jeg har avbestilt"),
        }

    def do(self, form: CancelledForm) -> tuple[str, str]:
        """Say so."""
        typed = form.cleaned_data
        register_cancelled(self.group_id, typed["kinds"], by=self.viewer, at=self.at, version=typed["version"])
        return self.back_url, _("Registrert som avbestilt.")
