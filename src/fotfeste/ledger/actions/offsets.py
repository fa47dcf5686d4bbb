"""What a run holds back: for open claims (an offset is a payment of the claim with what would have been paid out), and
for what was let go of months that it gives again.
"""

from datetime import datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.ledger.actions.settling import left_of, write_settlement
from fotfeste.ledger.domain.states import OPEN_CLAIM
from fotfeste.ledger.domain.types import SettlementKind
from fotfeste.ledger.models import Claim, Run
from fotfeste.ledger.queries.balances import balances, recoverable
from fotfeste.platform.viewer import Viewer


def recover_losses(run: Run, *, by: Viewer, at: datetime) -> None:
    """Take back what was let go of the months that a run that is being paid gives again: the municipality has had the
    money all the time. Its total was computed so; what was let go while the run waited is taken back too.
    """
    lost = dict(recoverable(run.scheme, run.pk))
    for claim in Claim.objects.select_for_update(of=("self",)).filter(pk__in=lost).order_by("pk"):
        write_settlement(claim, SettlementKind.RECOVERED, lost[claim.pk], run=run, on=legal_day(at), by=by, at=at)


def offset_claims(run: Run, *, by: Viewer, at: datetime) -> None:
    """Settle open claims with what a run that is being paid has held back from their municipalities.

    What a municipality has to its credit after the payments is what was held back, no more than is left of the claim.
    """
    credit = {each.municipality_id: each.balance_ore + each.claimed_ore for each in balances(run.scheme)}
    claims = Claim.objects.select_for_update(of=("self",)).filter(scheme=run.scheme, state__in=OPEN_CLAIM)
    for claim in claims.order_by("pk"):
        amount_ore = min(credit.get(claim.municipality_id, 0), left_of(claim))
        if amount_ore > 0:
            write_settlement(claim, SettlementKind.OFFSET, amount_ore, run=run, on=legal_day(at), by=by, at=at)
