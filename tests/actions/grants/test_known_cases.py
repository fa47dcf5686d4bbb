"""The cases that today's systems failed at (MAMOT evaluation 6.1.2), from the fact to the money."""

from datetime import date

import pytest

from fotfeste.accommodation.public import DepartureReason, RightStay
from fotfeste.ledger.public import Claim, Line, Run, balances, claims_to_propose, open_claim
from fotfeste.platform.scope import scope
from fotfeste.registry.public import register_member
from tests.actions.grants.stage import (
    RATE_2022,
    Payers,
    computed_run,
    corrected,
    housed,
    left,
    months,
    noon,
    paid_run,
    payers,
    registered,
    sums,
)
from tests.actions.registry.families import person
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-02")]

CAME, SECOND_QUARTER, THIRD_QUARTER = date(2022, 3, 20), date(2022, 7, 1), date(2022, 10, 1)
JULY, OCTOBER = date(2022, 7, 5), date(2022, 10, 5)


@pytest.fixture
def by(cast: Cast) -> Payers:
    """Those who work with grants in 2022."""
    return payers(cast)


def lives_here(by: Payers) -> int:
    """Olena and Andrij on MAMOT in Levanger from 20 March, and the second quarter paid."""
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    return group


def lines(by: Payers, run: Run, on: date) -> list[Line]:
    """A run's lines, as UDI sees them."""
    with scope(by.udi, on):
        return list(run.lines.select_related("reported_by").order_by("month", "subject_id"))


def balance(by: Payers, on: date) -> dict[int, int]:
    """What is owed to each municipality; negative where it owes."""
    with scope(by.udi, on):
        return {each.municipality_id: each.balance_ore for each in balances("mamot")}


def test_settled_but_reported_two_months_later(by: Payers) -> None:
    group = lives_here(by)
    left(by, group, date(2022, 5, 10), DepartureReason.AGREED_SETTLEMENT, known_on=date(2022, 7, 12))
    run = paid_run(by, THIRD_QUARTER, OCTOBER)
    found = lines(by, run, OCTOBER)
    assert [(line.month, line.amount_ore, line.kind) for line in found] == [
        (date(2022, 6, 1), -RATE_2022, "correction")
    ] * 2
    assert {(line.cause, line.known_at.date(), line.reported_by_id) for line in found} == {
        ("agreed_settlement", date(2022, 7, 12), by.udi.organisation_id)
    }
    assert sums(by, OCTOBER) == dict.fromkeys(
        [(by.here.organisation_id, month) for month in months(3, 4, 5)], 2 * RATE_2022
    )
    # Levanger is paid nothing, and the rest is carried to what it gets next.
    assert balance(by, OCTOBER) == {by.here.organisation_id: -2 * RATE_2022}
    housed(by, registered(by, date(2022, 11, 1), "Iryna", "Petro", "Maria"), by.here, date(2022, 11, 1))
    paid_run(by, date(2023, 1, 1), date(2023, 1, 5))
    with scope(by.approver, date(2023, 1, 5)):
        [last] = list(run.__class__.objects.get(scheme="mamot", through=date(2023, 1, 1)).payments.all())
    assert last.amount_ore == 6 * RATE_2022 - 2 * RATE_2022


@pytest.mark.req("MON-03")
def test_left_the_country_and_found_at_a_control_becomes_a_claim(by: Payers) -> None:
    group = lives_here(by)
    left(by, group, date(2022, 4, 2), DepartureReason.LEFT_COUNTRY, known_on=date(2022, 9, 20), reporter=by.here)
    paid_run(by, THIRD_QUARTER, OCTOBER)
    with scope(by.udi, OCTOBER):
        assert claims_to_propose("mamot") == [(by.here.organisation_id, 4 * RATE_2022)]
        claim: Claim = open_claim("mamot", by.here.organisation_id, by=by.udi, at=noon(OCTOBER))
        parts = sorted((part.month, part.cause, part.line.reported_by_id) for part in claim.parts.all())
    assert parts == [(month, "left_country", by.here.organisation_id) for month in months(5, 5, 6, 6)]
    # They lived there on 1 April: the month is due, and stays so.
    assert sums(by, OCTOBER)[by.here.organisation_id, date(2022, 4, 1)] == 2 * RATE_2022


