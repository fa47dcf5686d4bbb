"""Which runs can be asked for, and what one would give beside the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min

from fotfeste.accommodation.public import Stay
from fotfeste.directory.public import Organisation
from fotfeste.grants.domain.periods import through_of, throughs
from fotfeste.grants.domain.types import Scheme
from fotfeste.grants.models import RunOrder
from fotfeste.grants.queries.books import latest_counted
from fotfeste.grants.queries.computed import Computed, computed
from fotfeste.ledger.public import Run, RunTotal


@dataclass(frozen=True, slots=True)
class Choice:
    """A run that can be asked for: a scheme, and the first day after the months it covers."""

    scheme: Scheme
    through: date
    is_next: bool  # the first period that no run that counts has reached

    @property
    def code(self) -> str:
        """As it is sent: `MAMOT:2022-07-01`."""
        return f"{self.scheme.value}:{self.through.isoformat()}"


@dataclass(frozen=True, slots=True)
class MunicipalityPreview:
    """What a run would say for a municipality, and what the last one said."""

    name: str
    net_ore: int
    last_ore: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would give, by municipality, beside the last run that counts."""

    found: Computed
    municipalities: tuple[MunicipalityPreview, ...]
    last: Run | None
    months_without_rate: tuple[date, ...]


def choices(day: date) -> list[Choice]:
    """The runs that can be asked for on a day: of each scheme every period that is over, from the last that a run
    has reached; that one too, for what has become known since.
    """
    found = list[Choice]()
    for scheme in (Scheme.MAMOT, Scheme.AMOT):
        code = scheme.value.lower()
        latest = latest_counted(code)
        if latest is not None:
            again = [] if latest.through > through_of(scheme, day) else [Choice(scheme, latest.through, is_next=False)]
            ahead = [through for through in throughs(scheme, latest.through, day) if through > latest.through]
        else:
            first = Stay.objects.filter(kind=code).aggregate(first=Min("period__startswith"))["first"]
            again, ahead = [], list(throughs(scheme, first, day)) if first else []
        next_through = min(ahead, default=None)
        found += again
        found += [Choice(scheme, each, is_next=each == next_through) for each in sorted(ahead)]
    return found


def preview(scheme: Scheme, through: date, at: datetime) -> Preview:
    """What a run would say by what is known at an instant. Writes nothing."""
    found = computed(scheme, through, at)
    last = latest_counted(scheme.value.lower())
    before: Mapping[int, int] = (
        dict(RunTotal.objects.filter(run=last).values_list("municipality_id", "net_ore")) if last else {}
    )
    concerned = Organisation.objects.filter(pk__in={*found.net_by_municipality, *before}).order_by("sort_key")
    rows = tuple(
        MunicipalityPreview(name, found.net_by_municipality.get(pk, 0), before.get(pk, 0))
        for pk, name in concerned.values_list("pk", "name")
    )
    return Preview(found, rows, last, tuple(sorted({each.month for each in found.refused})))


def latest_orders() -> Sequence[RunOrder]:
    """The runs asked for last, the newest first."""
    return list(RunOrder.objects.select_related("ordered_by", "run__subject").order_by("-pk")[:5])
