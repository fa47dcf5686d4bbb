"""Why a group was placed where it was, found from the scores and the prices of a plan (SET-15)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fotfeste.allocation.domain.explanation import Alternative, Barred, Explanation, Gap, Prices
from fotfeste.allocation.domain.fit import counts_as_possible, possible
from fotfeste.allocation.domain.policy import Policy
from fotfeste.allocation.domain.score import Score, score, waiting
from fotfeste.allocation.domain.types import FREE, Group, Municipality, Steering
from fotfeste.kernel.decisions import Decision, Reason
from fotfeste.settlement.domain.contents import Question

NEXT_BEST = 2
UNITS = 1000  # thousandths of a point in a point
TENTHS = 10  # less than a tenth of a point is told as alike


@dataclass(frozen=True, slots=True)
class _Seen:
    """A municipality seen from the group: `price` in thousandths of a point per person, `held` of it for those who are
    expected later; `full_week` where it receives nobody more in the week of the plan.
    """

    number: str
    decision: Decision
    score: Score
    price: int
    held: int
    full_week: Reason | None

    @property
    def is_held(self) -> bool:
        """Whether those who are expected ask the most for it."""
        return self.held > 0 and 2 * self.held >= self.price

    @property
    def net(self) -> int:
        return self.score.total - self.price


def explain(
    group: Group,
    place: str | None,
    country: Mapping[str, Municipality],
    policy: Policy,
    on: date,
    prices: Prices | None = None,
    steering: Steering = FREE,
    planned: Mapping[str, int] | None = None,
    held: Prices | None = None,
) -> Explanation:
    """Explain a group's place (None: left for later) in a plan made on a day.

    `country`: all municipalities by number; `prices`: points for one unit of what the plan counts, beside crowding;
    `held`: what is asked beside those for whom is expected later in the year; `planned`: how many persons the plan
    sends to each municipality, the group's own among them. Every score counts the
    group as the last who comes: what the plan would lose or gain by having it there or not. A group that is pinned is
    held against the municipalities that the pin shut out: what the pin costs. Raises KeyError where the place is not in
    the country.
    """
    pinned = steering.pinned.get(group.reference)
    others = _others(planned or {}, group, place)
    seen = _seen_by(group, country, policy, (prices or {}, held or {}), steering.without_pins, others)
    chosen = None if place is None else seen[place]
    open_to_it = _best_first(each for each in seen.values() if counts_as_possible(each.decision, policy))
    elsewhere = [each for each in open_to_it if each.number != place]
    concerned = _concerns(group)
    later = waiting(group, on, policy)

    def told(others: Iterable[_Seen]) -> tuple[Alternative, ...]:
        return tuple(_alternative(each, chosen, later, pinned) for each in others)

    return Explanation(
        group=group,
        place=place,
        score=chosen.score if chosen else None,
        outcome=_outcome(chosen, elsewhere, later, pinned),
        met=tuple(_met(chosen)),
        scarce=_scarce(chosen),
        alternatives=told(elsewhere[:NEXT_BEST]),
        mentioned=told(each for each in elsewhere[NEXT_BEST:] if each.number in concerned),
        barred=tuple(_barred(group, list(seen.values()), policy, pinned)),
        later=later,
        declined=tuple(question for question in Question if question in group.needs.declined),
        pin=None if pinned is None else _without_pin(chosen, open_to_it, later),
    )


def _best_first(found: Iterable[_Seen]) -> list[_Seen]:
    return sorted(found, key=lambda each: (-each.score.total, each.number))


def _others(planned: Mapping[str, int], group: Group, place: str | None) -> Mapping[str, int]:
    """Who goes where beside the group."""
    return {number: persons - (group.size if number == place else 0) for number, persons in planned.items()}


def _seen_by(
    group: Group,
    country: Mapping[str, Municipality],
    policy: Policy,
    prices: tuple[Prices, Prices],
    steering: Steering,
    others: Mapping[str, int],
) -> Mapping[str, _Seen]:
    return {
        number: _look(group, each, country, policy, _price(group, number, prices), steering, others.get(number, 0))
        for number, each in country.items()
    }


def _price(group: Group, number: str, prices: tuple[Prices, Prices]) -> tuple[int, int]:
    """What a place costs the group this week, and what is asked for it later, in thousandths of a point per person."""
    this_week, later = (
        sum(group.takes(column) * price for column, price in each.get(number, {}).items()) for each in prices
    )
    return round(UNITS * this_week / group.size), round(UNITS * later / group.size)


def _look(
    group: Group,
    municipality: Municipality,
    country: Mapping[str, Municipality],
    policy: Policy,
    price: tuple[int, int],
    steering: Steering,
    planned: int,
) -> _Seen:
    decision = possible(group, municipality, steering)
    found = score(group, municipality, country, policy, decision, planned)
    return _Seen(
        municipality.number,
        decision,
        found,
        sum(price),
        price[1],
        _full_week(group, municipality, planned),
    )


def _full_week(group: Group, municipality: Municipality, others: int) -> Reason | None:
    week = municipality.week
    if week is None or week.has_room(group.size, others):
        return None
    # Not by how many: some of them are seen by those alone who are named for them (ADR 0036).
    return Reason("week_is_filled", {"most": week.most})


def _outcome(chosen: _Seen | None, others: Sequence[_Seen], later: Score, pinned: str | None) -> Reason:
    """What the choice came of: the best there is, the best that was left, the only one, nothing possible, or later."""
    if pinned is not None:
        if chosen:
            return Reason("pinned_here")
        is_possible = pinned in [each.number for each in others]
        return Reason("pin_without_room" if is_possible else "pin_not_possible", {"place": pinned})
    if chosen is None:
        if not others:
            return Reason("nothing_possible")
        return Reason(_why_later(others, later), {"possible": len(others)})
    better = sum(each.score.total > chosen.score.total for each in others)
    if not others:
        return Reason("only_possible")
    if better:
        return Reason("best_that_was_left", {"better": better, "possible": len(others) + 1})
    return Reason("best_of_all", {"possible": len(others) + 1})


def _why_later(others: Sequence[_Seen], later: Score) -> str:
    """Nothing fits well enough, or what does is held for those who are expected, or went to others."""
    if others[0].score.total < later.total:
        return "better_later"
    well = [each for each in others if each.score.total >= later.total]
    return "held_for_expected" if all(each.net < later.total and each.is_held for each in well) else "no_place_left"


def _without_pin(chosen: _Seen | None, possible_ones: Sequence[_Seen], later: Score) -> Reason | None:
    """Where the group would have gone by the plan's prices, and how many points per person that is more or less."""
    best = max(possible_ones, key=lambda each: each.net, default=None)
    if best is None or best.net < later.total:
        return Reason("unpinned_waits")
    if chosen is None:
        return Reason("unpinned_placed", {"place": best.number, "points": best.score.total})
    if best.net <= chosen.net:
        return Reason("unpinned_same")
    more = best.score.total - chosen.score.total
    if abs(more) < UNITS // TENTHS:
        return Reason("unpinned_alike", {"place": best.number})
    code = "unpinned_better" if more > 0 else "unpinned_cheaper"
    return Reason(code, {"place": best.number, "points": abs(more)})


