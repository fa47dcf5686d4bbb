"""Bulk loading of cases and what belongs to them. Rows are named tuples of columns."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from fotfeste.directory.reference import read
from fotfeste.kernel.ages import birthday
from fotfeste.kernel.calendar import Week
from fotfeste.platform.bulk import Loader
from fotfeste.platform.clock import now
from fotfeste.settlement.domain.booking import book_by
from fotfeste.settlement.domain.declines import first_week_again
from fotfeste.settlement.domain.goals import after_days, after_working_days
from fotfeste.settlement.domain.interview import find_municipality_due_on, interview_due_on
from fotfeste.settlement.domain.parameters import book
from fotfeste.settlement.domain.types import FigureKind
from fotfeste.settlement.models import (
    Answer,
    CaseNeed,
    InformationGiven,
    Interview,
    Journey,
    JourneyLeg,
    LocalOffer,
    MappingNote,
    MunicipalityCapability,
    MunicipalityResource,
    MunicipalityYear,
    Offer,
    Participant,
    SettlementCase,
    SettlementNote,
    SettlementRequest,
    TravelApproval,
    YearFigure,
)

YEAR_OF_THE_SOURCE = 2024
SOURCE = "IMDi: anmodninger og kommunale vedtak om bosetting"
SYNTHETIC = "Syntetisk: anmodning og vedtak i demoen"

KEYED = {
    "case": SettlementCase,
    "interview": Interview,
    "request": SettlementRequest,
    "offer": Offer,
    "approval": TravelApproval,
    "journey": Journey,
}
TABLES = (
    *KEYED.values(),
    MunicipalityCapability,
    InformationGiven,
    MappingNote,
    Participant,
    Answer,
    SettlementNote,
    CaseNeed,
    JourneyLeg,
)


def first_keys(loader: Loader) -> dict[str, int]:
    """The first free key of each kind of thing that rows refer to."""
    return {kind: loader.next_key(model) for kind, model in KEYED.items()}


def interview_due(permit_on: date, placed_on: date) -> tuple[date, str]:
    """By when the task of holding the interview is due, and by which rule. Raises NoRule."""
    return interview_due_on(permit_on, placed_on), "settlement.interview_due_days"


def find_municipality_due(basis_on: date) -> tuple[date, str]:
    """By when the task of finding a municipality is due, and by which rule. Raises NoRule."""
    return find_municipality_due_on(basis_on), "settlement.find_municipality_due_days"


def due_after_working_days(code: str, basis_on: date) -> tuple[date, str]:
    """A deadline in working days by one of settlement's parameters. Raises NoRule."""
    return after_working_days(code, basis_on, book()).due_on, code


def book_journey_due(travels_on: date, agreed_on: date) -> tuple[date, str]:
    """By when a journey is booked, and by which rule. Raises NoRule."""
    deadline = book_by(travels_on, agreed_on, book())
    return deadline.due_on, deadline.rule.code


def asked_again_from(wanted_week: str, answered_on: date) -> str:
    """From which week a municipality may be asked again that says "not this week" and names none, as 2024-W12."""
    return str(first_week_again(Week.parse(wanted_week) if wanted_week else None, answered_on))


def offer_answer_due(offered_on: date) -> tuple[date, str]:
    """By when the task of registering the household's answer is due, and by which rule. Raises NoRule."""
    return after_days("settlement.offer_answer_days", offered_on, book()).due_on, "settlement.offer_answer_days"


def imdi_sees_until(ended_on: date) -> date:
    """Until when IMDi knows of a household whose case has ended on the day. Raises NoRule."""
    return ended_on + timedelta(days=whole_number("settlement.imdi_sees_afterwards_days", ended_on))


def of_age_on(born_on: date, day: date) -> date:
    """When somebody comes of age, by the rule of the day. Raises NoRule."""
    return birthday(born_on, whole_number("settlement.interview_adult_age", day))


def whole_number(code: str, on: date) -> int:
    """One of settlement's parameters that are whole numbers, as it is on a day. Raises NoRule."""
    return book().get(code, on).integer


