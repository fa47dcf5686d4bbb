"""Who may give a role to whom, and who may end one (ACS-02). Days in, decisions out.

An administrator gives roles to those who work in the same organisation. A role that opens somebody (a case role) is
given by another than the one who gets it, and there is always somebody left who gives roles.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.access.domain.matrix import CASE_ROLES
from fotfeste.access.domain.permissions import ADMINISTRATORS, ROLE_BELONGS_TO
from fotfeste.access.domain.types import Role
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.periods import Period, gaps

GIVING = RuleRef("access.give_role", "1", "ACS-02; GUIDE 1.2", "secondary")
ENDING = RuleRef("access.end_role", "1", "ACS-02; GUIDE 1.2", "secondary")


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds for a period."""

    role: Role
    period: Period


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in an organisation: when (ansettelse), and the roles held, those of later days too."""

    user_id: int
    organisation_id: int
    organisation_kind: str
    employments: Sequence[Period] = ()
    held: Sequence[Held] = ()

    def employment_on(self, day: date) -> Period | None:
        """The employment that has the day; None where there is none."""
        return next((each for each in self.employments if each.contains(day)), None)


def may_give(role: Role, from_on: date, *, to: Colleague, by: Colleague, today: date) -> Decision:
    """Whether `by` may give `to` a role from a day on. The reasons of a no are all that stand against it.

    That `by` gives roles at all is a permission and asked before. Source: ACS-02, GUIDE 1.2.
    """
    against: list[Reason] = []
    if to.organisation_id != by.organisation_id:
        against.append(Reason("not_own_staff"))
    if to.organisation_kind not in ROLE_BELONGS_TO[role]:
        against.append(Reason("role_not_of_this_organisation"))
    if role in CASE_ROLES and to.user_id == by.user_id:
        against.append(Reason("case_role_for_oneself"))
    if from_on < today:
        against.append(Reason("role_begins_in_the_past", {"today": today}))
    if to.employment_on(from_on) is None:
        against.append(Reason("not_employed_then", {"day": from_on}))
    period = role_period(from_on, to)
    held = next((each for each in to.held if each.role is role and each.period.overlaps(period)), None)
    if held is not None:
        against.append(Reason("role_is_held", {"day": held.period.start}))
    inputs = {"role": role, "from_on": from_on, "to": to.user_id, "by": by.user_id, "today": today}
    return Decision.no(GIVING, *against, inputs=inputs) if against else Decision.yes(GIVING, inputs=inputs)


def role_period(from_on: date, to: Colleague) -> Period:
    """How long a role lasts that is given from a day on: as long as the employment, as far as that is known."""
    employment = to.employment_on(from_on)
    return Period(from_on, employment.end if employment else None)


def may_end_role(held: Held, on: date, *, others: Iterable[Colleague], today: date) -> Decision:
    """Whether a role may end: `on` is the first day without. `others`: everybody else in the organisation.

    It ends today or later, not before it began and not later than it ends already; and never so that nobody is left
    who gives roles. Source: ACS-02.
    """
    against = _against_end(held.period, on, today, "role")
    if not against and held.role in ADMINISTRATORS and _leaves_nobody([_cut_off(held.period, on)], others):
        against = [Reason("last_administrator")]
    inputs = {"role": held.role, "period": held.period, "on": on, "today": today}
    return Decision.no(ENDING, *against, inputs=inputs) if against else Decision.yes(ENDING, inputs=inputs)


def may_end_employment(
    employment: Period, on: date, *, of: Colleague, others: Iterable[Colleague], today: date
) -> Decision:
    """Whether somebody's employment may end: `on` is the first day without, and without any role.

    As for a role: today or later, and never so that nobody is left who gives roles. Source: ACS-02.
    """
    against = _against_end(employment, on, today, "employment")
    lost = [
        _cut_off(each.period, on)
        for each in of.held
        if each.role in ADMINISTRATORS and each.period.overlaps(_cut_off(employment, on))
    ]
    if not against and _leaves_nobody(lost, others):
        against = [Reason("last_administrator")]
    inputs = {"employment": employment, "on": on, "of": of.user_id, "today": today}
    return Decision.no(ENDING, *against, inputs=inputs) if against else Decision.yes(ENDING, inputs=inputs)


def _against_end(period: Period, on: date, today: date, what: str) -> list[Reason]:
    if period.end is not None and on >= period.end:
        return [Reason(f"{what}_ends_already", {"day": period.end})]
    if on < period.start:
        return [Reason(f"{what}_begins_later", {"day": period.start})]
    if on < today:
        return [Reason("ends_in_the_past", {"today": today})]
    return []


def _cut_off(period: Period, on: date) -> Period:
    """The days of a period from a day on; none of them where it is over by then."""
    start = max(period.start, on)
    return Period(start, period.end if period.end is None else max(start, period.end))


def _leaves_nobody(lost: Iterable[Period], others: Iterable[Colleague]) -> bool:
    """Whether there is a day among those lost on which none of the others gives roles."""
    kept = [each.period for other in others for each in other.held if each.role in ADMINISTRATORS]
    return any(gaps(kept, within=days) for days in lost if not days.is_empty)
