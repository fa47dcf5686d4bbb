"""Pure rules of the registry: age, and in which order a person's statuses can come."""

from collections.abc import Iterable, Sequence
from datetime import date

from fotfeste.kernel.ages import ADULT_AT, is_adult
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.registry.domain.types import PERMITS, Member, Mistake, Status, StatusKind

OWN_TALK_AT = 12

_STATUS_ORDER = RuleRef("registry.status_order", "1", "MAMOT 4.2.2 and 9.1 (REG-05)", "secondary")
_RANK = {kind: place for place, kind in enumerate(StatusKind)}
_TAKING_BACK = RuleRef("registry.taking_a_status_back", "1", "REG-05; the program's own rule", "secondary")
# The one begins the record; the other follows from a departure, with which it is taken back.
_KEPT = frozenset({StatusKind.REGISTERED_BY_POLICE, StatusKind.SETTLED})
_DECIDED_BY_UDI = PERMITS | {StatusKind.REFUSAL}


def are_minors_alone(members: Iterable[Member]) -> bool:
    """All of them are unaccompanied minors, with no adult beside them; False for nobody at all. Source: REG-04."""
    everyone = list(members)
    return bool(everyone) and all(each.is_unaccompanied_minor and each.age < ADULT_AT for each in everyone)


def unaccompanied_among(members: Iterable[Member], day: date) -> frozenset[int]:
    """Who of a household is an unaccompanied minor on a day: came alone, is not of age, and no adult of the family is
    there. Another who came alone and has turned 18 is no guardian of theirs. Source: REG-04, REG-06.
    """
    everyone = list(members)
    if any(not each.is_unaccompanied_minor and is_adult(each.birth_date, day) for each in everyone):
        return frozenset()
    return frozenset(
        each.subject_id for each in everyone if each.is_unaccompanied_minor and not is_adult(each.birth_date, day)
    )


def latest_status(statuses: Iterable[Status]) -> Status | None:
    """The status that holds now: the last by day; of two on one day the one further along."""
    return max(statuses, key=lambda each: (each.holds_on, _RANK[each.kind]), default=None)


def has_permit(statuses: Iterable[Status]) -> bool:
    """A permit was granted, and no refusal has come after it."""
    decided = [each for each in statuses if each.kind in _DECIDED_BY_UDI]
    last = latest_status(decided)
    return last is not None and last.kind in PERMITS


def permitted_since(statuses: Iterable[Status]) -> date | None:
    """The first day of the permit that a person has: the earliest after their last refusal, however late it became
    known; None without a permit. Source: SET-09, REG-05.
    """
    since: date | None = None
    for each in sorted(statuses, key=lambda each: (each.holds_on, _RANK[each.kind])):
        if each.kind is StatusKind.REFUSAL:
            since = None
        elif each.kind in PERMITS and since is None:
            since = each.holds_on
    return since


def permit_had(kind: StatusKind, holds_on: date, earlier: Iterable[Status]) -> date | None:
    """The nearest day from which a person has the very permit that is to hold from another day: with no refusal between
    them it may be one permit, registered twice. None where there is none, and for what is no permit. Source: REG-05.
    """
    statuses = list(earlier)
    refused = [each.holds_on for each in statuses if each.kind is StatusKind.REFUSAL]
    had = [
        each.holds_on
        for each in statuses
        if each.kind is kind
        and kind in PERMITS
        and each.holds_on != holds_on
        and not any(min(each.holds_on, holds_on) <= day <= max(each.holds_on, holds_on) for day in refused)
    ]
    return min(had, key=lambda day: (abs(day - holds_on), day), default=None)


def settled_on(statuses: Sequence[Status], moved_on: date) -> date | None:
    """The day from which somebody who moved to their municipality is settled (bosatt): the day they moved, if they had
    a permit then; else the first day after it with a permit; None without one.

    A permit that became known later counts from its own day, not from the day we came to know it. Source: REG-05.
    """
    days = [moved_on, *sorted(each.holds_on for each in statuses if each.kind in PERMITS and each.holds_on > moved_on)]
    return next((day for day in days if has_permit(each for each in statuses if each.holds_on <= day)), None)


def needs_udi(kind: StatusKind) -> bool:
    """Only UDI decides on permits and refusals."""
    return kind in _DECIDED_BY_UDI


