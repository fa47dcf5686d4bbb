"""Applications as staff read them: those that are the viewer's to know of, listed, and one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from fotfeste.access.public import Compartment, Need, NeedReason
from fotfeste.alternative.domain.schemes import municipality_due, preliminary_due
from fotfeste.alternative.domain.states import APPLICATION, LIVING
from fotfeste.alternative.models import Agreement, Application, ApplicationPerson, Confirmation
from fotfeste.alternative.rules import book
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.errors import NotFound
from fotfeste.platform.viewer import Viewer

PER_PAGE = 50
SORTS: Mapping[str, tuple[Any, ...]] = {
    "waited": ("received_on", "pk"),
    "-waited": (F("received_on").desc(), "pk"),
    "municipality": ("municipality__sort_key", "received_on", "pk"),
    "-municipality": (F("municipality__sort_key").desc(), "received_on", "pk"),
}
DEFAULT_SORT = "waited"
OPEN = "open"
UNKNOWN_PEOPLE = "unknown"  # nobody knows yet who they are
STATES = tuple(state for state in APPLICATION.states if state != APPLICATION.initial)


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """What is asked for: a state (`open`: all that are not answered; `unknown`: not matched), a scheme, a place."""

    state: str = OPEN
    scheme: str = ""
    municipality: str = ""
    sort: str = DEFAULT_SORT


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """A line of the list."""

    application: Application
    name: str  # of the first in it, as typed
    people: int
    days: int  # since it came, until it was answered or withdrawn
    due_on: date | None  # by when it, or the municipality, should have been answered
    is_late: bool


def theirs(viewer: Viewer, day: date) -> Q:
    """Applications that the viewer may know of: of households for a reason that opens private living to their roles, a
    municipality its own alone; and to UDI's case workers those whose people nobody has found yet.
    """
    reasons = viewer.opens.get(Compartment.HOUSING, frozenset())
    needs = Need.objects.filter(
        subject_id=OuterRef("subject_id"),
        organisation_id=viewer.organisation_id,
        reason__in=sorted(reasons),
        period__contains=day,
    )
    known = Q(Exists(needs))
    if viewer.organisation_kind == OrganisationKind.MUNICIPALITY:
        known &= Q(municipality_id=viewer.organisation_id)
    if NeedReason.PROTECTION_CASE in reasons:
        known |= Q(subject__isnull=True)
    return known


def application_of(viewer: Viewer, reference: str, day: date) -> Application:
    """One application. Raises NotFound for one that is not the viewer's to know of."""
    rows = Application.objects.filter(theirs(viewer, day), reference=reference)
    found = rows.select_related("municipality__municipality", "subject", "user__organisation", "decided_by").first()
    if found is None or found.state == APPLICATION.initial:
        raise NotFound
    return found


def latest_of_household(viewer: Viewer, group_id: int, day: date) -> Application | None:
    """The application of a household that is open, or else the latest one; None where there is none to know of."""
    rows = Application.objects.filter(theirs(viewer, day), subject_id=group_id).order_by("-received_on", "-pk")
    found = list(rows.select_related("municipality")[:PER_PAGE])
    return next((each for each in found if each.state in LIVING), found[0] if found else None)


def with_agreements(viewer: Viewer, group_id: int, day: date) -> list[Any]:
    """The applications of a household, the newest first, each with `lived_by`: where and since when they live by it
    on a day. One query.
    """
    lived_by = Agreement.objects.current().filter(application_id=OuterRef("pk"), period__contains=day).order_by("pk")
    agreements = lived_by.values(row=JSONObject(municipality="municipality__name", since="period__startswith"))
    rows = Application.objects.filter(theirs(viewer, day), subject_id=group_id).select_related("municipality")
    return list(rows.annotate(lived_by=ArraySubquery(agreements)).order_by("-received_on", "-pk"))


def people_of(application: Application) -> list[ApplicationPerson]:
    """Those in an application, in the order in which they were typed. One query."""
    return list(application.persons.select_related("subject").order_by("position"))


