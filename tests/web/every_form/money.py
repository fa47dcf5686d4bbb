"""The forms of runs and claims, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from fotfeste.accommodation.public import StayKind, start_private_stay
from fotfeste.ledger.public import answer_claim, check_run, open_claim
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.ledger.stage import (
    JANUARY,
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
from tests.actions.registry.families import alone, person
from tests.conftest import Cast
from tests.settlement_steps import registered
from tests.web.place import Place


def _money_due(cast: Cast) -> list[Place]:
    """Somebody has lived privately for a quarter that is over."""
    came = date(2023, 11, 6)
    group = registered(cast, alone(person("Iryna", "Koval"), came))
    with scope(cast.udi, cast.day):
        everyone = [member.subject_id for member in members_of(group, cast.day)]
        where = cast.municipality.organisation_id
        start_private_stay(
            group, everyone, kind=StayKind.MAMOT, municipality_id=where, on=came, by=cast.udi, at=cast.at
        )
    return [Place("compute_run", cast.udi, query="?run=MAMOT:2024-01-01")]


def _run_computed(cast: Cast) -> list[Place]:
    books = opened_books(cast)
    here = [reference_of(recorded(books, [due(books.people[0], books.levanger, JANUARY)]))]
    return [Place("run_check", books.colleague, here), Place("run_stop", cast.udi, here)]


def _run_checked(cast: Cast) -> list[Place]:
    books = opened_books(cast)
    here = reference_of(recorded(books, [due(books.people[0], books.levanger, JANUARY)]))
    with scope(books.colleague, cast.day):
        check_run(here, by=books.colleague, at=cast.at)
    return [Place("run_approve", cast.approver, [here])]


def _run_approved(cast: Cast) -> list[Place]:
    books = opened_books(cast)
    run = approved(books, [due(books.people[0], books.levanger, JANUARY)])
    return [Place("run_pay", cast.approver, [reference_of(run)])]


def _owing(cast: Cast) -> tuple[Books, str]:
    """Levanger was paid for a month too many. Gives the reference of the run that says so."""
    books = opened_books(cast)
    paid(books, [due(books.people[0], books.levanger, JANUARY)])
    run = paid(books, [taken_back(books.people[0], books.levanger, JANUARY, keys_of(books))])
    return books, reference_of(run)


def _owed(cast: Cast) -> list[Place]:
    return [Place("claims_after_run", cast.udi, [_owing(cast)[1]])]


def _claimed(cast: Cast) -> list[Place]:
    books, _ = _owing(cast)
    with scope(cast.udi, cast.day):
        here = [open_claim("mamot", books.levanger, by=cast.udi, at=cast.at).subject.reference]
    return [Place("claim_answer", cast.municipality, here), Place("claim_settle", books.colleague, here)]


def _claim_answered(cast: Cast) -> list[Place]:
    books, _ = _owing(cast)
    with scope(cast.udi, cast.day):
        here = open_claim("mamot", books.levanger, by=cast.udi, at=cast.at).subject.reference
    with scope(cast.municipality, cast.day):
        answer_claim(here, "agrees", by=cast.municipality, at=cast.at)
    return [Place("claim_decide", books.colleague, [here])]


MONEY_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "money is due": _money_due,
    "a run computed": _run_computed,
    "a run checked": _run_checked,
    "a run approved": _run_approved,
    "owed": _owed,
    "claimed": _claimed,
    "a claim answered": _claim_answered,
}
MONEY_NAMES: Mapping[str, Sequence[str]] = {
    "money is due": ["compute_run"],
    "a run computed": ["run_check", "run_stop"],
    "a run checked": ["run_approve"],
    "a run approved": ["run_pay"],
    "owed": ["claims_after_run"],
    "claimed": ["claim_answer", "claim_settle"],
    "a claim answered": ["claim_decide"],
}
