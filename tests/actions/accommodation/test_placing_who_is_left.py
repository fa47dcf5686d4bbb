"""Who has left a centre for good is not taken along when the others are placed, nor asked for where they fit in."""

from datetime import date
from typing import Any

import pytest

from fotfeste.accommodation.public import CentreType, DepartureReason, Stay, place_group, register_departure
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewGroup, NewPerson, Sex, register_group
from tests.actions.accommodation.people import ARRIVED, household, open_centre
from tests.actions.settlement.stage import VERGE
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-03"), pytest.mark.req("SET-06")]


def boy_whose_aunt_has_gone(cast: Cast) -> tuple[int, int, int]:
    """A boy who came without his parents stays at Voss, which his aunt has left for good."""

    def person(given: str, born: date, **changes: Any) -> NewPerson:
        plain: dict[str, Any] = {"sex": Sex.UNKNOWN, "citizenship": "UKR", "languages": ("uk",)}
        return NewPerson(given_name=given, family_name="Melnyk", birth_date=born, **plain, **changes)

    boy = person("Taras", date(2009, 6, 30), is_unaccompanied_minor=True, guardian=VERGE)
    new = NewGroup(persons=(person("Iryna", date(1990, 1, 15)), boy), registered_on=ARRIVED, applied_on=ARRIVED)
    with scope(cast.registrar, cast.day):
        group = register_group(new, by=cast.registrar, at=cast.at).subject_id
    open_centre(cast, cast.centre)
    place(cast, group, cast.centre.organisation_id, ARRIVED)
    with scope(cast.udi, cast.day):
        who = members_by_name(group, cast.day)
    aunt, nephew = who["Iryna"].subject_id, who["Taras"].subject_id
    leaves(cast, group, [aunt])
    return group, aunt, nephew


def leaves(cast: Cast, group: int, persons: list[int]) -> None:
    """They leave Voss today without saying where to."""
    with scope(cast.centre, cast.day):
        register_departure(group, persons, cast.day, DepartureReason.NO_ADDRESS, by=cast.centre, at=cast.at)


def place(cast: Cast, group: int, centre: int, on: date) -> list[int]:
    """UDI places the household. Gives those who came."""
    with scope(cast.udi, cast.day):
        return sorted(each.subject_id for each in place_group(group, centre, on, by=cast.udi, at=cast.at))


def test_a_boy_whose_aunt_has_gone_is_placed_at_a_centre_for_minors_without_her(cast: Cast) -> None:
    group, _aunt, boy = boy_whose_aunt_has_gone(cast)
    there = open_centre(cast, cast.other_centre, kind=CentreType.UNACCOMPANIED_MINORS)
    assert place(cast, group, there, cast.day) == [boy]
    with pytest.raises(Refused) as refused:  # she does not come back to him there
        place(cast, group, there, cast.day)
    assert refused.value.code == "centre_only_for_minors"


def test_he_is_a_minor_alone_where_the_centre_is_another_one(cast: Cast) -> None:
    group, _aunt, _boy = boy_whose_aunt_has_gone(cast)
    there = open_centre(cast, cast.other_centre)
    with pytest.raises(Refused) as refused:
        place(cast, group, there, cast.day)
    assert refused.value.code == "centre_not_for_minors"


def test_who_comes_back_to_the_others_is_placed_where_they_are(cast: Cast) -> None:
    group, persons = household(cast, "Olena", "Andrij")
    voss, raade = open_centre(cast, cast.centre), open_centre(cast, cast.other_centre)
    place(cast, group, voss, ARRIVED)
    leaves(cast, group, persons[1:])
    assert place(cast, group, raade, cast.day) == persons[:1]
    assert place(cast, group, raade, cast.day) == persons[1:]
    with scope(cast.udi, cast.day):
        here = Stay.objects.current().filter(centre_id=raade, period__contains=cast.day)
        assert {each.subject_id for each in here} == {*persons}
