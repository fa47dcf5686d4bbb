"""A plan is kept whole: the same again from its snapshot, and why it is so."""

from dataclasses import replace

import numpy as np
import pytest

from fotfeste.allocation.actions.computing import Computed, computed, read_candidates
from fotfeste.allocation.domain.arrays import from_bytes
from fotfeste.allocation.domain.coming import coming_prices
from fotfeste.allocation.domain.computing import coming_of, solved
from fotfeste.allocation.domain.expected import NOBODY, Expected
from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json, to_json
from fotfeste.allocation.domain.solver.instance import Instance
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.models import Proposal
from fotfeste.allocation.public import change_policy
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import more_work, planned, proposed, waited
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def test_a_plan_from_the_same_snapshot_is_the_same(cast: Cast) -> None:
    for _ in range(3):
        queued(cast)
    plan = planned(cast)
    arrays, certificate = from_bytes(plan.arrays), from_bytes(plan.certificate)
    for _ in range(2):
        again = solved(arrays)
        assert np.array_equal(again.municipality, certificate["municipality"])
        assert np.array_equal(again.price, certificate["price"])
        assert (again.objective, again.bound, again.is_optimal) == (plan.objective, plan.bound, plan.is_optimal)


def stored(plan: Computed, column: str) -> bytes:
    """A file of arrays of a plan that is not kept yet."""
    found = plan.plan[column]
    assert isinstance(found, bytes)
    return found


def test_those_who_are_expected_are_in_the_snapshot_and_keep_a_place(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    with scope(cast.imdi, cast.day):
        read = read_candidates(cast.imdi, cast.at)
        assert read.expected is NOBODY  # one household says nothing of those to come
        alone = computed(read, cast.at)
        like = replace(read.groups[0], lives_in="5037")
        expecting = computed(replace(read, expected=Expected((like,) * 40, 0.5)), cast.at)
        again = computed(replace(read, expected=Expected((like,) * 40, 0.5)), cast.at)
    assert [each.explanation["place"] for each in alone.proposals] == ["5037"]
    assert [each.explanation["place"] for each in expecting.proposals] == ["5038"]
    assert expecting.proposals[0].explanation["alternatives"][0]["outcome"]["code"] == "kept_for_expected"
    fingerprints = [each.plan["input_sha256"] for each in (alone, expecting, again)]
    assert fingerprints[0] != fingerprints[1] == fingerprints[2]
    arrays, found = (from_bytes(stored(expecting, each)) for each in ("arrays", "certificate"))
    instance = Instance(arrays["demand"], arrays["limit"], arrays["unplaced"], MatrixScores(arrays["score"]))
    assert np.array_equal(coming_prices(instance, coming_of(arrays)), arrays["coming_price"])
    assert np.array_equal(solved(arrays).municipality, found["municipality"])
    assert solved(arrays).bound == expecting.plan["bound"]
    # In the points that pages show it gives up what it keeps for others; how far from the best is counted in those.
    worth, most = expecting.plan["worth"], alone.plan["worth"]
    priced = expecting.plan["objective"]
    assert isinstance(worth, float)
    assert isinstance(most, float)
    assert isinstance(priced, float)
    assert priced < worth < most == alone.plan["objective"]


def test_the_same_facts_have_the_same_fingerprint_and_other_facts_another(cast: Cast) -> None:
    queued(cast)
    first, second = planned(cast), planned(cast)
    decided("5037", 3)
    third = planned(cast)
    assert first.input_sha256 == second.input_sha256 != third.input_sha256


def test_the_arrays_have_a_row_for_each_proposal_and_nobody_in_them(cast: Cast) -> None:
    families = [queued(cast) for _ in range(2)]
    plan = planned(cast)
    arrays = from_bytes(plan.arrays)
    assert {name: each.dtype.kind for name, each in arrays.items()} == {
        "demand": "i", "limit": "i", "score": "f", "unplaced": "f", "crowding": "f", "crowding_first": "i"
    }  # fmt: skip
    assert len(arrays["demand"]) == len(families)
    assert list(proposed(cast, plan)) == families
    assert len(plan.columns["municipalities"]) == arrays["score"].shape[1]


def test_why_is_kept_as_it_was_and_read_back(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        kept = Proposal.objects.get(plan=plan)
        why = from_json(Explanation, kept.explanation)
    assert to_json(why) == kept.explanation
    assert (why.place, why.group.size) == ("5037", 4)
    assert why.score is not None
    assert why.score.total == kept.total
    assert [each.number for each in why.alternatives][:1] == ["5038"]


def test_a_plan_has_its_curve_also_where_ties_would_decide_at_one_of_its_points(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    wished = replace(more_work(cast.day), values={"weight_relations": 30})
    with scope(cast.imdi, cast.day):
        change_policy(wished, version=0, by=cast.imdi, at=cast.at)
    plan = planned(cast)
    assert (plan.state, len(plan.curve)) == ("proposed", 5)
