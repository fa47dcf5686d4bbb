"""A departure that never was: the request that lapsed with it goes on where it stood, or they are told (SET-13)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.access.public import Subject
from fotfeste.accommodation.public import DepartureReason, annul_departure
from fotfeste.platform.events import Told
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import Mistake, StatusKind, members_of, register_status
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.public import (
    agree_self_settlement,
    ask_for_self_settlement,
    follow_annulled_move,
    move_in,
    register_no_told,
)
from fotfeste.self_settlement.queries.listed import listed
from fotfeste.settlement.actions.told import tell_of_change, tell_of_mistake
from fotfeste.settlement.models import SettlementCase, SettlementRequest, Withdrawal
from fotfeste.settlement.public import ClosingReason, close_case, see_change, see_withdrawals
from fotfeste.worklist.public import Task
from tests.actions.self_settlement.stage import agreed, approved, asking, asks, moved_in, sent, state_of, welcome
from tests.actions.self_settlement.test_endings import ours
from tests.actions.self_settlement.test_queue import planned_for
from tests.actions.settlement.stage import depart
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13"), pytest.mark.req("ACC-07")]
STOOD: dict[str, tuple[Callable[[Cast], int], str, str, str]] = {
    "asked": (asks, "asked", "answer_self_settlement", "municipality"),
    "finding_home": (welcome, "finding_home", "send_found_home", "centre"),
    "home_sent": (sent, "home_sent", "check_found_home", "municipality"),
    "approved": (approved, "approved", "agree_self_settlement", "imdi"),
    "agreed": (agreed, "approved", "agree_self_settlement", "imdi"),
}
WELCOMED = [each for each in STOOD if each != "asked"]


def left(cast: Cast, stage: str) -> int:
    """Their departure is registered by mistake when their request is so far."""
    group = STOOD[stage][0](cast)
    depart(cast, group, DepartureReason.LEFT_COUNTRY)
    assert state_of(cast, group) == "lapsed"
    return group


def never_left(cast: Cast, group: int, by: Viewer | None = None, days: int = 3) -> None:
    """It is taken back some days later."""
    who, day = by or cast.centre, cast.day + timedelta(days=days)
    with scope(who, day):
        persons = [member.subject_id for member in members_of(group, day)]
        at = cast.at + timedelta(days=days)
        annul_departure(group, persons, reason=Mistake.WRONG_CHOICE, by=who, at=at)


@pytest.mark.parametrize("who", ["centre", "udi"])
@pytest.mark.parametrize("stage", STOOD)
def test_the_request_goes_on_where_it_stood_with_its_task_and_new_days(cast: Cast, stage: str, who: str) -> None:
    _, state, kind, whose = STOOD[stage]
    group = left(cast, stage)
    never_left(cast, group, getattr(cast, who))
    day = cast.day + timedelta(days=3)
    assert state_of(cast, group) == state
    assert ours(cast, group) == {kind}
    with scope(cast.imdi, day):
        task = Task.objects.get(subject_id=group, kind=kind, closed_at=None)
        [line] = listed(list(SelfSettlement.objects.filter(subject_id=group).select_related("case")), day)
        assert SettlementCase.objects.get(subject_id=group).state == "queued"
    assert (task.organisation_id, task.basis_on) == (getattr(cast, whose).organisation_id, day)
    assert line.move is not None
    assert line.move.due is not None
    assert line.move.due.on == task.due_on
    with scope(cast.municipality, day):
        assert len(members_of(group, day)) == 4
        assert not Withdrawal.objects.filter(subject_id=group).exists()
        assert not Task.objects.filter(subject_id=group, kind="see_withdrawal", closed_at=None).exists()


def test_what_imdi_had_agreed_is_agreed_anew_and_they_move_in(cast: Cast) -> None:
    group = left(cast, "agreed")
    never_left(cast, group, days=0)
    with scope(cast.imdi, cast.day):
        assert SelfSettlement.objects.get(subject_id=group).agreed_on is None
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=cast.at)
    with scope(cast.centre, cast.day):
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    assert state_of(cast, group) == "settled"


@pytest.mark.parametrize("stage", WELCOMED)
def test_a_municipality_that_has_seen_it_has_let_go_and_they_are_told_what_they_can_do(cast: Cast, stage: str) -> None:
    group = left(cast, stage)
    with scope(cast.municipality, cast.day):
        see_withdrawals(group, by=cast.municipality, at=cast.at)
    never_left(cast, group)
    assert state_of(cast, group) == "lapsed"
    assert ours(cast, group) == {"tell_self_settlement_over"}
    day = cast.day + timedelta(days=3)
    with scope(cast.municipality, day):
        assert members_of(group, day) == []
    with scope(cast.centre, day):
        task = Task.objects.get(subject_id=group, kind="tell_self_settlement_over", closed_at=None)
        assert (task.organisation_id, task.cause) == (cast.centre.organisation_id, "accommodation.departure_annulled")
        at = cast.at + timedelta(days=3)
        register_no_told(group, by=cast.centre, at=at)
        ask_for_self_settlement(group, asking(cast), by=cast.centre, at=at)
    assert state_of(cast, group) == "asked"


def move_annulled(cast: Cast) -> int:
    """That they moved in was registered by mistake, and is taken back the day after."""
    group = moved_in(cast)
    never_left(cast, group, days=1)
    return group


def test_a_move_in_by_mistake_leaves_the_home_approved_and_imdi_agrees_anew(cast: Cast) -> None:
    group, day = move_annulled(cast), cast.day + timedelta(days=1)
    assert state_of(cast, group) == "approved"
    with scope(cast.imdi, day):
        assert Task.objects.get(subject_id=group, kind="agree_self_settlement", closed_at=None).basis_on == day
        assert not SettlementRequest.objects.filter(subject_id=group, state__in=("accepted", "fulfilled")).exists()
        at = cast.at + timedelta(days=1)
        agree_self_settlement(group, agreed_with="Anne Moe", by=cast.imdi, at=at)
    with scope(cast.centre, day):
        move_in(group, day, is_meant=True, by=cast.centre, at=at)
    assert state_of(cast, group) == "settled"


def test_the_municipality_is_told_that_they_have_not_moved_in_and_sees_them_as_before(cast: Cast) -> None:
    group, day = move_annulled(cast), cast.day + timedelta(days=1)
    with scope(cast.municipality, day):
        assert len(members_of(group, day)) == 4
        task = Task.objects.get(subject_id=group, kind="see_change", closed_at=None)
        assert (task.organisation_id, task.cause) == (cast.municipality.organisation_id, "settlement.move_annulled")
    with logged_in(replace(cast, day=day), cast.municipality) as browser:
        with scope(cast.municipality, day):
            reference = Subject.objects.get(pk=group).reference
        page = browser.get(reverse("household_changed", args=[reference])).content.decode()
    assert "De har ikke flyttet inn" in page
    assert "fortsatt godkjent" in page
    with scope(cast.municipality, day):
        see_change(group, by=cast.municipality, at=cast.at + timedelta(days=1))
        assert not Task.objects.filter(subject_id=group, kind="see_change", closed_at=None).exists()
    with scope(cast.other_municipality, day):
        assert members_of(group, day) == []


@pytest.mark.parametrize("order", [(tell_of_change, tell_of_mistake), (tell_of_mistake, tell_of_change)])
def test_a_municipality_that_is_to_see_both_a_mistake_and_a_change_reads_of_both(
    cast: Cast, order: tuple[Callable[..., None], ...]
) -> None:
    group = approved(cast)
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        for tell in (*order, order[0]):
            to = {"organisation_id": cast.municipality.organisation_id} if tell is tell_of_mistake else {}
            tell(case, **to, by=cast.imdi, at=cast.at)
    with scope(cast.municipality, cast.day):
        task = Task.objects.get(subject_id=group, kind="see_change", closed_at=None)
        reference = Subject.objects.get(pk=group).reference
    assert task.cause == "settlement.move_annulled_and_changed"
    with logged_in(cast, cast.municipality) as browser:
        page = browser.get(reverse("household_changed", args=[reference])).content.decode()
        household = browser.get(reverse("household", args=[reference])).content.decode()
    for said in ("De er ikke bosatt ennå", "Den som ikke står på listen", "IMDi blir enig", "Passer det ikke lenger"):
        assert said in page
    for said in ("var registrert ved en feil", "Husstanden er endret etter at dere ble spurt"):
        assert said in household


def test_a_plan_leaves_them_out_for_as_long_as_after_an_approval_when_the_move_in_is_taken_back(cast: Cast) -> None:
    group = moved_in(cast)
    never_left(cast, group, days=28)
    assert planned_for(cast.imdi, cast, 7) == []
    assert planned_for(cast.imdi, cast, 8) == [group]


def test_who_has_lost_the_permit_meanwhile_has_no_request_any_more(cast: Cast) -> None:
    group = moved_in(cast)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_status(group, persons, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    never_left(cast, group, days=1)
    assert state_of(cast, group) == "lapsed"


def test_who_is_not_in_the_queue_when_the_move_is_taken_back_has_no_request_and_is_not_settled(cast: Cast) -> None:
    group = moved_in(cast)
    with scope(cast.imdi, cast.day):
        for state in ("queued", "closed"):  # as no act leaves them today
            SettlementCase.objects.filter(subject_id=group).update(state=state)
        told = Told(Event.objects.filter(subject_id=group).latest("pk"), cast.imdi, cast.at)
        follow_annulled_move(told)
    assert state_of(cast, group) == "lapsed"


def test_what_was_over_before_the_departure_stays_over(cast: Cast) -> None:
    group = welcome(cast)
    later = replace(cast, at=cast.at + timedelta(hours=1))
    with scope(cast.imdi, cast.day):
        close_case(group, reason=ClosingReason.OTHER, text="Feil", by=cast.imdi, at=cast.at)
    depart(later, group, DepartureReason.LEFT_COUNTRY)
    never_left(cast, group)
    assert state_of(cast, group) == "lapsed"


def test_a_second_departure_ends_it_again(cast: Cast) -> None:
    group = left(cast, "approved")
    never_left(cast, group, days=0)
    depart(replace(cast, at=cast.at + timedelta(hours=1)), group, DepartureReason.LEFT_COUNTRY)
    assert state_of(cast, group) == "lapsed"
    assert ours(cast, group) == set()
