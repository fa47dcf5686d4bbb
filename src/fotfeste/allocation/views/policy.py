"""What weighed in a plan: the policy as it was kept with it, in words and numbers."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.queries.plans import policy_of
from fotfeste.allocation.views.plans import computed_plan, title_of
from fotfeste.allocation.words_policy import shown
from fotfeste.platform.views import StaffView

_WEIGHT = "weight_"


class PlanPolicyView(StaffView):
    """The values that a plan was weighed by; they are not today's where somebody has changed them since."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The weights first, then how far each thing counts."""
        plan = computed_plan(self.viewer, reference)
        values = shown(policy_of(plan))
        context = {
            "plan": plan,
            "title": title_of(plan),
            "weights": [each for each in values if each.name.startswith(_WEIGHT)],
            "measures": [each for each in values if not each.name.startswith(_WEIGHT)],
        }
        return render(request, "allocation/policy.html", context)
