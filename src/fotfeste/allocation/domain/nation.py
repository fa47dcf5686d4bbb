"""A whole year of the country to ask what-ifs of: the real municipalities, and households that are drawn.

Places are what the councils had decided for 2024 (IMDi, the copy of November 2024; see directory/reference/README.md).
Who comes, what they have worked with and what municipalities offer is drawn: nobody real is in it, and the shares below
are assumed. It is what a what-if is measured on, and says nothing of any household.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fotfeste.allocation.domain.types import (
    Adult,
    Background,
    Group,
    Municipality,
    Needs,
    Offer,
    OfferKind,
    Resource,
    Service,
    Strength,
    Tie,
)
from fotfeste.directory.reference.read import municipalities, neighbours_by_number, settlement_requests
from fotfeste.directory.reference.records import SettlementRequestRecord
from fotfeste.directory.reference.work import known_work
from fotfeste.settlement.domain.types import Capability

YEAR = 2024
ON = date(YEAR, 1, 1)
HALF_A_YEAR, GOAL = 180, timedelta(days=182)
# Assumed: households in a hundred by size (2.8 persons on average), and the shares of households with each trait.
SIZES = {1: 37, 2: 15, 3: 15, 4: 13, 5: 10, 6: 5, 7: 3, 8: 2}
TIED, IN_RECEPTION_NEAR, RECOGNISED, OFFERED = 0.25, 0.10, 0.7, 0.3
NEEDED: Mapping[Capability, float] = {Capability.ADAPTED_HOUSING: 0.03, Capability.HEALTH_SPECIALISTS: 0.05}
WISHED: Mapping[Service, float] = {Service.SCHOOL_SUPPORT: 0.05, Service.ADAPTED_TRAINING: 0.05}
HAS_IT = 0.8


@dataclass(frozen=True, slots=True)
class Scenario:
    """What becomes of a year: how many households come, how many of the decided places there are, and the drawing."""

    name: str
    groups: int = 12_000
    places_percent: int = 125
    seed: int = 2024


def country_of(scenario: Scenario) -> tuple[Municipality, ...]:
    """The 357 municipalities, each with its places of the year in the scenario, and what it is drawn to have.

    A council that had not decided has what it was asked for; one that was not asked has nothing.
    """
    dice = _dice_for("places", scenario)
    asked = {row.municipality_number: row for row in settlement_requests()}
    return tuple(
        Municipality(
            number=row.number,
            name=row.name_nb,
            centre=row.position,
            neighbours=frozenset(neighbours_by_number()[row.number]),
            left={Resource.PERSONS: _places(asked[row.number]) * scenario.places_percent // 100},
            requested=asked[row.number].requested_total.value,
            capabilities={each: dice.random() < HAS_IT for each in NEEDED},
            services={each: dice.random() < HAS_IT for each in WISHED},
            offers=frozenset(_offers(dice)),
        )
        for row in municipalities()
    )


def _dice_for(what: str, scenario: Scenario) -> Random:
    return Random(f"{what} {scenario.seed}")  # noqa: S311 - a drawing that is the same each time, no secret


def _places(asked: SettlementRequestRecord) -> int:
    decided = asked.decided_total.value
    return decided if decided is not None else asked.requested_total.value or 0


def _offers(dice: Random) -> list[Offer]:
    kinds = ((OfferKind.WORK, OFFERED), (OfferKind.EDUCATION, OFFERED / 2))
    return [Offer(kind, field) for kind, share in kinds for field in known_work().fields if dice.random() < share]


def groups_of(scenario: Scenario) -> tuple[Group, ...]:
    """The households of the year, all of whom wait on its first day for up to half a year already."""
    dice = _dice_for("households", scenario)
    people = {row.number: row.population for row in municipalities()}
    numbers, weights = tuple(people), tuple(people.values())
    occupations = [Background(each.field, each.code) for each in known_work().occupations.values()]
    return tuple(_group(str(place), dice, (numbers, weights), occupations) for place in range(scenario.groups))


def _group(
    reference: str, dice: Random, living: tuple[Sequence[str], Sequence[int]], occupations: Sequence[Background]
) -> Group:
    size = dice.choices(tuple(SIZES), tuple(SIZES.values()))[0]
    since = ON - timedelta(days=dice.randrange(HALF_A_YEAR))
    adults = tuple(
        Adult(dice.randrange(18, 70), (dice.choice(occupations),) if dice.random() < RECOGNISED else ())
        for _ in range(min(size, 2))
    )
    ties = (Tie(dice.choices(*living)[0], dice.choice(list(Strength))),) if dice.random() < TIED else ()
    needs = Needs(
        hard=frozenset(each for each, share in NEEDED.items() if dice.random() < share),
        services=frozenset(each for each, share in WISHED.items() if dice.random() < share),
        ties=ties,
        adults=adults,
    )
    host = dice.choices(*living)[0] if dice.random() < IN_RECEPTION_NEAR else ""
    return Group(reference, {Resource.PERSONS: size}, since, since + GOAL, needs=needs, host=host)
