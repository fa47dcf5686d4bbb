"""Whether a municipality is possible for a group: its hard needs, its room, and no earlier no (SET-07, SET-10).

Yes, no, or unknown with what is missing. What a municipality has not said is unknown, never no; a policy says how
unknown counts. Ties, work and all that is wished for are not asked here: they are the score's.
"""

from collections.abc import Iterator

from fotfeste.allocation.domain.policy import Policy, Unknown
from fotfeste.allocation.domain.types import FREE, Group, Municipality, Resource, Steering
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.settlement.domain.types import Capability

_NEEDS = RuleRef("allocation.hard_needs", "1", "SET-10; GUIDE 1.4 and 1.5.1", "verified")
_ROOM = RuleRef("allocation.room", "1", "SET-10, SET-11; the councils' decisions", "verified")
_NOT_DECLINED = RuleRef("allocation.not_declined", "1", "SET-07", "verified")
_STEERED = RuleRef("allocation.steered", "1", "SET-15: a case worker decides", "verified")
_POSSIBLE = RuleRef("allocation.possible", "1", "SET-07, SET-08; GUIDE Vedlegg 5", "verified")
# Where these are used and not declared it is a fact that is missing; the others bind only those who declare them.
MUST_BE_KNOWN = {Resource.PERSONS: "council_not_decided", Resource.MINORS: "minors_not_decided"}


def possible(group: Group, municipality: Municipality, steering: Steering = FREE) -> Decision:
    """Whether the group can be settled there at all, with every reason.

    Its parts are needs, room, an earlier no, and what a case worker has decided ahead of the plan.
    """
    parts = (
        meets_needs(group.needs.hard, municipality),
        has_room(group, municipality),
        _not_declined(group, municipality),
        as_steered(group, municipality, steering),
    )
    inputs = {"group": group.reference, "municipality": municipality.number}
    return Decision.all_of(_POSSIBLE, *parts, inputs=inputs)


def as_steered(group: Group, municipality: Municipality, steering: Steering) -> Decision:
    """Whether a case worker has left the pair open: not forbidden, not closed, the group not pinned elsewhere.

    A pin decides between municipalities and nothing else: what is not possible by needs or room is not by a pin.
    """
    pinned = steering.pinned.get(group.reference, municipality.number)
    reasons = [
        *([Reason("closed_this_time")] if municipality.number in steering.closed else []),
        *([Reason("forbidden_by_hand")] if (group.reference, municipality.number) in steering.forbidden else []),
        *([Reason("pinned_elsewhere", {"place": pinned})] if pinned != municipality.number else []),
    ]
    return Decision.no(_STEERED, *reasons) if reasons else Decision.yes(_STEERED)


def counts_as_possible(decision: Decision, policy: Policy) -> bool:
    """Whether a plan may use the pair: yes may, no may not, unknown as the policy says."""
    return decision.is_yes or (not decision.is_no and policy.unknown is Unknown.POSSIBLE)


def meets_needs(hard: frozenset[Capability], municipality: Municipality) -> Decision:
    """Whether the municipality has declared each hard need of a group. Source: SET-10, GUIDE 1.5.1.

    For unaccompanied minors the council's figure speaks, unless the municipality has said that it takes none.
    """
    parts = [part for capability in sorted(hard) if (part := _meets(capability, municipality)) is not None]
    if not parts:
        return Decision.yes(_NEEDS, Reason("nothing_special_needed"))
    return Decision.all_of(_NEEDS, *parts, inputs={"needed": ", ".join(sorted(hard))})


def _meets(capability: Capability, municipality: Municipality) -> Decision | None:
    said = municipality.capabilities.get(capability)
    fields = {"capability": str(capability)}
    if said is None and capability is Capability.UNACCOMPANIED_MINORS:
        return None
    if said is None:
        return Decision.unknown(_NEEDS, Reason("capability_not_said", fields))
    if said:
        return Decision.yes(_NEEDS, Reason("capability_offered", fields))
    return Decision.no(_NEEDS, Reason("capability_not_offered", fields))


def has_room(group: Group, municipality: Municipality) -> Decision:
    """Whether the whole group fits in what is left of every resource that it uses, and in the week.

    Source: SET-10, SET-11.
    """
    parts = tuple(_room_of_each(group, municipality))
    inputs = {str(resource): count for resource, count in group.uses.items()}
    return Decision.all_of(_ROOM, *parts, inputs=inputs)


def _room_of_each(group: Group, municipality: Municipality) -> Iterator[Decision]:
    for resource in Resource:
        used = group.uses.get(resource, 0)
        left = municipality.left.get(resource)
        if not used or (left is None and resource not in MUST_BE_KNOWN):
            continue
        if left is None:
            yield Decision.unknown(_ROOM, Reason(MUST_BE_KNOWN[resource]))
            continue
        kept = municipality.kept_from(group.centre) if resource is Resource.PERSONS else 0
        fields: dict[str, str | int] = {"resource": str(resource), "used": used, "left": left - kept}
        if left < used:
            yield Decision.no(_ROOM, Reason("no_room", fields))
        elif left - kept < used:
            yield Decision.no(_ROOM, Reason("kept_for_centre", {"used": used, "left": left - kept, "kept": kept}))
        else:
            yield Decision.yes(_ROOM, Reason("room", fields))
    if municipality.week and not municipality.week.has_room(group.size):
        fields = {"used": group.size, "most": municipality.week.most, "planned": municipality.week.planned}
        yield Decision.no(_ROOM, Reason("week_is_full", fields))


def _not_declined(group: Group, municipality: Municipality) -> Decision:
    """Source: SET-07. Whether a no holds still is asked when the household is read (`may_be_asked`)."""
    said = next((each for each in group.said_no if each.municipality == municipality.number), None)
    if said is None:
        return Decision.yes(_NOT_DECLINED)
    why = said.declined.why_not() if said.declined else Reason("declined_before")
    return Decision.no(_NOT_DECLINED, why)
