"""Centres open, change and close; rooms and beds are added; beds are blocked."""

from datetime import date

import pytest

from fotfeste.accommodation.public import Bed, BedBlock, CentreOperation, NewRoom, place_group
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from tests.acting import (
    add_beds,
    add_rooms,
    block_bed,
    change_operation,
    end_operation,
    open_centre_operation,
    unblock_bed,
)
from tests.actions.accommodation.people import ARRIVED, beds_at, household, open_centre, operation
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("ACC-01")
def test_a_centre_opens_with_type_operator_places_and_source(cast: Cast) -> None:
    voss = open_centre(cast, cast.centre, places=285, maximum=300, from_on=date(2024, 1, 1))
    row = CentreOperation.objects.get(centre_id=voss)
    assert (row.type, row.operator, row.places, row.places_maximum, row.source) == (
        "emergency",
        "private",
        285,
        300,
        "test",
    )
    assert every_event().get(type="accommodation.centre_opened").other_organisation_id == voss


def test_a_centre_in_operation_is_not_opened_again(cast: Cast) -> None:
    voss = open_centre(cast, cast.centre)
    with pytest.raises(Refused, match="one_operation_at_a_time"):
        open_centre_operation(voss, operation(), date(2024, 2, 1), by=cast.udi, at=cast.at)


@pytest.mark.req("ACC-01")
def test_places_change_from_a_day_and_what_held_before_is_kept(cast: Cast) -> None:
    voss = open_centre(cast, cast.centre, places=100, maximum=120)
    change_operation(voss, operation(50, 60), date(2024, 3, 1), by=cast.udi, at=cast.at)
    history = [
        (row.period.start, row.period.end, row.places)
        for row in CentreOperation.objects.current().filter(centre_id=voss).order_by("period")
    ]
    assert history == [(date(2024, 1, 1), date(2024, 3, 1), 100), (date(2024, 3, 1), None, 50)]


def test_a_change_on_the_first_day_corrects_it(cast: Cast) -> None:
    voss = open_centre(cast, cast.centre, places=100)
    change_operation(voss, operation(50, 60), date(2024, 1, 1), by=cast.udi, at=cast.at)
    assert [row.places for row in CentreOperation.objects.current().filter(centre_id=voss)] == [50]


def test_a_closed_centre_does_not_change(cast: Cast) -> None:
    voss = open_centre(cast, cast.centre)
    end_operation(voss, date(2024, 3, 1), by=cast.udi, at=cast.at)
    with pytest.raises(Refused, match="centre_is_closed"):
        change_operation(voss, operation(), date(2024, 3, 5), by=cast.udi, at=cast.at)


@pytest.mark.req("ACC-01")
def test_a_centre_closes_only_when_nobody_stays_past_it(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena", "Andrij")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
    with pytest.raises(Refused) as refused:
        end_operation(voss, date(2024, 6, 1), by=cast.udi, at=cast.at)
    assert (refused.value.code, refused.value.params["people"]) == ("people_stay_past_closing", 2)


def test_a_centre_that_has_closed_may_open_again(cast: Cast) -> None:
    voss = open_centre(cast, cast.centre)
    end_operation(voss, date(2024, 3, 1), by=cast.udi, at=cast.at)
    open_centre_operation(voss, operation(10, 10), date(2024, 4, 1), by=cast.udi, at=cast.at)
    assert CentreOperation.objects.current().filter(centre_id=voss).count() == 2


def test_places_that_make_no_sense_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="places_make_sense"):
        open_centre(cast, cast.centre, places=10, maximum=5)


