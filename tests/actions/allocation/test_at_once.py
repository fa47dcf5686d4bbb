"""Two plan, send and steer at once, and a job that is killed: one wins, the other is told, nothing is half done."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from fotfeste.allocation.actions.computing import compute_plan, computed, keep_plan, read_candidates
from fotfeste.allocation.models import Plan, Proposal, SteeredGroup
from fotfeste.allocation.public import plan_week, send_proposals, stop_plan
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import asked_for, closed, pinned, planned, proposed, waited
from tests.actions.at_once import DONE, HOUSEHOLD, begin, committed, held, one_after_the_other, wait_until_waiting
from tests.actions.settlement.stage import queued, state_of
from tests.conftest import Cast

__all__ = ["committed"]

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.req("SET-15"),
]
PLANS = "LOCK TABLE allocation_plan IN EXCLUSIVE MODE"
MUNICIPALITY = "SELECT 1 FROM directory_organisation WHERE id = %s FOR UPDATE"
PROPOSALS = "LOCK TABLE allocation_proposal IN EXCLUSIVE MODE"


def asks(cast: Cast) -> None:
    with scope(cast.imdi, cast.day):
        plan_week(by=cast.imdi, at=cast.at)


def sends(cast: Cast, plan: Plan, group: int) -> None:
    with scope(cast.imdi, cast.day):
        send_proposals(plan.reference, [group], by=cast.imdi, at=cast.at)


def keeps(cast: Cast, plan: Plan) -> None:
    with scope(cast.imdi, cast.day):
        keep_plan(plan.pk, computed(read_candidates(cast.imdi, cast.at), cast.at), by=cast.imdi, at=cast.at)


def states(cast: Cast) -> list[str]:
    with scope(cast.imdi, cast.day):
        return list(Plan.objects.order_by("pk").values_list("state", flat=True))


def test_of_two_who_ask_for_a_plan_at_once_one_gets_it_and_the_other_is_told(cast: Cast) -> None:
    queued(cast)
    outcomes = one_after_the_other(PLANS, 0, [partial(asks, cast)] * 2)
    assert sorted(outcomes) == [DONE, "one_plan_is_computed"]
    assert states(cast) == ["computing"]


def test_what_is_sent_while_a_new_plan_is_kept_stands_and_is_not_sent_again(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    first = planned(cast)
    second = asked_for(cast)
    outcomes = one_after_the_other(HOUSEHOLD, group, [partial(sends, cast, first, group), partial(keeps, cast, second)])
    assert outcomes == [DONE, DONE]
    assert states(cast) == ["superseded", "proposed"]
    assert state_of(cast, group) == "requested"
    with scope(cast.imdi, cast.day):
        done = send_proposals(second.reference, [group], by=cast.imdi, at=cast.at)
    assert [each.why.code for each in done.not_sent] == ["illegal_step"]


def test_from_a_plan_that_is_replaced_meanwhile_nothing_is_sent(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    first = planned(cast)
    second = asked_for(cast)
    outcomes = one_after_the_other(PROPOSALS, 0, [partial(keeps, cast, second), partial(sends, cast, first, group)])
    assert outcomes == [DONE, "illegal_step"]
    assert state_of(cast, group) == "queued"


def test_whoever_pins_a_household_that_is_just_sent_is_told(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    acts: list[Callable[[], object]] = [partial(sends, cast, plan, group), partial(pinned, cast, group, "5038")]
    assert one_after_the_other(HOUSEHOLD, group, acts) == [DONE, "not_in_the_queue"]


def test_a_municipality_that_is_closed_first_is_not_sent_to(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    acts: list[Callable[[], object]] = [partial(closed, cast, "5037"), partial(sends, cast, plan, group)]
    assert one_after_the_other(MUNICIPALITY, cast.municipality.organisation_id, acts) == [DONE, DONE]
    assert state_of(cast, group) == "queued"


def test_what_is_sent_first_stands_when_the_municipality_is_closed(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    acts: list[Callable[[], object]] = [partial(sends, cast, plan, group), partial(closed, cast, "5037")]
    assert one_after_the_other(MUNICIPALITY, cast.municipality.organisation_id, acts) == [DONE, DONE]
    assert state_of(cast, group) == "requested"


def test_of_two_pins_at_once_the_later_stands(cast: Cast) -> None:
    group = queued(cast)
    acts = [partial(pinned, cast, group, "5037"), partial(pinned, cast, group, "5038")]
    assert one_after_the_other(HOUSEHOLD, group, acts) == [DONE, DONE]
    with scope(cast.imdi, cast.day):
        standing = SteeredGroup.objects.filter(ended_at__isnull=True)
        assert list(standing.values_list("municipality__municipality_id", flat=True)) == ["5038"]


def test_a_job_that_is_killed_leaves_the_plan_that_stood_and_can_be_stopped(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    first = planned(cast)
    second = asked_for(cast)

    def computes() -> None:
        with scope(cast.imdi, cast.day):
            compute_plan(second.pk, by=cast.imdi, at=cast.at)

    with held(PROPOSALS, 0):
        job = begin(computes)
        wait_until_waiting(job)
        with connection.cursor() as cursor:  # by its own role, which may
            cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [job.session])
        job.thread.join(timeout=60)
    assert DONE not in job.outcome
    assert states(cast) == ["proposed", "computing"]
    assert proposed(cast, second) == {}
    assert proposed(cast, first) == {group: "5037"}
    with scope(cast.imdi, cast.day):
        stop_plan(second.reference, by=cast.imdi, at=cast.at)
        assert Proposal.objects.count() == 1
    assert planned(cast).state == "proposed"
