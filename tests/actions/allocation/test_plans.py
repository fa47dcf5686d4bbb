"""A plan of everybody who waits: computed by a job, kept whole, the same again from its snapshot."""

from dataclasses import replace

import numpy as np
import pytest

from fotfeste.allocation.actions.computing import Computed, compute_plan, computed, keep_plan, read_candidates
from fotfeste.allocation.actions.sending import send_proposals
from fotfeste.allocation.domain.arrays import from_bytes
from fotfeste.allocation.domain.coming import coming_prices
from fotfeste.allocation.domain.computing import coming_of, solved
from fotfeste.allocation.domain.expected import NOBODY, Expected
from fotfeste.allocation.domain.explanation import Explanation
from fotfeste.allocation.domain.kept import from_json, to_json
from fotfeste.allocation.domain.policy import BALANCED, PartKind
from fotfeste.allocation.domain.solver.instance import Instance
from fotfeste.allocation.domain.solver.scores import MatrixScores
from fotfeste.allocation.domain.types import Offer, OfferKind, Resource, Service
from fotfeste.allocation.models import Plan, PolicyVersion, Proposal
from fotfeste.allocation.public import change_policy, plan_week, stop_plan
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Reason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.parameters import ParameterStatus
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.capabilities import declare_capabilities
from fotfeste.settlement.actions.local_offers import declare_local_offers
from fotfeste.settlement.actions.places import declare_week_limit
from fotfeste.settlement.actions.resources import declare_resources
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, ExtraNeeds, HelpKind, Occupation, Question
from fotfeste.settlement.domain.types import (
    Capability,
    LocalOfferKind,
    LocalService,
    Offerable,
    Offering,
    PlaceKind,
    WorkField,
)
from fotfeste.settlement.public import in_queue, recently_in_queue
from tests.actions.allocation.stage import WAITED, asked_for, computed_by_the_job, more_work, planned, proposed, waited
from tests.actions.settlement.stage import decided, family, queued, requested
from tests.conftest import Cast
from tests.settlement_steps import answered, interviewed

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


def test_a_plan_has_its_curve_also_where_ties_would_decide_at_one_of_its_points(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    wished = replace(more_work(cast.day), values={"weight_relations": 30})
    with scope(cast.imdi, cast.day):
        change_policy(wished, version=0, by=cast.imdi, at=cast.at)
    plan = planned(cast)
    assert (plan.state, len(plan.curve)) == ("proposed", 5)


def test_only_who_plans_may(cast: Cast) -> None:
    for viewer in (cast.udi, cast.centre, cast.municipality):
        with scope(viewer, cast.day):
            with pytest.raises(NotAllowed):
                plan_week(by=viewer, at=cast.at)
            with pytest.raises(NotAllowed):
                compute_plan(1, by=viewer, at=cast.at)


@pytest.mark.req("SET-10", "SET-11")
def test_what_municipalities_have_said_of_places_work_and_centres_is_read(cast: Cast) -> None:
    queued(cast)
    with scope(cast.municipality, cast.day):
        declare_resources({PlaceKind.SCHOOL_PLACES: 7}, by=cast.municipality, at=cast.at)
        said = {LocalOfferKind.WORK: [Offering(WorkField.HEALTH), Offering(WorkField.INDUSTRY, "welder")]}
        declare_local_offers(said, by=cast.municipality, at=cast.at)
        can: dict[Offerable, bool | None] = {
            Capability.PETS: False,
            LocalService.HOME_HELP: True,
            LocalService.HEARING: False,
        }
        declare_capabilities(can, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        found = {each.number: each for each in read_candidates(cast.imdi, cast.at).municipalities}
    levanger, verdal = found["5037"], found["5038"]
    assert levanger.left == {Resource.PERSONS: 20, Resource.MINORS: 2, Resource.SCHOOL_PLACES: 7}
    assert levanger.offers == frozenset({Offer(OfferKind.WORK, "health"), Offer(OfferKind.WORK, "industry", "welder")})
    assert levanger.services == {Service.PET_HOME: False, Service.HOME_HELP: True, Service.HEARING: False}
    assert levanger.capabilities == {Capability.PETS: False}
    assert verdal.left == {Resource.PERSONS: 10}
    assert verdal.services == {}
    assert verdal.offers is None


@pytest.mark.req("SET-10", "SET-15")
def test_the_plan_says_which_occupation_and_which_service_it_counted(cast: Cast) -> None:
    decided("5037", 20)
    decided("5038", 20)
    nurse = answered(Occupation(has_worked=True, title="Sykepleier"))
    helped = answered(
        Adaptation(True, "Hjelp", (BearsOn.SERVICES,), extra=ExtraNeeds(help_kinds=(HelpKind.HOME_NURSING,)))
    )
    interviewed(cast, family(), answers={"Olena": {Question.OCCUPATION: nurse, Question.ADAPTATION: helped}})
    with scope(cast.other_municipality, cast.day):
        said = {LocalOfferKind.WORK: [Offering(WorkField.HEALTH, "nurse")]}
        declare_local_offers(said, by=cast.other_municipality, at=cast.at)
        declare_capabilities({LocalService.HOME_HELP: True}, by=cast.other_municipality, at=cast.at)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        found = from_json(Explanation, Proposal.objects.get(plan=plan).explanation)
    assert found.place == "5038"
    assert found.score is not None
    told = {part.kind: part.reasons for part in found.score.parts}
    assert Reason("work_asks_authorisation", {"occupation": "nurse"}) in told[PartKind.WORK]
    assert told[PartKind.SERVICES] == (Reason("service_there", {"service": "home_help"}),)


def test_those_of_late_are_read_wherever_they_are_now(cast: Cast) -> None:
    for group in (queued(cast), queued(cast)):
        requested(cast, group)
    queued(cast)
    with scope(cast.imdi, cast.day):
        assert len(in_queue(cast.imdi, cast.day)) == 1
        assert [each.case.size for each in recently_in_queue(cast.imdi, cast.day - WAITED, cast.day)] == [4, 4, 4]
        assert recently_in_queue(cast.imdi, cast.day, cast.day + WAITED) == []
    with scope(cast.udi, cast.day):
        assert recently_in_queue(cast.udi, cast.day - WAITED, cast.day) == []
