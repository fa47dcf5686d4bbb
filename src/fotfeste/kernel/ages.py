"""Ages: birthdays, full years, and who is of age."""

from datetime import date

from fotfeste.kernel.calendar import add_months
from fotfeste.kernel.periods import ONE_DAY

ADULT_AT = 18
"""Years at which a person is of age (myndig). Source: vergemålsloven § 8."""


def birthday(birth_date: date, years: int) -> date:
    """The day on which a person has lived for so many full years.

    Who is born on 29 February has a birthday on 1 March in other years: the year is not full before.
    """
    day = add_months(birth_date, 12 * years)
    return day + ONE_DAY if day.day < birth_date.day else day


def age_on(birth_date: date, day: date) -> int:
    """Full years lived on the day (REG-06: always derived); negative before the birth."""
    years = day.year - birth_date.year
    return years if birthday(birth_date, years) <= day else years - 1


def is_adult(birth_date: date, day: date) -> bool:
    """The person is 18 or older on the day."""
    return birthday(birth_date, ADULT_AT) <= day
