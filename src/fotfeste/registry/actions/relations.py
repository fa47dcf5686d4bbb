"""How the people of a household stand to each other (REG-04)."""

from datetime import datetime

from django.db.models import Q

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.actions.status import refuse_strangers
from fotfeste.registry.domain.types import CorrectionReason, RelationKind
from fotfeste.registry.models import PersonDetails, Relation


@act
def register_relation(
    group_id: int,
    first_id: int,
    kind: RelationKind,
    second_id: int,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Relation:
    """Register that the first is the second's spouse, parent, accompanying adult (følgeperson) and so on.

    Both are members of the group. Raises Refused: the two are tied already in either direction, a parent is
    younger than the child.
    """
    require(by, "registry.correct_details")
    lock_group(group_id, version=version)
    if first_id == second_id:
        raise Refused("nobody_is_related_to_oneself", "first")
    refuse_strangers(group_id, [first_id, second_id], legal_day(at))
    require_part([group_id, first_id, second_id], by=by, at=at)
    if (
        Relation.objects.current()
        .filter(Q(subject_id=first_id, other_id=second_id) | Q(subject_id=second_id, other_id=first_id), kind=kind)
        .exists()
    ):
        raise Refused("a_relation_once", "first")
    births = dict(
        PersonDetails.objects.current()
        .filter(subject_id__in=[first_id, second_id])
        .values_list("subject_id", "birth_date")
    )
    if kind is RelationKind.PARENT and births[first_id] >= births[second_id]:
        raise Refused("parent_younger_than_child", "first")
    relation = Relation(
        subject_id=first_id,
        other_id=second_id,
        kind=kind,
        period=Period(legal_day(at)),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    _tell("registry.relation_registered", group_id, relation.pk, by=by, at=at)
    return relation


@act
def annul_relation(
    group_id: int,
    relation_id: int,
    reason: CorrectionReason,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Annul a relation that was registered by mistake or is no more. Raises NotFound."""
    require(by, "registry.correct_details")
    lock_group(group_id, version=version)
    relation = Relation.objects.current().filter(pk=relation_id).first()
    if relation is None:
        raise NotFound("not_found")
    refuse_strangers(group_id, [relation.subject_id], legal_day(at))
    require_part([group_id, relation.subject_id, relation.other_id], by=by, at=at)
    annul(relation, by=by, at=at, reason=reason)
    _tell("registry.relation_annulled", group_id, relation.pk, by=by, at=at)


def _tell(kind: str, group_id: int, relation_id: int, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type=kind,
            subject_id=group_id,
            object_kind="relation",
            object_id=relation_id,
            holds_on=legal_day(at),
        ),
        by=by,
        at=at,
    )
