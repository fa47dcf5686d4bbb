"""What there is before an act, who acts, and the act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from fotfeste.kernel.calendar import legal_day
from fotfeste.registry.public import members_of
from tests.conftest import Cast

type Key = int | str
type Keys = Key | tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """`stage` builds what there is and gives the keys that `act` takes; `by` is one of the cast, some time later."""

    stage: Callable[[Cast], Keys]
    by: str
    act: Callable[..., object]
    later: timedelta = timedelta()

    def set(self, cast: Cast) -> tuple[Key, ...]:
        """Build it; the keys."""
        keys = self.stage(cast)
        return keys if isinstance(keys, tuple) else (keys,)


def people(group: int, at: datetime) -> list[int]:
    """The keys of the members, as the session's scope sees them."""
    return [member.subject_id for member in members_of(group, legal_day(at))]
