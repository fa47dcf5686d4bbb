"""What is done about what-ifs: one is asked, and stopped while it is computed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.allocation.actions.what_ifs import ask_what_if, stop_what_if
from fotfeste.allocation.domain.policy import NUMBERS, Policy
from fotfeste.allocation.domain.question import ALL, MOST_PERCENT, Question
from fotfeste.allocation.domain.states import PLAN_PERMISSION, WHAT_IF
from fotfeste.allocation.forms import ConfirmForm
from fotfeste.allocation.models import WhatIf
from fotfeste.allocation.queries.plans import municipality_names
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.allocation.queries.what_ifs import asked_now, what_if_of
from fotfeste.allocation.views.policy_form import WEIGHT, number_field
from fotfeste.allocation.views.steering import by_name
from fotfeste.kernel.parameters import Value
from fotfeste.platform.forms import ActForm
from fotfeste.platform.views import ActView

WEIGHTS = tuple(name for name in NUMBERS if name.startswith(WEIGHT))
_WRONG = gettext_lazy("Skriv et helt tall fra 0 til 300.")
_ERRORS = dict.fromkeys(("invalid", "min_value", "max_value", "required"), _WRONG)


def _percent(label: Any, help_text: Any) -> forms.IntegerField:
    """A share of what is there today, in per cent."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=MOST_PERCENT,
        error_messages=_ERRORS,
        widget=widget,
    )


class WhatIfForm(ActForm):
    """How many come, how many places there are, who receives nobody, and what each consideration counts."""

    arrivals_percent = _percent(
        gettext_lazy("Så mange av dem som ventes, kommer (prosent)"),
        gettext_lazy("De som ventes, er husstander som de som har kommet i det siste, ut året."),
    )
    places_percent = _percent(
        gettext_lazy("Så mange av plassene som er igjen, finnes (prosent)"),
        gettext_lazy("Plassene er det hver kommune har igjen av året."),
    )
    closed = forms.ChoiceField(
        label=gettext_lazy("En kommune som ikke tar imot noen"),
        help_text=gettext_lazy("La det stå tomt når alle tar imot."),
        required=False,
    )

    def __init__(self, *args: Any, policy: Policy, places: Mapping[str, str], **kwargs: Any) -> None:
        """`places`: the municipalities, by number."""
        super().__init__(*args, **kwargs)
        self.let_choose("closed", [("", _("Alle tar imot")), *by_name(places)])
        for name in WEIGHTS:
            self.fields[name] = number_field(name, policy.parameters[name])
        self.policy = policy

    @property
    def weights(self) -> list[BoundField]:
        """What each consideration counts."""
        return [self[name] for name in WEIGHTS]

    @property
    def of_the_year(self) -> list[BoundField]:
        """How many come, and how many places there are."""
        return [self[name] for name in ("arrivals_percent", "places_percent", "closed")]

    def question(self) -> Question:
        """What is asked, of a form that is valid: the values that are not as they are today."""
        typed = self.cleaned_data
        values: dict[str, Value] = {
            name: typed[name] for name in WEIGHTS if typed[name] != self.policy.parameters[name].value
        }
        return Question(values, typed["arrivals_percent"], typed["places_percent"], typed["closed"])


class AskWhatIfView(ActView):
    """Ask what would come of the rest of the year. It is computed by a job: nobody waits before the page."""

    permission = PLAN_PERMISSION
    form_class = WhatIfForm
    template_name = "allocation/ask_what_if.html"

    @cached_property
    def policy(self) -> Policy:
        """The policy in force today, which the form starts from."""
        return policy_for(self.viewer.organisation_id, self.day)

    def form_arguments(self) -> dict[str, Any]:
        """What can be otherwise."""
        return {"policy": self.policy, "places": municipality_names()}

    def initial(self) -> dict[str, Any]:
        """Everything as it is today."""
        weights = {name: self.policy.numbers[name] for name in WEIGHTS}
        return {"arrivals_percent": ALL, "places_percent": ALL, "closed": "", **weights}

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Spør hva som ville skje"),
            "intro": _("Endre det som skal være annerledes resten av året. Det som står der, er slik det er i dag."),
            "submit_label": _("Beregn svaret"),
            "back_url": reverse("what_ifs"),
            "back_label": _("Hva hvis"),
            "consequences": [
                _("Alle i køen og alle som ventes ut året, fordeles på plassene som er igjen."),
                _("Svaret er tall for hver kommune. Ingen husstand vises eller blir lagret i det."),
                _("Ingen plan endres, ingen plass holdes av, og ingen kommune blir spurt."),
                _("Alle i IMDi som lager planer, kan lese svaret."),
            ],
        }

    def do(self, form: ActForm) -> tuple[str, str]:
        """Ask; where somebody has asked the same and it is being computed, go there."""
        assert isinstance(form, WhatIfForm)
        question = form.question()
        if (same := asked_now(self.viewer, question)) is not None:
            told = _("Det samme beregnes allerede. %(name)s spurte.") % {"name": same.ordered_by.name}
            return reverse("what_if", args=[same.reference]), told
        asked = ask_what_if(question, by=self.viewer, at=self.at)
        return reverse("what_if", args=[asked.reference]), _(
            "Svaret beregnes nå. Du kan gå fra siden; det blir ferdig likevel."
        )


class StopWhatIfView(ActView):
    """Stop computing a what-if."""

    permission = PLAN_PERMISSION
    form_class = ConfirmForm
    is_shown_late = False

    @cached_property
    def what_if(self) -> WhatIf:
        """The what-if in the address. Raises NotFound."""
        return what_if_of(self.viewer, str(self.kwargs["reference"]))

    def too_late(self) -> Sequence[str]:
        """It is answered, or stopped, already."""
        return () if self.what_if.state == WHAT_IF.initial else [_("Svaret beregnes ikke lenger.")]

    def context(self) -> dict[str, Any]:
        """What follows."""
        return {
            "title": _("Avbryt beregningen"),
            "submit_label": _("Avbryt beregningen"),
            "is_severe": True,
            "back_url": reverse("what_if", args=[self.what_if.reference]),
            "back_label": _("Hva hvis"),
            "consequences": [_("Ingenting av svaret blir lagret."), _("Du kan spørre på nytt med en gang.")],
        }

    def do(self, form: ConfirmForm) -> tuple[str, str]:
        """Stop."""
        stop_what_if(self.what_if.reference, by=self.viewer, at=self.at)
        return reverse("what_ifs"), _("Beregningen er avbrutt. Ingenting av svaret er lagret.")