def load_capabilities(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """What municipalities say that they can offer."""
    return loader.copy(MunicipalityCapability, rows)


def load_resources(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """How many homes and places municipalities say that they have."""
    return loader.copy(MunicipalityResource, rows)


def load_local_offers(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """In which fields and occupations municipalities offer education and want people for work."""
    return loader.copy(LocalOffer, rows)


def load_cases(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Cases in whatever state."""
    return loader.copy(SettlementCase, rows)


def load_information(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Information given before interviews."""
    return loader.copy(InformationGiven, rows)


def load_interviews(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Interviews, held or not."""
    return loader.copy(Interview, rows)


def load_mapping_notes(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Notes of unaccompanied minors' mapping; the interview is there already."""
    return loader.copy(MappingNote, rows)


def load_participants(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Who took part in interviews."""
    return loader.copy(Participant, rows)


def load_answers(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Answers, in the stored form of their question."""
    return loader.copy(Answer, rows)


def load_notes(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Settlement notes."""
    return loader.copy(SettlementNote, rows)


def load_case_needs(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """What groups need of their municipality."""
    return loader.copy(CaseNeed, rows)


def load_requests(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Requests to municipalities."""
    return loader.copy(SettlementRequest, rows)


def load_offers(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Offers to groups; the request is there already."""
    return loader.copy(Offer, rows)


def load_approvals(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """UDI's answers to questions of travelling."""
    return loader.copy(TravelApproval, rows)


def load_journeys(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Journeys; an approval is there already."""
    return loader.copy(Journey, rows)


def load_legs(loader: Loader, rows: Sequence[NamedTuple]) -> int:
    """Legs of journeys."""
    return loader.copy(JourneyLeg, rows)


def load_municipality_years(using: str = "owner", at: datetime | None = None) -> int:
    """Load the requests and decisions of 2024 for all municipalities; gives the number of rows.

    A figure that the source holds back (fewer than five, not decided yet, not given) is NULL and is never read as zero.
    Later years have no rows: candidates are then judged by these, and say so. What IMDi or a municipality has
    registered itself since stays. `at`: when we came to know them; now where it is not given. Source: IMDi.
    """
    records = read.settlement_requests()
    published = {
        (record.municipality_number, kind): figure
        for record in records
        for kind, figure in (
            (FigureKind.REQUEST, (record.requested_total.value, record.requested_uam.value)),
            (FigureKind.DECISION, (record.decided_total.value, record.decided_uam.value)),
        )
    }
    said = _registered_by_act(using)
    _load_figures({key: figure for key, figure in published.items() if key not in said}, using, at or now())
    standing = {**published, **said}
    rows = [
        MunicipalityYear(
            municipality_id=record.municipality_number,
            year=YEAR_OF_THE_SOURCE,
            requested=standing[record.municipality_number, FigureKind.REQUEST][0],
            requested_minors=standing[record.municipality_number, FigureKind.REQUEST][1],
            decided=standing[record.municipality_number, FigureKind.DECISION][0],
            decided_minors=standing[record.municipality_number, FigureKind.DECISION][1],
            source=SOURCE,
        )
        for record in records
    ]
    MunicipalityYear.objects.using(using).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["municipality", "year"],
        update_fields=["requested", "decided", "requested_minors", "decided_minors", "source"],
    )
    return len(rows)


type _Figures = Mapping[tuple[str, FigureKind], tuple[int | None, int | None]]


def _registered_by_act(using: str) -> _Figures:
    """What somebody has registered for the year of the source."""
    rows = YearFigure.objects.using(using).filter(
        year=YEAR_OF_THE_SOURCE, annulled_at__isnull=True, reported_by__isnull=False
    )
    return {(row.municipality_id, FigureKind(row.kind)): (row.persons, row.minors) for row in rows}


def _load_figures(published: _Figures, using: str, at: datetime) -> None:
    """The published figures as facts; those that have changed supersede what was loaded before."""
    facts = YearFigure.objects.using(using)
    loaded = {
        (row.municipality_id, FigureKind(row.kind)): row
        for row in facts.filter(year=YEAR_OF_THE_SOURCE, annulled_at__isnull=True)
    }
    changed = {
        key: figure
        for key, figure in published.items()
        if figure != ((loaded[key].persons, loaded[key].minors) if key in loaded else (None, None))
    }
    facts.filter(pk__in=[loaded[key].pk for key in changed if key in loaded]).update(
        annulled_at=at, annul_reason="published_anew"
    )
    facts.bulk_create(
        YearFigure(
            municipality_id=number,
            year=YEAR_OF_THE_SOURCE,
            kind=kind,
            persons=persons,
            minors=minors,
            source=SOURCE,
            supersedes=loaded.get((number, kind)),
            recorded_at=at,
        )
        for (number, kind), (persons, minors) in changed.items()
    )


class NewYear(NamedTuple):
    """A municipality's figures for a year: what IMDi asks for and what the council has decided, of whom minors."""

    municipality_id: str
    requested: int | None
    requested_minors: int | None
    decided: int
    decided_minors: int | None


def load_years(loader: Loader, rows: Sequence[NewYear], year: int, at: datetime) -> int:
    """Figures of the synthetic country for a year, as facts and as they stand; gives the number of municipalities."""
    using = loader.using
    YearFigure.objects.using(using).bulk_create(
        YearFigure(
            municipality_id=row.municipality_id,
            year=year,
            kind=kind,
            persons=persons,
            minors=minors,
            source=SYNTHETIC,
            recorded_at=at,
        )
        for row in rows
        for kind, persons, minors in (
            (FigureKind.REQUEST, row.requested, row.requested_minors),
            (FigureKind.DECISION, row.decided, row.decided_minors),
        )
        if persons is not None
    )
    MunicipalityYear.objects.using(using).bulk_create(
        MunicipalityYear(year=year, source=SYNTHETIC, **row._asdict()) for row in rows
    )
    return len(rows)
