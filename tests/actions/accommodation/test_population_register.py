"""Whoever moves privately gets the reminder of the population register as a letter, and nobody else does."""

import pytest

from fotfeste.accommodation.public import DepartureReason, place_group, register_departure
from fotfeste.letters.public import Letter, letters_of
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.accommodation.people import ARRIVED, household, minor_alone, open_centre
from tests.actions.settlement.stage import depart, requested
from tests.actions.settlement.stage import queued as interviewed_household
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07")]
ADDRESS = ("Kirkegata 1", "7600")


def left(cast: Cast, group: int, persons: list[int], reason: DepartureReason, *address: str) -> str:
    """They leave Voss; the reference of the reminder, empty where there is none."""
    with scope(cast.centre, cast.day):
        return register_departure(group, persons, cast.day, reason, *address, by=cast.centre, at=cast.at).reminder


@pytest.fixture
def family(cast: Cast) -> tuple[int, list[int]]:
    """Two people at Voss, without a case."""
    group, persons = household(cast, "Olena", "Andrij")
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group, cast.centre.organisation_id, ARRIVED, by=cast.udi, at=cast.at)
    return group, persons


def test_it_is_in_their_language_and_says_by_when_and_for_whom(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, persons = family
    reference = left(cast, group, persons, DepartureReason.PRIVATE_ADDRESS, *ADDRESS)
    with scope(cast.centre, cast.day):
        letter = Letter.objects.get(reference=reference)
        assert [row.reference for row in letters_of(group, cast.day)] == [reference]
    assert (letter.kind, letter.language, letter.status, letter.way) == ("population_register", "uk", "sent", "by_hand")
    assert letter.facts["names"] == ["Olena Kovalenko", "Andrij Kovalenko"]
    assert letter.facts["moved_on"] == cast.day.isoformat()
    assert letter.written["notice"].startswith("Перекладач ще не перевірив цей текст.")
    assert "Kirkegata" not in str(letter.written)
    assert "7600" not in str(letter.facts)


def test_only_those_who_have_moved_are_named(cast: Cast, family: tuple[int, list[int]]) -> None:
    group, (_olena, andrij) = family
    reference = left(cast, group, [andrij], DepartureReason.PRIVATE_ADDRESS, *ADDRESS)
    with scope(cast.centre, cast.day):
        assert Letter.objects.get(reference=reference).facts["names"] == ["Andrij Kovalenko"]


@pytest.mark.parametrize("reason", [DepartureReason.NO_ADDRESS, DepartureReason.LEFT_COUNTRY, DepartureReason.DECEASED])
def test_nobody_else_gets_it(cast: Cast, family: tuple[int, list[int]], reason: DepartureReason) -> None:
    group, persons = family
    assert left(cast, group, persons, reason) == ""
    with scope(cast.centre, cast.day):
        assert letters_of(group, cast.day) == []


def test_a_minor_alone_reads_that_the_guardian_helps(cast: Cast) -> None:
    group = minor_alone(cast)
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        [minor] = members_by_name(group, cast.day).values()
        place_group(group, cast.centre.organisation_id, minor.registered_on, is_meant=True, by=cast.udi, at=cast.at)
    reference = left(cast, group, [minor.subject_id], DepartureReason.PRIVATE_ADDRESS, *ADDRESS)
    with scope(cast.centre, cast.day):
        assert Letter.objects.get(reference=reference).facts["guardian"] == "alone"


def seen_by(cast: Cast, group: int, viewer: Viewer) -> bool:
    """Whether the viewer reads the reminder."""
    with scope(viewer, cast.day):
        return Letter.objects.filter(subject_id=group, kind="population_register").exists()


def test_a_municipality_that_is_asked_for_the_others_reads_nothing_of_who_has_left(cast: Cast) -> None:
    group = requested(cast, interviewed_household(cast))
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, most=1)
    may = {viewer.organisation_id: seen_by(cast, group, viewer) for viewer in (cast.centre, cast.imdi, cast.udi)}
    assert all(may.values())
    assert not any(seen_by(cast, group, each) for each in (cast.municipality, cast.other_centre, cast.registrar))
