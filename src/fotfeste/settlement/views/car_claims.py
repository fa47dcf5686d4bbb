"""The list of claims for own cars: what UDI is to decide and refund, and what a centre has paid and waits for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.directory.public import OrganisationKind
from fotfeste.kernel.calendar import Month
from fotfeste.kernel.errors import Refused
from fotfeste.platform.views import StaffView
from fotfeste.platform.words import capital
from fotfeste.registry.public import household_names
from fotfeste.settlement.queries.car_claims import (
    WAITS,
    ClaimFilter,
    Listed,
    Sums,
    listed_claims,
    name_of,
    sums_by_month,
    sums_of,
)
from fotfeste.settlement.sentences_travel import CLAIM_STATES, CLAIM_TONES, RETURN_STATES

PER_PAGE = 50
# What is done with a claim in a state: by UDI, and by the centre.
_UDIS: Mapping[str, str] = {"sent": "decide_car_claim", "approved": "refund_car_claim"}
_CENTRES: Mapping[str, str] = {"paid_out": "send_car_claim", "denied": "resend_car_claim"}


class CarClaimsView(StaffView):
    """Filtered, the newest payment first, 50 a page, the state in the address; sums by the month of payment."""

    shows = frozenset({Compartment.IDENTITY, Compartment.SETTLEMENT})

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """Those who decide claims, and those who pay and send them."""
        return ("settlement.approve_travel", "settlement.arrange_journey")

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        everything = listed_claims(self.viewer)
        wanted = _wanted(request.GET.get("state", ""), request.GET.get("centre", ""), request.GET.get("month", ""))
        taken = [each for each in everything if wanted.takes(each)]
        page = Paginator(taken, PER_PAGE).get_page(request.GET.get("page"))
        names = household_names([each.claim.subject_id for each in page.object_list], self.day)
        self.hits = len(taken)
        months = sums_by_month(everything)
        context = {
            "page": page,
            "rows": [self._row(each, names.get(each.claim.subject_id, "")) for each in page.object_list],
            "total": len(everything),
            "sums": sums_of(taken),
            "months": months,
            "states": _counted(everything),
            "centres": sorted({(each.centre, _centre(each)) for each in everything if each.centre}, key=_by_name),
            "wanted": wanted,
            "month": str(wanted.month or ""),
            "month_choices": [(str(Month.of(first)), first) for first, _sums in months],
            "is_udi": self._is_udi,
        }
        return render(request, "settlement/journey/car_claims.html", context)

    @property
    def _is_udi(self) -> bool:
        return self.viewer.organisation_kind == OrganisationKind.UDI

    def _row(self, each: Listed, name: str) -> dict[str, Any]:
        claim = each.claim
        states = CLAIM_STATES if claim.amount_ore > 0 else RETURN_STATES
        return {
            "reference": claim.subject.reference,
            "name": name,
            "centre": _centre(each),
            "paid_on": claim.paid_on,
            "amount_ore": claim.amount_ore,
            "share_ore": each.share_ore,
            "refunded_ore": claim.refunded_ore,
            "state": str(states[claim.state]),
            "tone": CLAIM_TONES[claim.state],
            "since_on": claim.refunded_on or claim.decided_on or claim.sent_on or claim.paid_on,
            "denials": len(claim.denials),
            "act": self._act(each),
            "claim": name_of(claim),
            "is_unknown": claim.state == "refunded" and claim.refunded_ore is None,
        }

    def _act(self, each: Listed) -> str:
        """What the viewer is to do with it now; what residents paid back, and UDI never covered, is done with."""
        if each.claim.state == "denied" and not (each.claim.amount_ore > 0 and each.is_to_ask_again):
            return ""
        return (_UDIS if self._is_udi else _CENTRES).get(each.claim.state, "")


def _wanted(state: str, centre: str, month: str) -> ClaimFilter:
    """What the address asks for; what it does not name rightly is not asked for."""
    try:
        paid_in = Month.parse(month) if month else None
    except Refused:
        paid_in = None
    return ClaimFilter(state if state == WAITS or state in CLAIM_STATES else "", centre, paid_in)


def _counted(claims: Sequence[Listed]) -> list[tuple[str, str, Sums]]:
    """The choices of state, in words, each with how many there are."""
    choices = [(WAITS, _("Venter på UDI")), *((state, capital(words)) for state, words in CLAIM_STATES.items())]
    return [(code, words, sums_of(filter(ClaimFilter(code).takes, claims))) for code, words in choices]


def _centre(each: Listed) -> str:
    return each.claim.organisation.name if each.claim.organisation else ""


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1]
