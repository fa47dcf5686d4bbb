"""A request that is over: the municipality that had said yes is told, the household is, and no task stays (SET-13)."""

from collections.abc import Callable
from datetime import date

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import StatusKind, members_of, register_status
from fotfeste.self_settlement.models import SelfSettlement
from fotfeste.self_settlement.public import EndCause, leave_unagreed, move_in, withdraw_self_settlement
from fotfeste.settlement.models import SettlementCase, SettlementRequest, Withdrawal
from fotfeste.settlement.public import (
    ClosingReason,
    accept_request,
    agree_journey,
    close_case,
    departure_advice,
    make_offer,
    register_offer_answer,
    see_withdrawals,
    send_request,
)
from tests.actions.self_settlement.stage import agreed, approved, asks, sent, state_of, welcome
from tests.actions.self_settlement.test_tasks_move import declined
from tests.actions.settlement.stage import WEEK, depart, open_kinds, plan
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]
WELCOMED: tuple[Callable[[Cast], int], ...] = (welcome, sent, approved)


def told(cast: Cast, group: int) -> list[tuple[str, str, date]]:
    """What the municipality was told of the household: how far it had come, why it is over, and the day."""
    with scope(cast.municipality, cast.day):
        found = list(Withdrawal.objects.filter(subject_id=group).values_list("came_to", "cause", "withdrawn_on"))
    is_asked = ("see_withdrawal", cast.municipality.organisation_id) in open_kinds(cast, group)
    assert is_asked == bool(found)
    return found


def ours(cast: Cast, group: int) -> set[str]:
    """The open tasks of agreed self-settlement."""
    return {kind for kind, _ in open_kinds(cast, group) if "found_home" in kind or "self_settlement" in kind}


def lose_permit(cast: Cast, group: int) -> None:
    """All of them are refused."""
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_status(group, persons, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)


def withdraw(cast: Cast, group: int) -> None:
    """They ask no more."""
    with scope(cast.centre, cast.day):
        withdraw_self_settlement(group, cause=EndCause.OWN_WISH, by=cast.centre, at=cast.at)


@pytest.mark.parametrize("step", WELCOMED)
def test_a_municipality_that_had_said_yes_is_told_that_they_ask_no_more(
    cast: Cast, step: Callable[[Cast], int]
) -> None:
    group = step(cast)
    withdraw(cast, group)
    assert told(cast, group) == [("queued", "settlement.asked_withdrawn", cast.day)]
    assert ours(cast, group) == set()
    with scope(cast.municipality, cast.day):
        see_withdrawals(group, by=cast.municipality, at=cast.at)
    assert ("see_withdrawal", cast.municipality.organisation_id) not in open_kinds(cast, group)


def test_one_that_had_not_answered_has_nothing_to_see(cast: Cast) -> None:
    group = asks(cast)
    withdraw(cast, group)
    assert told(cast, group) == []
    assert ours(cast, group) == set()


def test_after_the_agreement_it_is_told_the_same(cast: Cast) -> None:
    group = agreed(cast)
    withdraw(cast, group)
    assert told(cast, group) == [("municipality_found", "settlement.asked_withdrawn", cast.day)]


def offered_by(cast: Cast, group: int, *, same: bool) -> None:
    """IMDi asks a municipality too, and offers it."""
    to = cast.municipality if same else cast.other_municipality
    with scope(cast.imdi, cast.day):
        send_request(group, to.organisation_id, wanted_week=WEEK, reasoning="Haster", by=cast.imdi, at=cast.at)
    with scope(to, cast.day):
        accept_request(group, possible_week=WEEK, by=to, at=cast.at)
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)


def test_an_offer_of_another_municipality_is_told_to_the_one_that_had_said_yes(cast: Cast) -> None:
    group = sent(cast)
    offered_by(cast, group, same=False)
    assert told(cast, group) == [("queued", "settlement.asked_offered", cast.day)]
    assert ours(cast, group) == set()


def test_an_offer_of_the_same_municipality_is_no_end_for_it(cast: Cast) -> None:
    group = sent(cast)
    offered_by(cast, group, same=True)
    assert state_of(cast, group) == "lapsed"
    assert told(cast, group) == []


