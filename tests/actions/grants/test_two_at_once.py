"""Two runs at once: the second waits, and is refused where the first is open; nothing is counted or paid twice."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection

from fotfeste.ledger.public import Payment, Run, approve_run, check_run, pay_run
from fotfeste.platform.scope import scope
from tests.actions.at_once import DONE, one_after_the_other
from tests.actions.grants.stage import (
    RATE_2022,
    Payers,
    booked,
    computed_run,
    housed,
    noon,
    payers,
    registered,
)
from tests.conftest import make_cast

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"]), pytest.mark.req("MON-04")]

CAME, SECOND_QUARTER, JULY = date(2022, 3, 20), date(2022, 7, 1), date(2022, 7, 5)
# A run holds its scheme's books when it comes to the stays; the next one waits for the books.
STAYS = "LOCK TABLE accommodation_stay IN ACCESS EXCLUSIVE MODE"
RUNS = "SELECT 1 FROM ledger_run FOR UPDATE"


@pytest.fixture
def by(transactional_db: None) -> Iterator[Payers]:
    """Those who work with grants in 2022, and a household that lives privately, for every connection to see."""
    found = payers(make_cast())
    housed(found, registered(found, CAME), found.here, CAME)
    yield found
    connection.close()


def test_of_two_runs_at_once_one_is_computed_and_the_other_told_so(by: Payers) -> None:
    def compute() -> Run:
        return computed_run(by, SECOND_QUARTER, JULY)

    assert one_after_the_other(STAYS, 0, [compute, compute]) == [DONE, "run_is_open"]
    with scope(by.udi, JULY):
        assert [run.net_ore for run in Run.objects.all()] == [8 * RATE_2022]


def test_a_run_that_is_paid_by_two_at_once_is_paid_once(by: Payers) -> None:
    run, at = computed_run(by, SECOND_QUARTER, JULY), noon(JULY)
    reference = run.subject.reference
    with scope(by.udi, JULY):
        check_run(reference, by=by.udi, at=at)
    with scope(by.approver, JULY):
        approve_run(reference, by=by.approver, at=at)

    def pay() -> None:
        with scope(by.approver, JULY):
            pay_run(reference, by=by.approver, at=at)

    first, second = one_after_the_other(RUNS, 0, [pay, pay])
    assert (first, second) == (DONE, "illegal_step")
    with scope(by.approver, JULY):
        assert list(Payment.objects.values_list("amount_ore", flat=True)) == [8 * RATE_2022]
    assert sum(line.amount_ore for line in booked(by, JULY)) == 8 * RATE_2022
