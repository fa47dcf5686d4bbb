"""What stands between the state and the municipalities, summed by the database: of everybody, seen or not."""

from collections.abc import Iterator

from django.db import connection

from fotfeste.ledger.domain.types import Balance, LineOnBook, Scheme


def lines_of(scheme: Scheme | str) -> list[LineOnBook]:
    """The lines that count, in the order written: for whoever prepares runs; others get none.

    Keys and amounts of everybody, also of those whose address is protected: their money is computed like anybody's.
    """
    return [LineOnBook(*row) for row in _rows("SELECT * FROM ledger_lines_of(%s)", scheme)]


def balances(scheme: Scheme | str) -> list[Balance]:
    """What stands between the state and each municipality, in øre, by municipality: UDI's all, a municipality's own."""
    return [Balance(*row) for row in _rows("SELECT * FROM ledger_balances(%s)", scheme)]


def accounts(scheme: Scheme | str) -> dict[str, int]:
    """What every account comes to, in øre: debits less credits. Together they are nothing. UDI's alone."""
    return dict(_rows("SELECT * FROM ledger_accounts(%s)", scheme))


def recoverable(scheme: Scheme | str, run_id: int) -> list[tuple[int, int]]:
    """The claims (keys) of which something was let go that is no loss any more once a run counts, and how much in øre:
    its months are given again. UDI's alone.
    """
    statement = "SELECT claim_id, amount_ore FROM ledger_recoverable(%s, %s)"
    return [(claim_id, amount_ore) for claim_id, amount_ore in _rows(statement, scheme, run_id)]


def claims_to_propose(scheme: Scheme | str) -> list[tuple[int, int]]:
    """The municipalities (organisations) that owe, how much in øre, where nobody stays under the scheme any more and no
    claim is open. UDI's alone.
    """
    return [
        (municipality_id, owed_ore)
        for municipality_id, owed_ore in _rows("SELECT * FROM ledger_claims_to_propose(%s)", scheme)
    ]


def _rows(statement: str, scheme: Scheme | str, *values: int) -> Iterator[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(statement, [str(scheme), *values])
        yield from cursor.fetchall()
