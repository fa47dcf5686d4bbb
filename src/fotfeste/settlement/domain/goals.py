"""The goals and deadlines of settlement: by when, by which dated rule, and how far along a group is (SET-07,
SET-09).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from fotfeste.kernel.calendar import add_months, add_working_days, next_working_day
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.parameters import Parameter, ParameterBook
from fotfeste.kernel.periods import Period

_GOALS = {True: "settlement.goal_with_minors_months", False: "settlement.goal_adults_months"}  # by: has minors


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something should be done, and the rule that says so."""

    due_on: date
    rule: RuleRef

    def is_late_on(self, day: date) -> bool:
        """The day is after the deadline; the deadline's own day is in time."""
        return day > self.due_on

    def days_left(self, day: date) -> int:
        """Days from `day` to the deadline; negative when it has passed."""
        return (self.due_on - day).days


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it holds for those whose permit is of a period: so many months from the permit."""

    has_minors: bool
    months: int
    permits: Period


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long a group has waited against its goal, in days."""

    days: int
    goal_days: int
    goal: Deadline

    @property
    def percent(self) -> int:
        """Share of the goal used, rounded down; over 100 when the goal has passed."""
        return self.days * 100 // self.goal_days if self.goal_days else 100

    @property
    def over_by(self) -> int:
        """Days past the goal; 0 when within it."""
        return max(0, self.days - self.goal_days)


def settle_by(due_since_on: date, *, has_minors: bool, book: ParameterBook) -> Deadline:
    """The goal: three months for unaccompanied minors and families with children, six for adults without
    (SET-09).

    Counted from the permit by the rule in force that day. Raises NoRule where none is. Source: MAMOT 9.1.
    """
    parameter = book.get(_GOALS[has_minors], due_since_on)
    return Deadline(add_months(due_since_on, parameter.integer), parameter.rule_ref())


def goals(book: ParameterBook) -> tuple[Goal, ...]:
    """Every goal with the permits that it holds for, so that many can be held against them at once: what `settle_by`
    says of each of them.
    """
    return tuple(goal for has_minors, code in _GOALS.items() for goal in _goals_of(book.history(code), has_minors))


def _goals_of(history: Iterable[Parameter], has_minors: bool) -> Iterator[Goal]:
    # Of the versions from the same day, the one that was known last stands.
    standing = list({version.effective_from: version for version in history}.values())
    for version, next_ in zip_longest(standing, standing[1:]):
        yield Goal(has_minors, version.integer, Period(version.effective_from, _ends_on(version, next_)))


def _ends_on(version: Parameter, next_: Parameter | None) -> date | None:
    """The first day on which it does not hold any more."""
    return min((day for day in (version.effective_to, next_ and next_.effective_from) if day), default=None)


def waiting(due_since_on: date, day: date, *, has_minors: bool, book: ParameterBook) -> Waiting:
    """Days waited since the permit on `day`, against the goal. Raises NoRule."""
    goal = settle_by(due_since_on, has_minors=has_minors, book=book)
    return Waiting((day - due_since_on).days, (goal.due_on - due_since_on).days, goal)


def within_goal(settled_on: date, due_since_on: date, *, has_minors: bool, book: ParameterBook) -> Decision:
    """Whether a group was settled within its goal; the goal's own day counts as within. Raises NoRule."""
    goal = settle_by(due_since_on, has_minors=has_minors, book=book)
    inputs = {"settled_on": settled_on, "due_since_on": due_since_on, "has_minors": has_minors}
    if settled_on <= goal.due_on:
        return Decision.yes(goal.rule, Reason("within_goal", {"due_on": goal.due_on}), inputs=inputs)
    over = Reason("over_goal", {"due_on": goal.due_on, "days": (settled_on - goal.due_on).days})
    return Decision.no(goal.rule, over, inputs=inputs)


def after_working_days(code: str, from_on: date, book: ParameterBook) -> Deadline:
    """The deadline a number of working days after `from_on`, by the rule in force that day. Raises NoRule."""
    parameter = book.get(code, from_on)
    return Deadline(add_working_days(from_on, parameter.integer), parameter.rule_ref())


def after_days(code: str, from_on: date, book: ParameterBook) -> Deadline:
    """The deadline a number of days after `from_on`, moved to the next working day. Raises NoRule."""
    parameter = book.get(code, from_on)
    return Deadline(next_working_day(from_on + timedelta(days=parameter.integer)), parameter.rule_ref())


def answer_deadline(sent_on: date, book: ParameterBook) -> Deadline:
    """By when a municipality should answer a request: computed whenever it is read, never stored (SET-07).

    Working days from the day after it was sent. Raises NoRule where no rule was in force that day.
    """
    return after_working_days("settlement.answer_working_days", sent_on, book)


def need_answer_deadline(asked_on: date, book: ParameterBook) -> Deadline:
    """By when a municipality should say whether it can meet a need that arose after its yes: computed when read.

    Working days from the day after it was asked. Raises NoRule. Source: none; chosen by us.
    """
    return after_working_days("settlement.need_answer_working_days", asked_on, book)
