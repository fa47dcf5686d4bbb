"""The list of requests for agreed self-settlement: a municipality's own, IMDi's of the whole country."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.platform.views import StaffView
from fotfeste.self_settlement.domain.states import AGREE, ANSWER, UNDER_WAY
from fotfeste.self_settlement.domain.waiting import Mover
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.queries.listed import Listed, listed, many_by_state
from fotfeste.self_settlement.words import STATES, TONES

PER_PAGE = 50


class RequestsView(StaffView):
    """Those under way first in line, or those in one state."""

    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT})

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """The municipality's, or IMDi's."""
        return (ANSWER, AGREE)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        state = request.GET.get("state", "")
        rows = SelfSettlement.objects.filter(state__in=[state] if state in STATES else UNDER_WAY)
        rows = rows.select_related("case")
        page = Paginator(rows.order_by("asked_on", "pk"), PER_PAGE).get_page(request.GET.get("page"))
        lines = listed(list(page.object_list), self.day)
        counts = many_by_state()
        self.hits = len(lines)
        context: dict[str, Any] = {
            "day": self.day,
            "page": page,
            "rows": [
                (line, STATES[line.request.state], TONES[line.request.state], self._whose(line)) for line in lines
            ],
            "wanted": state,
            "counts": [(code, words, counts.get(code, 0)) for code, words in STATES.items()],
            "under_way": sum(counts.get(code, 0) for code in UNDER_WAY),
            "is_imdi": self.viewer.may(AGREE),
        }
        return render(request, "self_settlement/asked/requests.html", context)

    def _whose(self, line: Listed) -> str:
        """Whose move it is, in words; a municipality is told that a centre acts, not which."""
        if line.move is None:
            return ""
        if line.move.whose is Mover.MUNICIPALITY:
            return line.municipality
        if line.move.whose is Mover.IMDI or not line.centre:
            return "IMDi"
        return line.centre if self.viewer.may(AGREE) else _("Mottaket")
