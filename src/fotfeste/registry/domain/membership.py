"""Who may join and leave a placement group, and which needs to know follow (REG-02)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fotfeste.access.domain.types import NeedReason
from fotfeste.kernel.decisions import Decision, Reason, RuleRef

# These come from the group's case; the others come from where a person is registered, decided on, lives.
OF_THE_GROUP = frozenset(
    {
        NeedReason.SETTLEMENT_CASE,
        NeedReason.WANTS_TO_SETTLE,
        NeedReason.ASKED_TO_SETTLE,
        NeedReason.OFFERED_HERE,
    }
)
# Who registers what is known of people: where they live, who registered them, UDI. Others read what they need.
ACTING = frozenset({NeedReason.LIVES_HERE, NeedReason.REGISTERED_HERE, NeedReason.PROTECTION_CASE})

_JOINING = RuleRef("registry.joining_a_group", "1", "GUIDE 2.2 (REG-02)", "verified")
_LEAVING = RuleRef("registry.leaving_a_group", "1", "GUIDE 2.2 (REG-02)", "verified")

type OpenNeed = tuple[int, NeedReason]


@dataclass(frozen=True, slots=True)
class PresentMembership:
    """Where a person belongs now: since when, and how many others are there."""

    group_id: int
    since_on: date
    others: int


def may_join(
    name: str,
    group_id: int,
    created_on: date,
    present: PresentMembership | None,
    from_on: date,
    today: date,
    *,
    may_remove: bool,
) -> Decision:
    """Whether a person can become a member from a day, leaving the group they are in.

    A centre may add members; taking somebody out of a group with others is for UDI (logistics).
    Source: GUIDE 2.2.
    """
    reasons: list[Reason] = []
    if present is not None and present.group_id == group_id:
        reasons.append(Reason("member_already", {"name": name}))
    elif present is not None and present.others and not may_remove:
        reasons.append(Reason("belongs_to_other_family", {"name": name}))
    if from_on > today:
        reasons.append(Reason("day_in_future", {"day": from_on}))
    if from_on < created_on:
        reasons.append(Reason("member_before_group", {"created_on": created_on}))
    if present is not None and from_on < present.since_on:
        reasons.append(Reason("member_before_present_group", {"name": name, "since_on": present.since_on}))
    inputs = {"from_on": from_on, "today": today, "may_remove": may_remove}
    return Decision.no(_JOINING, *reasons, inputs=inputs) if reasons else Decision.yes(_JOINING, inputs=inputs)


def may_leave(name: str, present: PresentMembership, from_on: date, today: date) -> Decision:
    """Whether a person can be taken out of their group from a day: not the last one, not before they joined."""
    reasons: list[Reason] = []
    if not present.others:
        reasons.append(Reason("last_member", {"name": name}))
    if from_on > today:
        reasons.append(Reason("day_in_future", {"day": from_on}))
    if from_on < present.since_on:
        reasons.append(Reason("member_before_present_group", {"name": name, "since_on": present.since_on}))
    inputs = {"from_on": from_on, "today": today}
    return Decision.no(_LEAVING, *reasons, inputs=inputs) if reasons else Decision.yes(_LEAVING, inputs=inputs)


def needs_that_end(left: Iterable[OpenNeed], joined: Iterable[OpenNeed]) -> frozenset[OpenNeed]:
    """The needs, each (organisation, reason), that a person loses with the group they leave."""
    return frozenset(need for need in left if need[1] in OF_THE_GROUP) - frozenset(joined)


def needs_that_are_shared(needs: Iterable[OpenNeed]) -> frozenset[OpenNeed]:
    """The needs that reach those whom somebody joins: who has settled them has not settled the others."""
    return frozenset(need for need in needs if need[1] != NeedReason.SETTLED_HERE)


def needs_that_follow(own: Iterable[OpenNeed]) -> frozenset[OpenNeed]:
    """The needs that a person carries into a group, whatever group that is."""
    return frozenset(need for need in own if need[1] not in OF_THE_GROUP)
