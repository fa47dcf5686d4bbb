"""Who has lived privately with public support, where and when: MAMOT of 2022-2024, and those on AMOT today.

Drawn before anything is written down, as the courses of those in centres are. The totals are MAMOT's own (3.2.1): so
many people, in so many municipalities, with the ten of table 3.1; a smaller country has the same part of each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fotfeste.demo.domain.assumptions import Assumptions, apportion, draw, draw_days
from fotfeste.demo.domain.course import ASYLUM, COLLECTIVE, Course, working_day
from fotfeste.demo.domain.household import Household
from fotfeste.demo.domain.people import SIZES, Population
from fotfeste.demo.domain.world import FIRST_MONTH, MunicipalitySeat, World
from fotfeste.kernel.calendar import Month

AMOT, MAMOT = "amot", "mamot"
ALONE, FAST = "alone", "fast"
SETTLED = "agreed_settlement"
_MINOR = "unaccompanied_minor"
_ONE_PERSON = ("single_woman", "single_man")
_SMALL, _LARGE = 5_000, 20_000


# Municipality, kind of household, days since they applied, state, the municipality's answer, ground of a refusal.
_APPLYING = (
    ("5037", "parent_and_child", 12, "at_municipality", "", ""),
    ("5037", _MINOR, 8, "at_municipality", "", ""),
    ("5038", "single_woman", 19, "at_municipality", "", ""),
    ("5001", "couple", 10, "at_municipality", "", ""),
    ("5037", "single_man", 4, "waiting_for_parties", "", ""),
    ("5001", "single_woman", 3, "waiting_for_parties", "", ""),
    ("5038", "couple", 2, "submitted", "", ""),
    ("5037", "family_of_three", 24, "submitted", "yes", ""),
    ("5001", "single_man", 36, "submitted", "no", ""),
    ("5037", "single_woman", 55, "refused", "", "no_need"),
    ("5001", "single_man", 48, "refused", "no", "municipality_declined"),
    ("5038", "single_woman", 30, "withdrawn", "", ""),
)
LEAST_PEOPLE_WITH_APPLICATIONS = 300


@dataclass(frozen=True, slots=True)
class PrivateLiving:
    """A household's time in a municipality: the days as they were, and the day on which its end was registered.

    `state` is the application's today; without `granted_on` they live there, and wait or were told no. `ends_on` is the
    first day that is not on the scheme; None where they live there still.
    """

    household: Household
    scheme: str
    municipality: MunicipalitySeat
    procedure: str
    applied_on: date
    granted_on: date | None
    starts_on: date
    ends_on: date | None = None
    reason: str = ""
    end_known_on: date | None = None
    state: str = "granted"
    answer: str = ""  # the municipality's, where it was asked
    ground: str = ""


def people_on_mamot(people: int, world: World) -> int:
    """How many of so many people were on MAMOT; none in a country whose today is before all had applied and left."""
    if world.last_day <= world.assumed.day("mamot_all_decided"):
        return 0
    part = world.assumed.shares("mamot_people")
    return round(people * part["persons"] / part["of"])


def people_on_amot(people: int, world: World) -> int:
    """How many are on AMOT today."""
    return round(people * world.assumed.number("amot_people"))


def plan_private(
    people: int, seed: int, world: World, population: Population, first_number: int
) -> tuple[PrivateLiving, ...]:
    """Everyone who has lived privately in a country of so many people, in order of arrival."""
    rng = Random(f"{seed}-private")
    drawing = _Drawing(rng, world, population)
    drawn = list(drawing.mamot(people_on_mamot(people, world)))
    drawn += drawing.amot(people_on_amot(people, world))
    if people >= LEAST_PEOPLE_WITH_APPLICATIONS:
        drawn += drawing.applying()
    drawn.sort(key=lambda living: living.household.course.arrived_on)
    for number, living in enumerate(drawn, start=first_number):
        living.household.number = number
    return tuple(drawn)


def places_by_municipality(people: int, rng: Random, world: World) -> dict[str, int]:
    """Places on MAMOT by municipality number: the whole scheme's, then the part of it that is asked for."""
    whole = world.assumed.shares("mamot_people")
    top = {number: int(places) for number, places in world.assumed.shares("mamot_top").items()}
    others = [m for m in world.municipalities if m.place.municipality_number not in top]
    by_luck = sorted(others, key=lambda m: rng.random() ** (1 / m.population**0.8), reverse=True)
    chosen = by_luck[: int(whole["municipalities"]) - len(top)]
    places = top | _spread(int(whole["persons"]) - sum(top.values()), chosen, rng, world.assumed)
    return dict(zip(places, apportion(people, list(places.values())), strict=True))


