"""What joining and leaving a placement group does to the needs to know of the person and of the group."""

from collections.abc import Iterable
from datetime import datetime

from fotfeste.access.public import Need, NeedReason, end_needs, open_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.membership import OpenNeed, needs_that_are_shared, needs_that_end, needs_that_follow
from fotfeste.registry.models import GroupMembership, Person


def open_needs_of(subject_id: int) -> frozenset[OpenNeed]:
    """The open needs of a person or a household, whoever's."""
    rows = Need.objects.filter(subject_id=subject_id, ended_at__isnull=True)
    return frozenset((row.organisation_id, NeedReason(row.reason)) for row in rows)


def give_needs(subject_id: int, needs: Iterable[OpenNeed], *, at: datetime) -> None:
    """Open needs of a person or a household from today."""
    for organisation_id, reason in sorted(needs):
        open_needs([subject_id], organisation_id=organisation_id, reason=reason, from_on=legal_day(at), at=at)


def own_needs_of(person_id: int) -> frozenset[OpenNeed]:
    """The open needs of a person but those of others' registrations: whoever registered them has to do with them until
    they are placed, and has so again only through those they joined.
    """
    rows = Need.objects.filter(subject_id=person_id, reason=NeedReason.REGISTERED_HERE).order_by("pk")
    registrar = Person.objects.values_list("registered_by_id", flat=True).get(pk=person_id)
    first = next((row for row in rows if row.organisation_id == registrar), None)
    own = {(registrar, NeedReason.REGISTERED_HERE)} if first is not None and first.ended_at is None else set()
    return frozenset(need for need in open_needs_of(person_id) if need[1] != NeedReason.REGISTERED_HERE or need in own)


def exchange_needs(person_id: int, *, joined: int, left: int | None, at: datetime) -> None:
    """Needs of the joined group reach the person, the person's own reach the group; the left group's case ends."""
    of_group, own = open_needs_of(joined), own_needs_of(person_id)
    give_needs(person_id, needs_that_are_shared(of_group) - open_needs_of(person_id), at=at)
    give_needs(joined, needs_that_are_shared(needs_that_follow(own)) - of_group, at=at)
    if left is not None:
        part_needs(person_id, left, of_group, at=at)


def part_needs(person_id: int, left: int, joined: frozenset[OpenNeed], *, at: datetime) -> None:
    """The needs end that a person had of the group that is left."""
    on, of_left, own = legal_day(at), open_needs_of(left), own_needs_of(person_id)
    borrowed = frozenset(need for need in open_needs_of(person_id) - own if need[1] == NeedReason.REGISTERED_HERE)
    for organisation_id, reason in sorted((needs_that_end(of_left, joined) | borrowed) - joined):
        end_needs([person_id], reason=reason, on=on, at=at, organisation_id=organisation_id)


def part_registrars(left: int, *, by: Viewer, at: datetime) -> None:
    """The needs end that a group which is left had of those who have gone: of whoever registered nobody who is there.

    Last of all, and the actor's own after others': what is told of the group and closed is of one that the actor knows.
    """
    on = legal_day(at)
    present = GroupMembership.objects.current().filter(group_id=left, period__contains=on)
    others = sorted(present.values_list("subject_id", flat=True))
    still = {need for other in others for need in own_needs_of(other)}
    ending = {need for need in open_needs_of(left) - still if need[1] == NeedReason.REGISTERED_HERE}
    for organisation_id, reason in sorted(ending, key=lambda need: (need[0] == by.organisation_id, need)):
        end_needs([left, *others], reason=reason, on=on, at=at, organisation_id=organisation_id)
