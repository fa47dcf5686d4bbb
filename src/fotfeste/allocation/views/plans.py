"""IMDi's pages of plans: the list, one plan while it is computed and as it stands."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.public import Compartment
from fotfeste.allocation.domain.states import PLAN, PLAN_PERMISSION
from fotfeste.allocation.lines import in_one_line, next_best_line
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.fairness import below_in
from fotfeste.allocation.queries.outcomes import outcomes_of
from fotfeste.allocation.queries.plans import (
    SHOWN,
    Summary,
    computing_plan,
    municipality_names,
    plan_of,
    plans_for,
    proposal_rows,
    proposals_of,
    standing_of,
    summary_of,
)
from fotfeste.allocation.queries.steering import steering_of
from fotfeste.allocation.words_fairness import below_in_words
from fotfeste.allocation.words_plans import (
    PLAN_NEXT,
    PLAN_STATES,
    STANDING_TONES,
    STANDINGS,
    STEPS,
    TONES,
    left_out_in_words,
)
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import instant, number
from fotfeste.self_settlement.public import left_out_on
from fotfeste.settlement.public import no_sentence

ROWS_PER_PAGE = 50
COMPUTED = ("proposed", "superseded")
OF_HOUSEHOLDS = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT, Compartment.NEEDS})


def paged(
    rows: QuerySet[Any] | Sequence[Any], page: str | None, many: int = ROWS_PER_PAGE, count: int | None = None
) -> Page[Any]:
    """Fifty rows, or as many as are asked for. `count`: how many there are of them all, where that is known."""
    found = Paginator(rows, many)
    if count is not None:
        found.count = count  # a cached property: not asked for again
    return found.get_page(page)


def title_of(plan: Plan) -> str:
    """What a plan is called: by its week, and when, for there may be several in a week."""
    about = {"number": plan.week.number, "made": instant(plan.ordered_at)}
    return _("Fordelingsplan uke %(number)d, %(made)s") % about


class PlansView(StaffView):
    """Every plan, the latest first."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the list that the address asks for."""
        page = paged(plans_for(self.viewer), request.GET.get("page"))
        rows = [(plan, title_of(plan), str(PLAN_STATES[plan.state]), TONES[plan.state]) for plan in page]
        return render(
            request, "allocation/plans.html", {"page": page, "rows": rows, "computing": computing_plan(self.viewer)}
        )


class PlanView(StaffView):
    """One plan: how far it has come, or how many get a place, where, and why."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def compartments_shown(self) -> frozenset[str]:
        """Households are shown once there are proposals."""
        return OF_HOUSEHOLDS if self.hits is not None else frozenset()

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The plan."""
        plan = plan_of(self.viewer, reference)
        context = progress_of(plan) | {
            "title": title_of(plan),
            "state": str(PLAN_STATES[plan.state]),
            "tone": TONES[plan.state],
            "next": str(PLAN_NEXT[plan.state]),
            "why_failed": sentence_for(Refused(plan.refusal)) if plan.refusal else "",
        }
        if plan.state not in COMPUTED:
            return render(request, "allocation/plan_computing.html", context)
        return render(request, "allocation/plan.html", context | self._board(plan))

    def _board(self, plan: Plan) -> dict[str, Any]:
        show = self.request.GET.get("show", "")
        summary = summary_of(plan)
        page = paged(proposals_of(plan, show), self.request.GET.get("page"), count=summary.many(show))
        self.hits = page.paginator.count
        names = municipality_names()
        outcomes = outcomes_of(plan)
        rows = [
            (
                row,
                in_one_line(row.why, names),
                next_best_line(row.why, names),
                *standing_words(row.proposal),
                no_sentence(row.proposal.request),
            )
            for row in proposal_rows(page, self.day)
        ]
        return {
            "page": page,
            "rows": rows,
            "summary": summary,
            "show": show if show in SHOWN else "",
            "next": next_of(plan, summary),
            "is_standing": plan.state == "proposed",
            "steering": steering_of(plan, outcomes, self.viewer, self.day),
            "below": below_in_words(below_in(outcomes)),
            "left_out": left_out_in_words(left_out_on(legal_day(plan.as_known_at or plan.ordered_at))),
        }


def standing_words(proposal: Proposal) -> tuple[str, str]:
    """What has come of a proposal, in words and as a tone."""
    standing = standing_of(proposal)
    return str(STANDINGS[standing]), STANDING_TONES[standing]


def next_of(plan: Plan, summary: Summary) -> str:
    """Whose move it is with a computed plan."""
    if plan.state == "proposed" and summary.to_send:
        many = summary.to_send
        return ngettext(
            "IMDi ser over forslagene og sender %(many)s forespørsel til kommunen.",
            "IMDi ser over forslagene og sender %(many)s forespørsler til kommunene.",
            many,
        ) % {"many": number(many)}
    if summary.unanswered:
        many = summary.unanswered
        return ngettext(
            "Kommunen svarer på %(many)s forespørsel.", "Kommunene svarer på %(many)s forespørsler.", many
        ) % {"many": number(many)}
    return str(PLAN_NEXT[plan.state])


def computed_plan(viewer: Viewer, reference: str) -> Plan:
    """The plan behind a reference, once there is something to see of it. Raises NotFound."""
    plan = plan_of(viewer, reference)
    if plan.state not in COMPUTED:
        raise NotFound("not_found")
    return plan


class ProgressView(StaffView):
    """How far something has come that a job computes: a part of its page, asked for again until it is computed."""

    permission: ClassVar[str] = PLAN_PERMISSION

    def progress(self, reference: str) -> dict[str, Any]:
        """How far the one in the address has come. Raises NotFound."""
        raise NotImplementedError

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The part; once there is more to see, the browser loads the page anew."""
        progress = self.progress(reference)
        answer = render(request, "allocation/progress.html", progress)
        if not progress["is_computing"]:
            answer["HX-Refresh"] = "true"
        return answer


class PlanProgressView(ProgressView):
    """How far a plan has come."""

    def progress(self, reference: str) -> dict[str, Any]:
        """The plan's."""
        return progress_of(plan_of(self.viewer, reference))


def progress_of(plan: Plan) -> dict[str, Any]:
    """How far a plan has come, for the part of the page that tells it."""
    return {
        "plan": plan,
        "is_computing": plan.state == PLAN.initial,
        "step": str(STEPS[plan.step]),
        "progress_url": reverse("plan_progress", args=[plan.reference]),
        "page_url": reverse("plan", args=[plan.reference]),
        "see_label": _("Vis planen"),
    }
