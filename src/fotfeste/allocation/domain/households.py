"""What kind of household a group is, and what becomes of it in a plan: what fairness is seen by (SET-09)."""

from dataclasses import dataclass

from fotfeste.allocation.domain.types import FamilyType
from fotfeste.registry.domain.types import Sex

ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class Person:
    """A member as far as fairness asks: age in years, sex, citizenship (ISO alpha-3)."""

    age: int
    sex: Sex
    citizenship: str


@dataclass(frozen=True, slots=True)
class Household:
    """The members of one group of an instance, in the instance's order."""

    persons: tuple[Person, ...]
    is_unaccompanied: bool = False

    @property
    def family_type(self) -> FamilyType:
        """Its kind, by the number of adults and whether there are children."""
        adults = sum(person.age >= ADULT_AGE for person in self.persons)
        has_children = adults < len(self.persons)
        if self.is_unaccompanied:
            return FamilyType.UNACCOMPANIED_MINOR
        if has_children:
            return FamilyType.SINGLE_PARENT if adults == 1 else FamilyType.COUPLE_WITH_CHILDREN
        return {1: FamilyType.ALONE, 2: FamilyType.COUPLE}.get(adults, FamilyType.OTHER)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a household, beside the mean of some plain draws: points per person, days from the permit until
    it is settled at the earliest.
    """

    household: Household
    points: float
    days: int
    drawn_points: float
    drawn_days: float
