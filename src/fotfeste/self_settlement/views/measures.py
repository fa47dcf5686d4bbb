"""Agreed self-settlement in numbers: shares, days, reasons for no, by municipality and centrality."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.platform.views import StaffView
from fotfeste.self_settlement.queries.measures import measured, names
from fotfeste.self_settlement.words import NO_REASONS


class MeasuresView(StaffView):
    """Counts: nobody's own page is shown."""

    permission = "insight.see_settlement"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        found, called = measured(self.viewer), names()
        context = {
            "found": found,
            "reasons": [NO_REASONS.get(code, code) for code in found.reasons],
            "own": called.get(found.own.code, found.own.code) if found.own else "",
            "own_is_listed": found.own is not None and found.own.code in {line.code for line in found.by_municipality},
            "places": [(called.get(line.code, line.code), line) for line in found.by_municipality],
        }
        return render(request, "self_settlement/asked/measures.html", context)
