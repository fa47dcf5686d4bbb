"""A departure that is taken back: what it ended goes on, where the centre can still have them."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from fotfeste.accommodation.public import (
    Absence,
    BedAssignment,
    DepartureReason,
    Stay,
    annul_departure,
    assign_beds,
    grant_leave,
    place_group,
    register_absence,
    register_departure,
)
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.platform.facts import supersede
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake
from tests.acting import change_operation, end_operation, open_centre_operation
from tests.actions.accommodation.people import ARRIVED, beds_at, household, open_centre, operation
from tests.conftest import DAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-04")]

AWAY_FROM, LEAVE_FROM, BACK_ON = DAY - timedelta(days=2), DAY + timedelta(days=3), DAY + timedelta(days=9)

type Family = tuple[int, list[int]]


@pytest.fixture
def family(cast: Cast) -> Family:
    """Two people at Voss."""
    group_id, persons = household(cast, "Olena", "Andrij")
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    return group_id, persons


def leaves(cast: Cast, family: Family, on: date = DAY) -> None:
    """Both leave, registered a minute later."""
    with scope(cast.centre, cast.day):
        at = cast.at + timedelta(minutes=1)
        register_departure(*family, on, DepartureReason.NO_ADDRESS, by=cast.centre, at=at)


def takes_back(cast: Cast, family: Family) -> None:
    """The centre takes it back five minutes later."""
    with scope(cast.centre, cast.day):
        annul_departure(*family, reason=Mistake.WRONG_PERSON, by=cast.centre, at=cast.at + timedelta(minutes=5))


def refusal(cast: Cast, family: Family) -> Refused:
    """What stands against it."""
    with pytest.raises(Refused) as refused:
        takes_back(cast, family)
    return refused.value


def absences(cast: Cast, persons: Sequence[int]) -> list[tuple[int, str, date, date | None]]:
    """What absences they are held to have."""
    with scope(cast.centre, cast.day):
        rows = Absence.objects.current().filter(subject_id__in=persons).order_by("subject_id", "period")
        return [(row.subject_id, row.kind, row.period.start, row.period.end) for row in rows]


@pytest.mark.req("ACC-05")
@pytest.mark.parametrize("on", [DAY, DAY - timedelta(days=5)], ids=["on the day", "late"])
def test_absence_and_leave_are_as_they_were(cast: Cast, family: Family, on: date) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day):
        grant_leave(group_id, persons, LEAVE_FROM, BACK_ON, is_abroad=True, by=cast.centre, at=cast.at)
        register_absence(group_id, persons[:1], AWAY_FROM, is_abroad=False, by=cast.centre, at=cast.at)
    before = absences(cast, persons)
    assert len(before) == 3
    leaves(cast, family, on)
    takes_back(cast, family)
    assert absences(cast, persons) == before
    leaves(cast, family, on)
    takes_back(cast, family)
    assert absences(cast, persons) == before


@pytest.mark.req("ACC-02")
def test_who_changed_beds_after_the_day_of_a_late_departure_has_both_back(cast: Cast, family: Family) -> None:
    group_id, (olena, _) = family
    first, second = beds_at(cast, cast.centre_administrator, [("214", 2)])
    moved_on = DAY - timedelta(days=3)
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {olena: first}, ARRIVED, by=cast.centre, at=cast.at)
        assign_beds(group_id, {olena: second}, moved_on, by=cast.centre, at=cast.at)
    leaves(cast, family, DAY - timedelta(days=5))
    takes_back(cast, family)
    with scope(cast.centre, cast.day):
        rows = BedAssignment.objects.current().order_by("period")
        had = [(row.bed_id, row.period.start, row.period.end) for row in rows]
    assert had == [(first, ARRIVED, moved_on), (second, moved_on, None)]


@pytest.mark.req("ACC-08")
def test_nobody_lives_as_before_at_a_centre_that_has_closed(cast: Cast, family: Family) -> None:
    voss = cast.centre.organisation_id
    leaves(cast, family)
    with scope(cast.udi, cast.day):
        end_operation(voss, cast.day, by=cast.udi, at=cast.at)
    refused = refusal(cast, family)
    assert (refused.code, refused.field, refused.params["day"]) == ("centre_has_closed", "persons", cast.day)
    with scope(cast.udi, cast.day):
        open_centre_operation(voss, operation(), cast.day, by=cast.udi, at=cast.at)
    takes_back(cast, family)


@pytest.mark.req("ACC-01")
def test_nobody_is_back_where_there_is_no_place(cast: Cast, family: Family) -> None:
    voss = cast.centre.organisation_id
    leaves(cast, family)
    for places, code in ((1, "no_place_to_be_back"), (2, "")):
        with scope(cast.udi, cast.day):
            change_operation(voss, operation(places, places), cast.day, by=cast.udi, at=cast.at)
        if code:
            refused = refusal(cast, family)
            assert (refused.code, refused.params["free"], refused.params["people"]) == (code, 1, 2)
    takes_back(cast, family)


@pytest.mark.req("ACC-08")
def test_nobody_is_placed_where_the_centre_closes_or_was_closed_in_between(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    closes_on, opens_on = date(2024, 3, 1), date(2024, 3, 10)
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        end_operation(voss, closes_on, by=cast.udi, at=cast.at)
        open_centre_operation(voss, operation(), opens_on, by=cast.udi, at=cast.at)
        with pytest.raises(Refused) as refused:
            place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
        assert (refused.value.code, refused.value.params["day"]) == ("centre_is_closed", closes_on)
        end_operation(voss, cast.day + timedelta(days=30), by=cast.udi, at=cast.at)
        with pytest.raises(Refused) as refused:
            place_group(group_id, voss, opens_on, by=cast.udi, at=cast.at)
        assert refused.value.params["day"] == cast.day + timedelta(days=30)


@pytest.mark.req("ACC-08")
def test_the_database_refuses_a_stay_that_goes_on_where_the_centre_has_closed(cast: Cast, family: Family) -> None:
    leaves(cast, family)
    with scope(cast.udi, cast.day):
        end_operation(cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        stay = Stay.objects.current().filter(subject_id=family[1][0]).get()
        with pytest.raises(IntegrityError, match="not in operation on every day"):
            supersede(stay, by=cast.centre, at=cast.at, reason="x", period=Period(ARRIVED, None), departure_reason="")