def parties_of(application: Application) -> list[Confirmation]:
    """Whose word is waited for, and what each has said. One query."""
    return list(application.confirmations.select_related("user").order_by("pk"))


def open_agreements(viewer: Viewer, group_id: int, day: date) -> list[Agreement]:
    """The agreements that a household lives by on a day; a municipality's own alone. One query."""
    rows = Agreement.objects.current().filter(subject_id=group_id, period__contains=day)
    if viewer.organisation_kind == OrganisationKind.MUNICIPALITY:
        rows = rows.filter(municipality_id=viewer.organisation_id)
    return list(rows.select_related("municipality").order_by("pk"))


def counts_of(viewer: Viewer, day: date) -> dict[str, int]:
    """How many there are in each state, and how many whose people nobody has found. One query."""
    counted = (
        Application.objects.filter(theirs(viewer, day), state__in=STATES)
        .values_list("state")
        .annotate(many=Count("pk"), unknown=Count("pk", filter=Q(subject__isnull=True)))
        .order_by("state")
    )
    found, unknown = dict.fromkeys(STATES, 0), 0
    for state, many, without in counted:
        found[state] = many
        unknown += without if state in LIVING else 0
    return found | {OPEN: sum(found[state] for state in LIVING if state in found), UNKNOWN_PEOPLE: unknown}


def applications_page(
    viewer: Viewer, day: date, wanted: ApplicationFilter, number: str | int | None
) -> tuple[Page[Application], list[ApplicationRow]]:
    """One page of the list and its rows. Two queries, however long the list is. Raises NoRule."""
    rows = _filtered(viewer, day, wanted).select_related("municipality").annotate(**_first_person())
    page: Page[Application] = Paginator(rows.order_by(*SORTS[wanted.sort]), PER_PAGE).get_page(number)
    return page, [_row(each, day) for each in page.object_list]


def municipalities_with(viewer: Viewer, day: date) -> Sequence[tuple[str, str]]:
    """Reference and name of the municipalities that somebody has applied to, by name. One query."""
    rows = Application.objects.filter(theirs(viewer, day)).order_by("municipality__sort_key")
    return list(rows.values_list("municipality__reference", "municipality__name").distinct())


def _filtered(viewer: Viewer, day: date, wanted: ApplicationFilter) -> QuerySet[Application]:
    rows = Application.objects.filter(theirs(viewer, day), state__in=STATES)
    if wanted.state in STATES:
        rows = rows.filter(state=wanted.state)
    elif wanted.state == UNKNOWN_PEOPLE:
        rows = rows.filter(subject__isnull=True, state__in=LIVING)
    elif wanted.state == OPEN:
        rows = rows.filter(state__in=LIVING)
    if wanted.scheme:
        rows = rows.filter(scheme=wanted.scheme)
    if wanted.municipality:
        rows = rows.filter(municipality__reference=wanted.municipality)
    return rows


def _first_person() -> dict[str, Any]:
    people = ApplicationPerson.objects.filter(application_id=OuterRef("pk")).order_by()
    return {
        "first_name": Subquery(people.filter(position=0).values("name")[:1]),
        "people": Subquery(people.values("application_id").annotate(many=Count("pk")).values("many")[:1]),
    }


def _row(application: Application, day: date) -> ApplicationRow:
    until = application.decided_on or application.withdrawn_on or day
    due_on = due_of(application)
    return ApplicationRow(
        application=application,
        name=getattr(application, "first_name", "") or "",
        people=getattr(application, "people", 0) or 0,
        days=max(0, (until - application.received_on).days),
        due_on=due_on,
        is_late=due_on is not None and due_on < day,
    )


def due_of(application: Application) -> date | None:
    """By when whoever has the next move should have made it; None where nobody has. Raises NoRule."""
    if application.state == "at_municipality" and application.asked_on:
        return municipality_due(application.asked_on, book()).on
    if application.state in LIVING and application.preliminary_on is None:
        return preliminary_due(application.received_on, book()).on
    return None


def has_moved_in(application: Application) -> bool:
    """Whether people live, or lived, in the municipality by the agreement that a granted application has led to."""
    return Agreement.objects.current().filter(application=application).exists()
