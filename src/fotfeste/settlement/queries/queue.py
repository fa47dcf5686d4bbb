"""The queue: households on their way to a municipality, days waited against the goal (SET-09)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from fotfeste.directory.public import Organisation
from fotfeste.kernel.decisions import Decision
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import household_names, search
from fotfeste.settlement.domain.goals import Deadline, Waiting, answer_deadline, settle_by
from fotfeste.settlement.domain.hardness import Hardness
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.models import SettlementCase, SettlementRequest
from fotfeste.settlement.queries.by_themselves import asking_by_themselves
from fotfeste.settlement.queries.hardness import hardest_first, hardness_of, needing, supply_on, with_needs
from fotfeste.settlement.queries.waiting import waiting_of

PER_PAGE = 50
OPEN_STATES = tuple(state for state in CASE.states if state not in CASE.final)
SORTS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "waited": ("due_since_on", "pk"),
    "-waited": ("-due_since_on", "pk"),
    "goal": ("goal_on", "pk"),
    "-goal": (F("goal_on").desc(nulls_last=True), "pk"),
    "size": ("size", "due_since_on", "pk"),
    "-size": ("-size", "due_since_on", "pk"),
    "centre": ("centre__sort_key", "due_since_on", "pk"),
    "-centre": ("-centre__sort_key", "due_since_on", "pk"),
}
HARDEST = "hardest"  # first; ordered by the rule of the domain, not by a column
DEFAULT_SORT = HARDEST
UNANSWERED = "unanswered"  # a municipality is asked and has let its deadline pass
WHO: Mapping[str, Callable[[date], Q]] = {
    "minors": lambda day: Q(minors_until_on__gt=day),
    "adults": lambda day: ~Q(minors_until_on__gt=day),
    "unaccompanied": lambda day: Q(unaccompanied_until_on__gt=day),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A household in the queue."""

    case: SettlementCase
    reference: str
    name: str
    waiting: Waiting | None  # None before the decision
    days_in_step: int
    asked: int  # municipalities asked so far
    answer_by: Deadline | None  # of the municipality that is asked and has not answered
    has_minors: bool
    is_unaccompanied: bool
    hardness: Hardness
    asks_themselves: Decision | None  # agreed self-settlement, and whether plans leave them out for it


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What is asked for: a state (or `unanswered`; anything else: all open), who, a centre, a need (`any`, `none` or
    one), a text, only those past their goal, and an order.
    """

    state: str = "queued"
    who: str = ""
    centre: str = ""
    need: str = ""
    text: str = ""
    is_late_only: bool = False
    sort: str = DEFAULT_SORT


@dataclass(frozen=True, slots=True)
class QueueFrame:
    """What there is to choose from: how many open cases stand in each state, and the centres that have one, by name."""

    counts: Mapping[str, int]  # in the order of the workflow
    centres: Sequence[Organisation]
    unanswered: int  # cases whose municipality has let its deadline pass


def queue_frame(viewer: Viewer, day: date) -> QueueFrame:
    """The states and centres of all open cases. Three queries; the cases themselves are read once."""
    counts = dict.fromkeys(OPEN_STATES, 0)
    centre_ids = set()
    counted = (
        SettlementCase.objects.filter(state__in=OPEN_STATES)
        .values_list("state", "centre_id")
        .annotate(many=Count("pk"))
        .order_by("state", "centre_id")
    )
    for state, centre_id, many in counted:
        counts[state] += many
        centre_ids.add(centre_id)
    centres = list(Organisation.objects.filter(pk__in=centre_ids).order_by("sort_key", "pk"))
    return QueueFrame(counts, centres, _unanswered(day).count())


def queue_page(
    viewer: Viewer, day: date, wanted: QueueFilter, number: str | int | None
) -> tuple[Page[Any], list[QueueRow]]:
    """One page of the queue and its rows. At most seven queries, however long the queue is. Raises NoRule."""
    cases, supply = _filtered(viewer, day, wanted), supply_on(day)
    ordered = hardest_first(cases, day, supply) if wanted.sort == HARDEST else _ordered(cases, wanted.sort, day)
    page: Page[Any] = Paginator(ordered, PER_PAGE).get_page(number)
    on_page: list[Any] = list(page.object_list)
    shown = _read(on_page) if wanted.sort == HARDEST else on_page
    names = household_names([case.subject_id for case in shown], day) if shown else {}
    by_themselves = asking_by_themselves([case.subject_id for case in shown], day)
    rows = [
        QueueRow(
            case=case,
            reference=case.subject.reference,
            name=names[case.subject_id],
            waiting=waiting_of(case, day),
            days_in_step=max(0, (day - case.state_since_on).days),
            asked=getattr(case, "asked", 0),
            has_minors=case.has_minors_on(day),
            is_unaccompanied=case.is_unaccompanied_on(day),
            answer_by=answer_deadline(sent_on, book()) if (sent_on := getattr(case, "sent_on", None)) else None,
            hardness=hardness_of(case, day, supply),
            asks_themselves=by_themselves.get(case.subject_id),
        )
        for case in shown
    ]
    return page, rows


def _read(keys: Sequence[int]) -> list[SettlementCase]:
    """The cases of some keys, in their order."""
    found = {case.pk: case for case in _for_rows(SettlementCase.objects.filter(pk__in=keys)).order_by("pk")}
    return [found[key] for key in keys]


def _filtered(viewer: Viewer, day: date, wanted: QueueFilter) -> QuerySet[SettlementCase]:
    states = (wanted.state,) if wanted.state in OPEN_STATES else OPEN_STATES
    cases = _unanswered(day) if wanted.state == UNANSWERED else SettlementCase.objects.filter(state__in=states)
    if wanted.who in WHO:
        cases = cases.filter(WHO[wanted.who](day))
    if wanted.centre:
        cases = cases.filter(centre__reference=wanted.centre)
    if wanted.need:
        cases = cases.filter(needing(wanted.need))
    if wanted.text.strip():
        cases = cases.filter(subject_id__in=[found.group_id for found in search(viewer, wanted.text, day)])
    if wanted.is_late_only:
        cases = cases.filter(_past_goal(day))
    return cases


def _unanswered(day: date) -> QuerySet[SettlementCase]:
    """Cases whose municipality should have answered before `day`: those asked too long ago, by the dated rule."""
    latest_late_on = day - timedelta(days=1)
    while not answer_deadline(latest_late_on, book()).is_late_on(day):
        latest_late_on -= timedelta(days=1)
    late = SettlementRequest.objects.filter(state="open", sent_on__lte=latest_late_on)
    return SettlementCase.objects.filter(state="requested", pk__in=late.values("case_id"))


def _past_goal(day: date) -> Q:
    """Cases whose goal was before `day`: the last permit day that is over its goal, for each of the two goals."""
    minors, adults = WHO["minors"](day), WHO["adults"](day)
    of_minors = minors & Q(due_since_on__lt=_oldest_in_time(day, has_minors=True))
    of_adults = adults & Q(due_since_on__lt=_oldest_in_time(day, has_minors=False))
    return (of_minors | of_adults) & Q(waits_for_decision=False)


def _oldest_in_time(day: date, *, has_minors: bool) -> date:
    """The earliest permit day that is still within its goal on `day`."""
    months = _months(day, has_minors=has_minors)
    permit_on = day - timedelta(days=31 * months)
    while settle_by(permit_on, has_minors=has_minors, book=book()).due_on < day:
        permit_on += timedelta(days=1)
    return permit_on


def _months(day: date, *, has_minors: bool) -> int:
    code = "settlement.goal_with_minors_months" if has_minors else "settlement.goal_adults_months"
    return book().get(code, day).integer


def _ordered(cases: QuerySet[SettlementCase], sort: str, day: date) -> QuerySet[SettlementCase]:
    """In the order asked for. The order by goal uses the rule of the day; what is shown uses the permit's."""
    with_goal = cases.annotate(
        goal_on=Case(
            When(waits_for_decision=True, then=Value(None)),  # nothing counts before the decision: after the others
            When(WHO["minors"](day), then=_later(_months(day, has_minors=True))),
            default=_later(_months(day, has_minors=False)),
            output_field=DateField(),
        ),
    )
    return _for_rows(with_goal).order_by(*SORTS.get(sort, SORTS["goal"]))


def _for_rows(cases: QuerySet[SettlementCase]) -> QuerySet[SettlementCase]:
    """What else the rows show."""
    return with_needs(cases).annotate(
        # For the rows that are shown: a joined count would group every case of the queue.
        asked=Coalesce(Subquery(_requests_of_case()), 0),
        sent_on=Subquery(SettlementRequest.objects.filter(case_id=OuterRef("pk"), state="open").values("sent_on")[:1]),
    ).select_related("subject", "centre")  # fmt: skip


def _requests_of_case() -> QuerySet[Any]:
    requests = SettlementRequest.objects.filter(case_id=OuterRef("pk")).order_by()
    return requests.values("case_id").annotate(many=Count("pk")).values("many")


def _later(months: int) -> ExpressionWrapper:  # type: ignore[type-arg]
    interval = Func(Value(months), template="make_interval(months => %(expressions)s)", output_field=DurationField())
    return ExpressionWrapper(F("due_since_on") + interval, output_field=DateField())
