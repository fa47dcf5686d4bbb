"""What a plan weighed against each other: spread and accuracy as a picture, and how sets of people fare."""

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.drawing import svg_of
from fotfeste.allocation.queries.fairness import below_in, curve_of, fairness_of
from fotfeste.allocation.queries.outcomes import outcomes_of
from fotfeste.allocation.views.plans import computed_plan, title_of
from fotfeste.allocation.words_fairness import KINDS, below_in_words, shown_and_hidden
from fotfeste.allocation.words_weighing import picture_of
from fotfeste.platform.views import StaffView

if TYPE_CHECKING:
    from fotfeste.allocation.domain.fairness import Line


class PlanCurvePictureView(StaffView):
    """The trade-off between spread and accuracy, drawn."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """SVG."""
        curve = curve_of(computed_plan(self.viewer, reference))
        if not curve:
            raise Http404
        return HttpResponse(svg_of(picture_of(curve)), content_type="image/svg+xml")


class PlanFairnessView(StaffView):
    """How kinds of people fare in a plan beside a draw. Averages, small sets hidden: nobody's own page is shown."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Whether anybody who is protected falls below, then a table for each kind of set."""
        plan = computed_plan(self.viewer, reference)
        tables = [
            (str(KINDS[kind]), *shown_and_hidden(list(some))) for kind, some in groupby(fairness_of(plan), key=_kind)
        ]
        context = {
            "plan": plan,
            "title": title_of(plan),
            "tables": tables,
            "below": below_in_words(below_in(outcomes_of(plan))),
        }
        return render(request, "allocation/fairness.html", context)


def _kind(line: "Line") -> str:
    return str(line.kind)
