"""What weighs, in words and numbers: the policy in force with its history, and the policy as a plan keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.states import PLAN_PERMISSION, POLICY_PERMISSION
from fotfeste.allocation.models import PolicyVersion
from fotfeste.allocation.queries.fairness import curve_of
from fotfeste.allocation.queries.plans import policy_of
from fotfeste.allocation.queries.policies import Changed, changes_of, policy_for, versions_of
from fotfeste.allocation.views.plans import computed_plan, paged, title_of
from fotfeste.allocation.words_policy import STATUSES, difference_sentence, heaviest, how_sure, shown
from fotfeste.allocation.words_weighing import curve_in_words, shown_points
from fotfeste.platform import words
from fotfeste.platform.views import StaffView

_WEIGHT = "weight_"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as the history shows it."""

    version: PolicyVersion
    differences: Sequence[str]
    status: str
    is_coming: bool


class PolicyView(StaffView):
    """The policy in force today, what was changed in it, by whom and why."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def get(self, request: HttpRequest) -> HttpResponse:
        """What weighs first, then the history, the latest change first."""
        versions = versions_of(self.viewer.organisation_id)
        page = paged(list(reversed(changes_of(versions))), request.GET.get("page"))
        context = of_policy(policy_for(self.viewer.organisation_id, self.day)) | {
            "page": page,
            "changes": [self._shown(each) for each in page],
            "may_change": self.viewer.may(POLICY_PERMISSION),
        }
        return render(request, "allocation/policy_now.html", context)

    def _shown(self, changed: Changed) -> ShownChange:
        version = changed.version
        return ShownChange(
            version=version,
            differences=[difference_sentence(each) for each in changed.differences],
            status=words.capital(STATUSES[version.status]),
            is_coming=version.effective_from > self.day,
        )


class PlanPolicyView(StaffView):
    """The values that a plan was weighed by; they are not today's where somebody has changed them since."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The weights first, then how far each thing counts."""
        plan = computed_plan(self.viewer, reference)
        curve = curve_of(plan)
        context = of_policy(policy_of(plan)) | {
            "plan": plan,
            "title": title_of(plan),
            "points": shown_points(curve),
            "curve_says": curve_in_words(curve) if curve else "",
        }
        return render(request, "allocation/policy.html", context)


def of_policy(policy: Policy) -> dict[str, Any]:
    """What the tables of a policy show: weights, then measures; a third column where some are not as the others."""
    values = shown(policy)
    weights = [each for each in values if each.name.startswith(_WEIGHT)]
    measures = [each for each in values if not each.name.startswith(_WEIGHT)]
    return {
        "heaviest": heaviest(policy),
        "how_sure": how_sure(policy),
        "weights": weights,
        "weights_noted": any(each.note for each in weights),
        "measures": measures,
        "measures_noted": any(each.note for each in measures),
    }
