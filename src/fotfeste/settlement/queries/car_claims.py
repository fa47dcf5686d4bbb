"""Claims for own cars in a list: by state, centre and month, with sums (TRV-03)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Func, JSONField

from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import Month
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.own_car import Claimed, to_ask_again, udis_shares
from fotfeste.settlement.models import CarClaim

WAITS = "waits"  # of UDI: to decide, or to refund


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What of the claims is wanted: a state or `waits`, a centre and the month of payment; empty for all."""

    state: str = ""
    centre: str = ""
    month: Month | None = None

    def takes(self, each: "Listed") -> bool:
        """Whether a claim is among them."""
        states = ("sent", "approved") if self.state == WAITS else (self.state,)
        return (
            (not self.state or each.claim.state in states)
            and (not self.centre or each.centre == self.centre)
            and (self.month is None or Month.of(each.claim.paid_on) == self.month)
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim, and what of it is between the centre and UDI, in øre; what is to be paid to UDI is less than nothing."""

    claim: CarClaim
    share_ore: int
    is_to_ask_again: bool = False  # denied, and not paid back

    @property
    def centre(self) -> str:
        """The public reference of the centre that paid; empty where it was not written down."""
        return self.claim.organisation.reference if self.claim.organisation else ""

    @property
    def owed_ore(self) -> int:
        """What UDI has approved and not refunded."""
        return self.share_ore if self.claim.state == "approved" else 0


@dataclass(frozen=True, slots=True)
class Sums:
    """Of some claims, in øre: paid to households, not answered by UDI, approved and not refunded, and refunded."""

    count: int
    paid_ore: int
    waiting_ore: int
    owed_ore: int
    refunded_ore: int
    unknown: int  # how many were refunded before it was written down with how much: they are not in `refunded_ore`


class Figures(Func):
    """The figures of all claims of a row's case, also of those that the session does not see; NULL where it has paid
    nothing in it. As `claimed` reads them.
    """

    function = "car_claim_figures"
    output_field = JSONField()


def listed_claims(viewer: Viewer) -> list[Listed]:
    """The claims that a viewer follows, the newest payment first: UDI all, others those that they paid. One query.

    Shares are the same for both: what others have paid in a case is counted, and not shown.
    """
    rows = CarClaim.objects.select_related("organisation", "subject", "case").annotate(figures=Figures("case_id"))
    if viewer.organisation_kind != OrganisationKind.UDI:
        rows = rows.filter(organisation_id=viewer.organisation_id)
    of_case: dict[int, list[CarClaim]] = defaultdict(list)
    for claim in rows.order_by("case_id", "number"):
        of_case[claim.case_id].append(claim)
    found = [
        Listed(claim, shares[claim.number], claim.state == "denied" and to_ask_again(claim.number, whole) > 0)
        for claims in of_case.values()
        for whole in [claimed(claims)]
        for shares in [udis_shares(whole)]
        for claim in claims
    ]
    return sorted(found, key=lambda each: (each.claim.paid_on, each.claim.pk), reverse=True)


def claimed(claims: Sequence[CarClaim]) -> list[Claimed]:
    """The claims of a case as UDI is to see them: by the figures of all where they were asked for (`Figures`)."""
    whole = next(filter(None, (getattr(each, "figures", None) for each in claims)), None)
    if whole:
        return [Claimed(*each) for each in whole]
    return [
        Claimed(each.number, each.state, each.amount_ore, each.asked_ore, each.resent_after, each.refunded_ore)
        for each in claims
    ]


def name_of(claim: CarClaim) -> str:
    """What a claim is called in an address: its case's public reference and its number there."""
    return f"{claim.case.reference}-{claim.number}"


def sums_of(claims: Iterable[Listed]) -> Sums:
    """The sums of some claims."""
    found = list(claims)
    return Sums(
        count=len(found),
        paid_ore=sum(each.claim.amount_ore for each in found),
        waiting_ore=sum(each.share_ore for each in found if each.claim.state in ("paid_out", "sent")),
        owed_ore=sum(each.owed_ore for each in found),
        refunded_ore=sum(each.claim.refunded_ore or 0 for each in found),
        unknown=sum(each.claim.state == "refunded" and each.claim.refunded_ore is None for each in found),
    )


def sums_by_month(claims: Sequence[Listed]) -> list[tuple[date, Sums]]:
    """The same for each month in which something was paid, the newest first; the first day stands for the month."""
    months = sorted({Month.of(each.claim.paid_on).first_day for each in claims}, reverse=True)
    return [
        (first, sums_of(each for each in claims if Month.of(each.claim.paid_on) == Month.of(first))) for first in months
    ]
