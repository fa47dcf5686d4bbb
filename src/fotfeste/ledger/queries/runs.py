"""Runs as UDI reads them: the list, one run, what it comes to, its lines and what was refused."""

from django.db.models import F, QuerySet, Sum

from fotfeste.kernel.errors import NotFound
from fotfeste.ledger.domain.states import OPEN_RUN
from fotfeste.ledger.models import Line, Refusal, Run, RunTotal
from fotfeste.platform.viewer import Viewer


def runs_for(viewer: Viewer) -> QuerySet[Run]:
    """Every run, the latest first; none for who does not see the books."""
    if not viewer.may("ledger.see"):
        return Run.objects.none()
    return Run.objects.select_related("subject", "computed_by", "approved_by").order_by("-computed_at", "-pk")


def run_of(viewer: Viewer, reference: str) -> Run:
    """The run behind a reference, with everybody who did something to it. Raises NotFound."""
    run = (
        runs_for(viewer)
        .select_related("subject", "computed_by", "checked_by", "approved_by", "paid_by", "stopped_by")
        .filter(subject__reference=reference)
        .first()
    )
    if run is None:
        raise NotFound("not_found")
    return run


def open_run(viewer: Viewer, scheme: str) -> Run | None:
    """The run of a scheme that is not finished, if there is one."""
    return runs_for(viewer).filter(scheme=scheme, state__in=OPEN_RUN).first()


def totals_of(run: Run) -> QuerySet[RunTotal]:
    """What a run comes to for each municipality, by name."""
    return RunTotal.objects.filter(run=run).select_related("municipality").order_by("municipality__sort_key", "pk")


def payable_of(run: Run) -> int:
    """What a run pays in all, in øre."""
    return totals_of(run).order_by().aggregate(sum=Sum("payable_ore"))["sum"] or 0


def lines_of_run(run: Run, municipality: str = "") -> QuerySet[Line]:
    """The lines of a run, by municipality, person and month; of one municipality (its number) where that is asked."""
    lines = Line.objects.filter(run=run).select_related("municipality", "reported_by", "subject")
    if municipality:
        lines = lines.filter(municipality__municipality_id=municipality)
    return lines.order_by("municipality__sort_key", "subject_id", "month", "pk").annotate(
        number=F("municipality__municipality_id")
    )


def refusals_of(run: Run) -> QuerySet[Refusal]:
    """What a run could not compute, by municipality, person and month."""
    return (
        Refusal.objects.filter(run=run)
        .select_related("municipality")
        .order_by("municipality__sort_key", "subject_id", "month", "pk")
    )
