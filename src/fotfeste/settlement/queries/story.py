"""What has happened in a household's case, fetched once for a page: requests, offer, journey, whose tasks are open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from fotfeste.directory.public import Organisation
from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.prepared import Given, Prepared
from fotfeste.settlement.domain.goals import Deadline, Waiting, answer_deadline, need_answer_deadline
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import NeedAnswer
from fotfeste.settlement.models import (
    BookingMessage,
    CarClaim,
    CaseNeed,
    Interruption,
    Interview,
    Journey,
    JourneyLeg,
    NeedQuestion,
    Offer,
    SettlementCase,
    SettlementRequest,
    TravelApproval,
)
from fotfeste.settlement.queries.car_claims import Figures
from fotfeste.settlement.queries.living import travel_state, with_offer
from fotfeste.settlement.queries.offered import OfferedBefore
from fotfeste.settlement.queries.waiting import waiting_of
from fotfeste.settlement.task_kinds_offers import DECIDE_WITHOUT_PERMIT
from fotfeste.worklist.public import Task

_KEY = "settlement.story"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its deadline, computed when read."""

    request: SettlementRequest
    deadline: Deadline

    def is_late_on(self, day: date) -> bool:
        """Answered after the deadline, or unanswered when it has passed."""
        return self.deadline.is_late_on(self.request.answered_on or day) and self.request.state != "withdrawn"


@dataclass(frozen=True, slots=True)
class AskedNeed:
    """A municipality is asked about a need that arose after its yes; the deadline is computed when read."""

    question: NeedQuestion
    deadline: Deadline
    is_needed: bool  # still, as the viewer reads it: UDI, which reads no needs, reads the answer alone


@dataclass(frozen=True, slots=True)
class Story:
    """The newest case of a household and what belongs to it, as the viewer's organisation may see it."""

    case: SettlementCase | None
    interview: Interview | None = None
    requests: tuple[Asked, ...] = ()
    offer: Offer | None = None
    journey: Journey | None = None
    legs: tuple[JourneyLeg, ...] = ()
    approvals: tuple[TravelApproval, ...] = ()
    asked_needs: tuple[AskedNeed, ...] = ()  # of each request that was said yes to, the oldest first
    messages: tuple[BookingMessage, ...] = ()  # to the travel agent, the oldest first
    interruptions: tuple[Interruption, ...] = ()  # of the journey, the oldest first
    claims: tuple[CarClaim, ...] = ()  # for an own car, the oldest first
    has_car_before: bool = False  # they have been to drive themselves in a case that is over
    withdrawn: tuple[Offer, ...] = ()  # offers that IMDi took back, the oldest first
    tasks: Mapping[str, Task] = field(default_factory=dict)
    is_without_permit: bool = False  # nobody in the household has one: it waits for UDI's decision, or IMDi's
    offered_before: frozenset[int] = frozenset()  # members who have had an offer, here or in another household

    @property
    def open_request(self) -> Asked | None:
        """The request that waits for an answer."""
        return next((asked for asked in self.requests if asked.request.state == "open"), None)

    @property
    def living_request(self) -> Asked | None:
        """The request that the case rests on now: open, accepted or fulfilled."""
        living = ("open", "accepted", "fulfilled")
        return next((asked for asked in self.requests if asked.request.state in living), None)

    @property
    def is_self_found(self) -> bool:
        """Whether they found the municipality themselves, and IMDi agreed it."""
        living = self.living_request
        return living is not None and living.request.is_self_found

    @property
    def travel_state(self) -> str:
        """Where they stand as those who travel: the state of the case; of those who found the municipality themselves
        the state that it would have with an offer. Empty without a case.
        """
        state = self.case.state if self.case else ""
        if state == "municipality_found" and self.journey is None and self.is_self_found:
            return "accepted"
        return travel_state(state, self.journey)

    @property
    def destination(self) -> Organisation | None:
        """The municipality that they are offered, or have found themselves."""
        if self.offer is not None:
            return self.offer.organisation
        return self.living_request.request.organisation if self.is_self_found and self.living_request else None

    @property
    def open_approval(self) -> TravelApproval | None:
        """What UDI is asked and has not answered."""
        return next((asked for asked in self.approvals if not asked.outcome), None)

    @property
    def approval(self) -> TravelApproval | None:
        """UDI's latest yes."""
        return next((asked for asked in reversed(self.approvals) if asked.outcome == "approved"), None)

    @property
    def approval_of_journey(self) -> TravelApproval | None:
        """The yes of UDI's that the journey was agreed on."""
        rests_on = self.journey.approval_id if self.journey else None
        return next((asked for asked in self.approvals if asked.pk == rests_on), None)

    @property
    def open_needs(self) -> list[AskedNeed]:
        """What the municipality is asked and has not answered."""
        return [each for each in self._of_the_municipality if not each.question.outcome]

    @property
    def unmet_needs(self) -> list[AskedNeed]:
        """What the municipality has said that it cannot meet, and has not been asked again: as long as they need it and
        IMDi has not confirmed it.
        """
        living = self.living_request
        confirmed = living.request.confirmed if living else []
        latest = {each.question.capability: each for each in self._of_the_municipality}
        return [
            each
            for capability, each in latest.items()
            if each.is_needed and each.question.outcome == NeedAnswer.NOT_MET and capability not in confirmed
        ]

    @property
    def _of_the_municipality(self) -> list[AskedNeed]:
        """What the municipality that has said yes is asked about, until they are settled."""
        living = self.living_request
        if living is None or living.request.state != "accepted":
            return []
        return [each for each in self.asked_needs if each.question.request_id == living.request.pk]

    def due_on(self, kind: str) -> date | None:
        """When the open task of a kind is due; None where there is none."""
        task = self.tasks.get(kind)
        return task.due_on if task else None

    def waiting_on(self, day: date) -> Waiting | None:
        """Days waited against the goal until settled, or until `day`. Raises NoRule."""
        if self.case is None:
            return None
        until = self.case.state_since_on if self.case.state == "settled" else day
        return waiting_of(self.case, until)


