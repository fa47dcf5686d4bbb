"""Those who live privately leave on their own: which months are due, exactly, and what comes back when it was wrong.

A started month counts in full: whoever leaves on the first day of a month has no day of it. A stay at a centre is in no
scheme of grants here, so a departure from a centre moves no line.
"""

from datetime import date

import pytest

from fotfeste.accommodation.public import DepartureReason, RightStay, register_departure
from fotfeste.ledger.public import claims_to_propose
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.grants.stage import (
    RATE_2022,
    Payers,
    booked,
    corrected,
    housed,
    left,
    months,
    paid_run,
    payers,
    people,
    registered,
    sums,
)
from tests.actions.settlement.stage import queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07", "MON-02")]

CAME, HALF_YEAR, JULY, OCTOBER = date(2022, 3, 20), date(2022, 7, 1), date(2022, 7, 5), date(2022, 10, 5)
WAYS = (DepartureReason.MOVED_WITHOUT_AGREEMENT, DepartureReason.LEFT_COUNTRY, DepartureReason.NO_ADDRESS)


@pytest.fixture
def by(cast: Cast) -> Payers:
    """Those who work with grants in 2022."""
    return payers(cast)


def of_levanger(by: Payers, on: date) -> dict[date, int]:
    """What the lines that count come to in Levanger, by month, in whole rates."""
    found = {month: amount for (place, month), amount in sums(by, on).items() if place == by.here.organisation_id}
    assert all(amount % RATE_2022 == 0 for amount in found.values())
    return {month: amount // RATE_2022 for month, amount in found.items()}


@pytest.mark.parametrize("reason", WAYS)
@pytest.mark.parametrize(("on", "last"), [(date(2022, 5, 1), 4), (date(2022, 5, 2), 5), (date(2022, 6, 1), 5)])
def test_the_entitlement_ends_with_the_month_of_the_last_day(
    by: Payers, reason: DepartureReason, on: date, last: int
) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    left(by, group, on, reason)
    paid_run(by, HALF_YEAR, JULY)
    assert of_levanger(by, JULY) == dict.fromkeys(months(*range(3, last + 1)), 2)


@pytest.mark.parametrize("reason", WAYS)
def test_of_a_part_of_the_household_only_theirs_ends(by: Payers, reason: DepartureReason) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    [first, _] = people(by, group, CAME)
    left(by, group, date(2022, 5, 1), reason, persons=[first])
    paid_run(by, HALF_YEAR, JULY)
    assert of_levanger(by, JULY) == dict.fromkeys(months(3, 4), 2) | dict.fromkeys(months(5, 6), 1)


@pytest.mark.parametrize("reason", WAYS)
def test_what_was_paid_after_they_left_is_taken_back_and_claimed(by: Payers, reason: DepartureReason) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, HALF_YEAR, JULY)
    left(by, group, date(2022, 5, 1), reason, known_on=date(2022, 8, 15))
    paid_run(by, date(2022, 10, 1), OCTOBER)
    assert of_levanger(by, OCTOBER) == dict.fromkeys(months(3, 4), 2)
    with scope(by.udi, OCTOBER):
        assert claims_to_propose("mamot") == [(by.here.organisation_id, 4 * RATE_2022)]


@pytest.mark.parametrize("reason", WAYS)
def test_a_departure_that_never_was_gives_every_month_back(by: Payers, reason: DepartureReason) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    left(by, group, date(2022, 5, 1), reason)
    paid_run(by, HALF_YEAR, JULY)
    assert of_levanger(by, JULY) == dict.fromkeys(months(3, 4), 2)
    corrected(by, group, RightStay(goes_on=True), date(2022, 8, 15))
    paid_run(by, date(2022, 10, 1), OCTOBER)
    assert of_levanger(by, OCTOBER) == dict.fromkeys(months(3, 4, 5, 6, 7, 8, 9), 2)


def test_whoever_is_found_again_and_housed_anew_is_due_from_then(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    left(by, group, date(2022, 4, 15), DepartureReason.NO_ADDRESS)
    housed(by, group, by.here, date(2022, 6, 10))
    paid_run(by, HALF_YEAR, JULY)
    assert of_levanger(by, JULY) == dict.fromkeys(months(3, 4, 6), 2)


@pytest.mark.parametrize(
    "reason", [DepartureReason.PRIVATE_ADDRESS, DepartureReason.LEFT_COUNTRY, DepartureReason.NO_ADDRESS]
)
def test_a_departure_from_a_centre_moves_no_line(cast: Cast, by: Payers, reason: DepartureReason) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_departure(group, persons, cast.day, reason, by=cast.centre, at=cast.at)
    paid_run(by, date(2024, 7, 1), date(2024, 7, 5))
    assert booked(by, date(2024, 7, 5)) == []
