"""Groups, municipalities and policies for the tests of allocation."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
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
    Service,
    Strength,
    Tie,
)
from fotfeste.allocation.domain.vocabulary import vocabulary
from fotfeste.directory.reference.projection import LatLon
from fotfeste.settlement.domain.types import Capability

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


def backgrounds() -> st.SearchStrategy[Background]:
    """Anything that the vocabulary knows, worked in or learned."""
    known = sorted(set(vocabulary().words.values()), key=lambda each: (each.field, each.occupation))
    return st.builds(
        lambda each, has_worked: replace(each, has_worked=has_worked), st.sampled_from(known), st.booleans()
    )


def _offers() -> st.SearchStrategy[frozenset[Offer] | None]:
    one = st.builds(
        lambda kind, background: Offer(kind, background.field, background.occupation),
        st.sampled_from(OfferKind),
        backgrounds(),
    )
    return st.none() | st.frozensets(one, max_size=6)


def _needs(numbers: Iterable[str]) -> st.SearchStrategy[Needs]:
    ties = st.builds(Tie, st.sampled_from([*numbers, "9999"]), st.sampled_from(Strength))
    adults = st.builds(Adult, st.integers(18, 90), st.lists(backgrounds(), max_size=2, unique=True).map(tuple))
    return st.builds(
        Needs,
        hard=st.frozensets(st.sampled_from(Capability), max_size=2),
        services=st.frozensets(st.sampled_from(Service), max_size=3),
        ties=st.lists(ties, max_size=3, unique=True).map(tuple),
        adults=st.lists(adults, max_size=3).map(tuple),
    )


@st.composite
def groups(draw: st.DrawFn, numbers: tuple[str, ...] = NUMBERS_OF_MUNICIPALITIES) -> Group:
    """Any group."""
    size = draw(st.integers(1, 8))
    places = st.sampled_from(["", *numbers, "9999"])
    others = st.dictionaries(st.sampled_from([each for each in Resource if each != "persons"]), st.integers(1, size))
    return Group(
        draw(st.uuids()).hex,
        {Resource.PERSONS: size, **draw(others)},
        due_since_on=PERMIT,
        goal_on=draw(st.dates(date(2026, 9, 1), date(2027, 3, 1))),
        needs=draw(_needs(numbers)),
        centre=draw(st.sampled_from(["", *CENTRES])),
        host=draw(places),
        lives_in=draw(places),
        said_no=draw(st.frozensets(st.sampled_from(numbers), max_size=2)),
    )


@st.composite
def countries(draw: st.DrawFn, numbers: tuple[str, ...] = NUMBERS_OF_MUNICIPALITIES) -> Mapping[str, Municipality]:
    """Any few municipalities."""
    found = {}
    for number in numbers:
        found[number] = Municipality(
            number,
            f"Kommune {number}",
            LatLon(draw(st.floats(58, 71)), draw(st.floats(5, 31))),
            neighbours=draw(st.frozensets(st.sampled_from([each for each in numbers if each != number]))),
            left=draw(st.dictionaries(st.sampled_from(Resource), st.integers(0, 12))),
            kept=draw(st.dictionaries(st.sampled_from(CENTRES), st.integers(0, 4))),
            requested=draw(st.none() | st.integers(0, 40)),
            taken=draw(st.integers(0, 50)),
            capabilities=draw(st.dictionaries(st.sampled_from(Capability), st.booleans())),
            services=draw(st.dictionaries(st.sampled_from(Service), st.booleans())),
            offers=draw(_offers()),
        )
    return found


def policies() -> st.SearchStrategy[Policy]:
    """Any policy that holds together: ties weigh less than what everybody can have beside them."""
    numbers = st.fixed_dictionaries({name: st.integers(0, 60) for name in NUMBERS if name.startswith("weight_")})
    return numbers.filter(lambda each: each["weight_relations"] < each["weight_work"] + each["weight_spread"]).map(
        lambda each: policy_with(**each)
    )