def story_of(group_id: int, tasks: Iterable[Task] = ()) -> Story:
    """The newest case of a group with what belongs to it, and its open tasks where given. Two queries at most."""
    by_kind = {task.kind: task for task in tasks}
    case = _NEWEST_CASE.first(group=group_id)
    if case is None:
        return Story(None, tasks=by_kind)
    offer = getattr(case, "living_offer", None)  # the join sets nothing where it finds none
    requests = _REQUESTS(case=case.pk) if case.is_asked_for else []
    for request in requests:
        request.case = case
    return Story(
        case=case,
        interview=getattr(case, "interview", None),
        requests=tuple(Asked(request, answer_deadline(request.sent_on, book())) for request in requests),
        offer=offer,
        journey=getattr(offer, "journey", None) or getattr(case, "own_journey", None),
        legs=tuple(_leg(row) for row in case.legs),
        approvals=tuple(_approval(row) for row in case.approvals),
        asked_needs=tuple(_asked_need(row) for row in case.asked_needs),
        messages=tuple(BookingMessage(**_with_days(row, "sent_on", "answered_on")) for row in case.messages),
        interruptions=tuple(
            Interruption(**_with_days(row, "happened_on", "was_on", "new_on")) for row in case.came_between
        ),
        claims=tuple(_claim(row, case) for row in case.claims),
        has_car_before=case.has_car_before,
        withdrawn=tuple(Offer(**_with_days(row, "decided_on", "withdrawn_on", "told_on")) for row in case.withdrawn),
        tasks=by_kind,
        is_without_permit=case.waits_for_decision or case.is_to_decide,
        offered_before=frozenset(case.had_offer),
    )


LEG = ("id", "number", "mode", "start", "end", "payer", "price_ore", "operator", "departs_at", "arrives_at")
APPROVAL = ("id", "modes", "explanation", "asked_on", "outcome", "answered_on", "udi_reference", "answer_text")
NEED = ("id", "request_id", "organisation_id", "capability", "asked_on", "outcome", "answered_on", "answer_text")

MESSAGE = (
    "id", "number", "kind", "state", "content", "text", "channel", "sent_to", "sent_on", "answered_on",
    "agent_reference", "prices", "answer_text",
)  # fmt: skip
INTERRUPTION = ("id", "kind", "text", "happened_on", "was_on", "new_on")
CLAIM = (
    "id", "number", "state", "amount_ore", "owed_ore", "paid_on", "sent_on", "decided_on", "decision_text",
    "denial_seen_on", "refunded_on", "refunded_ore", "asked_ore", "resent_after", "resend_text", "denials",
    "organisation_id", "organisation__name", "figures",
)  # fmt: skip
WITHDRAWN = (
    "id", "organisation_id", "week", "decided_on", "withdrawn_on", "withdrawal_reason", "withdrawal_text", "told_on",
)  # fmt: skip


