"""All municipalities as candidates, from what is in the database."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Outcome
from fotfeste.kernel.periods import Period
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.places import declare_week_limit
from fotfeste.settlement.actions.request import decline_request, send_request
from fotfeste.settlement.domain.candidates import Candidate
from fotfeste.settlement.domain.types import Capability, DeclineReason
from fotfeste.settlement.models import MunicipalityCapability, SettlementCase
from fotfeste.settlement.queries.candidates import candidate_for, candidates
from fotfeste.settlement.queries.planning import week_rooms_of_all
from tests.actions.settlement.stage import (
    WEEK,
    decided,
    depart,
    found,
    queued,
    requested,
    with_journey,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def seen(cast: Cast, group: int) -> dict[str, Candidate]:
    """Every municipality by number, as IMDi sees them for the group."""
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.filter(subject_id=group).latest("pk")
        return {each.number: each for each in candidates(cast.imdi, case, cast.day, week=WEEK)}


def declare(cast: Cast, capability: Capability, is_offered: bool) -> None:
    """Levanger says what it can offer."""
    MunicipalityCapability(
        organisation_id=cast.municipality.organisation_id,
        capability=capability,
        is_offered=is_offered,
        source="test",
        period=Period(cast.day),
        recorded_at=cast.at,
        reported_by_id=cast.municipality.organisation_id,
    ).stored()


@pytest.mark.req("SET-10")
def test_every_municipality_is_a_candidate_in_a_handful_of_queries(cast: Cast) -> None:
    group = queued(cast)
    with (
        scope(cast.imdi, cast.day),
        CaptureQueriesContext(
            connection,
        ) as caught,
    ):
        case = SettlementCase.objects.get(subject_id=group)
        found_all = candidates(cast.imdi, case, cast.day)
    assert len(found_all) == 357
    assert len(caught) <= 9
    assert [each.name for each in found_all][-1] == "Åsnes" or found_all[-1].sort_key >= found_all[0].sort_key


@pytest.mark.req("SET-10")
def test_what_is_asked_promised_and_settled_takes_room(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    requested(cast, first)
    assert (seen(cast, second)["5037"].figures.left, seen(cast, second)["5037"].figures.asked) == (16, 4)
    assert seen(cast, second)["5037"].figures.in_week == 4
    with scope(cast.municipality, cast.day):
        from fotfeste.settlement.actions.request import accept_request

        accept_request(first, possible_week=WEEK, by=cast.municipality, at=cast.at)
    figures = seen(cast, second)["5037"].figures
    assert (figures.left, figures.promised, figures.asked) == (16, 4, 0)


@pytest.mark.req("SET-10")
def test_the_settled_count_in_their_year(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    depart(cast, with_journey(cast, first))
    figures = seen(cast, second)["5037"].figures
    assert (figures.settled, figures.promised, figures.left) == (4, 0, 16)


@pytest.mark.req("SET-10")
def test_unknown_is_not_no(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    all_of_them = seen(cast, group)
    assert all_of_them["5037"].fits.outcome is Outcome.UNKNOWN  # has not said
    assert all_of_them["0301"].room.outcome is Outcome.UNKNOWN  # nothing decided
    declare(cast, Capability.PETS, is_offered=False)
    assert seen(cast, group)["5037"].fits.is_no


@pytest.mark.req("SET-10")
def test_a_municipality_that_offers_what_is_needed_fits(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    declare(cast, Capability.PETS, is_offered=True)
    assert seen(cast, group)["5037"].fits.is_yes


@pytest.mark.req("SET-10")
def test_an_unaccompanied_minor_needs_room_decided_for_minors(cast: Cast) -> None:
    group = queued(cast, is_unaccompanied=True)
    all_of_them = seen(cast, group)
    assert all_of_them["5037"].room.is_yes
    assert all_of_them["5038"].room.outcome is Outcome.UNKNOWN


@pytest.mark.req("SET-07")
def test_a_municipality_that_declined_no_longer_fits_and_says_when_and_why(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        decline_request(
            group,
            reason=DeclineReason.NO_SCHOOL_PLACE,
            follows="not_until_reassessed",
            by=cast.municipality,
            at=cast.at,
        )
    decision = seen(cast, group)["5037"].fits
    assert decision.is_no
    assert dict(decision.reasons[0].fields) == {"on": cast.day, "reason": "no_school_place"}


@pytest.mark.req("SET-10")
def test_a_year_without_figures_uses_the_last_published_and_says_so(cast: Cast) -> None:
    group = queued(cast)
    decided("1101", 30, year=2023)
    room = seen(cast, group)["1101"].room
    assert room.is_yes
    assert room.reasons[-1].code == "figures_of_earlier_year"


def test_distance_is_told_from_the_centre_and_decides_nothing(cast: Cast) -> None:
    group = queued(cast)
    all_of_them = seen(cast, group)
    near, far = all_of_them["4621"], all_of_them["5601"]
    assert near.distance_km is not None
    assert far.distance_km is not None
    assert near.distance_km < 10 < 1000 < far.distance_km


def test_nobody_but_imdi_sees_candidates(cast: Cast) -> None:
    group = found(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        assert candidates(cast.municipality, case, cast.day) == []


@pytest.mark.req("SET-10")
def test_the_first_week_of_a_year_counts_in_that_year_though_it_begins_in_december(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 50, year=2025)
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        levanger = cast.municipality.organisation_id
        candidate = candidate_for(cast.imdi, case, cast.day, levanger, week=Week(2025, 1))
        assert candidate is not None
        assert (candidate.figures.year, candidate.figures.decided) == (2025, 50)


@pytest.mark.req("SET-10")
def test_in_the_days_of_week_53_that_are_in_january_room_and_week_are_those_of_the_new_year(cast: Cast) -> None:
    asked, group = queued(cast), queued(cast)
    week, day, at = Week(2026, 53), date(2027, 1, 2), datetime(2027, 1, 2, 10, tzinfo=UTC)
    decided("5037", 7, year=2027)
    with scope(cast.municipality, day):
        declare_week_limit(5, by=cast.municipality, at=at)
    levanger = cast.municipality.organisation_id
    with scope(cast.imdi, day):
        send_request(asked, levanger, wanted_week=week, by=cast.imdi, at=at)
        case = SettlementCase.objects.get(subject_id=group)
        candidate = candidate_for(cast.imdi, case, day, levanger, week=week)
        assert candidate is not None
        assert (candidate.figures.year, candidate.left, candidate.figures.in_week) == (2027, 3, 4)
        assert week_rooms_of_all(day, week)[levanger] == (5, 4)
