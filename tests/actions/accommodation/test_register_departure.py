"""Departure: stays, beds, absences and needs end in one instant, with reason and address."""

from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import (
    Absence,
    BedAssignment,
    Departure,
    DepartureReason,
    Stay,
    assign_beds,
    place_group,
    register_absence,
    register_departure,
    staying_members,
    where_now,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task
from tests.actions.accommodation.people import ARRIVED, beds_at, household, later, open_centre
from tests.as_owner import every_event, every_need, knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> tuple[int, list[int]]:
    """Two people at Voss since the day they arrived, each with a bed."""
    group_id, persons = household(cast, "Olena", "Andrij")
    open_centre(cast, cast.centre)
    beds = beds_at(cast, cast.centre_administrator, [("214", 2)])
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        assign_beds(group_id, dict(zip(persons, beds, strict=True)), ARRIVED, by=cast.centre, at=cast.at)
    return group_id, persons


def depart(
    cast: Cast,
    group_id: int,
    persons: list[int],
    on: date | None = None,
    reason: DepartureReason = DepartureReason.LEFT_COUNTRY,
    street: str = "",
    postal_code: str = "",
    place: str = "",
) -> Departure:
    """Register a departure as the centre."""
    with scope(cast.centre, cast.day):
        return register_departure(
            group_id, persons, on or cast.day, reason, street, postal_code, place, by=cast.centre, at=cast.at
        )


@pytest.mark.req("ACC-04")
def test_the_whole_group_leaves_at_once_and_everything_ends_that_day(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    made = depart(
        cast, group_id, persons, reason=DepartureReason.PRIVATE_ADDRESS, street="Kirkegata 1", postal_code="7600"
    )
    assert made.is_whole_group
    assert made.registered_same_day.is_yes
    with scope(cast.centre, cast.day):
        stays = list(Stay.objects.current())
        assert {stay.period.end for stay in stays} == {cast.day}
        assert {(s.departure_reason, s.street, s.postal_code, s.place, s.county) for s in stays} == {
            ("private_address", "Kirkegata 1", "7600", "Levanger", "Trøndelag")
        }
        assert {row.period.end for row in BedAssignment.objects.current()} == {cast.day}
        assert staying_members(group_id, cast.day) == []
        assert where_now([group_id], cast.day) == {}
        assert where_now([group_id], cast.day - timedelta(days=1))[group_id].room == "214"


@pytest.mark.req("TRV-04")
def test_the_event_carries_household_reason_and_day(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    depart(cast, group_id, persons)
    event = every_event().get(type="accommodation.departed")
    assert (event.subject_id, event.transition, event.holds_on) == (group_id, "left_country", cast.day)
    assert event.other_organisation_id == cast.centre.organisation_id


@pytest.mark.req("ACC-04")
def test_one_person_may_leave_while_the_others_stay(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, (olena, andrij) = family
    made = depart(cast, group_id, [andrij])
    assert not made.is_whole_group
    with scope(cast.centre, cast.day):
        assert staying_members(group_id, cast.day) == [olena]
    assert knowing(group_id, NeedReason.LIVES_HERE, cast.day) == [cast.centre.organisation_id]
    assert knowing(andrij, NeedReason.LIVES_HERE, cast.day) == []
    assert knowing(andrij, NeedReason.LIVED_HERE, cast.day) == [cast.centre.organisation_id]


@pytest.mark.req("ACS-01")
def test_the_centre_sees_those_who_left_for_thirty_days_and_no_longer(
    cast: Cast, family: tuple[int, list[int]]
) -> None:
    group_id, persons = family
    depart(cast, group_id, persons)
    lived = every_need().get(subject_id=group_id, reason=NeedReason.LIVED_HERE)
    assert (lived.period.start, lived.period.end) == (cast.day, date(2024, 4, 13))
    with scope(cast.centre, date(2024, 4, 12)):
        assert Stay.objects.current().count() == len(persons)
    with scope(cast.centre, date(2024, 4, 13)):
        assert Stay.objects.count() == 0


@pytest.mark.req("ACC-04")
def test_a_later_registration_is_let_through_and_marked_late(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    made = depart(cast, group_id, persons, on=date(2024, 3, 1))
    assert made.registered_same_day.is_no
    assert made.registered_same_day.reasons[0].fields == {"days": 13}
    with scope(cast.centre, cast.day):
        assert where_now([group_id], date(2024, 2, 29))[group_id].people == len(persons)
        assert where_now([group_id], date(2024, 3, 1)) == {}


@pytest.mark.req("ACC-03")
def test_leaving_on_the_day_of_arrival_annuls_the_stay_of_no_days(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    depart(cast, group_id, persons, on=ARRIVED)
    with scope(cast.centre, cast.day):
        assert Stay.objects.current().count() == 0
        assert {stay.annul_reason for stay in Stay.objects.all()} == {"left_same_day:left_country"}
        assert BedAssignment.objects.current().count() == 0
    assert every_event().filter(type="accommodation.departed", holds_on=ARRIVED).count() == 1


def test_an_absence_ends_with_the_stay(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day):
        register_absence(group_id, persons, date(2024, 3, 10), is_abroad=True, by=cast.centre, at=cast.at)
    depart(cast, group_id, persons, on=date(2024, 3, 13))
    with scope(cast.centre, cast.day):
        assert {row.period.end for row in Absence.objects.current()} == {date(2024, 3, 13)}


def test_a_bed_changed_after_the_departure_is_taken_back(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, (olena, andrij) = family
    beds = beds_at(cast, cast.centre_administrator, [("300", 1)])
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {olena: beds[0]}, date(2024, 3, 10), by=cast.centre, at=cast.at)
    depart(cast, group_id, [olena, andrij], on=date(2024, 3, 5))
    with scope(cast.centre, cast.day):
        assert {row.period.end for row in BedAssignment.objects.current()} == {date(2024, 3, 5)}


def test_an_open_task_to_give_out_beds_is_no_longer_needed(cast: Cast) -> None:
    group_id, persons = household(cast, "Olena")
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    depart(cast, group_id, persons)
    with scope(cast.centre, cast.day):
        assert Task.objects.get(kind="assign_beds").outcome == "void"


@pytest.mark.req("ACC-03")
def test_who_comes_back_is_placed_again(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    depart(cast, group_id, persons, on=date(2024, 3, 10))
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, date(2024, 3, 12), by=cast.udi, at=cast.at)
        assert where_now([group_id], date(2024, 3, 11)) == {}
        assert where_now([group_id], cast.day)[group_id].since_on == date(2024, 3, 12)


@pytest.mark.parametrize(
    ("on", "reason", "address", "code", "field"),
    [
        (date(2024, 3, 15), "left_country", {}, "departure_in_future", "on"),
        (date(2024, 1, 20), "left_country", {}, "departure_before_arrival", "on"),
        (date(2024, 3, 14), "moved_centre", {}, "move_is_placing", "reason"),
        (date(2024, 3, 14), "offer_declined", {}, "reason_of_living_privately", "reason"),
        (date(2024, 3, 14), "agreed_settlement", {}, "address_needed", "street"),
        (
            date(2024, 3, 14),
            "private_address",
            {"street": "Storgata 1", "postal_code": "9999"},
            "postal_code_unknown",
            "postal_code",
        ),
        (
            date(2024, 3, 14),
            "private_address",
            {"street": "Storgata 1", "postal_code": "7600", "place": "Oslo"},
            "place_does_not_match",
            "place",
        ),
        (date(2024, 3, 14), "no_address", {"street": "Storgata 1"}, "address_not_expected", "reason"),
    ],
)
@pytest.mark.req("ACC-04")
def test_what_does_not_add_up_is_refused_beside_its_field_and_nothing_ends(
    cast: Cast,
    family: tuple[int, list[int]],
    on: date,
    reason: str,
    address: dict[str, str],
    code: str,
    field: str,
) -> None:
    group_id, persons = family
    with pytest.raises(Refused) as refused:
        depart(cast, group_id, persons, on, DepartureReason(reason), **address)
    assert (refused.value.code, refused.value.field) == (code, field)
    with scope(cast.centre, cast.day):
        assert staying_members(group_id, cast.day) == persons


def test_nobody_selected_is_refused(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, _ = family
    with pytest.raises(Refused, match="nobody_selected"):
        depart(cast, group_id, [])


def test_nobody_leaves_twice(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    depart(cast, group_id, persons)
    with pytest.raises(Refused, match="not_staying_here"):
        depart(cast, group_id, persons)


def test_another_centre_cannot_register_the_departure(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.other_centre, cast.day), pytest.raises(NotFound):
        register_departure(group_id, persons, cast.day, DepartureReason.LEFT_COUNTRY, by=cast.other_centre, at=cast.at)


def test_the_directorate_does_not_register_departures(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        register_departure(group_id, persons, cast.day, DepartureReason.LEFT_COUNTRY, by=cast.udi, at=cast.at)


def test_an_old_form_is_told_that_somebody_else_saved(cast: Cast, family: tuple[int, list[int]]) -> None:
    group_id, persons = family
    with scope(cast.centre, cast.day), pytest.raises(Stale):
        register_departure(
            group_id,
            persons,
            cast.day,
            DepartureReason.LEFT_COUNTRY,
            by=cast.centre,
            at=later(cast, 0),
            version=1,
        )