def test_two_weeks_away_and_back_in_the_same_municipality_give_each_month_once(by: Payers) -> None:
    group = lives_here(by)
    left(by, group, date(2022, 8, 3), DepartureReason.NO_ADDRESS)
    housed(by, group, by.here, date(2022, 8, 17))
    run = paid_run(by, THIRD_QUARTER, OCTOBER)
    assert [(line.month, line.kind, line.days) for line in lines(by, run, OCTOBER)] == [
        (month, "due", days) for month, days in zip(months(7, 8, 9), (31, 17, 30), strict=True) for _ in range(2)
    ]


def test_moved_without_an_agreement_ends_the_grant_and_gives_the_other_municipality_nothing(by: Payers) -> None:
    group = lives_here(by)
    left(by, group, date(2022, 5, 1), DepartureReason.MOVED_WITHOUT_AGREEMENT, known_on=date(2022, 8, 15))
    run = paid_run(by, THIRD_QUARTER, OCTOBER)
    assert {(line.month, line.cause) for line in lines(by, run, OCTOBER)} == {
        (month, "moved_away") for month in months(5, 6)
    }
    assert {place for place, _ in sums(by, OCTOBER)} == {by.here.organisation_id}


def test_moved_with_a_new_agreement_in_the_middle_of_a_month_gives_it_to_the_first(by: Payers) -> None:
    group = lives_here(by)
    housed(by, group, by.there, date(2022, 5, 12), known_on=date(2022, 8, 15))
    paid_run(by, THIRD_QUARTER, OCTOBER)
    here, there = by.here.organisation_id, by.there.organisation_id
    assert sums(by, OCTOBER) == {
        **{(here, month): 2 * RATE_2022 for month in months(3, 4, 5)},
        **{(there, month): 2 * RATE_2022 for month in months(6, 7, 8, 9)},
    }


def test_refused_after_money_was_paid_takes_everything_back(by: Payers) -> None:
    group = lives_here(by)
    corrected(by, group, RightStay(never_was=True), date(2022, 8, 30))
    run = paid_run(by, THIRD_QUARTER, OCTOBER)
    found = lines(by, run, OCTOBER)
    assert {(line.cause, line.amount_ore) for line in found} == {("annulled", -RATE_2022)}
    assert len(found) == 2 * 4
    assert sums(by, OCTOBER) == {}
    with scope(by.udi, OCTOBER):
        assert claims_to_propose("mamot") == [(by.here.organisation_id, 8 * RATE_2022)]


def test_a_child_added_late_is_due_from_the_day_it_came(by: Payers) -> None:
    group = lives_here(by)
    came, child = date(2022, 5, 20), person("Danylo", born=date(2022, 5, 18))
    with scope(by.udi, date(2022, 9, 1)):
        new = register_member(group, child, came, by=by.udi, at=noon(date(2022, 9, 1)))
    housed(by, group, by.here, came, known_on=date(2022, 9, 1), persons=[new])
    run = paid_run(by, THIRD_QUARTER, OCTOBER)
    assert [line.month for line in lines(by, run, OCTOBER) if line.subject_id == new] == months(5, 6, 7, 8, 9)


@pytest.mark.req("MON-03")
def test_granted_backwards_to_before_the_portal_opened_is_paid_from_the_first_day(by: Payers) -> None:
    group = registered(by, date(2022, 2, 26))
    housed(by, group, by.here, date(2022, 2, 28), known_on=date(2022, 6, 14))
    run = computed_run(by, SECOND_QUARTER, JULY)
    found = lines(by, run, JULY)
    assert sorted({(line.month, line.days) for line in found}) == list(
        zip(months(2, 3, 4, 5, 6), (1, 31, 30, 31, 30), strict=True)
    )
    assert {line.known_at.date() for line in found} == {date(2022, 6, 14)}
    assert run.net_ore == 10 * RATE_2022
