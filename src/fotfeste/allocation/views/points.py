"""The points of every municipality for one household, each with its reason: before any plan is made."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.access.public import Compartment
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.explained import MunicipalityPoints, points_in_words
from fotfeste.allocation.queries.choices import Fit, fits_of
from fotfeste.allocation.queries.plans import municipality_names
from fotfeste.allocation.views.plans import OF_HOUSEHOLDS
from fotfeste.registry.public import OfHousehold, household_name

SHOWN_AT_ONCE = 10


class PointsView(OfHousehold):
    """What each municipality would come to for a household that waits, by the policy of today: the best first, or those
    that are looked for.
    """

    permission: ClassVar[str] = PLAN_PERMISSION
    shows = OF_HOUSEHOLDS | {Compartment.INTERVIEW, Compartment.STAYS}

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The best of all, or of those whose name or number has the text."""
        found, text = fits_of(self.viewer, self.group.pk, self.day), request.GET.get("text", "").strip()
        wanted = [each for each in found or () if _has(each, text)]
        context: dict[str, Any] = {
            "reference": reference,
            "name": household_name(self.members),
            "is_queued": found is not None,
            "text": text,
            "lines": self._lines(wanted[:SHOWN_AT_ONCE]),
            "count": len(wanted),
            "shown": min(len(wanted), SHOWN_AT_ONCE),
        }
        return render(request, "allocation/points.html", context)

    def _lines(self, found: list[Fit]) -> list[MunicipalityPoints]:
        names = municipality_names() if found else {}
        return [points_in_words(each.number, each.decision, each.score, names) for each in found]


def _has(fit: Fit, text: str) -> bool:
    return text.casefold() in fit.name.casefold() or fit.number == text
