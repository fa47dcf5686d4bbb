"""They came on another day: the old day is kept as what was believed, and what counts from it follows the new one."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.models import Absence, BedAssignment
from fotfeste.accommodation.public import (
    DepartureReason,
    Stay,
    assign_beds,
    correct_arrival,
    grant_leave,
    place_group,
    register_departure,
    where_now,
)
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.models import Correction
from fotfeste.worklist.public import Task
from tests.actions.accommodation.people import (
    ARRIVED,
    beds_at,
    gone_and_forgotten,
    household,
    open_centre,
    version_of,
)
from tests.actions.registry.families import kovalenko
from tests.as_owner import every_event, knowing
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-03")]
CAME, LATER, EARLIER = date(2024, 2, 12), date(2024, 2, 20), date(2024, 2, 5)


def at_voss(cast: Cast, *names: str, on: date = CAME) -> tuple[int, list[int]]:
    """A household at Voss since a day."""
    group, persons = household(cast, *(names or ("Olena", "Andrij")))
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group, voss, on, by=cast.udi, at=cast.at)
    return group, persons


def corrected(
    cast: Cast, group: int, who: Sequence[int], right_on: date, by: Viewer | None = None, minutes: int = 5
) -> date:
    """Their day of arrival is put right a little later; gives the day that stood."""
    viewer, at = by or cast.centre, cast.at + timedelta(minutes=minutes)
    with scope(viewer, cast.day):
        return correct_arrival(group, who, right_on, text="De sto på feil liste.", by=viewer, at=at)


def since(cast: Cast, persons: Sequence[int]) -> dict[int, date]:
    """Since when each lives where they live."""
    with scope(cast.udi, cast.day):
        return {
            stay.subject_id: stay.period.start
            for stay in Stay.objects.current().filter(subject_id__in=persons, period__endswith__isnull=True)
        }


def beds_of(cast: Cast, person: int) -> list[tuple[date, date | None]]:
    """The days of the beds that a person has had, as we hold them to be true."""
    with scope(cast.udi, cast.day):
        rows = BedAssignment.objects.current().filter(subject_id=person).order_by("period")
        return [(row.period.start, row.period.end) for row in rows]


@pytest.mark.parametrize("who", ["centre", "udi"])
@pytest.mark.parametrize("right_on", [EARLIER, LATER])
def test_the_new_day_holds_and_the_old_one_is_what_was_believed(cast: Cast, who: str, right_on: date) -> None:
    group, persons = at_voss(cast)
    before = cast.at + timedelta(minutes=1)
    assert corrected(cast, group, persons, right_on, getattr(cast, who)) == CAME
    assert since(cast, persons) == dict.fromkeys(persons, right_on)
    with scope(cast.udi, cast.day):
        believed = Stay.objects.as_known_at(before)
        assert {(stay.period.start, stay.annul_reason) for stay in believed} == {(CAME, "wrong_day")}
        said = Correction.objects.get(subject_id=group)
        assert (said.taken_back, said.holds_on, said.text) == ("arrival", CAME, "De sto på feil liste.")
        assert where_now([group], cast.day)[group].since_on == right_on
        assert (min(right_on, CAME) == CAME) == (group not in where_now([group], EARLIER))
    event = every_event().get(type="accommodation.arrival_corrected")
    assert (event.subject_id, event.holds_on) == (group, right_on)
    assert knowing(group, NeedReason.LIVES_HERE, cast.day) == [cast.centre.organisation_id]


def test_members_who_came_on_different_days_are_put_right_one_by_one(cast: Cast) -> None:
    group, (olena, andrij) = at_voss(cast)
    corrected(cast, group, [andrij], LATER)
    assert since(cast, [olena, andrij]) == {olena: CAME, andrij: LATER}
    with pytest.raises(Refused, match="one_arrival_at_a_time"):
        corrected(cast, group, [olena, andrij], EARLIER)


@pytest.mark.req("ACC-02")
@pytest.mark.parametrize("right_on", [EARLIER, LATER])
def test_the_bed_of_the_first_day_follows(cast: Cast, right_on: date) -> None:
    group, (olena, _) = at_voss(cast)
    first, second = beds_at(cast, cast.centre_administrator, [("214", 2)])
    moved_on = date(2024, 3, 1)
    with scope(cast.centre, cast.day):
        assign_beds(group, {olena: first}, CAME, by=cast.centre, at=cast.at)
        assign_beds(group, {olena: second}, moved_on, by=cast.centre, at=cast.at)
    corrected(cast, group, [olena], right_on)
    assert beds_of(cast, olena) == [(right_on, moved_on), (moved_on, None)]


@pytest.mark.req("ACC-02")
def test_a_bed_that_somebody_else_had_is_theirs_from_the_day_it_was(cast: Cast) -> None:
    group, (olena, _) = at_voss(cast)
    bed, *_ = beds_at(cast, cast.centre_administrator, [("214", 2)])
    gone_and_forgotten(cast, "Ihor", bed, CAME)
    with scope(cast.centre, cast.day):
        assign_beds(group, {olena: bed}, CAME, by=cast.centre, at=cast.at)
    corrected(cast, group, [olena], EARLIER)
    assert since(cast, [olena]) == {olena: EARLIER}
    assert beds_of(cast, olena) == [(CAME, None)]


def test_the_task_of_giving_beds_counts_from_the_new_day(cast: Cast) -> None:
    group, persons = at_voss(cast)
    corrected(cast, group, persons, LATER)
    with scope(cast.centre, cast.day):
        task = Task.objects.get(kind="assign_beds", closed_at=None)
    assert (task.basis_on, task.due_on, task.cause) == (LATER, LATER, "accommodation.arrival_corrected")


@pytest.mark.req("SET-01")
def test_the_deadline_of_the_interview_counts_from_the_new_day(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    came = date(2024, 3, 11)
    with scope(cast.centre, cast.day):
        persons = list(Stay.objects.current().values_list("subject_id", flat=True))
        assert Task.objects.get(kind="hold_interview").due_on == date(2024, 3, 18)
    corrected(cast, group, persons, came)
    with scope(cast.centre, cast.day):
        task = Task.objects.get(kind="hold_interview", closed_at=None)
    assert (task.basis_on, task.due_on) == (came, date(2024, 3, 25))


@pytest.mark.req("SET-02")
@pytest.mark.parametrize("who", ["centre", "udi"])
def test_nobody_was_talked_to_before_they_came(cast: Cast, who: str) -> None:
    group = due_for_interview(cast, kovalenko())
    prepared(cast, group)
    with scope(cast.centre, cast.day):
        persons = list(Stay.objects.current().values_list("subject_id", flat=True))
    with pytest.raises(Refused, match="talked_to_before_arrival") as refused:
        corrected(cast, group, persons, date(2024, 3, 7), getattr(cast, who))
    assert refused.value.params == {"day": date(2024, 3, 6)}
    corrected(cast, group, persons, date(2024, 3, 6), getattr(cast, who))


@pytest.mark.parametrize("right_on", [date(2024, 2, 8), LATER])
def test_the_day_of_a_move_is_udis_and_the_stay_that_they_left_follows(cast: Cast, right_on: date) -> None:
    group, (olena,) = household(cast, "Olena")
    raade, voss = open_centre(cast, cast.other_centre), open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group, raade, ARRIVED, by=cast.udi, at=cast.at)
    with scope(cast.other_centre, cast.day):
        away_on, back_on = date(2024, 2, 4), date(2024, 3, 1)
        grant_leave(group, [olena], away_on, back_on, is_abroad=False, by=cast.other_centre, at=cast.at)
    with scope(cast.udi, cast.day):
        place_group(group, voss, CAME, by=cast.udi, at=cast.at)
    with pytest.raises(Refused, match="move_is_udis_to_correct"):
        corrected(cast, group, [olena], right_on)
    corrected(cast, group, [olena], right_on, cast.udi)
    with scope(cast.udi, cast.day):
        left, here = Stay.objects.current().order_by("period")
        assert (left.period.end, left.departure_reason) == (right_on, DepartureReason.MOVED_CENTRE)
        assert here.period.start == right_on
        assert Absence.objects.current().get().period.end == right_on
    assert set(knowing(group, NeedReason.LIVED_HERE, cast.day)) == {raade}
    with pytest.raises(Refused, match="arrival_before_earlier_one"):
        corrected(cast, group, [olena], ARRIVED, cast.udi, minutes=10)
    corrected(cast, group, [olena], CAME, cast.udi, minutes=15)
    with scope(cast.udi, cast.day):
        assert Absence.objects.current().get().period.end == CAME


@pytest.mark.parametrize(
    ("right_on", "code"),
    [
        (date(2024, 3, 15), "arrival_in_future"),
        (CAME, "arrival_as_it_is"),
        (date(2024, 1, 31), "arrival_before_registration"),
    ],
)
def test_a_day_that_cannot_be_is_refused(cast: Cast, right_on: date, code: str) -> None:
    group, persons = at_voss(cast)
    with pytest.raises(Refused, match=code) as refused:
        corrected(cast, group, persons, right_on)
    assert refused.value.field == "right_on"
    assert since(cast, persons) == dict.fromkeys(persons, CAME)


def test_a_day_on_which_they_stayed_elsewhere_is_refused(cast: Cast) -> None:
    group, persons = at_voss(cast, on=ARRIVED)
    with scope(cast.centre, cast.day):
        register_departure(group, persons, EARLIER, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, CAME, by=cast.udi, at=cast.at)
    with pytest.raises(Refused, match="stay_reaches_past"):
        corrected(cast, group, persons, EARLIER - timedelta(days=1))
    corrected(cast, group, persons, EARLIER)


def test_a_day_before_the_centre_opened_is_refused(cast: Cast) -> None:
    group, persons = household(cast, "Olena")
    voss = open_centre(cast, cast.centre, from_on=EARLIER)
    with scope(cast.udi, cast.day):
        place_group(group, voss, CAME, by=cast.udi, at=cast.at)
    with pytest.raises(Refused, match="centre_is_closed"):
        corrected(cast, group, persons, EARLIER - timedelta(days=1))


def test_a_day_after_something_happened_there_is_refused(cast: Cast) -> None:
    group, (olena, andrij) = at_voss(cast)
    first, second = beds_at(cast, cast.centre_administrator, [("214", 2)])
    happened_on = CAME + timedelta(days=2)
    with scope(cast.centre, cast.day):
        assign_beds(group, {olena: first}, CAME, by=cast.centre, at=cast.at)
        assign_beds(group, {olena: second}, happened_on, by=cast.centre, at=cast.at)
        grant_leave(group, [andrij], happened_on, LATER, is_abroad=False, by=cast.centre, at=cast.at)
    for person, code in ((olena, "bed_changed_before_arrival"), (andrij, "away_before_arrival")):
        with pytest.raises(Refused, match=code) as refused:
            corrected(cast, group, [person], LATER)
        assert refused.value.params == {"day": happened_on}


def test_a_reason_must_be_given_and_somebody_who_lives_there_chosen(cast: Cast) -> None:
    group, persons = at_voss(cast)
    at = cast.at + timedelta(minutes=5)
    with scope(cast.centre, cast.day):
        version = version_of(group)
        with pytest.raises(Refused, match="arrival_needs_words"):
            correct_arrival(group, persons, LATER, text=" ", by=cast.centre, at=at)
        with pytest.raises(Refused, match="nobody_selected"):
            correct_arrival(group, [], LATER, text="Feil.", by=cast.centre, at=at)
        with pytest.raises(Refused, match="not_staying_here"):
            correct_arrival(group, [group], LATER, text="Feil.", by=cast.centre, at=at)
        with pytest.raises(Stale):
            correct_arrival(group, persons, LATER, text="Feil.", by=cast.centre, at=at, version=version - 1)
    with scope(cast.imdi, cast.day), pytest.raises(NotAllowed):
        correct_arrival(group, persons, LATER, text="Feil.", by=cast.imdi, at=at)
