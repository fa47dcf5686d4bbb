"""Acts on the books: a run from computed to paid or stopped, a claim from the notice to its end."""

from collections.abc import Callable, Sequence
from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.ledger.actions.letters import write_run_letter
from fotfeste.ledger.public import (
    Claim,
    Run,
    RunLine,
    Scheme,
    answer_claim,
    approve_run,
    check_run,
    decide_claim,
    open_claim,
    pay_run,
    record_run,
    settle_claim,
    stop_run,
)
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
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
    recorded,
    reference_of,
    taken_back,
)
from tests.conftest import Cast
from tests.properties.killed.scene import Scene

type Keys = tuple[int | str, ...]


def due_to_both(books: Books) -> Sequence[RunLine]:
    """A month in each of two municipalities."""
    one, other, *_ = books.people
    return [due(one, books.levanger, JANUARY), due(other, books.verdal, JANUARY)]


def people(cast: Cast) -> Keys:
    """Two people and two municipalities; nothing is computed."""
    books = opened_books(cast)
    return books.people[0], books.people[1], books.levanger, books.verdal


def computed(cast: Cast) -> str:
    """A run that the approver is yet to have anything to do with."""
    books = opened_books(cast)
    return reference_of(recorded(books, due_to_both(books), by=books.colleague))


def checked(cast: Cast) -> str:
    """A run that waits for whoever approves."""
    books = opened_books(cast)
    reference = reference_of(recorded(books, due_to_both(books)))
    with scope(books.colleague, cast.day):
        check_run(reference, by=books.colleague, at=cast.at)
    return reference


def to_pay(cast: Cast) -> str:
    """An approved run."""
    books = opened_books(cast)
    return reference_of(approved(books, due_to_both(books)))


def paid_to_both(cast: Cast) -> Keys:
    """A paid run, and a municipality that is to be told."""
    books = opened_books(cast)
    return reference_of(paid(books, due_to_both(books))), books.levanger


def owing(cast: Cast) -> Books:
    """Levanger has been paid for February and owes it."""
    books = opened_books(cast)
    one = books.people[0]
    paid(books, [due(one, books.levanger, JANUARY), due(one, books.levanger, FEBRUARY)])
    paid(books, [taken_back(one, books.levanger, FEBRUARY, keys_of(books)[1:])])
    return books


def noticed(cast: Cast) -> str:
    """A claim that the colleague gave notice of."""
    books = owing(cast)
    with scope(books.colleague, cast.day):
        return open_claim(Scheme.MAMOT, books.levanger, by=books.colleague, at=cast.at).subject.reference


def answered(cast: Cast) -> str:
    """The municipality disputes it."""
    reference = noticed(cast)
    with scope(cast.municipality, cast.day):
        dispute(reference, by=cast.municipality, at=cast.at)
    return reference


def claimed_and_due(cast: Cast) -> str:
    """An open claim, and an approved run that holds some of it back."""
    books = owing(cast)
    with scope(books.colleague, cast.day):
        open_claim(Scheme.MAMOT, books.levanger, by=books.colleague, at=cast.at)
    return reference_of(approved(books, [due(books.people[1], books.levanger, JANUARY)]))


def to_owe(cast: Cast) -> int:
    """The municipality that owes."""
    return owing(cast).levanger


def record(one: int, other: int, levanger: int, verdal: int, *, by: Viewer, at: datetime) -> Run:
    lines = [due(one, levanger, JANUARY), due(other, verdal, JANUARY)]
    return record_run(Scheme.MAMOT, THROUGH, at, SHA, lines, by=by, at=at)


def stop(reference: str, *, by: Viewer, at: datetime) -> Run:
    return stop_run(reference, "Feil måned.", by=by, at=at)


def notice(municipality: int, *, by: Viewer, at: datetime) -> Claim:
    return open_claim(Scheme.MAMOT, municipality, by=by, at=at)


def dispute(reference: str, *, by: Viewer, at: datetime) -> Claim:
    return answer_claim(reference, "disputes", "De var her.", by=by, at=at)


def reduce(reference: str, *, by: Viewer, at: datetime) -> Claim:
    return decide_claim(reference, RATE_2024 - 1000, "Noen dager.", by=by, at=at)


def settle(reference: str, *, by: Viewer, at: datetime) -> Claim:
    return settle_claim(reference, "paid", RATE_2024, on=legal_day(at), by=by, at=at)


_STEPS: dict[str, tuple[Callable[[Cast], int | str | Keys], str, Callable[..., object]]] = {
    "record_run": (people, "udi", record),
    "check_run": (computed, "udi", check_run),
    "approve_run": (checked, "approver", approve_run),
    "pay_run": (to_pay, "approver", pay_run),
    "pay_run: holding back for a claim": (claimed_and_due, "approver", pay_run),
    "write_run_letter": (paid_to_both, "approver", write_run_letter),
    "stop_run": (to_pay, "approver", stop),
    "open_claim": (to_owe, "udi", notice),
    "answer_claim": (noticed, "municipality", dispute),
    "decide_claim": (answered, "udi", reduce),
    "settle_claim": (answered, "udi", settle),
}
LEDGER = {name: Scene(stage, by, act) for name, (stage, by, act) in _STEPS.items()}
