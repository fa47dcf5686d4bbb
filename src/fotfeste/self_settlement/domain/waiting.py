"""The queue while a household asks by itself: its place is kept, and a plan leaves it out for a time (ADR 0055).

Its place counts from the permit, whatever it asks: nothing here moves it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fotfeste.kernel.calendar import add_working_days, next_working_day
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.self_settlement.domain.parameters import book

_ANSWER = "self_settlement.allocation_waits_for_answer_weeks"
_HOME = "self_settlement.allocation_waits_for_home_weeks"
_AGREEMENT = "self_settlement.allocation_waits_for_agreement_weeks"
_OF_THE_CONTRACT = RuleRef("self_settlement.contract_starts", "2015-01-01/2015-01-01", "The contract", "verified")
_OF_THE_JOURNEY = RuleRef("self_settlement.journey", "2015-01-01/2015-01-01", "The journey as agreed", "verified")
_IMDI = RuleRef("self_settlement.allocation_waits_for_imdi", "2015-01-01/2015-01-01", "Chosen by us", "demo")


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something should be done, and the rule that says so."""

    on: date
    rule: RuleRef

    def is_late_on(self, day: date) -> bool:
        """The day is after it."""
        return day > self.on


class Mover(StrEnum):
    """Who has the next move in a request."""

    MUNICIPALITY = "municipality"
    HOUSEHOLD = "household"  # with whoever acts for it: its centre, IMDi where it lives at none
    IMDI = "imdi"


@dataclass(frozen=True, slots=True)
class Move:
    """Whose move it is in a request, and by when; no day where nobody can say one."""

    whose: Mover
    due: Due | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a request that say by when the next move is made.

    `home_asked_on`: since when a home is asked for, anew where one was not good or was lost. `sent_on`: of the home
    that waits. `starts_on`: of the contract that was approved. `travels_on`: of the journey that is agreed.
    `looked_at_since`: since when the municipality looks again at a home that IMDi has agreed on, as the household is
    another.
    """

    asked_on: date
    home_asked_on: date | None = None
    sent_on: date | None = None
    approved_on: date | None = None
    agreed_on: date | None = None
    starts_on: date | None = None
    travels_on: date | None = None
    looked_at_since: date | None = None


def next_move(state: str, days: Days, *, is_for_others: bool = False) -> Move | None:
    """Whose move it is in a request, and by when; None where it is over. `is_for_others`: the household is another than
    the home was approved for, so that after the agreement the municipality looks first. Raises NoRule.
    """
    match state:
        case "asked":
            return Move(Mover.MUNICIPALITY, answer_due(days.asked_on))
        case "finding_home":
            return Move(Mover.HOUSEHOLD, home_due(days.home_asked_on) if days.home_asked_on else None)
        case "home_sent":
            return Move(Mover.MUNICIPALITY, check_due(days.sent_on) if days.sent_on else None)
        case "approved":
            return Move(Mover.IMDI, agree_due(days.approved_on) if days.approved_on else None)
        case "agreed" if is_for_others:
            return Move(Mover.MUNICIPALITY, check_due(days.looked_at_since) if days.looked_at_since else None)
        case "agreed":
            return Move(Mover.HOUSEHOLD, _move_in_due(days))
    return None


def _move_in_due(days: Days) -> Due | None:
    if days.starts_on is None or days.agreed_on is None:
        return None
    return move_in_due(days.starts_on, days.agreed_on, days.travels_on)


def allocation_waits(
    state: str,
    *,
    asked_on: date,
    welcomed_on: date | None,
    approved_on: date | None,
    fell_away_on: date | None = None,
    municipality: str,
    day: date,
) -> Decision:
    """Whether a plan for the queue leaves the household out on a day, as of the state of its request. `fell_away_on`:
    since when an approval or an agreement that it had stands no more; its weeks count anew from then.

    YES `waits_for_answer`, `waits_for_home`, `waits_for_agreement` (municipality, asked_on, until: the first day it is
    taken again) or, after the agreement, `waits_for_imdi`, which has no last day: it has its municipality. NO
    `waited_long_enough` (the same fields). Raises NoRule.
    """
    fields: dict[str, str | int | date | bool] = {"municipality": municipality, "asked_on": asked_on}
    if state == "agreed":
        return Decision.yes(_IMDI, Reason("waits_for_imdi", fields))
    code, weeks, since = "waits_for_answer", _ANSWER, asked_on
    if state == "approved" and approved_on is not None:
        code, weeks, since = "waits_for_agreement", _AGREEMENT, approved_on
    elif state != "asked" and welcomed_on is not None:
        code, weeks, since = "waits_for_home", _HOME, welcomed_on
    if state != "asked" and fell_away_on is not None:
        since = max(since, fell_away_on)
    rule = book().get(weeks, since)
    until = since + timedelta(weeks=rule.integer)
    if day >= until:
        return Decision.no(rule.rule_ref(), Reason("waited_long_enough", fields | {"until": until}))
    return Decision.yes(rule.rule_ref(), Reason(code, fields | {"until": until}))


def answer_due(asked_on: date) -> Due:
    """By when the municipality answers. Raises NoRule."""
    return _working_days("self_settlement.answer_working_days", asked_on)


def check_due(sent_on: date) -> Due:
    """By when it says what it thinks of home and contract. Raises NoRule."""
    return _working_days("self_settlement.check_working_days", sent_on)


def agree_due(approved_on: date) -> Due:
    """By when IMDi agrees. Raises NoRule."""
    return _working_days("self_settlement.agree_working_days", approved_on)


def move_in_due(starts_on: date, agreed_on: date, travels_on: date | None = None) -> Due:
    """By when they have moved in: on the day of the journey, where one is agreed; else when the rent begins. Not before
    IMDi agreed.
    """
    if travels_on is not None:
        return Due(max(travels_on, agreed_on), _OF_THE_JOURNEY)
    return Due(max(starts_on, agreed_on), _OF_THE_CONTRACT)


def home_due(welcomed_on: date) -> Due:
    """By when the household has sent a home, a day off moved to the next working day. Raises NoRule."""
    rule = book().get("self_settlement.home_days", welcomed_on)
    return Due(next_working_day(welcomed_on + timedelta(days=rule.integer)), rule.rule_ref())


def _working_days(code: str, day: date) -> Due:
    rule = book().get(code, day)
    return Due(add_working_days(day, rule.integer), rule.rule_ref())
