"""The week of a plan is fixed when it is asked for; at New Year its places are those of the year in which it counts."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fotfeste.allocation.actions.sending import send_proposals
from fotfeste.allocation.domain.types import Municipality, Resource, WeekRoom
from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.directory.public import Organisation
from fotfeste.kernel.calendar import Week, legal_day
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.places import declare_week_limit, reserve_places
from fotfeste.settlement.models import SettlementCase, SettlementRequest
from fotfeste.settlement.public import send_request
from fotfeste.settlement.queries.candidates import candidate_for
from tests.actions.allocation.stage import asked_for, closed, computed_by_the_job, planned, proposed
from tests.actions.allocation.test_declines import levanger_says_no
from tests.actions.settlement.asking import as_integration_centre, centre_beside_levanger
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-10", "SET-15")]


def at(cast: Cast, instant: datetime) -> Cast:
    """The cast at another instant."""
    return replace(cast, at=instant, day=legal_day(instant))


def read(cast: Cast) -> dict[str, Municipality]:
    """The municipalities as a plan of the day reads them."""
    with scope(cast.imdi, cast.day):
        return {each.number: each for each in candidates_on(cast.imdi, cast.day).municipalities}


@pytest.mark.parametrize(
    ("day", "year", "other"),
    [(date(2024, 12, 30), 2025, 2024), (date(2024, 12, 29), 2024, 2025), (date(2027, 1, 2), 2027, 2026)],
    ids=["30 December in week 1", "29 December in week 52", "2 January in week 53"],
)
@pytest.mark.req("SET-11")
def test_a_plan_at_new_year_reads_the_year_in_which_its_week_counts(
    cast: Cast, day: date, year: int, other: int
) -> None:
    group = queued(cast)
    decided("5037", 9, year=year)
    decided("5037", 30, year=other)
    cast = at(cast, datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
    centre = cast.other_centre.organisation_id
    Organisation.objects.filter(pk=centre).update(municipality_id="5038")
    as_integration_centre(cast, cast.other_centre)
    centre_beside_levanger(cast)
    beside = Organisation.objects.get(name="Verdal integreringsmottak").pk
    levanger_is = cast.municipality.organisation_id
    with scope(cast.municipality, day):
        for of_year, persons in ((year, 2), (other, 5)):
            reserve_places(levanger_is, centre, persons, year=of_year, by=cast.municipality, at=cast.at)
        reserve_places(levanger_is, beside, 3, year=year, by=cast.municipality, at=cast.at)
    levanger = read(cast)["5037"]
    assert levanger.left[Resource.PERSONS] == 9
    assert levanger.kept == {str(centre): 2, str(beside): 3}
    with scope(cast.imdi, day):
        assert candidates_on(cast.imdi, day).year == year
        case = SettlementCase.objects.get(subject_id=group)
        alone = candidate_for(cast.imdi, case, day, levanger_is, week=Week.of(day))
    assert alone is not None
    assert (alone.figures.year, alone.figures.decided) == (year, 9)


def test_what_a_plan_of_30_december_proposes_can_be_sent_for_its_week(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 20, year=2024)
    decided("5037", 3, year=2025)
    decided("5038", 3, year=2024)
    decided("5038", 20, year=2025)
    cast = at(cast, datetime(2024, 12, 30, 10, tzinfo=UTC))
    plan = planned(cast)
    assert proposed(cast, plan) == {group: "5038"}
    with scope(cast.imdi, cast.day):
        sent = send_proposals(plan.reference, [group], wanted_week=plan.week, by=cast.imdi, at=cast.at)
        assert not sent.not_sent
        assert SettlementRequest.objects.get(case__subject_id=group).holds_place


def test_a_plan_asked_for_on_sunday_and_computed_on_monday_is_of_the_week_of_its_title(cast: Cast) -> None:
    group = queued(cast)
    decided("5038", 20)
    before = at(cast, datetime(2024, 6, 23, 21, 59, tzinfo=UTC))  # 23.59 on Sunday of week 25
    after = at(cast, datetime(2024, 6, 23, 22, 1, tzinfo=UTC))
    levanger_says_no(before, group, "not_this_week", Week(2024, 26))
    closing = closed(before, "5038")
    plan = computed_by_the_job(after, asked_for(before))
    assert plan.week == Week(2024, 25)
    assert proposed(after, plan) == {group: ""}
    assert plan.closed == [closing.pk]
    assert proposed(after, planned(after))[group] != ""


def test_who_comes_in_the_week_of_a_plan_is_counted_in_it_on_the_day_after_too(cast: Cast) -> None:
    group = queued(cast)
    sunday, monday = at(cast, datetime(2024, 6, 23, 10, tzinfo=UTC)), at(cast, datetime(2024, 6, 24, 10, tzinfo=UTC))
    with scope(cast.municipality, sunday.day):
        declare_week_limit(7, by=cast.municipality, at=sunday.at)
    with scope(cast.imdi, sunday.day):
        send_request(group, cast.municipality.organisation_id, wanted_week=Week(2024, 26), by=cast.imdi, at=sunday.at)
        rooms = [
            next(each.week for each in candidates_on(cast.imdi, day, week=week).municipalities if each.number == "5037")
            for day in (sunday.day, monday.day)
            for week in (Week(2024, 25), Week(2024, 26))
        ]
    assert rooms == [WeekRoom(7, 0), WeekRoom(7, 4)] * 2
