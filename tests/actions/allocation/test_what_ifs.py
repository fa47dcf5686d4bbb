"""What would come of the rest of the year, if: asked, computed by a job, kept without anybody in it."""

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from fotfeste.access.public import Role
from fotfeste.allocation.actions.answering import answer_to, compute_what_if, keep_answer, read_standing
from fotfeste.allocation.actions.plans import plan_week
from fotfeste.allocation.domain.kept import from_json
from fotfeste.allocation.domain.question import Found, Outcome, Question
from fotfeste.allocation.models import Plan, Proposal, WhatIf
from fotfeste.allocation.public import ask_what_if, stop_what_if
from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.registry.public import name_follower
from fotfeste.settlement.actions.places import declare_week_limit
from tests.actions.access.stage import employment_of, user_administrator
from tests.actions.allocation.stage import answered, asked_what_if, closed, pinned, planned
from tests.actions.allocation.test_declines import levanger_says_no
from tests.actions.registry.test_protection import colleague, protected, reference_of
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def outcome(what_if: WhatIf) -> Outcome:
    return from_json(Outcome, what_if.outcome)


def received(what_if: WhatIf) -> dict[str, int]:
    """Persons by municipality, where anybody comes."""
    return {each.number: each.persons for each in outcome(what_if).received if each.persons}


def test_everybody_who_waits_is_counted_against_what_is_left_of_the_year(cast: Cast) -> None:
    for _ in range(3):
        queued(cast)
    decided("5037", 9)
    decided("5038", 0)
    found = answered(cast)
    assert (found.state, found.refusal) == ("answered", "")
    assert (outcome(found).persons, outcome(found).placed_persons) == (12, 8)
    assert received(found) == {"5037": 8}
    assert from_json(Found, found.found).waiting == 12
    assert found.objective is not None
    assert found.bound is not None
    assert found.objective <= found.bound
    assert found.points_today == outcome(found).points


def test_more_places_and_a_closed_municipality_are_asked_of_the_same_year(cast: Cast) -> None:
    for _ in range(3):
        queued(cast)
    decided("5037", 8)
    decided("5038", 4)
    as_it_is = answered(cast)
    half = answered(cast, Question(places_percent=50))
    without = answered(cast, Question(closed="5037"))
    assert received(as_it_is) == {"5037": 8, "5038": 4}
    assert received(half) == {"5037": 4}
    assert received(without) == {"5038": 4}
    assert as_it_is.input_sha256 == half.input_sha256 == without.input_sha256
    queued(cast)
    assert answered(cast).input_sha256 != as_it_is.input_sha256


def test_who_is_pinned_to_the_municipality_that_receives_nobody_is_free(cast: Cast) -> None:
    group = queued(cast)
    pinned(cast, group, "5037")
    assert received(answered(cast)) == {"5037": 4}
    assert received(answered(cast, Question(closed="5037"))) == {"5038": 4}


def test_other_values_weigh_and_are_held_against_the_policy_of_the_day(cast: Cast) -> None:
    queued(cast)
    found = answered(cast, Question({"weight_spread": 40}))
    assert found.policy["weight_spread"] == 40
    assert found.points_today is not None
    assert found.points_today < outcome(found).points


def test_what_binds_a_week_binds_no_year(cast: Cast) -> None:
    queued(cast)
    decided("5037", 20)
    decided("5038", 0)
    with scope(cast.municipality, cast.day):
        declare_week_limit(1, by=cast.municipality, at=cast.at)
    closed(cast, "5037")
    assert received(answered(cast)) == {"5037": 4}


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(
    ("follows", "come"), [("not_this_week", {"5037": 4}), ("not_until_reassessed", {})], ids=["weeks", "reassessed"]
)
def test_a_no_of_this_week_binds_no_year_and_one_that_stands_does(
    cast: Cast, follows: str, come: dict[str, int]
) -> None:
    group = queued(cast)
    decided("5038", 0)
    levanger_says_no(cast, group, follows)
    assert received(answered(cast)) == come


def test_it_touches_no_plan_no_request_and_no_place(cast: Cast) -> None:
    group = queued(cast)
    pinned(cast, group, "5038")
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        before = candidates_on(cast.imdi, cast.day)
    assert received(answered(cast)) == {"5038": 4}
    with scope(cast.imdi, cast.day):
        assert candidates_on(cast.imdi, cast.day) == before
        assert Plan.objects.get().pk == plan.pk
        assert Plan.objects.get().state == "proposed"
        assert Proposal.objects.count() == 1


def test_who_is_protected_is_in_no_number_even_of_those_who_are_named(cast: Cast) -> None:
    queued(cast)
    hidden = protected(cast, group=queued(cast))
    administrator = user_administrator(cast.imdi)
    with scope(administrator, cast.day):
        name_follower(reference_of(hidden), employment_of(cast.imdi).reference, by=administrator, at=cast.at)
    with scope(cast.imdi, cast.day):
        assert len(candidates_on(cast.imdi, cast.day).groups) == 2
        assert len(read_standing(cast.imdi, cast.at).waiting) == 1
    assert outcome(answered(cast)).persons == 4


