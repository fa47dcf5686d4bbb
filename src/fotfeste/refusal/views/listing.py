"""Every open refusal that the viewer may see: how far, whose move, by when; and how often a no was turned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.access.public import Compartment
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import capital
from fotfeste.refusal.actions.holding import HOLDS
from fotfeste.refusal.actions.sending import PURSUES
from fotfeste.refusal.domain.types import Party
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.queries.cases import IS_OPEN
from fotfeste.refusal.queries.measures import Outcome, outcomes
from fotfeste.refusal.queries.shown import Shown, shown
from fotfeste.refusal.rows import move_rows
from fotfeste.refusal.words_pages import PARTIES, STEP_TONES, STEPS
from fotfeste.registry.public import household_names

PER_PAGE = 50
_MOVERS = (Party.IMDI, Party.UDI, Party.CENTRE, Party.MUNICIPALITY)
_OPEN_STEPS = ("opened", "first_letter", "eviction_notice", "petition", "everybody_out")


class RefusalsView(StaffView):
    """The list for IMDi and UDI; filtered, the first due first, 50 a page, the state in the address."""

    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT})

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Those who ask municipalities to hold, and those who write the letters."""
        return (HOLDS, PURSUES)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        step, mover = request.GET.get("step", ""), request.GET.get("move", "")
        rows = Refusal.objects.filter(**IS_OPEN).select_related("organisation", "subject").order_by("opened_on", "pk")
        everything = shown(list(rows), self.day)
        wanted = [each for each in everything if _is_wanted(each, step, mover)]
        page = Paginator(sorted(wanted, key=_first_due), PER_PAGE).get_page(request.GET.get("page"))
        names = household_names([each.refusal.subject_id for each in page.object_list], self.day)
        self.hits = len(wanted)
        turned = _turned(outcomes(date(self.day.year, 1, 1), date(self.day.year + 1, 1, 1)))
        context = {
            "page": page,
            "rows": [_row(each, names.get(each.refusal.subject_id, "")) for each in page.object_list],
            "total": len(everything),
            "step": step,
            "move": mover,
            "steps": [(code, STEPS[code], sum(each.plan.step == code for each in everything)) for code in _OPEN_STEPS],
            "movers": [(str(party), capital(PARTIES[party])) for party in _MOVERS],
            "turned": turned,
            "opened": sum(row["total"] for row in turned),
            "day": self.day,
        }
        return render(request, "refusal/refusals.html", context)


def _is_wanted(each: Shown, step: str, mover: str) -> bool:
    return (not step or each.plan.step == step) and (not mover or any(move.party == mover for move in each.moves))


def _first_due(each: Shown) -> date:
    return min((row["due_on"] for row in move_rows(each) if row["due_on"]), default=date.max)


def _row(each: Shown, name: str) -> dict[str, Any]:
    return {
        "reference": each.refusal.subject.reference,
        "name": name,
        "municipality": each.refusal.organisation.name,
        "since_on": each.refusal.opened_on,
        "step": STEPS[each.plan.step],
        "tone": STEP_TONES[each.plan.step],
        "is_suspended": each.course.is_suspended(),
        "moves": move_rows(each),
    }


def _turned(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """For each step that a refusal came to: how many said yes after it, with a bar of the share; and the others."""
    rows: list[dict[str, Any]] = []
    for step in _OPEN_STEPS[:4]:
        counts = dict.fromkeys(("accepted", "moved_out", "evicted", "open"), 0)
        persons = 0
        for each in found:
            if each.step == step:
                counts[each.outcome] = counts.get(each.outcome, 0) + each.refusals
                persons += each.persons if each.outcome == "accepted" else 0
        if total := sum(counts.values()):
            percent = round(100 * counts["accepted"] / total)
            rows.append({"step": STEPS[step], "persons": persons, "total": total, "percent": percent, **counts})
    return rows
