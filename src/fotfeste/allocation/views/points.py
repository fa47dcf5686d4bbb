"""The points of every municipality for one household, each with its reason: before any plan is made."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.access.public import Compartment
from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.explained import points_in_words
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
        """The best of those that are possible; of all whose name or number has the text, where one is looked for."""
        found, text = fits_of(self.viewer, self.group.pk, self.day), request.GET.get("text", "").strip()
        wanted = [each for each in found.fits if _is_wanted(each, text)] if found else []
        names = municipality_names() if found else {}
        context: dict[str, Any] = {
            "reference": reference,
            "name": household_name(self.members),
            "is_queued": found is not None,
            "pinned": names.get(found.pinned, "") if found else "",
            "text": text,
            "lines": [
                points_in_words(each.number, each.decision, each.score, names) for each in wanted[:SHOWN_AT_ONCE]
            ],
            "count": len(wanted),
            "shown": min(len(wanted), SHOWN_AT_ONCE),
        }
        return render(request, "allocation/points.html", context)


def _is_wanted(fit: Fit, text: str) -> bool:
    if not text:
        return not fit.decision.is_no
    return text.casefold() in fit.name.casefold() or fit.number == text
