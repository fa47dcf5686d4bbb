"""What a case worker can choose among when a household is steered: municipalities, the best fits first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.allocation.domain.fit import possible
from fotfeste.allocation.domain.score import score
from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.kernel.names import norwegian_sort_key
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PinChoice:
    """A municipality that a household can be pinned to, and its score in thousandths of a point per person, as if
    nobody else in the next plan went there: nobody knows yet who will.
    """

    number: str
    name: str
    total: int


def pin_choices(viewer: Viewer, group_id: int, day: date) -> Sequence[PinChoice] | None:
    """The municipalities that a household could be settled in today, by name; where that is not known too. None where
    the household is not in the queue.
    """
    found = candidates_on(viewer, day, group_id)
    if not found.groups:
        return None
    [group], country = found.groups, {each.number: each for each in found.municipalities}
    steering = found.steering.without_pins
    decided = [(each, possible(group, each, steering)) for each in found.municipalities]
    choices = [
        PinChoice(each.number, each.name, score(group, each, country, found.policy, decision).total)
        for each, decision in decided
        if not decision.is_no
    ]
    return sorted(choices, key=lambda each: norwegian_sort_key(each.name))
