"""Who knows of a grant, and until when (ACS-01): UDI and the municipality, from the stay to the end of the case."""

from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import DepartureReason, RightStay
from fotfeste.grants.public import case_until
from tests.actions.grants.stage import Payers, corrected, housed, left, payers, people, registered
from tests.as_owner import every_need, knowing
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-01")]

CAME, LATER = date(2022, 3, 20), date(2022, 9, 12)
CASE = NeedReason.GRANT_CASE


@pytest.fixture
def by(cast: Cast) -> Payers:
    """Those who work with grants in 2022."""
    return payers(cast)


def test_udi_and_the_municipality_know_of_a_grant_from_the_first_day(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    both = sorted([by.udi.organisation_id, by.here.organisation_id])
    for subject in (group, *people(by, group, CAME)):
        assert knowing(subject, CASE, CAME) == both
        assert knowing(subject, CASE, CAME - timedelta(days=1)) == []


def test_they_know_of_it_until_claims_of_it_are_barred(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    left(by, group, date(2022, 5, 10), DepartureReason.LEFT_COUNTRY, known_on=LATER)
    until = case_until(date(2022, 5, 10), LATER)
    assert knowing(group, CASE, until - timedelta(days=1)) == sorted([by.udi.organisation_id, by.here.organisation_id])
    assert knowing(group, CASE, until) == []


def test_a_move_opens_the_case_where_they_live_now_and_ends_it_in_time_where_they_lived(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    housed(by, group, by.there, date(2022, 6, 3), known_on=LATER)
    here, there, udi = by.here.organisation_id, by.there.organisation_id, by.udi.organisation_id
    assert set(knowing(group, CASE, LATER)) == {here, there, udi}
    assert set(knowing(group, CASE, case_until(LATER, LATER))) == {there, udi}


def test_a_late_fact_that_it_was_another_municipality_opens_the_case_there(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    corrected(by, group, RightStay(municipality_id=by.there.organisation_id), LATER)
    here, there, udi = by.here.organisation_id, by.there.organisation_id, by.udi.organisation_id
    assert set(knowing(group, CASE, LATER)) == {here, there, udi}
    assert set(knowing(group, CASE, case_until(LATER, LATER))) == {there, udi}


def test_a_stay_that_never_was_leaves_the_case_to_those_who_may_have_paid(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    corrected(by, group, RightStay(never_was=True), LATER)
    assert knowing(group, CASE, LATER) == sorted([by.udi.organisation_id, by.here.organisation_id])
    assert knowing(group, CASE, case_until(LATER, LATER)) == []


def test_who_stays_of_a_household_keeps_its_case_open(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    one, other = people(by, group, CAME)
    left(by, group, date(2022, 5, 10), DepartureReason.LEFT_COUNTRY, persons=[one])
    far = date(2030, 1, 1)
    assert knowing(group, CASE, far) == knowing(other, CASE, far) != []
    assert knowing(one, CASE, far) == []


def test_an_end_that_was_wrong_opens_the_case_again(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    left(by, group, date(2022, 5, 10), DepartureReason.LEFT_COUNTRY)
    corrected(by, group, RightStay(goes_on=True), LATER)
    assert knowing(group, CASE, date(2030, 1, 1)) == sorted([by.udi.organisation_id, by.here.organisation_id])
    opened = every_need().filter(subject_id=group, reason=CASE, ended_at__isnull=True)
    assert opened.count() == 2
