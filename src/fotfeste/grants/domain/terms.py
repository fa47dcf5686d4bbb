"""The dated terms of a scheme: its rates, its month rule, when it is paid.

What is verified, what is old and what is chosen by us stands on each value (docs/adr/0023).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from fotfeste.grants.domain.parameters import book
from fotfeste.grants.domain.types import MonthRule, Rate, Scheme
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.errors import NoRule
from fotfeste.kernel.parameters import Parameter, ParameterBook


@dataclass(frozen=True, slots=True)
class Terms:
    """A scheme's rates and month rules, each with the day it applies from, and when it is paid."""

    scheme: Scheme
    parameters: ParameterBook

    def rate(self, month: date) -> Rate | None:
        """The rate that holds on the first of the month; None where there is none (`no_rate`)."""
        try:
            found = self.parameters.get(f"grants.{self.scheme}.monthly_rate", month)
        except NoRule:
            return None
        return Rate(found.integer, found.effective_from, found.source, found.rule_ref().version, found.status.value)

    def month_rule(self, month: date) -> MonthRule:
        """How a part of the month counts, by the rule that holds on its first day."""
        return MonthRule(self._month_rule(month).text)

    def month_rule_ref(self, month: date) -> RuleRef:
        """The version of the rule that the month was computed by."""
        return self._month_rule(month).rule_ref()

    def _month_rule(self, month: date) -> Parameter:
        # Before the first rule there is no rate either: then it only says to whom the refusal is told.
        first = self.parameters.history(f"grants.{self.scheme}.month_rule")[0]
        return self.parameters.get(first.code, max(month, first.effective_from))

    def paying(self, on: date) -> "Paying":
        """When the grant is paid, by the rules that hold on the day; before the first, the first."""
        return Paying(
            *(self._whole(f"grants.{self.scheme}.{name}", on) for name in ("period_months", "advance_months"))
        )

    def order_hours(self, on: date) -> int:
        """For how many hours a run that was asked for may wait to be computed; after that it was left."""
        return self._whole("grants.order_hours", on)

    def _whole(self, code: str, on: date) -> int:
        return self.parameters.get(code, max(on, self.parameters.history(code)[0].effective_from)).integer


@dataclass(frozen=True, slots=True)
class Paying:
    """When a grant is paid: in arrears for periods of whole months counted from January, and `advance_months` more in
    advance when a stay begins.
    """

    period_months: int
    advance_months: int

    def closed_through(self, on: date) -> date:
        """The first day after the last period that is over on the day: how far a run on it goes."""
        number = month_number(on)
        return first_day(number - number % 12 % self.period_months)

    def advance_through(self, start: date) -> date:
        """The first day after the months that are paid in advance for a stay that begins on the day."""
        return first_day(month_number(start) + self.advance_months)


@cache
def terms_of(scheme: Scheme) -> Terms:
    """The national terms that ship with the program."""
    return Terms(scheme, book())


class MonthTerms(NamedTuple):
    """What holds in one month."""

    month: date
    rate: Rate | None
    rule: MonthRule


class Months(dict[int, MonthTerms]):
    """The terms of each month by its number, each looked up once: there are millions of lines and few months."""

    def __init__(self, terms: Terms) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, number: int) -> MonthTerms:
        month = first_day(number)
        self[number] = found = MonthTerms(month, self._terms.rate(month), self._terms.month_rule(month))
        return found


def month_number(day: date) -> int:
    """The months from year 0 to the day's: what months are counted in."""
    return day.year * 12 + day.month - 1


def first_day(number: int) -> date:
    """The first day of the month with the number."""
    return date(number // 12, number % 12 + 1, 1)


def days_in(month: date) -> int:
    """How many days the day's month has."""
    return monthrange(month.year, month.month)[1]
