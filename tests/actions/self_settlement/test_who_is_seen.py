"""Whom a municipality that is asked for agreed self-settlement sees, as the household changes (SET-13, ACC-07)."""

import pytest

from fotfeste.accommodation.public import DepartureReason, place_group
from fotfeste.platform.scope import scope
from fotfeste.registry.public import remove_member
from fotfeste.self_settlement.public import EndCause, withdraw_self_settlement
from fotfeste.settlement.public import see_change, send_request
from tests.actions.self_settlement.stage import asks
from tests.actions.settlement.stage import WEEK, open_kinds
from tests.actions.settlement.test_leavers import leaves, seen_by_levanger
from tests.as_owner import every_need
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13"), pytest.mark.req("ACC-07")]


def is_told(cast: Cast, group: int) -> bool:
    """Whether the municipality has to see that they are others now."""
    return ("see_change", cast.municipality.organisation_id) in open_kinds(cast, group)


def test_it_sees_no_more_who_has_left_and_is_told_that_they_are_fewer(cast: Cast) -> None:
    group = asks(cast)
    assert not is_told(cast, group)
    leaves(cast, group, "Andrij", DepartureReason.NO_ADDRESS)
    assert seen_by_levanger(cast, group) == {"Olena", "Sofia", "Danylo"}
    assert is_told(cast, group)


def test_it_sees_who_is_back_again(cast: Cast) -> None:
    group = asks(cast)
    leaves(cast, group, "Andrij", DepartureReason.NO_ADDRESS)
    assert "Andrij" not in seen_by_levanger(cast, group)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    assert "Andrij" in seen_by_levanger(cast, group)


def test_it_sees_no_more_who_is_taken_out_of_the_household(cast: Cast) -> None:
    group = asks(cast)
    with scope(cast.udi, cast.day):
        andrij = members_by_name(group, cast.day)["Andrij"].subject_id
        remove_member(group, andrij, cast.day, by=cast.udi, at=cast.at)
    ours = every_need().filter(subject_id=andrij, organisation=cast.municipality.organisation_id)
    assert not ours.filter(ended_at__isnull=True).exists()
    assert is_told(cast, group)


@pytest.mark.parametrize("is_asked_by_imdi", [False, True])
def test_once_they_withdraw_there_is_nothing_to_see_but_for_one_that_imdi_asks(
    cast: Cast, is_asked_by_imdi: bool
) -> None:
    group = asks(cast)
    if is_asked_by_imdi:
        to = cast.municipality.organisation_id
        with scope(cast.imdi, cast.day):
            send_request(group, to, wanted_week=WEEK, reasoning="Haster", by=cast.imdi, at=cast.at)
    leaves(cast, group, "Andrij", DepartureReason.NO_ADDRESS)
    with scope(cast.centre, cast.day):
        withdraw_self_settlement(group, cause=EndCause.OWN_WISH, by=cast.centre, at=cast.at)
    assert is_told(cast, group) is is_asked_by_imdi


def test_it_says_that_it_has_seen_the_change(cast: Cast) -> None:
    group = asks(cast)
    leaves(cast, group, "Andrij", DepartureReason.NO_ADDRESS)
    with scope(cast.municipality, cast.day):
        see_change(group, by=cast.municipality, at=cast.at)
    assert not is_told(cast, group)
