"""How each municipality fits one household today: for whoever looks, and for whoever steers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.allocation.domain.fit import possible
from fotfeste.allocation.domain.score import Score, score
from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.kernel.decisions import Decision
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Fit:
    """A municipality seen from a household: whether it is possible, and its score in parts."""

    number: str
    name: str
    decision: Decision
    score: Score


@dataclass(frozen=True, slots=True)
class HouseholdFits:
    """How every municipality fits a household: those that are possible first, the most points first. `pinned`: the
    number of the municipality that it is pinned to, "" where it is not; the fits are as without the pin.
    """

    fits: Sequence[Fit]
    pinned: str


@dataclass(frozen=True, slots=True)
class PinChoice:
    """A municipality that a household can be pinned to, and its score in thousandths of a point per person, as if
    nobody else in the next plan went there: nobody knows yet who will.
    """

    number: str
    name: str
    total: int


def fits_of(viewer: Viewer, group_id: int, day: date) -> HouseholdFits | None:
    """Every municipality as it fits a household by the policy of the day, as if nobody else went there. None where the
    household is not in the queue.
    """
    found = candidates_on(viewer, day, group_id)
    if not found.groups:
        return None
    [group], country = found.groups, {each.number: each for each in found.municipalities}
    steering = found.steering.without_pins
    decided = [(each, possible(group, each, steering)) for each in found.municipalities]
    fits = [
        Fit(each.number, each.name, decision, score(group, each, country, found.policy, decision))
        for each, decision in decided
    ]
    return HouseholdFits(
        fits=sorted(fits, key=lambda each: (each.decision.is_no, -each.score.total, norwegian_sort_key(each.name))),
        pinned=found.steering.pinned.get(group.reference, ""),
    )


def pin_choices(viewer: Viewer, group_id: int, day: date) -> Sequence[PinChoice] | None:
    """The municipalities that a household could be settled in today, by name; where that is not known too. None where
    the household is not in the queue.
    """
    found = fits_of(viewer, group_id, day)
    if found is None:
        return None
    choices = [PinChoice(each.number, each.name, each.score.total) for each in found.fits if not each.decision.is_no]
    return sorted(choices, key=lambda each: norwegian_sort_key(each.name))
