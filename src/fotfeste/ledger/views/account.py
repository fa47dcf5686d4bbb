"""A municipality's own account, its spreadsheet, and what one amount rests on."""

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.public import STAY_KINDS
from fotfeste.kernel.calendar import Month
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.ledger.domain.states import OPEN_CLAIM
from fotfeste.ledger.domain.types import Scheme
from fotfeste.ledger.queries.account import own_balances, own_lines, periods_of
from fotfeste.ledger.queries.claims import claims_for
from fotfeste.ledger.queries.lines import MonthExplained, month_explained
from fotfeste.ledger.queries.rows import line_rows
from fotfeste.ledger.sheets import line_sheet
from fotfeste.ledger.views.runs import paged
from fotfeste.ledger.words import CLAIM_STATES, LINE_KINDS, SCHEMES, TONES, cause_of_line
from fotfeste.platform.shown import Whom
from fotfeste.platform.spreadsheet import as_answer, spreadsheet
from fotfeste.platform.views import StaffView

_OF_PERSONS = frozenset({Compartment.IDENTITY, Compartment.MONEY})


class OwnAccountView(StaffView):
    """Claims to answer first, then what is paid and what is coming, then each line."""

    permission: ClassVar[str] = "ledger.see_own"
    shows = _OF_PERSONS

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the account that the address asks for."""
        page = paged(own_lines(self.viewer), request.GET.get("page"))
        self.hits = page.paginator.count
        claims = claims_for(self.viewer).filter(state__in=OPEN_CLAIM)
        periods = periods_of(self.viewer)
        context = {
            "claims": [
                (claim, SCHEMES[claim.scheme], str(CLAIM_STATES[claim.state]), TONES[claim.state]) for claim in claims
            ],
            "may_answer": self.viewer.may("ledger.answer_claim"),
            "balances": [(SCHEMES[scheme], balance) for scheme, balance in own_balances(self.viewer)],
            "periods": [(SCHEMES[each.scheme], each) for each in periods],
            "has_mamot": any(each.scheme == Scheme.MAMOT for each in periods),
            "page": page,
            "rows": [(row, SCHEMES[row.line.scheme]) for row in line_rows(page)],
            "day": self.day,
        }
        return render(request, "ledger/account.html", context)


class OwnSheetView(StaffView):
    """The account as a spreadsheet: the same lines as on the page."""

    permission: ClassVar[str] = "ledger.see_own"
    shows = _OF_PERSONS

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        rows = line_rows(own_lines(self.viewer))
        self.hits = len(rows)
        name = f"tilskudd-{self.day.isoformat()}"
        return as_answer(name, spreadsheet([line_sheet(rows, with_municipality=False)]))


class LineView(StaffView):
    """What the amounts of a person's month rest on: days, rate and source, fact, who reported it and when (MON-03)."""

    shows = _OF_PERSONS

    @classmethod
    def permissions(cls) -> Sequence[str]:
        """UDI and the municipality read the same page."""
        return ("ledger.see", "ledger.see_own")

    @cached_property
    def explained(self) -> MonthExplained:
        """The month. Raises NotFound."""
        try:
            month = Month.parse(str(self.kwargs["month"])).first_day
        except Refused as error:
            raise NotFound("not_found") from error
        return month_explained(self.viewer, str(self.kwargs["reference"]), month)

    def whom(self) -> Whom | None:
        """The person that it is about."""
        found = self.explained
        reasons = self.viewer.opens.get(Compartment.MONEY, frozenset())
        if found.household_id is None:
            return None
        return Whom(found.household_id, (found.subject_id,), reasons)

    def get(self, request: HttpRequest, reference: str, month: str) -> HttpResponse:
        """The month."""
        found = self.explained
        context = {
            "found": found,
            "month": found.lines[0].line.month,
            "sum_ore": sum(each.line.amount_ore for each in found.lines),
            "person": found.person or _("en person du ikke har innsyn i"),
            "lines": [
                (
                    each,
                    SCHEMES[each.line.scheme],
                    str(LINE_KINDS[each.line.kind]),
                    cause_of_line(each.line.cause),
                    str(STAY_KINDS[each.stay.kind]) if each.stay else "",
                )
                for each in found.lines
            ],
        }
        return render(request, "ledger/line.html", context)