def _newest_case() -> QuerySet[Any]:
    journey = Coalesce(OuterRef("living_offer__journey__pk"), OuterRef("own_journey__pk"))
    legs = JourneyLeg.objects.filter(journey_id=journey).order_by("number")
    asked = TravelApproval.objects.filter(case_id=OuterRef("pk")).order_by("pk")
    own = Q(request__state__in=("accepted", "fulfilled"))
    approvals = asked.filter(Q(offer_id=OuterRef("living_offer__pk")) | own)
    withdrawn = Offer.objects.filter(case_id=OuterRef("pk"), state="withdrawn").order_by("pk")
    standing = CaseNeed.objects.current().filter(case=OuterRef("request__case"), capability=OuterRef("capability"))
    needs = NeedQuestion.objects.filter(request__case_id=OuterRef("pk")).order_by("pk")
    open_now = Task.objects.filter(subject_id=OuterRef("subject_id"), closed_at__isnull=True)
    messages = BookingMessage.objects.filter(case_id=OuterRef("pk")).order_by("number")
    came_between = Interruption.objects.current().filter(case_id=OuterRef("pk")).order_by("pk")
    claims = CarClaim.objects.filter(case_id=OuterRef("pk")).annotate(figures=Figures("case_id")).order_by("number")
    before = Journey.objects.filter(case__subject_id=OuterRef("subject_id"), case_id__lt=OuterRef("pk"))
    beside = ("centre__municipality", "interview", "living_offer__journey")
    cases = with_offer(SettlementCase.objects.filter(subject_id=Given.key("group")), *beside)
    newest: QuerySet[Any] = cases.annotate(
        legs=ArraySubquery(_rows(legs, LEG)),
        approvals=ArraySubquery(_rows(approvals, APPROVAL)),
        asked_needs=ArraySubquery(_rows(needs.annotate(is_needed=Exists(standing)), (*NEED, "is_needed"))),
        messages=ArraySubquery(_rows(messages, MESSAGE)),
        came_between=ArraySubquery(_rows(came_between, INTERRUPTION)),
        claims=ArraySubquery(_rows(claims, CLAIM)),
        withdrawn=ArraySubquery(_rows(withdrawn, WITHDRAWN)),
        has_car_before=Exists(before.filter(persons_in_car__isnull=False)),
        had_offer=OfferedBefore(),
        is_asked_for=Exists(SettlementRequest.objects.filter(case_id=OuterRef("pk"))),
        is_to_decide=Exists(open_now.filter(kind=DECIDE_WITHOUT_PERMIT)),
    ).order_by("-pk")[:1]
    return newest


def _requests() -> QuerySet[SettlementRequest]:
    requests = SettlementRequest.objects.filter(case_id=Given.key("case"))
    return requests.select_related("organisation__municipality").order_by("pk")


def _rows(of: QuerySet[Any], fields: tuple[str, ...]) -> QuerySet[Any]:
    return of.values(row=JSONObject(**{field: field for field in fields}))


_NEWEST_CASE: Prepared[Any] = Prepared(_newest_case)
_REQUESTS = Prepared(_requests)


def _leg(row: Mapping[str, Any]) -> JourneyLeg:
    instants = {name: row[name] and datetime.fromisoformat(row[name]) for name in ("departs_at", "arrives_at")}
    return JourneyLeg(**{**row, **instants})


def _approval(row: Mapping[str, Any]) -> TravelApproval:
    return TravelApproval(**_with_days(row, "asked_on", "answered_on"))


def _claim(row: Mapping[str, Any], case: SettlementCase) -> CarClaim:
    fields = _with_days(row, "paid_on", "sent_on", "decided_on", "denial_seen_on", "refunded_on")
    number, name = fields.pop("organisation_id"), fields.pop("organisation__name")
    figures, organisation = fields.pop("figures"), Organisation(pk=number, name=name) if number else None
    claim = CarClaim(**fields, case=case, organisation=organisation)
    claim.figures = figures  # type: ignore[attr-defined]  # as `Figures` annotates it
    return claim


def _asked_need(row: Mapping[str, Any]) -> AskedNeed:
    question = NeedQuestion(**_with_days({name: row[name] for name in NEED}, "asked_on", "answered_on"))
    return AskedNeed(question, need_answer_deadline(question.asked_on, book()), row["is_needed"])


def _with_days(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """A row of JSON with its days as days."""
    return {**row, **{name: row[name] and date.fromisoformat(row[name]) for name in names}}


def story_for(context: HouseholdContext) -> Story:
    """The story of the page's household, fetched once for all panels of the page."""
    found = context.cache.get(_KEY)
    if not isinstance(found, Story):
        found = story_of(context.subject_id, context.tasks)
        context.cache[_KEY] = found
        context.cache.setdefault("settlement.interview", found.interview)
    return found
