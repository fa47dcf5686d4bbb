"""Households that people have left for others, and records put aside as seconds of the same person."""

from datetime import date
from pathlib import Path

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_d_number, synthetic_duf
from fotfeste.kernel.periods import Period
from fotfeste.platform.scope import scope
from fotfeste.registry.domain.types import RelationKind
from fotfeste.registry.models import Relation
from fotfeste.registry.public import answer_duplicate, members_of, register_group
from fotfeste.retention.domain.types import Outcome
from tests.actions.registry.families import alone, person, with_duf
from tests.actions.settlement.stage import depart
from tests.conftest import Cast
from tests.properties.whole import rows
from tests.retention.left import found_anywhere
from tests.retention.stage import night, nothing_left_to_do
from tests.settlement_steps import placed

pytestmark = pytest.mark.req("ACS-04")
KEPT_NAMES, PUT_ASIDE_NAMES, OTHERS_NAMES = ("Kyryl", "Shevchenko"), ("Kiril", "Sjevtsjenko"), ("Taras", "Berezhnyj")
NUMBERS = tuple(synthetic_duf(number) for number in (1, 2))
EMPTIED_OVER, LEFT_OVER = date(2025, 3, 14), date(2027, 3, 14)


def test_who_is_registered_twice_goes_with_the_record_that_is_kept_and_the_emptied_household_before(
    committed_cast: Cast, own: Path
) -> None:
    cast = committed_cast
    kept, dropped, other = registered_twice(cast)
    nothing_left_to_do([key for (key,) in rows("SELECT id FROM access_subject")])
    assert set(found_anywhere_of(KEPT_NAMES + PUT_ASIDE_NAMES + NUMBERS)) == {*KEPT_NAMES, *PUT_ASIDE_NAMES, *NUMBERS}
    night(EMPTIED_OVER, own)
    night(date(2025, 4, 13), own)
    assert gone() == {dropped}  # the household; the record goes with the person
    assert set(PUT_ASIDE_NAMES) <= set(found_anywhere_of(PUT_ASIDE_NAMES))
    night(LEFT_OVER, own)
    report = night(date(2027, 4, 13), own)
    assert report.of(Outcome.FAILED) == 0
    assert gone() == {dropped, kept}
    assert found_anywhere_of(KEPT_NAMES + PUT_ASIDE_NAMES + NUMBERS) == []
    # Their friend has not left: nothing of him is touched, but that he knew them.
    assert other not in gone()
    assert set(found_anywhere_of(OTHERS_NAMES)) == set(OTHERS_NAMES)
    assert rows("SELECT count(*) FROM registry_relation") == [(0,)]


def registered_twice(cast: Cast) -> tuple[int, int, int]:
    """Kyryl, who was registered twice and left for an address of his own; the emptied household; Taras, who stays."""
    born = person("Kyryl").birth_date
    first = with_duf(person(*KEPT_NAMES), 1)
    second = person(
        *PUT_ASIDE_NAMES,
        identifiers={
            IdentifierKind.DUF: synthetic_duf(2),
            IdentifierKind.D_NUMBER: synthetic_d_number(born, 0),
        },
    )
    with scope(cast.registrar, cast.day):
        kept, dropped, other = (
            register_group(alone(one), by=cast.registrar, at=cast.at).subject_id
            for one in (first, second, with_duf(person(*OTHERS_NAMES), 3))
        )
    placed(cast, other)
    placed(cast, kept)
    with scope(cast.udi, cast.day):
        one, two, friend = (members_of(group, cast.day)[0].subject_id for group in (kept, dropped, other))
        known = {"recorded_at": cast.at, "reported_by_id": cast.udi.organisation_id, "period": Period(cast.day)}
        Relation(subject_id=two, other_id=friend, kind=RelationKind.OTHER_FAMILY, **known).stored()
        answer_duplicate(one, two, keep_id=one, by=cast.udi, at=cast.at)
    depart(cast, kept, DepartureReason.PRIVATE_ADDRESS)
    return kept, dropped, other


def gone() -> set[int]:
    """The households that are anonymised."""
    return {key for (key,) in rows("SELECT subject_id FROM retention_gone WHERE part = 'identity'")}


def found_anywhere_of(words: tuple[str, ...]) -> list[str]:
    """Those of the words that stand anywhere."""
    return [word for _, word in found_anywhere(words)]
