"""The place of whoever refuses still when the others are settled: held, until they follow, leave or it is withdrawn."""

from dataclasses import replace

import pytest

from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.public import register_not_moved
from tests.actions.refusal.stage import DAY, MOVED, does, noticed, people
from tests.actions.refusal.test_ways_out import LATER, accepts, on_day
from tests.actions.settlement.asking import load
from tests.actions.settlement.stage import depart, plan
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-05"), pytest.mark.req("SET-10")]
SOME = ("Olena", "Sofia", "Danylo")


def part_of_them_settled(cast: Cast) -> tuple[int, dict[str, int]]:
    """Three of four are settled in Levanger; Andrij refuses still."""
    group = noticed(cast)
    who = people(cast, group)
    accepts(cast, group, list(SOME), LATER)
    then = on_day(cast, LATER)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=LATER), by=then.centre, at=then.at)
    assert places(cast) == (0, 4)
    depart(then, group, persons=[who[name] for name in SOME])
    return group, who


def places(cast: Cast, days: int = 0) -> tuple[int, int]:
    """How many Levanger has settled and promised this year, some days after the three moved."""
    day = LATER + days * DAY
    found = load(replace(cast, day=day))
    return found.settled, found.promised


def test_it_is_held_for_him_until_he_follows_and_is_settled_too(cast: Cast) -> None:
    group, who = part_of_them_settled(cast)
    assert places(cast) == (3, 1)
    accepts(cast, group, ["Andrij"], LATER + DAY)
    assert places(cast, 1) == (3, 1)
    depart(on_day(cast, LATER + 2 * DAY), group, persons=[who["Andrij"]])
    assert places(cast, 2) == (4, 0)


def test_it_is_nobodys_when_he_leaves_by_himself(cast: Cast) -> None:
    group, who = part_of_them_settled(cast)
    depart(on_day(cast, LATER + DAY), group, MOVED, persons=[who["Andrij"]])
    assert places(cast, 1) == (3, 0)


def test_it_is_not_held_by_a_refusal_that_gave_way_to_the_one_under_which_somebody_left(cast: Cast) -> None:
    group = noticed(cast)
    who = people(cast, group)
    for day in (LATER, LATER + 2 * DAY):
        accepts(cast, group, ["Olena"], day)
        does(cast, agree_journey, group, plan(travels_on=day), by=cast.centre, on=day)
        if day == LATER:  # she does not move, and says yes anew
            does(cast, register_not_moved, group, by=cast.centre, on=LATER + DAY)
    depart(on_day(cast, LATER + 2 * DAY), group, persons=[who["Olena"]])
    assert places(cast, 2) == (1, 3)
    depart(on_day(cast, LATER + 3 * DAY), group, MOVED, persons=[who["Sofia"]])
    assert places(cast, 3) == (1, 2)
