"""Plans as IMDi reads them: the list, one plan, what it comes to, its proposals.

What a plan comes to is counted over the proposals that the viewer sees, never kept: a number that counts somebody whom
one does not see would tell of them (ADR 0020).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.quality import missed_percent
from fotfeste.allocation.domain.states import PLAN, PLAN_PERMISSION
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.parameters import Value
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import household_names

_SNAPSHOT = ("arrays", "certificate", "columns", "policy", "curve")
TO_SEND = Q(municipality__isnull=False, request__isnull=True, case__state="queued")
SHOWN: Mapping[str, Q] = {
    "placed": Q(municipality__isnull=False),
    "waiting": Q(municipality__isnull=True),
    "to_send": TO_SEND,
    "declined": Q(request__state="declined"),
    "steered": ~Q(steered=[]),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What a plan comes to, of those whom the viewer sees. `missed`: at most so far from the best, in per cent, when
    places are held for those who are expected (`holds_places`).
    """

    groups: int
    persons: int
    placed_groups: int
    placed_persons: int
    municipalities: int
    to_send: int
    steered: int
    unanswered: int
    accepted: int
    declined: int
    missed: Decimal
    holds_places: bool

    @property
    def left(self) -> int:
        """Households that wait for a later week."""
        return self.groups - self.placed_groups

    def many(self, show: str) -> int:
        """How many proposals there are of those of SHOWN, or of all."""
        counted = {"placed": self.placed_groups, "waiting": self.left, "to_send": self.to_send}
        return {**counted, "declined": self.declined, "steered": self.steered}.get(show, self.groups)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as it stands in the list."""

    proposal: Proposal
    reference: str
    name: str
    why: Explanation


def standing_of(proposal: Proposal) -> str:
    """What has come of a proposal, as a code."""
    if proposal.request is not None:
        return proposal.request.state
    if proposal.case.state != "queued":
        return "changed"
    return "waiting" if proposal.municipality_id is None else "to_send"


def plans_for(viewer: Viewer) -> QuerySet[Plan]:
    """The plans of the viewer's organisation, the latest first, without their numbers; none for who makes no plans."""
    if not viewer.may(PLAN_PERMISSION):
        return Plan.objects.none()
    plans = Plan.objects.filter(organisation_id=viewer.organisation_id)
    return plans.select_related("ordered_by", "stopped_by", "previous").defer(*_SNAPSHOT).order_by("-ordered_at", "-pk")


def plan_of(viewer: Viewer, reference: str) -> Plan:
    """The plan behind a reference. Raises NotFound."""
    plan = plans_for(viewer).filter(reference=reference).first()
    if plan is None:
        raise NotFound("not_found")
    return plan


def computing_plan(viewer: Viewer) -> Plan | None:
    """The plan that is computed now, if there is one."""
    return plans_for(viewer).filter(state=PLAN.initial).first()


def summary_of(plan: Plan) -> Summary:
    """What a computed plan comes to. One query. Raises ValueError for one that is not computed."""
    placed = Q(municipality__isnull=False)
    found = Proposal.objects.filter(plan=plan).aggregate(
        groups=Count("pk"),
        persons=Sum("size", default=0),
        placed_groups=Count("pk", filter=placed),
        placed_persons=Sum("size", filter=placed, default=0),
        municipalities=Count("municipality_id", distinct=True),
        to_send=Count("pk", filter=TO_SEND),
        steered=Count("pk", filter=SHOWN["steered"]),
        unanswered=Count("pk", filter=Q(request__state="open")),
        accepted=Count("pk", filter=Q(request__state__in=("accepted", "fulfilled"))),
        declined=Count("pk", filter=Q(request__state="declined")),
    )
    return Summary(**found, missed=missed_of(plan), holds_places=plan.worth not in (None, plan.objective))


def missed_of(plan: Plan) -> Decimal:
    """How far from the best a plan can be at most, in per cent. Raises ValueError for one that is not computed."""
    if plan.objective is None or plan.bound is None:
        raise ValueError(f"plan {plan.pk} is not computed")
    return missed_percent(plan.objective, plan.bound, plan.objective if plan.worth is None else plan.worth)


def proposals_of(plan: Plan, show: str = "") -> QuerySet[Proposal]:
    """The proposals of a plan: by municipality, those left for a later week last. `show`: one of SHOWN, or all."""
    proposals = Proposal.objects.filter(SHOWN.get(show, Q()), plan=plan)
    found = proposals.select_related("subject", "municipality", "case", "request")
    return found.order_by("municipality__sort_key", "-total", "place")


def proposal_rows(proposals: Iterable[Proposal], day: date) -> Sequence[ProposalRow]:
    """Proposals with the names of the households and why. Two queries at most."""
    found = list(proposals)
    names = household_names([each.subject_id for each in found], day) if found else {}
    return [
        ProposalRow(each, each.subject.reference, names[each.subject_id], from_json(Explanation, each.explanation))
        for each in found
    ]


def municipality_names() -> Mapping[str, str]:
    """What municipalities are called, by number. One query."""
    places = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality__isnull=False)
    return {str(number): name for number, name in places.order_by("pk").values_list("municipality_id", "name")}


def proposal_of(plan: Plan, group_id: int) -> Proposal:
    """What a plan proposes for a household. Raises NotFound where it is not in it."""
    found = proposals_of(plan).filter(subject_id=group_id).first()
    if found is None:
        raise NotFound("not_found")
    return found


def others_sent_to(proposal: Proposal) -> frozenset[str]:
    """The municipalities that the plan of a proposal sends others to, of those whom the viewer sees. One query."""
    others = Proposal.objects.filter(plan_id=proposal.plan_id, municipality__isnull=False).exclude(pk=proposal.pk)
    return frozenset(map(str, others.order_by("pk").values_list("municipality__municipality_id", flat=True)))


def policy_of(plan: Plan) -> Policy:
    """The policy that a computed plan was weighed by: its kept values, with the units and sources of that day's. Two
    queries. Raises ValueError for a plan that is not computed.
    """
    if plan.as_known_at is None:
        raise ValueError(f"plan {plan.pk} is not computed")
    on = legal_day(plan.as_known_at)
    then = policy_for(plan.organisation_id, on, name=plan.policy_name, known_at=plan.as_known_at)
    kept = Plan.objects.values_list("policy", flat=True).get(pk=plan.pk)
    return as_kept(then, kept)


def as_kept(policy: Policy, kept: Mapping[str, Value]) -> Policy:
    """A policy with the values that a plan keeps; what the plan's did not have yet weighed nothing."""
    values = {
        name: kept.get(name, 0 if isinstance(each.value, int) else "") for name, each in policy.parameters.items()
    }
    return replace(policy, parameters={n: replace(each, value=values[n]) for n, each in policy.parameters.items()})
