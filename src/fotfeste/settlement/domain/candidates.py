"""Which municipalities fit a group, and why or why not (SET-07, SET-08, SET-10). Ties and distance only
inform.

Every decision of a candidate can be YES, NO or UNKNOWN: a council that has not decided, or a municipality
that has not said what it can offer, is unknown, and is neither shown as full nor as unable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, radians, sin, sqrt

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.settlement.domain.types import Capability, PlaceKind

EARTH_RADIUS_KM = 6371.0
_SOURCE = "SET-10; IMDi's requests and the councils' decisions"
_WEEK_RULE = RuleRef("settlement.week", "2026", "SET-10; what municipalities say", "verified")
_RESOURCE_RULE = RuleRef("settlement.resources", "2026", "SET-10; what municipalities declare", "verified")


@dataclass(frozen=True, slots=True)
class GroupNeeds:
    """What a group asks of its municipality, as one group."""

    size: int
    is_unaccompanied: bool
    capabilities: frozenset[Capability] = frozenset()


@dataclass(frozen=True, slots=True)
class Figures:
    """A municipality's figures for a year: the council's decision (None: none published), and its use in
    persons.

    `asked` are all in requests that wait for an answer, `held` those of them for whom places are kept meanwhile; `kept`
    are places reserved for people of an integration centre that nobody from there has taken (SET-11).
    `year` is the year that the group would count in, `decided_year` the year that the decision is for: an
    earlier one where nothing is published for `year`, None where nothing ever was.
    """

    year: int
    decided_year: int | None
    decided: int | None
    decided_minors: int | None
    settled: int = 0
    promised: int = 0
    settled_minors: int = 0
    promised_minors: int = 0
    asked: int = 0
    in_week: int = 0
    held: int = 0
    held_minors: int = 0
    kept: int = 0

    @property
    def used(self) -> int:
        """Persons for whom a place is taken or kept, whoever they are."""
        return self.settled + self.promised + self.held + self.kept

    @property
    def left(self) -> int | None:
        """Persons that the decision still has room for; None where there is no decision. May be negative."""
        return None if self.decided is None else self.decided - self.used

    @property
    def asked_beyond(self) -> int:
        """Persons in requests that wait for an answer and keep no place: there was none when they were asked for."""
        return self.asked - self.held

    @property
    def left_minors(self) -> int | None:
        """Unaccompanied minors that the decision still has room for; None where it says nothing of them.

        They are among those whom the whole decision is for: where that is used up, there is no place for them either.
        """
        if self.decided_minors is None:
            return None
        of_theirs = self.decided_minors - self.settled_minors - self.promised_minors - self.held_minors
        return of_theirs if self.left is None else min(of_theirs, self.left)


@dataclass(frozen=True, slots=True)
class Resource:
    """How many a municipality has of a kind of place, how many are used, and how many the group uses of it."""

    kind: PlaceKind
    number: int
    used: int
    wanted: int = 0

    @property
    def left(self) -> int:
        """How many are free. May be negative."""
        return self.number - self.used


@dataclass(frozen=True, slots=True)
class Candidate:
    """One municipality seen from one group: the answer with its parts, and what else a case worker looks
    at.
    """

    organisation_id: int
    number: str
    name: str
    county: str
    sort_key: str
    figures: Figures
    decided: int | None  # of the council's decision, what counts for this group; None where it is not known
    left: int | None
    room: Decision
    capabilities: Decision
    declined: Decision  # no: it has said no before, and that holds
    in_week: Decision  # no: it receives no more in the week that they are wanted in
    fits: Decision
    ties: int = 0
    distance_km: int | None = None
    declared: Mapping[Capability, bool] = field(default_factory=dict)


def counting_for(group: GroupNeeds, figures: Figures) -> tuple[int | None, int | None]:
    """What the council decided that counts for this group, and what is left of it: a minor alone has places apart."""
    if group.is_unaccompanied:
        return figures.decided_minors, figures.left_minors
    return figures.decided, figures.left


def has_room(group: GroupNeeds, figures: Figures) -> Decision:
    """Whether the council's decision has room for the whole group: decided minus settled, promised, kept for others.

    Unaccompanied minors need room in what was decided for them; everyone else in the whole decision. Where no
    decision is published for the year, the latest earlier one is used and says so in a reason and in the
    rule's status. A request that waits for its answer keeps its places (SET-11); one that was sent beyond the decision
    keeps none, and is told. Source: SET-10, SET-11; IM 6.2.1.
    """
    rule = _room_rule(figures)
    inputs = {
        "size": group.size,
        "decided": figures.decided,
        "settled": figures.settled,
        "promised": figures.promised,
        "held": figures.held,
        "kept": figures.kept,
    }
    decided, left = counting_for(group, figures)
    if decided is None or left is None:
        code = "minors_not_decided" if group.is_unaccompanied else "council_not_decided"
        return Decision.unknown(rule, Reason(code, {"year": figures.year}), inputs=inputs)
    fields = {"left": left, "decided": decided, "size": group.size}
    if left < group.size:
        return Decision.no(rule, Reason("minors_full" if group.is_unaccompanied else "no_room", fields), inputs=inputs)
    reasons = [Reason("room_for_minors" if group.is_unaccompanied else "room", fields)]
    if figures.asked_beyond and left - figures.asked_beyond < group.size:
        reasons.append(Reason("asked_for_others", {"asked": figures.asked_beyond}))
    if figures.decided_year != figures.year:
        reasons.append(Reason("figures_of_earlier_year", {"year": figures.decided_year or 0}))
    return Decision.yes(rule, *reasons, inputs=inputs)


def has_resources(room: Decision, resources: Sequence[Resource]) -> Decision:
    """Whether there is room in the decision, and of each kind of place that the group uses as many as it uses.

    What the municipality has said no number of is not asked. Source: SET-10.
    """
    parts = [_has_left(each) for each in resources if each.wanted]
    return Decision.all_of(room.rule, room, *parts, inputs=dict(room.inputs)) if parts else room


def _has_left(resource: Resource) -> Decision:
    fields: dict[str, str | int | date | bool] = {
        "resource": str(resource.kind),
        "left": max(0, resource.left),
        "wanted": resource.wanted,
    }
    if resource.left < resource.wanted:
        return Decision.no(_RESOURCE_RULE, Reason("resource_short", fields))
    return Decision.yes(_RESOURCE_RULE, Reason("resource_left", fields))


def has_room_in_week(size: int, planned: int, week: Week, most: int | None) -> Decision:
    """Whether a municipality that has `planned` persons in a week, or in one that is not decided, receives so many more
    in it. `most`: None where it has not said, or no week is wanted. Who are more than the most come alone. Source:
    SET-10; ADR 0039.
    """
    if most is None or planned + min(size, most) <= most:
        return Decision.yes(_WEEK_RULE)
    return Decision.no(_WEEK_RULE, Reason("week_is_full", {"most": most, "planned": planned, "week": week.number}))


def _room_rule(figures: Figures) -> RuleRef:
    is_own_year = figures.decided_year == figures.year
    version = str(figures.decided_year or figures.year)
    return RuleRef("settlement.room", version, _SOURCE, "verified" if is_own_year else "demo")


def offers_what_is_needed(group: GroupNeeds, declared: Mapping[Capability, bool]) -> Decision:
    """Whether the municipality says that it can offer each thing that the group needs.

    Declared no is NO; not said is UNKNOWN, and IMDi asks. For unaccompanied minors the council's figure
    speaks, unless the municipality has said that it takes none. Source: SET-10.
    """
    rule = RuleRef("settlement.capabilities", "2024", "SET-10; what municipalities declare", "verified")
    needed = sorted(group.capabilities - {Capability.UNACCOMPANIED_MINORS})
    parts = [_offers(rule, capability, declared) for capability in needed]
    if group.is_unaccompanied and declared.get(Capability.UNACCOMPANIED_MINORS) is False:
        parts.append(_offers(rule, Capability.UNACCOMPANIED_MINORS, declared))
    if not parts:
        return Decision.yes(rule, Reason("nothing_special_needed"))
    return Decision.all_of(rule, *parts, inputs={"needed": ", ".join(needed)})


def _offers(rule: RuleRef, capability: Capability, declared: Mapping[Capability, bool]) -> Decision:
    fields = {"capability": str(capability)}
    said = declared.get(capability)
    if said is None:
        return Decision.unknown(rule, Reason("capability_not_said", fields))
    if said:
        return Decision.yes(rule, Reason("capability_offered", fields))
    return Decision.no(rule, Reason("capability_not_offered", fields))


def fits(room: Decision, capabilities: Decision, not_declined: Decision, in_week: Decision) -> Decision:
    """Whether a municipality fits a group: room, capabilities, no earlier no that still holds, and a week that is not
    full. Ties and distance are not asked.
    """
    rule = RuleRef("settlement.fits", "2024", "SET-07, SET-08; GUIDE Vedlegg 5", "verified")
    return Decision.all_of(rule, room, capabilities, not_declined, in_week)


def reasons_to_tell(candidate: Candidate) -> tuple[Reason, ...]:
    """What the page says of a candidate: why it fits, or what speaks against it; never mixed up with ties."""
    if candidate.fits.is_yes:
        return (*candidate.room.reasons, *candidate.capabilities.reasons)
    return candidate.fits.reasons


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Distance in whole km as the crow flies between two (latitude, longitude) in degrees (haversine)."""
    (lat_1, lon_1), (lat_2, lon_2) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return round(2 * EARTH_RADIUS_KM * asin(sqrt(half)))
