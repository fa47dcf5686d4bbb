"""A municipality seen from itself and from everyone else: requests, who comes when, capacity (SET-10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from fotfeste.access.public import Compartment, is_known
from fotfeste.directory.public import Organisation, OrganisationKind, Reach, reach
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotFound
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import household_names
from fotfeste.settlement.domain.candidates import Figures
from fotfeste.settlement.domain.goals import Deadline, answer_deadline
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.places import counting_year
from fotfeste.settlement.domain.types import Capability, LocalService, Offerable
from fotfeste.settlement.models import CaseNeed, Journey, MunicipalityYear, Offer, SettlementRequest
from fotfeste.settlement.queries.declared import capabilities_among, declared_by_all, offerables_by_all
from fotfeste.settlement.queries.load import NO_LOAD, Load, decided_for, figures_of, load_of_all
from fotfeste.settlement.queries.needs import capabilities_on
from fotfeste.settlement.queries.places import Places, operations_near, places_of
from fotfeste.settlement.task_kinds_offers import HOLDS_OFFER
from fotfeste.worklist.public import Task

SETTLED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """A municipality in the list of all."""

    organisation: Organisation
    number: str
    county: str
    population: int
    figures: Figures
    requested: int | None
    declared: Mapping[Capability, bool]
    services: Mapping[LocalService, bool]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A household that the municipality is asked for, is offered to, or that comes."""

    request: SettlementRequest
    reference: str
    name: str
    deadline: Deadline
    offer: Offer | None
    journey: Journey | None
    needs: tuple[Capability, ...]

    @property
    def sort_on(self) -> str:
        """The day or week by which they stand in the list."""
        if self.journey is not None:
            return self.journey.travels_on.isoformat()
        return self.offer.week if self.offer is not None else self.request.possible_week


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """What the page of a municipality shows. Households and `places`: to itself and those who find municipalities.

    `held`: those who refused, for whom it is asked to hold its offer, with its task of that.
    `has_centre_near`: whether there is an integration centre that places could be kept for.
    """

    organisation: Organisation
    figures: Figures
    year_row: MunicipalityYear | None
    declared: Mapping[Capability, bool]
    reach: Reach
    to_answer: Sequence[Incoming]
    incoming: Sequence[Incoming]
    settled: Sequence[Incoming]
    held: Sequence[tuple[Incoming, Task]]
    is_inside: bool
    places: Places | None
    has_centre_near: bool


def municipality_page(viewer: Viewer, number: str | None, day: date) -> MunicipalityPage:
    """A municipality: its households and places for itself and IMDi, its public side for everyone. At most eleven
    queries, one where places are kept, and one where somebody has refused.

    `number` None: the viewer's own. Raises NotFound.
    """
    wanted = {"municipality_id": number} if number else {"pk": viewer.organisation_id}
    place = (
        Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, **wanted)
        .select_related("municipality__county")
        .annotate(has_centre_near=Exists(operations_near(OuterRef("municipality_id"), day)))
        .first()
    )
    if place is None or place.municipality is None:
        raise NotFound("not_found")
    number = place.municipality.number
    row = MunicipalityYear.objects.filter(municipality_id=number, year__lte=day.year).order_by("-year").first()
    is_insider = viewer.organisation_id == place.pk or viewer.may("settlement.find_municipality")
    load = load_of_all(day.year, day).get(place.pk, NO_LOAD)
    all_of_them = _households(viewer, place.pk, day) if is_insider else []
    return MunicipalityPage(
        organisation=place,
        figures=figures_of(day.year, row, load),
        year_row=row,
        declared=declared_by_all(day).get(place.pk, {}),
        reach=reach(place, day),
        to_answer=sorted(
            (each for each in all_of_them if each.request.state == "open"), key=lambda each: each.deadline.due_on
        ),
        incoming=sorted(
            (each for each in all_of_them if each.request.state == "accepted" and each.request.case.state != "refused"),
            key=lambda each: each.sort_on,
        ),
        settled=[each for each in reversed(all_of_them) if each.request.state == "fulfilled"],
        held=_held(all_of_them, place.pk),
        is_inside=is_insider,
        places=places_of(place.pk, number, day, has_kept=load.kept > 0) if is_insider else None,
        has_centre_near=place.has_centre_near,
    )