def may_take_back(
    kind: StatusKind, holds_on: date, right_on: date | None, statuses: Sequence[Status], today: date
) -> Decision:
    """Whether a status that a person has can be annulled; with `right_on`, whether it can be dated anew.

    The registration by the police is kept, and nobody is unsettled by it: what rests on a status is taken back first.
    Source: REG-05; architecture (an erroneous fact is annulled).
    """
    reasons: list[Reason] = []
    rest = [each for each in statuses if (each.kind, each.holds_on) != (kind, holds_on)]
    if len(rest) == len(statuses):
        reasons.append(Reason("status_not_registered"))
    if kind in _KEPT:
        reasons.append(Reason("status_is_kept" if kind is not StatusKind.SETTLED else "settled_by_departure"))
    if right_on == holds_on:
        reasons.append(Reason("same_day_again", {"day": holds_on}))
    elif right_on is not None:
        reasons += status_fits(kind, right_on, rest, today).reasons
        decided = [each.holds_on for each in rest if each.kind in _DECIDED_BY_UDI]
        if kind is StatusKind.APPLIED_FOR_PROTECTION and decided and min(decided) < right_on:
            reasons.append(Reason("application_after_decision", {"day": min(decided)}))
    after = [*rest, *([Status(kind, right_on)] if right_on else [])]
    settled = next((each.holds_on for each in statuses if each.kind is StatusKind.SETTLED), None)
    if settled is not None and not has_permit(each for each in after if each.holds_on <= settled):
        reasons.append(Reason("settlement_rests_on_it", {"day": settled}))
    inputs = {"kind": kind, "holds_on": holds_on, "right_on": right_on, "today": today}
    return Decision.no(_TAKING_BACK, *reasons, inputs=inputs) if reasons else Decision.yes(_TAKING_BACK, inputs=inputs)


def is_taken_back_by_hand(kind: StatusKind, *, decides: bool) -> bool:
    """Whether somebody can take a status of the kind back: permits and refusals only who `decides` on them."""
    return kind not in _KEPT and (decides or not needs_udi(kind))


def check_mistake(reason: str, text: str) -> None:
    """Refuse to take something back without saying why; `other` needs words.

    Raises Refused `mistake_missing` (field `reason`), `mistake_needs_words` (field `text`).
    """
    if reason not in tuple(Mistake):
        raise Refused("mistake_missing", "reason")
    if reason == Mistake.OTHER and not text.strip():
        raise Refused("mistake_needs_words", "text")


def status_fits(kind: StatusKind, holds_on: date, earlier: Sequence[Status], today: date) -> Decision:
    """Whether a status can be registered with this day after those that a person has.

    Nothing is dated ahead of today, before the registration by the police, or (for a decision) before the
    application; nobody is settled without a permit; the same status is registered once a day.
    Source: REG-05; the order is that of MAMOT 4.2.2.
    """
    reasons: list[Reason] = []
    days = {each.kind: each.holds_on for each in sorted(earlier, key=lambda each: each.holds_on, reverse=True)}
    registered_on = days.get(StatusKind.REGISTERED_BY_POLICE)
    applied_on = days.get(StatusKind.APPLIED_FOR_PROTECTION)
    if holds_on > today:
        reasons.append(Reason("day_in_future", {"day": holds_on}))
    if registered_on and holds_on < registered_on:
        reasons.append(Reason("status_before_registration", {"day": holds_on, "registered_on": registered_on}))
    if kind in _DECIDED_BY_UDI and applied_on and holds_on < applied_on:
        reasons.append(Reason("status_before_application", {"day": holds_on, "applied_on": applied_on}))
    if kind is StatusKind.SETTLED and not has_permit(each for each in earlier if each.holds_on <= holds_on):
        reasons.append(Reason("settled_without_permit"))
    if any(each.kind is kind and each.holds_on == holds_on for each in earlier):
        reasons.append(Reason("a_status_once_a_day", {"day": holds_on}))
    inputs = {"kind": kind, "holds_on": holds_on, "today": today}
    if reasons:
        return Decision.no(_STATUS_ORDER, *reasons, inputs=inputs)
    return Decision.yes(_STATUS_ORDER, inputs=inputs)
