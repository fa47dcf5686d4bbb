"""What-ifs: every policy in every scenario, each answered from its own words alone."""

import json

import pytest

from fotfeste.allocation.domain.nation import SIZES, Scenario, country_of, groups_of
from fotfeste.allocation.domain.types import Resource
from fotfeste.allocation.domain.what_if import UnusableWhatIf, WhatIf, answered, asked_by, left_of

pytestmark = pytest.mark.req("SET-15")
SMALL = Scenario("small", groups=60, places_percent=3)
TWO_BY_TWO = """
[[scenario]]
name = "few"
groups = 60
[[scenario]]
name = "many"
groups = 90
[[policy]]
name = "as it is"
[[policy]]
name = "dispersed"
values = { weight_spread = 40 }
"""


def test_every_policy_is_asked_in_every_scenario() -> None:
    asked = asked_by(TWO_BY_TWO)
    assert [(each.scenario.name, each.policy) for each in asked] == [
        ("few", "as it is"), ("few", "dispersed"), ("many", "as it is"), ("many", "dispersed")
    ]  # fmt: skip
    assert len({each.key for each in asked}) == 4
    assert asked == asked_by(TWO_BY_TWO)
    assert [each.scenario.groups for each in asked_by("")] == [12_000]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("[[policy]]\nname = 'x'\nvalues = { weight_luck = 3 }", "policy_value_unknown"),
        ("[[policy]]\nname = 'x'\nvalues = { weight_spread = 'much' }", "policy_value_wrong"),
        ("[[policy]]\nname = 'x'\nvalues = { weight_relations = 90 }", "ties_would_decide"),
        ("[[scenario]]\nname = 'x'\ngroups = 0", "groups is 0"),
        ("[[scenario]]\nname = 'x'\nweather = 'fine'", "weather"),
        ("[[scenario]]\nname = 'x'\n[[scenario]]\nname = 'x'", "same name"),
        ("[[scenarios]]\nname = 'x'", "scenarios"),
        ("[[policy]]\nvalues = {}", "name"),
        ("what if", "expected|Expected"),
    ],
)
def test_what_has_no_meaning_is_refused_with_its_name(said: str, fault: str) -> None:
    with pytest.raises(UnusableWhatIf, match=fault):
        asked_by(said)


def test_the_country_is_the_real_one_and_the_households_are_drawn() -> None:
    whole, half = country_of(Scenario("all", places_percent=100)), country_of(Scenario("half", places_percent=50))
    assert len(whole) == 357
    places = [sum(each.left[Resource.PERSONS] for each in country) for country in (whole, half)]
    assert 28_327 <= places[0] <= 28_327 + 1_000  # the councils' decisions, and requests where there was none
    assert places[0] // 2 - 357 <= places[1] <= places[0] // 2
    groups = groups_of(SMALL)
    assert groups == groups_of(SMALL)
    assert groups != groups_of(Scenario("other", groups=60, seed=7))
    assert {each.size for each in groups} <= set(SIZES)


def test_the_same_question_has_the_same_answer_and_another_policy_another() -> None:
    first, again = (answered(WhatIf(SMALL)) for _ in range(2))
    dispersed = answered(WhatIf(SMALL, "dispersed", {"weight_spread": 60, "weight_work": 0, "weight_relations": 0}))
    assert {**first, "seconds": 0} == {**again, "seconds": 0}
    assert first["objective"] <= first["bound"]
    assert first["placed_persons"] == first["persons"]
    assert dispersed["places_sha256"] != first["places_sha256"]
    assert dispersed["key"] != first["key"]


def test_what_is_answered_is_not_asked_again_and_a_line_cut_short_answers_nothing() -> None:
    asked = asked_by(TWO_BY_TWO)
    lines = [json.dumps({"key": asked[0].key}), "", '{"key": "' + asked[1].key[:5], json.dumps([1])]
    assert left_of(asked, lines) == asked[1:]


def test_where_all_want_the_same_places_the_year_has_prices_and_fills_its_places() -> None:
    """A twelfth of the country under the policy as it ships: for most, most municipalities are worth nearly the same.

    The places are 2 779; HiGHS has the optimum of split groups at 23.8036 for each of 2 866 people.
    """
    answer = answered(WhatIf(Scenario("a twelfth", groups=1000, places_percent=10)))
    assert answer["bound"] < 23.8036 * 2866 * 1.0003
    assert answer["gap"] < 0.01
    assert answer["placed_persons"] >= 0.995 * 2779
