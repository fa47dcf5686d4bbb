"""The curve between accurate and dispersed: what each point gives the same people."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fotfeste.allocation.domain.curve import curve
from fotfeste.allocation.domain.types import Adult, Group, Municipality, Needs, Offer, Resource
from tests.domain.allocation.making import DAY, POLICY, WELDER, WORK, countries, group, groups, municipality
from tests.domain.allocation.reading import NAMES, ON, household, policy, real_country

pytestmark = pytest.mark.req("SET-09")
PENNY = 1e-9


@settings(max_examples=25)
@given(st.lists(groups(), min_size=1, max_size=6), countries())
def test_more_spread_never_makes_a_plan_more_accurate_and_never_less_spread(
    asked: list[Group], seen: dict[str, Municipality]
) -> None:
    points = curve(asked, list(seen.values()), POLICY, DAY)
    for before, after in pairwise(points):
        assert after.accuracy <= before.accuracy + PENNY
        assert after.room >= before.room - PENNY


def test_the_written_households_show_what_spreading_costs() -> None:
    asked = [household(name).group for name in NAMES]
    points = curve(asked, list(real_country().values()), policy(), ON)
    assert [point.weight for point in points] == [0, 5, 10, 20, 40]
    assert [point.weight for point in points if point.is_chosen] == [10]
    assert points[-1].accuracy < points[0].accuracy
    assert points[-1].room > points[0].room
    assert {point.placed_persons for point in points} == {sum(each.size for each in asked)}


def test_a_welder_goes_where_work_is_until_spread_outweighs_it() -> None:
    work = municipality("1001", offers=frozenset({Offer(WORK, "industry", "welder")}), requested=10, taken=10)
    empty = municipality("1002", offers=frozenset(), requested=10, left={Resource.PERSONS: 10})
    welder = group(needs=Needs(adults=(Adult(30, (WELDER,)),)))
    points = curve([welder], [work, empty], POLICY, DAY)
    assert [round(point.accuracy) for point in points] == [25, 25, 25, 25, 0]
    assert [point.room for point in points] == [0, 0, 0, 0, 1000]
    assert [point.municipalities for point in points] == [1] * 5


def test_unevenness_is_the_distance_from_the_countrys_share_of_its_requests() -> None:
    full = municipality("1001", requested=30, taken=30, left={Resource.PERSONS: 0})
    half = municipality("1002", requested=10, taken=4)
    point = curve([group(1)], [full, half], POLICY, DAY)[0]
    share = 35 / 40
    assert point.unevenness == pytest.approx(1000 * (30 * (1 - share) + 10 * (share - 0.5)) / 40)
    unasked = replace(half, requested=None)
    assert curve([group(1)], [unasked], POLICY, DAY)[0].unevenness == 0
