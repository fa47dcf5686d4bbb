"""Bulk loading of past claims: noticed, answered, decided and paid, or still waiting for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from fotfeste.access.loading import first_subject_key, load_needs, load_subjects
from fotfeste.access.public import NeedReason, SubjectKind
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.periods import Period
from fotfeste.ledger.domain.deadlines import due_after
from fotfeste.ledger.domain.types import SETTLEMENT_ENTRIES, Scheme, SettlementKind
from fotfeste.ledger.models import Claim, ClaimPart, ClaimSettlement
from fotfeste.ledger.task_codes import ANSWER_CLAIM, DECIDE_CLAIM, FOLLOW_CLAIM, SETTLE_CLAIM
from fotfeste.platform.bulk import Loader
from fotfeste.platform.public_ids import new_reference
from fotfeste.worklist.loading import load_tasks

TABLES = (Claim, ClaimPart, ClaimSettlement)


class PastPart(NamedTuple):
    """One person's month of a claim, and the key of the line that took it back."""

    line_id: int
    subject_id: int
    month: date
    amount_ore: int
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastClaim:
    """A claim as far as it has come: each step has its instant, or None where it has not been taken.

    The municipality agrees; the claim is upheld, and paid whole.
    """

    scheme: Scheme
    organisation_id: int
    municipality_id: int
    parts: Sequence[PastPart]
    noticed_at: datetime
    prepared_by_id: int
    answered_at: datetime | None
    answered_by_id: int
    decided_at: datetime | None
    decided_by_id: int
    paid_at: datetime | None

    @property
    def amount_ore(self) -> int:
        """What is asked for."""
        return sum(part.amount_ore for part in self.parts)

    @property
    def state(self) -> str:
        """By the last step taken."""
        if self.paid_at is not None:
            return "closed"
        if self.decided_at is not None:
            return "decided"
        return "noticed" if self.answered_at is None else "answered"


class _Subject(NamedTuple):
    id: int
    kind: str
    reference: str


class _Need(NamedTuple):
    subject_id: int
    organisation_id: int
    reason: str
    period: Period
    opened_at: datetime


class _Claim(NamedTuple):
    id: int
    subject_id: int
    organisation_id: int
    municipality_id: int
    scheme: str
    amount_ore: int
    state: str
    noticed_on: date
    answer_due_on: date
    due_rule: str
    prepared_at: datetime
    prepared_by_id: int
    answer: str
    answered_at: datetime | None
    answered_by_id: int | None
    decision: str
    upheld_ore: int | None
    decided_at: datetime | None
    decided_by_id: int | None
    pay_due_on: date | None
    closed_at: datetime | None


class _Part(NamedTuple):
    claim_id: int
    subject_id: int
    municipality_id: int
    line_id: int
    month: date
    amount_ore: int
    cause: str


class _Settlement(NamedTuple):
    claim_id: int
    subject_id: int
    kind: str
    amount_ore: int
    settled_on: date
    recorded_at: datetime
    recorded_by_id: int
    debit: str
    credit: str


class _Task(NamedTuple):
    reference: str
    kind: str
    subject_id: int
    organisation_id: int
    object_id: int
    basis_on: date
    due_on: date
    due_rule: str
    cause: str
    opened_at: datetime


def load_past_claims(loader: Loader, claims: Sequence[PastClaim]) -> int:
    """Claims with their parts, how they were paid, and what somebody has to do about them; gives their number."""
    first_subject, first_claim = first_subject_key(loader), loader.next_key(Claim)
    numbered = [(first_subject + n, first_claim + n, claim) for n, claim in enumerate(claims)]
    load_subjects(loader, [_Subject(subject, SubjectKind.MONEY, new_reference()) for subject, _, _ in numbered])
    load_needs(
        loader,
        [
            _Need(
                subject, organisation_id, NeedReason.GRANT_CASE, Period(legal_day(claim.noticed_at)), claim.noticed_at
            )
            for subject, _, claim in numbered
            for organisation_id in (claim.organisation_id, claim.municipality_id)
        ],
    )
    loader.copy(Claim, [_head(subject, key, claim) for subject, key, claim in numbered])
    loader.copy(
        ClaimPart,
        [
            _Part(key, part.subject_id, claim.municipality_id, part.line_id, part.month, part.amount_ore, part.cause)
            for _, key, claim in numbered
            for part in claim.parts
        ],
    )
    loader.copy(
        ClaimSettlement,
        [_paid(subject, key, claim, claim.paid_at) for subject, key, claim in numbered if claim.paid_at is not None],
    )
    load_tasks(loader, [task for each in numbered for task in _tasks(*each)])
    return len(numbered)


def _head(subject_id: int, key: int, claim: PastClaim) -> _Claim:
    noticed_on = legal_day(claim.noticed_at)
    due = due_after("ledger.claim_answer_days", noticed_on)
    is_answered, decided_at = claim.answered_at is not None, claim.decided_at
    return _Claim(
        id=key,
        subject_id=subject_id,
        organisation_id=claim.organisation_id,
        municipality_id=claim.municipality_id,
        scheme=claim.scheme,
        amount_ore=claim.amount_ore,
        state=claim.state,
        noticed_on=noticed_on,
        answer_due_on=due.due_on,
        due_rule=due.rule,
        prepared_at=claim.noticed_at,
        prepared_by_id=claim.prepared_by_id,
        answer="agrees" if is_answered else "",
        answered_at=claim.answered_at,
        answered_by_id=claim.answered_by_id if is_answered else None,
        decision="upheld" if decided_at else "",
        upheld_ore=claim.amount_ore if decided_at else None,
        decided_at=decided_at,
        decided_by_id=claim.decided_by_id if decided_at else None,
        pay_due_on=due_after("ledger.claim_pay_days", legal_day(decided_at)).due_on if decided_at else None,
        closed_at=claim.paid_at,
    )


def _paid(subject_id: int, key: int, claim: PastClaim, at: datetime) -> _Settlement:
    entry = SETTLEMENT_ENTRIES[SettlementKind.PAID]
    return _Settlement(
        key,
        subject_id,
        SettlementKind.PAID,
        claim.amount_ore,
        legal_day(at),
        at,
        claim.decided_by_id,
        entry.debit,
        entry.credit,
    )


def _tasks(subject_id: int, key: int, claim: PastClaim) -> list[_Task]:
    """Whose turn it is, as the acts open it."""
    udi, at = claim.organisation_id, claim.noticed_at
    if claim.state == "noticed":
        rule, cause, asked = (
            "ledger.claim_answer_days",
            "ledger.claim_noticed",
            [
                (ANSWER_CLAIM, claim.municipality_id),
                (FOLLOW_CLAIM, udi),
            ],
        )
    elif claim.state == "answered" and claim.answered_at is not None:
        rule, cause, asked, at = "ledger.run_step_days", "ledger.claim_answer", [(DECIDE_CLAIM, udi)], claim.answered_at
    elif claim.state == "decided" and claim.decided_at is not None:
        rule, cause, asked, at = "ledger.claim_pay_days", "ledger.claim_decide", [(SETTLE_CLAIM, udi)], claim.decided_at
    else:
        return []
    due = due_after(rule, legal_day(at))
    return [
        _Task(new_reference(), kind, subject_id, organisation_id, key, legal_day(at), due.due_on, due.rule, cause, at)
        for kind, organisation_id in asked
    ]