def test_the_answer_is_the_same_whoever_asks_wherever_the_protected_are_in_the_queue(cast: Cast) -> None:
    hidden, other = queued(cast), queued(cast)
    protected(cast, group=hidden)
    administrator = user_administrator(cast.imdi)
    with scope(administrator, cast.day):
        name_follower(reference_of(hidden), employment_of(cast.imdi).reference, by=administrator, at=cast.at)
    pinned(cast, hidden, "5037")
    pinned(cast, other, "5038")
    with scope(cast.imdi, cast.day):
        seen = candidates_on(cast.imdi, cast.day)
    assert [subject for _case, subject in seen.cases] == [hidden, other]
    assert seen.steering.pinned == {"0": "5037", "1": "5038"}
    named = answered(cast)
    unnamed = answered(replace(cast, imdi=colleague(cast.imdi, Role.IMDI_CASEWORKER, "imdi-2")))
    assert received(named) == {"5038": 4}
    assert named.ordered_by_id != unnamed.ordered_by_id
    assert (named.input_sha256, named.found, named.outcome) == (unnamed.input_sha256, unnamed.found, unnamed.outcome)


def test_nothing_that_is_kept_leads_to_a_household(cast: Cast) -> None:
    group = queued(cast)
    found = answered(cast)
    with scope(cast.imdi, cast.day):
        reference = candidates_on(cast.imdi, cast.day).cases
    kept = {name: value for name, value in vars(found).items() if name in ("found", "outcome", "policy", "values")}
    assert reference == ((reference[0][0], group),)
    assert set(kept["found"]) == {"waiting", "expected", "places"}
    assert {key for each in kept["outcome"]["received"] for key in each} == {"number", "room", "groups", "persons"}
    assert "Kovalenko" not in json.dumps(kept)


def test_the_same_question_is_not_computed_twice_at_once(cast: Cast) -> None:
    asked_what_if(cast, Question(places_percent=50))
    with pytest.raises(Refused, match="what_if_is_asked_once"):
        asked_what_if(cast, Question(places_percent=50))
    assert asked_what_if(cast, Question(places_percent=60)).state == "computing"
    first = WhatIf(question_sha256=Question(places_percent=50).key, arrivals_percent=100, places_percent=50)
    first.organisation_id, first.ordered_by_id, first.ordered_at = cast.imdi.organisation_id, cast.imdi.user_id, cast.at  # type: ignore[assignment]
    with scope(cast.imdi, cast.day), pytest.raises(IntegrityError, match="what_if_is_asked_once"), transaction.atomic():
        first.save()


def test_one_that_is_stopped_while_it_is_solved_keeps_nothing(cast: Cast) -> None:
    queued(cast)
    asked = asked_what_if(cast)
    with scope(cast.imdi, cast.day):
        answer = answer_to(Question(), read_standing(cast.imdi, cast.at), cast.at)
        stop_what_if(asked.reference, by=cast.imdi, at=cast.at)
        kept = keep_answer(asked.pk, answer, by=cast.imdi, at=cast.at)
        assert (kept.state, kept.outcome, kept.objective) == ("stopped", {}, None)
        with pytest.raises(IllegalStep):
            stop_what_if(asked.reference, by=cast.imdi, at=cast.at)
    assert answered(cast).state == "answered"


def test_a_job_that_runs_twice_answers_once_and_what_is_kept_stays(cast: Cast) -> None:
    queued(cast)
    found = answered(cast)
    queued(cast)
    with scope(cast.imdi, cast.day):
        compute_what_if(found.pk, by=cast.imdi, at=cast.at)
        again = WhatIf.objects.get(pk=found.pk)
        assert outcome(again).persons == 4
        with pytest.raises(IntegrityError, match="what_if_is_kept"), transaction.atomic():
            WhatIf.objects.filter(pk=found.pk).update(outcome={})
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            WhatIf.objects.filter(pk=found.pk).delete()


def test_a_year_with_nobody_says_so(cast: Cast) -> None:
    found = answered(cast)
    assert (found.state, found.refusal) == ("failed", "nobody_to_plan")


def test_what_cannot_be_is_refused_before_anything_is_asked(cast: Cast) -> None:
    for wrong, code in (
        (Question({"weight_relations": 900}), "ties_would_decide"),
        (Question({"weight_luck": 1}), "policy_value_unknown"),
        (Question(places_percent=301), "what_if_percent_wrong"),
        (Question(arrivals_percent=-1), "what_if_percent_wrong"),
    ):
        with pytest.raises(Refused, match=code):
            asked_what_if(cast, wrong)
    with pytest.raises(NotFound):
        asked_what_if(cast, Question(closed="9999"))


def test_only_who_plans_asks_and_reads(cast: Cast) -> None:
    asked_what_if(cast)
    for viewer in (cast.udi, cast.centre, cast.municipality):
        with scope(viewer, cast.day):
            with pytest.raises(NotAllowed):
                ask_what_if(Question(), by=viewer, at=cast.at)
            with pytest.raises(NotAllowed):
                compute_what_if(1, by=viewer, at=cast.at)
            assert not WhatIf.objects.exists()


def test_a_plan_is_asked_for_while_a_what_if_is_computed(cast: Cast) -> None:
    asked_what_if(cast)
    with scope(cast.imdi, cast.day):
        assert plan_week(by=cast.imdi, at=cast.at).state == "computing"
