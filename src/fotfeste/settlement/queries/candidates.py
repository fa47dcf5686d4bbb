"""All municipalities seen from one group: which fit, with why, and which do not, with why not."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery

from fotfeste.directory.public import Organisation, OrganisationKind
from fotfeste.kernel.calendar import Week
from fotfeste.platform.prepared import Given, Prepared
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.answers import from_json
from fotfeste.settlement.domain.candidates import (
    Candidate,
    Figures,
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
from fotfeste.settlement.domain.types import Capability, Declined, Offerable, PlaceKind, offerable
from fotfeste.settlement.models import (
    Answer,
    CaseNeed,
    MunicipalityCapability,
    MunicipalityYear,
    SettlementCase,
    SettlementRequest,
)
from fotfeste.settlement.queries.declines import declined_among
from fotfeste.settlement.queries.interview import STANDING


@dataclass(frozen=True, slots=True)
class Load:
    """Persons that a municipality has settled in a year, promised to, been asked for (`held`: with places kept for
    them), of them unaccompanied minors; and places kept for people of integration centres.
    """

    settled: int = 0
    promised: int = 0
    asked: int = 0
    settled_minors: int = 0
    promised_minors: int = 0
    in_week: int = 0
    held: int = 0
    held_minors: int = 0
    kept: int = 0


NO_LOAD = Load()
_LOAD = """
    SELECT organisation_id, settled, promised, asked, settled_minors, promised_minors, in_week, held, held_minors, kept
    FROM settlement_load(%s, %s, %s)
"""
_LOAD_FOR = """
    SELECT organisation_id, coalesce(settled, 0), coalesce(promised, 0), coalesce(asked, 0),
           coalesce(settled_minors, 0), coalesce(promised_minors, 0), coalesce(in_week, 0), coalesce(held, 0),
           coalesce(held_minors, 0), coalesce(kept, 0), coalesce(r.said, '[]')::text, w.persons
    FROM settlement_load(%s, %s, %s, %s) l
    FULL JOIN (
        SELECT organisation_id, jsonb_agg(jsonb_build_array(kind, number, used, wanted) ORDER BY kind) AS said
        FROM settlement_resources(NULL, %s, %s) GROUP BY organisation_id
    ) r USING (organisation_id)
    FULL JOIN (
        SELECT organisation_id, persons FROM settlement_weeklimit WHERE annulled_at IS NULL AND period @> %s::date
    ) w USING (organisation_id)
"""


def load_of_all(year: int, day: date, week: Week | None = None) -> Mapping[int, Load]:
    """The load of every municipality that has any in a year, by organisation, as of a day: counts without people.

    Promises count in the ISO year of their week, or in the year of the day where their week is over. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [year, str(week or ""), day])
        return {int(row[0]): Load(*(int(count) for count in row[1:])) for row in cursor.fetchall()}


def load_for(
    case: SettlementCase, year: int, day: date, week: Week | None
) -> tuple[Mapping[int, Load], Mapping[int, Sequence[Resource]], Mapping[int, int]]:
    """As `load_of_all`, seen from a group: what is kept for those who live where it does is not kept from it; how many
    of each kind of place there are, and the group uses; and the most that are received in the week. One query.
    """
    last = week.last_day if week else None
    with connection.cursor() as cursor:
        cursor.execute(_LOAD_FOR, [year, str(week or ""), day, case.centre_id, case.pk, day, last])
        rows = cursor.fetchall()
    return (
        {int(row[0]): Load(*(int(count) for count in row[1:-2])) for row in rows},
        {int(row[0]): [_resource(*each) for each in json.loads(row[-2])] for row in rows},
        {int(row[0]): int(row[-1]) for row in rows if row[-1] is not None},
    )


def _resource(kind: str, number: int, used: int, wanted: int) -> Resource:
    return Resource(PlaceKind(kind), number, used, wanted)


