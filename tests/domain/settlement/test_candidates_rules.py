"""Which municipalities fit: room, capabilities, earlier no; yes, no and unknown kept apart."""

from datetime import date

import pytest

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Outcome
from fotfeste.settlement.domain.candidates import (
    Figures,
    GroupNeeds,
    Resource,
    distance_km,
    fits,
    has_resources,
    has_room,
    has_room_in_week,
    offers_what_is_needed,
)
from fotfeste.settlement.domain.declines import Asking, may_be_asked
from fotfeste.settlement.domain.types import Capability, Declined, PlaceKind

FAMILY = GroupNeeds(size=4, is_unaccompanied=False)
MINOR = GroupNeeds(size=1, is_unaccompanied=True, capabilities=frozenset({Capability.UNACCOMPANIED_MINORS}))


def figures(
    decided: int | None = 20,
    minors: int | None = None,
    settled: int = 0,
    promised: int = 0,
    asked: int = 0,
    held: int = 0,
    held_minors: int = 0,
    kept: int = 0,
    decided_year: int | None = 2024,
) -> Figures:
    return Figures(
        year=2024,
        decided_year=decided_year,
        decided=decided,
        decided_minors=minors,
        settled=settled,
        promised=promised,
        asked=asked,
        held=held,
        held_minors=held_minors,
        kept=kept,
    )


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("settled", "promised", "outcome"),
    [(0, 0, Outcome.YES), (12, 4, Outcome.YES), (12, 5, Outcome.NO), (30, 0, Outcome.NO)],
)
def test_room_is_what_is_decided_less_settled_and_promised(settled: int, promised: int, outcome: Outcome) -> None:
    assert has_room(FAMILY, figures(settled=settled, promised=promised)).outcome is outcome


@pytest.mark.req("SET-10")
def test_a_council_that_has_not_decided_is_unknown_and_not_full() -> None:
    decision = has_room(FAMILY, figures(decided=None))
    assert decision.outcome is Outcome.UNKNOWN
    assert decision.reasons[0].code == "council_not_decided"


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("minors", "outcome"), [(None, Outcome.UNKNOWN), (0, Outcome.NO), (1, Outcome.YES), (5, Outcome.YES)]
)
def test_unaccompanied_minors_need_room_in_what_was_decided_for_them(minors: int | None, outcome: Outcome) -> None:
    assert has_room(MINOR, figures(decided=100, minors=minors)).outcome is outcome


@pytest.mark.req("SET-10")
def test_requests_beyond_the_decision_take_no_room_but_are_told() -> None:
    decision = has_room(FAMILY, figures(decided=10, asked=8))
    assert decision.is_yes
    assert [reason.code for reason in decision.reasons] == ["room", "asked_for_others"]
    fit_all = has_room(FAMILY, figures(decided=12, asked=8))
    assert [reason.code for reason in fit_all.reasons] == ["room"]


@pytest.mark.req("SET-11")
@pytest.mark.parametrize("taken", [{"asked": 8, "held": 8}, {"kept": 8}, {"held": 4, "asked": 4, "kept": 4}])
def test_places_that_are_held_or_kept_for_others_are_not_free(taken: dict[str, int]) -> None:
    assert has_room(FAMILY, figures(decided=10, **taken)).is_no
    assert has_room(FAMILY, figures(decided=12, **taken)).is_yes


@pytest.mark.req("SET-10")
def test_a_minor_has_no_place_where_the_whole_decision_is_used() -> None:
    assert has_room(MINOR, figures(decided=10, minors=3, settled=10)).is_no
    assert has_room(MINOR, figures(decided=10, minors=3, held_minors=3)).is_no


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("resources", "outcome", "codes"),
    [
        ([], Outcome.YES, ["room"]),
        ([Resource(PlaceKind.SCHOOL_PLACES, 5, 4, wanted=1)], Outcome.YES, ["room", "resource_left"]),
        ([Resource(PlaceKind.SCHOOL_PLACES, 5, 4, wanted=2)], Outcome.NO, ["resource_short"]),
        ([Resource(PlaceKind.ADAPTED_HOMES, 0, 0, wanted=0)], Outcome.YES, ["room"]),
    ],
)
def test_of_each_kind_of_place_there_must_be_as_many_as_the_group_uses(
    resources: list[Resource], outcome: Outcome, codes: list[str]
) -> None:
    decision = has_resources(has_room(FAMILY, figures()), resources)
    assert (decision.outcome, [reason.code for reason in decision.reasons]) == (outcome, codes)


