"""Acts on private stays whose meaning in money is shown before they are saved."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.accommodation.money import Proposal, money_moved
from fotfeste.kernel.errors import Refused
from fotfeste.registry.public import ActOnHousehold

PREVIEW = "preview"


class MoneyFirstView(ActOnHousehold):
    """First what it means in money can be shown, then it is saved: two buttons of one form."""

    template_name = "accommodation/money_first.html"

    def proposed(self, form: Any) -> tuple[Sequence[int], Proposal]:
        """Whom the form is about, and what it proposes. Raises Refused where that cannot be saved."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what it changes, or do it."""
        if PREVIEW not in request.POST:
            return super().post(request, **kwargs)
        form = self._sent()
        if not form.is_valid():
            return self._mistyped(form)
        try:
            moved = money_moved(self.viewer, *self.proposed(form), at=self.at)
        except Refused as refused:
            return self._anew()._refused(refused)
        return render(request, self.template_name, {"form": form, "moved": moved, "was_shown": True} | self.context())
