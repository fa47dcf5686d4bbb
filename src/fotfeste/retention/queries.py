"""What runs have found and done: counts, nobody."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fotfeste.retention.domain.types import Counts, Outcome
from fotfeste.retention.models import Run, RunLine

SHOWN = 14


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: when it was, whether it came to its end, and how many by rule, outcome and reason."""

    day: date
    started_at: datetime
    is_finished: bool
    counts: Counts

    def of(self, outcome: Outcome) -> int:
        """How many, whatever the rule."""
        return sum(number for (_, each, _), number in self.counts.items() if each is outcome)

    def of_rule(self, rule: str, *outcomes: Outcome) -> int:
        """How many by a rule."""
        return sum(number for (each, outcome, _), number in self.counts.items() if each == rule and outcome in outcomes)


def latest_runs() -> Sequence[Ran]:
    """The latest runs, the newest first. Two queries."""
    runs = list(Run.objects.order_by("-pk")[:SHOWN])
    counts: Mapping[int, Counter[tuple[str, Outcome, str]]] = {each.pk: Counter() for each in runs}
    for line in RunLine.objects.filter(run__in=runs):
        counts[line.run_id][line.rule, Outcome(line.outcome), line.reason] += line.number
    return [Ran(each.day, each.started_at, each.finished_at is not None, counts[each.pk]) for each in runs]
