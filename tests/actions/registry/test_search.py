"""Search by name in any script or spelling, and by number, within what one may see."""

from dataclasses import replace

import pytest

from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.registry.public import register_group, search
from tests.actions.registry.families import alone, kovalenko, person, with_duf
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("kov", {"Olena Kovalenko", "Andrij Kovalenko", "Sofia Kovalenko", "Danylo Kovalenko"}),
        ("Олена", {"Olena Kovalenko"}),
        ("kovalenko olena", {"Olena Kovalenko"}),
        ("olena  KOVALENKO ", {"Olena Kovalenko"}),
        ("Sofija Kowalenko", {"Sofia Kovalenko"}),
        ("kovalenko bondar", set()),
        (synthetic_duf(100002), {"Andrij Kovalenko"}),
        (f"{synthetic_duf(100002)[:4]} {synthetic_duf(100002)[4:]}", {"Andrij Kovalenko"}),
        ("محمد", {"Mohammed Haddad"}),
        ("muhamad hadad", {"Mohammed Haddad"}),
        ("", set()),
        ("'%_", set()),
    ],
)
def test_people_are_found_by_name_in_any_script_and_by_number(cast: Cast, text: str, names: set[str]) -> None:
    with scope(cast.registrar, cast.day):
        register_group(kovalenko(), by=cast.registrar, at=cast.at)
        register_group(alone(person("Mohammed", "Haddad")), by=cast.registrar, at=cast.at)
        assert {found.name for found in search(cast.registrar, text, cast.day)} == names


def test_the_number_of_a_household_finds_its_members(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
        found = search(cast.registrar, str(group.number), cast.day)
        assert len(found) == 4
        assert {each.group_number for each in found} == {group.number}


def test_nobody_is_found_whom_one_has_no_need_to_know_of(cast: Cast) -> None:
    elsewhere = replace(cast.centre, permissions=cast.registrar.permissions, opens=cast.registrar.opens)
    with scope(cast.registrar, cast.day):
        register_group(kovalenko(), by=cast.registrar, at=cast.at)
    with scope(elsewhere, cast.day):
        register_group(alone(with_duf(person("Ivan"), 5)), by=elsewhere, at=cast.at)
        assert [found.name for found in search(elsewhere, "kovalenko", cast.day)] == ["Ivan Kovalenko"]
        assert search(elsewhere, synthetic_duf(100001), cast.day) == []
    assert search(cast.registrar, "kovalenko", cast.day) == []


def test_a_search_is_two_queries_and_gives_at_most_what_was_asked_for(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    with scope(cast.registrar, cast.day):
        register_group(kovalenko(), by=cast.registrar, at=cast.at)
        with django_assert_max_num_queries(2):  # type: ignore[operator]
            assert len(search(cast.registrar, "kovalenko", cast.day, most=3)) == 3
