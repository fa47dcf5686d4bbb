"""The rest of a year planned at once: who waits and who is expected, against every place that is left of it.

A year is a generated one (what_if.py, nation.py) or what stands today with something otherwise (question.py).
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from fotfeste.allocation.domain.curve import unevenness
from fotfeste.allocation.domain.expected import Expected, whole_groups
from fotfeste.allocation.domain.matrix import Posed, pose
from fotfeste.allocation.domain.pinned import solve_around
from fotfeste.allocation.domain.places import Places
from fotfeste.allocation.domain.policy import Policy, Unknown
from fotfeste.allocation.domain.question import Outcome, Question, Received, checked
from fotfeste.allocation.domain.solver.certificate import UNPLACED, objective
from fotfeste.allocation.domain.solver.instance import Floats, Instance, Integers, check
from fotfeste.allocation.domain.solver.plan import Plan as Solved
from fotfeste.allocation.domain.types import FREE, Group, Municipality, Resource, SaidNo, Steering
from fotfeste.settlement.domain.types import AfterDecline

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a day, before anything is otherwise; `places` are the municipalities' own figures, in their order,
    and `year` is the year that they are of.

    Nobody in it is protected: it is the same for everybody who plans.
    """

    waiting: tuple[Group, ...]
    expected: Expected
    municipalities: tuple[Municipality, ...]
    places: tuple[Places, ...]
    policy: Policy
    on: date
    year: int
    steering: Steering = FREE


@dataclass(frozen=True, slots=True)
class Year:
    """Whom and what a year's plan chooses among, and by what it weighs. `on`: the day on which those without a place
    have waited so long as counts.
    """

    groups: tuple[Group, ...]
    municipalities: tuple[Municipality, ...]
    policy: Policy
    on: date
    steering: Steering = FREE


def year_of(standing: Standing, question: Question) -> Year:
    """The rest of the year as it is asked: who waits first, then whole groups like the expected. Raises Refused.

    What a municipality receives in one week binds nobody in a year, a closing of this week neither, nor a no that is
    over before the year is. Who is pinned to the municipality that receives nobody is free. Who is left without a place
    has waited until the year ends.
    """
    policy = checked(question, standing.policy)
    places = {each.number: _with_places(each, question.places_percent, policy) for each in standing.municipalities}
    if question.closed in places:
        places[question.closed] = replace(places[question.closed], left={Resource.PERSONS: 0}, kept={})
    waiting = (_in_the_year(each, standing.year) for each in standing.waiting)
    pinned = standing.steering.pinned.items()
    return Year(
        groups=(*waiting, *whole_groups(standing.expected, question.arrivals_percent)),
        municipalities=tuple(places.values()),
        policy=policy,
        on=date(standing.year, DECEMBER, 31),
        steering=replace(
            standing.steering,
            pinned={group: number for group, number in pinned if number != question.closed},
            closed=frozenset(),
        ),
    )


def _in_the_year(group: Group, year: int) -> Group:
    """A group with the noes that hold for the rest of the year: "not this week" does where the first week that it may
    be asked for is in a later one.
    """
    return replace(group, said_no=tuple(each for each in group.said_no if not _ends_within(each, year)))


def _ends_within(said: SaidNo, year: int) -> bool:
    if said.declined is None or said.declined.following.follows != AfterDecline.NOT_THIS_WEEK:
        return False
    again = said.declined.following.from_week
    return again is None or again.year <= year


def _with_places(municipality: Municipality, percent: int, policy: Policy) -> Municipality:
    """A municipality with so many per cent of what is left of each resource, rounded down, and no limit on a week.

    Where the council has not decided and unknown counts as possible, IMDi's request stands for its decision all year.
    """
    left = dict(municipality.left)
    if municipality.requested is not None and policy.unknown is Unknown.POSSIBLE:
        left.setdefault(Resource.PERSONS, municipality.requested - municipality.taken)
    return replace(
        municipality,
        left={resource: max(0, many) * percent // 100 for resource, many in left.items()},
        kept={centre: many * percent // 100 for centre, many in municipality.kept.items()},
        week=None,
    )


def solved_year(year: Year) -> tuple[Posed, Solved]:
    """The year as a problem, and the best plan found for it with its certificate. Raises UnusableInstance."""
    problem = pose(year.groups, year.municipalities, year.policy, year.on, steering=year.steering)
    check(problem.instance)
    return problem, solve_around(problem.instance, problem.pinned)


def outcome_of(year: Year, problem: Posed, found: Solved) -> Outcome:
    """What a year's plan comes to."""
    instance, placed = problem.instance, found.municipality != UNPLACED
    persons, goes = instance.demand[:, 0], found.municipality[placed]
    groups = np.bincount(goes, minlength=instance.municipalities)
    received = np.bincount(goes, weights=persons[placed], minlength=instance.municipalities)
    numbers = zip(problem.municipalities, instance.limit[:, 0], groups, received, strict=True)
    return Outcome(
        groups=instance.groups,
        persons=int(persons.sum()),
        placed_groups=int(placed.sum()),
        placed_persons=int(persons[placed].sum()),
        points=points_of(instance, found.municipality),
        unevenness=unevenness(year.municipalities, received),
        received=tuple(Received(number, int(room), int(some), int(many)) for number, room, some, many in numbers),
    )


def points_of(instance: Instance, municipality: Integers) -> float:
    """Points per person of those who have a place; 0 where nobody has."""
    waits: Floats = instance.unplaced_value[municipality == UNPLACED]
    persons = int(instance.demand[municipality != UNPLACED, 0].sum())
    return (objective(instance, municipality) - float(waits.sum())) / persons if persons else 0.0


def points_by(policy: Policy, year: Year, municipality: Integers) -> float:
    """The same by another policy: what plans that were weighed differently are held beside each other by."""
    instance = pose(year.groups, year.municipalities, policy, year.on, steering=year.steering).instance
    return points_of(instance, municipality)
