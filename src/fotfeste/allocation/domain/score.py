"""How well a municipality fits a group: points per person, in parts that add up (SET-08, SET-09, SET-11, SET-12).

A part is how far something is met, in thousandths, times the policy's weight for it, in points. Everything is whole
numbers: the sum of the parts is the score, exactly, and so it is when thousands are computed at once (matrix.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.allocation.domain.fit import possible
from fotfeste.allocation.domain.policy import PartKind, Policy
from fotfeste.allocation.domain.types import Adult, Background, Group, Municipality, Offer, OfferKind, Service, Tie
from fotfeste.directory.reference.projection import distance_km
from fotfeste.directory.reference.work import known_work
from fotfeste.kernel.decisions import Decision, Outcome, Reason

WHOLE = 1000  # thousandths
THOUSANDTHS_IN_A_TENTH = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `value` in thousandths of what it can be (below nothing: taken off), `weight` in points."""

    kind: PartKind
    value: int
    weight: int
    reasons: tuple[Reason, ...] = ()

    @property
    def amount(self) -> int:
        """What it adds, in thousandths of a point per person."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of one pair, or of waiting."""

    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """The sum of the parts, in thousandths of a point per person."""
        return sum(part.amount for part in self.parts)

    def part(self, kind: PartKind) -> Part:
        """The part of a kind. Raises KeyError where the score has none."""
        return {part.kind: part for part in self.parts}[kind]


