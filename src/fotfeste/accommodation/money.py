"""What a date of somebody who lives privately would mean in money: asked here and above, before it is saved; answered
by `grants` through config's slot.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from fotfeste.accommodation.domain.private import RightStay
from fotfeste.accommodation.domain.types import StayKind
from fotfeste.platform.viewer import Viewer


@dataclass(frozen=True, slots=True)
class EndOn:
    """Their last private stay ends on the day, which is not a day of it; whether it has an end already or not."""

    day: date


@dataclass(frozen=True, slots=True)
class BeginOn:
    """They live privately in a municipality from the day; a stay that lasts then ends on it."""

    day: date
    municipality_id: int
    kind: StayKind


type Proposal = EndOn | BeginOn | RightStay
"""`RightStay`: their last private stay was otherwise than it is registered, or never was."""


@dataclass(frozen=True, slots=True)
class MonthMoved:
    """A month in a municipality: due by the facts of today and by those proposed, and counted by runs already."""

    municipality: str
    month: date  # its first day
    due_ore: int
    proposed_ore: int
    counted_ore: int
    has_rate: bool = True

    @property
    def difference_ore(self) -> int:
        """What the next run would add or take back for the month."""
        return self.proposed_ore - self.counted_ore


@dataclass(frozen=True, slots=True)
class MunicipalitySum:
    """What the date means to a municipality: taken back from what it has got, and still to come."""

    municipality: str
    taken_back_ore: int
    to_come_ore: int


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """What a date means: the months that become others by it, and for each municipality all that is not settled."""

    months: tuple[MonthMoved, ...]
    municipalities: tuple[MunicipalitySum, ...]
    through: date  # the first day after the months that are counted


type Answer = Callable[[Viewer, Sequence[int], Proposal, datetime], MoneyMoved | None]


def money_moved(viewer: Viewer, person_ids: Sequence[int], proposal: Proposal, *, at: datetime) -> MoneyMoved | None:
    """What a proposed date would mean for these persons' grants; None for a viewer who sees no money of theirs."""
    answer: Answer = import_string(settings.FOTFESTE_MONEY_MOVED)
    return answer(viewer, person_ids, proposal, at)
