"""A refusal opens where a household at a centre says no, or does not move; and is none where the no never was."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from fotfeste.accommodation.public import everyone_of
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.platform.facts import annul
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.actions.happening import Said, happened, tell
from fotfeste.refusal.domain.course import Course
from fotfeste.refusal.domain.types import Cause, Happening
from fotfeste.refusal.letters_void import letters_held, write_void
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.queries.cases import case_of, open_refusal_of
from fotfeste.refusal.tasks import follow_with_tasks, void_tasks
from fotfeste.settlement.public import SettlementCase

NEVER_REFUSED = "never_refused"


def open_where_declined(told: Told) -> None:
    """A household that lives at a centre has said no to its offer. Listens to `settlement.decline_offer`."""
    _open(told, Cause.DECLINED)


def open_where_not_moved(told: Told) -> None:
    """A household did not move on the day that was agreed. Listens to `settlement.register_not_moved`."""
    _open(told, Cause.NOT_MOVED)


def _open(told: Told, cause: Cause) -> None:
    """The refusal of those who live at a centre, told to IMDi and to UDI's region by their tasks (REF-01).

    Whoever lives privately is evicted from nowhere: their agreement ends (`settlement.end_where_declined`).
    """
    event = told.event
    if event.subject_id is None or event.holds_on is None or event.object_id is None:
        return
    today = legal_day(told.at)
    everyone = everyone_of(event.subject_id, today)
    persons = sorted(each.subject_id for each in everyone if each.is_staying and each.centre_id is not None)
    if not persons:
        return
    case = SettlementCase.objects.get(pk=event.object_id)
    offer = case.offers.exclude(state="withdrawn").get()
    not_offered = _give_way(event.subject_id, offer.pk, offer.persons, by=told.by, at=told.at)
    refusal = Refusal.objects.create(
        subject_id=event.subject_id,
        case=case,
        offer=offer,
        organisation_id=offer.organisation_id,
        cause=cause,
        opened_on=event.holds_on,
        persons=persons,
        not_offered=sorted(not_offered.intersection(persons)),
    )
    happened(refusal, Happening.REPORTED, on=today, by=told.by, at=told.at)
    follow_with_tasks(refusal, case_of(refusal), cause=event.type, by=told.by, at=told.at)


def _give_way(group_id: int, offer_id: int, given: Collection[int], *, by: Viewer, at: datetime) -> frozenset[int]:
    """Some had said yes, and did not move either: a new refusal is about all who are still there, from the start.

    Gives those who refused all the while and were never given the offer that it is about: of the same offer, those who
    were not given it before.
    """
    before = open_refusal_of(group_id, is_locked=True)
    if before is None:
        return frozenset()
    refusing = frozenset(int(each.id) for each in Course(case_of(before)).present())
    is_same = before.offer_id == offer_id
    not_offered = refusing.intersection(before.not_offered) if is_same else refusing.difference(given)
    happened(
        before, Happening.CLOSED, on=legal_day(at), said=Said(_("Avløst av en ny bosettingsnektsak.")), by=by, at=at
    )
    before.closed_on = legal_day(at)
    before.save(update_fields=["closed_on"])
    void_tasks(before, by=by, at=at)
    return not_offered


def end_where_never_refused(told: Told) -> None:
    """The no was registered by mistake: there is no refusal, and who holds a letter of it is written to.

    Listens to `settlement.annul_refusal` and `settlement.annul_not_moved`.
    """
    if told.event.subject_id is None:
        return
    refusal = open_refusal_of(told.event.subject_id, is_locked=True)
    if refusal is not None:
        sent = letters_held(refusal)
        end_without_refusal(refusal, by=told.by, at=told.at)
        write_void(refusal, sent, NEVER_REFUSED, by=told.by, at=told.at)
        _come_back(refusal, told)


def _come_back(wrong: Refusal, told: Told) -> None:
    """The refusal that gave way to one that never was goes on, with its letters: it was closed in the same act."""
    reported = RefusalEvent.objects.filter(refusal=wrong, kind=Happening.REPORTED).first()
    if reported is None:
        return
    same_act = {"kind": Happening.CLOSED, "recorded_at": reported.recorded_at}
    closing = RefusalEvent.objects.current().filter(subject_id=wrong.subject_id, **same_act)
    gave_way = closing.exclude(refusal=wrong).select_related("refusal").first()
    if gave_way is None:
        return
    before = gave_way.refusal
    reopen(before, reason=NEVER_REFUSED, by=told.by, at=told.at)
    follow_with_tasks(before, case_of(before), cause="refusal.taken_back", by=told.by, at=told.at)


def reopen(refusal: Refusal, *, reason: str, by: Viewer, at: datetime) -> None:
    """It was closed for what never was: it goes on as before."""
    if refusal.closed_on is None:
        return
    refusal.closed_on = None
    refusal.save(update_fields=["closed_on"])
    for row in RefusalEvent.objects.current().filter(refusal=refusal, kind=Happening.CLOSED):
        annul(row, by=by, at=at, reason=reason)


def end_without_refusal(refusal: Refusal, *, by: Viewer, at: datetime) -> None:
    """There was never a refusal: nobody has a move in it, but UDI where an enforcement officer has to be told."""
    refusal.annulled_at, refusal.annulled_by_id = at, by.user_id
    refusal.save(update_fields=["annulled_at", "annulled_by"])
    tell(refusal, "refusal.annulled", on=legal_day(at), by=by, at=at)
    void_tasks(refusal, by=by, at=at)
    follow_with_tasks(refusal, case_of(refusal), cause="refusal.annulled", by=by, at=at)
