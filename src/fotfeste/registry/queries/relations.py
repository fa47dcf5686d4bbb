"""How people stand to each other, and who stands around them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from fotfeste.registry.domain.types import RelationKind
from fotfeste.registry.models import OutsideContact, Relation


@dataclass(frozen=True, slots=True)
class Tie:
    """The first is the second's `kind`."""

    relation_id: int
    first_id: int
    kind: RelationKind
    second_id: int


def ties_of(person_ids: Iterable[int]) -> list[Tie]:
    """The relations among persons and with others, as held true now. One query."""
    wanted = list(person_ids)
    rows = (
        Relation.objects.current()
        .filter(Q(subject_id__in=wanted) | Q(other_id__in=wanted))
        .order_by("pk")
        .values_list("pk", "subject_id", "kind", "other_id")
    )
    return [Tie(pk, first, RelationKind(kind), second) for pk, first, kind, second in rows]


def contacts_of(person_ids: Iterable[int]) -> list[OutsideContact]:
    """Guardians, hosts and others around persons who are not residents. One query."""
    return list(OutsideContact.objects.current().filter(subject_id__in=list(person_ids)).order_by("pk"))


def guardian_of(person_id: int) -> OutsideContact | None:
    """A person's guardian (verge, representant), if any."""
    return next((each for each in contacts_of([person_id]) if each.kind == RelationKind.GUARDIAN), None)
