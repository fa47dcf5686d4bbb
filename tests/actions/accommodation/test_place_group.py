"""Place a household in a centre, or move it."""

from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import CentreType, DepartureReason, Stay, place_group, where_now
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.facts import annul
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task, open_task
from tests.actions.accommodation.people import ARRIVED, household, minor_alone, open_centre, version_of
from tests.actions.registry.families import ARRIVED_ON as ARRIVED_MINOR
from tests.as_owner import every_event, every_need, knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("ACC-02")
def test_everyone_in_the_group_stays_at_the_centre_from_the_day(cast: Cast) -> None:
    group_id, persons = household(cast, "Olena", "Andrij", "Sofia")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
        where = where_now([group_id], cast.day)[group_id]
    assert (where.centre_name, where.since_on, where.people) == ("Voss akuttinnkvartering", ARRIVED, len(persons))


@pytest.mark.req("ACS-01")
def test_the_centre_sees_them_from_that_day_and_another_centre_does_not(cast: Cast) -> None:
    group_id, persons = household(cast, "Olena", "Andrij")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        assert Stay.objects.count() == len(persons)
    with scope(cast.other_centre, cast.day):
        assert Stay.objects.count() == 0
    assert knowing(group_id, NeedReason.LIVES_HERE, cast.day) == [voss]


def test_the_task_to_place_is_done_and_the_centre_gets_one_for_beds_on_the_same_day(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        open_task(
            "place_group",
            subject_id=group_id,
            organisation_id=cast.udi.organisation_id,
            cause="registry.group_registered",
            basis_on=ARRIVED,
            at=cast.at,
        )
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
        placing = Task.objects.get(kind="place_group")
        beds = Task.objects.get(kind="assign_beds")
    assert (placing.outcome, placing.closed_by_id) == ("done", cast.udi.user_id)
    assert (beds.organisation_id, beds.due_on, beds.due_rule) == (voss, ARRIVED, "bed_assignment_days")


def test_the_event_names_the_household_the_centre_and_the_day(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
    event = every_event().get(type="accommodation.placed")
    assert (event.subject_id, event.other_organisation_id, event.holds_on) == (group_id, voss, ARRIVED)


@pytest.mark.req("ACC-03")
def test_a_move_ends_the_earlier_stay_on_the_day_and_says_why(cast: Cast) -> None:
    group_id, persons = household(cast, "Olena", "Andrij")
    voss, raade = open_centre(cast, cast.centre), open_centre(cast, cast.other_centre)
    moved_on = date(2024, 3, 1)
    with scope(cast.udi, cast.day):
        place_group(group_id, raade, ARRIVED, by=cast.udi, at=cast.at)
        place_group(group_id, voss, moved_on, by=cast.udi, at=cast.at)
        old = Stay.objects.current().filter(centre_id=raade)
        assert {stay.departure_reason for stay in old} == {DepartureReason.MOVED_CENTRE}
        assert {stay.period.end for stay in old} == {moved_on}
        assert where_now([group_id], moved_on - timedelta(days=1))[group_id].centre_id == raade
        assert where_now([group_id], moved_on)[group_id].centre_id == voss
        assert Stay.objects.current().filter(centre_id=voss).count() == len(persons)


@pytest.mark.req("ACS-01")
def test_the_centre_they_moved_from_sees_them_for_a_dated_while_only(cast: Cast) -> None:
    group_id, persons = household(cast, "Olena")
    voss, raade = open_centre(cast, cast.centre), open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, raade, ARRIVED, by=cast.udi, at=cast.at)
        place_group(group_id, voss, cast.day, by=cast.udi, at=cast.at)
    assert knowing(group_id, NeedReason.LIVES_HERE, cast.day) == [voss]
    lived = every_need().get(subject_id=persons[0], reason=NeedReason.LIVED_HERE)
    assert (lived.organisation_id, lived.period.start, lived.period.end) == (raade, cast.day, date(2024, 4, 13))
    with scope(cast.udi, cast.day):
        assert Task.objects.get(organisation_id=raade).outcome == "void"


def test_a_move_on_the_day_of_arrival_annuls_the_stay_that_had_no_days(cast: Cast) -> None:
    group_id, persons = household(cast, "Olena")
    voss, raade = open_centre(cast, cast.centre), open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, raade, ARRIVED, by=cast.udi, at=cast.at)
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
        assert Stay.objects.get(centre_id=raade).annul_reason == "left_same_day"
        assert Stay.objects.current().filter(subject_id__in=persons).count() == 1


def test_who_joined_the_household_later_is_placed_beside_those_who_live_there(cast: Cast) -> None:
    group_id, persons = household(cast, "Olena", "Andrij")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
        annul(Stay.objects.get(subject_id=persons[1]), by=cast.udi, at=cast.at, reason="mistake")
        new = place_group(group_id, voss, cast.day, by=cast.udi, at=cast.at)
    assert [stay.subject_id for stay in new] == [persons[1]]


