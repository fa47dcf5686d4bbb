"""UDI looks at a likely duplicate: two persons, or one person twice (REG-03)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from fotfeste.access.public import Need, NeedReason
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.actions.duplicates import ANSWER_DUPLICATES, bring_doubts
from fotfeste.registry.actions.lock import lock_group, require_part
from fotfeste.registry.actions.membership import leave_group
from fotfeste.registry.actions.persons import rewrite_tokens
from fotfeste.registry.actions.protection import follow_protected
from fotfeste.registry.actions.summary import sum_up_groups_of
from fotfeste.registry.domain.types import CorrectionReason, Status, StatusKind
from fotfeste.registry.models import DuplicateProposal, Identifier, Person, Relation, StatusEvent
from fotfeste.registry.queries.duplicates import open_proposals_about
from fotfeste.registry.queries.members import group_of, members_of
from fotfeste.registry.queries.statuses import statuses_of
from fotfeste.worklist.public import close_tasks

# Every record has its own.
_ONCE = frozenset({StatusKind.REGISTERED_BY_POLICE, StatusKind.APPLIED_FOR_PROTECTION})
_LIVES = (NeedReason.LIVES_HERE, NeedReason.HOUSED_HERE)
DIFFERENT = "different"
SAME = "same"


@act
def answer_duplicate(
    first_id: int, second_id: int, *, keep_id: int | None, by: Viewer, at: datetime
) -> DuplicateProposal:
    """Answer a proposal: `keep_id` None when they are two persons, else the record of the two that is kept.

    The record that is not kept leaves its group and gives the numbers, statuses and relations that the other lacks; it
    stays to be looked up. It must not live anywhere: end the stay first. Where either was protected the household is
    that is kept, and who has to do with it is asked to name somebody. Raises Refused, NotFound.
    """
    require(by, "registry.answer_duplicate")
    day = legal_day(at)
    pair = sorted((first_id, second_id))
    groups = {person_id: group_of(person_id, day) for person_id in pair}
    group_ids = sorted({group.pk for group in groups.values() if group is not None})
    for group_id in group_ids:
        lock_group(group_id, version=None)
    require_part(pair, by=by, at=at)
    proposal = DuplicateProposal.objects.select_for_update().filter(subject_id=pair[0], other_id=pair[1]).first()
    if proposal is None or keep_id not in (None, *pair):
        raise NotFound("not_found")
    if proposal.answer:
        raise Refused("duplicate_answered")
    proposal.answer = DIFFERENT if keep_id is None else SAME
    proposal.answered_at, proposal.answered_by_id = at, by.user_id
    proposal.save(update_fields=["answer", "answered_at", "answered_by"])
    if keep_id is not None:
        dropped = pair[1] if keep_id == pair[0] else pair[0]
        _put_aside(dropped, keep_id, by=by, at=at)
    for group_id in group_ids:
        members = [member.subject_id for member in members_of(group_id, day)]
        if not open_proposals_about(members):
            close_tasks([ANSWER_DUPLICATES], subject_id=group_id, by=by, at=at)
    publish(
        Happening(
            type="registry.duplicate_answered",
            subject_id=keep_id or pair[0],
            object_kind="person",
            object_id=pair[1] if keep_id in (None, pair[0]) else pair[0],
            transition=proposal.answer,
            holds_on=day,
        ),
        by=by,
        at=at,
    )
    follow_protected(group_ids, at)
    return proposal


def _put_aside(dropped_id: int, kept_id: int, *, by: Viewer, at: datetime) -> None:
    # Also privately: grants would be paid for both records, month after month.
    if Need.objects.filter(subject_id=dropped_id, reason__in=_LIVES, ended_at__isnull=True).exists():
        raise Refused("duplicate_lives_somewhere", "keep")
    statuses = statuses_of([dropped_id, kept_id])
    if _is_settled(statuses[dropped_id]) and not _is_settled(statuses[kept_id]):
        raise Refused("duplicate_is_settled", "keep")
    leave_group(dropped_id, legal_day(at), CorrectionReason.SAME_PERSON, by=by, at=at)
    Person.objects.filter(Q(pk=dropped_id) | Q(same_as=dropped_id)).update(same_as_id=kept_id)
    kept_kinds = set(Identifier.objects.current().filter(subject_id=kept_id).values_list("kind", flat=True))
    for row in Identifier.objects.current().filter(subject_id=dropped_id).exclude(kind__in=kept_kinds):
        supersede(row, by=by, at=at, reason=CorrectionReason.SAME_PERSON, subject_id=kept_id)
    rewrite_tokens(kept_id)
    rewrite_tokens(dropped_id)
    _bring_relations(dropped_id, kept_id, by=by, at=at)
    _bring_statuses(dropped_id, kept_id, by=by, at=at)
    bring_doubts(dropped_id, kept_id, by=by, at=at)


def _is_settled(statuses: Sequence[Status]) -> bool:
    return any(each.kind is StatusKind.SETTLED for each in statuses)


def _bring_relations(dropped_id: int, kept_id: int, *, by: Viewer, at: datetime) -> None:
    """Whoever stood to the record that is put aside stands to the one that is kept; nobody to themselves, or twice."""
    rows = Relation.objects.current().filter(Q(subject_id=dropped_id) | Q(other_id=dropped_id)).order_by("pk")
    for row in rows:
        first, second = (kept_id if key == dropped_id else key for key in (row.subject_id, row.other_id))
        there = Relation.objects.current().filter(
            Q(subject_id=first, other_id=second) | Q(subject_id=second, other_id=first), kind=row.kind
        )
        if first == second or there.exists():
            annul(row, by=by, at=at, reason=CorrectionReason.SAME_PERSON)
        else:
            supersede(row, by=by, at=at, reason=CorrectionReason.SAME_PERSON, subject_id=first, other_id=second)


def _bring_statuses(dropped_id: int, kept_id: int, *, by: Viewer, at: datetime) -> None:
    """What was decided of the record that is put aside was decided of the person; told, so that a case opens on it.

    Each record has its own registration and application: those of the kept one count.
    """
    held = {(each.kind, each.holds_on) for each in statuses_of([kept_id])[kept_id]}
    kinds = {kind for kind, _ in held}
    rows = StatusEvent.objects.current().filter(subject_id=dropped_id).order_by("holds_on", "pk")
    brought = [
        row
        for row in rows
        if (StatusKind(row.kind), row.holds_on) not in held and (row.kind not in _ONCE or row.kind not in kinds)
    ]
    for row in brought:
        supersede(row, by=by, at=at, reason=CorrectionReason.SAME_PERSON, subject_id=kept_id)
    sum_up_groups_of([kept_id])
    group = group_of(kept_id, legal_day(at))
    if group is None:
        return
    for row in brought:
        publish(
            Happening(
                type="registry.status_registered",
                subject_id=group.pk,
                object_kind="placement_group",
                object_id=group.pk,
                transition=row.kind,
                holds_on=row.holds_on,
            ),
            by=by,
            at=at,
        )
