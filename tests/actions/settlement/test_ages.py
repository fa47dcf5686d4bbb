"""Who is a minor, and a minor alone, is asked of the day: birthdays, corrections and who is there count."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.calendar import Week
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewPerson, correct_details, members_of, register_member
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import Answer, SettlementCase
from fotfeste.settlement.public import accept_request, send_request
from fotfeste.settlement.queries.candidates import candidate_for
from fotfeste.settlement.queries.load import load_of_all
from fotfeste.settlement.queries.needs import needs_of_case
from fotfeste.settlement.queries.queue import QueueFilter, queue_page
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    decided,
    depart,
    family,
    queued,
    requested,
)
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, interviewed, members_by_name, permitted

pytestmark = pytest.mark.django_db

BIRTHDAY = date(2024, 3, 20)
BEFORE = date(2024, 3, 19)


def almost_grown(cast: Cast) -> int:
    """A minor alone who turns 18 on the birthday, in the queue."""
    decided("5037", 20, 0)
    [maksym] = family(is_unaccompanied=True).persons
    return interviewed(cast, replace(family(), persons=(replace(maksym, birth_date=date(2006, 3, 20)),)))


def mother() -> NewPerson:
    """Somebody of the family who is of age."""
    return replace(family().persons[0], given_name="Iryna", birth_date=date(1980, 1, 1))


def case_of(group: int) -> SettlementCase:
    """The household's newest case."""
    return SettlementCase.objects.filter(subject_id=group).latest("pk")


@pytest.mark.req("REG-06")
@pytest.mark.req("SET-10")
def test_who_turns_18_needs_no_place_for_minors_from_that_day(cast: Cast) -> None:
    group = almost_grown(cast)
    with scope(cast.imdi, BIRTHDAY):
        case = case_of(group)
        for day, room, is_minor in ((BEFORE, "NO", True), (BIRTHDAY, "YES", False)):
            candidate = candidate_for(cast.imdi, case, day, cast.municipality.organisation_id)
            assert candidate is not None
            assert (candidate.room.outcome.name, case.is_unaccompanied_on(day)) == (room, is_minor)
            assert (Capability.UNACCOMPANIED_MINORS in needs_of_case(case, day).capabilities) == is_minor


def test_the_queue_counts_a_birthday_on_the_day(cast: Cast) -> None:
    group = almost_grown(cast)
    with scope(cast.imdi, BIRTHDAY):
        for day, who in ((BEFORE, ["minors", "unaccompanied"]), (BIRTHDAY, ["adults"])):
            for each in ("minors", "adults", "unaccompanied"):
                _page, rows = queue_page(cast.imdi, day, QueueFilter(who=each), 1)
                assert [row.case.subject_id for row in rows] == ([group] if each in who else []), (day, each)
        _page, [before] = queue_page(cast.imdi, BEFORE, QueueFilter(), 1)
        _page, [after] = queue_page(cast.imdi, BIRTHDAY, QueueFilter(), 1)
    assert (before.has_minors, before.is_unaccompanied) == (True, True)
    assert (after.has_minors, after.is_unaccompanied) == (False, False)
    assert before.waiting is not None
    assert after.waiting is not None
    assert before.waiting.goal.due_on < after.waiting.goal.due_on


@pytest.mark.req("REG-06")
def test_a_municipality_confirms_no_place_for_minors_to_somebody_grown(cast: Cast) -> None:
    group = almost_grown(cast)
    at = datetime.fromisoformat("2024-03-20T10:00:00+00:00")
    with scope(cast.imdi, BIRTHDAY):
        send_request(group, cast.municipality.organisation_id, by=cast.imdi, at=at)
    with scope(cast.municipality, BIRTHDAY):
        accept_request(group, possible_week=Week(2024, 14), by=cast.municipality, at=at)


@pytest.mark.req("REG-06")
def test_a_corrected_day_of_birth_makes_a_minor_of_somebody(cast: Cast) -> None:
    group = queued(cast)
    born = date(2010, 1, 20)
    with scope(cast.registrar, cast.day):
        andrij = members_by_name(group, cast.day)["Andrij"]
    with scope(cast.udi, cast.day):
        person = replace(family().persons[1], birth_date=born)
        correct_details(andrij.subject_id, person, "typing_error", by=cast.udi, at=cast.at)
        danylo = members_by_name(group, cast.day)["Danylo"]
        assert case_of(group).minors_until_on == date(2035, 11, 30)
        older = replace(family().persons[3], birth_date=date(1999, 11, 30))
        correct_details(danylo.subject_id, older, "new_document", by=cast.udi, at=cast.at)
        assert case_of(group).minors_until_on == date(2028, 8, 9)


def test_a_corrected_day_of_birth_reaches_who_is_settled(cast: Cast) -> None:
    group = queued(cast, is_unaccompanied=True)
    with scope(cast.udi, cast.day):
        [maksym] = members_of(group, cast.day)
    requested(cast, group)
    with scope(cast.municipality, cast.day):
        confirmed = [Capability.UNACCOMPANIED_MINORS]
        accept_request(group, possible_week=Week(2024, 14), confirmed=confirmed, by=cast.municipality, at=cast.at)
    assert load_of_all(2024, cast.day)[cast.municipality.organisation_id].promised_minors == 1
    with scope(cast.udi, cast.day):
        [person] = family(is_unaccompanied=True).persons
        grown = replace(person, birth_date=date(2005, 6, 1), is_unaccompanied_minor=False)
        correct_details(maksym.subject_id, grown, "new_document", by=cast.udi, at=cast.at)
    load = load_of_all(2024, cast.day)[cast.municipality.organisation_id]
    assert (load.promised, load.promised_minors) == (1, 0)


