"""Delayed, cancelled, fell ill: the journey gets another day, or none yet, and the settlement stands (TRV-01)."""

from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import lock_case_where_they_live
from fotfeste.settlement.actions.destination import step_to, to_postpone
from fotfeste.settlement.actions.journey import plan_the_day
from fotfeste.settlement.actions.parties import ask_centre
from fotfeste.settlement.domain.goals import after_working_days
from fotfeste.settlement.domain.interruptions import check_interruption
from fotfeste.settlement.domain.journey import check_near_offer
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import InterruptionKind
from fotfeste.settlement.models import Interruption, Journey, SettlementCase
from fotfeste.worklist.public import close_tasks, open_task

_CAUSE = "settlement.postpone_journey"


@act
def postpone_journey(
    group_id: int,
    *,
    kind: InterruptionKind | str,
    happened_on: date,
    new_on: date | None = None,
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> Interruption:
    """Register what came between, and what became of it: a new day that is agreed with the municipality, or none yet.

    The offer stands. With a new day the journey stays agreed, and the tasks of the centre and the municipality move to
    it; the times of the legs are to be given again. Without one the case waits as after the household's yes: the centre
    is to agree the journey anew, and the municipality has its task without a day. What the agent is told is the
    centre's next message (`booking`). Raises Refused, IllegalStep, Stale, NotFound, NoRule.
    """
    require(by, "settlement.arrange_journey")
    case = lock_case_where_they_live(group_id, by=by, version=version)
    step = "postpone_journey" if new_on is None else "change_journey"
    to, today = to_postpone(case), legal_day(at)
    journey: Journey = to.planned
    check_interruption(
        kind,
        text,
        happened_on=happened_on,
        agreed_on=journey.agreed_on,
        was_on=journey.travels_on,
        new_on=new_on,
        today=today,
    )
    if new_on is not None:
        check_near_offer(new_on, to.week)
        _check_insured(journey, new_on)
    told = Interruption(
        subject_id=group_id,
        case=case,
        journey=journey,
        kind=kind,
        text=text.strip(),
        happened_on=happened_on,
        was_on=journey.travels_on,
        new_on=new_on,
        recorded_at=at,
        recorded_by_id=by.user_id,
        reported_by_id=by.organisation_id,
    ).stored()
    _move(journey, new_on, today)
    step_to(case, to, step, by=by, at=at, on=today)
    if new_on is not None:
        plan_the_day(case, new_on, to, by=by, at=at, today=today, cause=_CAUSE)
    else:
        _wait_for_a_day(case, to.organisation_id, by=by, at=at, today=today)
    return told


def _check_insured(journey: Journey, new_on: date) -> None:
    """Who drives is insured on the new day too, or shows new papers under a changed journey. Raises Refused."""
    valid_until = journey.green_card_valid_until
    if journey.is_own_car and valid_until is not None and valid_until < new_on:
        raise Refused("not_insured_on_the_new_day", "new_on", {"day": valid_until})


def _move(journey: Journey, new_on: date | None, today: date) -> None:
    """The day moves; what the clock was to show on the old one is not known of another."""
    journey.legs.update(departs_at=None, arrives_at=None)
    if new_on is None:
        journey.postponed_on = today
    else:
        journey.travels_on = new_on
    journey.save(update_fields=["travels_on", "postponed_on"])


def _wait_for_a_day(case: SettlementCase, to: int, *, by: Viewer, at: datetime, today: date) -> None:
    kinds = ["register_departure", "prepare_arrival"]
    close_tasks(kinds, subject_id=case.subject_id, by=by, at=at, outcome="void")
    deadline = after_working_days("settlement.journey_working_days", today, book())
    ask_centre(case, "arrange_journey", cause=_CAUSE, basis_on=today, deadline=deadline, at=at)
    open_task(
        "prepare_arrival",
        subject_id=case.subject_id,
        organisation_id=to,
        cause=_CAUSE,
        basis_on=today,
        object_id=case.pk,
        at=at,
    )
