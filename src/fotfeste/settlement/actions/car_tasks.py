"""A household that is not as large as its journey by own car was agreed for: the centre has to see to it (TRV-03)."""

from collections.abc import Collection

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.events import Told
from fotfeste.settlement.queries.travel import Travel
from fotfeste.settlement.task_kinds_offers import FIT_CAR
from fotfeste.worklist.public import Task, close_tasks, open_task

_AGREED = ("settlement.agree_journey", "settlement.change_journey")  # who agrees it says who is in the car
_GREW = ("registry.member_added", "accommodation.placed", "accommodation.departure_annulled")


def follow_car(travel: Travel, whose: Collection[int], told: Told) -> None:
    """Open the task of putting the journey right, due on the day of the journey, of those whose it is; close it once it
    is right. The same again changes nothing.

    Fewer in the car than travel is asked about where somebody has come since it was agreed; who agreed it so knows it.
    """
    group_id, today, journey = travel.case.subject_id, legal_day(told.at), travel.journey
    is_agreed = travel.state == "journey_agreed"
    outcome = "done" if is_agreed else "void"
    open_now = list(Task.objects.filter(subject_id=group_id, kind=FIT_CAR, closed_at=None).order_by("pk"))
    is_asked = told.event.type in _GREW or (bool(open_now) and told.event.type not in _AGREED)
    is_wanted = is_agreed and (travel.has_wrong_persons or (travel.has_others and is_asked))
    for task in open_now:
        if not is_wanted or task.organisation_id not in whose:
            here, came_to = task.organisation_id, "void" if is_wanted else outcome
            close_tasks([FIT_CAR], subject_id=group_id, by=told.by, at=told.at, outcome=came_to, organisation_id=here)
    if journey is None or not is_wanted:
        return
    for organisation_id in whose:
        open_task(
            FIT_CAR,
            subject_id=group_id,
            organisation_id=organisation_id,
            cause="settlement.car_unlike_household",
            basis_on=today,
            due_on=max(today, journey.travels_on),
            due_rule="settlement.travel_day",
            object_id=travel.case.pk,
            at=told.at,
        )
