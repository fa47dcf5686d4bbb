"""All municipalities seen from one group: which fit, with why, and which do not, with why not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import Week
from fotfeste.platform.prepared import Given, Prepared
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.answers import from_json
from fotfeste.settlement.domain.candidates import (
    Candidate,
    GroupNeeds,
    Resource,
    counting_for,
    distance_km,
    fits,
    has_resources,
    has_room,
    has_room_in_week,
    offers_what_is_needed,
)
from fotfeste.settlement.domain.contents import AnswerOutcome, Question
from fotfeste.settlement.domain.declines import Asking, may_be_asked, week_asked_for
from fotfeste.settlement.domain.interview import ties_of
from fotfeste.settlement.domain.places import counting_year
from fotfeste.settlement.domain.types import Capability, Declined
from fotfeste.settlement.models import (
    Answer,
    MunicipalityYear,
    SettlementCase,
    SettlementRequest,
)
from fotfeste.settlement.queries.declared import declared_by_all
from fotfeste.settlement.queries.declines import declined_among
from fotfeste.settlement.queries.interview import STANDING
from fotfeste.settlement.queries.load import NO_LOAD, Load, figures_from, load_for
from fotfeste.settlement.queries.needs import needs_of_case


def ties_of_case(case: SettlementCase) -> Mapping[str, int]:
    """How many in the group have somebody close in a municipality, by its number. One query."""
    found: dict[str, int] = {}
    for content in (
        Answer.objects.filter(STANDING)
        .filter(interview__case=case, question=Question.RELATIONS, outcome=AnswerOutcome.ANSWERED)
        .values_list("content", flat=True)
    ):
        for number in ties_of([from_json(Question.RELATIONS, content)]):
            found[number] = found.get(number, 0) + 1
    return found


def candidates(
    viewer: Viewer,
    case: SettlementCase,
    day: date,
    *,
    week: Week | None = None,
    group: GroupNeeds | None = None,
    requests: Iterable[SettlementRequest] | None = None,
) -> list[Candidate]:
    """Every municipality as a candidate for the group, by name in Norwegian order. Four queries, and up to three for
    what the caller has not fetched: the group's needs, the requests so far, the centre with its municipality.

    The year is the one in which a place for the wanted week counts. Only for those who find municipalities. Ties and
    distance inform and decide nothing.
    """
    if not viewer.may("settlement.find_municipality"):
        return []
    year = counting_year(week, day)
    return list(
        _candidates(
            case,
            _Country(year, week_asked_for(week, day), declared_by_all(day), *load_for(case, year, day, week)),
            group or needs_of_case(case, day),
            declined_among(case.requests.order_by("pk") if requests is None else requests),
        )
    )


def candidate_for(
    viewer: Viewer, case: SettlementCase, day: date, organisation_id: int, *, week: Week | None = None
) -> Candidate | None:
    """One municipality as a candidate; None where the organisation is no municipality."""
    found = candidates(viewer, case, day, week=week)
    return next((each for each in found if each.organisation_id == organisation_id), None)


@dataclass(frozen=True, slots=True)
class _Country:
    """What municipalities declare, and their load in a year as the group finds it, when asked for a week; `most` that
    are received in it, where one is wanted.
    """

    year: int
    week: Week
    declared: Mapping[int, dict[Capability, bool]]
    loads: Mapping[int, Load]
    resources: Mapping[int, Sequence[Resource]]
    most: Mapping[int, int]


def _candidates(
    case: SettlementCase, country: _Country, group: GroupNeeds, declined: Mapping[int, Declined]
) -> Iterator[Candidate]:
    ties, start = ties_of_case(case), _position_of_centre(case)
    for pk, name, sort_key, number, county, latitude, longitude, *decision in _MUNICIPALITIES(year=country.year):
        load, said = country.loads.get(pk, NO_LOAD), country.declared.get(pk, {})
        has = figures_from(country.year, (decision[0], decision[1], decision[2]), load)
        decided, left = counting_for(group, has)
        room = has_resources(has_room(group, has), country.resources.get(pk, ()))
        can = offers_what_is_needed(group, said)
        asking = Asking(country.week, case.assessment, group.capabilities, said)
        may_ask = may_be_asked(declined.get(pk), asking)
        in_week = has_room_in_week(group.size, load.in_week, country.week, country.most.get(pk))
        position = (float(latitude), float(longitude))
        yield Candidate(
            organisation_id=pk,
            number=number,
            name=name,
            county=county,
            sort_key=sort_key,
            figures=has,
            decided=decided,
            left=left,
            room=room,
            capabilities=can,
            declined=may_ask,
            in_week=in_week,
            fits=fits(room, can, may_ask, in_week),
            ties=ties.get(number, 0),
            distance_km=distance_km(start, position) if start else None,
            declared=said,
        )


def _municipalities() -> QuerySet[Organisation, Any]:
    """Every municipality's organisation with where it is and the latest decision up to `year`, in three columns."""
    latest = MunicipalityYear.objects.filter(
        municipality_id=OuterRef("municipality_id"), year__lte=Given("year", IntegerField())
    ).order_by("-year")
    municipalities = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality__isnull=False)
    return municipalities.order_by("sort_key", "pk").values_list(
        "pk",
        "name",
        "sort_key",
        "municipality_id",
        "municipality__county__name",
        "municipality__latitude",
        "municipality__longitude",
        *(Subquery(latest.values(column)[:1]) for column in ("year", "decided", "decided_minors")),
    )


_MUNICIPALITIES = Prepared(_municipalities)


def _position_of_centre(case: SettlementCase) -> tuple[float, float] | None:
    place = case.centre.municipality if case.centre else None
    return (float(place.latitude), float(place.longitude)) if place else None