def test_a_departure_is_told_once_before_the_agreement_and_after_it(cast: Cast) -> None:
    group = approved(cast)
    depart(cast, group, DepartureReason.LEFT_COUNTRY)
    assert told(cast, group) == [("queued", "settlement.asked_case_over", cast.day)]
    assert ours(cast, group) == set()


def test_a_case_that_is_closed_after_the_agreement_is_told_once(cast: Cast) -> None:
    group = agreed(cast)
    with scope(cast.imdi, cast.day):
        close_case(group, reason=ClosingReason.OTHER, text="Feil", by=cast.imdi, at=cast.at)
    assert [(came_to, cause) for came_to, cause, _ in told(cast, group)] == [
        ("municipality_found", "settlement.close_case")
    ]
    assert ours(cast, group) == set()


def test_imdi_that_does_not_agree_tells_the_municipality_too(cast: Cast) -> None:
    group = approved(cast)
    with scope(cast.imdi, cast.day):
        leave_unagreed(group, text="Fullt.", by=cast.imdi, at=cast.at)
    assert told(cast, group) == [("queued", "settlement.asked_not_agreed", cast.day)]


def test_a_permit_that_is_lost_before_the_agreement_is_told_to_all(cast: Cast) -> None:
    group = approved(cast)
    lose_permit(cast, group)
    assert told(cast, group) == [("queued", "settlement.asked_without_permit", cast.day)]
    assert ours(cast, group) == {"tell_self_settlement_over"}


def test_a_permit_that_is_lost_after_the_agreement_ends_the_promise_too(cast: Cast) -> None:
    group = agreed(cast)
    lose_permit(cast, group)
    assert told(cast, group) == [("municipality_found", "settlement.asked_without_permit", cast.day)]
    with scope(cast.imdi, cast.day):
        request = SelfSettlement.objects.get(subject_id=group)
        assert (request.state, request.end_cause) == ("lapsed", EndCause.PERMIT_LOST)
        assert SettlementRequest.objects.get(subject_id=group).state == "withdrawn"
        assert SettlementCase.objects.get(subject_id=group).state == "queued"
    kinds = {kind: whose for kind, whose in open_kinds(cast, group) if kind != "assign_beds"}
    assert kinds == {
        "see_withdrawal": cast.municipality.organisation_id,
        "tell_self_settlement_over": cast.centre.organisation_id,
        "decide_without_permit": cast.imdi.organisation_id,
    }
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        move_in(group, cast.day, is_meant=True, by=cast.centre, at=cast.at)
    assert refused.value.code == "no_self_settlement"


def test_there_is_nothing_left_to_tell_of_once_the_case_is_closed(cast: Cast) -> None:
    group = approved(cast)
    with scope(cast.imdi, cast.day):
        leave_unagreed(group, text="Fullt.", by=cast.imdi, at=cast.at)
    assert ours(cast, group) == {"tell_self_settlement_over"}
    with scope(cast.centre, cast.day):
        close_case(group, reason=ClosingReason.OTHER, text="Reist", by=cast.centre, at=cast.at)
    assert ours(cast, group) == set()


def test_there_is_nothing_left_to_tell_of_once_they_are_settled(cast: Cast) -> None:
    group = declined(cast)
    assert ours(cast, group) == {"tell_self_settlement_no"}
    offered_by(cast, group, same=False)
    settle(cast, group)
    assert ours(cast, group) == set()


def settle(cast: Cast, group: int) -> None:
    """They say yes to IMDi's offer, and travel."""
    with scope(cast.centre, cast.day):
        register_offer_answer(
            group,
            accepts=True,
            answered_on=cast.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=cast.centre,
            at=cast.at,
        )
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
    depart(cast, group, DepartureReason.AGREED_SETTLEMENT)


@pytest.mark.req("ACC-07")
def test_the_form_of_a_departure_says_what_they_have_asked_for(cast: Cast) -> None:
    words = "Ønsket om avtalt selvbosetting i Levanger faller bort, og kommunen ser dem ikke lenger."
    group = asks(cast)
    with scope(cast.centre, cast.day):
        advice = departure_advice(group, cast.day)
        assert advice is not None
        assert words in advice.follows
    withdraw(cast, group)
    with scope(cast.centre, cast.day):
        advice = departure_advice(group, cast.day)
        assert advice is not None
        assert words not in advice.follows
