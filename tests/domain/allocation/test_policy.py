"""A policy: dated, named, all of it shown, and changed only with a reason that says what differs."""

from datetime import date

import pytest

from fotfeste.allocation.domain.parameters import book
from fotfeste.allocation.domain.policy import (
    NUMBERS,
    TEXTS,
    Difference,
    PartKind,
    Policy,
    Unknown,
    along_curve,
    change,
    differences,
    policy_on,
)
from fotfeste.kernel.errors import NoRule, Refused
from fotfeste.kernel.parameters import ParameterStatus, Value
from tests.domain.allocation.making import DAY, POLICY

CHANGED_ON = date(2027, 1, 1)


def changed(**values: Value) -> Policy:
    return change(POLICY, values, reason="Prøver noe annet.", source="IMDi", on=CHANGED_ON).policy


@pytest.mark.req("SET-15")
def test_every_value_of_the_policy_is_ours_and_stands_as_demo() -> None:
    assert set(POLICY.parameters) == {*NUMBERS, *TEXTS}
    assert len(book().codes()) == len(POLICY.parameters)
    for parameter in POLICY.parameters.values():
        assert parameter.status is ParameterStatus.DEMO
        assert parameter.source.startswith("chosen by us")
        assert parameter.note


@pytest.mark.req("SET-15")
def test_a_change_says_every_difference_and_why_and_becomes_versions_of_its_own() -> None:
    found = change(
        POLICY,
        {"weight_work": 30, "weight_spread": 10, "unknown_counts": "impossible"},
        reason="  Flere skal i arbeid.  ",
        source="IMDi, brev 4",
        on=CHANGED_ON,
    )
    assert found.differences == (
        Difference("weight_work", 25, 30, "points"),
        Difference("unknown_counts", "possible", "impossible", "choice"),
    )
    assert found.reason == "Flere skal i arbeid."
    assert found.policy.unknown is Unknown.IMPOSSIBLE
    with_own = book().with_versions(found.versions)
    assert differences(policy_on(CHANGED_ON, with_own), found.policy) == ()
    assert differences(policy_on(DAY, with_own), POLICY) == ()
    assert policy_on(CHANGED_ON, with_own).rule("weight_work").source == "IMDi, brev 4"
    assert policy_on(CHANGED_ON, with_own).parameters["weight_work"].note == "Flere skal i arbeid."


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_a_policy_is_not_changed_without_a_reason(reason: str) -> None:
    with pytest.raises(Refused, match="policy_reason_missing"):
        change(POLICY, {"weight_work": 30}, reason=reason, source="IMDi", on=CHANGED_ON)


@pytest.mark.req("SET-15")
@pytest.mark.parametrize("source", ["", "   ", "x" * 201])
def test_a_policy_is_not_changed_without_saying_what_it_rests_on(source: str) -> None:
    with pytest.raises(Refused, match="policy_source_missing"):
        change(POLICY, {"weight_work": 30}, reason="Flere skal i arbeid.", source=source, on=CHANGED_ON)


@pytest.mark.req("SET-15")
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"weight_love": 3}, "policy_value_unknown"),
        ({"weight_work": "mye"}, "policy_value_wrong"),
        ({"weight_work": True}, "policy_value_wrong"),
        ({"weight_work": -1}, "policy_value_negative"),
        ({"unknown_counts": "perhaps"}, "policy_value_wrong"),
        ({"spread_curve": "0 5 mye"}, "policy_value_wrong"),
        ({"protected_sets": "family_type:single_parents"}, "policy_value_wrong"),
        ({"protected_sets": "age_band:66"}, "policy_value_wrong"),
        ({"protected_sets": "sex:women"}, "policy_value_wrong"),
        ({"protected_sets": "citizenship:Ukraina"}, "policy_value_wrong"),
        ({"protected_sets": "alone"}, "policy_value_wrong"),
        ({"weight_work": 25}, "policy_unchanged"),
        ({}, "policy_unchanged"),
    ],
)
def test_a_change_that_makes_no_policy_is_refused(values: dict[str, Value], code: str) -> None:
    with pytest.raises(Refused, match=code):
        changed(**values)


@pytest.mark.req("SET-08")
@pytest.mark.parametrize(
    "values", [{"weight_relations": 35}, {"weight_work": 9}, {"weight_work": 0, "weight_spread": 20}]
)
def test_no_policy_lets_ties_outweigh_what_everybody_can_have(values: dict[str, Value]) -> None:
    with pytest.raises(Refused, match="ties_would_decide"):
        changed(**values)


@pytest.mark.req("SET-09")
def test_every_point_of_the_curve_is_a_policy_that_differs_in_spread_alone() -> None:
    points = list(along_curve(POLICY))
    assert [point.weight(PartKind.SPREAD) for point in points] == list(POLICY.curve)
    assert POLICY.weight(PartKind.SPREAD) in POLICY.curve
    assert {each.name for point in points for each in differences(POLICY, point)} == {"weight_spread"}


@pytest.mark.req("SET-09")
def test_sets_of_every_kind_can_be_protected() -> None:
    sets = "family_type:alone age_band:0 sex:unknown citizenship:ETH"
    found = change(POLICY, {"protected_sets": sets}, reason="Flere skal vernes.", source="IMDi", on=CHANGED_ON)
    assert found.policy.protected_sets == tuple(sets.split())


def test_there_is_no_policy_before_the_first() -> None:
    with pytest.raises(NoRule):
        policy_on(date(2021, 12, 31), book())


@pytest.mark.req("SET-09")
def test_a_curve_is_drawn_also_where_ties_would_decide_at_one_of_its_points() -> None:
    policy = changed(weight_relations=30)
    assert [point.weight(PartKind.SPREAD) for point in along_curve(policy)] == list(policy.curve)
    assert policy.at(0).weight(PartKind.RELATIONS) > policy.at(0).weight(PartKind.WORK)


@pytest.mark.req("SET-09")
def test_a_curve_has_so_many_points_and_no_more() -> None:
    with pytest.raises(Refused, match="policy_value_wrong"):
        changed(spread_curve=" ".join(map(str, range(10))))
