"""The list of households, and the list of likely duplicates."""

from datetime import date
from typing import Any

import pytest

from fotfeste.platform.scope import scope
from fotfeste.registry.models import DuplicateProposal
from fotfeste.registry.public import PlacementGroup, StatusKind, members_of, register_group, register_status
from fotfeste.registry.views import lists
from tests.actions.registry.families import alone, minor_alone, person
from tests.conftest import Cast
from tests.web.registry.conftest import Browse, text_of, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def country(cast: Cast, family: PlacementGroup) -> PlacementGroup:
    """The Kovalenko family with a permit, a minor alone, and a single man."""
    with scope(cast.registrar, cast.day):
        register_group(minor_alone(), by=cast.registrar, at=cast.at)
        register_group(alone(person("Ivan", "Bondar"), date(2024, 3, 1)), by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        everyone = [member.subject_id for member in members_of(family.pk, cast.day)]
        permit = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        register_status(family.pk, everyone[:3], permit, date(2024, 3, 2), by=cast.udi, at=cast.at)
    return family


def shown(response: Any) -> list[str]:
    """The households of the table, in order."""
    rows = response.content.decode().split('<th scope="row" role="rowheader" data-label="Husstand"><a')[1:]
    return [row.split(">", 1)[1].split("<", 1)[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ivan Bondar", "Maksym Tkachenko", "Familien Kovalenko"]),
        ("?sort=number", ["Familien Kovalenko", "Maksym Tkachenko", "Ivan Bondar"]),
        ("?sort=-registered", ["Ivan Bondar", "Maksym Tkachenko", "Familien Kovalenko"]),
        ("?sort=nonsense", ["Ivan Bondar", "Maksym Tkachenko", "Familien Kovalenko"]),
        ("?q=kovalenko", ["Familien Kovalenko"]),
        ("?q=коваленко+олена", ["Familien Kovalenko"]),
        ("?q=nobody", []),
        ("?status=with_permit", ["Familien Kovalenko"]),
        ("?status=without_permit", ["Ivan Bondar", "Maksym Tkachenko"]),
        ("?status=settled", []),
        ("?people=with_children", ["Maksym Tkachenko", "Familien Kovalenko"]),
        ("?people=unaccompanied", ["Maksym Tkachenko"]),
        ("?people=unaccompanied&status=with_permit", []),
    ],
)
def test_the_list_is_searched_filtered_and_sorted_in_its_address(
    cast: Cast, browse: Browse, country: PlacementGroup, query: str, names: list[str]
) -> None:
    response = browse(cast.udi).get(f"/husstander/{query}")
    assert shown(response) == names
    assert f"{len(names)} husstand" in text_of(response)


def test_a_line_counts_adults_and_children_and_tells_the_statuses_apart(
    cast: Cast, browse: Browse, country: PlacementGroup
) -> None:
    words = text_of(browse(cast.udi).get("/husstander/?q=kovalenko"))
    assert "12. februar 2024 2 2 Ukraina ukrainsk (tolk)" in words
    assert "3 midlertidig kollektiv beskyttelse" in words
    assert "1 søkt beskyttelse" in words


def test_whoever_has_nobody_to_do_with_sees_an_empty_list(cast: Cast, browse: Browse, country: PlacementGroup) -> None:
    assert "Ingen husstander å vise." in text_of(browse(cast.municipality).get("/husstander/"))


def test_a_page_has_fifty_lines_and_as_few_queries_as_one_with_three(
    cast: Cast, browse: Browse, country: PlacementGroup, django_assert_max_num_queries: Any
) -> None:
    with scope(cast.registrar, cast.day):
        for number in range(50):
            name = chr(ord("A") + number % 26) * (number // 26 + 2)
            register_group(alone(person(name, name)), by=cast.registrar, at=cast.at)
    client = browse(cast.udi)
    with django_assert_max_num_queries(15):
        first = client.get("/husstander/")
    assert len(shown(first)) == 50
    assert "53 husstander" in text_of(first)
    assert len(shown(client.get("/husstander/?page=2"))) == 3
    assert len(shown(client.get("/husstander/?page=99"))) == 3


def test_a_long_list_is_counted_no_further_than_anybody_turns_pages(
    cast: Cast, browse: Browse, country: PlacementGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "COUNTED_AT_MOST", 2)
    response = browse(cast.udi).get("/husstander/")
    assert "Mer enn 2 husstander." in text_of(response)


@pytest.fixture
def pair(cast: Cast) -> list[PlacementGroup]:
    with scope(cast.registrar, cast.day):
        return [
            register_group(alone(person(given, family)), by=cast.registrar, at=cast.at)
            for given, family in (("Kyryl", "Shevchenko"), ("Kiril", "Sjevtsjenko"))
        ]


@pytest.mark.req("REG-03")
def test_udi_looks_at_a_pair_and_answers(cast: Cast, browse: Browse, pair: list[PlacementGroup]) -> None:
    client = browse(cast.udi)
    page = client.get("/dubletter/")
    words = text_of(page)
    assert "Kyryl Shevchenko og Kiril Sjevtsjenko" in words
    first, second = (value_of(page, name) or "" for name in ("first", "second"))
    without = client.post("/dubletter/", {"first": first, "second": second})
    assert without.status_code == 422
    assert "Velg om de to er samme person eller ikke." in text_of(without)
    client.post("/dubletter/", {"first": first, "second": second, "keep": first})
    with scope(cast.udi, cast.day):
        assert DuplicateProposal.objects.get().answer == "same"
        assert members_of(pair[1].pk, cast.day) == []
    assert "Ingen mulige dubletter å se på." in text_of(client.get("/dubletter/"))


@pytest.mark.req("REG-03")
def test_the_task_leads_to_the_pairs_of_its_household_alone(
    cast: Cast, browse: Browse, pair: list[PlacementGroup], family: PlacementGroup
) -> None:
    client = browse(cast.udi)
    assert "Kyryl Shevchenko" in text_of(client.get(f"/husstand/{pair[1].subject.reference}/dubletter/"))
    assert "Kyryl" not in text_of(client.get(f"/husstand/{family.subject.reference}/dubletter/"))


def test_others_have_no_list_of_duplicates(cast: Cast, browse: Browse, pair: list[PlacementGroup]) -> None:
    assert browse(cast.registrar).get("/dubletter/").status_code == 403
    nobody = {"first": "x", "second": "y", "keep": "both"}
    assert browse(cast.udi).post("/dubletter/", nobody).status_code == 404
