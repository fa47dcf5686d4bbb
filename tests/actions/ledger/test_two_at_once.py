"""Two at the books at once, each on a connection of their own: one acts, the other waits and is then told. And what is
committed not even the owner of the database changes.
"""

from collections.abc import Callable, Sequence

import pytest
from django.db import DatabaseError, connections, transaction

from fotfeste.ledger.models import Payment, Run
from fotfeste.ledger.public import Scheme, open_claim, pay_run, record_run, settle_claim, stop_run
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.at_once import DONE, committed, one_after_the_other
from tests.actions.ledger.stage import (
    FEBRUARY,
    JANUARY,
    RATE_2024,
    SHA,
    THROUGH,
    Books,
    approved,
    due,
    keys_of,
    opened_books,
    paid,
    reference_of,
    taken_back,
)
from tests.conftest import Cast

__all__ = ["committed"]

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.req("MON-04"),
]
HEADS = "LOCK TABLE ledger_run IN EXCLUSIVE MODE"
CLAIMS = "LOCK TABLE ledger_claim IN EXCLUSIVE MODE"
KEPT = {
    "ledger_line": "amount_ore",
    "ledger_runtotal": "payable_ore",
    "ledger_payment": "amount_ore",
    "ledger_claimpart": "amount_ore",
    "ledger_linecorrection": "line_id",
}


def at_once(lock: str, acts: Sequence[Callable[[], object]]) -> list[str]:
    """How each ended."""
    return one_after_the_other(lock, 0, acts)


def acting(books: Books, viewer: Viewer, act: Callable[..., object], *given: object) -> Callable[[], object]:
    """The act of somebody, in a scope of their own."""

    def run() -> object:
        with scope(viewer, books.cast.day):
            return act(*given, by=viewer, at=books.cast.at)

    return run


def test_of_two_who_compute_a_run_one_is_told_that_there_is_one(cast: Cast) -> None:
    books = opened_books(cast)
    given = (Scheme.MAMOT, THROUGH, cast.at, SHA, [due(books.people[0], books.levanger, JANUARY)], ())
    acts = [acting(books, viewer, record_run, *given) for viewer in (cast.udi, books.colleague)]
    assert at_once(HEADS, acts) == [DONE, "run_is_open"]
    with scope(cast.udi, cast.day):
        assert Run.objects.count() == 1


def test_of_two_who_pay_a_run_one_pays_and_nothing_is_paid_twice(cast: Cast) -> None:
    books = opened_books(cast)
    reference = reference_of(approved(books, [due(books.people[0], books.levanger, JANUARY)]))
    acts = [acting(books, books.approver, pay_run, reference)] * 2
    assert at_once(HEADS, acts) == [DONE, "illegal_step"]
    with scope(cast.udi, cast.day):
        assert list(Payment.objects.values_list("amount_ore", flat=True)) == [RATE_2024]


def test_a_run_that_is_stopped_while_another_pays_is_paid_and_not_stopped(cast: Cast) -> None:
    books = opened_books(cast)
    reference = reference_of(approved(books, [due(books.people[0], books.levanger, JANUARY)]))
    acts = [
        acting(books, books.approver, pay_run, reference),
        acting(books, cast.udi, stop_run, reference, "Feil måned."),
    ]
    assert at_once(HEADS, acts) == [DONE, "illegal_step"]


def test_of_two_who_claim_from_one_municipality_one_finds_nothing_left_to_claim(cast: Cast) -> None:
    books = owing(cast)
    acts = [acting(books, each, open_claim, Scheme.MAMOT, books.levanger) for each in (cast.udi, books.colleague)]
    assert at_once(CLAIMS, acts) == [DONE, "nothing_to_claim"]


def test_of_two_who_register_one_payment_the_second_does_not_settle_more_than_the_claim(cast: Cast) -> None:
    books = owing(cast)
    with scope(cast.udi, cast.day):
        reference = open_claim(Scheme.MAMOT, books.levanger, by=cast.udi, at=cast.at).subject.reference

    def settles() -> object:
        with scope(books.colleague, cast.day):
            return settle_claim(reference, "paid", RATE_2024, on=cast.day, by=books.colleague, at=cast.at)

    assert at_once(CLAIMS, [settles, settles]) == [DONE, "illegal_step"]


def test_not_even_the_owner_changes_or_deletes_what_is_in_the_books(cast: Cast) -> None:
    books = owing(cast)
    with scope(cast.udi, cast.day):
        open_claim(Scheme.MAMOT, books.levanger, by=cast.udi, at=cast.at)
    for table, column in KEPT.items():
        for statement in (f"UPDATE {table} SET {column} = {column} + 1", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError) as refused, transaction.atomic("owner"):
                connections["owner"].cursor().execute(statement)
            assert "stays as it is" in str(refused.value), statement


def owing(cast: Cast) -> Books:
    """Levanger has been paid for February and owes it."""
    books = opened_books(cast)
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:])])
    return books
