"""What the household page shows of grants: what has been computed and paid for them, by whom to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment, NeedReason
from fotfeste.ledger.public import LineKind, PersonMonth, cause_of_line, money_of
from fotfeste.platform.panels import HouseholdContext, Panel

ORDER = 70
_OF_GRANTS = frozenset({NeedReason.GRANT_CASE, NeedReason.HOUSED_HERE})


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line of the ledger about one person, in words, with the way to what it rests on."""

    name: str
    month: date
    municipality: str
    amount_ore: int
    what: str
    is_paid: bool
    url: str


@dataclass(frozen=True, slots=True)
class MoneySum:
    """What a municipality has been granted for the household: paid, and still to be paid (or held back)."""

    municipality: str
    paid_ore: int
    waiting_ore: int
    first: date
    last: date


def household_panels(context: HouseholdContext) -> list[Panel]:
    """What has been computed for them, where there is anything and the viewer may see it.

    Asked of those alone of whom there is a grant, or was until claims of it were barred: of others it costs no query.
    """
    if not context.reasons & _OF_GRANTS & context.viewer.opens.get(Compartment.MONEY, frozenset()):
        return []
    months = money_of(context.viewer, context.person_ids)
    if not months:
        return []
    return [
        Panel(
            code="money",
            title=_("Penger"),
            template="grants/money_panel.html",
            context={
                "sums": _sums(months),
                "lines": [_line(context, each) for each in reversed(months)],
                "what_if_url": reverse("money_if", args=[context.reference]),
            },
            order=ORDER,
            shows=frozenset({Compartment.MONEY}),
        )
    ]


def _line(context: HouseholdContext, each: PersonMonth) -> MoneyLine:
    kind = _("tilskudd") if each.kind == LineKind.DUE else _("rettelse")
    cause = cause_of_line(each.cause)
    return MoneyLine(
        context.names.get(each.subject_id, ""),
        each.month,
        each.municipality,
        each.amount_ore,
        f"{kind}: {cause}" if cause else kind,
        each.is_paid,
        reverse("ledger_line", args=each.address),
    )


def _sums(months: Sequence[PersonMonth]) -> list[MoneySum]:
    by_place: dict[str, list[PersonMonth]] = {}
    for each in months:
        by_place.setdefault(each.municipality, []).append(each)
    return [_sum(place, found) for place, found in by_place.items()]


def _sum(place: str, months: Sequence[PersonMonth]) -> MoneySum:
    by_month: dict[date, int] = {}
    for each in months:
        by_month[each.month] = by_month.get(each.month, 0) + each.amount_ore
    given = [month for month, amount in by_month.items() if amount] or list(by_month)
    return MoneySum(
        place,
        sum(each.amount_ore for each in months if each.is_paid),
        sum(each.amount_ore for each in months if not each.is_paid),
        min(given),
        max(given),
    )
