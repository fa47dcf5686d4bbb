"""Joining and leaving a placement group (plasseringsgruppe, REG-02)."""

from collections.abc import Sequence
from datetime import date, datetime

from fotfeste.access.public import SubjectKind, create_subject, open_first_needs
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.duplicates import propose_duplicates, take_duplicates_along
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.actions.membership_needs import (
    exchange_needs,
    give_needs,
    open_needs_of,
    own_needs_of,
    part_needs,
    part_registrars,
)
from fotfeste.registry.actions.persons import (
    create_persons,
    first_needs,
    new_person_subjects,
    only_synthetic,
    record_statuses,
    refuse_number_in_use,
    refuse_unless,
)
from fotfeste.registry.actions.registration import insert_group
from fotfeste.registry.actions.summary import sum_up_groups_of
from fotfeste.registry.domain.membership import PresentMembership, may_join, may_leave, needs_that_follow
from fotfeste.registry.domain.registration import mistakes_in_person, number_as_kept
from fotfeste.registry.domain.rules import has_permit, latest_status
from fotfeste.registry.domain.types import PERMITS, CorrectionReason, NewPerson, StatusKind
from fotfeste.registry.models import GroupMembership, PersonDetails, PlacementGroup
from fotfeste.registry.queries.statuses import statuses_of
from fotfeste.worklist.public import close_tasks, open_tasks_about, task_kinds


