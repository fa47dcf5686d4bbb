"""Time to settlement, and who waits, for the country and beside it one's own municipality (INS-02)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection

from fotfeste.insight.domain.figures import Both
from fotfeste.insight.domain.standing import Waiting
from fotfeste.insight.domain.waiting import Family, OnStep, Settled, Step
from fotfeste.insight.queries.own import municipalities, own_number
from fotfeste.kernel.calendar import add_months
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.public import Goal, settlement_goals

RECENT_MONTHS = 12


@dataclass(frozen=True)
class SettlementFigures:
    """What the page, the pictures and the spreadsheet show on a day. Each part is read when it is first asked for, with
    one query, so that one picture of several costs no more than its own.
    """

    viewer: Viewer
    day: date

    @property
    def recent_since(self) -> date:
        """The day after which somebody was settled lately: the last one not among the twelve months."""
        return add_months(self.day, -RECENT_MONTHS)

    @cached_property
    def own(self) -> str:
        """The viewer's municipality by name; empty where they are of none."""
        number = own_number(self.viewer)
        return municipalities()[number].name if number else ""

    @cached_property
    def settled(self) -> Sequence[Settled]:
        """Everybody whose way to a municipality was here, by quarter, family and days from the permit."""
        return [
            Settled(quarter, is_recent, Family(family), days, is_within, Both(int(people), int(own)))
            for quarter, is_recent, family, days, is_within, people, own in _rows(
                "SELECT * FROM insight_settled(%s, %s, %s)",
                self.day,
                self.recent_since,
                goals_as_json(settlement_goals()),
            )
        ]

    @cached_property
    def recent(self) -> Sequence[Settled]:
        """Those of the last twelve months."""
        return [row for row in self.settled if row.is_recent]

    @cached_property
    def steps(self) -> Sequence[OnStep]:
        """The days on each step of those of the last twelve months."""
        found = _rows("SELECT * FROM insight_steps(%s, %s)", self.day, self.recent_since)
        return [
            OnStep(Family(family), Step(step), days, Both(int(people), int(own)))
            for family, step, days, people, own in found
        ]

    @cached_property
    def waiting(self) -> Sequence[Waiting]:
        """Everybody who is on their way to a municipality on the day."""
        return [
            Waiting(Step(state), Family(family), has_permit, is_over, Both(int(people), int(own)))
            for state, family, has_permit, is_over, people, own in _rows(
                "SELECT * FROM insight_waiting(%s, %s)", self.day, goals_as_json(settlement_goals())
            )
        ]

    @cached_property
    def years(self) -> Sequence[tuple[int, Both]]:
        """Everybody who is settled, by year, those too whose way there was in other systems."""
        found = _rows("SELECT * FROM insight_settled_years(%s)", self.day)
        return [(year, Both(int(people), int(own))) for year, people, own in found]


def goal_months(day: date, *, has_minors: bool) -> int | None:
    """The months of the goal for who gets a permit on a day; None where none is in force."""
    found = (goal.months for goal in settlement_goals() if goal.has_minors == has_minors and goal.permits.contains(day))
    return next(found, None)


def goals_as_json(goals: Sequence[Goal]) -> str:
    """The dated goals, as the counts are held against them: the rule is the program's, and never the database's."""
    return json.dumps(
        [
            {
                "from_on": goal.permits.start.isoformat(),
                "until_on": goal.permits.end and goal.permits.end.isoformat(),
                "minors": goal.has_minors,
                "months": goal.months,
            }
            for goal in goals
        ]
    )


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