@pytest.mark.req("SET-06")
def test_a_minor_is_alone_only_while_no_adult_of_the_family_is_there(cast: Cast) -> None:
    group = queued(cast, is_unaccompanied=True)
    assert case_of_imdi(cast, group).is_unaccompanied_on(cast.day)
    with scope(cast.udi, cast.day):
        register_member(group, mother(), cast.day, by=cast.udi, at=cast.at)
    case = case_of_imdi(cast, group)
    assert (case.size, case.is_unaccompanied_on(cast.day), case.has_minors_on(cast.day)) == (2, False, True)
    with scope(cast.imdi, cast.day):
        assert needs_of_case(case, cast.day).capabilities == frozenset()


@pytest.mark.req("SET-06")
def test_what_a_minor_told_alone_stays_closed_when_a_parent_comes_or_a_birthday(cast: Cast) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    with scope(cast.udi, cast.day):
        register_member(group, mother(), cast.day, by=cast.udi, at=cast.at)
    for day in (cast.day, date(2025, 6, 2)):
        with scope(cast.municipality, day):
            assert not Answer.objects.filter(subject__memberships__group_id=group).exists()
    with scope(cast.imdi, cast.day):
        assert Answer.objects.filter(subject__memberships__group_id=group).exists()


def case_of_imdi(cast: Cast, group: int) -> SettlementCase:
    """The case as IMDi sees it."""
    with scope(cast.imdi, cast.day):
        return case_of(group)


@pytest.mark.req("SET-09")
def test_an_earlier_permit_that_is_registered_late_moves_the_start_of_the_waiting(cast: Cast) -> None:
    group = due_for_interview(cast, family(), ["Olena"])
    permitted(cast, group, ["Andrij"], date(2024, 2, 20))
    case = case_of_imdi(cast, group)
    assert case.due_since_on == date(2024, 2, 20)
    with scope(cast.centre, cast.day):
        [task] = cast_tasks(group)
    # 14 days after 20 February 2024 is a Tuesday.
    assert (task.basis_on, task.due_on) == (date(2024, 2, 20), date(2024, 3, 5))
    permitted(cast, group, ["Sofia"], date(2024, 3, 12))
    assert case_of_imdi(cast, group).due_since_on == date(2024, 2, 20)


def test_an_earlier_permit_counts_also_after_the_interview(cast: Cast) -> None:
    group = interviewed(cast, family(), ["Olena"])
    permitted(cast, group, ["Andrij"], date(2024, 2, 10))
    assert case_of_imdi(cast, group).due_since_on == date(2024, 2, 10)


def cast_tasks(group: int) -> list[Task]:
    """The open tasks of the interview."""
    return list(Task.objects.filter(subject_id=group, kind="hold_interview", closed_at__isnull=True))


@pytest.mark.req("SET-10")
def test_a_promise_counts_in_the_year_of_its_week_and_one_that_is_late_in_this_year(cast: Cast) -> None:
    group = queued(cast)
    at = datetime.fromisoformat("2024-12-30T10:00:00+00:00")
    monday = date(2024, 12, 30)  # the first day of week 1 of 2025
    with scope(cast.imdi, monday):
        send_request(group, cast.municipality.organisation_id, wanted_week=Week(2025, 1), by=cast.imdi, at=at)
    of = cast.municipality.organisation_id
    assert [load_of_all(year, monday)[of].asked for year in (2025,)] == [4]
    assert of not in load_of_all(2024, monday)
    with scope(cast.municipality, monday):
        accept_request(group, possible_week=Week(2025, 1), by=cast.municipality, at=at)
    assert of not in load_of_all(2024, monday)
    assert load_of_all(2025, monday, Week(2025, 1))[of].in_week == 4
    assert load_of_all(2025, date(2025, 5, 5))[of].promised == 4
    late = date(2026, 1, 5)
    assert of not in load_of_all(2025, late)
    assert load_of_all(2026, late)[of].promised == 4


def test_week_53_belongs_to_the_year_that_it_began_in(cast: Cast) -> None:
    group = queued(cast)
    at = datetime.fromisoformat("2026-12-28T10:00:00+00:00")
    with scope(cast.imdi, date(2026, 12, 28)):
        send_request(group, cast.municipality.organisation_id, wanted_week=Week(2026, 53), by=cast.imdi, at=at)
    of = cast.municipality.organisation_id
    assert load_of_all(2026, date(2026, 12, 31))[of].asked == 4
    assert of not in load_of_all(2027, date(2026, 12, 31))
    # Who has not come by the new year can only be settled in it, also in the days of week 53 that are in January.
    assert load_of_all(2027, date(2027, 1, 2))[of].asked == 4


@pytest.mark.req("ACC-04")
def test_who_left_before_it_was_asked_is_unknown_to_the_municipality(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.udi, cast.day):
        andrij = members_by_name(group, cast.day)["Andrij"].subject_id
    depart(cast, group, DepartureReason.LEFT_COUNTRY, persons=[andrij])
    requested(cast, group)
    with scope(cast.municipality, cast.day):
        assert sorted(members_by_name(group, cast.day)) == ["Danylo", "Olena", "Sofia"]
