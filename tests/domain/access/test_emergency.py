"""Emergency access: how often one may ask, whether one needs to, what is asked for, and what it opens."""

from datetime import UTC, datetime, timedelta

import pytest

from fotfeste.access.domain.emergency import as_asked, is_open_already, may_ask
from fotfeste.access.domain.matrix import CASE_ROLES, IN_EMERGENCY, OPENS, opened_by
from fotfeste.access.domain.permissions import OPEN_EMERGENCY, PERMISSIONS
from fotfeste.access.domain.types import Compartment, LookRule, NeedReason, Role
from fotfeste.access.domain.unusual import Occasion, of_each_household

pytestmark = pytest.mark.req("ACS-01")

NINE = datetime(2024, 3, 14, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CASE_WORKERS = {
    Role.REGISTRAR,
    Role.CENTRE_STAFF,
    Role.UDI_CASEWORKER,
    Role.IMDI_CASEWORKER,
    Role.REFUGEE_SERVICE,
}


def minutes(*after_nine: int) -> list[datetime]:
    """Instants."""
    return [NINE + timedelta(minutes=each) for each in after_nine]


@pytest.mark.parametrize(
    ("attempts", "at", "may"),
    [
        ([], 0, True),
        ([0, 1, 2, 3], 4, True),
        ([0, 1, 2, 3, 4], 5, False),
        ([0, 1, 2, 3, 4], 59, False),
        ([0, 1, 2, 3, 4], 60, True),
        ([0, 0, 0, 0, 0, 0, 0], 59, False),
    ],
)
def test_so_many_within_an_hour_and_no_more(attempts: list[int], at: int, may: bool) -> None:
    [now] = minutes(at)
    assert may_ask(minutes(*attempts), now, most=5, within=HOUR).is_yes is may


def test_a_no_tells_when_the_next_may_be() -> None:
    [now] = minutes(30)
    decision = may_ask(minutes(20, 0, 5, 6, 7, 8), now, most=5, within=HOUR)
    [reason] = decision.reasons
    assert (reason.code, reason.fields["again_at"]) == ("too_many_emergencies", minutes(65)[0])
    assert may_ask(minutes(20, 0, 5, 6, 7, 8), minutes(65)[0], most=5, within=HOUR).is_yes


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("2099 100001 17", "209910000117"),
        (" 2099-100001-17 ", "209910000117"),
        ("ABC7-def8 9hjk", "abc7def89hjk"),
        ("  ", ""),
    ],
)
def test_what_is_asked_for_is_as_numbers_are_kept(typed: str, asked: str) -> None:
    assert as_asked(typed) == asked


def test_whoever_does_case_work_may_open_it_and_whoever_runs_things_may_not() -> None:
    assert {role for role, opened in OPENS.items() if NeedReason.EMERGENCY in opened} == CASE_WORKERS
    assert {role for role, permissions in PERMISSIONS.items() if OPEN_EMERGENCY in permissions} == CASE_WORKERS
    assert CASE_WORKERS < CASE_ROLES


@pytest.mark.parametrize("role", sorted(CASE_WORKERS))
def test_it_opens_who_they_are_whom_to_call_and_where_they_are_and_nothing_else(role: Role) -> None:
    opened = {compartment for compartment, reasons in opened_by([role]).items() if NeedReason.EMERGENCY in reasons}
    assert opened == {Compartment.IDENTITY, Compartment.GUARDIAN, Compartment.STAYS, Compartment.ROOMS} == IN_EMERGENCY


@pytest.mark.parametrize(
    ("role", "reasons", "is_open"),
    [
        (Role.CENTRE_STAFF, [{NeedReason.LIVES_HERE}, {NeedReason.LIVES_HERE}], True),
        (Role.CENTRE_STAFF, [{NeedReason.LIVES_HERE}, set()], False),
        (Role.CENTRE_STAFF, [{NeedReason.LIVED_HERE}], False),  # not whom to call
        (Role.REFUGEE_SERVICE, [{NeedReason.SETTLED_HERE}], False),  # not in which room
        (Role.UDI_CASEWORKER, [{NeedReason.PROTECTION_CASE}], True),
        (Role.UDI_CASEWORKER, [{NeedReason.EMERGENCY}], False),  # one's own, which is not what is asked
    ],
)
def test_it_is_not_needed_where_all_of_it_is_open(role: Role, reasons: list[set[str]], is_open: bool) -> None:
    assert is_open_already(opened_by([role]), reasons) is is_open


def asked(number: int, household: int | None, after_nine: int, user: int = 1) -> Occasion:
    """An emergency access so many minutes after nine."""
    return Occasion(number, user, household, NINE + timedelta(minutes=after_nine), f"r{number}")


@pytest.mark.req("ACS-03")
def test_each_user_day_and_household_is_a_finding_and_so_is_what_found_nobody() -> None:
    found = of_each_household(
        LookRule.EMERGENCY,
        [
            asked(4, 7, 24 * 60),
            asked(1, 7, 0),
            asked(2, None, 1),
            asked(3, 7, 2),
            asked(5, 7, 3, user=2),
            asked(6, None, 4),
        ],
    )
    assert {(each.user_id, each.household_id, each.look_id, each.looks) for each in found} == {
        (1, 7, 1, 2), (1, None, 2, 2), (2, 7, 5, 1), (1, 7, 4, 1),
    }  # fmt: skip
    assert {each.rule for each in found} == {LookRule.EMERGENCY}
    assert of_each_household(LookRule.EMERGENCY, []) == []
