"""A departure that is registered late: those who belong to the household then leave, not those of the day itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import DepartureReason, register_departure
from fotfeste.platform.scope import scope
from fotfeste.registry.public import (
    StatusKind,
    members_of,
    register_member,
    register_status,
    remove_member,
)
from tests.actions.registry.families import person
from tests.actions.settlement.stage import queued, refused, with_journey
from tests.as_owner import every_need
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
LEFT_ON, REGISTERED_ON = date(2024, 3, 15), date(2024, 3, 16)
AT = datetime(2024, 3, 16, 9, tzinfo=UTC)


def taken_out(cast: Cast, group: int) -> tuple[int, int]:
    """One of them is taken out of the household on the day after they left. Gives the person and their household."""
    with scope(cast.udi, REGISTERED_ON):
        out = members_of(group, REGISTERED_ON)[1].subject_id
        return out, remove_member(group, out, REGISTERED_ON, by=cast.udi, at=AT).pk


def leaves_late(cast: Cast, group: int, reason: DepartureReason, at: datetime = AT) -> None:
    """The rest has left on the 15th; the centre registers it on the day after, or later."""
    with scope(cast.centre, at.date()):
        then, now = ({each.subject_id for each in members_of(group, day)} for day in (LEFT_ON, at.date()))
        register_departure(
            group,
            sorted(then & now),
            LEFT_ON,
            reason,
            street="Kirkegata 1" if reason is DepartureReason.AGREED_SETTLEMENT else "",
            postal_code="7600" if reason is DepartureReason.AGREED_SETTLEMENT else "",
            is_meant=True,
            by=cast.centre,
            at=at,
        )


def reasons(subject: int, organisation: int) -> set[str]:
    """Why an organisation knows of a subject without an end."""
    open_ones = every_need().filter(subject_id=subject, organisation_id=organisation, ended_at__isnull=True)
    return set(open_ones.values_list("reason", flat=True))


@pytest.mark.req("TRV-04", "ACS-01")
def test_who_was_taken_out_since_they_left_is_not_settled_with_them(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    out, own = taken_out(cast, group)
    leaves_late(cast, group, DepartureReason.AGREED_SETTLEMENT)
    with scope(cast.udi, REGISTERED_ON):
        assert [each.current_status for each in members_of(own, REGISTERED_ON)] != [StatusKind.SETTLED]
        assert {each.current_status for each in members_of(group, REGISTERED_ON)} == {StatusKind.SETTLED}
    assert reasons(out, cast.municipality.organisation_id) == set()
    assert reasons(out, cast.centre.organisation_id) == {NeedReason.LIVES_HERE}
    assert reasons(out, cast.imdi.organisation_id) == {NeedReason.SETTLEMENT_CASE}


@pytest.mark.req("ACS-01")
def test_a_centre_does_not_keep_the_household_because_somebody_was_taken_out_of_it_since(cast: Cast) -> None:
    group = queued(cast)
    out, _ = taken_out(cast, group)
    leaves_late(cast, group, DepartureReason.NO_ADDRESS)
    assert reasons(group, cast.centre.organisation_id) == set()
    assert reasons(out, cast.centre.organisation_id) == {NeedReason.LIVES_HERE}


@pytest.mark.req("ACS-01")
def test_imdi_keeps_who_was_taken_out_of_a_household_that_said_no_and_left(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    out, _ = taken_out(cast, group)
    leaves_late(cast, group, DepartureReason.NO_ADDRESS)
    assert reasons(out, cast.imdi.organisation_id) == {NeedReason.SETTLEMENT_CASE}
    assert reasons(group, cast.imdi.organisation_id) == set()


@pytest.mark.req("TRV-04", "REG-05")
def test_a_child_that_was_registered_after_they_left_goes_with_them(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.udi, REGISTERED_ON):
        baby = register_member(group, person("Baby", born=LEFT_ON), REGISTERED_ON, by=cast.udi, at=AT)
    leaves_late(cast, group, DepartureReason.AGREED_SETTLEMENT)
    assert reasons(baby, cast.municipality.organisation_id) == {NeedReason.SETTLED_HERE}
    assert NeedReason.SETTLEMENT_CASE not in reasons(baby, cast.imdi.organisation_id)
    with scope(cast.udi, REGISTERED_ON):
        permit = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        register_status(group, [baby], permit, REGISTERED_ON, is_meant=True, by=cast.udi, at=AT)
        found = {each.subject_id: each.current_status for each in members_of(group, REGISTERED_ON)}
    assert found[baby] == StatusKind.SETTLED


@pytest.mark.req("ACS-01")
def test_imdi_follows_up_from_the_day_it_learns_of_a_departure(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    told_at = AT + timedelta(days=100)
    leaves_late(cast, group, DepartureReason.AGREED_SETTLEMENT, told_at)
    [need] = every_need().filter(subject_id=group, organisation_id=cast.imdi.organisation_id, reason="settlement_case")
    assert need.period.end == told_at.date() + timedelta(days=90)
