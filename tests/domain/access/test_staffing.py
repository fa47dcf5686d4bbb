"""Who may give a role to whom, and who may end one: truth tables of the rules."""

from datetime import date

import pytest

from fotfeste.access.domain.matrix import CASE_ROLES, OPENS
from fotfeste.access.domain.permissions import ADMINISTRATORS, PERMISSIONS, ROLE_BELONGS_TO, roles_of
from fotfeste.access.domain.staffing import Colleague, Held, may_end_employment, may_end_role, may_give, role_period
from fotfeste.access.domain.types import Role
from fotfeste.kernel.periods import Period

pytestmark = pytest.mark.req("ACS-02")

TODAY, LATER, LAST = date(2024, 3, 14), date(2024, 5, 1), date(2024, 9, 1)
BEGAN = date(2024, 1, 1)
LEADS = Held(Role.CENTRE_ADMINISTRATOR, Period(BEGAN))


def works(user_id: int, *held: Held, until: date | None = None, at: int = 1, kind: str = "centre") -> Colleague:
    """Somebody who works at a centre."""
    return Colleague(user_id, at, kind, (Period(BEGAN, until),), held)


ADMINISTRATOR, KARI = works(1, LEADS), works(2)


def codes_of_giving(role: Role, from_on: date, to: Colleague, by: Colleague = ADMINISTRATOR) -> list[str]:
    """What stands against it."""
    return [reason.code for reason in may_give(role, from_on, to=to, by=by, today=TODAY).reasons]


def test_every_kind_of_organisation_on_the_way_has_an_administrator_who_gives_roles() -> None:
    for kind in ("police", "udi", "imdi", "centre", "municipality"):
        assert len(ADMINISTRATORS & set(roles_of(kind))) == 1


def test_case_roles_are_those_that_open_somebody() -> None:
    assert {role for role in Role if not OPENS[role]} == set(Role) - CASE_ROLES
    assert Role.USER_ADMINISTRATOR not in CASE_ROLES
    assert PERMISSIONS[Role.USER_ADMINISTRATOR] == {
        "access.give_roles",
        "access.see_unusual_looks",
        "retention.see",
    }


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_gives_a_colleague_the_roles_that_the_organisation_has_and_no_other(role: Role) -> None:
    against = [] if "centre" in ROLE_BELONGS_TO[role] else ["role_not_of_this_organisation"]
    assert codes_of_giving(role, TODAY, KARI) == against


@pytest.mark.parametrize("kind", ["police", "udi", "imdi", "centre", "municipality"])
def test_nobody_gives_themselves_a_role_that_opens_somebody(kind: str) -> None:
    me = works(1, kind=kind)
    for role in roles_of(kind):
        assert codes_of_giving(role, TODAY, me, me) == (["case_role_for_oneself"] if role in CASE_ROLES else [])


@pytest.mark.parametrize(
    ("from_on", "to", "against"),
    [
        (date(2024, 3, 13), KARI, "role_begins_in_the_past"),
        (TODAY, works(2, at=7), "not_own_staff"),
        (LATER, works(2, until=LATER), "not_employed_then"),
        (TODAY, works(2, Held(Role.CENTRE_STAFF, Period(BEGAN))), "role_is_held"),
        (TODAY, works(2, Held(Role.CENTRE_STAFF, Period(LATER))), "role_is_held"),
    ],
)
def test_what_stands_against_giving_is_told(from_on: date, to: Colleague, against: str) -> None:
    assert codes_of_giving(Role.CENTRE_STAFF, from_on, to) == [against]


def test_a_role_that_has_ended_can_be_given_again() -> None:
    before = works(2, Held(Role.CENTRE_STAFF, Period(BEGAN, TODAY)))
    assert codes_of_giving(Role.CENTRE_STAFF, TODAY, before) == []


def test_a_role_lasts_as_long_as_the_employment() -> None:
    assert role_period(TODAY, works(2, until=LAST)) == Period(TODAY, LAST)
    assert role_period(TODAY, KARI) == Period(TODAY)


@pytest.mark.parametrize(
    ("period", "on", "against"),
    [
        (Period(BEGAN), TODAY, []),
        (Period(BEGAN), LATER, []),
        (Period(BEGAN, LAST), LATER, []),
        (Period(TODAY), TODAY, []),
        (Period(LATER), LATER, []),
        (Period(BEGAN), date(2024, 3, 13), ["ends_in_the_past"]),
        (Period(LATER), TODAY, ["begins_later"]),
        (Period(BEGAN, LATER), LATER, ["ends_already"]),
        (Period(BEGAN, LATER), LAST, ["ends_already"]),
    ],
)
def test_a_role_and_an_employment_end_today_or_later_not_before_they_begin_and_never_later_than_they_do(
    period: Period, on: date, against: list[str]
) -> None:
    of_role = may_end_role(Held(Role.CENTRE_STAFF, period), on, others=[ADMINISTRATOR], today=TODAY)
    of_work = may_end_employment(period, on, of=KARI, others=[ADMINISTRATOR], today=TODAY)
    for what, decision in (("role", of_role), ("employment", of_work)):
        told = [code if code.startswith("ends_in") else f"{what}_{code}" for code in against]
        assert [reason.code for reason in decision.reasons] == told


@pytest.mark.parametrize(
    ("others", "on", "is_left"),
    [
        ((), TODAY, False),
        ((KARI,), TODAY, False),
        ((works(2, LEADS),), TODAY, True),
        ((works(2, Held(Role.CENTRE_ADMINISTRATOR, Period(BEGAN, LATER))),), TODAY, False),
        ((works(2, Held(Role.CENTRE_ADMINISTRATOR, Period(LATER))),), TODAY, False),
        ((works(2, Held(Role.CENTRE_ADMINISTRATOR, Period(LATER))),), LATER, True),
        (
            (
                works(2, Held(Role.CENTRE_ADMINISTRATOR, Period(BEGAN, LATER))),
                works(3, Held(Role.CENTRE_ADMINISTRATOR, Period(LATER))),
            ),
            TODAY,
            True,
        ),
    ],
)
def test_there_is_never_a_day_on_which_nobody_gives_roles(
    others: tuple[Colleague, ...], on: date, is_left: bool
) -> None:
    against = [] if is_left else ["last_administrator"]
    of_role = may_end_role(LEADS, on, others=others, today=TODAY)
    of_work = may_end_employment(Period(BEGAN), on, of=ADMINISTRATOR, others=others, today=TODAY)
    assert [reason.code for reason in of_role.reasons] == against
    assert [reason.code for reason in of_work.reasons] == against


def test_an_administrator_who_leaves_anyway_may_leave_earlier_only_where_others_have_those_days() -> None:
    leaves = Held(Role.CENTRE_ADMINISTRATOR, Period(BEGAN, LAST))
    heir = works(2, Held(Role.CENTRE_ADMINISTRATOR, Period(LATER)))
    assert may_end_role(leaves, LATER, others=[heir], today=TODAY).is_yes
    assert may_end_role(leaves, date(2024, 4, 30), others=[heir], today=TODAY).is_no
