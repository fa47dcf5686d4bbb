"""Which months a run covers, and how long those concerned know of a grant, by the scheme's dated terms."""

from collections.abc import Iterable
from datetime import date, timedelta

from fotfeste.grants.domain.parameters import book
from fotfeste.grants.domain.terms import first_day, month_number, terms_of
from fotfeste.grants.domain.types import Scheme
from fotfeste.kernel.errors import Refused


def through_of(scheme: Scheme, day: date) -> date:
    """The first day after the last period of a scheme that is over on the day: quarters of MAMOT, thirds of a year of
    AMOT, counted from January.
    """
    return terms_of(scheme).paying(day).closed_through(day)


def throughs(scheme: Scheme, first: date, day: date) -> tuple[date, ...]:
    """What a run of a scheme can reach on a day, the latest first, none before the period that begins with `first`."""
    found, through = list[date](), through_of(scheme, day)
    while through > first:
        found.append(through)
        through = through_of(scheme, through - timedelta(days=1))
    return tuple(found)


def check_through(scheme: Scheme, through: date, day: date) -> None:
    """Raises Refused `period_not_over` (field `through`) for a period that lasts on the day, `not_a_period` for what is
    the end of none.
    """
    if through > day:
        raise Refused("period_not_over", "through", {"day": through})
    if through_of(scheme, through) != through:
        raise Refused("not_a_period", "through", {"day": through})


def reach_of(scheme: Scheme, starts: Iterable[date], through: date, *, on: date, booked: Iterable[date] = ()) -> date:
    """The first day that a run to `through` does not cover for somebody whose stays begin on these days.

    What is paid in advance at the start is covered beside the periods that are over: so many months from the one in
    which a stay begins (AMOT four, MAMOT none), for stays that have begun on the day that the run knows of. Months that
    have been paid in advance (`booked`: those of earlier lines) are covered too, so that a late fact takes them back.
    """
    terms = terms_of(scheme)
    reached = [terms.paying(start).advance_through(start) for start in starts if start <= on]
    if terms.paying(on).advance_months:
        reached += [first_day(month_number(month) + 1) for month in booked]
    return max([through, *reached])


def case_until(ended_on: date, known_on: date) -> date:
    """The first day on which a grant is no case any more: a dated number of days after the stay's end, or after we came
    to know of it where that is later.
    """
    last = max(ended_on, known_on)
    return last + timedelta(days=book().get("grants.case_days", last).integer)
