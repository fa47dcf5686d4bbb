"""How people stand to each other, and who stands around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from fotfeste.access.public import Need, Subject
from fotfeste.platform.prepared import Given, IsAmong, Prepared
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.membership import ACTING
from fotfeste.registry.domain.types import NewGuardian, RelationKind
from fotfeste.registry.models import DuplicateProposal, OutsideContact, Relation


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


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around persons: their relations, contacts outside, whether one may be another record's person, and
    those for whom the viewer's organisation may register something.
    """

    ties: list[Tie]
    contacts: list[OutsideContact]
    is_doubted: bool
    acted_for: frozenset[int]


def around(person_ids: Iterable[int], viewer: Viewer, day: date) -> Around:
    """Relations, contacts and unanswered proposals of duplicates, as held true now. One query for all."""
    found = _AROUND(people=list(person_ids), organisation=viewer.organisation_id, day=day)
    known = {
        each["id"]: Tie(each["id"], each["first"], RelationKind(each["kind"]), each["second"])
        for row in found
        for each in row.ties
    }
    around_them = [OutsideContact(**each) for row in found for each in row.contacts]
    return Around(
        ties=[known[key] for key in sorted(known)],
        contacts=sorted(around_them, key=lambda contact: contact.pk),
        is_doubted=any(row.is_doubted for row in found),
        acted_for=frozenset(row.pk for row in found if row.is_acted_for),
    )


def _around() -> QuerySet[Any]:
    ties = Relation.objects.current().filter(Q(subject_id=OuterRef("pk")) | Q(other_id=OuterRef("pk")))
    contacts = OutsideContact.objects.current().filter(subject_id=OuterRef("pk"))
    acting = Need.objects.filter(
        subject_id=OuterRef("pk"),
        organisation_id=Given.key("organisation"),
        reason__in=sorted(ACTING),
        period__contains=Given.day("day"),
    )
    doubts = DuplicateProposal.objects.filter(Q(subject_id=OuterRef("pk")) | Q(other_id=OuterRef("pk")), answer="")
    return Subject.objects.filter(IsAmong("pk", Given.keys("people"))).annotate(
        ties=ArraySubquery(ties.values(row=JSONObject(id="pk", first="subject_id", kind="kind", second="other_id"))),
        contacts=ArraySubquery(
            contacts.values(
                row=JSONObject(id="pk", subject_id="subject_id", kind="kind", name="name", phone="phone", email="email")
            )
        ),
        is_doubted=Exists(doubts),
        is_acted_for=Exists(acting),
    )


_AROUND: Prepared[Any] = Prepared(_around)


def guardians_of(person_ids: Iterable[int]) -> dict[int, NewGuardian]:
    """Name and how to reach the guardian (verge, representant) of each person that has one. One query."""
    return {
        each.subject_id: NewGuardian(each.name, each.phone, each.email)
        for each in contacts_of(person_ids)
        if each.kind == RelationKind.GUARDIAN
    }


def guardian_of(person_id: int) -> OutsideContact | None:
    """A person's guardian (verge, representant), if any."""
    return next((each for each in contacts_of([person_id]) if each.kind == RelationKind.GUARDIAN), None)
