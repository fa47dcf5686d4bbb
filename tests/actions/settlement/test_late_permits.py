"""A family leaves for its municipality, and one of them gets the permit before, on, or after the day of departure.

The departure is registered two days late, on 16 March for 14 March: so a permit can come between.
"""

from datetime import date, datetime, timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason, register_departure
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewPerson, Sex, StatusKind, members_of, register_member, register_status
from tests.actions.settlement.stage import decided, family, state_of, with_journey
from tests.conftest import Cast
from tests.settlement_steps import interviewed

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRV-04")]
OTHERS = ("Olena", "Sofia", "Danylo")
MOVED_ON = date(2024, 3, 14)
LATER = timedelta(days=2)


def waiting_for_one(cast: Cast) -> int:
    """All but Andrij have their permit; the journey is agreed on 14 March."""
    decided("5037", 20, 2)
    return with_journey(cast, interviewed(cast, family(), names=OTHERS))


def registers(cast: Cast, group: int, name: str, kind: StatusKind, on: date, at: datetime) -> None:
    """UDI registers a status of one of them."""
    with scope(cast.udi, at.date()):
        persons = [each.subject_id for each in members_of(group, cast.day) if each.given_name == name]
        register_status(group, persons, kind, on, by=cast.udi, at=at)


def leaves(cast: Cast, group: int, at: datetime) -> None:
    """All of them left on 14 March; it is registered at an instant."""
    with scope(cast.centre, at.date()):
        people = [each.subject_id for each in members_of(group, cast.day)]
        reason = DepartureReason.AGREED_SETTLEMENT
        register_departure(group, people, MOVED_ON, reason, "Kirkegata 1", "7600", is_meant=True, by=cast.centre, at=at)


def days_settled(cast: Cast, group: int) -> dict[str, date | None]:
    """From which day each of them is settled; None for who is not."""
    with scope(cast.municipality, (cast.at + LATER).date()):
        return {
            member.given_name: next(
                (status.holds_on for status in member.statuses if status.kind is StatusKind.SETTLED), None
            )
            for member in members_of(group, cast.day)
        }


def everyone(day: date, andrij: date | None) -> dict[str, date | None]:
    """The others from a day, Andrij from his own."""
    return dict.fromkeys(OTHERS, day) | {"Andrij": andrij}


@pytest.mark.parametrize(
    ("permit_on", "settled_on"),
    [
        (date(2024, 3, 12), MOVED_ON),
        (MOVED_ON, MOVED_ON),
        (date(2024, 3, 15), date(2024, 3, 15)),
        (date(2024, 3, 16), date(2024, 3, 16)),
    ],
)
@pytest.mark.parametrize("is_known_first", [True, False], ids=["permit first", "departure first"])
def test_a_late_permit_settles_from_the_move_or_from_its_own_day_in_whatever_order_they_are_told(
    cast: Cast, permit_on: date, settled_on: date, is_known_first: bool
) -> None:
    group, at = waiting_for_one(cast), cast.at + LATER
    permit = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
    if is_known_first:
        registers(cast, group, "Andrij", permit, permit_on, at)
    leaves(cast, group, at)
    if not is_known_first:
        assert days_settled(cast, group) == everyone(MOVED_ON, None)
        registers(cast, group, "Andrij", permit, permit_on, at)
    assert days_settled(cast, group) == everyone(MOVED_ON, settled_on)
    assert state_of(cast, group) == "settled"


def test_who_never_gets_a_permit_moves_along_and_is_not_settled(cast: Cast) -> None:
    group, at = waiting_for_one(cast), cast.at + LATER
    leaves(cast, group, at)
    registers(cast, group, "Andrij", StatusKind.REFUSAL, date(2024, 3, 15), at)
    assert days_settled(cast, group) == everyone(MOVED_ON, None)


def test_a_second_permit_settles_nobody_twice(cast: Cast) -> None:
    group, at = waiting_for_one(cast), cast.at + LATER
    leaves(cast, group, at)
    registers(cast, group, "Olena", StatusKind.RESIDENCE_PERMIT, date(2024, 3, 15), at)
    assert days_settled(cast, group) == everyone(MOVED_ON, None)


def test_a_refusal_between_the_move_and_its_registration_does_not_undo_the_move(cast: Cast) -> None:
    group, at = waiting_for_one(cast), cast.at + LATER
    registers(cast, group, "Olena", StatusKind.REFUSAL, date(2024, 3, 15), at)
    leaves(cast, group, at)
    assert days_settled(cast, group)["Olena"] == MOVED_ON


def test_a_household_where_nobody_has_a_permit_any_more_is_not_settled_and_nobody_leaves(cast: Cast) -> None:
    group, at = waiting_for_one(cast), cast.at + LATER
    for name in OTHERS:
        registers(cast, group, name, StatusKind.REFUSAL, date(2024, 3, 13), at)
    with pytest.raises(Refused) as caught:
        leaves(cast, group, at)
    assert (caught.value.code, caught.value.field) == ("nobody_has_permit", "on")
    assert state_of(cast, group) == "journey_agreed"


def test_a_child_who_came_after_the_move_is_not_registered_into_the_settled_household(cast: Cast) -> None:
    group, at = waiting_for_one(cast), cast.at + LATER
    leaves(cast, group, at)
    born = NewPerson(
        given_name="Ivan",
        family_name="Kovalenko",
        birth_date=date(2024, 3, 15),
        sex=Sex.MALE,
        citizenship="UKR",
        languages=("uk",),
    )
    with scope(cast.registrar, at.date()), pytest.raises(Refused, match="household_is_settled"):
        register_member(group, born, at.date(), by=cast.registrar, at=at)
