"""Occupancy (belegg): people against a denominator that is always named (ACC-06, ACC-09)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.periods import Period


class Denominator(StrEnum):
    """What people are counted against."""

    PLACES = "places"  # plasser i drift
    PLACES_MAXIMUM = "places_maximum"  # det senteret kan utvides til
    USABLE_BEDS = "usable_beds"  # senger som ikke er sperret


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How many people there are against how many of what. Free is never below zero; over 100 per cent is shown."""

    people: int
    of: int
    denominator: Denominator

    @property
    def free(self) -> int:
        """How many more there is room for."""
        return max(self.of - self.people, 0)

    @property
    def over(self) -> int:
        """How many people there are too many."""
        return max(self.people - self.of, 0)

    @property
    def percent(self) -> int | None:
        """Whole per cent, halves up; None where there is nothing to count against."""
        return None if self.of == 0 else (200 * self.people + self.of) // (2 * self.of)


def total(parts: Iterable[Occupancy], denominator: Denominator) -> Occupancy:
    """The occupancy of several centres together. Raises ValueError where a part counts against something else."""
    people = of = 0
    for part in parts:
        if part.denominator is not denominator:
            message = f"cannot add {part.denominator} to {denominator}"
            raise ValueError(message)
        people, of = people + part.people, of + part.of
    return Occupancy(people, of, denominator)


def room_for(people: int, *, now_and_later: int, maximum: int) -> bool:
    """Whether so many more fit within the maximum, counted against the fullest day from then on."""
    return now_and_later + people <= maximum


def first_day_closed(operating: Iterable[Period], stay: Period) -> date | None:
    """The first day of a stay on which its centre, in operation for these periods, is not; None where it is on all."""
    day = stay.start
    for period in sorted(operating, key=lambda each: each.start):
        if period.contains(day):
            if period.end is None:
                return None
            day = period.end
    return day if stay.end is None or day < stay.end else None


ROOM = RuleRef("room_at_centre", "1", "ACC-01: places in operation, and the number they can be extended to", "verified")


def fits_at(people: int, places: Occupancy, maximum: Occupancy, *, lives_there: bool = False) -> Decision:
    """Whether so many more people can be placed at a centre, and with what in mind."""
    inputs: dict[str, object] = {"people": people, "free": places.free, "free_maximum": maximum.free}
    if lives_there:
        return Decision.no(ROOM, Reason("lives_there_already"), inputs=inputs)
    if not room_for(people, now_and_later=maximum.people, maximum=maximum.of):
        return Decision.no(ROOM, Reason("too_few_places", {"free": maximum.free, "people": people}), inputs=inputs)
    if people > places.free:
        return Decision.yes(ROOM, Reason("needs_extension", {"free": places.free}), inputs=inputs)
    return Decision.yes(ROOM, Reason("has_free_places", {"free": places.free}), inputs=inputs)