@pytest.mark.req("SET-10")
def test_places_are_not_known_to_be_there_because_there_are_homes() -> None:
    room = has_room(FAMILY, figures(decided=None))
    home = Resource(PlaceKind.ADAPTED_HOMES, 2, 0, wanted=1)
    assert has_resources(room, [home]).outcome is Outcome.UNKNOWN


@pytest.mark.req("SET-10")
def test_figures_of_an_earlier_year_say_so() -> None:
    decision = has_room(FAMILY, figures(decided_year=2023))
    assert decision.is_yes
    assert decision.reasons[-1].code == "figures_of_earlier_year"
    assert decision.rule.status == "demo"


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(("said", "outcome"), [(True, Outcome.YES), (False, Outcome.NO), (None, Outcome.UNKNOWN)])
def test_saying_no_is_another_thing_than_not_having_said(said: bool | None, outcome: Outcome) -> None:
    group = GroupNeeds(4, False, frozenset({Capability.ADAPTED_HOUSING}))
    declared = {} if said is None else {Capability.ADAPTED_HOUSING: said}
    assert offers_what_is_needed(group, declared).outcome is outcome


@pytest.mark.req("SET-10")
def test_a_municipality_that_takes_no_minors_does_not_fit_a_minor() -> None:
    declared = {Capability.UNACCOMPANIED_MINORS: False}
    assert offers_what_is_needed(MINOR, declared).is_no
    assert offers_what_is_needed(MINOR, {}).is_yes


@pytest.mark.req("SET-07")
def test_a_municipality_that_said_no_before_does_not_fit_and_says_when() -> None:
    decision = fits(
        has_room(FAMILY, figures()),
        offers_what_is_needed(FAMILY, {}),
        may_be_asked(Declined(date(2024, 3, 1), "no_housing"), Asking(Week(2024, 12), assessment=1)),
        has_room_in_week(4, 0, Week(2024, 12), 4),
    )
    assert decision.is_no
    assert decision.reasons[0].fields["on"] == date(2024, 3, 1)


@pytest.mark.req("SET-08")
def test_one_no_outweighs_what_is_unknown() -> None:
    group = GroupNeeds(4, False, frozenset({Capability.PETS}))
    decision = fits(
        has_room(group, figures(decided=2)),
        offers_what_is_needed(group, {}),
        may_be_asked(None, Asking(Week(2024, 12), assessment=1)),
        has_room_in_week(4, 0, Week(2024, 12), None),
    )
    assert decision.is_no
    assert [reason.code for reason in decision.reasons] == ["no_room"]


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("planned", "most", "outcome"),
    [
        (9, None, Outcome.YES),  # has not said
        (4, 8, Outcome.YES),
        (5, 8, Outcome.NO),
        (0, 3, Outcome.YES),  # never split: alone
        (1, 3, Outcome.NO),
    ],
)
def test_a_week_has_room_up_to_what_the_municipality_receives(planned: int, most: int | None, outcome: Outcome) -> None:
    assert has_room_in_week(4, planned, Week(2024, 12), most).outcome is outcome


def test_distance_is_as_the_crow_flies() -> None:
    assert distance_km((59.91, 10.75), (60.39, 5.32)) in range(300, 312)  # Oslo to Bergen


@pytest.mark.req("SET-10")
def test_a_municipality_whose_week_is_full_does_not_fit_in_it() -> None:
    decision = fits(
        has_room(FAMILY, figures()),
        offers_what_is_needed(FAMILY, {}),
        may_be_asked(None, Asking(Week(2024, 12), assessment=1)),
        has_room_in_week(4, 5, Week(2024, 12), 8),
    )
    assert [reason.code for reason in decision.reasons] == ["week_is_full"]
    assert decision.is_no
