"""What is done about a plan: it is asked for, and stopped while it is computed."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.allocation.actions.plans import plan_week, stop_plan
from fotfeste.allocation.domain.states import PLAN, PLAN_PERMISSION
from fotfeste.allocation.forms import ConfirmForm
from fotfeste.allocation.models import Plan
from fotfeste.allocation.queries.plans import computing_plan, plan_of
from fotfeste.allocation.views.plans import title_of
from fotfeste.platform.views import ActView


class PlanWeekView(ActView):
    """Ask for a plan. It is computed by a job: nobody waits before the page."""

    permission = PLAN_PERMISSION
    form_class = ConfirmForm
    is_shown_late = False

    def too_late(self) -> Sequence[str]:
        """Somebody has asked for one already."""
        if (plan := computing_plan(self.viewer)) is None:
            return ()
        return [
            _("En plan beregnes nå. %(name)s ba om den. Vent til den er ferdig, eller avbryt den.")
            % {"name": plan.ordered_by.name}
        ]

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Lag en fordelingsplan"),
            "intro": _(
                "Planen foreslår kommune for alle som venter i køen nå, og sier hvorfor. "
                "Du bestemmer hvem som blir spurt."
            ),
            "submit_label": _("Lag planen"),
            "back_url": reverse("plans"),
            "back_label": _("Fordelingsplaner"),
            "consequences": [
                _("Alle husstander i køen som du har innsyn i, er med. Har du ikke innsyn i noen, er de ikke med."),
                _("Planen bygger på samtalene, kommunenes vedtak og meldinger, og prioriteringen slik de er nå."),
                _("Det som er festet, utelukket eller stengt, følger med."),
                _("Ingen kommune blir spurt, og ingen får tilbud, før du sender."),
                _("Den nye planen erstatter den som gjelder nå."),
            ],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Ask for it."""
        plan = plan_week(by=self.viewer, at=self.at)
        return reverse("plan", args=[plan.reference]), _(
            "Planen beregnes nå. Du kan gå fra siden; den blir ferdig likevel."
        )


class StopPlanView(ActView):
    """Stop computing a plan."""

    permission = PLAN_PERMISSION
    form_class = ConfirmForm
    is_shown_late = False

    @cached_property
    def plan(self) -> Plan:
        """The plan in the address. Raises NotFound."""
        return plan_of(self.viewer, str(self.kwargs["reference"]))

    def too_late(self) -> Sequence[str]:
        """It is computed, or stopped, already."""
        return () if self.plan.state == PLAN.initial else [_("Planen beregnes ikke lenger.")]

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Avbryt beregningen"),
            "intro": title_of(self.plan),
            "submit_label": _("Avbryt beregningen"),
            "is_severe": True,
            "back_url": reverse("plan", args=[self.plan.reference]),
            "back_label": _("Planen"),
            "consequences": [_("Ingenting av planen blir lagret."), _("En ny plan kan lages med en gang.")],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Stop."""
        stop_plan(self.plan.reference, by=self.viewer, at=self.at)
        return reverse("plans"), _("Beregningen er avbrutt. Ingenting av planen er lagret.")
