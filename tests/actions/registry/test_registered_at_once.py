"""Two register the same at once: one is told that it is there already, or the likeness is proposed."""

import pytest
from django.db import connections

from fotfeste.platform.public_ids import new_reference
from fotfeste.platform.scope import scope
from fotfeste.registry.public import PlacementGroup, members_of, register_group
from tests.actions.at_once import DONE, committed, is_whole, one_after_the_other
from tests.actions.registry.families import alone, person, with_duf
from tests.conftest import Cast

__all__ = ["committed"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NUMBERS = "LOCK TABLE registry_identifier IN EXCLUSIVE MODE"
STATUSES = "LOCK TABLE registry_statusevent IN EXCLUSIVE MODE"
SUBJECTS = "LOCK TABLE access_subject IN EXCLUSIVE MODE"


@pytest.mark.req("REG-01")
def test_of_two_who_register_one_number_one_is_told_that_another_just_did(cast: Cast) -> None:
    def register(given: str, serial: int) -> object:
        new = alone(with_duf(person(given), serial))
        with scope(cast.registrar, cast.day):
            return register_group(new, by=cast.registrar, at=cast.at)

    acts = [lambda: register("Olena", 7), lambda: register("Olha", 7)]
    # A table that is let go lets both in at once: either may win.
    assert sorted(one_after_the_other(NUMBERS, 0, acts)) == [DONE, "number_belongs_to_one_person"]
    assert households(cast) in ([["Olena"]], [["Olha"]])
    is_whole(cast)


@pytest.mark.req("REG-01")
def test_one_form_that_is_sent_twice_at_once_is_one_household(cast: Cast) -> None:
    reference = new_reference()

    def register() -> object:
        with scope(cast.registrar, cast.day):
            return register_group(alone(person("Olena")), by=cast.registrar, at=cast.at, reference=reference)

    assert sorted(one_after_the_other(SUBJECTS, 0, [register, register])) == [DONE, "registration_sent_already"]
    assert households(cast) == [["Olena"]]
    is_whole(cast)


@pytest.mark.req("REG-03")
def test_of_two_who_register_one_person_without_a_number_both_are_kept_and_the_likeness_is_proposed(
    cast: Cast,
) -> None:
    def register() -> object:
        with scope(cast.registrar, cast.day):
            return register_group(alone(person("Olena")), by=cast.registrar, at=cast.at, reference=new_reference())

    assert one_after_the_other(STATUSES, 0, [register, register]) == [DONE, DONE]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_duplicateproposal")
        assert cursor.fetchone() == (1,)


def households(cast: Cast) -> list[list[str]]:
    """The given names in each household, as UDI sees them."""
    with scope(cast.udi, cast.day):
        groups = PlacementGroup.objects.order_by("pk")
        return [[member.given_name for member in members_of(group.pk, cast.day)] for group in groups]
