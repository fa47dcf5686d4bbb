"""How far a letter has come: sent to the right unit, delivered, opened, returned.

Whose letter it is follows it. One to people is also followed by those who hand it over: whoever sees it.
"""

from datetime import datetime

from fotfeste.directory.public import route
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, NotFound
from fotfeste.kernel.workflow import Transition
from fotfeste.letters.domain.states import LETTER
from fotfeste.letters.domain.types import TO_OUTSIDERS, TOPICS, LetterKind, ReturnReason
from fotfeste.letters.models import Letter
from fotfeste.letters.task_kinds import NAME_UNIT
from fotfeste.platform.acts import act
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import close_tasks, open_task

BY_UNIT, BY_POST, BY_HAND, OUTSIDE = "unit", "post", "by_hand", "outside"


@act
def send_letter(reference: str, *, by: Viewer, at: datetime) -> Letter:
    """Send a letter, or once more one that came back.

    One to an organisation goes to the mailbox of the unit that answers for what it is about, and is there at once.
    Where the organisation has none it goes by post, and the organisation gets the task to name one (MAMOT 7.2.8). One
    to people is handed over, with an interpreter where they need one. One to somebody who has no mailbox here goes
    as its writer sends it.

    Raises NotFound, NotAllowed (`letter_of_others`), IllegalStep where it is sent already.
    """
    letter = _locked(reference)
    _refuse_others(letter, by)
    step = LETTER.step(letter.status, "send")
    letter.way, letter.to_unit_id, letter.to_mailbox = BY_HAND, None, ""
    if letter.kind in TO_OUTSIDERS:
        letter.way = OUTSIDE
    if letter.to_organisation is not None:
        unit = route(letter.to_organisation, TOPICS[LetterKind(letter.kind)], legal_day(at)).unit
        letter.way = BY_UNIT if unit else BY_POST
        letter.to_unit_id, letter.to_mailbox = (unit.id, unit.mailbox) if unit else (None, "")
    letter.sent_at, letter.sent_by_id, letter.returned_at, letter.return_reason = at, by.user_id, None, ""
    letter.delivered_at = None
    _go(letter, step, by=by, at=at)
    if letter.way == BY_UNIT:
        letter.delivered_at = at
        _go(letter, LETTER.step(letter.status, "deliver"), by=by, at=at)
    elif letter.way == BY_POST:
        _ask_for_unit(letter, at)
    return letter


@act
def mark_delivered(reference: str, *, by: Viewer, at: datetime) -> Letter:
    """A letter that was sent has reached whom it is for. Raises as `send_letter`."""
    letter = _locked(reference)
    _refuse_others(letter, by)
    step = LETTER.step(letter.status, "deliver")
    letter.delivered_at = at
    return _go(letter, step, by=by, at=at)


@act
def mark_returned(reference: str, reason: ReturnReason, *, by: Viewer, at: datetime) -> Letter:
    """A letter came back, and why. It can be sent once more. Raises as `send_letter`."""
    letter = _locked(reference)
    _refuse_others(letter, by)
    step = LETTER.step(letter.status, "return")
    letter.returned_at, letter.return_reason = at, ReturnReason(reason)
    return _go(letter, step, by=by, at=at)


@act
def mark_opened(reference: str, *, by: Viewer, at: datetime) -> Letter:
    """Somebody in the organisation that a letter is to reads it for the first time; later times change nothing.

    Raises NotFound, NotAllowed (`letter_of_others`) for whoever is not its receiver, IllegalStep before it is sent.
    """
    letter = _locked(reference)
    if letter.to_organisation_id != by.organisation_id:
        raise NotAllowed("letter_of_others")
    if letter.opened_at is not None:
        return letter
    step = LETTER.step(letter.status, "open")
    letter.opened_at, letter.opened_by_id = at, by.user_id
    _go(letter, step, by=by, at=at)
    if letter.way == BY_POST and (subject_id := _about(letter)) is not None:
        own = by.organisation_id
        close_tasks([NAME_UNIT], subject_id=subject_id, organisation_id=own, by=by, at=at)
    return letter


def _locked(reference: str) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).select_related("to_organisation").filter(reference=reference)
    letter = found.first()
    if letter is None:
        raise NotFound("not_found")
    return letter


def _refuse_others(letter: Letter, by: Viewer) -> None:
    is_handed_over = letter.to_organisation_id is None and letter.kind not in TO_OUTSIDERS
    if not is_handed_over and letter.from_organisation_id != by.organisation_id:
        raise NotAllowed("letter_of_others")


def _go(letter: Letter, step: Transition, *, by: Viewer, at: datetime) -> Letter:
    """Take a step and tell it."""
    was, letter.status = letter.status, step.target
    letter.save(
        update_fields=[
            "status", "way", "to_unit", "to_mailbox", "sent_at", "sent_by", "delivered_at", "opened_at", "opened_by",
            "returned_at", "return_reason",
        ]
    )  # fmt: skip
    told = Happening(
        type=step.event,
        subject_id=letter.subject_id,
        object_kind="letter",
        object_id=letter.pk,
        workflow=LETTER.name,
        transition=step.name,
        from_state=was,
        to_state=step.target,
        other_organisation_id=letter.to_organisation_id,
    )
    publish(told, by=by, at=at)
    return letter


def _ask_for_unit(letter: Letter, at: datetime) -> None:
    """The organisation is asked to name the unit that letters of this kind go to."""
    subject_id = _about(letter)
    if subject_id is None or letter.to_organisation_id is None:
        return
    open_task(
        NAME_UNIT,
        subject_id=subject_id,
        organisation_id=letter.to_organisation_id,
        cause="letters.sent",
        basis_on=legal_day(at),
        at=at,
        object_id=letter.pk,
    )


def _about(letter: Letter) -> int | None:
    """Whom a task about the letter is about: of several the first."""
    return letter.subject_id or min(letter.also_about, default=None)
