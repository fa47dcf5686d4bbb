"""The queue of households on their way to a municipality."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from fotfeste.access.public import Compartment
from fotfeste.platform.views import StaffView
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.queries.queue import (
    DEFAULT_SORT,
    HARDEST,
    SORTS,
    UNANSWERED,
    QueueFilter,
    queue_frame,
    queue_page,
)
from fotfeste.settlement.words_hardness import NEEDS, why_hard
from fotfeste.settlement.words_interview import CASE_STATES, WAITS_FOR_DECISION
from fotfeste.settlement.words_offers import CASE_TONES, DECISION_NEXT, case_next


class QueueView(StaffView):
    """Who waits, how long, against which goal; sorted, filtered, 50 a page, the same state in the address."""

    permission: ClassVar[str] = "settlement.see_queue"
    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT, Compartment.NEEDS})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the queue that the address asks for."""
        wanted = _wanted(request.GET)
        page, rows = queue_page(self.viewer, self.day, wanted, request.GET.get("page"))
        self.hits = page.paginator.count
        frame = queue_frame(self.viewer, self.day)
        return render(
            request,
            "settlement/queue/queue.html",
            {
                "page": page,
                "rows": [
                    (
                        row,
                        _state_of(row.case),
                        CASE_TONES[row.case.state],
                        [why_hard(each) for each in row.hardness.reasons],
                        _next_of(row.case),
                    )
                    for row in rows
                ],
                "needs": [(code, str(words)) for code, words in NEEDS.items()],
                "is_hardest_first": wanted.sort == HARDEST,
                "wanted": wanted,
                "day": self.day,
                "unanswered": frame.unanswered,
                "shows_unanswered": wanted.state == UNANSWERED,
                "states": [(state, str(CASE_STATES[state]), many) for state, many in frame.counts.items()],
                "total": sum(frame.counts.values()),
                "centres": frame.centres,
            },
        )


def _wanted(asked: QueryDict) -> QueueFilter:
    """What the address asks for; what it does not name rightly is not asked for."""
    sort, need = asked.get("sort", DEFAULT_SORT), asked.get("need", "")
    return QueueFilter(
        state=asked.get("state", "queued"),
        who=asked.get("who", ""),
        centre=asked.get("centre", ""),
        need=need if need in NEEDS else "",
        text=asked.get("text", ""),
        is_late_only=asked.get("late") == "1",
        sort=sort if sort in SORTS or sort == HARDEST else DEFAULT_SORT,
    )


def _waits_for_udi(case: SettlementCase) -> bool:
    """One that was interviewed early has no permit yet."""
    return case.state == "queued" and case.waits_for_decision


def _state_of(case: SettlementCase) -> str:
    """Where a case stands, in words."""
    return str(WAITS_FOR_DECISION if _waits_for_udi(case) else CASE_STATES[case.state])


def _next_of(case: SettlementCase) -> str:
    """Whose move it is, and what; empty where it is over."""
    if _waits_for_udi(case):
        return str(DECISION_NEXT)
    return case_next(case.state, is_at_centre=case.centre_id is not None)
