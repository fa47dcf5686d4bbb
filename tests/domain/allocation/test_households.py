"""Written households in the real country: what is possible for each, in which order, why, and what is written of it."""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from fotfeste.allocation.domain.fit import counts_as_possible, possible
from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import score
from tests.domain.allocation.reading import HERE, NAMES, household, policy, real_country
from tests.domain.allocation.written import LANGUAGES, path_of, written

pytestmark = [pytest.mark.req("SET-07"), pytest.mark.req("SET-08"), pytest.mark.req("SET-15")]


def expected(name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["expected"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_best_municipalities_come_in_the_expected_order(name: str) -> None:
    group, country = household(name).group, real_country()
    worth = {
        number: score(group, seen, country, policy(), decision).total
        for number, seen in country.items()
        if counts_as_possible(decision := possible(group, seen), policy())
    }
    assert sorted(worth, key=lambda number: (-worth[number], number))[:4] == expected(name)["best"]


@pytest.mark.parametrize("name", NAMES)
def test_each_named_municipality_is_possible_or_not_as_expected(name: str) -> None:
    group, country = household(name).group, real_country()
    decisions = {number: possible(group, country[number]) for number in expected(name)["decisions"]}
    found = {
        number: [str(each.outcome), *(reason.code for reason in each.reasons)] for number, each in decisions.items()
    }
    assert found == expected(name)["decisions"]


@pytest.mark.parametrize("name", NAMES)
def test_the_place_has_the_expected_reasons(name: str) -> None:
    found = household(name).explanation().score
    assert found is not None
    told = {str(part.kind): [reason.code for reason in part.reasons] for part in found.parts if part.reasons}
    assert told == expected(name)["reasons"]
    assert found.total == sum(part.amount for part in found.parts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_reads_as_it_was_read_through(name: str, language: str) -> None:
    assert written(household(name), language) == path_of(name, language).read_text(encoding="utf-8")


@pytest.mark.req("SET-11")
def test_from_larvik_the_host_comes_first_then_those_that_border_on_it() -> None:
    best = expected("integration_centre_larvik")["best"]
    country = real_country()
    assert best[0] == "3909"
    assert all("3909" in country[number].neighbours for number in best[1:])


@pytest.mark.req("SET-12")
def test_on_mamot_in_levanger_they_stay_although_other_places_have_work_for_her() -> None:
    group, country = household("mamot_in_levanger").group, real_country()
    there, elsewhere = (score(group, country[number], country, policy()) for number in ("5037", "3205"))
    assert there.total > elsewhere.total
    assert there.part(PartKind.WORK).value < elsewhere.part(PartKind.WORK).value


def test_with_brother_and_mother_apart_the_closer_tie_decides_nothing_by_itself() -> None:
    group, country = household("brother_and_mother").group, real_country()
    brother, mother = (score(group, country[number], country, policy()) for number in ("5001", "5035"))
    assert mother.part(PartKind.RELATIONS).value > brother.part(PartKind.RELATIONS).value
    assert brother.total > mother.total


@pytest.mark.req("SET-04")
def test_who_refused_to_answer_can_be_settled_and_nothing_is_guessed_about_them() -> None:
    silent = household("refused_to_answer").group
    assert silent.needs.hard == frozenset()
    assert len(silent.needs.declined) == 5


def test_the_letter_names_no_place_no_relative_and_no_need() -> None:
    forbidden = {
        "søster",
        "bror",
        "mor ",
        "datter",
        "bolig",
        "helse",
        "rullestol",
        "autisme",
        "dialyse",
        "hund",
        "Færder",
    }
    for name in NAMES:
        letter = path_of(name, "nb").read_text(encoding="utf-8").split("## I brevet")[1]
        assert {word for word in forbidden if word in letter} == set(), name
        numbers = {each.name for each in real_country().values() if f" {each.name}" in letter}
        assert numbers == set(), name
