"""Beds: each person one, each bed one person, from a day."""

from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import BedAssignment, assign_beds, place_group, rooms_of
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task
from tests.acting import block_bed
from tests.actions.accommodation.people import ARRIVED, beds_at, household, open_centre, version_of
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def placed(cast: Cast, *names: str) -> tuple[int, list[int]]:
    """A household that stays at Voss since it arrived."""
    group_id, persons = household(cast, *names)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    return group_id, persons


@pytest.fixture
def beds(cast: Cast) -> list[int]:
    """Voss in operation, with four beds in two rooms."""
    open_centre(cast, cast.centre)
    return beds_at(cast, cast.centre_administrator, [("214", 2), ("215", 2)])


@pytest.mark.req("ACC-02")
def test_each_person_gets_a_bed_in_a_room_and_the_task_is_done(cast: Cast, beds: list[int]) -> None:
    group_id, persons = placed(cast, "Olena", "Andrij")
    with scope(cast.centre, cast.day):
        changed = assign_beds(group_id, dict(zip(persons, beds[1:3], strict=True)), ARRIVED, by=cast.centre, at=cast.at)
        assert changed == 2
        assert rooms_of(persons, cast.day) == {persons[0]: "214", persons[1]: "215"}
        assert Task.objects.get(kind="assign_beds").outcome == "done"
    assert every_event().get(type="accommodation.beds_assigned").subject_id == group_id


def test_the_task_stays_open_until_everyone_has_a_bed(cast: Cast, beds: list[int]) -> None:
    group_id, persons = placed(cast, "Olena", "Andrij")
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {persons[0]: beds[0]}, ARRIVED, by=cast.centre, at=cast.at)
        assert Task.objects.get(kind="assign_beds").closed_at is None


@pytest.mark.req("ACC-02")
def test_an_internal_move_keeps_where_they_slept_before(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    moved_on = date(2024, 3, 1)
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {olena: beds[0]}, ARRIVED, by=cast.centre, at=cast.at)
        assign_beds(group_id, {olena: beds[2]}, moved_on, by=cast.centre, at=cast.at)
        assert rooms_of([olena], moved_on - timedelta(days=1)) == {olena: "214"}
        assert rooms_of([olena], moved_on) == {olena: "215"}


def test_another_bed_on_the_same_day_leaves_no_empty_period(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {olena: beds[0]}, ARRIVED, by=cast.centre, at=cast.at)
        assign_beds(group_id, {olena: beds[1]}, ARRIVED, by=cast.centre, at=cast.at)
        assert [row.bed_id for row in BedAssignment.objects.current()] == [beds[1]]


@pytest.mark.req("ACC-02")
def test_two_people_may_swap_beds_in_one_act(cast: Cast, beds: list[int]) -> None:
    group_id, (olena, andrij) = placed(cast, "Olena", "Andrij")
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {olena: beds[0], andrij: beds[2]}, ARRIVED, by=cast.centre, at=cast.at)
        assign_beds(group_id, {olena: beds[2], andrij: beds[0]}, cast.day, by=cast.centre, at=cast.at)
        assert rooms_of([olena, andrij], cast.day) == {olena: "215", andrij: "214"}


@pytest.mark.req("ACC-02")
def test_a_bed_is_never_given_to_two_people(cast: Cast, beds: list[int]) -> None:
    first, (olena,) = placed(cast, "Olena")
    second, (ivan,) = placed(cast, "Ivan")
    with scope(cast.centre, cast.day):
        assign_beds(first, {olena: beds[0]}, ARRIVED, by=cast.centre, at=cast.at)
        with pytest.raises(Refused) as refused:
            assign_beds(second, {ivan: beds[0]}, cast.day, by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("bed_not_free", f"bed_{ivan}")


def test_the_same_bed_chosen_for_two_is_refused_beside_the_second(cast: Cast, beds: list[int]) -> None:
    group_id, (olena, andrij) = placed(cast, "Olena", "Andrij")
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        assign_beds(group_id, {olena: beds[0], andrij: beds[0]}, ARRIVED, by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("bed_chosen_twice", f"bed_{andrij}")


def test_a_blocked_bed_is_not_given_out(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.centre, cast.day):
        block_bed(beds[0], cast.day, None, "Vannlekkasje", by=cast.centre_administrator, at=cast.at)
        with pytest.raises(Refused) as refused:
            assign_beds(group_id, {olena: beds[0]}, cast.day, by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("bed_not_free", f"bed_{olena}")


@pytest.mark.parametrize(
    ("from_on", "code"),
    [(date(2024, 3, 15), "beds_in_future"), (date(2024, 1, 31), "bed_before_arrival")],
)
def test_a_day_out_of_order_is_refused(cast: Cast, beds: list[int], from_on: date, code: str) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        assign_beds(group_id, {olena: beds[0]}, from_on, by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.field) == (code, "from_on")


def test_a_bed_before_a_later_move_is_refused(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {olena: beds[0]}, cast.day, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="bed_changed_later"):
            assign_beds(group_id, {olena: beds[1]}, ARRIVED, by=cast.centre, at=cast.at)


def test_who_stays_elsewhere_gets_no_bed_here(cast: Cast, beds: list[int]) -> None:
    group_id, _ = placed(cast, "Olena")
    stranger = 987_654_321
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="not_staying_here"):
        assign_beds(group_id, {stranger: beds[0]}, ARRIVED, by=cast.centre, at=cast.at)


def test_a_bed_of_another_centre_is_not_there(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        assign_beds(group_id, {olena: 987_654_321}, ARRIVED, by=cast.centre, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("bed_not_here", f"bed_{olena}")


def test_nothing_chosen_is_nothing_done(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.centre, cast.day):
        assign_beds(group_id, {olena: beds[0]}, ARRIVED, by=cast.centre, at=cast.at)
        before = version_of(group_id)
        with pytest.raises(Refused, match="nobody_selected"):
            assign_beds(group_id, {olena: beds[0]}, cast.day, by=cast.centre, at=cast.at)
        assert version_of(group_id) == before


def test_an_old_form_is_told_that_somebody_else_saved(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.centre, cast.day), pytest.raises(Stale):
        assign_beds(group_id, {olena: beds[0]}, ARRIVED, by=cast.centre, at=cast.at, version=1)


def test_only_staff_of_a_centre_give_out_beds(cast: Cast, beds: list[int]) -> None:
    group_id, (olena,) = placed(cast, "Olena")
    with scope(cast.udi, cast.day), pytest.raises(NotAllowed):
        assign_beds(group_id, {olena: beds[0]}, ARRIVED, by=cast.udi, at=cast.at)
