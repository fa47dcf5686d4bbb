"""What the forecast rests on: journeys and offers, places that are known to change, who came and left lately."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fotfeste.accommodation.domain.forecast import Basis, Movement
from fotfeste.accommodation.public import DepartureReason, occupancy
from fotfeste.accommodation.queries.forecast import grounds
from fotfeste.kernel.calendar import Week
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.offer import register_offer_answer
from tests.acting import change_operation, end_operation
from tests.actions.accommodation.people import open_centre, operation
from tests.actions.settlement.stage import (
    TRAVELS_ON,
    accepted,
    depart,
    offered,
    queued,
    refused,
    requested,
    with_journey,
)
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-06")]

SUNDAY = date(2024, 4, 7)  # of week 14, which the offers name


def on(cast: Cast, day: date) -> Cast:
    """The cast on a later day."""
    return replace(cast, day=day, at=datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC))


def ahead(cast: Cast, day: date | None = None) -> list[Movement]:
    """Who is known to leave Voss or to come, as UDI sees it."""
    with scope(cast.udi, day or cast.day):
        found = grounds(day or cast.day).movements
    return sorted(found.get(cast.centre.organisation_id, ()), key=lambda each: each.basis)


def voss(cast: Cast, basis: Basis, people: int, by_on: date) -> Movement:
    """People who leave Voss."""
    return Movement(cast.centre.organisation_id, basis, people, by_on)


def test_journeys_count_by_their_day_and_offers_by_their_week(cast: Cast) -> None:
    with_journey(cast, queued(cast))
    accepted(cast, queued(cast))
    offered(cast, queued(cast))
    assert ahead(cast) == [
        voss(cast, Basis.JOURNEY, 4, TRAVELS_ON),
        voss(cast, Basis.OFFER_ACCEPTED, 4, SUNDAY),
        voss(cast, Basis.OFFER_MADE, 4, SUNDAY),
    ]


def test_who_is_asked_for_who_said_no_and_who_has_left_are_not_among_them(cast: Cast) -> None:
    requested(cast, queued(cast))
    refused(cast, queued(cast))
    depart(cast, with_journey(cast, queued(cast)))
    assert ahead(cast) == []


def test_one_who_has_left_already_does_not_leave_with_the_others(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, most=1)
    assert ahead(cast) == [voss(cast, Basis.JOURNEY, 3, TRAVELS_ON)]


def test_a_past_day_shows_what_was_promised_then(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(on(cast, TRAVELS_ON), group)
    assert ahead(cast) == [voss(cast, Basis.JOURNEY, 4, TRAVELS_ON)]
    assert ahead(cast, date(2024, 3, 13)) == []  # before the offer
    assert ahead(cast, TRAVELS_ON) == []


def test_a_past_day_shows_the_state_of_then_and_not_what_came_of_it(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    later = on(cast, date(2024, 3, 20))
    with scope(later.centre, later.day):
        register_offer_answer(
            group,
            accepts=True,
            answered_on=later.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=later.centre,
            at=later.at,
        )
    assert ahead(cast, date(2024, 3, 19)) == [voss(cast, Basis.OFFER_MADE, 4, SUNDAY)]
    assert ahead(cast, date(2024, 3, 20)) == [voss(cast, Basis.OFFER_ACCEPTED, 4, SUNDAY)]


def test_places_that_are_known_to_change_are_in_it_from_the_day_that_was_told(cast: Cast) -> None:
    centre = open_centre(cast, cast.centre, places=100, maximum=120)
    told = on(cast, date(2024, 3, 18))
    with scope(cast.udi, told.day):
        change_operation(centre, operation(80, 90), date(2024, 4, 1), by=cast.udi, at=told.at)
        end_operation(centre, date(2024, 4, 15), by=cast.udi, at=told.at)
        before, after = (grounds(day).forecast([centre], 0) for day in (cast.day, told.day))
    assert [line.places for line in before.lines] == [100] * 8
    assert before.changes == ()
    places = {str(line.week): line.places for line in after.lines}
    assert [places[str(Week(2024, week))] for week in (12, 13, 14, 15, 16)] == [100, 100, 80, 80, 0]
    assert [(change.on, change.places) for change in after.changes] == [
        (date(2024, 4, 1), -20),
        (date(2024, 4, 15), -80),
    ]


def test_the_pace_counts_those_who_came_and_left_in_the_weeks_before(cast: Cast) -> None:
    staying = queued(cast)  # placed on 12 February
    depart(cast, with_journey(cast, queued(cast)))
    with scope(cast.udi, cast.day):
        found = grounds(cast.day)
        later = grounds(date(2024, 4, 9))
    assert staying
    assert found.pace[cast.centre.organisation_id] == (8, 4)
    assert later.pace[cast.centre.organisation_id] == (0, 4)  # eight weeks after the 12th they are left out


def test_the_country_is_the_sum_of_its_regions_for_what_is_known(cast: Cast) -> None:
    with_journey(cast, queued(cast))
    open_centre(cast, cast.other_centre, places=50, maximum=60)
    with scope(cast.udi, cast.day):
        country, found = occupancy(cast.day), grounds(cast.day)
        regions = [found.of_region(region) for region in country.regions]
        whole = found.of_country(country)
    assert len(regions) == 2
    for number, line in enumerate(whole.lines):
        parts = [region.lines[number] for region in regions]
        assert (line.people, line.places, line.left) == (
            sum(part.people for part in parts),
            sum(part.places for part in parts),
            sum(part.left for part in parts),
        )
    assert whole.people == 4


def test_those_who_may_not_see_a_household_are_told_its_number_of_people_only(cast: Cast) -> None:
    with_journey(cast, queued(cast))
    with scope(cast.other_centre, cast.day):
        assert grounds(cast.day).movements[cast.centre.organisation_id] == [voss(cast, Basis.JOURNEY, 4, TRAVELS_ON)]