@pytest.mark.parametrize("who", ["centre", "centre_administrator", "imdi", "municipality"])
def test_only_the_directorate_operates_centres(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        open_centre_operation(cast.centre.organisation_id, operation(), cast.day, by=getattr(cast, who), at=cast.at)


def test_a_municipality_is_no_centre(cast: Cast) -> None:
    with pytest.raises(NotFound):
        open_centre_operation(cast.municipality.organisation_id, operation(), cast.day, by=cast.udi, at=cast.at)


@pytest.mark.req("ACC-02")
def test_rooms_come_with_numbered_beds_and_more_are_numbered_on(cast: Cast) -> None:
    administrator = cast.centre_administrator
    room, _ = add_rooms(
        administrator.organisation_id,
        [NewRoom(name="214", beds=2, building="A", is_adapted=True), NewRoom(name="215", beds=1)],
        by=administrator,
        at=cast.at,
    )
    add_beds(room.reference, 2, by=administrator, at=cast.at)
    assert sorted(Bed.objects.filter(room=room).values_list("name", flat=True)) == ["1", "2", "3", "4"]
    assert room.is_adapted


def test_two_rooms_of_one_name_in_a_building_are_refused(cast: Cast) -> None:
    administrator = cast.centre_administrator
    with pytest.raises(Refused, match="one_room_of_a_name"):
        add_rooms(
            administrator.organisation_id,
            [NewRoom(name="214", beds=1), NewRoom(name="214", beds=1)],
            by=administrator,
            at=cast.at,
        )


def test_another_centres_rooms_are_not_there(cast: Cast) -> None:
    administrator = cast.centre_administrator
    with pytest.raises(NotFound):
        add_rooms(cast.other_centre.organisation_id, [NewRoom(name="1", beds=1)], by=administrator, at=cast.at)
    with pytest.raises(NotFound):
        add_beds("nosuchroom00", 1, by=administrator, at=cast.at)


def test_staff_do_not_change_rooms(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        add_rooms(cast.centre.organisation_id, [NewRoom(name="1", beds=1)], by=cast.centre, at=cast.at)


@pytest.mark.req("ACC-02")
def test_a_bed_is_blocked_for_a_time_and_usable_again(cast: Cast) -> None:
    (bed,) = beds_at(cast, cast.centre_administrator, [("214", 1)])
    by = cast.centre_administrator
    block_bed(bed, date(2024, 3, 1), None, "Vannlekkasje", by=by, at=cast.at)
    unblock_bed(bed, date(2024, 3, 10), by=by, at=cast.at)
    (row,) = BedBlock.objects.current()
    assert (row.period.start, row.period.end, row.cause) == (date(2024, 3, 1), date(2024, 3, 10), "Vannlekkasje")


def test_a_block_that_is_lifted_on_its_first_day_never_was(cast: Cast) -> None:
    (bed,) = beds_at(cast, cast.centre_administrator, [("214", 1)])
    by = cast.centre_administrator
    block_bed(bed, date(2024, 3, 1), None, "Feil seng", by=by, at=cast.at)
    unblock_bed(bed, date(2024, 3, 1), by=by, at=cast.at)
    assert not BedBlock.objects.current().exists()


@pytest.mark.parametrize(
    ("from_on", "until_on", "code"),
    [
        (date(2024, 3, 1), date(2024, 3, 1), "block_ends_before_it_starts"),
        (date(2024, 3, 5), None, "one_block_at_a_time"),
    ],
)
def test_a_block_out_of_order_is_refused(cast: Cast, from_on: date, until_on: date | None, code: str) -> None:
    (bed,) = beds_at(cast, cast.centre_administrator, [("214", 1)])
    by = cast.centre_administrator
    block_bed(bed, date(2024, 3, 4), None, "Maling", by=by, at=cast.at)
    with pytest.raises(Refused, match=code):
        block_bed(bed, from_on, until_on, "Maling", by=by, at=cast.at)


def test_a_bed_that_is_not_blocked_cannot_be_unblocked(cast: Cast) -> None:
    (bed,) = beds_at(cast, cast.centre_administrator, [("214", 1)])
    with pytest.raises(Refused, match="bed_not_blocked"):
        unblock_bed(bed, cast.day, by=cast.centre_administrator, at=cast.at)


def test_a_bed_of_another_centre_is_not_there_to_block(cast: Cast) -> None:
    with pytest.raises(NotFound):
        block_bed(987_654_321, cast.day, None, "x", by=cast.centre_administrator, at=cast.at)


@pytest.mark.req("ACC-01")
def test_the_maximum_is_not_lowered_below_those_who_live_there_on_some_day_of_it(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena", "Andrij")
    voss = open_centre(cast, cast.centre, places=100, maximum=120)
    change_operation(voss, operation(50, 60), date(2024, 4, 1), by=cast.udi, at=cast.at)
    with scope(cast.udi, cast.day):
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
        for from_on in (ARRIVED, date(2024, 4, 1)):
            with pytest.raises(Refused) as refused:
                change_operation(voss, operation(1, 1), from_on, by=cast.udi, at=cast.at)
            said = (refused.value.code, refused.value.field, refused.value.params)
            assert said == ("more_people_than_maximum", "places_maximum", {"people": 2})
        change_operation(voss, operation(2, 2), date(2024, 4, 1), by=cast.udi, at=cast.at)
        change_operation(voss, operation(1, 2), ARRIVED, by=cast.udi, at=cast.at)


def test_who_comes_only_after_the_lower_maximum_has_ended_does_not_stand_against_it(cast: Cast) -> None:
    first, _ = household(cast, "Olena")
    second, _ = household(cast, "Andrij")
    voss = open_centre(cast, cast.centre, places=100, maximum=120)
    change_operation(voss, operation(50, 60), date(2024, 3, 10), by=cast.udi, at=cast.at)
    with scope(cast.udi, cast.day):
        place_group(first, voss, ARRIVED, by=cast.udi, at=cast.at)
        place_group(second, voss, date(2024, 3, 12), by=cast.udi, at=cast.at)
        change_operation(voss, operation(1, 1), ARRIVED, by=cast.udi, at=cast.at)
