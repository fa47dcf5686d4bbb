"""The policy is changed: first what it changes is shown, then it is saved."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.allocation.actions.policy import Wished, change_policy, proposed_change
from fotfeste.allocation.domain.policy import Difference, Policy, differences
from fotfeste.allocation.domain.states import POLICY_PERMISSION
from fotfeste.allocation.models import PolicyVersion
from fotfeste.allocation.queries.fairness import curve_of
from fotfeste.allocation.queries.plans import plans_for, policy_of
from fotfeste.allocation.queries.policies import policy_for, versions_of
from fotfeste.allocation.views.policy_form import PolicyForm, values_shown
from fotfeste.allocation.words_policy import STATUSES, difference_sentence
from fotfeste.allocation.words_weighing import other_weight_in_words
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import ParameterStatus
from fotfeste.platform import words
from fotfeste.platform.forms import ActForm
from fotfeste.platform.views import ActView

PREVIEW, AGAIN = "preview", "again"
_SPREAD = "weight_spread"


class ChangePolicyView(ActView):
    """Change values: a form, a page of what differs, and then it is saved. What was typed goes along all the way."""

    permission = POLICY_PERMISSION
    form_class = PolicyForm
    template_name = "allocation/change_policy.html"

    @cached_property
    def policy(self) -> Policy:
        """The policy in force today, which the form starts from."""
        return policy_for(self.viewer.organisation_id, self.day)

    @cached_property
    def versions(self) -> list[PolicyVersion]:
        """The changes until now."""
        return list(versions_of(self.viewer.organisation_id))

    def form_arguments(self) -> dict[str, Any]:
        """What can be changed."""
        return {"policy": self.policy}

    def initial(self) -> dict[str, Any]:
        """The values as they are today."""
        return values_shown(self.policy) | {"effective_from": self.day, "version": len(self.versions)}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Endre prioriteringen"),
            "intro": _("Endre det som skal telle annerledes. Før du lagrer, ser du hva som blir endret."),
            "back_url": reverse("policy"),
            "back_label": _("Prioriteringen"),
            "consequences": [
                _("Planer som lages fra dagen du velger, veies slik."),
                _("Planer som er laget, beholder det de ble veid med."),
                _("Endringen blir stående i historikken med navnet ditt og hvorfor."),
                *self._coming(),
            ],
        }

    def _coming(self) -> list[str]:
        """What is decided already for later days, and stays."""
        days = sorted({each.effective_from for each in self.versions if each.effective_from > self.day})
        return [
            _("En endring som gjelder fra %(day)s, er lagret fra før. Den gjelder fortsatt for verdiene i den.")
            % {"day": words.day(day)}
            for day in days
        ]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what differs, go back to the form, or save."""
        if AGAIN in request.POST:
            return self._page(request, self._sent())
        if PREVIEW not in request.POST:
            return super().post(request, **kwargs)
        form = self._sent()
        if not form.is_valid():
            return self._mistyped(form)
        try:
            found = proposed_change(
                self._wished(form), version=form.cleaned_data["version"], by=self.viewer, at=self.at
            )
        except Refused as refused:
            return self._anew()._refused(refused)
        wished = self._wished(form)
        context = {
            "form": form,
            "carried": [bound.as_hidden(attrs={"id": False}) for bound in form],
            "differences": [difference_sentence(each) for each in found.differences],
            "wished": wished,
            "status": str(STATUSES[wished.status]),
            "is_decided": wished.status is ParameterStatus.VERIFIED,
            "for_the_plan": self._for_the_standing_plan(found.differences),
        }
        return render(request, "allocation/change_policy_differences.html", self.context() | context)

    def _for_the_standing_plan(self, found: Sequence[Difference]) -> str:
        """What it would make of the plan that stands, where its curve says so; else where that will be seen. The web
        does not solve plans (ADR 0036).
        """
        plan = plans_for(self.viewer).filter(state="proposed").first()
        is_spread_alone = [each.name for each in found] == [_SPREAD]
        if plan is not None and is_spread_alone:
            # A plan that was weighed by something else tells of that, and not of this.
            is_of_this = not differences(policy_of(plan), self.policy)
            if is_of_this and (said := other_weight_in_words(curve_of(plan), int(str(found[0].after)))):
                return said
        return _("Hva endringen gjør med planen, ser du når du lager den neste.")

    def do(self, form: ActForm) -> tuple[str, str]:
        """Save."""
        made = change_policy(self._wished(form), version=form.cleaned_data["version"], by=self.viewer, at=self.at)
        said = _("Prioriteringen er endret fra %(day)s. Neste plan veies slik.")
        if made.effective_from > self.day:
            said = _("Prioriteringen endres fra %(day)s. Planer som lages fra da av, veies slik.")
        return reverse("policy"), said % {"day": words.day(made.effective_from)}

    def _wished(self, form: ActForm) -> Wished:
        assert isinstance(form, PolicyForm)
        typed = form.cleaned_data
        return Wished(
            values=form.changed_values(),
            effective_from=typed["effective_from"],
            reason=typed["reason"],
            source=typed["source"],
            status=ParameterStatus(typed["status"]),
        )
