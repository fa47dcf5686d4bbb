"""What is steered ahead of the plans, as the viewer sees it: households, and municipalities closed this week."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.domain.types import Steering, SteeringKind
from fotfeste.allocation.models import ClosedMunicipality, Plan, SteeredGroup
from fotfeste.allocation.queries.outcomes import Outcome
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.public import SettlementCase

_WITH = ("municipality", "steered_by", "ended_by")


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds: of households that the viewer sees, and of municipalities in a week."""

    groups: tuple[SteeredGroup, ...]
    closed: tuple[ClosedMunicipality, ...]

    def of(self, subject_id: int) -> list[int]:
        """The keys of what is decided for a household."""
        return [each.pk for each in self.groups if each.subject_id == subject_id]

    def against(self, subject_id: int, municipality_id: int) -> Refused | None:
        """Why a household is not to be sent to a municipality as things stand; None where nothing is against it."""
        if any(each.municipality_id == municipality_id for each in self.closed):
            return Refused("closed_meanwhile")
        for each in self.groups:
            if each.subject_id != subject_id:
                continue
            is_there = each.municipality_id == municipality_id
            if each.kind == SteeringKind.FORBIDDEN and is_there:
                return Refused("forbidden_meanwhile")
            if each.kind == SteeringKind.PINNED and not is_there:
                return Refused("pinned_meanwhile", params={"place": each.municipality.name})
        return None

    def for_plan(self, references: Mapping[int, str]) -> Steering:
        """As a plan takes it; `references` are its groups', by subject. Who is not in the plan is left out."""
        steered = [
            (references[each.subject_id], _number(each), each.kind)
            for each in self.groups
            if each.subject_id in references
        ]
        return Steering(
            pinned={group: number for group, number, kind in steered if kind == SteeringKind.PINNED},
            forbidden=frozenset((group, number) for group, number, kind in steered if kind == SteeringKind.FORBIDDEN),
            closed=frozenset(_number(each) for each in self.closed),
        )


def _number(steered: SteeredGroup | ClosedMunicipality) -> str:
    return str(steered.municipality.municipality_id)


def standing_steering(viewer: Viewer, week: Week) -> Standing:
    """What a plan of the week is steered by. Two queries."""
    return Standing(tuple(steered_groups(viewer)), tuple(closed_municipalities(viewer, week)))


def steered_groups(viewer: Viewer, subject_id: int | None = None) -> QuerySet[SteeredGroup]:
    """What is decided for households and not taken back, the latest first; for one of them, or for all."""
    if not viewer.may(PLAN_PERMISSION):
        return SteeredGroup.objects.none()
    found = SteeredGroup.objects.filter(organisation_id=viewer.organisation_id, ended_at__isnull=True)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    return found.select_related(*_WITH, "subject").order_by("-steered_at", "-pk")


def steered_in_queue(viewer: Viewer) -> QuerySet[SteeredGroup]:
    """What is decided for households that are in the queue, the latest first: what the next plan is steered by.

    What a household is kept from holds also while it is out of the queue, and says nothing until it is back.
    """
    waiting = SettlementCase.objects.filter(state="queued", subject_id=OuterRef("subject_id"))
    return steered_groups(viewer).filter(Exists(waiting))


def closed_municipalities(viewer: Viewer, week: Week) -> QuerySet[ClosedMunicipality]:
    """The municipalities that are closed in a week, by name."""
    if not viewer.may(PLAN_PERMISSION):
        return ClosedMunicipality.objects.none()
    found = ClosedMunicipality.objects.filter(
        organisation_id=viewer.organisation_id, week=str(week), ended_at__isnull=True
    )
    return found.select_related(*_WITH).order_by("municipality__sort_key", "pk")


def steering_named(viewer: Viewer, reference: str) -> SteeredGroup:
    """What is decided behind a reference, taken back or not. Raises NotFound."""
    found = SteeredGroup.objects.filter(organisation_id=viewer.organisation_id, reference=reference)
    one = found.select_related(*_WITH, "subject").first() if viewer.may(PLAN_PERMISSION) else None
    if one is None:
        raise NotFound("not_found")
    return one


def closing_named(viewer: Viewer, reference: str) -> ClosedMunicipality:
    """The closing behind a reference, taken back or not. Raises NotFound."""
    found = ClosedMunicipality.objects.filter(organisation_id=viewer.organisation_id, reference=reference)
    one = found.select_related(*_WITH).first() if viewer.may(PLAN_PERMISSION) else None
    if one is None:
        raise NotFound("not_found")
    return one


def held_for(keys: Collection[int]) -> Sequence[SteeredGroup]:
    """What a proposal was steered by, as it was decided; of what the viewer sees. No query where it was by nothing."""
    if not keys:
        return ()
    return list(SteeredGroup.objects.filter(pk__in=keys).select_related(*_WITH).order_by("kind", "pk"))


@dataclass(frozen=True, slots=True)
class PlanSteering:
    """What a plan was steered by, of what the viewer sees: how many households are pinned and kept out of somewhere,
    which municipalities were closed, how many pins there was no room for, and whether other things hold by now.
    """

    pinned: int
    forbidden: int
    closed: tuple[str, ...]
    without_room: int
    is_changed: bool


def steering_of(plan: Plan, outcomes: Sequence[Outcome], viewer: Viewer, day: date) -> PlanSteering:
    """What a computed plan was steered by, of its outcomes. Two queries."""
    held = {key: (each.municipality_id, each.request_id) for each in outcomes for key in each.steered}
    # Of those who left the queue nothing that was decided since changes any plan.
    known = SteeredGroup.objects.filter(
        Q(pk__in=held) | Q(pk__in=steered_in_queue(viewer).order_by().values("pk")),
        organisation_id=viewer.organisation_id,
    )
    kinds = {key: (kind, ended_at is None) for key, kind, ended_at in known.values_list("pk", "kind", "ended_at")}
    shut = ClosedMunicipality.objects.filter(
        Q(pk__in=plan.closed) | Q(ended_at__isnull=True, week=str(Week.of(day))), organisation_id=viewer.organisation_id
    )
    closed = {each.pk: each for each in shut.select_related("municipality").order_by("municipality__sort_key", "pk")}
    now = {key for key, each in closed.items() if each.ended_at is None and each.week == str(Week.of(day))}
    # What is over because the household was asked for is no change: it has done its work.
    over = [key for key, (_place, request_id) in held.items() if request_id is None and not kinds[key][1]]
    added = [key for key, (_kind, is_standing) in kinds.items() if is_standing and key not in held]
    return PlanSteering(
        pinned=sum(kinds[key][0] == SteeringKind.PINNED for key in held),
        forbidden=sum(kinds[key][0] == SteeringKind.FORBIDDEN for key in held),
        closed=tuple(closed[key].municipality.name for key in plan.closed if key in closed),
        without_room=sum(
            place is None and kinds[key][0] == SteeringKind.PINNED for key, (place, _request) in held.items()
        ),
        is_changed=bool(over or added or now ^ set(plan.closed)),
    )