def decided_for(year: int) -> Mapping[str, MunicipalityYear]:
    """Each municipality's latest row of figures up to the year, by number. One query."""
    rows = (
        MunicipalityYear.objects.filter(year__lte=year).order_by("municipality_id", "-year").distinct("municipality_id")
    )
    return {row.municipality_id: row for row in rows}


def offerables_by_all(day: date) -> Mapping[int, Mapping[Offerable, bool]]:
    """What municipalities have said that they can and cannot offer on a day, services too. One query."""
    found: dict[int, dict[Offerable, bool]] = {}
    said = MunicipalityCapability.objects.current().filter(period__contains=day)
    for organisation_id, code, is_offered in said.values_list("organisation_id", "capability", "is_offered"):
        found.setdefault(organisation_id, {})[offerable(code)] = is_offered
    return found


def declared_by_all(day: date) -> Mapping[int, dict[Capability, bool]]:
    """The same without services: what somebody must have. One query."""
    return {place: capabilities_among(said) for place, said in offerables_by_all(day).items()}


def capabilities_among(said: Mapping[Offerable, bool]) -> dict[Capability, bool]:
    """Of what a municipality has said, what somebody must have."""
    return {each: has for each, has in said.items() if isinstance(each, Capability)}


def offerables_of(organisation_id: int, day: date) -> Mapping[Offerable, bool]:
    """What one municipality has said that it can and cannot offer on a day, services too. One query."""
    said = MunicipalityCapability.objects.current().filter(organisation_id=organisation_id, period__contains=day)
    return {offerable(code): is_offered for code, is_offered in said.values_list("capability", "is_offered")}


def resources_of(organisation_id: int, day: date) -> list[Resource]:
    """How many a municipality has said that it has of each kind of place, and how many are used. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, number, used, wanted FROM settlement_resources(%s, NULL, %s) ORDER BY kind",
            [organisation_id, day],
        )
        return [_resource(*row) for row in cursor.fetchall()]


def figures_of(year: int, row: MunicipalityYear | None, load: Load) -> Figures:
    """A municipality's figures: the council's decision (None: no row) and the load on it."""
    decision = (row.year, row.decided, row.decided_minors) if row else (None, None, None)
    return _figures(year, decision, load)


def _figures(year: int, decision: tuple[int | None, int | None, int | None], load: Load) -> Figures:
    decided_year, decided, minors = decision
    return Figures(
        year=year,
        decided_year=decided_year,
        decided=decided,
        decided_minors=minors,
        settled=load.settled,
        promised=load.promised,
        settled_minors=load.settled_minors,
        promised_minors=load.promised_minors,
        asked=load.asked,
        in_week=load.in_week,
        held=load.held,
        held_minors=load.held_minors,
        kept=load.kept,
    )


def needs_of_case(case: SettlementCase, day: date) -> GroupNeeds:
    """What the group asks of its municipality on a day. One query."""
    found = CaseNeed.objects.current().filter(case=case).values_list("capability", flat=True)
    return GroupNeeds(case.size, case.is_unaccompanied_on(day), frozenset(capabilities_on(case, found, day)))


def unconfirmed(request: SettlementRequest, needed: Iterable[Capability]) -> list[Capability]:
    """What they need now that a municipality had not heard of when it said yes; nothing where it has not said yes."""
    return sorted(set(needed) - {Capability(each) for each in request.confirmed}) if request.state == "accepted" else []


def capabilities_on(case: SettlementCase, found: Iterable[str], day: date) -> list[Capability]:
    """What is needed on a day, of what the interview `found`: a place for a minor alone only while there is one."""
    wanted = {Capability(each) for each in found} - {Capability.UNACCOMPANIED_MINORS}
    return sorted(wanted | ({Capability.UNACCOMPANIED_MINORS} if case.is_unaccompanied_on(day) else set()))


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
        has = _figures(country.year, (decision[0], decision[1], decision[2]), load)
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
