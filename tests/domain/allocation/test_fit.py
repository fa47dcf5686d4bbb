"""Whether a municipality is possible for a group: yes, no and unknown kept apart, with every reason."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given

from fotfeste.allocation.domain.fit import counts_as_possible, possible
from fotfeste.allocation.domain.kept import from_json, to_json
from fotfeste.allocation.domain.policy import change
from fotfeste.allocation.domain.types import Group, Municipality, Needs, Resource, SaidNo, Steering, WeekRoom
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Outcome
from fotfeste.settlement.domain.contents import Question
from fotfeste.settlement.domain.types import AfterDecline, Capability, Declined, Following
from tests.domain.allocation.making import DAY, POLICY, countries, group, groups, municipality

IMPOSSIBLE = change(
    POLICY, {"unknown_counts": "impossible"}, reason="Vi spør ikke på måfå.", source="IMDi", on=DAY
).policy


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("said", "outcome", "code"),
    [
        ({Capability.ADAPTED_HOUSING: True}, Outcome.YES, "capability_offered"),
        ({Capability.ADAPTED_HOUSING: False}, Outcome.NO, "capability_not_offered"),
        ({}, Outcome.UNKNOWN, "capability_not_said"),
    ],
)
def test_a_hard_need_is_met_or_not_or_not_known(said: dict[Capability, bool], outcome: Outcome, code: str) -> None:
    wheelchair = group(needs=Needs(hard=frozenset({Capability.ADAPTED_HOUSING})))
    decision = possible(wheelchair, municipality(capabilities=said))
    assert decision.outcome is outcome
    assert code in {reason.code for reason in decision.reasons}


@pytest.mark.req("SET-07")
def test_every_reason_for_a_no_is_told() -> None:
    needs = Needs(hard=frozenset({Capability.PETS, Capability.STAFFED_HOUSING, Capability.ADAPTED_HOUSING}))
    seen = municipality(
        capabilities={Capability.PETS: False, Capability.STAFFED_HOUSING: False}, left={Resource.PERSONS: 2}
    )
    decision = possible(group(3, needs=needs, said_no=(SaidNo(seen.number),)), seen)
    assert decision.is_no
    assert [reason.code for reason in decision.reasons] == [
        *["capability_not_offered"] * 2,
        "no_room",
        "declined_before",
    ]


@pytest.mark.req("SET-10")
def test_a_council_that_has_not_decided_is_unknown_and_not_full() -> None:
    decision = possible(group(), municipality(left={}))
    assert decision.outcome is Outcome.UNKNOWN
    assert [reason.code for reason in decision.reasons] == ["council_not_decided"]


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("left", "outcome"),
    [
        ({Resource.PERSONS: 5, Resource.MINORS: 2}, Outcome.YES),
        ({Resource.PERSONS: 5, Resource.MINORS: 1}, Outcome.NO),
        ({Resource.PERSONS: 1, Resource.MINORS: 2}, Outcome.NO),
        ({Resource.PERSONS: 5}, Outcome.UNKNOWN),
    ],
)
def test_unaccompanied_siblings_need_a_place_for_each_and_stay_together(
    left: dict[Resource, int], outcome: Outcome
) -> None:
    needs = Needs(hard=frozenset({Capability.UNACCOMPANIED_MINORS}))
    siblings = group(2, needs=needs, uses={Resource.MINORS: 2})
    assert possible(siblings, municipality(left=left)).outcome is outcome
    takes_none = municipality(left=left, capabilities={Capability.UNACCOMPANIED_MINORS: False})
    assert possible(siblings, takes_none).is_no


@pytest.mark.req("SET-10")
def test_a_place_that_a_municipality_has_not_declared_binds_nobody() -> None:
    family = group(4, uses={Resource.SCHOOL_PLACES: 2})
    assert possible(family, municipality()).is_yes
    assert possible(family, municipality(left={Resource.PERSONS: 9, Resource.SCHOOL_PLACES: 1})).is_no


@pytest.mark.req("SET-04")
def test_nothing_is_asked_for_somebody_who_declined_to_answer() -> None:
    silent = group(needs=Needs(declined=frozenset({Question.ADAPTATION, Question.PETS})))
    assert possible(silent, municipality(capabilities=dict.fromkeys(Capability, False))).is_yes


@pytest.mark.req("SET-07")
def test_the_policy_says_how_unknown_counts() -> None:
    unknown = possible(group(), municipality(left={}))
    assert counts_as_possible(unknown, POLICY)
    assert not counts_as_possible(unknown, IMPOSSIBLE)
    declined = possible(group(said_no=(SaidNo("1001"),)), municipality())
    assert not counts_as_possible(declined, POLICY)
    assert counts_as_possible(possible(group(), municipality()), IMPOSSIBLE)


@pytest.mark.req("SET-07")
@given(groups(), countries())
def test_a_decision_rests_on_its_parts_and_says_why(asked: Group, seen: Mapping[str, Municipality]) -> None:
    for each in seen.values():
        decision = possible(asked, each)
        outcomes = {part.outcome for part in decision.parts}
        assert decision.is_no == (Outcome.NO in outcomes)
        assert decision.is_yes == (outcomes == {Outcome.YES})
        assert decision.reasons


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("size", "planned", "outcome", "codes"),
    [
        (4, 0, Outcome.YES, ["nothing_special_needed", "room"]),
        (4, 1, Outcome.NO, ["week_is_full"]),
        (9, 0, Outcome.YES, ["nothing_special_needed", "room"]),
        (9, 1, Outcome.NO, ["week_is_full"]),
        (1, 7, Outcome.NO, ["week_is_full"]),
    ],
)
def test_a_week_has_room_for_so_many_or_for_one_larger_group_alone(
    size: int, planned: int, outcome: Outcome, codes: list[str]
) -> None:
    decision = possible(group(size), municipality(week=WeekRoom(4, planned)))
    assert decision.outcome is outcome
    assert [reason.code for reason in decision.reasons] == codes


@pytest.mark.req("SET-11")
@pytest.mark.parametrize(
    ("size", "centre", "outcome", "codes"),
    [
        (3, "", Outcome.YES, ["nothing_special_needed", "room"]),
        (4, "", Outcome.NO, ["kept_for_centre"]),
        (5, "larvik", Outcome.YES, ["nothing_special_needed", "room"]),
        (7, "larvik", Outcome.NO, ["kept_for_centre"]),
        (8, "larvik", Outcome.NO, ["no_room"]),
    ],
)
def test_places_kept_for_a_centre_are_room_for_its_own_alone(
    size: int, centre: str, outcome: Outcome, codes: list[str]
) -> None:
    seen = municipality(left={Resource.PERSONS: 7}, kept={"larvik": 2, "moss": 2})
    decision = possible(group(size, centre=centre), seen)
    assert decision.outcome is outcome
    assert [reason.code for reason in decision.reasons] == codes


@pytest.mark.req("SET-15")
@pytest.mark.parametrize(
    ("steering", "codes"),
    [
        (Steering(), []),
        (Steering(closed=frozenset({"1001"})), ["closed_this_time"]),
        (Steering(closed=frozenset({"1002"})), []),
        (Steering(forbidden=frozenset({("g", "1001")})), ["forbidden_by_hand"]),
        (Steering(forbidden=frozenset({("other", "1001")})), []),
        (Steering(pinned={"g": "1002"}), ["pinned_elsewhere"]),
        (Steering(pinned={"g": "1001", "other": "1002"}), []),
    ],
)
def test_a_case_worker_closes_forbids_and_pins(steering: Steering, codes: list[str]) -> None:
    decision = possible(group(), municipality("1001"), steering)
    assert decision.is_no == bool(codes)
    assert [reason.code for reason in decision.reasons if decision.is_no] == codes


@pytest.mark.req("SET-15")
def test_a_pin_makes_nothing_possible_that_is_not() -> None:
    asked = group(needs=Needs(hard=frozenset({Capability.PETS})))
    refused = municipality("1001", capabilities={Capability.PETS: False})
    assert possible(asked, refused, Steering(pinned={"g": "1001"})).is_no


def _no(follows: AfterDecline, week: Week | None = None, *unmet: Capability) -> tuple[SaidNo, ...]:
    """Municipality 1001 has said no."""
    return (SaidNo("1001", Declined(date(2026, 9, 1), "no_housing", Following(follows, week, frozenset(unmet)))),)


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        (_no(AfterDecline.NOT_THIS_WEEK, Week(2026, 40)), "declined_this_week"),
        (_no(AfterDecline.NOT_THIS_NEED, None, Capability.PETS), "declined_this_need"),
        (_no(AfterDecline.NOT_UNTIL_REASSESSED), "declined_until_reassessed"),
        ((SaidNo("1001"),), "declined_before"),
    ],
)
def test_a_no_that_holds_in_the_plans_week_says_what_follows(said: tuple[SaidNo, ...], code: str) -> None:
    decision = possible(group(said_no=said), municipality())
    assert decision.is_no
    assert [reason.code for reason in decision.reasons] == [code]


@pytest.mark.req("SET-15")
def test_a_no_that_a_plan_kept_before_it_said_what_follows_is_read_as_it_was() -> None:
    assert from_json(tuple[SaidNo, ...], ["1001"]) == (SaidNo("1001"),)
    said = _no(AfterDecline.NOT_THIS_WEEK, Week(2026, 40), Capability.PETS)
    assert from_json(tuple[SaidNo, ...], to_json(said)) == said
    with pytest.raises(TypeError, match="is no Needs"):
        from_json(Needs, ["pets"])
