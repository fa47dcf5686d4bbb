"""The internal settlement note (intern bosettingsmerknad): what becomes known after the interview (SET-05, SET-06).

The centre writes to IMDi. What a municipality is told, IMDi passes on in its own words; the database shows a
municipality no other note.
"""

from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.case import lock_case, tell
from fotfeste.settlement.actions.interview import PERMISSION
from fotfeste.settlement.actions.parties import imdi_organisations
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import NoteMistake
from fotfeste.settlement.models import SettlementCase, SettlementNote
from fotfeste.settlement.task_kinds_interview import READ_NOTE
from fotfeste.worklist.public import close_tasks, open_task


@act
def add_note(group_id: int, text: str, *, by: Viewer, at: datetime, version: int | None = None) -> SettlementNote:
    """Add a note after the interview; IMDi gets a task to read it.

    Raises Refused: `note_is_empty`, `note_before_interview`; Stale, NotFound, NotAllowed.
    """
    require(by, PERMISSION)
    case = lock_case(group_id, by=by, version=version)
    if case.state == CASE.initial:
        raise Refused("note_before_interview", "text")
    note = _write(case, text, is_passed_on=False, by=by, at=at)
    ask_imdi_to_read(case, cause="settlement.note_added", on=legal_day(at), at=at)
    tell("settlement.note_added", case, by=by, at=at)
    return note


def ask_imdi_to_read(case: SettlementCase, *, cause: str, on: date, at: datetime) -> None:
    """IMDi gets a task to read, the same day, what the centre has written."""
    for imdi in imdi_organisations():
        open_task(
            READ_NOTE,
            subject_id=case.subject_id,
            organisation_id=imdi,
            cause=cause,
            basis_on=on,
            due_on=on,
            object_id=case.pk,
            at=at,
        )


@act
def read_notes(
    group_id: int, passed_on: str, *, by: Viewer, at: datetime, version: int | None = None
) -> SettlementNote | None:
    """IMDi has read the notes. `passed_on` is what the municipality gets to see of them; empty: nothing.

    Raises NotFound where there is no note; Stale, NotAllowed.
    """
    require(by, "settlement.find_municipality")
    case = lock_case(group_id, by=by, version=version)
    if not SettlementNote.objects.current().filter(case=case, is_passed_on=False).exists():
        raise NotFound("not_found")
    note = _write(case, passed_on, is_passed_on=True, by=by, at=at) if passed_on.strip() else None
    close_tasks([READ_NOTE], subject_id=group_id, by=by, at=at)
    tell("settlement.note_passed_on" if note else "settlement.notes_read", case, by=by, at=at)
    return note


@act
def pass_on(group_id: int, text: str, *, by: Viewer, at: datetime, version: int | None = None) -> SettlementNote:
    """IMDi passes on to the municipality, in its own words, what that needs to know (SET-06).

    The only way for what is known of an unaccompanied minor. Shown to whichever municipality is asked, offered or
    settles them. Once the case has ended nothing more goes this way: a municipality that has settled them
    asks them, and no other is to know. Raises Refused `note_is_empty`, `passed_on_before_interview`,
    `passed_on_after_the_end`; Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.find_municipality")
    try:
        case = lock_case(group_id, by=by, version=version)
    except NotFound:
        if SettlementCase.objects.filter(subject_id=group_id).exists():
            raise Refused("passed_on_after_the_end", "text") from None
        raise
    if case.state == CASE.initial:
        raise Refused("passed_on_before_interview", "text")
    note = _write(case, text, is_passed_on=True, by=by, at=at)
    tell("settlement.passed_on", case, by=by, at=at)
    return note


@act
def take_back_passed_on(
    group_id: int,
    note_id: int,
    *,
    reason: NoteMistake | str,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> SettlementNote:
    """IMDi takes back a text that was passed on wrongly: it is annulled with a reason, and no municipality sees it.

    Also after the case has ended, as long as IMDi knows of the household. That a municipality may have read it already
    cannot be undone: the event stays. Raises Refused `mistake_reason_missing`, `note_is_taken_back`; Stale, NotFound,
    NotAllowed.
    """
    require(by, "settlement.find_municipality")
    if reason not in tuple(NoteMistake):
        raise Refused("mistake_reason_missing", "reason")
    lock_group(group_id, version=version)
    passed_on = SettlementNote.objects.filter(pk=note_id, subject_id=group_id, is_passed_on=True)
    found: SettlementNote | None = passed_on.select_related("case").select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("not_found")
    if found.annulled_at is not None:
        raise Refused("note_is_taken_back", "note")
    annul(found, by=by, at=at, reason=str(reason))
    tell("settlement.passed_on_taken_back", found.case, by=by, at=at)
    return found


def _write(case: SettlementCase, text: str, *, is_passed_on: bool, by: Viewer, at: datetime) -> SettlementNote:
    if not text.strip():
        raise Refused("note_is_empty", "text")
    return SettlementNote.objects.create(
        subject_id=case.subject_id,
        case=case,
        text=text.strip(),
        is_passed_on=is_passed_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    )