@act
def add_member(
    group_id: int,
    person_subject_id: int,
    from_on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> PlacementGroup:
    """Let a person join a placement group from a day; their membership of another ends that day.

    Everyone with a need to know of the group gets one of the person, and the other way. A group that is left
    empty has its tasks closed. Raises Refused (see `may_join`), Stale. Source: REG-02, GUIDE 2.2.
    """
    require(by, "registry.add_member")
    present = _present_of(person_subject_id, legal_day(at))
    left_id = present.group_id if present else None
    group = _lock_in_order(group_id, left_id, version)
    require_part([group_id, person_subject_id], by=by, at=at)
    if group.emptied_on is not None:
        raise Refused("group_is_empty")
    if _present_of(person_subject_id, legal_day(at)) != present:
        raise Refused("try_again")
    decision = may_join(
        _name_of(person_subject_id),
        group_id,
        group.created_on,
        present,
        from_on,
        legal_day(at),
        may_remove=by.may("registry.remove_member"),
    )
    of_the_person = decision.is_no and decision.reasons[0].code in ("member_already", "belongs_to_other_family")
    refuse_unless(decision, "persons" if of_the_person else "from_on")
    _end_membership(person_subject_id, from_on, by=by, at=at)
    _begin_membership(group_id, person_subject_id, from_on, by=by, at=at)
    exchange_needs(person_subject_id, joined=group_id, left=left_id, at=at)
    _tell("registry.member_added", group_id, person_subject_id, from_on, by=by, at=at)
    if present is not None:
        take_duplicates_along(person_subject_id, joined=group_id, left=present.group_id, by=by, at=at)
        _tell("registry.member_removed", present.group_id, person_subject_id, from_on, by=by, at=at)
        if not present.others:
            close_empty_group(present.group_id, from_on, by=by, at=at)
        part_registrars(present.group_id, by=by, at=at)
    return group


@act
def add_members(
    group_id: int,
    person_ids: Sequence[int],
    from_on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Let several persons join at once, all of them or none. Raises as `add_member`, and Refused for nobody."""
    if not person_ids:
        raise Refused("nobody_chosen", "persons")
    for place, person_id in enumerate(person_ids):
        add_member(group_id, person_id, from_on, by=by, at=at, version=None if place else version)


@act
def remove_member(
    group_id: int,
    person_subject_id: int,
    from_on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> PlacementGroup:
    """Take a person out of a placement group (UDI's logistics only); gives the new group they are alone in.

    Needs that come from the group's case end; those that come from where they live or are registered stay.
    Raises Refused (see `may_leave`), Stale. Source: REG-02, GUIDE 2.2.
    """
    require(by, "registry.remove_member")
    lock_group(group_id, version=version)
    require_part([group_id, person_subject_id], by=by, at=at)
    present = _present_of(person_subject_id, legal_day(at))
    if present is None or present.group_id != group_id:
        raise Refused("not_a_member", "persons")
    refuse_unless(may_leave(_name_of(person_subject_id), present, from_on, legal_day(at)), "from_on")
    new_id = create_subject(SubjectKind.GROUP).pk
    carried = needs_that_follow(own_needs_of(person_subject_id))
    open_first_needs([new_id], carried, from_on=legal_day(at), at=at)
    group = insert_group(new_id, from_on)
    _end_membership(person_subject_id, from_on, by=by, at=at)
    _begin_membership(new_id, person_subject_id, from_on, by=by, at=at)
    exchange_needs(person_subject_id, joined=new_id, left=group_id, at=at)
    take_duplicates_along(person_subject_id, joined=new_id, left=group_id, by=by, at=at)
    _tell("registry.member_removed", group_id, person_subject_id, from_on, by=by, at=at)
    _tell_group_formed(new_id, person_subject_id, from_on, by=by, at=at)
    part_registrars(group_id, by=by, at=at)
    return group


@act
def register_member(
    group_id: int,
    person: NewPerson,
    registered_on: date,
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> int:
    """Register somebody new straight into a household (a child is born, a spouse arrives); gives their key.

    Raises Refused at the field of the mistake, Stale.
    """
    require(by, "registry.register_persons")
    group = lock_group(group_id, version=version)
    require_part([group_id], by=by, at=at)
    if group.emptied_on is not None:
        raise Refused("group_is_empty")
    today = legal_day(at)
    if registered_on > today:
        raise Refused("day_in_future", "registered_on", {"day": registered_on})
    if registered_on < group.created_on:
        raise Refused("member_before_group", "registered_on", {"created_on": group.created_on})
    for mistake in mistakes_in_person(person, registered_on, only_synthetic=only_synthetic()):
        raise mistake
    for kind, text in person.identifiers.items():
        refuse_number_in_use(kind, number_as_kept(kind, text), str(kind))
    [person_id] = new_person_subjects(1)
    open_first_needs([person_id], first_needs(by), from_on=registered_on, at=at)
    give_needs(person_id, open_needs_of(group_id), at=at)
    create_persons([person], [person_id], group_id=group_id, registered_on=registered_on, by=by, at=at)
    record_statuses([person_id], StatusKind.REGISTERED_BY_POLICE, registered_on, by=by, at=at)
    propose_duplicates([person_id], group_id=group_id, on=registered_on, by=by, at=at)
    _tell("registry.member_added", group_id, person_id, registered_on, by=by, at=at)
    return person_id


def _tell_group_formed(group_id: int, person_id: int, on: date, *, by: Viewer, at: datetime) -> None:
    """A group came out of another. Where its member has a permit the event carries it, since a case may be due."""
    statuses = statuses_of([person_id])[person_id]
    permit = latest_status(each for each in statuses if each.kind in PERMITS) if has_permit(statuses) else None
    publish(
        Happening(
            type="registry.group_formed",
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            transition=permit.kind if permit else "",
            holds_on=permit.holds_on if permit else on,
        ),
        by=by,
        at=at,
    )


def close_empty_group(group_id: int, on: date, *, by: Viewer, at: datetime) -> None:
    """Nobody is left in a group: nothing is to be done for it any more."""
    PlacementGroup.objects.filter(pk=group_id).update(emptied_on=on)
    open_kinds = set(open_tasks_about(group_id).values_list("kind", flat=True))
    kinds = {kind for kind in open_kinds if not task_kinds()[kind].is_notice}
    close_tasks(kinds, subject_id=group_id, by=by, at=at, outcome="void")
    publish(
        Happening(
            type="registry.group_emptied",
            subject_id=group_id,
            object_kind="placement_group",
            object_id=group_id,
            holds_on=on,
        ),
        by=by,
        at=at,
    )


def leave_group(person_id: int, on: date, reason: str, *, by: Viewer, at: datetime) -> None:
    """End a person's membership without another; the groups are locked by the act that calls.

    Who knew of the person because of the group's case has no reason to any more.
    """
    present = _present_of(person_id, on)
    if present is None:
        return
    _end_membership(person_id, on, by=by, at=at, reason=reason)
    part_needs(person_id, present.group_id, frozenset(), at=at)
    _tell("registry.member_removed", present.group_id, person_id, on, by=by, at=at)
    if not present.others:
        close_empty_group(present.group_id, on, by=by, at=at)
    part_registrars(present.group_id, by=by, at=at)


def _lock_in_order(group_id: int, other_id: int | None, version: int | None) -> PlacementGroup:
    """Lock one or two groups, the lower key first, so that two acts never wait for each other."""
    wanted = sorted({group_id} if other_id is None else {group_id, other_id})
    locked = {each: lock_group(each, version=version if each == group_id else None) for each in wanted}
    return locked[group_id]


def _present_of(person_id: int, day: date) -> PresentMembership | None:
    membership = GroupMembership.objects.current().filter(subject_id=person_id, period__contains=day).first()
    if membership is None:
        return None
    others = (
        GroupMembership.objects.current()
        .filter(group_id=membership.group_id, period__contains=day)
        .exclude(subject_id=person_id)
        .count()
    )
    return PresentMembership(membership.group_id, membership.period.start, others)


def _name_of(person_id: int) -> str:
    details = PersonDetails.objects.current().filter(subject_id=person_id).first()
    if details is None:
        raise NotFound("not_found")
    return f"{details.given_name} {details.family_name}".strip()


def _end_membership(
    person_id: int, on: date, *, by: Viewer, at: datetime, reason: str = CorrectionReason.MOVED_GROUP
) -> None:
    """End the open membership on a day; one that would get no days is annulled."""
    membership = GroupMembership.objects.current().filter(subject_id=person_id, period__endswith__isnull=True).first()
    if membership is None:
        return
    if membership.period.start >= on:
        annul(membership, by=by, at=at, reason=reason)
    else:
        supersede(membership, by=by, at=at, reason=reason, period=Period(membership.period.start, on))
    sum_up_groups_of([membership.group_id])


def _begin_membership(group_id: int, person_id: int, from_on: date, *, by: Viewer, at: datetime) -> None:
    GroupMembership(
        group_id=group_id,
        subject_id=person_id,
        period=Period(from_on),
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    sum_up_groups_of([group_id])


def _tell(kind: str, group_id: int, person_id: int, on: date, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(type=kind, subject_id=group_id, object_kind="person", object_id=person_id, holds_on=on),
        by=by,
        at=at,
    )
