"""The page where UDI starts a run: which periods are over, what a run would give beside the last, how far it is."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fotfeste.grants.actions.orders import order_run
from fotfeste.grants.actions.runs import PREPARE
from fotfeste.grants.models import OrderState, RunOrder
from fotfeste.grants.queries.choices import Choice, Preview, choices, latest_orders, preview
from fotfeste.kernel.errors import Refused
from fotfeste.platform import words
from fotfeste.platform.forms import ActForm
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.views import ActView, StaffView

_TONES = {OrderState.WAITING: "info", OrderState.DONE: "success", OrderState.REFUSED: "warning"}


class OrderRunForm(ActForm):
    """Which scheme, and how far."""

    run = forms.ChoiceField(label=gettext_lazy("Ordning og periode"))

    def __init__(self, *args: Any, runs: Sequence[Choice] = (), **kwargs: Any) -> None:
        """The runs that can be asked for."""
        super().__init__(*args, **kwargs)
        self.let_choose("run", [(each.code, run_name(each.scheme.value, each.through)) for each in runs])


def run_name(scheme: str, through: Any) -> str:
    """`MAMOT til og med juni 2022`."""
    return _("%(scheme)s til og med %(month)s") % {
        "scheme": scheme.upper(),
        "month": words.month(through - timedelta(days=1)),
    }


class OrderRunView(ActView):
    """Choose a run, see what it would give, start it. It is computed by a job: nobody waits before the page."""

    permission = PREPARE
    form_class = OrderRunForm
    template_name = "grants/order_run.html"

    @cached_property
    def runs(self) -> list[Choice]:
        """The runs that can be asked for today."""
        return choices(self.day)

    def form_arguments(self) -> dict[str, Any]:
        """What can be chosen."""
        return {"runs": self.runs}

    def initial(self) -> dict[str, Any]:
        """The one that is shown, else the first that is due."""
        chosen = self._chosen()
        due = next((each for each in self.runs if each.is_next), None)
        first = chosen or due or (self.runs[0] if self.runs else None)
        return super().initial() | {"run": first.code if first else None}

    def context(self) -> dict[str, Any]:
        """What the chosen run would give, and how far those are that were asked for."""
        orders = latest_orders()
        chosen = self._chosen()
        return super().context() | {
            "title": _("Beregn tilskudd"),
            "submit_label": _("Start kjøringen"),
            "runs": self.runs,
            "chosen": run_name(chosen.scheme.value, chosen.through) if chosen else "",
            "chosen_code": chosen.code if chosen else "",
            "preview": self._preview(chosen),
            "orders": shown_orders(orders),
            "is_waiting": any(order.state == OrderState.WAITING for order in orders),
        }

    def do(self, form: OrderRunForm) -> tuple[str, str]:
        """Ask for the run."""
        code = form.cleaned_data["run"]
        chosen = next(each for each in self.runs if each.code == code)
        order_run(chosen.scheme, chosen.through, by=self.viewer, at=self.at)
        return reverse("compute_run"), _("Kjøringen beregnes nå. Du kan gå fra siden; den blir ferdig likevel.")

    def _chosen(self) -> Choice | None:
        code = self.request.GET.get("run", "")
        return next((each for each in self.runs if each.code == code), None)

    def _preview(self, chosen: Choice | None) -> Preview | None:
        return preview(chosen.scheme, chosen.through, self.at) if chosen else None


class RunOrdersView(StaffView):
    """How far the runs are that were asked for: a part of the page, asked for again until all is computed."""

    permission = PREPARE

    def get(self, request: HttpRequest) -> HttpResponse:
        """The part."""
        orders = latest_orders()
        is_waiting = any(order.state == OrderState.WAITING for order in orders)
        return render(request, "grants/orders.html", {"orders": shown_orders(orders), "is_waiting": is_waiting})


def shown_orders(orders: Sequence[RunOrder]) -> list[dict[str, Any]]:
    """The orders in words, with the way to the run."""
    names = {
        OrderState.WAITING: _("beregnes"),
        OrderState.DONE: _("beregnet"),
        OrderState.REFUSED: _("ikke beregnet"),
    }
    return [
        {
            "order": order,
            "name": run_name(order.scheme, order.through),
            "state": names[OrderState(order.state)],
            "tone": _TONES[OrderState(order.state)],
            "why": sentence_for(Refused(order.refusal)) if order.refusal else "",
        }
        for order in orders
    ]