def in_tenths(amounts: Sequence[int]) -> list[int]:
    """Amounts in thousandths of a point as tenths that add up to the rounded sum, by largest remainder."""
    found = [amount // THOUSANDTHS_IN_A_TENTH for amount in amounts]
    left = (sum(amounts) + THOUSANDTHS_IN_A_TENTH // 2) // THOUSANDTHS_IN_A_TENTH - sum(found)
    by_remainder = sorted(range(len(found)), key=lambda place: -(amounts[place] % THOUSANDTHS_IN_A_TENTH))
    for place in by_remainder[:left]:
        found[place] += 1
    return found


@dataclass(frozen=True, slots=True)
class Met:
    """How far something is met, in thousandths, and why; without a reason where there is nothing to say."""

    value: int
    reasons: tuple[Reason, ...] = ()


NOTHING = Met(0)


def score(
    group: Group,
    municipality: Municipality,
    country: Mapping[str, Municipality],
    policy: Policy,
    decision: Decision | None = None,
    planned: int = 0,
) -> Score:
    """The score of settling the group there, per person. `country`: all municipalities by number; `planned`: how many
    others a plan sends there.

    `decision` is `possible` of the pair, where it is known already. An impossible pair has a score, too: it tells what
    the group misses by it.
    """
    decision = possible(group, municipality) if decision is None else decision
    found = {
        PartKind.RELATIONS: relations(group.needs.ties, municipality, policy),
        PartKind.WORK: work(group.needs.adults, municipality, policy),
        PartKind.CONTINUITY: continuity(group.host, municipality, country, policy),
        PartKind.RESIDENCE: residence(group, municipality),
        PartKind.SERVICES: services(group.needs.services, municipality, policy),
        PartKind.SPREAD: spread(municipality, policy, group.size, planned),
        PartKind.CERTAINTY: certainty(decision),
    }
    return Score(tuple(Part(kind, met.value, policy.weight(kind), met.reasons) for kind, met in found.items()))


def waiting(group: Group, on: date, policy: Policy) -> Score:
    """What leaving the group for a later week is worth, per person: below nothing from the first day, and less and less
    towards its goal (SET-09).

    Urgency is the square of the share of the goal that has passed: little at first, all of it on the goal's day, then
    on as the policy allows.
    """
    days, goal = max(0, (on - group.due_since_on).days), max(1, (group.goal_on - group.due_since_on).days)
    value = min(policy.numbers["urgency_most"], days * days * WHOLE // (goal * goal))
    code = "goal_passed" if on > group.goal_on else "goal_ahead"
    reason = Reason(code, {"days": days, "goal_on": group.goal_on})
    return Score(
        (
            Part(PartKind.LATER, -WHOLE, policy.weight(PartKind.LATER)),
            Part(PartKind.URGENCY, -value, policy.weight(PartKind.URGENCY), (reason,)),
        )
    )


def relations(ties: Iterable[Tie], municipality: Municipality, policy: Policy) -> Met:
    """Somebody close there, or less in a neighbouring municipality; together never more than the whole (SET-08)."""
    found = [(tie, value) for tie in ties if (value := tie_reach(tie, municipality, policy))]
    reasons = [
        Reason(
            "tie_there" if tie.municipality == municipality.number else "tie_next_door",
            {"strength": str(tie.strength), "place": tie.municipality},
        )
        for tie, _value in found
    ]
    return Met(min(WHOLE, sum(value for _tie, value in found)), tuple(dict.fromkeys(reasons)))


def tie_reach(tie: Tie, municipality: Municipality, policy: Policy) -> int:
    """What one tie gives in a municipality, in thousandths."""
    strength = policy.numbers[f"tie_{tie.strength}"]
    if tie.municipality == municipality.number:
        return strength
    return strength * policy.numbers["tie_near"] // WHOLE if tie.municipality in municipality.neighbours else 0


def counted(adults: Iterable[Adult], policy: Policy) -> tuple[Adult, ...]:
    """The adults whose work and education count: those below the policy's age."""
    return tuple(adult for adult in adults if adult.age < policy.numbers["work_until_age"])


def work(adults: Iterable[Adult], municipality: Municipality, policy: Policy) -> Met:
    """Each adult's best match among the municipality's offers; the mean of them, rounded down."""
    found = [_best(adult.backgrounds, municipality, policy) for adult in counted(adults, policy)]
    if not found:
        return NOTHING
    reasons = dict.fromkeys(reason for met in found for reason in met.reasons)
    return Met(sum(met.value for met in found) // len(found), tuple(reasons))


def _best(backgrounds: Iterable[Background], municipality: Municipality, policy: Policy) -> Met:
    mets = [match(background, municipality.offers, policy) for background in backgrounds]
    if not mets:
        return Met(0, (Reason("background_not_known"),))
    return max(mets, key=lambda met: met.value)


def match(background: Background, offers: Iterable[Offer] | None, policy: Policy) -> Met:
    """The best of a municipality's offers for what somebody has worked with or is educated in (SET-10)."""
    if offers is None:
        return Met(policy.numbers["match_not_said"], (Reason("offers_not_said"),))
    found = [met for offer in offers if (met := _match(background, offer, policy)) is not None]
    if not found:
        return Met(0, (_nothing_for(background),))
    return max(found, key=lambda met: (met.value, met.reasons[0].code))


def _match(background: Background, offer: Offer, policy: Policy) -> Met | None:
    if offer.field != background.field:
        return None
    is_work = offer.kind is OfferKind.WORK
    if not offer.occupation:
        code = "work_in_field" if is_work else "study_in_field"
        return Met(policy.numbers["match_field"], (Reason(code, {"field": offer.field}),))
    if offer.occupation != background.occupation:
        return None
    fields = {"occupation": offer.occupation}
    if not is_work:
        return Met(policy.numbers["match_study"], (Reason("study_for_occupation", fields),))
    if not background.has_worked:
        return Met(policy.numbers["match_field"], (Reason("work_after_education", fields),))
    if _is_regulated(offer.occupation):
        return Met(policy.numbers["match_regulated"], (Reason("work_asks_authorisation", fields),))
    return Met(policy.numbers["match_occupation"], (Reason("work_in_occupation", fields),))


def _is_regulated(occupation: str) -> bool:
    entry = known_work().occupations.get(occupation)
    return entry is not None and entry.is_regulated


def _nothing_for(background: Background) -> Reason:
    if background.occupation:
        return Reason("no_offer_for_occupation", {"occupation": background.occupation})
    return Reason("no_offer_in_field", {"field": background.field})


def continuity(host: str, municipality: Municipality, country: Mapping[str, Municipality], policy: Policy) -> Met:
    """From an integration centre: its host municipality first, then what borders on it, then what is near (SET-11).

    "" is no host: those who live elsewhere have no programme to go on with. Source: IM 4.1 and 6.2.1.
    """
    if not host:
        return NOTHING
    fields: dict[str, str | int] = {"host": host}
    if municipality.number == host:
        return Met(policy.numbers["continuity_host"], (Reason("host_municipality", fields),))
    if host in municipality.neighbours:
        return Met(policy.numbers["continuity_border"], (Reason("borders_on_host", fields),))
    if host not in country:
        return Met(0, (Reason("far_from_host", fields),))
    fields["km"] = km = round(distance_km(country[host].centre, municipality.centre))
    if km <= policy.numbers["continuity_near_km"]:
        return Met(policy.numbers["continuity_near"], (Reason("near_host", fields),))
    return Met(0, (Reason("far_from_host", fields),))


def residence(group: Group, municipality: Municipality) -> Met:
    """They live there already, on MAMOT or AMOT, and are settled where they live (SET-12; MAMOT 9.1)."""
    if group.lives_in == municipality.number:
        return Met(WHOLE, (Reason("lives_there"),))
    return Met(0, (Reason("lives_elsewhere", {"place": group.lives_in}),)) if group.lives_in else NOTHING


def services(wished: Iterable[Service], municipality: Municipality, policy: Policy) -> Met:
    """How much of what would help them the municipality has, by what each is worth in the policy; the mean of them."""
    found = [_service(service, municipality, policy) for service in sorted(wished)]
    if not found:
        return NOTHING
    reasons = tuple(reason for met in found for reason in met.reasons)
    return Met(sum(met.value for met in found) // len(found), reasons)


def _service(service: Service, municipality: Municipality, policy: Policy) -> Met:
    said = municipality.services.get(service)
    fields = {"service": str(service)}
    if said is None:
        value = policy.numbers[f"wish_{service}"] * policy.numbers["service_not_said"] // WHOLE
        return Met(value, (Reason("service_not_said", fields),))
    if said:
        return Met(policy.numbers[f"wish_{service}"], (Reason("service_there", fields),))
    return Met(0, (Reason("service_missing", fields),))


def spread(municipality: Municipality, policy: Policy, persons: int = 1, planned: int = 0) -> Met:
    """How much of IMDi's request the municipality has not yet taken: settlement all over the country (SET-09).

    It is less for each person who comes. A group that comes when a plan has sent so many others there has the mean of
    its own persons, rounded down.
    """
    asked, taken = municipality.requested, municipality.taken
    if asked is None:
        return Met(policy.numbers["spread_not_known"], (Reason("request_not_known"),))
    value = sum(untaken(asked, taken + planned + each) for each in range(persons)) // persons
    # Not how many others: some of them are seen by those alone who are named for them (ADR 0036).
    return Met(value, (Reason("share_of_request", {"taken": taken, "requested": asked}),))


def untaken(asked: int, taken: int) -> int:
    """How much of a request has not been taken, in thousandths of it: what the next person counts."""
    return max(0, asked - taken) * WHOLE // asked if asked else 0


def falls(municipality: Municipality, places: int) -> tuple[int, ...]:
    """By how much less than the first each next person counts for spread, in thousandths, for so many places; nothing
    where all count alike.
    """
    asked, taken = municipality.requested, municipality.taken
    if not asked or asked <= taken:
        return ()
    first = untaken(asked, taken)
    return tuple(first - untaken(asked, taken + each) for each in range(places))


def certainty(decision: Decision) -> Met:
    """Taken off where something must be asked about first: a need or room that is not known."""
    return Met(-WHOLE, decision.reasons) if decision.outcome is Outcome.UNKNOWN else NOTHING
