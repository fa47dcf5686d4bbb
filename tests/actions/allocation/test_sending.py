"""A plan carried out: requests in one act, what has changed meanwhile is told and not sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fotfeste.allocation.models import Plan, Proposal
from fotfeste.allocation.public import forbid_municipality, lift_steering, open_municipality, send_proposals
from fotfeste.allocation.queries.plans import proposals_of, summary_of
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.acts import act
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.places import declare_week_limit
from fotfeste.settlement.domain.types import DeclineReason
from fotfeste.settlement.models import SettlementRequest
from fotfeste.settlement.public import decline_request, send_request
from tests.actions.allocation.stage import WAITED, closed, pinned, planned, proposed, steered, waited
from tests.actions.settlement.stage import decided, queued, state_of
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07", "SET-15")]


def asked(cast: Cast) -> dict[int, str]:
    """The municipality that each household waits for an answer from, by subject."""
    with scope(cast.imdi, cast.day):
        found = SettlementRequest.objects.filter(state="open").order_by("pk")
        return {
            subject: str(number) for subject, number in found.values_list("subject_id", "organisation__municipality")
        }


def send(
    cast: Cast, plan: Plan, groups: list[int], week: Week | None = None
) -> tuple[list[int], list[tuple[int, str]]]:
    """Send; who was sent, and who was not with the code of why."""
    with scope(cast.imdi, cast.day):
        done = send_proposals(plan.reference, groups, wanted_week=week, by=cast.imdi, at=cast.at)
    sent = sorted(each.subject_id for each in done.sent)
    return sent, [(each.proposal.subject_id, each.why.code) for each in done.not_sent]


def test_those_who_are_chosen_are_asked_for_where_the_plan_says(cast: Cast) -> None:
    families = [queued(cast) for _ in range(3)]
    cast = waited(cast)
    plan = planned(cast)
    assert send(cast, plan, families[:2]) == (families[:2], [])
    assert asked(cast) == {group: proposed(cast, plan)[group] for group in families[:2]}
    assert [state_of(cast, group) for group in families] == ["requested", "requested", "queued"]
    with scope(cast.imdi, cast.day):
        marked = Proposal.objects.filter(plan=plan, request__isnull=False).order_by("place")
        assert list(marked.values_list("subject_id", flat=True)) == families[:2]


def test_who_has_been_asked_for_meanwhile_is_told_and_the_others_are_sent(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        send_request(first, cast.other_municipality.organisation_id, by=cast.imdi, at=cast.at)
    with scope(cast.imdi, cast.day):
        assert [each.subject_id for each in proposals_of(plan, "to_send")] == [second]
        assert summary_of(plan).to_send == 1
    assert send(cast, plan, [first, second]) == ([second], [(first, "illegal_step")])


def test_places_that_are_gone_meanwhile_are_not_asked_for(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    decided("5037", 2)
    assert send(cast, plan, [family]) == ([], [(family, "municipality_does_not_fit")])
    assert asked(cast) == {}


def test_what_was_decided_after_the_plan_is_not_sent_against_until_it_is_taken_back(cast: Cast) -> None:
    kept_out, held, other = (queued(cast) for _ in range(3))
    cast = waited(cast)
    plan = planned(cast)
    where = proposed(cast, plan)
    with scope(cast.imdi, cast.day):
        forbidden = forbid_municipality(kept_out, where[kept_out], reason="Redd for noen", by=cast.imdi, at=cast.at)
    pinned(cast, held, "5038" if where[held] == "5037" else "5037")
    pinned(cast, other, where[other])
    told = [(kept_out, "forbidden_meanwhile"), (held, "pinned_meanwhile")]
    sent, not_sent = send(cast, plan, [kept_out, held, other])
    assert (sent, sorted(not_sent)) == ([other], told)
    with scope(cast.imdi, cast.day):
        lift_steering(forbidden.reference, by=cast.imdi, at=cast.at)
    shut = closed(cast, where[kept_out])
    assert send(cast, plan, [kept_out]) == ([], [(kept_out, "closed_meanwhile")])
    with scope(cast.imdi, cast.day):
        open_municipality(shut.reference, by=cast.imdi, at=cast.at)
    assert send(cast, plan, [kept_out]) == ([kept_out], [])


def test_who_is_kept_out_of_another_municipality_is_sent_where_the_plan_says(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    assert proposed(cast, plan) == {family: "5037"}
    steered(cast, family)  # out of Verdal
    assert send(cast, plan, [family]) == ([family], [])


def test_nothing_is_sent_twice(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    send(cast, plan, [family])
    assert send(cast, plan, [family]) == ([], [(family, "sent_already")])
    with pytest.raises(Refused, match="nothing_to_send"):
        send(cast, plan, [])


def test_of_an_act_that_fails_nothing_is_sent(cast: Cast) -> None:
    families = [queued(cast) for _ in range(2)]
    cast = waited(cast)
    plan = planned(cast)

    @act
    def sent_and_then_broken() -> None:
        send_proposals(plan.reference, families, by=cast.imdi, at=cast.at)
        raise Refused("try_again")

    with scope(cast.imdi, cast.day), pytest.raises(Refused):
        sent_and_then_broken()
    assert asked(cast) == {}


def test_a_plan_that_was_replaced_is_not_sent_from(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    planned(cast)
    with pytest.raises(IllegalStep):
        send(cast, plan, [family])


def test_only_what_the_standing_plan_proposes_is_sent_from_it(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    planned(cast)
    assert send(cast, planned(cast), [family]) == ([family], [])


def test_a_week_that_is_over_is_said_of_all_and_nothing_is_sent(cast: Cast) -> None:
    family = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with pytest.raises(Refused, match="week_is_over"):
        send(cast, plan, [family], Week.of(cast.day - timedelta(weeks=1)))
    assert asked(cast) == {}


def test_a_decline_marks_the_proposal_and_the_rest_is_planned_without_touching_the_others(cast: Cast) -> None:
    families = [queued(cast), queued(cast)]
    cast = waited(cast)
    plan = planned(cast)
    send(cast, plan, families)
    # One each: the second in a municipality counts less for spread than the first in the next one.
    first, second = sorted(families, key=lambda family: asked(cast)[family])
    assert asked(cast) == {first: "5037", second: "5038"}
    with scope(cast.municipality, cast.day):
        decline_request(
            first,
            reason=DeclineReason.NO_SCHOOL_PLACE,
            follows="not_until_reassessed",
            by=cast.municipality,
            at=cast.at,
        )
    with scope(cast.imdi, cast.day):
        states = dict(Proposal.objects.filter(plan=plan).order_by("place").values_list("subject_id", "request__state"))
    assert states == {first: "declined", second: "open"}
    again = planned(cast)
    assert proposed(cast, again) == {first: "5038"}
    assert asked(cast) == {second: "5038"}


@pytest.mark.req("SET-10")
def test_a_week_that_is_full_is_not_asked_for_whichever_the_plan_was_of(cast: Cast) -> None:
    """Levanger receives eight a week; a family of four is asked for in week 30 already, and two more are proposed."""
    earlier = queued(cast)
    decided("5037", 20)
    decided("5038", 3)
    cast, week = waited(cast), Week(2024, 30)
    with scope(cast.municipality, cast.day):
        declare_week_limit(8, by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        send_request(earlier, cast.municipality.organisation_id, wanted_week=week, by=cast.imdi, at=cast.at)
    families = [queued(replace(cast, at=cast.at - WAITED, day=cast.day - WAITED)) for _ in range(2)]
    decided("5038", 3)
    plan = planned(cast)
    assert set(proposed(cast, plan).values()) == {"5037"}
    sent, not_sent = send(cast, plan, families, week)
    assert (len(sent), [code for _family, code in not_sent]) == (1, ["week_is_full"])


def test_a_proposal_is_changed_by_nothing_but_its_request(cast: Cast) -> None:
    queued(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day), pytest.raises(Exception, match="a plan is kept"):
        Proposal.objects.filter(plan=plan).update(size=9)


def test_only_who_plans_sends(cast: Cast) -> None:
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        send_proposals("x", [1], by=cast.centre, at=cast.at)


def test_who_has_no_place_in_the_plan_is_not_sent_with_the_others(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    decided("5037", 5)
    decided("5038", 3)
    cast = waited(cast)
    plan = planned(cast)
    placed = next(group for group, number in proposed(cast, plan).items() if number)
    without = first + second - placed
    with pytest.raises(Refused, match="nothing_to_send"):
        send(cast, plan, [without])
    assert send(cast, plan, [first, second]) == ([placed], [])


@pytest.mark.req("SET-10")
def test_who_goes_to_one_municipality_takes_nothing_of_the_week_of_another(cast: Cast) -> None:
    families = [queued(cast), queued(cast)]
    decided("5037", 5)
    decided("5038", 5)
    cast = waited(cast)
    for municipality in (cast.municipality, cast.other_municipality):
        with scope(municipality, cast.day):
            declare_week_limit(5, by=municipality, at=cast.at)
    plan = planned(cast)
    assert sorted(proposed(cast, plan).values()) == ["5037", "5038"]
    assert send(cast, plan, families, plan.week) == (families, [])
