"""A policy (prioritering): how the goals of settlement are weighed, dated, named, and changed only with a reason.

Everything that the score counts with is a value of the policy, so that a page can show all of it, and two plans can be
told apart by it (SET-09, SET-15).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from fotfeste.allocation.domain.types import AGE_BANDS, FamilyType, Service, SetKind, Strength
from fotfeste.kernel.decisions import RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.parameters import Parameter, ParameterBook, ParameterStatus, Value
from fotfeste.registry.domain.types import Sex

BALANCED = "balanced"  # avveid
LONGEST_REASON = 2000
LONGEST_SOURCE = 200
ALPHA_3 = 3


class PartKind(StrEnum):
    """What a score is the sum of. The last two belong to waiting for a later week."""

    RELATIONS = "relations"  # nære relasjoner
    WORK = "work"  # arbeid og utdanning
    CONTINUITY = "continuity"  # fra integreringsmottak
    RESIDENCE = "residence"  # bor der alt (MAMOT, AMOT)
    SERVICES = "services"  # tjenester
    SPREAD = "spread"  # spredt bosetting
    CERTAINTY = "certainty"  # må spørres først
    LATER = "later"  # en senere uke
    URGENCY = "urgency"  # hvor mye det haster


class Unknown(StrEnum):
    """How a pair whose hard needs are not known counts."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


MOST_POINTS = 9  # of the curve: each is a plan more to compute
EVERYBODYS = (PartKind.WORK, PartKind.SPREAD)  # the parts that any group can have
NUMBERS = (
    *(f"weight_{kind}" for kind in PartKind),
    *(f"tie_{strength}" for strength in Strength),
    *("tie_near", "match_occupation", "match_study", "match_regulated", "match_field", "match_not_said"),
    *("continuity_host", "continuity_border", "continuity_near", "continuity_near_km"),
    *(f"wish_{service}" for service in Service),
    *("service_not_said", "spread_not_known", "urgency_most", "work_until_age", "coming_weeks", "recent_weeks"),
)
TEXTS = ("unknown_counts", "spread_curve", "protected_sets")


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy on a day. `parameters` by name, as a page shows them; `numbers` are the whole numbers among them.

    Raises Refused where a value is missing or cannot be.
    """

    name: str
    on: date
    parameters: Mapping[str, Parameter]
    numbers: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", dict(self.parameters))
        if missing := [name for name in (*NUMBERS, *TEXTS) if name not in self.parameters]:
            raise Refused("policy_value_missing", missing[0], {"name": missing[0]})
        numbers = {name: self.parameters[name].integer for name in NUMBERS}
        object.__setattr__(self, "numbers", numbers)
        _check(self)

    def weight(self, kind: PartKind) -> int:
        """Points per person for a part that is fully met."""
        return self.numbers[f"weight_{kind}"]

    @property
    def unknown(self) -> Unknown:
        """How unknown counts."""
        return Unknown(self.parameters["unknown_counts"].text)

    @property
    def curve(self) -> tuple[int, ...]:
        """The weights of spread that are shown beside each other, from accurate to dispersed."""
        return tuple(int(each) for each in self.parameters["spread_curve"].text.split())

    @property
    def protected_sets(self) -> tuple[str, ...]:
        """The sets of people that must not fare worse than by a plain draw, as `kind:value`."""
        return tuple(self.parameters["protected_sets"].text.split())

    def rule(self, name: str) -> RuleRef:
        """The reference of one value: its code, version, source and status."""
        return self.parameters[name].rule_ref()

    def at(self, spread: int) -> "Policy":
        """The same policy with another weight of spread: a point of the curve, where ties may come to decide."""
        moved = replace(self.parameters["weight_spread"], value=spread)
        return replace(self, parameters={**self.parameters, "weight_spread": moved})


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a change changes."""

    name: str
    before: Value
    after: Value
    unit: str


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A policy changed: what became of it, every difference, and why. The versions are new ones; none goes."""

    policy: Policy
    differences: tuple[Difference, ...]
    reason: str
    versions: tuple[Parameter, ...]


def policy_on(day: date, book: ParameterBook, name: str = BALANCED, known_at: date | None = None) -> Policy:
    """The policy in force on a day.

    Raises NoRule where a value has no version then, Refused where one cannot be, or where ties would outweigh what
    everybody can have beside them.
    """
    found = {each: book.get(code_of(name, each), day, known_at) for each in (*NUMBERS, *TEXTS)}
    return _held_together(Policy(name, day, found))


def along_curve(policy: Policy) -> Iterator[Policy]:
    """The policy at every point of its own curve, from accurate to dispersed, its own point among them: what the
    trade-off is drawn from.
    """
    return (policy.at(spread) for spread in sorted({*policy.curve, policy.weight(PartKind.SPREAD)}))


def change(
    policy: Policy,
    values: Mapping[str, Value],
    *,
    reason: str,
    source: str,
    on: date,
    known_on: date | None = None,
    status: ParameterStatus = ParameterStatus.DEMO,
) -> PolicyChange:
    """The policy with other values from a day on, what differs, and why; versions of an installation's own.

    `known_on`: the day on which it is decided (None: the same). `status`: verified where somebody who may decide has.
    Raises Refused without a reason or a source, for a day that has passed when it is decided, for a name that is no
    value of a policy, for a value of another type, where nothing differs, and where the new policy would not hold
    together.
    """
    reason, source, known_on = reason.strip(), source.strip(), known_on or on
    _check_grounds(reason, source, on, known_on)
    _check_known(policy, values)
    after = {
        name: replace(
            policy.parameters[name],
            value=value,
            effective_from=on,
            known_from=known_on,
            source=source,
            status=status,
            note=reason,
        )
        for name, value in sorted(values.items())
        if value != policy.parameters[name].value
    }
    if not after:
        raise Refused("policy_unchanged")
    changed = _held_together(replace(policy, on=on, parameters={**policy.parameters, **after}))
    return PolicyChange(changed, differences(policy, changed), reason, tuple(after.values()))


def differences(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """Every value in which two policies differ, in the order in which policies are written."""
    return tuple(
        Difference(name, before.parameters[name].value, after.parameters[name].value, after.parameters[name].unit)
        for name in (*NUMBERS, *TEXTS)
        if before.parameters[name].value != after.parameters[name].value
    )


def is_set(name: str) -> bool:
    """Whether `kind:value` is a set of people that can be protected: a name that is none would protect nobody."""
    kind, _colon, value = name.partition(":")
    match kind:
        case SetKind.CITIZENSHIP:
            return len(value) == ALPHA_3 and value.isalpha() and value.isupper()
        case SetKind.AGE_BAND:
            return value in map(str, AGE_BANDS)
        case SetKind.SEX:
            return value in list(Sex)
        case _:
            return kind == SetKind.FAMILY_TYPE and value in list(FamilyType)


def code_of(policy: str, name: str) -> str:
    """The code of a policy's value among the dated parameters."""
    return f"allocation.{policy}.{name}"


