"""A plan of everybody who waits: asked for, computed by a job within what there is room for, or stopped."""

import pytest

from fotfeste.allocation.actions.computing import compute_plan, computed, keep_plan, read_candidates
from fotfeste.allocation.actions.sending import send_proposals
from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.policy import BALANCED
from fotfeste.allocation.models import Plan, PolicyVersion, Proposal
from fotfeste.allocation.public import plan_week, stop_plan
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.parameters import ParameterStatus
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.places import declare_week_limit
from tests.actions.allocation.stage import asked_for, computed_by_the_job, planned, proposed, waited
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def test_everybody_in_the_queue_gets_a_proposal_within_the_room(cast: Cast) -> None:
    families = [queued(cast) for _ in range(4)]
    decided("5037", 9)
    decided("5038", 5)
    cast = waited(cast)
    plan = planned(cast)
    places = proposed(cast, plan)
    assert set(places) == set(families)
    in_levanger = sum(place == "5037" for place in places.values())
    in_verdal = sum(place == "5038" for place in places.values())
    assert (in_levanger, in_verdal) == (2, 1)
    assert plan.state == "proposed"
    assert plan.objective is not None
    assert plan.bound is not None
    assert plan.objective <= plan.bound


def test_who_fits_nowhere_waits_and_is_told_why(cast: Cast) -> None:
    family = queued(cast)
    decided("5037", 3)
    decided("5038", 3)
    plan = planned(cast)
    assert proposed(cast, plan) == {family: ""}
    with scope(cast.imdi, cast.day):
        why = from_json(Explanation, Proposal.objects.get(plan=plan).explanation)
    assert (why.outcome.code, why.score) == ("no_place_left", None)
    assert "no_room" in [each.reason.code for each in why.barred]


@pytest.mark.req("SET-10")
@pytest.mark.parametrize("most", [3, 4, 7])
def test_a_plan_sends_no_more_in_a_week_than_a_municipality_receives_and_says_so(cast: Cast, most: int) -> None:
    """Families of four; the one that is larger than a week comes alone."""
    families = [queued(cast) for _ in range(2)]
    decided("5037", 20)
    decided("5038", 3)
    cast = waited(cast)
    with scope(cast.municipality, cast.day):
        declare_week_limit(most, by=cast.municipality, at=cast.at)
    plan = planned(cast)
    places = proposed(cast, plan)
    assert sorted(places.values()) == ["", "5037"]
    later = next(family for family in families if not places[family])
    with scope(cast.imdi, cast.day):
        why = from_json(Explanation, Proposal.objects.get(plan=plan, subject_id=later).explanation)
    there = why.alternatives[0].outcome
    assert there is not None
    assert (there.code, dict(there.fields)) == ("week_is_filled", {"most": most})


@pytest.mark.req("SET-10")
@pytest.mark.parametrize("is_named", [True, False])
def test_those_who_may_come_in_the_week_already_are_taken_off(cast: Cast, is_named: bool) -> None:
    """Asked for in the week, or in none: their offer may be for it."""
    first, second = queued(cast), queued(cast)
    decided("5037", 20)
    decided("5038", 3)
    cast = waited(cast)
    with scope(cast.municipality, cast.day):
        declare_week_limit(7, by=cast.municipality, at=cast.at)
    plan = planned(cast)
    goes = next(family for family, place in proposed(cast, plan).items() if place)
    with scope(cast.imdi, cast.day):
        week = Week.of(cast.day) if is_named else None
        send_proposals(plan.reference, [goes], wanted_week=week, by=cast.imdi, at=cast.at)
    again = planned(cast)
    assert proposed(cast, again) == {first + second - goes: ""}
    with scope(cast.imdi, cast.day):
        why = from_json(Explanation, Proposal.objects.get(plan=again).explanation)
    assert "week_is_full" in [each.reason.code for each in why.barred]


def test_the_next_plan_takes_the_place_of_the_one_that_stands(cast: Cast) -> None:
    queued(cast)
    first = planned(cast)
    second = planned(cast)
    with scope(cast.imdi, cast.day):
        first.refresh_from_db()
    assert (first.state, second.state, second.previous_id) == ("superseded", "proposed", first.pk)


def test_only_one_plan_is_computed_at_a_time(cast: Cast) -> None:
    queued(cast)
    asked_for(cast)
    with pytest.raises(Refused, match="one_plan_is_computed"):
        asked_for(cast)


def test_the_database_refuses_a_second_one_too(cast: Cast) -> None:
    plan = asked_for(cast)
    with scope(cast.imdi, cast.day), pytest.raises(Exception, match="one_plan_is_computed"):
        Plan.objects.create(organisation_id=plan.organisation_id, ordered_at=cast.at, ordered_by_id=plan.ordered_by_id)


def test_one_that_is_stopped_is_not_kept_and_another_can_be_asked_for(cast: Cast) -> None:
    queued(cast)
    plan = asked_for(cast)
    with scope(cast.imdi, cast.day):
        stop_plan(plan.reference, by=cast.imdi, at=cast.at)
    assert computed_by_the_job(cast, plan).state == "stopped"
    assert proposed(cast, plan) == {}
    assert planned(cast).state == "proposed"


def test_one_that_is_stopped_while_it_is_solved_is_not_kept(cast: Cast) -> None:
    queued(cast)
    plan = asked_for(cast)
    with scope(cast.imdi, cast.day):
        found = computed(read_candidates(cast.imdi, cast.at), cast.at)
        stop_plan(plan.reference, by=cast.imdi, at=cast.at)
        assert keep_plan(plan.pk, found, by=cast.imdi, at=cast.at).state == "stopped"
    assert proposed(cast, plan) == {}


def test_a_computed_plan_is_not_stopped(cast: Cast) -> None:
    queued(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day), pytest.raises(IllegalStep):
        stop_plan(plan.reference, by=cast.imdi, at=cast.at)


def test_a_job_that_runs_twice_computes_once(cast: Cast) -> None:
    queued(cast)
    plan = planned(cast)
    again = computed_by_the_job(cast, plan)
    assert (again.state, again.ended_at) == ("proposed", plan.ended_at)
    assert len(proposed(cast, plan)) == 1


def test_a_queue_with_nobody_says_so(cast: Cast) -> None:
    plan = planned(cast)
    assert (plan.state, plan.refusal) == ("failed", "nobody_to_plan")


def test_what_cannot_be_computed_is_said_at_once_and_not_tried_again(cast: Cast) -> None:
    queued(cast)
    assert cast.imdi.user_id is not None
    with scope(cast.imdi, cast.day):  # past the act, which refuses it
        PolicyVersion.objects.create(
            organisation_id=cast.imdi.organisation_id,
            policy_name=BALANCED,
            number=1,
            changes={"weight_relations": 500},
            effective_from=cast.day,
            known_from=cast.day,
            source="test",
            status=ParameterStatus.DEMO,
            reason="test",
            changed_at=cast.at,
            changed_by_id=cast.imdi.user_id,
        )
    plan = planned(cast)
    assert (plan.state, plan.refusal) == ("failed", "plan_not_computed")


def test_only_who_plans_may(cast: Cast) -> None:
    for viewer in (cast.udi, cast.centre, cast.municipality):
        with scope(viewer, cast.day):
            with pytest.raises(NotAllowed):
                plan_week(by=viewer, at=cast.at)
            with pytest.raises(NotAllowed):
                compute_plan(1, by=viewer, at=cast.at)
