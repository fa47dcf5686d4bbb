"""Who moves from where to where in a plan: counted, from place to place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

UNKNOWN = ""  # where they live is not known


@dataclass(frozen=True, slots=True)
class Flow:
    """Households and persons of a plan who live in one place and are proposed another, or the same."""

    origin: str
    target: str
    groups: int
    persons: int

    @property
    def stays(self) -> bool:
        """Whether they do not leave the place."""
        return self.origin == self.target


def gathered(flows: Iterable[Flow], origin: Callable[[str], str], target: Callable[[str], str]) -> Sequence[Flow]:
    """The flows between larger places: `origin` and `target` say which one a place belongs to. The largest first."""
    counted: dict[tuple[str, str], tuple[int, int]] = {}
    for each in flows:
        ends = (origin(each.origin) if each.origin else UNKNOWN, target(each.target))
        groups, persons = counted.get(ends, (0, 0))
        counted[ends] = groups + each.groups, persons + each.persons
    found = [Flow(*ends, *many) for ends, many in counted.items()]
    return sorted(found, key=lambda each: (-each.persons, -each.groups, each.origin, each.target))