def _check_grounds(reason: str, source: str, on: date, known_on: date) -> None:
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused("policy_reason_missing", "reason", {"most": LONGEST_REASON})
    if not source or len(source) > LONGEST_SOURCE:
        raise Refused("policy_source_missing", "source", {"most": LONGEST_SOURCE})
    if on < known_on:
        raise Refused("policy_is_not_changed_backwards", "effective_from", {"known": known_on})


def _check_known(policy: Policy, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        if name not in policy.parameters:
            raise Refused("policy_value_unknown", name, {"name": name})
        if type(value) is not type(policy.parameters[name].value):
            raise Refused("policy_value_wrong", name, {"name": name})


def _check(policy: Policy) -> None:
    for name, number in policy.numbers.items():
        if number < 0:
            raise Refused("policy_value_negative", name, {"name": name})
    if policy.parameters["unknown_counts"].text not in list(Unknown):
        raise Refused("policy_value_wrong", "unknown_counts", {"name": "unknown_counts"})
    weights = policy.parameters["spread_curve"].text.split()
    if len(weights) > MOST_POINTS or not all(each.isdigit() for each in weights):
        raise Refused("policy_value_wrong", "spread_curve", {"name": "spread_curve"})
    if not all(is_set(each) for each in policy.protected_sets):
        raise Refused("policy_value_wrong", "protected_sets", {"name": "protected_sets"})


def _held_together(policy: Policy) -> Policy:
    """The policy itself, unless ties would decide by themselves."""
    rest = sum(policy.weight(kind) for kind in EVERYBODYS)
    if policy.weight(PartKind.RELATIONS) >= rest:
        raise Refused(
            "ties_would_decide", "weight_relations", {"weight": policy.weight(PartKind.RELATIONS), "rest": rest}
        )
    return policy
