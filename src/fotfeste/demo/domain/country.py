"""The synthetic country: generated from a number of people, a seed, the world before them and the rules.

Those who have lived privately are drawn by themselves (`private`). The others in three passes: first who comes when,
and how it goes for them; then where they stay, in order of time, since a bed is given to one at a time; last their
records, household by household, in batches that the caller may store and forget.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from fotfeste.demo.domain.assumptions import apportion, draw
from fotfeste.demo.domain.case_records import CapabilityRecord
from fotfeste.demo.domain.choosing import Choice
from fotfeste.demo.domain.chronicle import Chronicle, accommodation_steps
from fotfeste.demo.domain.course import ASYLUM, COLLECTIVE, draw_course
from fotfeste.demo.domain.diary import Batch, By, new_batch
from fotfeste.demo.domain.house import (
    ARRIVAL,
    LEAST_PLACES,
    MINORS,
    House,
    build_houses,
    close_some,
    fullest,
)
from fotfeste.demo.domain.household import Household, StayPlan
from fotfeste.demo.domain.people import SIZES, Population
from fotfeste.demo.domain.private import PrivateLiving, persons_of, plan_private
from fotfeste.demo.domain.private_chronicle import PrivateChronicle
from fotfeste.demo.domain.records import DuplicateRecord
from fotfeste.demo.domain.rules import Due, Rules
from fotfeste.demo.domain.running import centre_records
from fotfeste.demo.domain.settling import OWN_WAYS, SettlementChronicle, arrival_confirmed_on, move_seen_on
from fotfeste.demo.domain.world import Keys, World

HOUSEHOLDS_A_BATCH = 800
DUPLICATES_WITHIN_DAYS = 40
_ONE_PERSON = ("single_woman", "single_man")
_TRIES = 6


@dataclass(slots=True)
class Country:
    """The plan of the country: its households in order of arrival, and its centres. `batches` writes it down."""

    world: World
    rules: Rules
    keys: Keys
    seed: int
    first_group_number: int
    households: list[Household]
    houses: list[House]
    duplicates: dict[int, int] = field(default_factory=dict)  # number of a household: of the one it repeats
    private: tuple[PrivateLiving, ...] = ()

    def batches(self) -> Iterator[Batch]:
        """Every record: first the centres, then the households, last what municipalities have said. Once only."""
        batch = new_batch()
        choice = Choice(self.world, self.seed)
        centre_records(self.houses, self.world, self.keys, self.seed, batch)
        yield batch
        yield from self._private_batches()
        rng = Random(f"{self.seed}-records")
        repeated = set(self.duplicates.values())
        first_persons: dict[int, int] = {}
        batch = new_batch()
        for place, household in enumerate(self.households, start=1):
            chronicle = Chronicle(household, self.world, self.rules, self.keys, rng, batch)
            if household.number in repeated:
                first_persons[household.number] = chronicle.persons[0]
            chronicle.register()
            if household.number in self.duplicates:
                self._propose(chronicle, first_persons[self.duplicates[household.number]])
            write_down(chronicle, choice)
            if place % HOUSEHOLDS_A_BATCH == 0:
                yield batch
                batch = new_batch()
        batch[CapabilityRecord].extend(choice.records())
        yield batch

    def _private_batches(self) -> Iterator[Batch]:
        rng, batch = Random(f"{self.seed}-private-records"), new_batch()
        for place, living in enumerate(self.private, start=1):
            PrivateChronicle(living, self.world, self.rules, self.keys, rng, batch).write()
            if place % HOUSEHOLDS_A_BATCH == 0:
                yield batch
                batch = new_batch()
        yield batch

    def _propose(self, chronicle: Chronicle, other: int) -> None:
        """Likely the same person as one who is registered: UDI is asked to look."""
        low, high = sorted((chronicle.persons[0], other))
        at = chronicle.diary.last_at
        chronicle.batch[DuplicateRecord].append(DuplicateRecord(low, high, "same_birth_date_and_close_names", at, ""))
        on = chronicle.household.course.arrived_on
        by = By(at, None, self.world.udi.organisation_id)
        chronicle.diary.open_task(
            "answer_duplicates", self.world.udi.organisation_id, "registry.group_registered", on, Due(None, ""), by
        )


def plan_country(
    people: int, seed: int, world: World, rules: Rules, keys: Keys, first_group_number: int = 8001
) -> Country:
    """Draw a country of exactly so many people, those who have lived privately among them."""
    population = Population(seed, world.assumed)
    private = plan_private(people, seed, world, population, first_group_number)
    in_centres, first_number = people - persons_of(private), first_group_number + len(private)
    households, duplicates = _draw_households(in_centres, seed, world, population, first_number)
    houses = _house_them(households, seed, world, keys)
    return Country(world, rules, keys, seed, first_group_number, households, houses, duplicates, private)


def _draw_households(
    people: int, seed: int, world: World, population: Population, first_number: int
) -> tuple[list[Household], dict[int, int]]:
    rng = Random(f"{seed}-courses")
    households: list[Household] = []
    duplicates: dict[int, int] = {}
    for arrived_on, kind in _arrivals(people, rng, world):
        is_asylum = rng.random() < world.assumed.number("share_individual_asylum")
        scheme = ASYLUM if is_asylum else COLLECTIVE
        citizenship = draw(rng, world.assumed.shares(f"citizenship_{scheme}"))
        persons = population.household(kind, citizenship, arrived_on)
        number = first_number + len(households)
        is_recent = (world.today - arrived_on).days < DUPLICATES_WITHIN_DAYS
        if is_recent and kind in _ONE_PERSON and len(households) > 20 and rng.random() < 0.03:
            earlier = households[-rng.randint(5, 20)]
            if earlier.number not in duplicates.values() and earlier.number not in duplicates:
                persons = (population.same_again(earlier.persons[0]),)
                duplicates[number] = earlier.number
        course = draw_course(rng, scheme, persons, arrived_on, world.assumed)
        households.append(Household(number, kind, persons, course))
    return households, duplicates


def _arrivals(people: int, rng: Random, world: World) -> Iterator[tuple[date, str]]:
    """The day and kind of every household, in order of arrival; in each month its part of the people."""
    kinds = world.assumed.shares("households")
    parts = apportion(people, [weight for _, _, weight in world.months])
    for (first, last, _), part in zip(world.months, parts, strict=True):
        found: list[str] = []
        left = part
        while left:
            kind = draw(rng, kinds)
            if SIZES[kind] > left:
                kind = rng.choice(_ONE_PERSON)
            found.append(kind)
            left -= SIZES[kind]
        days = sorted(rng.randint(0, (last - first).days) for _ in found)
        for day, kind in zip(days, found, strict=True):
            yield first + timedelta(days=day), kind


def _house_them(households: list[Household], seed: int, world: World, keys: Keys) -> list[House]:
    """Give every household its centres and beds, in order of time."""
    rng = Random(f"{seed}-beds")
    stays = [(h.course.placed_on[0], h.course.leaves_on, len(h.persons)) for h in households]
    occupancy = fullest(stays, world.first_day, world.last_day)
    places = round(max(occupancy, default=0) * world.assumed.number("capacity_over_peak"))
    houses = build_houses(world.centres, max(places, LEAST_PLACES * len(world.centres)), rng, keys, world.assumed)
    close_some(houses, occupancy, world.first_day, world.assumed)
    waiting = [(day, place) for place, h in enumerate(households) for day in h.course.placed_on]
    heapify(waiting)
    while waiting:
        day, place = heappop(waiting)
        if day > world.last_day:
            break
        closes_on = _place(households[place], day, houses, rng, world)
        if closes_on is not None:
            heappush(waiting, (closes_on, place))
    return houses


def _place(household: Household, day: date, houses: list[House], rng: Random, world: World) -> date | None:
    """Place a household on a day; gives the day on which its centre closes over its head, if it does."""
    course = household.course
    next_day = min((d for d in course.placed_on if d > day), default=course.leaves_on)
    is_first_of_several = next_day != course.leaves_on and course.is_through_arrival_centre and not household.stays
    house = _choose_house(household, day, houses, rng, is_first_of_several)
    closes_on = None
    if house.closes_on is not None and next_day > house.closes_on:
        next_day = closes_on = house.closes_on
    until = next_day if next_day <= world.last_day else None
    sexes = [person.sex for person in household.persons]
    stay = StayPlan(house, day, until, house.give_beds(sexes, day, until))
    household.stays.append(stay)
    _move_bed(stay, until or world.today, rng, world)
    return closes_on


def _choose_house(household: Household, day: date, houses: list[House], rng: Random, is_passing: bool) -> House:
    """The arrival centre for those who pass it, one for minors for minors, else one with room; a new room at worst."""
    size = len(household.persons)
    now = household.stays[-1].house if household.stays else None
    wanted = ARRIVAL if is_passing else (MINORS if household.is_unaccompanied else "")
    for house in houses:
        if wanted and house.centre.type == wanted and house is not now and house.free(day) >= size:
            return house
    ordinary = [house for house in houses if house.centre.type not in (ARRIVAL, MINORS) and house is not now]
    for house in rng.choices(ordinary, [house.places for house in ordinary], k=_TRIES):
        if house.takes(day) and house.free(day) >= size:
            return house
    open_houses = [house for house in ordinary if house.takes(day)]
    best = max(open_houses, key=lambda house: house.free(day))
    if best.free(day) < size:
        best.add_room(size)
    return best


def _move_bed(stay: StayPlan, until: date, rng: Random, world: World) -> None:
    """Now and then somebody changes bed after a while."""
    days = (until - stay.from_on).days
    if days < 12 or rng.random() >= world.assumed.number("share_moved_bed"):
        return
    on = stay.from_on + timedelta(days=rng.randint(5, days - 5))
    place = rng.randrange(len(stay.beds))
    new = stay.house.change_bed(stay.beds[place], stay.from_on, on, stay.until_on)
    if new is not None:
        stay.moved_bed = (place, on, new)


def write_down(chronicle: Chronicle, choice: Choice) -> None:
    """Every step of a registered household up to the last day, in order; then how it ends, if it has."""
    household, last = chronicle.household, chronicle.world.last_day
    course = household.course
    case = SettlementChronicle(chronicle, course.way, choice) if course.way is not None else None
    steps = accommodation_steps(chronicle, case.follow if case is not None else _nothing)
    steps += case.steps() if case is not None else []
    if course.refused_on is not None:
        steps.append((course.refused_on, 10, lambda: _refuse(chronicle, course.refused_on)))
    for day, _, step in sorted(steps, key=lambda step: step[:2]):
        if day <= last and day < course.leaves_on:
            step()
    if course.leaves_on <= last:
        _end(chronicle, case)
    if case is not None:
        case.finish()
    chronicle.finish()


def _nothing(_: date, __: By) -> None:
    """No case follows the household."""


def _refuse(chronicle: Chronicle, on: date | None) -> None:
    if on is not None:
        by = chronicle.diary.act(chronicle.world.udi, on)
        chronicle.register_status(chronicle.persons, "refusal", on, by)


def _end(chronicle: Chronicle, case: SettlementChronicle | None) -> None:
    course = chronicle.household.course
    if case is None:
        chronicle.depart(course.leaves_on, course.reason)
    elif course.reason == "agreed_settlement":
        case.settle(course.leaves_on)
        confirmed_on = arrival_confirmed_on(chronicle, course.leaves_on)
        if confirmed_on <= chronicle.world.last_day:
            case.confirm_arrival(confirmed_on)
    else:
        case.end(course.leaves_on, course.reason)
        seen_on = move_seen_on(chronicle, course.leaves_on)
        if course.reason in OWN_WAYS and seen_on <= chronicle.world.last_day:
            case.see_private_move(seen_on)
