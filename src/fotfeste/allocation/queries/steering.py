"""What is steered ahead of the plans, as the viewer sees it: households, and municipalities closed this week."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fotfeste.allocation.domain.states import PLAN_PERMISSION
from fotfeste.allocation.domain.types import Steering, SteeringKind
from fotfeste.allocation.models import ClosedMunicipality, SteeredGroup
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.viewer import Viewer

_WITH = ("municipality", "steered_by", "ended_by")


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds on a day: of households that the viewer sees, and of municipalities this week."""

    groups: tuple[SteeredGroup, ...]
    closed: tuple[ClosedMunicipality, ...]

    def of(self, subject_id: int) -> list[int]:
        """The keys of what is decided for a household."""
        return [each.pk for each in self.groups if each.subject_id == subject_id]

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


def standing_steering(viewer: Viewer, day: date) -> Standing:
    """What a plan of the day is steered by. Two queries."""
    return Standing(tuple(steered_groups(viewer)), tuple(closed_municipalities(viewer, day)))


def steered_groups(viewer: Viewer, subject_id: int | None = None) -> QuerySet[SteeredGroup]:
    """What is decided for households and not taken back, the latest first; for one of them, or for all."""
    if not viewer.may(PLAN_PERMISSION):
        return SteeredGroup.objects.none()
    found = SteeredGroup.objects.filter(organisation_id=viewer.organisation_id, ended_at__isnull=True)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    return found.select_related(*_WITH, "subject").order_by("-steered_at", "-pk")


def closed_municipalities(viewer: Viewer, day: date) -> QuerySet[ClosedMunicipality]:
    """The municipalities that are closed in the week of a day, by name."""
    if not viewer.may(PLAN_PERMISSION):
        return ClosedMunicipality.objects.none()
    found = ClosedMunicipality.objects.filter(
        organisation_id=viewer.organisation_id, week=str(Week.of(day)), ended_at__isnull=True
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
