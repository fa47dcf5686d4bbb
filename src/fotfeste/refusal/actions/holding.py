"""IMDi asks the municipality to hold the offer, sets the deadline to move, and tells UDI that they do not; the
municipality holds it, or says why it cannot any more.
"""

from datetime import date, datetime

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Told
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.happening import Said, happened, lock_refusal, register, why_in_words
from fotfeste.refusal.actions.withdrawn import ask_to_see
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.history import latest_day
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.letters_deadline import write_deadline
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.queries.cases import case_of, open_refusal_of
from fotfeste.refusal.tasks import follow_with_tasks
from fotfeste.settlement.public import release_held_home

HOLDS = "refusal.ask_to_hold"


@act
def ask_to_hold(group_id: int, *, deadline_on: date, by: Viewer, at: datetime, version: int | None = None) -> Refusal:
    """IMDi asks the municipality to hold the offer until they have moved, and sets the last day to move.

    The municipality gets the task of holding it, and each adult a letter of IMDi's with the deadline. Raises Refused
    (`imdi_deadline_in_past`, `imdi_deadline_is_set`, those of the rules), Stale, NotFound. Source: GUIDE Vedlegg 6.
    """
    require(by, HOLDS)
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    _set_deadline(refusal, deadline_on, legal_day(at))
    _register_and_write(refusal, Happening.HOLD_ASKED, by=by, at=at)
    return refusal


@act
def tell_udi(
    group_id: int, *, deadline_on: date | None = None, by: Viewer, at: datetime, version: int | None = None
) -> Refusal:
    """IMDi tells UDI that they do not move; with the last day to move, where none was set when the municipality
    was asked, and then a letter of it to each adult. From now UDI can send the first letter. Raises Refused as above,
    `refusal_new_imdi_deadline` where the deadline has run out; Stale, NotFound.
    """
    require(by, HOLDS)
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    if deadline_on is not None:
        _set_deadline(refusal, deadline_on, legal_day(at))
    _register_and_write(refusal, Happening.IMDI_MESSAGE, field="deadline_on", by=by, at=at)
    return refusal


def _register_and_write(
    refusal: Refusal, kind: Happening, *, field: str | None = None, by: Viewer, at: datetime
) -> None:
    """Where it sets the deadline, IMDi writes of it to each adult, in the same act."""
    course = Course(register(refusal, kind, field=field, by=by, at=at))
    due = {int(each.id): course.deadline_letter_due(each.id) for each in course.present()}
    whom = sorted(person for person, event in due.items() if event is not None and event.kind is kind)
    if whom:
        write_deadline(refusal, whom, course=course, by=by, at=at)
        refusal.deadline_letters = whom
        refusal.save(update_fields=["deadline_letters"])


def _set_deadline(refusal: Refusal, deadline_on: date, today: date) -> None:
    """The first deadline; a later one is an extension, which keeps it."""
    if refusal.imdi_deadline_on is not None and refusal.imdi_deadline_on != deadline_on:
        raise Refused("imdi_deadline_is_set", "deadline_on", {"day": refusal.imdi_deadline_on})
    if refusal.imdi_deadline_on == deadline_on:
        return
    if deadline_on < today:
        raise Refused("imdi_deadline_in_past", "deadline_on")
    if deadline_on > latest_day(today):
        raise Refused("refusal_day_too_late", "deadline_on", {"day": latest_day(today)})
    refusal.imdi_deadline_on = deadline_on
    refusal.save(update_fields=["imdi_deadline_on"])


@act
def extend_imdi_deadline(
    group_id: int, *, until_on: date, text: str, by: Viewer, at: datetime, version: int | None = None
) -> Refusal:
    """IMDi gives them longer to move, while the deadline still runs or before UDI's first letter, with the reason. The
    first deadline is kept; the centre gets the task of telling those who have a letter of it.

    Raises Refused (`refusal_needs_words`, `refusal_run_out`, `refusal_no_later`), Stale, NotFound.
    """
    require(by, HOLDS)
    said = Said(why_in_words(text))
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    kind = Happening.IMDI_DEADLINE_EXTENDED
    register(refusal, kind, names_on=until_on, said=said, field="until_on", by=by, at=at)
    return refusal


@act
def withdraw_home(group_id: int, *, text: str, by: Viewer, at: datetime, version: int | None = None) -> None:
    """The municipality that was asked to hold the offer holds it no longer, with the reason; it has no part any more.
    UDI and IMDi are asked to see it; the centre tells those whose letters say that it is held, from the next night.

    The refusal goes on: whoever says yes now waits for another municipality (REF-05). Raises Refused
    (`refusal_needs_words`, `refusal_hold_asked`, `held_home_is_taken_up`), Stale, NotFound.
    """
    require(by, "refusal.withdraw_home")
    said = Said(why_in_words(text))
    refusal = lock_refusal(group_id, legal_day(at), by=by, version=version)
    if refusal.organisation_id != by.organisation_id:
        raise NotFound("not_found")
    if not RefusalEvent.objects.current().filter(refusal=refusal, kind=Happening.HOLD_ASKED).exists():
        raise Refused("refusal_hold_asked")
    register(refusal, Happening.WITHDRAWN, said=said, by=by, at=at)
    ask_to_see(refusal, by=by, at=at)
    release_held_home(group_id, by=by, at=at)


def follow_withdrawal(told: Told) -> None:
    """The offer that some had said yes to is taken back, or their case closed: nobody holds it for the rest any more.

    Listens to `settlement.withdraw_offer` and `settlement.close_case`, under the household's lock. Raises NoRule.
    """
    refusal = open_refusal_of(told.event.subject_id, is_locked=True) if told.event.subject_id else None
    if refusal is not None and say_whether_it_is_held(refusal, told):
        follow_with_tasks(refusal, case_of(refusal), cause="refusal.withdrawn", by=told.by, at=told.at)


def say_whether_it_is_held(refusal: Refusal, told: Told) -> bool:
    """Register that the offer is withdrawn where nobody holds it any more and it is not registered; whether it was.

    Nobody does where IMDi has taken it back, or where the municipality has seen that all had left: it is let go, also
    if they never did.
    """
    if RefusalEvent.objects.current().filter(refusal=refusal, kind=Happening.WITHDRAWN).exists():
        return False
    today = legal_day(told.at)
    offer = Refusal.objects.select_related("offer__request", "offer__case").get(pk=refusal.pk).offer
    is_lost = "withdrawn" in (offer.state, offer.request.state)
    if not is_lost and offer.case.state == "refused":
        know = organisations_with(refusal.subject_id, NeedReason.OFFERED_HERE, today)
        is_lost = refusal.organisation_id not in know
        if is_lost:
            release_held_home(refusal.subject_id, by=told.by, at=told.at)
    if is_lost:
        happened(refusal, Happening.WITHDRAWN, on=today, by=told.by, at=told.at)
        ask_to_see(refusal, by=told.by, at=told.at)
    return is_lost