@pytest.mark.parametrize(
    ("from_on", "code", "field"),
    [
        (date(2024, 3, 15), "placement_in_future", "from_on"),
        (date(2024, 1, 31), "nobody_to_place", "from_on"),
    ],
)
@pytest.mark.req("ACC-03")
def test_a_day_out_of_order_is_refused(cast: Cast, from_on: date, code: str, field: str) -> None:
    group_id, _ = household(cast, "Olena")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day), pytest.raises(Refused) as refused:
        place_group(group_id, voss, from_on, by=cast.udi, at=cast.at)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.req("ACC-03")
def test_a_placement_before_a_later_stay_is_refused(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss, raade = open_centre(cast, cast.centre), open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, raade, date(2024, 2, 10), by=cast.udi, at=cast.at)
        with pytest.raises(Refused) as refused:
            place_group(group_id, voss, date(2024, 2, 5), by=cast.udi, at=cast.at)
    assert refused.value.code == "stay_reaches_past"
    assert refused.value.params == {"day": date(2024, 2, 10)}


@pytest.mark.req("ACC-01")
def test_a_centre_that_is_not_in_operation_takes_nobody(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss = open_centre(cast, cast.centre, from_on=date(2024, 3, 1))
    with scope(cast.udi, cast.day), pytest.raises(Refused) as refused:
        place_group(group_id, voss, date(2024, 2, 20), by=cast.udi, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("centre_is_closed", "centre")
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="centre_is_closed"):
        place_group(group_id, cast.other_centre.organisation_id, cast.day, by=cast.udi, at=cast.at)


@pytest.mark.req("ACC-06")
def test_a_centre_takes_no_more_than_its_maximum(cast: Cast) -> None:
    first, _ = household(cast, "Olena", "Andrij")
    second, _ = household(cast, "Ivan", "Maria")
    voss = open_centre(cast, cast.centre, places=2, maximum=3)
    with scope(cast.udi, cast.day):
        place_group(first, voss, ARRIVED, by=cast.udi, at=cast.at)
        with pytest.raises(Refused) as refused:
            place_group(second, voss, cast.day, by=cast.udi, at=cast.at)
    assert refused.value.code == "centre_is_full"
    assert (refused.value.params["free"], refused.value.params["people"]) == (1, 2)


def test_a_household_that_lives_there_already_is_told_so(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="already_at_centre"):
            place_group(group_id, voss, cast.day, by=cast.udi, at=cast.at)


def test_who_opened_the_form_before_somebody_else_saved_is_told_so(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss, raade = open_centre(cast, cast.centre), open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        opened = version_of(group_id)
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at, version=opened)
        with pytest.raises(Stale):
            place_group(group_id, raade, cast.day, by=cast.udi, at=cast.at, version=opened)


def test_only_those_who_place_may_place(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    voss = open_centre(cast, cast.centre)
    with scope(cast.imdi, cast.day), pytest.raises(NotAllowed):
        place_group(group_id, voss, ARRIVED, by=cast.imdi, at=cast.at)


def test_a_household_that_the_actor_knows_nothing_of_is_not_found(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena", registered_on=ARRIVED)
    voss = open_centre(cast, cast.centre)
    with scope(cast.registrar, date(2023, 1, 1)), pytest.raises(NotFound):
        place_group(group_id, voss, ARRIVED, by=cast.registrar, at=cast.at)


@pytest.mark.req("ACC-01")
def test_a_family_is_not_placed_at_a_centre_for_unaccompanied_minors(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena", "Andrij")
    voss = open_centre(cast, cast.centre, kind=CentreType.UNACCOMPANIED_MINORS)
    with scope(cast.udi, cast.day), pytest.raises(Refused) as refused:
        place_group(group_id, voss, ARRIVED, by=cast.udi, at=cast.at, is_meant=True)
    assert (refused.value.code, refused.value.field) == ("centre_only_for_minors", "centre")


@pytest.mark.req("SET-06")
def test_an_unaccompanied_minor_lives_at_another_centre_only_where_that_is_meant(cast: Cast) -> None:
    group_id, voss = minor_alone(cast), open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused) as refused:
            place_group(group_id, voss, ARRIVED_MINOR, by=cast.udi, at=cast.at)
        assert (refused.value.code, refused.value.field) == ("centre_not_for_minors", "centre")
        assert len(place_group(group_id, voss, ARRIVED_MINOR, by=cast.udi, at=cast.at, is_meant=True)) == 1


def test_a_centre_for_unaccompanied_minors_needs_no_second_word(cast: Cast) -> None:
    group_id, voss = minor_alone(cast), open_centre(cast, cast.centre, kind=CentreType.UNACCOMPANIED_MINORS)
    with scope(cast.udi, cast.day):
        assert len(place_group(group_id, voss, ARRIVED_MINOR, by=cast.udi, at=cast.at)) == 1
