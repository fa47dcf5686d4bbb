"""Who asks UDI for what was paid for an own car: who paid it, and who does so when they see the household no more."""

from dataclasses import dataclass
from datetime import date

from fotfeste.access.public import NeedReason, organisations_by_reason
from fotfeste.settlement.models import CarClaim

_REASONS = (NeedReason.LIVES_HERE, NeedReason.LIVED_HERE, NeedReason.SETTLEMENT_CASE)


@dataclass(frozen=True, slots=True)
class Claimants:
    """Those who see the claims of a household on a day: where it lives, where it has lived, and IMDi."""

    live_at: tuple[int, ...] = ()
    left: tuple[int, ...] = ()  # centres that they have left, which see them for a while still
    imdi: tuple[int, ...] = ()

    def whose(self, claim: CarClaim) -> int | None:
        """Who is asked about a claim: whoever paid it, as long as they see the household; else the centre where it
        lives; else whose the claim's case is, a centre that sees it still or IMDi. None where nobody is left.
        """
        payer, centre = claim.organisation_id, claim.case.centre_id
        if payer in (*self.live_at, *self.left, *self.imdi):
            return payer
        here = sorted(self.live_at, key=lambda each: each != centre)
        return next(
            iter([*here, *(each for each in self.left if each == centre), *(self.imdi if not centre else ())]), None
        )


def claimants_of(group_id: int, day: date) -> Claimants:
    """Who sees what was paid to a household, as far as the session may know. One query."""
    found = organisations_by_reason(group_id, _REASONS, day)
    return Claimants(*(tuple(found[reason]) for reason in _REASONS))
