"""The one search: by a name in any script or spelling, or by any number."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import F, Q

from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.names import wanted_tokens
from fotfeste.registry.domain.types import Found, Member
from fotfeste.registry.models import GroupMembership


def search(viewer: Viewer, text: str, day: date, most: int = 50) -> list[Found]:
    """Persons found by name or number, by name; at most `most`. Two queries.

    Only those whom the viewer's organisation has a need to know of: the function in the database asks the same
    scope as every other read. A household's number finds its members; a record that was put aside as a second of
    the same person finds the one that is kept. Empty text finds nobody.
    """
    words = wanted_tokens(text)
    if not words:
        return []
    return persons_of(matching_subjects(words, most), day, most)


def with_same_reg_nr(members: Sequence[Member], day: date, most: int = 50) -> list[Found]:
    """Persons with a Reg.nr. that a member has, who belong to other households: likely family (REG-03).

    Within what the scope lets one see. A query for each Reg.nr. of the household (there should be one), and one more.
    """
    numbers = {
        member.identifiers[IdentifierKind.REG_NR] for member in members if IdentifierKind.REG_NR in member.identifiers
    }
    subject_ids = [
        subject_id
        for number in sorted(numbers)
        for subject_id in matching_subjects((((number.lower(), False),),), most)
    ]
    here = {member.subject_id for member in members}
    found = persons_of(subject_ids, day, most) if subject_ids else []
    return [each for each in found if each.subject_id not in here]


def persons_of(subject_ids: Sequence[int], day: date, most: int) -> list[Found]:
    """Persons with these keys, and members of groups with these keys, by name; at most `most`. One query."""
    rows = (
        GroupMembership.objects.current()
        .filter(
            Q(subject_id__in=subject_ids) | Q(group_id__in=subject_ids),
            period__contains=day,
            subject__person_details__annulled_at__isnull=True,
        )
        .annotate(
            given_name=F("subject__person_details__given_name"),
            family_name=F("subject__person_details__family_name"),
            original_name=F("subject__person_details__original_name"),
            birth_date=F("subject__person_details__birth_date"),
        )
        .select_related("subject", "group__subject")
        .order_by("pk")[:most]
    )
    found = [
        Found(
            subject_id=row.subject_id,
            reference=row.subject.reference,
            name=f"{row.given_name} {row.family_name}".strip(),
            original_name=row.original_name,
            birth_date=row.birth_date,
            group_id=row.group_id,
            group_reference=row.group.subject.reference,
            group_number=row.group.number,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (norwegian_sort_key(each.name), each.subject_id))


def matching_subjects(words: tuple[tuple[tuple[str, bool], ...], ...], most: int) -> list[int]:
    """Keys of persons and groups that have, for every word, one of its tokens. One query."""
    places = [place for place, tokens in enumerate(words) for _ in tokens]
    tokens = [token for tokens in words for token, _ in tokens]
    is_prefix = [may_go_on for tokens in words for _, may_go_on in tokens]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_subjects(%s, %s, %s, %s)", [places, tokens, is_prefix, most])
        return [int(row[0]) for row in cursor.fetchall()]
