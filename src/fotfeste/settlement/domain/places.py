"""Rules of what is said of a municipality's places for a year (SET-10, SET-11)."""

from dataclasses import dataclass
from datetime import date

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import Refused

# Figures are said of this year and those around it: a slip of the finger otherwise.
YEARS_BACK, YEARS_AHEAD = 2, 3
MOST_PERSONS = 20_000  # more than any municipality was ever asked for


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """What IMDi asks for or a council has decided: persons, of whom unaccompanied minors (None: nothing said of them),
    on which day, and where that can be read (case number, minutes).
    """

    persons: int
    minors: int | None
    decided_on: date
    source: str


def counting_year(week: Week | None, day: date) -> int:
    """The year in which a place counts: that of its week (the ISO year: 30 December 2024 is in 2025-W01), and no
    earlier one than the day's: 2 January 2027 is in 2026-W53. As `settlement_year_of` of the database has it.
    """
    return max(week.year, day.year) if week else day.year


def check_year(year: int, today: date) -> None:
    """Refuse a year far from the present one."""
    if not today.year - YEARS_BACK <= year <= today.year + YEARS_AHEAD:
        raise Refused("figure_of_another_time", "year", {"year": year})


def check_figure(said: SaidFigure, today: date) -> None:
    """Refuse a figure that cannot be: more minors than persons, decided ahead of time, from nowhere."""
    check_persons(said.persons, "persons")
    if said.minors is not None and not 0 <= said.minors <= said.persons:
        raise Refused("minors_are_among_the_persons", "minors")
    if said.decided_on > today:
        raise Refused("decided_in_the_future", "decided_on")
    if not said.source.strip():
        raise Refused("figure_source_missing", "source")


def check_persons(persons: int, field: str, *, least: int = 0) -> None:
    """Refuse a number of persons that no municipality has places for."""
    if not least <= persons <= MOST_PERSONS:
        raise Refused("not_a_number_of_persons", field, {"least": least, "most": MOST_PERSONS})
