"""The page of time to settlement, its pictures and its spreadsheet (INS-02). Counts: nobody's own page is shown."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.insight.domain.pictures import Figure
from fotfeste.insight.domain.standing import waiting_by_step
from fotfeste.insight.domain.waiting import Family, times_by_family
from fotfeste.insight.queries.settlement import SettlementFigures
from fotfeste.insight.settlement_figures import families, own, quarters, settled_say, steps
from fotfeste.insight.settlement_words import FAMILIES
from fotfeste.insight.views.answers import picture, sheet
from fotfeste.insight.waiting_figures import waiting, waiting_families, waiting_say, years
from fotfeste.platform import words
from fotfeste.platform.views import StaffView

_OF_ALL: Mapping[str, Callable[[SettlementFigures], Figure]] = {
    "families": families,
    "own": own,
    "waiting": waiting,
    "waiting_families": waiting_families,
    "years": years,
}
_OF_CHOSEN: Mapping[str, Callable[[SettlementFigures, Family | None], Figure]] = {"quarters": quarters, "steps": steps}


class _OfSettlement(StaffView):
    """UDI and IMDi see the country; a municipality its own beside it. `who` in the address: whose way is shown."""

    permission = "insight.see_settlement"

    @cached_property
    def found(self) -> SettlementFigures:
        """The figures as they are now."""
        return SettlementFigures(self.viewer, self.day)

    @property
    def family(self) -> Family | None:
        """The one that is chosen; None for all of them, and where the address names none."""
        chosen = self.request.GET.get("who", "")
        return Family(chosen) if chosen in list(Family) else None

    @property
    def makers(self) -> Mapping[str, Callable[[], Figure]]:
        """How each figure of the viewer's page is made, in its order; none is made before it is asked for."""
        of_all = {code: make for code, make in _OF_ALL.items() if code != "own" or self.found.own}
        return {code: partial(make, self.found) for code, make in of_all.items()} | {
            code: partial(make, self.found, self.family) for code, make in _OF_CHOSEN.items()
        }


class SettlementView(_OfSettlement):
    """How it stands, then pictures with the tables beside them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        made = [make() for make in self.makers.values()]
        _steps, everybody = waiting_by_step(self.found.waiting)
        context = {
            "answer": (settled_say(times_by_family(self.found.recent)[None]), waiting_say(everybody)),
            "figures": [figure for figure in made if figure.code not in _OF_CHOSEN],
            "chosen": [figure for figure in made if figure.code in _OF_CHOSEN],
            "families": [(family or "", str(FAMILIES[family])) for family in (None, *Family)],
            "who": self.family or "",
            "own": self.found.own,
        }
        return render(request, "insight/settlement.html", context)


class SettlementPictureView(_OfSettlement):
    """One of the pictures."""

    def get(self, request: HttpRequest, figure: str) -> HttpResponse:
        """SVG."""
        if figure not in self.makers:
            raise Http404
        return picture(self.makers[figure]())


class SettlementSheetView(_OfSettlement):
    """The tables as a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """xlsx."""
        heading = _("Ventetid til bosetting, hentet %(day)s") % {"day": words.day(self.day)}
        figures = [make() for make in self.makers.values()]
        return sheet(figures, heading, f"bosetting-{self.day.isoformat()}")
