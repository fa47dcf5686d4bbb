"""People live privately in a municipality with public support: a stay like another, with its end and corrections."""

from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.domain.private import housed_until
from fotfeste.accommodation.public import (
    DepartureReason,
    RightStay,
    Stay,
    StayKind,
    correct_private_stay,
    end_private_stay,
    everyone_of,
    home_among,
    place_group,
    start_private_stay,
    where_now,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.kernel.periods import Period
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Mistake, TakenBack, corrections_of
from fotfeste.worklist.public import Task, open_task
from tests.actions.accommodation.people import ARRIVED, household, open_centre
from tests.as_owner import every_event, knowing
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

LATER = ARRIVED + timedelta(days=10)


def housed(cast: Cast, *names: str, on: date = ARRIVED) -> tuple[int, list[int]]:
    """A household that lives privately in Levanger since a day."""
    group, persons = household(cast, *(names or ("Olena", "Andrij")))
    start(cast, group, persons, on)
    return group, persons


def start(cast: Cast, group: int, persons: list[int], on: date, *, elsewhere: bool = False) -> list[Stay]:
    """The act, by UDI, in Levanger or elsewhere."""
    municipality = cast.other_municipality if elsewhere else cast.municipality
    with scope(cast.udi, cast.day):
        return start_private_stay(
            group,
            persons,
            kind=StayKind.MAMOT,
            municipality_id=municipality.organisation_id,
            on=on,
            by=cast.udi,
            at=cast.at,
        )


def correct(cast: Cast, group: int, persons: list[int], right: RightStay) -> list[Stay]:
    """The act, by UDI."""
    with scope(cast.udi, cast.day):
        return correct_private_stay(group, persons, right, reason=Mistake.WRONG_DAY, by=cast.udi, at=cast.at)


def stays(cast: Cast, person: int) -> list[tuple[Period, str, str]]:
    """What UDI holds to be true of a person's stays."""
    with scope(cast.udi, cast.day):
        rows = Stay.objects.current().filter(subject_id=person).order_by("period")
        return [(row.period, row.kind, row.departure_reason) for row in rows]


@pytest.mark.req("ACC-03", "ALT-14")
def test_a_household_lives_privately_from_a_day_that_has_passed_and_the_municipality_knows_of_it(cast: Cast) -> None:
    group, _ = housed(cast)
    with scope(cast.municipality, cast.day):
        where = where_now([group], cast.day)[group]
        home = home_among(everyone_of(group, cast.day))
    assert (where.centre_id, where.municipality_name, where.since_on, where.people) == (None, "Levanger", ARRIVED, 2)
    assert home is not None
    assert (home.centre_id, home.municipality_id) == (None, cast.municipality.organisation_id)
    assert knowing(group, NeedReason.HOUSED_HERE, cast.day) == [cast.municipality.organisation_id]
    event = every_event().get(type="accommodation.private_stay_started")
    assert (event.subject_id, event.transition, event.holds_on) == (group, "mamot", ARRIVED)
    with scope(cast.other_municipality, cast.day):
        assert Stay.objects.count() == 0


@pytest.mark.req("ACS-01", "ALT-14")
def test_who_registered_them_knows_of_them_no_more_a_week_after_they_live_privately(cast: Cast) -> None:
    group, [olena, _] = housed(cast)
    week = timedelta(days=7)
    for subject in (group, olena):
        assert knowing(subject, NeedReason.REGISTERED_HERE, cast.day + week - timedelta(days=1)) != []
        assert knowing(subject, NeedReason.REGISTERED_HERE, cast.day + week) == []


def test_nobody_is_asked_to_place_those_who_live_privately(cast: Cast) -> None:
    group, persons = household(cast, "Olena", "Andrij")
    with scope(cast.udi, cast.day):
        udi = cast.udi.organisation_id
        open_task("place_group", subject_id=group, organisation_id=udi, cause="x", basis_on=ARRIVED, at=cast.at)
    start(cast, group, persons, ARRIVED)
    with scope(cast.udi, cast.day):
        assert Task.objects.get(kind="place_group", subject_id=group).outcome == "void"
        asked = Task.objects.filter(subject_id=group, closed_at=None).values_list("organisation_id", flat=True)
        assert set(asked) == {cast.municipality.organisation_id}  # which follows up those who live there


@pytest.mark.req("ACC-03")
def test_who_leaves_a_centre_for_a_private_home_has_no_day_between(cast: Cast) -> None:
    group, persons = household(cast, "Olena", "Andrij")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group, voss, ARRIVED, by=cast.udi, at=cast.at)
    start(cast, group, persons, LATER)
    assert stays(cast, persons[0]) == [
        (Period(ARRIVED, LATER), "centre", "private_address"),
        (Period(LATER, None), "mamot", ""),
    ]
    assert knowing(group, NeedReason.LIVES_HERE, cast.day) == []
    with scope(cast.centre, cast.day):
        assert not Task.objects.filter(kind="assign_beds", closed_at=None).exists()
    with scope(cast.udi, cast.day):
        assert not any(each.is_gone or each.has_moved_privately for each in everyone_of(group, cast.day))