def _met(chosen: _Seen | None) -> Iterator[Reason]:
    for part in chosen.decision.parts if chosen else ():
        for each in part.parts or (part,):
            yield from (reason for reason in each.reasons if each.is_yes and reason.code == "capability_offered")


def _scarce(chosen: _Seen | None) -> Reason | None:
    if chosen is None or chosen.price <= 0:
        return None
    if chosen.is_held:
        return Reason("place_will_be_scarce", {"points": chosen.held})
    return Reason("place_is_scarce", {"points": chosen.price})


def _alternative(other: _Seen, chosen: _Seen | None, later: Score, pinned: str | None) -> Alternative:
    parts = chosen.score.parts if chosen else ()
    found = [
        Gap(part.kind, part.amount - theirs.amount, theirs.reasons)
        for part, theirs in ((part, other.score.part(part.kind)) for part in parts)
    ]
    lacks = sorted((gap for gap in found if gap.missing > 0), key=lambda gap: -gap.missing)
    outcome = _why_not(other, chosen, later) if pinned is None else None
    gains = sorted((gap for gap in found if gap.missing < 0), key=lambda gap: gap.missing)
    return Alternative(other.number, other.score, tuple(lacks), tuple(gains), outcome)


def _why_not(other: _Seen, chosen: _Seen | None, later: Score) -> Reason | None:
    """Why something as good or better was not chosen, and how many points per person it was short of."""
    own, net = (chosen.score.total, chosen.net) if chosen else (later.total, later.total)
    if other.score.total < own:
        return None
    if other.full_week:
        return other.full_week
    if other.price > 0 and other.net < net:
        short = net - other.net
        if other.is_held:
            return Reason("kept_for_expected", {"price": other.held, "short": short})
        return Reason("wanted_by_others", {"price": other.price, "short": short})
    return Reason("equal" if other.score.total == own and other.net == net else "filled_otherwise")


def _barred(group: Group, seen: Sequence[_Seen], policy: Policy, pinned: str | None) -> Iterator[Barred]:
    """Each reason for which municipalities were not possible, the most common first."""
    found: dict[Reason, list[str]] = {}
    for each in seen:
        if not counts_as_possible(each.decision, policy):
            for reason in dict.fromkeys(_kind_of(reason) for reason in each.decision.reasons):
                found.setdefault(reason, []).append(each.number)
    concerned = _concerns(group) | ({pinned} if pinned else set())
    for reason, numbers in sorted(found.items(), key=lambda item: (-len(item[1]), item[0].code, str(item[0].fields))):
        yield Barred(reason, len(numbers), tuple(number for number in numbers if number in concerned))


def _kind_of(reason: Reason) -> Reason:
    """The reason without its counts: what many municipalities have in common. What a municipality has said of the group
    itself is told as it is.
    """
    if reason.code.startswith("declined_"):
        return reason
    return Reason(
        reason.code, {key: value for key, value in reason.fields.items() if key in ("capability", "resource")}
    )


def _concerns(group: Group) -> frozenset[str]:
    """The municipalities that the group has something to do with, so that it is told by name what was not possible."""
    ties = {tie.municipality for tie in group.needs.ties}
    said_no = {each.municipality for each in group.said_no}
    return frozenset({group.host, group.lives_in} | ties | said_no) - {""}
