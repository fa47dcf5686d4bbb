"""What everything in a run needs to know, and what it says of what it did."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from fotfeste.kernel.parameters import ParameterBook
from fotfeste.retention.domain import rules
from fotfeste.retention.domain.types import Outcome
from fotfeste.retention.models import Run, RunLine

OWNER = "owner"
type Key = tuple[str, Outcome, str]


@dataclass
class Report:
    """What a run found and did: how many, by rule, outcome and reason."""

    day: date
    is_dry: bool
    counts: Counter[Key] = field(default_factory=Counter)

    def add(self, rule: str, outcome: Outcome, number: int = 1, reason: str = "") -> None:
        """So many more."""
        if number:
            self.counts[rule, outcome, reason] += number

    def of(self, outcome: Outcome) -> int:
        """How many, whatever the rule."""
        return sum(number for (_, each, _), number in self.counts.items() if each is outcome)


@dataclass(frozen=True)
class Night:
    """A run: when it is, by which rules, for whom it acts, and where it says what it did."""

    at: datetime
    day: date
    rules: ParameterBook
    is_demo: bool
    organisation_id: int  # UDI: whose the registry is
    report: Report
    run: Run | None  # none: a dry one

    def is_confirmed(self, code: str) -> bool:
        """Whether somebody answers for a rule."""
        return rules.is_confirmed(self.rules.get(code, self.day), is_demo=self.is_demo)

    def integer(self, code: str) -> int:
        """The value of a rule today."""
        return self.rules.get(code, self.day).integer

    def tell(self, outcomes: Iterable[Outcome]) -> None:
        """Write down what was only counted until now."""
        told = frozenset(outcomes)
        self.write((key, number) for key, number in sorted(self.report.counts.items()) if key[1] in told)

    def write(self, lines: Iterable[tuple[Key, int]]) -> None:
        """Write lines down, in the transaction that does what they say."""
        if self.run is not None:
            RunLine.objects.using(OWNER).bulk_create(
                RunLine(run=self.run, rule=rule, outcome=outcome, reason=reason, number=number)
                for (rule, outcome, reason), number in lines
                if number
            )