def test_some_of_a_household_may_live_privately_while_the_others_stay_at_the_centre(cast: Cast) -> None:
    group, persons = household(cast, "Olena", "Andrij", "Sofia")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group, voss, ARRIVED, by=cast.udi, at=cast.at)
    start(cast, group, persons[:1], LATER)
    assert knowing(group, NeedReason.LIVES_HERE, cast.day) == [voss]
    assert knowing(persons[0], NeedReason.LIVES_HERE, cast.day) == []
    assert knowing(group, NeedReason.HOUSED_HERE, cast.day) == [cast.municipality.organisation_id]


@pytest.mark.req("ALT-08")
def test_an_end_is_told_and_the_municipality_sees_them_for_a_while_yet(cast: Cast) -> None:
    group, persons = housed(cast)
    with scope(cast.municipality, cast.day):
        by = cast.municipality
        end_private_stay(group, persons, LATER, DepartureReason.LEFT_COUNTRY, by=by, at=cast.at)
    assert stays(cast, persons[0]) == [(Period(ARRIVED, LATER), "mamot", "left_country")]
    until = housed_until(LATER, cast.day)
    here = [cast.municipality.organisation_id]
    assert knowing(group, NeedReason.HOUSED_HERE, until - timedelta(days=1)) == here
    assert knowing(group, NeedReason.HOUSED_HERE, until) == []
    event = every_event().get(type="accommodation.private_stay_ended")
    assert (event.transition, event.holds_on) == ("left_country", LATER)
    with scope(cast.udi, cast.day):
        assert all(each.is_gone for each in everyone_of(group, cast.day))


@pytest.mark.req("ALT-08")
def test_who_is_here_still_when_the_support_ends_is_to_be_placed(cast: Cast) -> None:
    group, persons = housed(cast)
    with scope(cast.udi, cast.day):
        end_private_stay(group, persons, LATER, DepartureReason.SCHEME_ENDED, by=cast.udi, at=cast.at)
        assert Task.objects.filter(kind="place_group", subject_id=group, closed_at=None).exists()
        assert not any(each.is_gone for each in everyone_of(group, cast.day))


def test_on_the_first_day_itself_the_stay_never_was(cast: Cast) -> None:
    group, persons = housed(cast)
    with scope(cast.municipality, cast.day):
        by = cast.municipality
        end_private_stay(group, persons, ARRIVED, DepartureReason.NO_ADDRESS, by=by, at=cast.at)
    assert stays(cast, persons[0]) == []


@pytest.mark.req("ALT-08")
def test_a_new_agreement_elsewhere_ends_the_one_before_on_the_same_day(cast: Cast) -> None:
    group, persons = housed(cast)
    start(cast, group, persons, LATER, elsewhere=True)
    assert stays(cast, persons[0]) == [
        (Period(ARRIVED, LATER), "mamot", "agreed_elsewhere"),
        (Period(LATER, None), "mamot", ""),
    ]
    both = sorted([cast.municipality.organisation_id, cast.other_municipality.organisation_id])
    assert knowing(group, NeedReason.HOUSED_HERE, cast.day) == both


def test_who_is_placed_at_a_centre_lives_privately_no_more(cast: Cast) -> None:
    group, persons = housed(cast)
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group, voss, LATER, by=cast.udi, at=cast.at)
    assert stays(cast, persons[0]) == [(Period(ARRIVED, LATER), "mamot", "moved_centre"), (Period(LATER), "centre", "")]
    assert every_event().get(type="accommodation.private_stay_ended").transition == "moved_centre"


@pytest.mark.req("MON-02")
def test_a_late_end_is_put_right_and_what_was_believed_is_kept(cast: Cast) -> None:
    group, persons = housed(cast)
    with scope(cast.udi, cast.day):
        end_private_stay(group, persons, LATER, DepartureReason.LEFT_COUNTRY, by=cast.udi, at=cast.at)
    earlier = LATER - timedelta(days=5)
    correct(cast, group, persons, RightStay(end=earlier))
    assert stays(cast, persons[0]) == [(Period(ARRIVED, earlier), "mamot", "left_country")]
    with scope(cast.udi, cast.day):
        believed = Stay.objects.filter(subject_id=persons[0], annulled_at__isnull=False)
        assert Period(ARRIVED, LATER) in {row.period for row in believed}
    assert every_event().get(type="accommodation.private_stay_corrected").other_organisation_id == (
        cast.municipality.organisation_id
    )


def test_an_end_that_never_was_is_taken_back_and_the_municipality_sees_them_as_before(cast: Cast) -> None:
    group, persons = housed(cast)
    with scope(cast.udi, cast.day):
        end_private_stay(group, persons, LATER, DepartureReason.NO_ADDRESS, by=cast.udi, at=cast.at)
    correct(cast, group, persons, RightStay(goes_on=True))
    assert stays(cast, persons[0]) == [(Period(ARRIVED, None), "mamot", "")]
    long_after = cast.day + timedelta(days=2000)
    assert knowing(group, NeedReason.HOUSED_HERE, long_after) == [cast.municipality.organisation_id]


