"""What the books say of persons, to those who may see it: from a person to every krone (MON-03)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from fotfeste.access.public import Compartment
from fotfeste.kernel.calendar import Month
from fotfeste.ledger.domain.types import LineOnBook, Scheme
from fotfeste.ledger.models import Line
from fotfeste.ledger.queries.counting import counts, is_paid
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One line about a person as a panel shows it. `is_paid`: the run that it is in has been paid."""

    line_id: int
    subject_id: int
    scheme: str
    month: date
    municipality_id: int
    municipality: str
    amount_ore: int
    kind: str
    cause: str
    is_paid: bool
    reference: str  # the person's

    @property
    def address(self) -> tuple[str, str]:
        """What the address of the page that explains it needs (`ledger_line`): the person and the month."""
        return self.reference, str(Month.of(self.month))


def person_money(viewer: Viewer, subject_id: int) -> list[PersonMonth]:
    """Every line that counts of a person and that the viewer may see, by month, then in the order written. One query.

    Empty where the viewer's roles open no money of anybody.
    """
    return money_of(viewer, [subject_id])


def money_of(viewer: Viewer, subject_ids: Collection[int]) -> list[PersonMonth]:
    """The same of several persons at once, as of a household."""
    if not viewer.opens.get(Compartment.MONEY):
        return []
    return [_month(line) for line in _counted().filter(subject_id__in=subject_ids).order_by("month", "pk")]


def lines_about(scheme: Scheme | str, subject_ids: Collection[int]) -> list[LineOnBook]:
    """The lines that count of some persons, as far as the session sees them, in the order written: for what a date
    would change (what if), and for correcting one of them.
    """
    found = _counted().filter(scheme=scheme, subject_id__in=subject_ids).order_by("pk")
    return [
        LineOnBook(*row)
        for row in found.values_list("id", "run_id", "subject_id", "municipality_id", "month", "amount_ore")
    ]


def _counted() -> QuerySet[Line]:
    """Lines of runs that count."""
    return Line.objects.filter(counts()).annotate(
        is_paid=is_paid(), place=F("municipality__name"), whose=F("subject__reference")
    )


def _month(line: Line) -> PersonMonth:
    return PersonMonth(
        line_id=line.pk,
        subject_id=line.subject_id,
        scheme=line.scheme,
        month=line.month,
        municipality_id=line.municipality_id,
        municipality=line.place,  # type: ignore[attr-defined]  # annotated above
        amount_ore=line.amount_ore,
        kind=line.kind,
        cause=line.cause,
        is_paid=line.is_paid,  # type: ignore[attr-defined]
        reference=line.whose,  # type: ignore[attr-defined]
    )
