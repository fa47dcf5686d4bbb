"""IMDi takes an offer back: the home is lost, or the municipality cannot after all (SET-07)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.settlement.domain.journey import LegPlan
from fotfeste.settlement.domain.types import TravelMode
from fotfeste.settlement.models import Journey, JourneyLeg, Offer, SettlementCase, SettlementRequest, Withdrawal
from fotfeste.settlement.public import (
    accept_request,
    agree_journey,
    answer_travel_approval,
    ask_travel_approval,
    departures_ahead,
    make_offer,
    register_offer_answer,
    register_withdrawal_told,
    see_withdrawals,
    withdraw_offer,
)
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    WEEK,
    accepted,
    depart,
    family,
    found,
    offered,
    open_kinds,
    plan,
    queued,
    refused,
    requested,
    state_of,
    with_journey,
)
from tests.as_owner import every_event, every_need
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, interviewed, placed

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07")]
LATER = timedelta(days=3)
TAXI = plan(
    legs=(
        LegPlan(TravelMode.TAXI, "Voss", "Levanger stasjon"),
        LegPlan(TravelMode.MINIBUS, "Levanger stasjon", "Levanger"),
    )
)


def withdrawn(cast: Cast, group: int, at: datetime | None = None) -> int:
    """The municipality has lost the home."""
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason="home_lost", text="Brann.", by=cast.imdi, at=at or cast.at)
    return group


def offered_verdal(cast: Cast, group: int) -> int:
    """Verdal is asked instead, says yes, and is offered and accepted."""
    requested(cast, group, cast.other_municipality)
    with scope(cast.other_municipality, cast.day):
        accept_request(group, possible_week=WEEK, by=cast.other_municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
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
    return group


@pytest.mark.parametrize("come_to", [offered, accepted, with_journey], ids=["offered", "accepted", "journey"])
def test_a_lost_home_puts_the_household_back_in_the_queue_and_tells_everyone(
    cast: Cast, come_to: Callable[[Cast, int], int]
) -> None:
    group = come_to(cast, queued(cast))
    came_to = state_of(cast, group)
    withdrawn(cast, group)
    levanger = cast.municipality.organisation_id
    with scope(cast.imdi, cast.day):
        case, offer = SettlementCase.objects.get(), Offer.objects.get()
        assert (case.state, case.due_since_on) == ("queued", PERMIT_ON)
        assert (offer.state, offer.withdrawal_reason, offer.withdrawal_text) == ("withdrawn", "home_lost", "Brann.")
        assert SettlementRequest.objects.get().state == "withdrawn"
    assert open_kinds(cast, group) == {
        ("find_municipality", cast.imdi.organisation_id),
        ("tell_withdrawal", cast.centre.organisation_id),
        ("see_withdrawal", levanger),
    }
    assert not every_need().filter(organisation_id=levanger, period__contains=cast.day).exists()
    event = every_event().get(type="settlement.withdraw_offer")
    assert (event.from_state, event.to_state, event.other_organisation_id) == (came_to, "queued", levanger)


def test_the_next_municipality_is_offered_settles_them_and_sees_nothing_of_the_first(cast: Cast) -> None:
    group = withdrawn(cast, with_journey(cast, queued(cast)))
    offered_verdal(cast, group)
    with scope(cast.other_municipality, cast.day):
        assert Offer.objects.get().organisation_id == cast.other_municipality.organisation_id
        assert (Journey.objects.count(), JourneyLeg.objects.count(), Withdrawal.objects.count()) == (0, 0, 0)
        assert not Task.objects.filter(kind="see_withdrawal").exists()
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(agreed_with="Per Verdal"), by=cast.centre, at=cast.at)
        assert Journey.objects.count() == 2
    depart(cast, group)
    with scope(cast.other_municipality, cast.day):
        assert Journey.objects.get().agreed_with == "Per Verdal"
    assert state_of(cast, group) == "settled"
    assert ("see_withdrawal", cast.municipality.organisation_id) in open_kinds(cast, group)


def test_a_departure_before_the_new_journey_is_refused_although_one_was_agreed_before(cast: Cast) -> None:
    group = withdrawn(cast, with_journey(cast, queued(cast)))
    with pytest.raises(Refused, match="journey_not_agreed"):
        depart(cast, group)


@pytest.mark.req("TRV-02")
def test_what_udi_approved_for_the_lost_municipality_does_not_hold_for_the_next(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day):
        answer_travel_approval(group, approves=True, udi_reference="24/1", by=cast.udi, at=cast.at)
    offered_verdal(cast, withdrawn(cast, group))
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="travel_not_approved"):
            agree_journey(group, TAXI, by=cast.centre, at=cast.at)
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=cast.centre, at=cast.at)


@pytest.mark.req("TRV-02")
def test_a_question_to_udi_lapses_with_the_offer(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=cast.centre, at=cast.at)
    withdrawn(cast, group)
    assert "approve_travel" not in {kind for kind, _ in open_kinds(cast, group)}
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="no_travel_question"):
        answer_travel_approval(group, approves=True, udi_reference="24/1", by=cast.udi, at=cast.at)


def test_nobody_is_expected_to_leave_any_more(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.udi, cast.day):
        assert sum(row.people for row in departures_ahead(cast.day, cast.at)) == 4
    withdrawn(cast, group, cast.at + LATER)
    with scope(cast.udi, cast.day):
        assert not list(departures_ahead((cast.at + LATER).date(), cast.at + LATER))
        assert sum(row.people for row in departures_ahead(cast.day, cast.at)) == 4, "the past is as it was known"


def test_the_centre_tells_the_household_once_wherever_it_lives_by_then(cast: Cast) -> None:
    group = withdrawn(cast, offered(cast, queued(cast)))
    placed(cast, group, cast.other_centre, from_on=cast.day)
    assert ("tell_withdrawal", cast.other_centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.other_centre, cast.day):
        for told_on, code in (
            (cast.day + timedelta(days=1), "told_in_the_future"),
            (date(2024, 3, 1), "told_before_withdrawal"),
        ):
            with pytest.raises(Refused) as caught:
                register_withdrawal_told(group, told_on=told_on, by=cast.other_centre, at=cast.at)
            assert (caught.value.code, caught.value.field) == (code, "told_on")
        register_withdrawal_told(group, told_on=cast.day, by=cast.other_centre, at=cast.at)
        with pytest.raises(Refused, match="withdrawal_is_told"):
            register_withdrawal_told(group, told_on=cast.day, by=cast.other_centre, at=cast.at)
    assert "tell_withdrawal" not in {kind for kind, _ in open_kinds(cast, group)}
    with scope(cast.centre, cast.day), pytest.raises((Refused, NotFound)):
        register_withdrawal_told(group, told_on=cast.day, by=cast.centre, at=cast.at)


@pytest.mark.parametrize(
    ("reason", "text", "refusal"),
    [
        ("", "", ("withdrawal_reason_missing", "reason")),
        ("case_closed", "", ("withdrawal_reason_missing", "reason")),
        ("other", " ", ("withdrawal_needs_words", "text")),
    ],
)
def test_it_needs_a_reason(cast: Cast, reason: str, text: str, refusal: tuple[str, str]) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day), pytest.raises(Refused) as caught:
        withdraw_offer(group, reason=reason, text=text, by=cast.imdi, at=cast.at)
    assert (caught.value.code, caught.value.field) == refusal
    assert state_of(cast, group) == "offered"


@pytest.mark.parametrize("come_to", [found, refused], ids=["no offer yet", "refused"])
def test_there_must_be_an_offer_to_take_back(cast: Cast, come_to: Callable[[Cast, int], int]) -> None:
    group = come_to(cast, queued(cast))
    with scope(cast.imdi, cast.day), pytest.raises((IllegalStep, NotFound)):
        withdraw_offer(group, reason="home_lost", by=cast.imdi, at=cast.at)


def test_only_imdi_takes_an_offer_back(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    for viewer in (cast.centre, cast.municipality, cast.udi):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            withdraw_offer(group, reason="home_lost", by=viewer, at=cast.at)


def test_once_they_have_moved_it_is_too_late(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    with scope(cast.imdi, cast.day), pytest.raises(NotFound):
        withdraw_offer(group, reason="home_lost", by=cast.imdi, at=cast.at)


def test_the_database_refuses_two_living_offers_and_one_withdrawn_without_a_reason(cast: Cast) -> None:
    group = withdrawn(cast, offered(cast, queued(cast)))
    offered_verdal(cast, group)
    with scope(cast.imdi, cast.day):
        first, second = Offer.objects.order_by("pk")
        with pytest.raises(IntegrityError, match="withdrawn_offer_has_a_reason"), transaction.atomic():
            Offer.objects.filter(pk=first.pk).update(withdrawal_reason="")
        with pytest.raises(IntegrityError, match="withdrawn_offer_has_a_reason"), transaction.atomic():
            Offer.objects.filter(pk=second.pk).update(state="withdrawn")
        with pytest.raises(IntegrityError, match="no step"), transaction.atomic():
            Offer.objects.filter(pk=first.pk).update(state="open", withdrawn_on=None, withdrawal_reason="")
        too_early = cast.day - timedelta(days=1)
        with pytest.raises(IntegrityError, match="withdrawn_after_it_was_made"), transaction.atomic():
            Offer.objects.filter(pk=first.pk).update(withdrawn_on=too_early)
        with pytest.raises(IntegrityError, match="told_of_what_was_sent_before"), transaction.atomic():
            Withdrawal.objects.update(withdrawn_on=too_early)
    alone = offered(cast, interviewed(cast, replace(family(), persons=family().persons[:1])))
    twice = pytest.raises(IntegrityError, match="one_living_offer_per_case")
    with scope(cast.imdi, cast.day), twice, transaction.atomic():
        Offer.objects.filter(subject_id=alone).update(case_id=second.case_id)


@pytest.mark.req("ACS-01")
def test_a_municipality_is_told_what_ended_without_seeing_the_household(cast: Cast) -> None:
    group = withdrawn(cast, with_journey(cast, queued(cast)))
    with scope(cast.municipality, cast.day):
        told = Withdrawal.objects.get()
        assert (told.came_to, told.cause, told.withdrawn_on) == (
            "journey_agreed",
            "settlement.withdraw_offer",
            cast.day,
        )
        assert told.withdrawn_by_id == cast.imdi.organisation_id
        assert [task.kind for task in Task.objects.filter(closed_at__isnull=True)] == ["see_withdrawal"]
        assert members_of(group, cast.day) == []
        see_withdrawals(group, by=cast.municipality, at=cast.at)
        with pytest.raises(Refused, match="withdrawal_is_seen"):
            see_withdrawals(group, by=cast.municipality, at=cast.at)
        assert Withdrawal.objects.get().seen_by_id == cast.municipality.user_id
    with scope(cast.other_municipality, cast.day):
        assert (Withdrawal.objects.count(), Task.objects.count()) == (0, 0)
        with pytest.raises(Refused, match="withdrawal_is_seen"):
            see_withdrawals(group, by=cast.other_municipality, at=cast.at)
    assert every_event().filter(type="settlement.withdrawal_seen").count() == 1


def test_the_municipality_of_a_refused_offer_is_told_when_they_leave(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    depart(cast, group, DepartureReason.LEFT_COUNTRY)
    with scope(cast.municipality, cast.day):
        told = Withdrawal.objects.get()
    assert (told.came_to, told.cause) == ("refused", "settlement.left_after_refusal")
