"""A municipality's own account: what is paid, what is coming, each line."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from fotfeste.ledger.domain.types import Balance, Scheme
from fotfeste.ledger.models import Line, Payment, RunTotal
from fotfeste.ledger.queries.balances import balances
from fotfeste.ledger.queries.counting import counts, is_paid
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Period:
    """What a run has come to for the municipality, and when that was paid (None: it is coming)."""

    scheme: str
    total: RunTotal
    is_paid: bool
    paid_at: datetime | None


def periods_of(viewer: Viewer) -> list[Period]:
    """What every run that counts has come to for the viewer's municipality, the latest first."""
    sent = Payment.objects.filter(run_id=OuterRef("run_id"), municipality_id=OuterRef("municipality_id"))
    totals = (
        RunTotal.objects.filter(counts(), municipality_id=viewer.organisation_id)
        .annotate(has_paid=is_paid(), sent_at=Subquery(sent.values("paid_at")))
        .order_by("-through", "-pk")
    )
    return [Period(total.scheme, total, total.has_paid, total.sent_at) for total in totals]


def own_lines(viewer: Viewer) -> QuerySet[Line]:
    """The lines that count of the viewer's municipality, of persons that it still knows of; the latest month first."""
    lines = Line.objects.filter(counts(), municipality_id=viewer.organisation_id)
    return (
        lines.annotate(has_paid=is_paid())
        .select_related("reported_by", "subject")
        .order_by("-month", "subject_id", "pk")
    )


def own_balances(viewer: Viewer) -> list[tuple[Scheme, Balance]]:
    """What stands between the state and the viewer's municipality, for each scheme that it has anything of."""
    found = []
    for scheme in Scheme:
        mine = [each for each in balances(scheme) if each.municipality_id == viewer.organisation_id]
        found += [(scheme, each) for each in mine]
    return found
