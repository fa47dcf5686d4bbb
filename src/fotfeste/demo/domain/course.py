"""How it goes for a household: the days of every step, drawn before anything is written down.

The days may lie after today: whoever writes the records down stops there. So whatever is under way today has the
beginning of a course, never a state of its own making.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from fotfeste.demo.domain.assumptions import Assumptions, draw, draw_days
from fotfeste.demo.domain.people import ADULT, PersonDraft
from fotfeste.kernel.calendar import next_working_day

COLLECTIVE, ASYLUM = "collective", "asylum"
MOST_REQUESTS = 4
_DECLINES = {
    "no_housing": 0.42,
    "no_adapted_housing": 0.06,
    "no_health_services": 0.12,
    "no_school_place": 0.12,
    "quota_filled": 0.2,
    "other": 0.08,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: the days it is sent and answered, and how: accepted, withdrawn, or a reason for declining."""

    sent_on: date
    answered_on: date
    answer: str


@dataclass(frozen=True, slots=True)
class Way:
    """The days from the permit to the municipality."""

    informed_on: date
    invited_on: date
    held_on: date
    asks: tuple[Ask, ...]
    offered_on: date
    answered_on: date
    is_accepted: bool
    agreed_on: date
    travels_on: date


@dataclass(frozen=True, slots=True)
class Away:
    """An absence of everyone: kind, first day, day of return, day of return that was agreed."""

    kind: str
    from_on: date
    return_on: date
    expected_on: date | None
    is_abroad: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one household. `leaves_on` and `reason` end the stay; a late person has a decision of their own."""

    scheme: str
    arrived_on: date
    is_through_arrival_centre: bool
    placed_on: tuple[date, ...]
    beds_after_days: int
    permit_on: date | None
    refused_on: date | None
    late: tuple[int, date] | None
    way: Way | None
    away: Away | None
    leaves_on: date
    reason: str


@lru_cache(maxsize=8192)
def working_day(day: date) -> date:
    """The day, or the first working day after it."""
    return next_working_day(day)


def draw_course(
    rng: Random, scheme: str, persons: Sequence[PersonDraft], arrived_on: date, assumed: Assumptions
) -> Course:
    """Draw the course of a household that arrives on a day."""
    decided_on = working_day(arrived_on + timedelta(days=draw_days(rng, assumed.days(f"days_to_permit_{scheme}"))))
    is_refused = scheme == ASYLUM and rng.random() < assumed.number("share_refused_asylum")
    way = None if is_refused else draw_way(rng, decided_on, assumed)
    if way is None:
        leaves_on = decided_on + timedelta(days=draw_days(rng, assumed.days("days_after_refusal")))
        reason = "left_country"
    elif way.is_accepted:
        leaves_on, reason = way.travels_on, "agreed_settlement"
    else:
        leaves_on, reason = way.answered_on + timedelta(days=rng.randint(20, 80)), "private_address"
    early = assumed.shares("share_leaving_early")
    if way is not None and rng.random() < sum(early.values()):
        days = (leaves_on - arrived_on).days
        leaves_on, reason = arrived_on + timedelta(days=rng.randint(3, max(4, days - 4))), draw(rng, early)
    through = rng.random() < assumed.number("share_through_arrival_centre")
    placed_on = _placements(rng, arrived_on, leaves_on, through, assumed)
    return Course(
        scheme=scheme,
        arrived_on=arrived_on,
        is_through_arrival_centre=through,
        placed_on=placed_on,
        beds_after_days=0 if rng.random() < 0.9 else 1,
        permit_on=None if is_refused else decided_on,
        refused_on=decided_on if is_refused else None,
        late=_late(rng, persons, decided_on, assumed) if way is not None else None,
        way=way,
        away=_away(rng, placed_on[-1], leaves_on, assumed),
        leaves_on=leaves_on,
        reason=reason,
    )


def draw_way(rng: Random, permit_on: date, assumed: Assumptions) -> Way:
    """Draw the days from a permit to the journey, with every municipality that is asked on the way."""
    held_on = _after(rng, permit_on, "days_to_interview", assumed)
    days = (held_on - permit_on).days
    informed_on = permit_on + timedelta(days=rng.randint(0, max(0, days - 2)))
    invited_on = informed_on + timedelta(days=rng.randint(0, max(0, (held_on - informed_on).days - 1)))
    asks = _asks(rng, held_on, assumed)
    offered_on = _after(rng, asks[-1].answered_on, "days_to_offer", assumed)
    answered_on = _after(rng, offered_on, "days_to_offer_answer", assumed)
    agreed_on = _after(rng, answered_on, "days_to_agree_journey", assumed)
    return Way(
        informed_on=informed_on,
        invited_on=invited_on,
        held_on=held_on,
        asks=asks,
        offered_on=offered_on,
        answered_on=answered_on,
        is_accepted=rng.random() >= assumed.number("share_refused_offer"),
        agreed_on=agreed_on,
        travels_on=_after(rng, agreed_on, "days_to_travel", assumed),
    )


def _asks(rng: Random, held_on: date, assumed: Assumptions) -> tuple[Ask, ...]:
    found: list[Ask] = []
    ready_on, answer = held_on, ""
    while answer != "accepted":
        sent_on = _after(rng, ready_on, "days_to_request", assumed)
        ready_on = _after(rng, sent_on, "days_to_answer", assumed)
        answer = "accepted" if len(found) + 1 == MOST_REQUESTS else _answer(rng, assumed)
        found.append(Ask(sent_on, ready_on, answer))
    return tuple(found)


def _answer(rng: Random, assumed: Assumptions) -> str:
    chance = rng.random()
    if chance < assumed.number("share_withdrawn"):
        return "withdrawn"
    if chance < assumed.number("share_withdrawn") + assumed.number("share_declined_by_municipality"):
        return draw(rng, _DECLINES)
    return "accepted"


def _after(rng: Random, day: date, step: str, assumed: Assumptions) -> date:
    return working_day(day + timedelta(days=draw_days(rng, assumed.days(step))))


def _placements(
    rng: Random, arrived_on: date, leaves_on: date, is_through: bool, assumed: Assumptions
) -> tuple[date, ...]:
    """The first day at each centre; the last one has days left before they leave."""
    found = [arrived_on + timedelta(days=rng.random() < 0.12)]  # some wait a day for a place
    if is_through:
        found.append(found[-1] + timedelta(days=draw_days(rng, assumed.days("days_at_arrival_centre"))))
    if rng.random() < assumed.number("share_moved_later"):
        found.append(found[-1] + timedelta(days=rng.randint(14, 60)))
    while len(found) > 1 and (leaves_on - found[-1]).days < 4:
        found.pop()
    return tuple(found)


def _late(
    rng: Random, persons: Sequence[PersonDraft], permit_on: date, assumed: Assumptions
) -> tuple[int, date] | None:
    """One of several adults whose decision comes later than the others'."""
    grown = [place for place, person in enumerate(persons) if person.part == ADULT]
    if len(grown) < 2 or rng.random() >= assumed.number("share_late_decision"):
        return None
    return grown[-1], working_day(permit_on + timedelta(days=rng.randint(10, 70)))


def _away(rng: Random, settled_in_on: date, leaves_on: date, assumed: Assumptions) -> Away | None:
    days = (leaves_on - settled_in_on).days
    if days < 20 or rng.random() >= assumed.number("share_absent"):
        return None
    from_on = settled_in_on + timedelta(days=rng.randint(4, days - 14))
    is_leave = rng.random() < 0.8
    length = rng.randint(2, 9)
    return Away(
        kind="leave" if is_leave else "away",
        from_on=from_on,
        return_on=from_on + timedelta(days=length),
        expected_on=from_on + timedelta(days=length) if is_leave else None,
        is_abroad=rng.random() < 0.4,
    )
