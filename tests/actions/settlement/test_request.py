"""IMDi asks a municipality; it answers, or IMDi takes the question back."""

from datetime import timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.request import (
    accept_request,
    decline_request,
    release_municipality,
    send_request,
    withdraw_request,
)
from fotfeste.settlement.domain.types import Capability, DeclineReason
from fotfeste.settlement.models import SettlementRequest
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    WEEK,
    decided,
    found,
    open_kinds,
    queued,
    requested,
    state_of,
    version_of,
)
from tests.as_owner import every_event, every_need
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-07")
def test_a_municipality_that_is_asked_sees_the_household_and_has_until_the_deadline(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.municipality, cast.day):
        assert members_of(group, cast.day) == []
    requested(cast, group)
    assert state_of(cast, group) == "requested"
    assert open_kinds(cast, group) == {
        ("answer_request", cast.municipality.organisation_id),
        ("follow_request", cast.imdi.organisation_id),
    }
    with scope(cast.municipality, cast.day):
        assert len(members_of(group, cast.day)) == 4
        task = Task.objects.get(subject_id=group, kind="answer_request")
        request = SettlementRequest.objects.get()
    assert str(task.due_on) == "2024-03-21"
    assert task.due_rule == "settlement.answer_working_days"
    assert (request.size, request.wanted_week) == (4, "2024-W14")
    event = every_event().get(type="settlement.send_request")
    assert event.other_organisation_id == cast.municipality.organisation_id


@pytest.mark.req("SET-07")
def test_a_yes_has_a_week_and_gives_imdi_the_next_move(cast: Cast) -> None:
    group = found(cast, queued(cast))
    assert state_of(cast, group) == "municipality_found"
    assert open_kinds(cast, group) == {("make_offer", cast.imdi.organisation_id)}
    with scope(cast.imdi, cast.day):
        request = SettlementRequest.objects.get()
    assert (request.state, request.possible_week) == ("accepted", "2024-W14")


