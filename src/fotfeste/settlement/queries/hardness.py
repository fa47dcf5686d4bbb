"""How hard each household of the queue is to place, from what it needs and what municipalities have said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.decisions import Reason
from fotfeste.registry.public import household_names
from fotfeste.settlement.domain.candidates import GroupNeeds
from fotfeste.settlement.domain.goals import Waiting
from fotfeste.settlement.domain.hardness import Hardness, Supply, hardness
from fotfeste.settlement.domain.states import WITHOUT_MUNICIPALITY
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import CaseNeed, MunicipalityCapability, MunicipalityYear, SettlementCase
from fotfeste.settlement.queries.needs import capabilities_on
from fotfeste.settlement.queries.waiting import waiting_of

LOOKED_FOR = WITHOUT_MUNICIPALITY | {"requested"}  # no municipality has said yes
_FOR_ONE = ("state", "size", "due_since_on", "waits_for_decision", "minors_until_on", "unaccompanied_until_on")


def supply_on(day: date) -> Supply:
    """What municipalities can offer on a day. One query.

    Of unaccompanied minors the council's figure speaks, unless the municipality has said what it does itself.
    """
    latest = MunicipalityYear.objects.filter(municipality_id=OuterRef("municipality_id"), year__lte=day.year)
    said = MunicipalityCapability.objects.current().filter(
        organisation_id=OuterRef("pk"), period__contains=day, capability__in=list(Capability)
    )
    rows = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality__isnull=False).values_list(
        ArraySubquery(said.filter(is_offered=True).values("capability")),
        ArraySubquery(said.filter(is_offered=False).values("capability")),
        Subquery(latest.order_by("-year").values("decided_minors")[:1]),
    )
    return Supply(tuple(_offered(can, cannot, minors) for can, cannot, minors in rows))


def _offered(can: Sequence[str], cannot: Sequence[str], decided_minors: int | None) -> frozenset[Capability]:
    offered = {Capability(each) for each in can}
    if decided_minors and Capability.UNACCOMPANIED_MINORS not in cannot:
        offered.add(Capability.UNACCOMPANIED_MINORS)
    return frozenset(offered)


def with_needs(cases: QuerySet[SettlementCase]) -> QuerySet[SettlementCase]:
    """The cases with what each needs, as `needed`."""
    needs = CaseNeed.objects.current().filter(case_id=OuterRef("pk"))
    return cases.annotate(needed=ArraySubquery(needs.values("capability")))


def needing(capability: str) -> Q:
    """The cases that need something of the municipality (`any`), nothing (`none`), or one thing."""
    needs = CaseNeed.objects.current().exclude(capability=Capability.UNACCOMPANIED_MINORS)
    if capability in {str(each) for each in Capability}:
        needs = CaseNeed.objects.current().filter(capability=capability)
    found = Q(pk__in=needs.values("case_id"))
    return ~found if capability == "none" else found


def hardness_of(case: SettlementCase, day: date, supply: Supply) -> Hardness:
    """How hard the household of a case `with_needs` is to place. Raises NoRule."""
    needed: Any = getattr(case, "needed", ())
    group = GroupNeeds(
        case.size,
        case.is_unaccompanied_on(day),
        frozenset(Capability(each) for each in capabilities_on(case, needed, day)),
    )
    is_looked_for = case.state in LOOKED_FOR
    return hardness(group, waiting_of(case, day), supply, has_municipality=not is_looked_for)


def hardest_first(cases: QuerySet[SettlementCase], day: date, supply: Supply) -> list[int]:
    """The keys of the cases, the hardest first; those alike, who has waited longest. One query, however many.

    Raises NoRule.
    """
    found = with_needs(cases).only("pk", *_FOR_ONE).order_by("due_since_on", "pk")
    ranked = sorted(found, key=lambda case: -hardness_of(case, day, supply).points)
    return [case.pk for case in ranked]


@dataclass(frozen=True, slots=True)
class HardRow:
    """A household that is hard to place: how long it has waited (None before the decision), and why it is hard."""

    case: SettlementCase
    name: str
    waiting: Waiting | None
    reasons: tuple[Reason, ...]


def hardest_of(cases: QuerySet[SettlementCase], day: date, most: int) -> tuple[list[HardRow], int]:
    """The hardest of the cases first, so many as are asked for; and how many all are. Four queries. Raises NoRule."""
    supply = supply_on(day)
    keys = hardest_first(cases, day, supply)
    found = {case.pk: case for case in with_needs(SettlementCase.objects.filter(pk__in=keys[:most])).order_by("pk")}
    names = household_names([case.subject_id for case in found.values()], day) if found else {}
    rows = [
        HardRow(
            found[key],
            names[found[key].subject_id],
            waiting_of(found[key], day),
            hardness_of(found[key], day, supply).reasons,
        )
        for key in keys[:most]
    ]
    return rows, len(keys)
