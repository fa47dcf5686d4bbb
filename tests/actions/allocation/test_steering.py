"""Steering: pinned, kept out, closed this week; taken back, carried over, never broken without a word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.steering import PinNotPossible
from fotfeste.allocation.models import ClosedMunicipality, Plan, Proposal, SteeredGroup
from fotfeste.allocation.public import (
    close_municipality,
    forbid_municipality,
    lift_steering,
    open_municipality,
    pin_group,
    send_proposals,
)
from fotfeste.allocation.queries.outcomes import outcomes_of
from fotfeste.allocation.queries.steering import steering_of
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.settlement.domain.types import DeclineReason
from fotfeste.settlement.public import decline_request, send_request
from tests.actions.allocation.stage import closed, pinned, planned, proposed, steered, waited
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def why(cast: Cast, plan: Plan, group: int) -> Explanation:
    """Why a household is where it is in a plan."""
    with scope(cast.imdi, cast.day):
        return from_json(Explanation, Proposal.objects.get(plan=plan, subject_id=group).explanation)


def standing(cast: Cast) -> list[tuple[int, str, str]]:
    """What holds for households: whom, what, where."""
    with scope(cast.imdi, cast.day):
        found = SteeredGroup.objects.filter(ended_at__isnull=True).order_by("pk")
        return [
            (subject, kind, str(number))
            for subject, kind, number in found.values_list("subject_id", "kind", "municipality__municipality_id")
        ]


def test_a_household_that_is_pinned_goes_there_in_every_plan_until_it_is_taken_back(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    assert proposed(cast, planned(cast)) == {family: "5037"}
    pin = pinned(cast, family, "5038")
    for _ in range(2):
        plan = planned(cast)
        assert proposed(cast, plan) == {family: "5038"}
        assert why(cast, plan, family).outcome.code == "pinned_here"
        with scope(cast.imdi, cast.day):
            assert Proposal.objects.get(plan=plan).steered == [pin.pk]
    with scope(cast.imdi, cast.day):
        lift_steering(pin.reference, by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="steering_is_over"):
            lift_steering(pin.reference, by=cast.imdi, at=cast.at)
    assert proposed(cast, planned(cast)) == {family: "5037"}


def test_why_says_what_the_household_would_have_had_without_the_pin(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    free = why(cast, planned(cast), family)
    pinned(cast, family, "5038")
    held = why(cast, planned(cast), family)
    assert (free.place, free.pin) == ("5037", None)
    assert held.place == "5038"
    assert held.pin is not None
    assert (held.pin.code, held.pin.fields["place"]) == ("unpinned_better", "5037")
    assert free.score is not None
    assert held.score is not None
    assert held.pin.fields["points"] == free.score.total - held.score.total


def test_a_pinned_household_has_its_place_before_others_who_fit_better(cast: Cast) -> None:
    families = [queued(cast) for _ in range(3)]
    decided("5037", 5)
    decided("5038", 1)
    cast = waited(cast)
    last = families[-1]
    assert proposed(cast, planned(cast))[last] == ""
    pinned(cast, last, "5037")
    plan = planned(cast)
    assert proposed(cast, plan) == {families[0]: "", families[1]: "", last: "5037"}
    assert plan.objective is not None
    assert plan.bound is not None
    assert plan.objective <= plan.bound + 1e-6


def test_a_pin_that_there_is_no_room_for_is_told_and_not_broken(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 5)
    cast = waited(cast)
    pinned(cast, first, "5037")
    pinned(cast, second, "5037")
    plan = planned(cast)
    assert proposed(cast, plan) == {first: "5037", second: ""}
    told = why(cast, plan, second)
    assert (told.outcome.code, told.outcome.fields) == ("pin_without_room", {"place": "5037"})
    decided("5037", 2)
    again = why(cast, planned(cast), first)
    assert again.outcome.code == "pin_not_possible"
    assert ("no_room", ("5037",)) in [(each.reason.code, each.named) for each in again.barred]


def test_a_pin_to_where_they_cannot_be_settled_is_refused_with_why(cast: Cast) -> None:
    family = queued(cast)
    decided("5037", 3)
    with pytest.raises(PinNotPossible) as refused:
        pinned(cast, family, "5037")
    assert [reason.code for reason in refused.value.reasons] == ["no_room"]
    steered(cast, family)
    with pytest.raises(PinNotPossible) as refused:
        pinned(cast, family, "5038")
    assert [reason.code for reason in refused.value.reasons] == ["forbidden_by_hand"]
    closed(cast, "0301")
    with pytest.raises(PinNotPossible) as refused:
        pinned(cast, family, "0301")
    assert "closed_this_time" in [reason.code for reason in refused.value.reasons]


def test_another_pin_takes_the_place_of_the_first_and_the_same_is_refused(cast: Cast) -> None:
    family = queued(cast)
    pinned(cast, family, "5037")
    with pytest.raises(Refused, match="steered_once"):
        pinned(cast, family, "5037")
    pinned(cast, family, "5038")
    assert standing(cast) == [(family, "pinned", "5038")]
    with scope(cast.imdi, cast.day), pytest.raises(Refused, match="pinned_there"):
        forbid_municipality(family, "5038", reason="x", by=cast.imdi, at=cast.at)


def test_a_household_is_kept_out_of_a_municipality_also_after_a_no_elsewhere(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    with scope(cast.imdi, cast.day):
        forbid_municipality(family, "5037", reason="Noen de er redde for", by=cast.imdi, at=cast.at)
    plan = planned(cast)
    assert proposed(cast, plan) == {family: "5038"}
    with scope(cast.imdi, cast.day):
        send_proposals(plan.reference, [family], by=cast.imdi, at=cast.at)
    with scope(cast.other_municipality, cast.day):
        decline_request(
            family,
            reason=DeclineReason.NO_HOUSING,
            follows="not_until_reassessed",
            by=cast.other_municipality,
            at=cast.at,
        )
    assert standing(cast) == [(family, "forbidden", "5037")]
    assert proposed(cast, planned(cast)) == {family: ""}


def test_a_pin_ends_when_a_municipality_is_asked_for_them(cast: Cast) -> None:
    family, other = queued(cast), queued(cast)
    cast = waited(cast)
    pinned(cast, family, "5038")
    pinned(cast, other, "5038")
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        send_proposals(plan.reference, [family], by=cast.imdi, at=cast.at)
        send_request(other, cast.municipality.organisation_id, by=cast.imdi, at=cast.at)
    assert standing(cast) == []
    with pytest.raises(Refused, match="not_in_the_queue"):
        pinned(cast, family, "5037")


def test_a_municipality_is_closed_this_week_and_open_the_next(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    closing = closed(cast, "5037")
    plan = planned(cast)
    assert proposed(cast, plan) == {family: "5038"}
    assert plan.closed == [closing.pk]
    with pytest.raises(Refused, match="closed_once_a_week"):
        closed(cast, "5037")
    later = replace(cast, at=cast.at + timedelta(days=7), day=cast.day + timedelta(days=7))
    assert proposed(later, planned(later)) == {family: "5037"}
    closed(later, "5037")
    with scope(cast.imdi, cast.day):
        open_municipality(closing.reference, by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="steering_is_over"):
            open_municipality(closing.reference, by=cast.imdi, at=cast.at)
    assert proposed(cast, planned(cast)) == {family: "5037"}


def test_what_a_plan_is_steered_by_is_in_its_fingerprint(cast: Cast) -> None:
    family = queued(cast)
    first = planned(cast)
    steered(cast, family)
    second, third = planned(cast), planned(cast)
    assert first.input_sha256 != second.input_sha256 == third.input_sha256


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_nothing_is_steered_without_a_reason(cast: Cast, reason: str) -> None:
    family = queued(cast)
    with scope(cast.imdi, cast.day):
        with pytest.raises(Refused, match="steering_reason_missing"):
            pin_group(family, "5037", reason=reason, by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="steering_reason_missing"):
            forbid_municipality(family, "5037", reason=reason, by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="steering_reason_missing"):
            close_municipality("5037", reason=reason, by=cast.imdi, at=cast.at)


def test_what_is_decided_is_not_rewritten(cast: Cast) -> None:
    pin = pinned(cast, queued(cast), "5037")
    closing = closed(cast, "5038")
    with scope(cast.imdi, cast.day):
        for found in (SteeredGroup.objects.filter(pk=pin.pk), ClosedMunicipality.objects.filter(pk=closing.pk)):
            with pytest.raises(Exception, match="a plan is kept"), transaction.atomic():
                found.update(reason="Noe annet")


@pytest.mark.req("ACS-02")
def test_whoever_is_not_named_for_a_protected_household_neither_sees_nor_uses_its_steering(cast: Cast) -> None:
    hidden, seen = queued(cast), queued(cast)
    pinned(cast, hidden, "5038")
    protected(cast, group=hidden)
    assert standing(cast) == []
    assert set(proposed(cast, planned(cast))) == {seen}
    with scope(cast.imdi, cast.day), pytest.raises(NotFound):
        pin_group(hidden, "5037", reason="x", by=cast.imdi, at=cast.at)


@pytest.mark.parametrize("who", ["udi", "centre", "municipality"])
def test_nobody_else_steers_or_sees_what_is_steered(cast: Cast, who: str) -> None:
    family = queued(cast)
    pinned(cast, family, "5037")
    closing = closed(cast, "5038")
    viewer = getattr(cast, who)
    with scope(viewer, cast.day):
        assert not SteeredGroup.objects.exists()
        assert not ClosedMunicipality.objects.exists()
        for deed in (
            lambda: pin_group(family, "5038", reason="x", by=viewer, at=cast.at),
            lambda: forbid_municipality(family, "5038", reason="x", by=viewer, at=cast.at),
            lambda: close_municipality("5037", reason="x", by=viewer, at=cast.at),
            lambda: open_municipality(closing.reference, by=viewer, at=cast.at),
            lambda: lift_steering("x", by=viewer, at=cast.at),
        ):
            with pytest.raises(NotAllowed):
                deed()


def test_a_pin_that_is_over_by_sending_the_plan_is_no_change_and_one_that_is_taken_back_is(cast: Cast) -> None:
    sent, other = queued(cast), queued(cast)
    cast = waited(cast)
    pinned(cast, sent, "5038")
    pin = pinned(cast, other, "5038")
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        assert not steering_of(plan, outcomes_of(plan), cast.imdi, cast.day).is_changed
        send_proposals(plan.reference, [sent], by=cast.imdi, at=cast.at)
        assert not steering_of(plan, outcomes_of(plan), cast.imdi, cast.day).is_changed
        lift_steering(pin.reference, by=cast.imdi, at=cast.at)
        assert steering_of(plan, outcomes_of(plan), cast.imdi, cast.day).is_changed
