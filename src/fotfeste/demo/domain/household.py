"""A household as it will be written down: who, their course, where they stay; and what writes the records down."""

from dataclasses import dataclass, field
from datetime import date

from fotfeste.demo.domain.course import Course
from fotfeste.demo.domain.house import BedSlot, House
from fotfeste.demo.domain.people import PersonDraft


@dataclass(slots=True)
class StayPlan:
    """A stay at a centre: first day, day of leaving (None: still there), a bed for each person."""

    house: House
    from_on: date
    until_on: date | None
    beds: list[BedSlot]
    moved_bed: tuple[int, date, BedSlot] | None = None


@dataclass(slots=True)
class Household:
    """A household with its number in order of arrival."""

    number: int
    kind: str
    persons: tuple[PersonDraft, ...]
    course: Course
    stays: list[StayPlan] = field(default_factory=list)

    @property
    def is_unaccompanied(self) -> bool:
        """An unaccompanied minor."""
        return self.kind == "unaccompanied_minor"