def _held(households: Iterable[Incoming], organisation_id: int) -> list[tuple[Incoming, Task]]:
    """Those who refused whom the municipality holds its offer for, with its task. One query where anybody refused."""
    refused = {each.request.subject_id: each for each in households if each.request.case.state == "refused"}
    if not refused:
        return []
    tasks = Task.objects.filter(
        organisation_id=organisation_id, kind=HOLDS_OFFER, subject_id__in=refused, closed_at=None
    )
    return [(refused[task.subject_id], task) for task in tasks.order_by("due_on", "pk") if task.subject_id]


def _households(viewer: Viewer, organisation_id: int, day: date) -> list[Incoming]:
    """The households of living requests to a municipality that the viewer may see, the oldest request first.

    Of those that were settled only the latest: a municipality has settled many more than it expects.
    """
    of_it = SettlementRequest.objects.filter(
        is_known(viewer, OuterRef("subject_id"), day, Compartment.SETTLEMENT), organisation_id=organisation_id
    )
    latest = of_it.filter(state="fulfilled").order_by("-pk").values("pk")[:SETTLED_SHOWN]
    needs = CaseNeed.objects.current().filter(case_id=OuterRef("case_id")).order_by("capability").values("capability")
    requests = list(
        of_it.filter(Q(state__in=("open", "accepted")) | Q(pk__in=latest))
        .select_related("subject", "case", "offer__journey", "journey")
        .annotate(needs=ArraySubquery(needs))
        .order_by("sent_on", "pk")
    )
    if not requests:
        return []
    names = household_names([request.subject_id for request in requests], day)
    return [
        Incoming(
            request=request,
            reference=request.subject.reference,
            name=names[request.subject_id],
            deadline=answer_deadline(request.sent_on, book()),
            offer=getattr(request, "offer", None),
            journey=_with_a_day(_journey_of(request)),
            needs=tuple(capabilities_on(request.case, request.needs, day)),
        )
        for request in requests
    ]


def _journey_of(request: SettlementRequest) -> Journey | None:
    """The journey of its offer; of those who found the municipality themselves that of the request."""
    return getattr(request, "journey", None) or getattr(getattr(request, "offer", None), "journey", None)


def _with_a_day(journey: Journey | None) -> Journey | None:
    """The journey, unless it is put off and has no day yet."""
    return journey if journey is not None and journey.postponed_on is None else None


SORTS = ("name", "county", "population", "decided", "left", "settled")


def municipality_lines(
    day: date, *, week: Week | None = None, text: str = "", sort: str = "name"
) -> list[MunicipalityLine]:
    """All municipalities, or those whose name, number or county has the text; in the order asked for. Their figures are
    those of the year in which a place for the week counts, or of the day's where no week is named. Four queries.
    """
    year = counting_year(week, day)
    loads, rows, said = load_of_all(year, day), decided_for(year), offerables_by_all(day)
    wanted = text.strip().casefold()
    lines = [
        _line(place, year, rows, loads.get(place.pk, NO_LOAD), said.get(place.pk, {}))
        for place in Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
        .select_related("municipality__county")
        .order_by("sort_key", "pk")
    ]
    found = [line for line in lines if not wanted or _has(line, wanted)]
    key = sort.removeprefix("-")
    if key in SORTS and key != "name":
        found.sort(key=lambda line: _sort_value(line, key))
    if sort.startswith("-"):
        found.reverse()
    return found


def _line(
    place: Organisation,
    year: int,
    rows: Mapping[str, MunicipalityYear],
    load: Load,
    said: Mapping[Offerable, bool],
) -> MunicipalityLine:
    municipality = place.municipality
    if municipality is None:
        raise NotFound("not_found")
    row = rows.get(municipality.number)
    return MunicipalityLine(
        organisation=place,
        number=municipality.number,
        county=municipality.county.name,
        population=municipality.population,
        figures=figures_of(year, row, load),
        requested=row.requested if row else None,
        declared=capabilities_among(said),
        services={each: has for each, has in said.items() if isinstance(each, LocalService)},
    )


def _has(line: MunicipalityLine, wanted: str) -> bool:
    return (
        wanted in line.organisation.name.casefold()
        or wanted in line.county.casefold()
        or line.number.startswith(wanted)
    )


def _sort_value(line: MunicipalityLine, key: str) -> tuple[float, str]:
    """Unknown figures stand before zero, so that they come last when the most is asked for first."""
    figures: Mapping[str, int | None] = {
        "population": line.population,
        "decided": line.figures.decided,
        "left": line.figures.left,
        "settled": line.figures.settled,
    }
    if key == "county":
        return 0.0, norwegian_sort_key(line.county)
    value = figures[key]
    return (float("-inf") if value is None else float(value)), line.organisation.sort_key