@pytest.mark.req("SET-07")
def test_a_yes_without_week_or_with_a_week_that_is_over_is_refused(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        for week, code in ((None, "possible_week_missing"), (Week(2024, 10), "week_is_over")):
            with pytest.raises(Refused) as caught:
                accept_request(group, possible_week=week, by=cast.municipality, at=cast.at)
            assert (caught.value.code, caught.value.field) == (code, "possible_week")


@pytest.mark.req("SET-07")
def test_a_yes_confirms_what_the_group_needs(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    with scope(cast.municipality, cast.day):
        with pytest.raises(Refused) as caught:
            accept_request(group, possible_week=WEEK, by=cast.municipality, at=cast.at)
        assert (caught.value.code, caught.value.field) == ("capability_not_confirmed", "confirmed")
        request = accept_request(
            group, possible_week=WEEK, confirmed=[Capability.PETS], by=cast.municipality, at=cast.at
        )
    assert request.confirmed == ["pets"]


@pytest.mark.req("SET-07")
def test_a_no_has_a_reason_and_sends_the_group_back_to_imdi_out_of_the_municipalitys_sight(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        with pytest.raises(Refused, match="decline_reason_missing"):
            decline_request(group, reason="", follows="not_until_reassessed", by=cast.municipality, at=cast.at)
        decline_request(
            group, reason=DeclineReason.NO_HOUSING, follows="not_until_reassessed", by=cast.municipality, at=cast.at
        )
        assert members_of(group, cast.day) == []
        assert not Task.objects.filter(subject_id=group, closed_at__isnull=True).exists()
    assert state_of(cast, group) == "queued"
    assert open_kinds(cast, group) == {("find_municipality", cast.imdi.organisation_id)}
    with scope(cast.imdi, cast.day):
        assert SettlementRequest.objects.get().decline_reason == "no_housing"
        requested(cast, group, cast.other_municipality)
        assert SettlementRequest.objects.count() == 2


@pytest.mark.req("SET-07")
def test_an_answer_after_the_deadline_counts_while_the_request_is_open(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    late = cast.at + timedelta(days=30)
    with scope(cast.municipality, cast.day + timedelta(days=30)):
        request = accept_request(group, possible_week=Week(2024, 18), by=cast.municipality, at=late)
    assert request.answered_on == cast.day + timedelta(days=30)


@pytest.mark.req("SET-07")
def test_a_withdrawn_request_leaves_no_trace_at_the_municipality_and_tells_it_why(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_request(group, by=cast.imdi, at=cast.at)
    assert state_of(cast, group) == "queued"
    with scope(cast.municipality, cast.day):
        assert members_of(group, cast.day) == []
        with pytest.raises(Refused) as caught:
            accept_request(group, possible_week=WEEK, by=cast.municipality, at=cast.at)
    assert caught.value.code == "request_is_gone"
    assert open_kinds(cast, group) == {
        ("find_municipality", cast.imdi.organisation_id),
        ("see_withdrawal", cast.municipality.organisation_id),
    }


def test_a_municipality_that_was_never_asked_finds_nothing(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.other_municipality, cast.day), pytest.raises(NotFound):
        accept_request(group, possible_week=WEEK, by=cast.other_municipality, at=cast.at)


@pytest.mark.req("SET-07")
def test_a_municipality_can_be_released_before_the_offer_and_another_asked(cast: Cast) -> None:
    group = found(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        release_municipality(group, by=cast.imdi, at=cast.at)
    assert state_of(cast, group) == "queued"
    assert open_kinds(cast, group) == {
        ("find_municipality", cast.imdi.organisation_id),
        ("see_withdrawal", cast.municipality.organisation_id),
    }
    assert (
        not every_need()
        .filter(
            organisation_id=cast.municipality.organisation_id,
            reason=NeedReason.ASKED_TO_SETTLE,
            period__contains=cast.day,
        )
        .exists()
    )


@pytest.mark.req("SET-07")
def test_of_two_case_workers_the_second_is_told(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.imdi, cast.day):
        version = version_of(group)
        send_request(group, cast.municipality.organisation_id, by=cast.imdi, at=cast.at, version=version)
        with pytest.raises(Stale):
            send_request(group, cast.other_municipality.organisation_id, by=cast.imdi, at=cast.at, version=version)
        with pytest.raises(IllegalStep):
            send_request(group, cast.other_municipality.organisation_id, by=cast.imdi, at=cast.at)


@pytest.mark.req("SET-10")
def test_a_municipality_that_does_not_fit_is_asked_only_with_a_reason(cast: Cast) -> None:
    group = queued(cast)
    decided("5038", 3)
    with scope(cast.imdi, cast.day):
        with pytest.raises(Refused) as caught:
            send_request(group, cast.other_municipality.organisation_id, by=cast.imdi, at=cast.at)
        assert (caught.value.code, caught.value.field) == ("municipality_does_not_fit", "reasoning")
        request = send_request(
            group,
            cast.other_municipality.organisation_id,
            reasoning="Kommunen har sagt på telefon at den tar en til.",
            by=cast.imdi,
            at=cast.at,
        )
    assert request.reasoning


def test_only_a_municipality_can_be_asked(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.imdi, cast.day), pytest.raises(Refused, match="not_a_municipality"):
        send_request(group, cast.centre.organisation_id, by=cast.imdi, at=cast.at)


@pytest.mark.req("ACS-01")
def test_only_imdi_asks(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        send_request(group, cast.municipality.organisation_id, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-07")
def test_a_municipality_can_be_asked_again_on_the_day_its_request_was_withdrawn(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_request(group, by=cast.imdi, at=cast.at)
    requested(cast, group)
    with scope(cast.municipality, cast.day):
        assert len(members_of(group, cast.day)) == 4
        accept_request(group, possible_week=WEEK, by=cast.municipality, at=cast.at)


@pytest.mark.req("SET-07")
def test_imdi_follows_up_a_request_until_it_is_answered_or_taken_back(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    late_on = cast.day + timedelta(days=30)
    with scope(cast.imdi, late_on):
        task = Task.objects.get(subject_id=group, kind="follow_request")
        answer = Task.objects.get(subject_id=group, kind="answer_request")
    assert (task.due_on, task.due_rule, task.closed_at) == (answer.due_on, answer.due_rule, None)
    assert task.due_on is not None
    assert task.due_on < late_on
    with scope(cast.municipality, cast.day):
        decline_request(
            group, reason=DeclineReason.NO_HOUSING, follows="not_until_reassessed", by=cast.municipality, at=cast.at
        )
    with scope(cast.imdi, cast.day):
        task.refresh_from_db()
    assert task.outcome == "done"
    requested(cast, group, cast.other_municipality)
    with scope(cast.imdi, cast.day):
        withdraw_request(group, by=cast.imdi, at=cast.at)
        outcomes = Task.objects.filter(subject_id=group, kind="follow_request").order_by("pk")
        assert list(outcomes.values_list("outcome", flat=True)) == ["done", "void"]
