"""Claims as UDI and the municipality read them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from fotfeste.kernel.errors import NotFound
from fotfeste.ledger.domain.states import OPEN_CLAIM
from fotfeste.ledger.domain.types import SettlementKind
from fotfeste.ledger.models import Claim, ClaimPart, ClaimSettlement
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ClaimOnPage:
    """A claim with everything that its page shows. `left_ore` is what is not settled, `is_overdue` whether the deadline
    for the answer is past and there is none.
    """

    claim: Claim
    parts: tuple[ClaimPart, ...]
    settlements: tuple[ClaimSettlement, ...]
    left_ore: int
    is_overdue: bool


def claims_for(viewer: Viewer) -> QuerySet[Claim]:
    """The claims that the viewer sees (UDI all, a municipality its own), those that wait first. `left_ore` of each."""
    if not (viewer.may("ledger.see") or viewer.may("ledger.see_own")):
        return Claim.objects.none()
    is_open = Case(When(state__in=OPEN_CLAIM, then=Value(0)), default=Value(1), output_field=IntegerField())
    ends = ~Q(settlements__kind=SettlementKind.RECOVERED)
    settled = Coalesce(Sum("settlements__amount_ore", filter=ends), Value(0))
    whose = Q() if viewer.may("ledger.see") else Q(municipality_id=viewer.organisation_id)
    return (
        Claim.objects.filter(whose)
        .select_related("subject", "municipality")
        .annotate(left_ore=F("amount_ore") - settled)
        .order_by(is_open, "answer_due_on", "pk")
    )


def claim_of(viewer: Viewer, reference: str) -> Claim:
    """The claim behind a reference. Raises NotFound."""
    people = ("prepared_by", "answered_by", "decided_by", "organisation")
    claim = claims_for(viewer).select_related("subject", "municipality", *people).filter(subject__reference=reference)
    if (found := claim.first()) is None:
        raise NotFound("not_found")
    return found


def claim_on_page(viewer: Viewer, reference: str, day: date, *, with_persons: bool = True) -> ClaimOnPage:
    """The claim with each person, month and cause, and how far it is settled. Raises NotFound.

    A form about the sum alone reads nobody's months: then `parts` is empty.
    """
    claim = claim_of(viewer, reference)
    parts = ClaimPart.objects.filter(claim=claim).select_related("subject").order_by("subject_id", "month", "pk")
    settlements = ClaimSettlement.objects.filter(claim=claim).select_related("recorded_by").order_by("pk")
    return ClaimOnPage(
        claim=claim,
        parts=tuple(parts) if with_persons else (),
        settlements=tuple(settlements),
        left_ore=claim.left_ore,  # type: ignore[attr-defined]  # annotated above
        is_overdue=claim.state == "noticed" and day > claim.answer_due_on,
    )
