"""An explanation in words: every reason has a sentence, and the letter has nothing of other people or of health."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.explaining import explain
from fotfeste.allocation.domain.explanation import Prices
from fotfeste.allocation.domain.policy import PartKind, change
from fotfeste.allocation.domain.types import Group, Municipality, Needs, Resource, SaidNo, Service, Strength, Tie
from fotfeste.allocation.explained import for_case_worker, for_resident
from fotfeste.allocation.lines import next_best_line
from fotfeste.allocation.sentences_reasons import REASONS
from fotfeste.allocation.words import PARTS, QUESTIONS, RESOURCES, SERVICES, STRENGTHS, bare_points, points
from fotfeste.kernel.calendar import Week
from fotfeste.platform import words
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import AfterDecline, Capability, Declined, Following
from tests.domain.allocation.making import DAY, POLICY, a_steering, countries, country, group, groups, municipality

pytestmark = pytest.mark.req("SET-15")

STRICT = change(POLICY, {"unknown_counts": "impossible"}, reason="Prøve.", source="IMDi", on=DAY).policy
NAMES = {"1001": "Alfa", "1002": "Beta", "1003": "Gamma", "1004": "Delta", "9999": "Omega"}


@given(groups(), countries(), st.booleans(), st.sampled_from(["nb", "en"]), st.floats(0, 9), st.integers(0, 2**32))
def test_every_explanation_can_be_said_in_both_languages(
    asked: Group, seen: Mapping[str, Municipality], is_strict: bool, language: str, price: float, number: int
) -> None:
    steering = a_steering(number, [asked])
    policy = STRICT if is_strict else POLICY
    prices: Prices = {number: {Resource.PERSONS: price} for number in seen}
    with translation.override(language):
        for place in (None, *seen):
            found = explain(asked, place, seen, policy, DAY, prices, steering)
            sections = for_case_worker(found, NAMES, Week.of(DAY))
            assert sections[0].heading
            for line in (*(line for section in sections for line in section.lines), *for_resident(found)):
                assert line.strip() == line
                assert "{" not in line
                assert line.endswith(".")


def test_the_same_no_of_many_names_the_first_and_counts_the_rest() -> None:
    no = Declined(DAY, "no_housing", Following(AfterDecline.NOT_THIS_WEEK, Week.of(DAY) + 4))
    seen = country(*(municipality(str(number)) for number in range(1001, 1009)))
    asked = group(said_no=tuple(SaidNo(number, no) for number in sorted(seen)[:7]))
    sections = for_case_worker(explain(asked, "1008", seen, POLICY, DAY, {}), NAMES, Week.of(DAY))
    (told,) = sections[-1].lines
    assert told.startswith("Alfa, Beta, Gamma, Delta, 1005 og 2 kommuner til svarte nei ")
    assert told.endswith(f" Planen gjelder {words.week(Week.of(DAY))}.")


@pytest.mark.parametrize(
    ("taken", "said"),
    [(0, "like mange poeng"), (1, "nesten like mange poeng"), (100, "1 poeng mindre")],
)
def test_the_next_best_is_never_nothing_less(taken: int, said: str) -> None:
    seen = country(municipality("1001", requested=1000), municipality("1002", requested=1000, taken=taken))
    found = explain(group(), "1001", seen, POLICY, DAY, {})
    assert next_best_line(found, NAMES) == f"Beta, {said}"


def test_everything_that_is_counted_has_a_name() -> None:
    named = [
        (PARTS, PartKind),
        (RESOURCES, Resource),
        (SERVICES, Service),
        (STRENGTHS, Strength),
        (QUESTIONS, Question),
    ]
    for names, codes in named:
        assert set(names) == set(codes)
    assert all(str(text) for text in REASONS.values())


def test_the_letter_says_that_needs_counted_and_not_which() -> None:
    needs = Needs(
        hard=frozenset(Capability),
        services=frozenset(Service),
        ties=(Tie("1001", Strength.CLOSEST), Tie("1003", Strength.OTHER)),
    )
    able = dict.fromkeys(Capability, True)
    seen = municipality(capabilities=able, services=dict.fromkeys(Service, True))
    found = explain(group(needs=needs), "1001", country(seen), POLICY, DAY)
    letter = " ".join(for_resident(found))
    assert "det du har fortalt at du trenger" in letter
    assert "de nære relasjonene du har fortalt om" in letter
    for kept_out in (
        *SERVICES.values(),
        "tilrettelagt",
        "bemannet",
        "spesialist",
        "mor",
        "1001",
        "Kommune 1001",
        "poeng",
    ):
        assert str(kept_out) not in letter


@pytest.mark.parametrize(
    ("needs", "said", "is_told"),
    [
        (Needs(services=frozenset({Service.HEARING})), {}, False),
        (Needs(services=frozenset({Service.HEARING})), {"services": {Service.HEARING: True}}, True),
        (Needs(hard=frozenset({Capability.PETS})), {}, False),
        (Needs(hard=frozenset({Capability.PETS})), {"capabilities": {Capability.PETS: True}}, True),
        (
            Needs(hard=frozenset({Capability.UNACCOMPANIED_MINORS})),
            {"capabilities": {Capability.UNACCOMPANIED_MINORS: True}},
            False,
        ),
    ],
)
def test_the_letter_says_that_needs_counted_only_where_the_municipality_has_said_that_they_are_met(
    needs: Needs, said: Mapping[str, Any], is_told: bool
) -> None:
    found = explain(group(needs=needs), "1001", country(municipality(**said)), POLICY, DAY)
    assert ("det du har fortalt at du trenger" in " ".join(for_resident(found))) is is_told


def test_the_letter_speaks_to_one_as_one_and_to_several_as_several() -> None:
    for size, word in ((1, "Du bor"), (3, "Dere bor")):
        found = explain(group(size, lives_in="1001"), "1001", country(municipality()), POLICY, DAY)
        assert for_resident(found)[0].startswith(word)


def test_who_is_not_placed_gets_no_letter_of_why_here() -> None:
    assert for_resident(explain(group(), None, country(municipality()), POLICY, DAY)) == ()


@pytest.mark.parametrize(
    ("tenths", "nb", "en"),
    [
        (175, "17,5 poeng", "17.5 points"),
        (10, "1 poeng", "1 point"),
        (0, "0 poeng", "0 points"),
        (250, "25 poeng", "25 points"),
    ],
)
def test_points_are_said_as_people_read_numbers(tenths: int, nb: str, en: str) -> None:
    assert points(tenths) == nb
    with translation.override("en"):
        assert points(tenths) == en
    assert bare_points(-5) == "−0,5"
