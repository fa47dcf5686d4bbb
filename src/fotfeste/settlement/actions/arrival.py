"""Whether the household came to its municipality: confirmed, or told that it did not, and followed up (TRV-04)."""

from datetime import date, datetime, timedelta

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.events import Happening, publish
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import lock_group
from fotfeste.settlement.actions.parties import imdi_of, imdi_organisations, members_on, show_imdi
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.models import Journey
from fotfeste.settlement.task_kinds_offers import FOLLOW_NO_SHOW
from fotfeste.worklist.public import close_tasks, open_task


@act
def confirm_arrival(
    group_id: int, *, arrived_on: date, by: Viewer, at: datetime, version: int | None = None
) -> Journey:
    """The municipality has received the household: its last task about the move is done, also where it told before
    that they did not come. Raises Refused, NotFound.
    """
    journey = _journey_to(group_id, by=by, version=version)
    if arrived_on > legal_day(at):
        raise Refused("arrival_in_the_future", "arrived_on")
    if arrived_on < journey.case.state_since_on:
        raise Refused("arrival_before_departure", "arrived_on", {"day": journey.case.state_since_on})
    journey.arrived_on = arrived_on
    journey.save(update_fields=["arrived_on"])
    _tell("settlement.arrived", journey, arrived_on, by=by, at=at)
    close_tasks(["receive_household"], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    close_tasks([FOLLOW_NO_SHOW], subject_id=group_id, by=by, at=at, outcome="void")
    return journey


@act
def report_no_show(group_id: int, *, text: str, by: Viewer, at: datetime, version: int | None = None) -> Journey:
    """The municipality tells, in words, that the household never came: IMDi is to follow it up the same day.

    Nothing else follows by itself: they stay settled there, may come later, and the centre may take the departure
    back. Raises Refused (`arrival_is_confirmed`, `no_show_needs_words`, `no_show_is_told`), Stale, NotFound, NoRule.
    """
    journey = _journey_to(group_id, by=by, version=version)
    if journey.missed_on is not None:
        raise Refused("no_show_is_told", params={"day": journey.missed_on})
    if not text.strip():
        raise Refused("no_show_needs_words", "text")
    today = legal_day(at)
    journey.missed_on, journey.missed_text = today, text.strip()
    journey.save(update_fields=["missed_on", "missed_text"])
    _tell("settlement.not_arrived", journey, today, by=by, at=at)
    close_tasks(["receive_household"], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    for imdi in _imdi_who_sees(journey, today, at=at):
        open_task(
            FOLLOW_NO_SHOW,
            subject_id=group_id,
            organisation_id=imdi,
            cause="settlement.not_arrived",
            basis_on=today,
            due_on=today,
            object_id=journey.case_id,
            at=at,
        )
    return journey


@act
def follow_no_show(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """IMDi has followed it up. Raises Refused `no_show_is_followed`; Stale, NotFound, NotAllowed."""
    require(by, "settlement.find_municipality")
    lock_group(group_id, version=version)
    if not close_tasks([FOLLOW_NO_SHOW], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id):
        raise Refused("no_show_is_followed")
    journey = Journey.objects.filter(subject_id=group_id, missed_on__isnull=False).latest("pk")
    _tell("settlement.no_show_followed", journey, legal_day(at), by=by, at=at)


def _journey_to(group_id: int, *, by: Viewer, version: int | None) -> Journey:
    """The journey of a settled household to the viewer's municipality, which it has not confirmed the end of."""
    require(by, "settlement.answer_request")
    lock_group(group_id, version=version)
    journey = (
        Journey.objects.select_for_update()
        .filter(subject_id=group_id, case__state="settled", offer__organisation_id=by.organisation_id)
        .order_by("-pk")
        .first()
    )
    if journey is None:
        raise NotFound("not_found")
    if journey.arrived_on is not None:
        raise Refused("arrival_is_confirmed", params={"day": journey.arrived_on})
    return journey


def _imdi_who_sees(journey: Journey, today: date, *, at: datetime) -> list[int]:
    """IMDi, which sees the household for a dated time after it left, and anew where that is over."""
    found = imdi_of(journey.case, today)
    if found:
        return found
    days = book().get("settlement.imdi_sees_afterwards_days", today).integer
    subjects = [journey.subject_id, *members_on(journey.subject_id, today)]
    show_imdi(subjects, from_on=today, until_on=today + timedelta(days=days), at=at)
    return imdi_organisations()


def _tell(what: str, journey: Journey, on: date, *, by: Viewer, at: datetime) -> None:
    publish(
        Happening(
            type=what,
            subject_id=journey.subject_id,
            object_kind="journey",
            object_id=journey.pk,
            holds_on=on,
            other_organisation_id=by.organisation_id,
        ),
        by=by,
        at=at,
    )
