"""An unaccompanied minor is missing: who is told, what waits for it, and who sees it (ACC-05, ACC-07)."""

from datetime import timedelta

import pytest

from fotfeste.accommodation.public import (
    DepartureReason,
    MissingReport,
    ToldParty,
    grant_leave,
    register_absence,
    register_departure,
    register_return,
    report_missing,
    see_missing,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.worklist.public import Task
from tests.actions.accommodation.missing_people import minor_at_voss, minor_missing, tell
from tests.actions.accommodation.people import later
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-05", "ACC-07")]


def open_tasks(cast: Cast, group: int) -> set[tuple[str, int]]:
    """Kinds and whose, of the tasks about who is away, as UDI sees them."""
    kinds = ("report_missing", "follow_missing", "follow_absence")
    with scope(cast.udi, cast.day):
        tasks = Task.objects.filter(subject_id=group, kind__in=kinds, closed_at=None)
        return set(tasks.values_list("kind", "organisation_id"))


def leave(cast: Cast, group: int, minor: int, reason: DepartureReason = DepartureReason.NO_ADDRESS) -> None:
    """The centre registers the departure today."""
    address = ("Storgata 1", "5700") if reason is DepartureReason.PRIVATE_ADDRESS else ("", "")
    with scope(cast.centre, cast.day):
        register_departure(group, [minor], cast.day, reason, *address, by=cast.centre, at=cast.at)


def test_the_centre_is_to_tell_of_a_minor_who_is_away_the_same_day(cast: Cast) -> None:
    group, _ = minor_missing(cast, days=1)
    voss = cast.centre.organisation_id
    assert open_tasks(cast, group) == {("report_missing", voss), ("follow_absence", voss)}
    with scope(cast.centre, cast.day):
        task = Task.objects.get(subject_id=group, kind="report_missing")
        assert (task.due_on, task.due_rule) == (cast.day, "missing_minor_same_day")


def test_of_leave_nobody_is_told(cast: Cast) -> None:
    group, minor = minor_at_voss(cast)
    with scope(cast.centre, cast.day):
        back_on = cast.day + timedelta(days=2)
        grant_leave(group, [minor], cast.day, back_on, is_abroad=False, by=cast.centre, at=cast.at)
    assert open_tasks(cast, group) == {("follow_absence", cast.centre.organisation_id)}


def test_the_task_is_done_when_all_are_told_and_udi_has_one_from_the_first(cast: Cast) -> None:
    group, minor = minor_missing(cast)
    assert tell(cast, group, minor, ToldParty.POLICE) == (ToldParty.CHILD_WELFARE, ToldParty.GUARDIAN)
    voss, udi = cast.centre.organisation_id, cast.udi.organisation_id
    assert open_tasks(cast, group) == {("report_missing", voss), ("follow_missing", udi), ("follow_absence", voss)}
    assert tell(cast, group, minor, ToldParty.GUARDIAN, ToldParty.CHILD_WELFARE) == ()
    assert open_tasks(cast, group) == {("follow_missing", udi), ("follow_absence", voss)}
    with scope(cast.centre, cast.day):
        assert Task.objects.get(subject_id=group, kind="report_missing").outcome == "done"
    assert every_event().filter(type="accommodation.missing_reported", subject_id=group).count() == 3


@pytest.mark.parametrize("told", [(), (ToldParty.POLICE,), (ToldParty.POLICE, ToldParty.GUARDIAN)])
def test_no_minor_is_written_out_as_gone_before_all_are_told(cast: Cast, told: tuple[ToldParty, ...]) -> None:
    group, minor = minor_missing(cast)
    if told:
        tell(cast, group, minor, *told)
    with pytest.raises(Refused) as refused:
        leave(cast, group, minor)
    assert (refused.value.code, refused.value.field) == ("missing_minor_unreported", "reason")


def test_nor_without_a_registered_absence(cast: Cast) -> None:
    group, minor = minor_at_voss(cast)
    with pytest.raises(Refused, match="missing_minor_unreported"):
        leave(cast, group, minor)


def test_once_all_are_told_the_departure_is_registered_and_udi_still_has_its_task(cast: Cast) -> None:
    group, minor = minor_missing(cast, days=3)
    tell(cast, group, minor)
    leave(cast, group, minor)
    assert open_tasks(cast, group) == {("follow_missing", cast.udi.organisation_id)}


@pytest.mark.parametrize("reason", [DepartureReason.LEFT_COUNTRY, DepartureReason.DECEASED])
def test_other_departures_wait_for_nobody(cast: Cast, reason: DepartureReason) -> None:
    group, minor = minor_missing(cast, days=1)
    leave(cast, group, minor, reason)
    assert open_tasks(cast, group) == set()


def test_whoever_is_back_is_nobodys_to_tell_of_nor_udis_to_see(cast: Cast) -> None:
    group, minor = minor_missing(cast, days=1)
    tell(cast, group, minor, ToldParty.POLICE)
    with scope(cast.centre, cast.day):
        register_return(group, [minor], cast.day, by=cast.centre, at=cast.at)
    assert open_tasks(cast, group) == set()


def test_what_was_told_of_one_absence_does_not_count_for_the_next(cast: Cast) -> None:
    group, minor = minor_missing(cast, days=2)
    tell(cast, group, minor)
    with scope(cast.centre, cast.day):
        register_return(group, [minor], cast.day - timedelta(days=1), by=cast.centre, at=cast.at)
        register_absence(group, [minor], cast.day, is_abroad=False, by=cast.centre, at=later(cast, 0))
    assert ("report_missing", cast.centre.organisation_id) in open_tasks(cast, group)
    with pytest.raises(Refused, match="missing_minor_unreported"):
        leave(cast, group, minor)


def test_what_was_wrong_is_put_right_and_the_history_kept(cast: Cast) -> None:
    group, minor = minor_missing(cast)
    tell(cast, group, minor, ToldParty.POLICE)
    with scope(cast.centre, cast.day):
        right = ("Vest politidistrikt", "99/1")
        report_missing(group, [minor], ToldParty.POLICE, cast.day, *right, by=cast.centre, at=cast.at)
        assert MissingReport.objects.current().get(party="police").told_whom == "Vest politidistrikt"
        assert MissingReport.objects.get(annul_reason="put_right").told_whom == "Vakta"


def test_nobody_is_told_before_anybody_was_missing_nor_tomorrow(cast: Cast) -> None:
    group, minor = minor_missing(cast)
    for days, code in ((-1, "told_before_missing"), (1, "told_in_future")):
        on = cast.day + timedelta(days=days)
        with scope(cast.centre, cast.day), pytest.raises(Refused, match=code):
            report_missing(group, [minor], ToldParty.POLICE, on, "Vakta", by=cast.centre, at=cast.at)


def test_only_of_minors_who_are_away(cast: Cast) -> None:
    group, minor = minor_at_voss(cast)
    for persons, code in (([minor], "not_missing"), ([], "nobody_selected")):
        with scope(cast.centre, cast.day), pytest.raises(Refused, match=code):
            report_missing(group, persons, ToldParty.POLICE, cast.day, "Vakta", by=cast.centre, at=cast.at)


def test_udi_says_once_that_it_has_seen_it(cast: Cast) -> None:
    group, minor = minor_missing(cast)
    tell(cast, group, minor, ToldParty.POLICE)
    with scope(cast.udi, cast.day):
        see_missing(group, by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="missing_is_seen"):
            see_missing(group, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        see_missing(group, by=cast.centre, at=cast.at)


@pytest.mark.parametrize("who", ["other_centre", "imdi", "municipality", "udi"])
def test_nobody_else_writes_down_who_was_told(cast: Cast, who: str) -> None:
    group, minor = minor_missing(cast)
    viewer = getattr(cast, who)
    with scope(viewer, cast.day), pytest.raises((NotAllowed, NotFound, Refused)):
        report_missing(group, [minor], ToldParty.POLICE, cast.day, "Vakta", by=viewer, at=cast.at)


@pytest.mark.parametrize(("who", "sees"), [("centre", 3), ("udi", 3), ("imdi", 0), ("other_centre", 0)])
def test_who_was_told_is_read_by_those_who_have_the_minor_and_udi(cast: Cast, who: str, sees: int) -> None:
    group, minor = minor_missing(cast)
    tell(cast, group, minor)
    with scope(getattr(cast, who), cast.day):
        assert MissingReport.objects.filter(subject_id=minor).count() == sees