@pytest.mark.parametrize("days", [-3, 3])
def test_another_start_moves_the_end_of_what_was_before(cast: Cast, days: int) -> None:
    group, persons = household(cast, "Olena")
    voss = open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group, voss, ARRIVED, by=cast.udi, at=cast.at)
    start(cast, group, persons, LATER)
    right = LATER + timedelta(days=days)
    correct(cast, group, persons, RightStay(start=right))
    assert [each[0] for each in stays(cast, persons[0])] == [Period(ARRIVED, right), Period(right, None)]


def test_a_stay_in_another_municipality_than_was_believed_is_told_to_both(cast: Cast) -> None:
    group, persons = housed(cast)
    there = cast.other_municipality.organisation_id
    correct(cast, group, persons, RightStay(municipality_id=there))
    with scope(cast.other_municipality, cast.day):
        assert where_now([group], cast.day)[group].municipality_id == there
    told = every_event().filter(type="accommodation.private_stay_corrected")
    assert set(told.values_list("object_id", flat=True)) == {there, cast.municipality.organisation_id}
    follow_up = housed_until(cast.day, cast.day)
    assert knowing(group, NeedReason.HOUSED_HERE, follow_up) == [there]


@pytest.mark.req("MON-02")
def test_a_municipality_reads_why_it_put_an_end_right_and_not_why_udi_did(cast: Cast) -> None:
    group, persons = housed(cast)
    with scope(cast.udi, cast.day):
        end_private_stay(group, persons, LATER, DepartureReason.LEFT_COUNTRY, by=cast.udi, at=cast.at)
        sooner, why = RightStay(end=LATER - timedelta(days=2)), Mistake.WRONG_DAY
        correct_private_stay(group, persons, sooner, reason=why, text="UDIs ord", by=cast.udi, at=cast.at)
    by, at = cast.municipality, cast.at + timedelta(minutes=5)
    with scope(by, cast.day):
        right = RightStay(end=LATER - timedelta(days=5))
        correct_private_stay(group, persons, right, reason=Mistake.OTHER, text="Våre ord", by=by, at=at)
        assert [each.text for each in corrections_of(group, TakenBack.PRIVATE_STAY)] == ["Våre ord"]
    with scope(cast.udi, cast.day):
        assert [each.text for each in corrections_of(group, TakenBack.PRIVATE_STAY)] == ["Våre ord", "UDIs ord"]
    with scope(cast.other_municipality, cast.day):
        assert corrections_of(group, TakenBack.PRIVATE_STAY) == []


def test_a_stay_that_never_was_is_annulled(cast: Cast) -> None:
    group, persons = housed(cast)
    assert correct(cast, group, persons, RightStay(never_was=True)) == []
    assert stays(cast, persons[0]) == []


def test_what_is_not_theirs_or_cannot_be_is_refused(cast: Cast) -> None:
    group, persons = housed(cast)
    ahead = cast.day + timedelta(days=1)
    with scope(cast.municipality, cast.day):
        by, at = cast.municipality, cast.at
        with pytest.raises(NotAllowed):
            start_private_stay(
                group, persons, kind=StayKind.MAMOT, municipality_id=by.organisation_id, on=ARRIVED, by=by, at=at
            )
        for on, reason, code in (
            (ahead, DepartureReason.LEFT_COUNTRY, "private_end_in_future"),
            (ARRIVED - timedelta(days=1), DepartureReason.LEFT_COUNTRY, "private_end_before_start"),
            (LATER, DepartureReason.SCHEME_ENDED, "not_a_reason_to_end"),
        ):
            with pytest.raises(Refused) as refused:
                end_private_stay(group, persons, on, reason, by=by, at=at)
            assert refused.value.code == code
        with pytest.raises(Refused, match="correction_is_udis"):
            correct_private_stay(group, persons, RightStay(start=LATER), reason=Mistake.WRONG_DAY, by=by, at=at)
        with pytest.raises(Stale):
            end_private_stay(group, persons, LATER, DepartureReason.DECEASED, by=by, at=at, version=0)
    for elsewhere, on, code in ((False, LATER, "lives_privately_there"), (True, ahead, "private_stay_in_future")):
        with pytest.raises(Refused) as refused:
            start(cast, group, persons, on, elsewhere=elsewhere)
        assert refused.value.code == code
    with pytest.raises(Refused, match="nothing_to_correct"):
        correct(cast, group, persons, RightStay(start=ARRIVED))
    with pytest.raises(Refused, match="private_stay_lasts"):
        correct(cast, group, persons, RightStay(end=LATER))
    by = cast.other_municipality
    with scope(by, cast.day), pytest.raises(NotFound):
        end_private_stay(group, persons, LATER, DepartureReason.NO_ADDRESS, by=by, at=cast.at)
