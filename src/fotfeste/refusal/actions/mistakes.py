"""What was registered in a refusal by mistake is taken back, as long as nothing rests on it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.counselling import COUNSELS
from fotfeste.refusal.actions.happening import lock_refusal, tell
from fotfeste.refusal.actions.holding import HOLDS
from fotfeste.refusal.actions.joining import take_in_children
from fotfeste.refusal.actions.sending import PURSUES
from fotfeste.refusal.domain.types import TO_OFFICER, Cause, Happening
from fotfeste.refusal.letters_void import Held, deadlines_held, write_void
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.queries.cases import case_of
from fotfeste.refusal.tasks import follow_with_tasks
from fotfeste.registry.public import Mistake, TakenBack, check_mistake, record_correction
from fotfeste.settlement.public import follow_yes_taken_back, refuse_again

TAKEN_BACK_BY = {
    Happening.TALK: COUNSELS,
    Happening.ACCEPTED: COUNSELS,
    Happening.GUARDIAN_TOLD: PURSUES,
    Happening.CHILD_WELFARE_TOLD: PURSUES,
    Happening.MINORS_PLACE_OFFERED: PURSUES,
    Happening.EVICTION_DAY_SET: PURSUES,
    Happening.FORTNIGHT_EXTENDED: PURSUES,
    Happening.HOLD_ASKED: HOLDS,
    Happening.IMDI_MESSAGE: HOLDS,
    Happening.IMDI_DEADLINE_EXTENDED: HOLDS,
}
"""Who takes back what. A letter is sent, and a departure is the centre's to take back where it registered it."""

_REST_ON_NOTHING = (Happening.TALK, *TO_OFFICER)
"""What may come after something that is taken back: the enforcement officer is told again."""

_GIVE_LONGER = (Happening.FORTNIGHT_EXTENDED, Happening.IMDI_DEADLINE_EXTENDED)

DEADLINE_TAKEN_BACK = "deadline_taken_back"

_SETS_DEADLINE = (Happening.HOLD_ASKED, Happening.IMDI_MESSAGE)


@act
def take_back_event(
    group_id: int,
    event_id: int,
    *,
    reason: Mistake | str,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Refusal:
    """Take back something that was registered of a refusal by mistake, of all whom it was registered of at once.

    Nothing may have been registered after it but talks, and what the enforcement officer was told. A yes is taken back
    as long as no journey is agreed: the household refuses as before. Raises Refused (`mistake_missing`,
    `mistake_needs_words`, `not_taken_back`, `something_rests_on_it`, `yes_is_acted_upon`), NotAllowed, Stale, NotFound.
    """
    check_mistake(reason, text)
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    event = RefusalEvent.objects.current().filter(refusal=refusal, pk=event_id).first()
    if event is None:
        raise NotFound("not_found")
    if event.kind not in TAKEN_BACK_BY:
        raise Refused("not_taken_back")
    require(by, TAKEN_BACK_BY[Happening(event.kind)])
    if _rests_on(event, RefusalEvent.objects.current().filter(refusal=refusal)):
        raise Refused("something_rests_on_it")
    together = {"refusal": refusal, "kind": event.kind, "recorded_at": event.recorded_at}
    rows = list(RefusalEvent.objects.current().filter(**together).order_by("pk"))
    told = deadlines_held(refusal)
    for row in rows:
        annul(row, by=by, at=at, reason=str(reason))
    record_correction(group_id, TakenBack.REFUSAL, event.holds_on, reason, text, by=by, at=at)
    tell(refusal, "refusal.taken_back", on=legal_day(at), by=by, at=at)
    if event.kind == Happening.ACCEPTED:
        _refuses_as_before(refusal, by=by, at=at)
        take_in_children(refusal, legal_day(at))
        follow_yes_taken_back(group_id, [row.resident_id for row in rows if row.resident_id], by=by, at=at)
    if event.kind in _SETS_DEADLINE:
        _set_no_deadline(refusal, told, by=by, at=at)
    follow_with_tasks(refusal, case_of(refusal), cause="refusal.taken_back", by=by, at=at)
    return refusal


def can_be_taken_back(events: Sequence[RefusalEvent], viewer: Viewer) -> list[RefusalEvent]:
    """Those of what has happened in a refusal that are the viewer's to take back, and that nothing rests on.

    Whether a journey is agreed by now, the act asks.
    """
    kinds = {kind for kind, permission in TAKEN_BACK_BY.items() if viewer.may(permission)}
    return [event for event in events if event.kind in kinds and not _rests_on(event, events)]


def _rests_on(event: RefusalEvent, others: Iterable[RefusalEvent]) -> bool:
    """Something that counts was registered after it."""
    if event.kind == Happening.TALK:
        return False
    nothing = _resting_on_nothing(event)
    return any(each.recorded_at > event.recorded_at and each.kind not in nothing for each in others)


def _resting_on_nothing(event: RefusalEvent) -> tuple[Happening, ...]:
    """Somebody who was told that they have longer has longer; nothing else rests on days that were told."""
    return _REST_ON_NOTHING if event.kind in _GIVE_LONGER else (*_REST_ON_NOTHING, Happening.DAYS_TOLD)


def _refuses_as_before(refusal: Refusal, *, by: Viewer, at: datetime) -> None:
    """The case is refused again, where nobody else has said yes."""
    if RefusalEvent.objects.current().filter(refusal=refusal, kind=Happening.ACCEPTED).exists():
        return
    not_moved_on = refusal.opened_on if refusal.cause == Cause.NOT_MOVED else None
    refuse_again(refusal.subject_id, refusal.opened_on, not_moved_on=not_moved_on, by=by, at=at)


def _set_no_deadline(refusal: Refusal, told: Sequence[Held], *, by: Viewer, at: datetime) -> None:
    """IMDi's last day to move is nobody's any more, where neither the municipality nor UDI has been told of it: whoever
    holds a letter of it is written to.
    """
    if RefusalEvent.objects.current().filter(refusal=refusal, kind__in=_SETS_DEADLINE).exists():
        return
    refusal.imdi_deadline_on, refusal.deadline_letters = None, []
    refusal.save(update_fields=["imdi_deadline_on", "deadline_letters"])
    write_void(refusal, told, DEADLINE_TAKEN_BACK, by=by, at=at)
