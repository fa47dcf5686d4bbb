"""A claim's settlements, one entry each, and its end when nothing is left of it."""

from datetime import date, datetime

from django.db.models import Sum

from fotfeste.ledger.actions.heads import person_of, tell
from fotfeste.ledger.domain.states import CLAIM
from fotfeste.ledger.domain.types import SETTLEMENT_ENTRIES, SettlementKind
from fotfeste.ledger.models import Claim, ClaimSettlement, Run
from fotfeste.ledger.queries.balances import claims_to_propose
from fotfeste.ledger.task_codes import ANSWER_CLAIM, DECIDE_CLAIM, FOLLOW_CLAIM, PREPARE_CLAIMS, SETTLE_CLAIM
from fotfeste.platform.viewer import Viewer
from fotfeste.worklist.public import Task, close_tasks

TASKS = (ANSWER_CLAIM, FOLLOW_CLAIM, DECIDE_CLAIM, SETTLE_CLAIM)


def left_of(claim: Claim) -> int:
    """What of a claim is not settled yet, in øre."""
    ends = ClaimSettlement.objects.filter(claim=claim).exclude(kind=SettlementKind.RECOVERED)
    settled = ends.aggregate(sum=Sum("amount_ore"))["sum"]
    return claim.amount_ore - (settled or 0)


def write_settlement(
    claim: Claim,
    kind: SettlementKind,
    amount_ore: int,
    *,
    on: date,
    by: Viewer,
    at: datetime,
    reason: str = "",
    run: Run | None = None,
) -> None:
    """Write how a part of a locked claim came to an end; the claim is closed where nothing is left.

    The database refuses more than the claim.
    """
    entry = SETTLEMENT_ENTRIES[kind]
    ClaimSettlement.objects.create(
        claim=claim,
        subject_id=claim.subject_id,
        kind=kind,
        amount_ore=amount_ore,
        run=run,
        reason=reason.strip(),
        settled_on=on,
        recorded_at=at,
        recorded_by_id=person_of(by),
        debit=entry.debit,
        credit=entry.credit,
    )
    if kind is not SettlementKind.RECOVERED and left_of(claim) == 0:
        close(claim, by=by, at=at)


def close(claim: Claim, *, by: Viewer, at: datetime) -> None:
    """Close a locked claim of which nothing is left. What was asked of anybody is void."""
    transition, before = CLAIM.step(claim.state, "close"), claim.state
    claim.state, claim.closed_at = transition.target, at
    claim.save(update_fields=["state", "closed_at"])
    tell(claim, transition, before, by=by, at=at)
    close_tasks(TASKS, subject_id=claim.subject_id, by=by, at=at, outcome="void")


def close_proposals(scheme: str, *, by: Viewer, at: datetime) -> None:
    """Close the task of seeing who owes where there is nobody left to ask."""
    if claims_to_propose(scheme):
        return
    paid = Run.objects.filter(scheme=scheme, state="paid").values("subject_id")
    waiting = Task.objects.filter(kind=PREPARE_CLAIMS, closed_at__isnull=True, subject_id__in=paid)
    for subject_id in waiting.values_list("subject_id", flat=True):
        close_tasks([PREPARE_CLAIMS], subject_id=subject_id, by=by, at=at)