def _spread(total: int, chosen: Sequence[MunicipalitySeat], rng: Random, assumed: Assumptions) -> dict[str, int]:
    """At least one place each, the rest by inhabitants and luck, never above the most that its size has had."""
    spread, most = assumed.shares("mamot_spread"), assumed.shares("mamot_most_places")
    weights = {
        m.place.municipality_number: m.population ** spread["inhabitants"] * rng.lognormvariate(0, spread["luck"])
        for m in chosen
    }
    limits = {m.place.municipality_number: int(most[_size(m)]) for m in chosen}
    places = dict.fromkeys(weights, 1)
    left = total - len(places)
    while left:
        open_ones = [number for number in places if places[number] < limits[number]]
        for number, part in zip(open_ones, apportion(left, [weights[n] for n in open_ones]), strict=True):
            given = min(part, limits[number] - places[number])
            places[number] += given
            left -= given
    return places


def _size(municipality: MunicipalitySeat) -> str:
    if municipality.population < _SMALL:
        return "small"
    return "middle" if municipality.population < _LARGE else "large"


@dataclass(frozen=True, slots=True)
class _Drawing:
    rng: Random
    world: World
    population: Population

    def mamot(self, people: int) -> Iterator[PrivateLiving]:
        """Households that fill every municipality's places exactly."""
        by_number = {m.place.municipality_number: m for m in self.world.municipalities}
        months = list(self._months())
        weights = [weight for _, _, weight in months]
        for number, places in places_by_municipality(people, self.rng, self.world).items():
            for kind in self._kinds(places):
                first, last, _ = self.rng.choices(months, weights)[0]
                applied_on = first + timedelta(days=self.rng.randint(0, (last - first).days))
                yield self._on_mamot(kind, by_number[number], applied_on)

    def _months(self) -> Iterator[tuple[date, date, float]]:
        assumed = self.world.assumed
        first, last = assumed.day("mamot_first_application"), assumed.day("mamot_last_application")
        for year, weights in assumed.table("mamot_applications").items():
            for number, weight in enumerate(weights, start=1):
                month = Month(int(year), number)
                if weight:
                    yield max(first, month.first_day), min(last, month.last_day), weight

    def _kinds(self, people: int) -> Iterator[str]:
        kinds = {kind: share for kind, share in self.world.assumed.shares("households").items() if kind != _MINOR}
        while people:
            kind = draw(self.rng, kinds)
            if SIZES[kind] > people:
                kind = self.rng.choice(_ONE_PERSON)
            people -= SIZES[kind]
            yield kind

    def _on_mamot(self, kind: str, municipality: MunicipalitySeat, applied_on: date) -> PrivateLiving:
        rng, assumed = self.rng, self.world.assumed
        applied_on = working_day(applied_on) if applied_on < assumed.day("mamot_last_application") else applied_on
        arrived_on = applied_on - timedelta(days=draw_days(rng, assumed.days("days_before_mamot")))
        arrived_on = max(arrived_on, FIRST_MONTH.first_day)
        there_on = applied_on - timedelta(days=draw_days(rng, assumed.days("days_there_before_mamot")))
        starts_on = max(there_on, arrived_on, assumed.day("mamot_first_application"))
        procedure = FAST if rng.random() < assumed.number("share_fast_track") else ALONE
        days = assumed.table("days_to_mamot_decision")[procedure]
        granted_on = working_day(applied_on + timedelta(days=draw_days(rng, days)))
        granted_on = max(applied_on, min(granted_on, assumed.day("mamot_all_decided")))
        permit_on = working_day(arrived_on + timedelta(days=draw_days(rng, assumed.days("days_to_permit_collective"))))
        ends_on = starts_on + timedelta(days=draw_days(rng, assumed.days("days_on_mamot")))
        ends_on = min(max(ends_on, granted_on, permit_on + timedelta(days=2)), assumed.day("mamot_last_day"))
        reason = draw(rng, assumed.shares("mamot_ends"))
        known_on = self._end_known_on(max(ends_on, granted_on, permit_on), reason)
        course = self._course(COLLECTIVE, arrived_on, permit_on, ends_on, reason)
        household = Household(0, kind, self.population.household(kind, "UKR", arrived_on), course)
        return PrivateLiving(
            household, MAMOT, municipality, procedure, applied_on, granted_on, starts_on, ends_on, reason, known_on
        )

    def _end_known_on(self, ends_on: date, reason: str) -> date:
        assumed = self.world.assumed
        if self.rng.random() < assumed.shares("share_late_ends").get(reason, 0):
            return working_day(ends_on + timedelta(days=draw_days(self.rng, assumed.days("days_to_late_end"))))
        return working_day(ends_on + timedelta(days=self.rng.choice((0, 0, 0, 1, 2, 5))))

    def amot(self, people: int) -> Iterator[PrivateLiving]:
        """Households without a decision who live privately today; unaccompanied minors among them."""
        rng, assumed = self.rng, self.world.assumed
        homes = [m for m in self.world.municipalities if m.requested]
        weights = [m.requested for m in homes]
        while people:
            kind = _MINOR if rng.random() < assumed.number("share_amot_minors") else next(self._kinds(people))
            people -= SIZES[kind]
            starts_on = self.world.last_day - timedelta(days=draw_days(rng, assumed.days("amot_days")))
            granted_on = starts_on
            applied_on = granted_on - timedelta(days=rng.randint(6, 35))
            arrived_on = applied_on - timedelta(days=rng.randint(2, 60))
            persons = self.population.household(kind, draw(rng, assumed.shares("citizenship_asylum")), arrived_on)
            household = Household(0, kind, persons, self._course(ASYLUM, arrived_on, None, date.max, ""))
            municipality = rng.choices(homes, weights)[0]
            yield PrivateLiving(household, AMOT, municipality, ALONE, applied_on, granted_on, starts_on)

    def applying(self) -> Iterator[PrivateLiving]:
        """Applications in every state, in the municipalities whose staff a visitor of the demo can be."""
        by_number = {m.place.municipality_number: m for m in self.world.municipalities}
        for number, kind, days, state, answer, ground in _APPLYING:
            applied_on = self.world.last_day - timedelta(days=days)
            arrived_on = applied_on - timedelta(days=self.rng.randint(12, 40))
            citizenship = draw(self.rng, self.world.assumed.shares("citizenship_asylum"))
            persons = self.population.household(kind, citizenship, arrived_on)
            household = Household(0, kind, persons, self._course(ASYLUM, arrived_on, None, date.max, ""))
            there_on = applied_on - timedelta(days=self.rng.randint(2, 10))
            yield PrivateLiving(
                household,
                AMOT,
                by_number[number],
                ALONE,
                applied_on,
                None,
                there_on,
                state=state,
                answer=answer,
                ground=ground,
            )

    def _course(self, scheme: str, arrived_on: date, permit_on: date | None, leaves_on: date, reason: str) -> Course:
        return Course(
            scheme=scheme,
            arrived_on=arrived_on,
            is_through_arrival_centre=False,
            placed_on=(),
            beds_after_days=0,
            permit_on=permit_on,
            refused_on=None,
            late=None,
            way=None,
            away=None,
            leaves_on=leaves_on,
            reason=reason,
        )


def persons_of(living: Sequence[PrivateLiving]) -> int:
    """How many people."""
    return sum(len(each.household.persons) for each in living)
