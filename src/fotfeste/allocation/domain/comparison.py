"""Two plans beside each other: for whom the proposal differs, and what of the score made the difference (SET-15)."""

from collections.abc import Iterable
from dataclasses import dataclass

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import Score


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a plan proposes for a household, by its subject: the municipality's key, None for those who wait; persons;
    thousandths of a point per person.
    """

    subject_id: int
    size: int
    place: int | None
    total: int | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A household that is in both plans and is proposed something else in the second."""

    before: Proposed
    after: Proposed

    @property
    def has_lost_its_place(self) -> bool:
        """It had a place in the first, and waits in the second."""
        return self.after.place is None

    @property
    def has_got_a_place(self) -> bool:
        """It waited in the first, and has a place in the second."""
        return self.before.place is None

    @property
    def more(self) -> int | None:
        """Thousandths of a point per person more in the second; None where one of them is no place."""
        if self.before.total is None or self.after.total is None:
            return None
        return self.after.total - self.before.total


@dataclass(frozen=True, slots=True)
class Sum:
    """What a plan comes to: `points` are thousandths, summed over the persons who are placed."""

    groups: int
    persons: int
    placed_groups: int
    placed_persons: int
    points: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two plans. `changed` has the greatest change first: a place that is lost, one that is got, then by points."""

    before: Sum
    after: Sum
    changed: tuple[Changed, ...]
    new: tuple[Proposed, ...]
    gone: tuple[Proposed, ...]


def compared(before: Iterable[Proposed], after: Iterable[Proposed]) -> Compared:
    """What differs between two plans, by what each proposes."""
    first, second = ({each.subject_id: each for each in found} for found in (before, after))
    both = [Changed(first[key], each) for key, each in second.items() if key in first]
    return Compared(
        before=_sum(first.values()),
        after=_sum(second.values()),
        changed=tuple(sorted((each for each in both if each.before.place != each.after.place), key=_weight)),
        new=tuple(each for key, each in second.items() if key not in first),
        gone=tuple(each for key, each in first.items() if key not in second),
    )


def _weight(each: Changed) -> tuple[bool, bool, int, int]:
    return (not each.has_lost_its_place, not each.has_got_a_place, -abs(each.more or 0), each.before.subject_id)


def _sum(proposed: Iterable[Proposed]) -> Sum:
    found = list(proposed)
    placed = [each for each in found if each.place is not None]
    return Sum(
        groups=len(found),
        persons=sum(each.size for each in found),
        placed_groups=len(placed),
        placed_persons=sum(each.size for each in placed),
        points=sum((each.total or 0) * each.size for each in placed),
    )


def greatest_part(before: Score, after: Score) -> tuple[PartKind, int] | None:
    """The part that made most of the difference between two scores, and how many thousandths of a point; None where
    none differs.
    """
    amounts = {part.kind: part.amount for part in before.parts}
    found = [(part.kind, part.amount - amounts.get(part.kind, 0)) for part in after.parts]
    kind, more = max(found, key=lambda each: abs(each[1]), default=(None, 0))
    return None if kind is None or not more else (kind, more)
