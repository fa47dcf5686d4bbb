"""Likely duplicates that nobody has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from fotfeste.registry.domain.types import Member
from fotfeste.registry.models import DuplicateProposal, GroupMembership
from fotfeste.registry.queries.members import members_of_groups


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two records that are likely one person, and the reference and number of each one's household."""

    first: Member
    second: Member
    proposed_at: datetime
    first_group: tuple[str, int]
    second_group: tuple[str, int]


def open_proposals_about(person_ids: Iterable[int]) -> list[DuplicateProposal]:
    """The unanswered proposals that speak of any of these persons."""
    wanted = list(person_ids)
    return list(
        DuplicateProposal.objects.filter(Q(subject_id__in=wanted) | Q(other_id__in=wanted), answer="").order_by("pk")
    )


def open_proposals(day: date, *, group_id: int | None = None, most: int = 50) -> list[Proposal]:
    """The unanswered proposals, the oldest first, with both persons as they are registered. Six queries.

    Of one household where `group_id` is given. Pairs of which one may not see both are left out.
    """
    rows = DuplicateProposal.objects.filter(answer="")
    if group_id is not None:
        of_group = GroupMembership.objects.current().filter(group_id=group_id, period__contains=day)
        persons = list(of_group.values_list("subject_id", flat=True))
        rows = rows.filter(Q(subject_id__in=persons) | Q(other_id__in=persons))
    pairs = list(rows.order_by("pk")[:most])
    person_ids = {key for pair in pairs for key in (pair.subject_id, pair.other_id)}
    memberships = list(
        GroupMembership.objects.current()
        .filter(subject_id__in=person_ids, period__contains=day)
        .select_related("group__subject")
    )
    groups = {row.subject_id: (row.group.subject.reference, row.group.number) for row in memberships}
    members = {
        member.subject_id: member
        for found in members_of_groups({row.group_id for row in memberships}, day).values()
        for member in found
    }
    return [
        Proposal(
            members[pair.subject_id],
            members[pair.other_id],
            pair.proposed_at,
            groups[pair.subject_id],
            groups[pair.other_id],
        )
        for pair in pairs
        if pair.subject_id in members and pair.other_id in members
    ]
