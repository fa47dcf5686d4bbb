"""Why here: the parts, the two next best and what they lacked, what was scarce, what was not possible."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.allocation.domain.explaining import NEXT_BEST, explain
from fotfeste.allocation.domain.explanation import Explanation, Prices
from fotfeste.allocation.domain.fit import counts_as_possible, possible
from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.domain.score import in_tenths
from fotfeste.allocation.domain.types import (
    Adult,
    Group,
    Municipality,
    Needs,
    Offer,
    Resource,
    Steering,
    Strength,
    Tie,
)
from fotfeste.allocation.sentences_reasons import reason_sentence
from fotfeste.kernel.decisions import Reason
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import Capability
from tests.domain.allocation.making import (
    DAY,
    POLICY,
    WELDER,
    WORK,
    countries,
    country,
    group,
    groups,
    municipality,
    policy_with,
)

BEST = municipality("1001", offers=frozenset({Offer(WORK, "industry", "welder")}), requested=10)
GOOD = municipality("1002", offers=frozenset({Offer(WORK, "industry")}), requested=10)
PLAIN = municipality("1003", offers=frozenset(), requested=10)
FULL = municipality("1004", left={Resource.PERSONS: 0}, requested=10, taken=10)
COUNTRY = country(BEST, GOOD, PLAIN, FULL)
ALONE = group(needs=Needs(adults=(Adult(30, (WELDER,)),)))


def explained(place: str | None, prices: Mapping[str, float] | None = None, asked: Group = ALONE) -> Explanation:
    each: Prices = {number: {Resource.PERSONS: price} for number, price in (prices or {}).items()}
    return explain(asked, place, COUNTRY, POLICY, DAY, each)


@pytest.mark.req("SET-15")
def test_the_two_next_best_say_what_they_lacked() -> None:
    found = explained("1001")
    assert found.outcome.code == "best_of_all"
    assert [each.number for each in found.alternatives] == ["1002", "1003"]
    lack = found.alternatives[0].lacks[0]
    assert (lack.kind, lack.missing) == (PartKind.WORK, 12_500)
    assert [reason.code for reason in lack.reasons] == ["work_in_field"]
    assert found.alternatives[0].outcome is None
    assert found.scarce is None


@pytest.mark.req("SET-15")
def test_a_better_place_that_is_scarce_says_its_price_and_what_would_have_to_change() -> None:
    found = explained("1002", {"1001": 20, "1002": 3})
    assert (found.outcome.code, found.outcome.fields["better"]) == ("best_that_was_left", 1)
    assert found.scarce is not None
    assert found.scarce.fields["points"] == 3000
    better = found.alternatives[0]
    assert better.outcome is not None
    assert (better.outcome.code, dict(better.outcome.fields)) == ("wanted_by_others", {"price": 20_000, "short": 4_500})
    assert [gap.kind for gap in better.gains] == [PartKind.WORK]
    assert better.lacks == ()


@pytest.mark.req("SET-15")
def test_a_place_that_is_kept_for_those_who_are_expected_says_so_with_its_price() -> None:
    held: Prices = {"1001": {Resource.PERSONS: 19.0}, "1002": {Resource.PERSONS: 3.0}}
    found = explain(
        ALONE,
        "1002",
        COUNTRY,
        POLICY,
        DAY,
        {"1001": {Resource.PERSONS: 1.0}, "1002": {Resource.PERSONS: 1.0}},
        held=held,
    )
    assert found.scarce is not None
    assert (found.scarce.code, found.scarce.fields["points"]) == ("place_will_be_scarce", 3000)
    better = found.alternatives[0]
    assert better.outcome is not None
    assert (better.outcome.code, dict(better.outcome.fields)) == (
        "kept_for_expected",
        {"price": 19_000, "short": 3_500},
    )
    assert "holdt av for dem som ventes senere i år: en plass er verdt 19 poeng" in reason_sentence(better.outcome, {})


@pytest.mark.req("SET-15")
@pytest.mark.parametrize(
    ("this_week", "later", "why"),
    [(10.0, 10.0, ("kept_for_expected", 10_000)), (11.0, 9.0, ("wanted_by_others", 20_000))],
)
def test_a_place_is_kept_for_those_who_are_expected_where_they_ask_half_of_its_price_or_more(
    this_week: float, later: float, why: tuple[str, int]
) -> None:
    prices: Prices = {"1001": {Resource.PERSONS: this_week}}
    held: Prices = {"1001": {Resource.PERSONS: later}}
    outcome = explain(ALONE, "1002", COUNTRY, POLICY, DAY, prices, held=held).alternatives[0].outcome
    assert outcome is not None
    assert (outcome.code, outcome.fields["price"]) == why


@pytest.mark.req("SET-15")
def test_who_waits_because_all_that_fits_is_kept_for_others_is_told_so() -> None:
    held: Prices = {number: {Resource.PERSONS: 500.0} for number in COUNTRY}
    found = explain(ALONE, None, COUNTRY, POLICY, DAY, held=held)
    assert (found.outcome.code, found.outcome.fields["possible"]) == ("held_for_expected", 3)
    one_is_free = explain(ALONE, None, COUNTRY, POLICY, DAY, held={"1001": held["1001"]})
    assert one_is_free.outcome.code == "no_place_left"


@pytest.mark.req("SET-15")
def test_a_better_place_that_costs_nothing_was_filled_by_the_plan_as_a_whole() -> None:
    outcome = explained("1002").alternatives[0].outcome
    assert outcome is not None
    assert outcome.code == "filled_otherwise"


@pytest.mark.req("SET-15")
def test_who_is_left_although_it_hurries_is_told_that_places_went_to_others() -> None:
    found = explained(None)
    assert (found.place, found.score) == (None, None)
    assert (found.outcome.code, found.outcome.fields["possible"]) == ("no_place_left", 3)


@pytest.mark.req("SET-15")
def test_a_policy_may_say_that_it_is_better_to_wait_than_to_ask_and_then_it_is_said() -> None:
    patient = policy_with(weight_later=0, weight_certainty=30)
    new = group(needs=Needs(hard=frozenset({Capability.PETS})), due_since_on=DAY)
    assert explain(new, None, COUNTRY, patient, DAY).outcome.code == "better_later"
    assert explain(new, None, COUNTRY, POLICY, DAY).outcome.code == "no_place_left"


@pytest.mark.req("SET-15")
def test_where_nothing_is_possible_it_says_why_by_how_many() -> None:
    asked = group(60, needs=Needs(hard=frozenset({Capability.PETS}), ties=(Tie("1004", Strength.CLOSE),)))
    refused = municipality("1003", capabilities={Capability.PETS: False}, left={Resource.PERSONS: 5})
    found = explain(asked, None, country(BEST, GOOD, refused, FULL), POLICY, DAY)
    assert found.outcome.code == "nothing_possible"
    assert [(each.reason.code, each.count, each.named) for each in found.barred] == [
        ("no_room", 4, ("1004",)),
        ("capability_not_offered", 1, ()),
    ]


@pytest.mark.req("SET-15")
def test_the_only_possible_place_says_that_it_is() -> None:
    asked = group(5, needs=Needs(hard=frozenset({Capability.PETS})))
    able = municipality("1001", capabilities={Capability.PETS: True})
    others = [municipality(number, capabilities={Capability.PETS: False}) for number in ("1002", "1003")]
    found = explain(asked, "1001", country(able, *others), POLICY, DAY)
    assert found.outcome.code == "only_possible"
    assert [reason.code for reason in found.met] == ["capability_offered"]


@pytest.mark.req("SET-08")
def test_a_municipality_where_somebody_close_lives_is_always_accounted_for() -> None:
    tied = group(needs=Needs(adults=(Adult(30, (WELDER,)),), ties=(Tie("1005", Strength.OTHER),)))
    poor = municipality("1005", offers=frozenset(), requested=10, taken=10)
    found = explain(tied, "1001", {**COUNTRY, "1005": poor}, POLICY, DAY)
    assert [each.number for each in found.mentioned] == ["1005"]
    assert [gap.kind for gap in found.mentioned[0].gains] == [PartKind.RELATIONS]


@pytest.mark.req("SET-04")
def test_the_questions_that_were_declined_are_told_in_the_order_in_which_they_are_asked() -> None:
    silent = group(needs=Needs(declined=frozenset({Question.OCCUPATION, Question.ADAPTATION, Question.PETS})))
    assert explained("1001", asked=silent).declined == (Question.ADAPTATION, Question.PETS, Question.OCCUPATION)


@pytest.mark.req("ACS-02")
@pytest.mark.parametrize(
    ("code", "fields"),
    [("share_of_request_planned", {"taken": 2, "requested": 10}), ("week_is_filled", {"most": 5})],
)
def test_how_many_others_earlier_plans_kept_is_not_told(code: str, fields: Mapping[str, int]) -> None:
    assert "77" not in reason_sentence(Reason(code, {**fields, "planned": 77}), {})


@pytest.mark.req("SET-15")
@given(groups(), countries())
def test_the_gaps_of_an_alternative_are_the_whole_difference(asked: Group, seen: Mapping[str, Municipality]) -> None:
    options = [number for number, each in seen.items() if counts_as_possible(possible(asked, each), POLICY)]
    for place in options:
        found = explain(asked, place, seen, POLICY, DAY)
        assert found.score is not None
        assert len(found.alternatives) == min(NEXT_BEST, len(options) - 1)
        for other in (*found.alternatives, *found.mentioned):
            assert sum(gap.missing for gap in (*other.lacks, *other.gains)) == found.score.total - other.score.total
        assert sum(each.number == place for each in found.alternatives) == 0
        assert {each.reason.code for each in found.barred} == {
            reason.code
            for each in seen.values()
            if (decision := possible(asked, each)).is_no
            for reason in decision.reasons
        }


@given(st.lists(st.integers(-60_000, 60_000), max_size=9))
def test_what_is_shown_adds_up_to_the_sum_that_is_shown(amounts: list[int]) -> None:
    shown = in_tenths(amounts)
    assert sum(shown) == (sum(amounts) + 50) // 100
    assert all(abs(tenths * 100 - amount) < 100 for tenths, amount in zip(shown, amounts, strict=True))


@pytest.mark.req("SET-15")
def test_what_a_case_worker_decided_is_the_reason_that_is_told() -> None:
    pinned = explain(ALONE, "1003", COUNTRY, POLICY, DAY, steering=Steering(pinned={"g": "1003"}))
    assert pinned.outcome.code == "pinned_here"
    assert [(each.number, each.lacks, [gap.missing for gap in each.gains]) for each in pinned.alternatives] == [
        ("1001", (), [-25_000]),
        ("1002", (), [-12_500]),
    ]
    assert [each.outcome for each in pinned.alternatives] == [None, None]
    lost = explain(ALONE, None, COUNTRY, POLICY, DAY, steering=Steering(pinned={"g": "1004"}))
    assert (lost.outcome.code, dict(lost.outcome.fields)) == ("pin_not_possible", {"place": "1004"})
    closed = explain(ALONE, "1002", COUNTRY, POLICY, DAY, steering=Steering(closed=frozenset({"1001"})))
    assert closed.outcome.code == "best_of_all"
    assert "closed_this_time" in {each.reason.code for each in closed.barred}


@pytest.mark.req("SET-15")
@pytest.mark.parametrize(
    ("place", "at", "prices", "said"),
    [
        ("1003", "1003", {}, ("unpinned_better", {"place": "1001", "points": 25_000})),
        ("1001", "1001", {}, ("unpinned_same", {})),
        ("1001", "1001", {"1001": 20.0}, ("unpinned_cheaper", {"place": "1002", "points": 12_500})),
        ("1004", None, {}, ("unpinned_placed", {"place": "1001", "points": 25_000})),
        ("1004", None, {"1001": 99.0, "1002": 99.0, "1003": 99.0}, ("unpinned_waits", {})),
    ],
)
def test_a_pin_says_what_there_would_have_been_without_it(
    place: str, at: str | None, prices: Mapping[str, float], said: tuple[str, Mapping[str, object]]
) -> None:
    each: Prices = {number: {Resource.PERSONS: price} for number, price in prices.items()}
    found = explain(ALONE, at, COUNTRY, POLICY, DAY, each, Steering(pinned={"g": place}))
    assert found.pin is not None
    code, fields = said
    assert found.pin.code == code
    assert {name: found.pin.fields[name] for name in fields if name == "place"} == {
        name: value for name, value in fields.items() if name == "place"
    }
    if code in ("unpinned_better", "unpinned_cheaper"):
        assert found.pin.fields["points"] == fields["points"]


@pytest.mark.req("SET-15")
def test_two_that_fit_alike_are_told_as_alike() -> None:
    twins = country(PLAIN, municipality("1005", offers=frozenset(), requested=10))
    prices: Prices = {"1003": {Resource.PERSONS: 5.0}}
    found = explain(ALONE, "1003", twins, POLICY, DAY, prices, Steering(pinned={"g": "1003"}))
    assert found.pin is not None
    assert (found.pin.code, dict(found.pin.fields)) == ("unpinned_alike", {"place": "1005"})
