"""What happens in a refusal is written down, once it is known that it may: under the household's lock."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform import events
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.domain.history import why_not
from fotfeste.refusal.domain.moves import TaskOf
from fotfeste.refusal.domain.types import WAYS_OUT, Case, Event, Happening
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.queries.cases import case_of, open_refusal_of
from fotfeste.refusal.queries.living import centres_of
from fotfeste.refusal.sentences import refused_because
from fotfeste.refusal.tasks import follow_with_tasks
from fotfeste.registry.public import lock_group
from fotfeste.worklist.public import close_tasks

WRITTEN_LATER = frozenset({Happening.TALK, Happening.ACCEPTED})
"""What the centre may write down after the day, though something else has happened since."""


ABOUT_THE_DAY = frozenset({"stops_too_early", "stops_too_late"})
"""What is wrong with the day that a letter to residents names, and not with whom it is to."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an event in words, and how it was said."""

    text: str = ""
    language: str = ""
    interpreter: str = ""


def lock_refusal(group_id: int, today: date, *, by: Viewer, version: int | None) -> Refusal:
    """The open refusal of a household, locked after the household (the fixed order), its version checked and raised.

    Raises Refused `no_open_refusal`, `not_their_centre`; Stale, NotFound.
    """
    lock_group(group_id, version=version)
    refusal = open_refusal_of(group_id, is_locked=True)
    if refusal is None:
        raise Refused("no_open_refusal")
    if by.organisation_kind == OrganisationKind.CENTRE and by.organisation_id not in centres_of(refusal, today):
        raise Refused("not_their_centre")
    return refusal


def register(
    refusal: Refusal,
    kind: Happening,
    residents: Collection[int] = (),
    *,
    on: date | None = None,
    names_on: date | None = None,
    said: Said | None = None,
    field: str | None = None,
    day_field: str | None = None,
    by: Viewer,
    at: datetime,
) -> Case:
    """Register that something happened (today, where no day is given), if it can have, with its event and tasks.

    `field` is where a fault is told on a form, `day_field` where it is of the day that is named. Gives the case as it
    stands after it. Raises Refused with the sentence of why it cannot have happened; NoRule.
    """
    today = legal_day(at)
    day = on or today
    if day > today:
        raise Refused("refusal_event_in_future", "on")
    case = case_of(refusal)
    event = Event(kind, day, tuple(str(each) for each in sorted(set(residents))), names_on)
    if set(event.residents) - {each.id for each in case.residents}:
        raise Refused("not_in_refusal", "residents")
    if fault := why_not(_as_it_stood(case, event), event):
        raise refused_because(fault, day_field if day_field and fault.code in ABOUT_THE_DAY else field)
    happened(refusal, kind, residents, on=day, names_on=names_on, said=said, by=by, at=at)
    after = case_of(refusal)
    if by.organisation_kind == OrganisationKind.MUNICIPALITY:  # it sees its own part alone: the rest is as it was
        close_tasks([TaskOf.HELD], subject_id=refusal.subject_id, by=by, at=at)
        return after
    follow_with_tasks(refusal, after, cause=f"refusal.{kind}", by=by, at=at)
    return after


def _as_it_stood(case: Case, event: Event) -> Case:
    """What is asked of the event: what had happened by its day, where it may be written down later.

    A way out holds all the same, whenever it was.
    """
    if event.kind not in WRITTEN_LATER:
        return case
    before = tuple(each for each in case.events if each.on <= event.on or each.kind in WAYS_OUT)
    known = tuple(replace(each, on=min(each.on, event.on)) for each in before)
    return replace(case, events=known)


def why_in_words(text: str) -> str:
    """The reason that an act must have. Raises Refused `refusal_needs_words`."""
    if not text.strip():
        raise Refused("refusal_needs_words", "text")
    return text


def happened(
    refusal: Refusal,
    kind: Happening,
    residents: Collection[int] = (),
    *,
    on: date,
    names_on: date | None = None,
    said: Said | None = None,
    by: Viewer,
    at: datetime,
) -> None:
    """Write an event down: a row for each whom it happened to, and one in the feed. Asks nothing."""
    words = said or Said()
    whom: list[int | None] = [*sorted(set(residents))]
    for resident in whom or [None]:
        RefusalEvent(
            refusal=refusal,
            subject_id=refusal.subject_id,
            resident_id=resident,
            kind=kind,
            holds_on=on,
            names_on=names_on,
            text=words.text.strip(),
            language=words.language,
            interpreter=words.interpreter,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        ).stored()
    tell(refusal, f"refusal.{kind}", on=on, by=by, at=at)


def tell(refusal: Refusal, what: str, *, on: date, by: Viewer, at: datetime) -> None:
    """Publish what happened, without its content."""
    events.publish(
        events.Happening(
            type=what,
            subject_id=refusal.subject_id,
            object_kind="refusal",
            object_id=refusal.pk,
            holds_on=on,
            other_organisation_id=refusal.organisation_id,
        ),
        by=by,
        at=at,
    )
