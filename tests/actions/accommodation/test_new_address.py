"""An address that becomes known after the departure: registered with its history, and told to IMDi (ACC-07)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fotfeste.accommodation.models import Stay
from fotfeste.accommodation.public import (
    BedAssignment,
    DepartureReason,
    annul_departure,
    assign_beds,
    register_new_address,
    stays_of,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.letters.public import Letter
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.moved import see_private_move
from fotfeste.worklist.public import Task
from tests.actions.accommodation.people import beds_at
from tests.actions.settlement.stage import depart, family, gone, queued, with_journey
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07")]


def people_of(cast: Cast, group: int) -> list[int]:
    """The members' keys."""
    with scope(cast.udi, cast.day):
        return [member.subject_id for member in members_of(group, cast.day)]


def tomorrow(cast: Cast) -> Cast:
    """The same people a day later."""
    return replace(cast, at=cast.at + timedelta(days=1), day=cast.day + timedelta(days=1))


def known(cast: Cast, group: int, street: str = "Storgata 1", by: Viewer | None = None) -> None:
    """The address becomes known."""
    who = by or cast.centre
    persons = people_of(cast, group)
    with scope(who, cast.day):
        register_new_address(group, persons, street, "7600", by=who, at=cast.at)


def imdis(cast: Cast, group: int) -> list[str]:
    """Why IMDi is asked to look."""
    with scope(cast.imdi, cast.day):
        asked = Task.objects.filter(subject_id=group, kind="see_private_move", closed_at__isnull=True)
        return list(asked.values_list("cause", flat=True))


def test_the_address_of_who_was_gone_stands_beside_the_reason_of_then(cast: Cast) -> None:
    group = queued(cast)
    gone(cast, group)
    known(tomorrow(cast), group)
    with scope(cast.centre, cast.day):
        stays = stays_of(people_of(cast, group))
        assert {(s.departure_reason, s.street, s.postal_code, s.place, s.county) for s in stays} == {
            ("no_address", "Storgata 1", "7600", "Levanger", "Trøndelag")
        }
        before = Stay.objects.filter(annul_reason="address_known")
        assert set(before.values_list("street", flat=True)) == {""}
    event = every_event().get(type="accommodation.address_registered")
    assert (event.transition, event.holds_on) == ("no_address", tomorrow(cast).day)


def test_who_was_gone_gets_the_reminder_then_and_who_had_it_does_not_again(cast: Cast) -> None:
    group = queued(cast)
    gone(cast, group)
    known(cast, group)
    known(cast, group, "Storgata 2")
    with scope(cast.centre, cast.day):
        [letter] = Letter.objects.filter(subject_id=group, kind="population_register")
    assert letter.facts["moved_on"] == cast.day.isoformat()


def test_another_address_of_who_moved_privately_needs_no_second_reminder(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    known(cast, group)
    with scope(cast.centre, cast.day):
        assert Letter.objects.filter(subject_id=group, kind="population_register").count() == 1


def test_imdi_is_told_of_the_address_once_it_has_seen_the_move(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    with scope(cast.imdi, cast.day):
        see_private_move(group, by=cast.imdi, at=cast.at)
    assert imdis(cast, group) == []
    known(tomorrow(cast), group)
    assert imdis(tomorrow(cast), group) == ["settlement.address_known"]


def test_before_the_interview_the_address_is_nothing_for_imdi(cast: Cast) -> None:
    group = due_for_interview(cast, family())
    gone(cast, group)
    known(cast, group)
    assert imdis(cast, group) == []


def test_the_departure_is_registered_when_it_was_and_can_be_taken_back_with_their_beds(cast: Cast) -> None:
    group = queued(cast)
    persons = people_of(cast, group)
    [bed, *_] = beds_at(cast, cast.centre_administrator, [("214", 2)])
    with scope(cast.centre, cast.day):
        assign_beds(group, {persons[0]: bed}, cast.day - timedelta(days=1), by=cast.centre, at=cast.at)
    at = cast.at + timedelta(minutes=1)
    gone(replace(cast, at=at), group)
    known(tomorrow(cast), group)
    later = tomorrow(tomorrow(cast))
    with scope(cast.centre, later.day):
        assert {each.departure_known_at for each in stays_of(persons)} == {at}
        annul_departure(group, persons, reason="wrong_choice", by=cast.centre, at=later.at)
        assert BedAssignment.objects.current().get(subject_id=persons[0]).period.is_open
        assert {(s.street, s.departure_reason) for s in stays_of(persons)} == {("", "")}


@pytest.mark.parametrize("reason", [DepartureReason.LEFT_COUNTRY, DepartureReason.AGREED_SETTLEMENT])
def test_of_others_no_address_is_registered_so(cast: Cast, reason: DepartureReason) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group, reason)
    with pytest.raises(Refused, match="no_address_of_these"):
        known(cast, group)


def test_it_must_be_an_address_and_theirs(cast: Cast) -> None:
    group = queued(cast)
    gone(cast, group)
    persons = people_of(cast, group)
    with scope(cast.centre, cast.day):
        for street, code, why in (("", "7600", "address_needed"), ("Storgata 1", "0000", "postal_code_unknown")):
            with pytest.raises(Refused, match=why):
                register_new_address(group, persons, street, code, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="nobody_selected"):
            register_new_address(group, [], "Storgata 1", "7600", by=cast.centre, at=cast.at)


def test_who_is_still_there_has_no_new_address(cast: Cast) -> None:
    group = queued(cast)
    with pytest.raises(Refused, match="departure_not_registered"):
        known(cast, group)


@pytest.mark.parametrize("who", ["imdi", "other_centre", "municipality"])
def test_nobody_else_registers_it_but_udi_does(cast: Cast, who: str) -> None:
    group = queued(cast)
    gone(cast, group)
    with pytest.raises((NotAllowed, NotFound)):
        known(cast, group, by=getattr(cast, who))
    known(cast, group, by=cast.udi)


def test_who_was_gone_with_another_whose_address_came_first_gets_a_reminder_too(cast: Cast) -> None:
    group = queued(cast)
    gone(cast, group)
    first, *others = people_of(cast, group)
    with scope(cast.centre, cast.day):
        register_new_address(group, [first], "Storgata 1", "7600", by=cast.centre, at=cast.at)
        register_new_address(group, [first, *others], "Storgata 2", "7600", by=cast.centre, at=cast.at)
        letters = Letter.objects.filter(subject_id=group, kind="population_register").order_by("pk")
        assert [len(letter.facts["names"]) for letter in letters] == [1, len(others)]


def test_an_address_that_stands_so_already_is_no_news(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    known(cast, group)
    with scope(cast.imdi, cast.day):
        see_private_move(group, by=cast.imdi, at=cast.at)
    known(tomorrow(cast), group)
    assert imdis(tomorrow(cast), group) == []
    assert every_event().filter(type="accommodation.address_registered").count() == 1
