"""Where a household travels: to the municipality of its offer, or to the one that it found itself (SET-07, SET-13).

Whoever settles by agreement has the same journey as the others, with the same cover (GUIDE Vedlegg 5 and 1.7.1). It
rests on the request that IMDi agreed, and the case stays where it is until they have moved in.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.cancelling import ask_to_cancel
from fotfeste.settlement.actions.case import advance, tell
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import Journey, Offer, SettlementCase, SettlementRequest, TravelApproval
from fotfeste.settlement.queries.living import living_offer, own_journey, own_promise
from fotfeste.worklist.public import close_tasks

# What the journey of those who found the municipality themselves asked of others.
_OF_THE_JOURNEY = ("arrange_journey", "approve_travel", "prepare_arrival")


@dataclass(frozen=True, slots=True)
class Destination:
    """What a journey rests on: an offer, or a request that IMDi agreed for what they found themselves. One of them."""

    offer: Offer | None = None
    request: SettlementRequest | None = None

    @property
    def organisation_id(self) -> int:
        """The municipality."""
        return self._of.organisation_id

    @property
    def week(self) -> Week:
        """The week that was agreed."""
        return Week.parse(self.request.possible_week if self.request else self.offer.week if self.offer else "")

    @property
    def journey(self) -> Journey | None:
        """The journey, where there is one."""
        return getattr(self._of, "journey", None)

    @property
    def planned(self) -> Journey:
        """The journey. LookupError where none is agreed."""
        if self.journey is None:
            raise LookupError("no journey is agreed")
        return self.journey

    @property
    def approvals(self) -> QuerySet[TravelApproval]:
        """What UDI was asked of the way there."""
        return TravelApproval.objects.filter(offer=self.offer, request=self.request)

    @property
    def has_day(self) -> bool:
        """Whether there is a journey, and it is not put off without a day."""
        return self.journey is not None and self.journey.postponed_on is None

    @property
    def _of(self) -> Offer | SettlementRequest:
        found = self.request or self.offer
        if found is None:
            raise ValueError("a journey goes to some municipality")
        return found


def travels_to(case: SettlementCase, request: SettlementRequest) -> bool:
    """Whether those who found a municipality themselves travel to it: from their centre, where that lies elsewhere."""
    return case.centre is not None and case.centre.municipality_id != request.organisation.municipality_id


def to_agree(case: SettlementCase) -> tuple[str, Destination]:
    """The step of agreeing a journey now, or of changing the one that is agreed, and where it goes. Raises IllegalStep,
    NotFound.
    """
    if (request := own_promise(case)) is not None:
        to = Destination(request=request)
        return "change_journey" if to.has_day else "agree_journey", to
    step = "agree_journey" if case.state == "accepted" else "change_journey"
    CASE.step(case.state, step)
    return step, Destination(offer=living_offer(case))


def to_postpone(case: SettlementCase) -> Destination:
    """Where the journey goes that is put off. Raises IllegalStep where none has a day; NotFound."""
    if (request := own_promise(case)) is None:
        CASE.step(case.state, "postpone_journey")
        return Destination(offer=living_offer(case))
    to = Destination(request=request)
    if not to.has_day:
        raise IllegalStep(CASE.name, case.state, "postpone_journey")
    return to


def step_to(case: SettlementCase, to: Destination, step: str, *, by: Viewer, at: datetime, on: date) -> None:
    """Take a step of the journey. The case of those who found the municipality themselves stays where it is: the step
    is told as the others' is.
    """
    if to.request is None:
        advance(case, step, by=by, at=at, on=on, other_organisation_id=to.organisation_id)
    else:
        tell(f"settlement.{step}", case, by=by, at=at, holds_on=on, other_organisation_id=to.organisation_id)


def cancel_own_journey(case: SettlementCase, *, cause: str, on: date, by: Viewer, at: datetime) -> None:
    """Those who found the municipality themselves do not travel to it: the journey is over, and the centre cancels what
    is booked. Called while the case stands as it did; nothing where there is no such journey.

    A municipality that ends it reads nothing of what the agent was told: the centre is asked to look then, unless they
    drive themselves or the day is past.
    """
    close_tasks(_OF_THE_JOURNEY, subject_id=case.subject_id, by=by, at=at, outcome="void")
    journey = own_journey(case)
    if journey is None:
        return
    is_ahead = journey.travels_on >= legal_day(at) and not journey.is_own_car
    is_unread = by.organisation_kind == OrganisationKind.MUNICIPALITY and is_ahead
    ask_to_cancel(case, cause=cause, on=on, at=at, is_booked=is_unread)
    journey.cancelled_on = legal_day(at)
    journey.save(update_fields=["cancelled_on"])
