"""Groups, municipalities and policies for the tests of allocation."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from fotfeste.allocation.domain.parameters import book
from fotfeste.allocation.domain.policy import NUMBERS, Policy, policy_on
from fotfeste.allocation.domain.types import (
    Adult,
    Background,
    Group,
    Municipality,
    Needs,
    Offer,
    OfferKind,
    Resource,
    SaidNo,
    Service,
    Steering,
    Strength,
    Tie,
    WeekRoom,
)
from fotfeste.allocation.domain.vocabulary import vocabulary
from fotfeste.directory.reference.projection import LatLon
from fotfeste.kernel.calendar import Week
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import AfterDecline, Capability, Declined, Following

DAY = date(2026, 11, 22)
PERMIT = date(2026, 9, 1)
GOAL = date(2026, 12, 1)
OSLO = LatLon(59.98, 10.74)
POLICY = policy_on(DAY, book())
NURSE = Background("health", "nurse")
WELDER = Background("industry", "welder")
STUDENT = Background("electro", "electrical_engineer", has_worked=False)
WORK, EDUCATION = OfferKind.WORK, OfferKind.EDUCATION
CENTRES = ("c1", "c2")
NUMBERS_OF_MUNICIPALITIES = ("1001", "1002", "1003", "1004")


def group(size: int = 1, *, needs: Needs | None = None, reference: str = "g", **fields: Any) -> Group:
    """A group that waits, with nothing special about it but what is said."""
    uses = {Resource.PERSONS: size, **fields.pop("uses", {})}
    dates = {"due_since_on": PERMIT, "goal_on": GOAL} | fields
    return Group(reference, uses, needs=needs or Needs(), **dates)


def municipality(number: str = "1001", **fields: Any) -> Municipality:
    """A municipality with room, of which nothing else is known but what is said."""
    known = {"left": {Resource.PERSONS: 50}, "centre": OSLO} | fields
    return Municipality(number, f"Kommune {number}", **known)


def country(*municipalities: Municipality) -> Mapping[str, Municipality]:
    """Municipalities by number."""
    return {each.number: each for each in municipalities}


def policy_with(**values: int) -> Policy:
    """The policy with other numbers, past every check of a change."""
    changed = {name: replace(POLICY.parameters[name], value=value) for name, value in values.items()}
    return replace(POLICY, parameters={**POLICY.parameters, **changed})


# What is drawn is drawn from a number: a hundred countries take as long as one that hypothesis puts together itself,
# and the number that it prints makes the same one again.
_KNOWN = sorted(set(vocabulary().words.values()), key=lambda each: (each.field, each.occupation))
_OTHER_RESOURCES = [each for each in Resource if each is not Resource.PERSONS]


def _background(lots: Random) -> Background:
    return replace(lots.choice(_KNOWN), has_worked=lots.random() < 0.5)


def _offer(lots: Random) -> Offer:
    background = _background(lots)
    return Offer(lots.choice(list(OfferKind)), background.field, background.occupation)


def _some[T](lots: Random, choices: Iterable[T], most: int) -> frozenset[T]:
    choices = list(choices)
    return frozenset(lots.sample(choices, lots.randint(0, min(most, len(choices)))))


def _said_no(lots: Random, number: str) -> SaidNo:
    """A no of any kind that still holds; or one from before it said what follows."""
    follows = lots.choice([None, *AfterDecline])
    if follows is None:
        return SaidNo(number)
    unmet = frozenset({lots.choice(list(Capability))} if follows is AfterDecline.NOT_THIS_NEED else ())
    week = Week(2026, lots.randint(40, 53)) if follows is AfterDecline.NOT_THIS_WEEK else None
    return SaidNo(number, Declined(PERMIT, "no_housing", Following(follows, week, unmet)))


def _said[T](lots: Random, codes: Iterable[T]) -> dict[T, bool]:
    return {code: lots.random() < 0.6 for code in codes if lots.random() < 0.6}


def _needs(lots: Random) -> Needs:
    places, strengths = [*NUMBERS_OF_MUNICIPALITIES, "9999"], list(Strength)
    return Needs(
        hard=_some(lots, Capability, 2),
        services=_some(lots, Service, 3),
        ties=tuple(
            dict.fromkeys(Tie(lots.choice(places), lots.choice(strengths)) for _each in range(lots.randint(0, 3)))
        ),
        adults=tuple(
            Adult(lots.randint(18, 90), tuple(dict.fromkeys(_background(lots) for _each in range(lots.randint(0, 2)))))
            for _each in range(lots.randint(0, 3))
        ),
        declined=_some(lots, Question, 2),
    )


def a_group(number: int) -> Group:
    """Any group."""
    lots = Random(number)  # noqa: S311
    size = lots.randint(1, 8)
    places = ["", "", *NUMBERS_OF_MUNICIPALITIES, "9999"]
    return Group(
        str(number),
        {Resource.PERSONS: size} | {each: lots.randint(1, size) for each in _some(lots, _OTHER_RESOURCES, 2)},
        due_since_on=PERMIT,
        goal_on=PERMIT + timedelta(days=lots.randint(0, 200)),
        needs=_needs(lots),
        centre=lots.choice(["", *CENTRES]),
        host=lots.choice(places),
        lives_in=lots.choice(places),
        said_no=tuple(_said_no(lots, number) for number in sorted(_some(lots, NUMBERS_OF_MUNICIPALITIES, 2))),
    )


def a_country(number: int) -> Mapping[str, Municipality]:
    """Any few municipalities."""
    lots = Random(number)  # noqa: S311
    return country(*(_a_municipality(lots, each) for each in NUMBERS_OF_MUNICIPALITIES))


def _a_municipality(lots: Random, number: str) -> Municipality:
    return Municipality(
        number,
        f"Kommune {number}",
        LatLon(lots.uniform(58, 71), lots.uniform(5, 31)) if lots.random() < 0.5 else OSLO,
        neighbours=_some(lots, [each for each in NUMBERS_OF_MUNICIPALITIES if each != number], 3),
        left={each: lots.randint(-1, 16) for each in Resource if lots.random() < 0.8},
        kept={each: lots.randint(0, 4) for each in _some(lots, CENTRES, 2)},
        requested=lots.choice([None, *range(0, 40, 4)]),
        taken=lots.randint(0, 50),
        capabilities=_said(lots, Capability),
        services=_said(lots, Service),
        offers=None if lots.random() < 0.2 else frozenset(_offer(lots) for _each in range(lots.randint(0, 30))),
        week=WeekRoom(lots.randint(1, 9), lots.randint(0, 4)) if lots.random() < 0.4 else None,
    )


def a_steering(number: int, asked: Iterable[Group]) -> Steering:
    """Anything that a case worker may have decided about these groups; often nothing."""
    lots = Random(number)  # noqa: S311
    if lots.random() < 0.5:
        return Steering()
    places = [*NUMBERS_OF_MUNICIPALITIES, "9999"]
    references = [group.reference for group in asked]
    return Steering(
        pinned={each: lots.choice(places) for each in references if lots.random() < 0.2},
        forbidden=frozenset((lots.choice(references), lots.choice(places)) for _each in range(lots.randint(0, 3))),
        closed=_some(lots, places, 1),
    )


def groups() -> st.SearchStrategy[Group]:
    """Any group."""
    return st.integers(0, 2**32).map(a_group)


def countries() -> st.SearchStrategy[Mapping[str, Municipality]]:
    """Any few municipalities, by number."""
    return st.integers(0, 2**32).map(a_country)


def policies() -> st.SearchStrategy[Policy]:
    """Any policy that holds together: ties weigh less than what everybody can have beside them."""
    numbers = st.fixed_dictionaries({name: st.integers(0, 60) for name in NUMBERS if name.startswith("weight_")})
    return numbers.filter(lambda each: each["weight_relations"] < each["weight_work"] + each["weight_spread"]).map(
        lambda each: policy_with(**each)
    )
