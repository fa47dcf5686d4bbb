"""A municipality's places of the year as a plan found them, and what the plan makes of them: for bars and maps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Places:
    """What a plan read of a municipality for a year, in persons: decided and requested by IMDi (None: not known),
    settled, promised and asked for; `kept` for each integration centre that places are kept for. `decided_year`: the
    year that the decision is for where it is an earlier one, that of this year not being known (ADR 0008).
    """

    decided: int | None
    requested: int | None
    settled: int = 0
    promised: int = 0
    asked: int = 0
    kept: Mapping[str, int] = field(default_factory=dict)
    decided_year: int | None = None

    @property
    def taken(self) -> int:
        """Persons who have a place or are asked for, before the plan."""
        return self.settled + self.promised + self.asked


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan proposes for a municipality; `from_centres`: the persons from each integration centre among them."""

    groups: int = 0
    persons: int = 0
    from_centres: Mapping[str, int] = field(default_factory=dict)


class Against(StrEnum):
    """What the places are held against."""

    DECIDED = "decided"
    REQUESTED = "requested"


class Fill(StrEnum):
    """How much of its places a municipality has used with the plan, in classes for a map."""

    UNKNOWN = "unknown"  # nothing decided or asked for, or nothing known
    UNDER_HALF = "under_half"
    OVER_HALF = "over_half"
    NEARLY_FULL = "nearly_full"
    FULL = "full"


_FROM_PERCENT = ((100, Fill.FULL), (75, Fill.NEARLY_FULL), (50, Fill.OVER_HALF), (0, Fill.UNDER_HALF))


def whole_of(places: Places, against: Against = Against.DECIDED) -> int | None:
    """How many places there are: what the council has decided, and IMDi's request where it has not, as the plan counts
    them; or the request. None where it is not known.
    """
    if against is Against.REQUESTED or places.decided is None:
        return places.requested
    return places.decided


def percent_used(places: Places, planned: Planned, against: Against = Against.DECIDED) -> int | None:
    """How many per cent are used when all whom the plan proposes have come, rounded down: 100 is full. None where there
    are no places to use.
    """
    whole = whole_of(places, against)
    return 100 * (places.taken + planned.persons) // whole if whole else None


def fill_of(places: Places, planned: Planned, against: Against = Against.DECIDED) -> Fill:
    """The class for a map."""
    percent = percent_used(places, planned, against)
    if percent is None:
        return Fill.UNKNOWN
    return next(fill for least, fill in _FROM_PERCENT if percent >= least)


def kept_after(places: Places, planned: Planned) -> int:
    """Places that are still kept for integration centres when all whom the plan proposes have come (SET-11)."""
    return sum(max(0, many - planned.from_centres.get(centre, 0)) for centre, many in places.kept.items())
