"""The journey is agreed, changed, approved where it must be, and ends with an arrival."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.accommodation.public import DepartureReason, register_departure
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.arrival import confirm_arrival
from fotfeste.settlement.actions.journey import (
    agree_journey,
    answer_travel_approval,
    ask_travel_approval,
)
from fotfeste.settlement.domain.journey import LegPlan, OwnCar
from fotfeste.settlement.domain.types import TravelMode
from fotfeste.settlement.models import Journey, JourneyLeg, SettlementCase, TravelApproval
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    TRAVELS_ON,
    accepted,
    depart,
    open_kinds,
    plan,
    queued,
    state_of,
    with_journey,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

TAXI = plan(
    legs=(
        LegPlan(TravelMode.TAXI, "Voss", "Levanger stasjon"),
        LegPlan(TravelMode.MINIBUS, "Levanger stasjon", "Levanger"),
    )
)


@pytest.mark.req("TRV-01")
def test_an_agreed_journey_has_payers_and_a_task_for_each_end_on_the_day(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    assert state_of(cast, group) == "journey_agreed"
    with scope(cast.municipality, cast.day):
        journey = Journey.objects.get()
        legs = list(JourneyLeg.objects.order_by("number").values_list("mode", "payer", "price_ore"))
        due = set(Task.objects.filter(closed_at__isnull=True).exclude(kind="assign_beds").values_list("kind", "due_on"))
    assert journey.agreed_with == "Anne Moe"
    assert legs == [("train", "centre", 120_000), ("minibus", "municipality", None)]
    booked_by = date(2024, 3, 25)
    assert due == {
        ("register_departure", TRAVELS_ON),
        ("prepare_arrival", TRAVELS_ON),
        ("book_journey", booked_by),
    }


@pytest.mark.req("TRV-01")
@pytest.mark.req("TRV-04")
def test_a_journey_that_is_registered_after_they_have_travelled_settles_them_from_that_day(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    went_on, late = cast.day + timedelta(days=4), cast.at + timedelta(days=5)
    with scope(cast.centre, late.date()):
        for travels_on in (cast.day - timedelta(days=1), date(2019, 1, 1)):
            with pytest.raises(Refused) as caught:
                agree_journey(group, plan(travels_on=travels_on), by=cast.centre, at=late)
            assert (caught.value.code, caught.value.field) == ("journey_before_agreement", "travels_on")
        agree_journey(group, plan(travels_on=went_on), by=cast.centre, at=late)
        people = [member.subject_id for member in members_of(group, cast.day)]
        reason = DepartureReason.AGREED_SETTLEMENT
        register_departure(group, people, went_on, reason, "Kirkegata 1", "7600", by=cast.centre, at=late)
    with scope(cast.municipality, late.date()):
        case = SettlementCase.objects.get(subject_id=group)
        assert (case.state, case.state_since_on) == ("settled", went_on)


@pytest.mark.req("TRV-01")
def test_a_journey_can_be_moved_to_another_day_with_its_tasks(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    new_day = date(2024, 4, 4)
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(travels_on=new_day, agreed_with="Per Dahl"), by=cast.centre, at=cast.at)
        journey = Journey.objects.get()
        assert (journey.travels_on, journey.agreed_with) == (new_day, "Per Dahl")
        assert journey.legs.count() == 2
        due = set(Task.objects.filter(closed_at__isnull=True).exclude(kind="assign_beds").values_list("kind", "due_on"))
    booked_by = date(2024, 3, 27)  # three working days before, Easter between
    assert due == {("register_departure", new_day), ("prepare_arrival", new_day), ("book_journey", booked_by)}
    assert state_of(cast, group) == "journey_agreed"


@pytest.mark.req("TRV-02")
def test_a_taxi_waits_for_udis_written_approval(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="travel_not_approved"):
            agree_journey(group, TAXI, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="explanation_missing"):
            ask_travel_approval(group, modes=["taxi"], explanation=" ", by=cast.centre, at=cast.at)
        ask_travel_approval(
            group, modes=["taxi"], explanation="Rullestol, ingen egnet avgang.", by=cast.centre, at=cast.at
        )
    assert ("approve_travel", cast.udi.organisation_id) in open_kinds(cast, group)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused, match="travel_approval_is_written"):
            answer_travel_approval(group, approves=True, by=cast.udi, at=cast.at)
        answer_travel_approval(group, approves=True, udi_reference="24/1234-5", by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        journey = agree_journey(group, TAXI, by=cast.centre, at=cast.at)
        assert journey.approval is not None
        assert journey.approval.udi_reference == "24/1234-5"
    assert ("approve_travel", cast.udi.organisation_id) not in open_kinds(cast, group)


@pytest.mark.req("TRV-02")
def test_udis_no_has_words_and_the_taxi_stays_refused(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="Mye bagasje", by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="one_open_travel_question"):
            ask_travel_approval(group, modes=["taxi"], explanation="Mye bagasje", by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day):
        with pytest.raises(Refused, match="travel_refusal_needs_words"):
            answer_travel_approval(group, approves=False, by=cast.udi, at=cast.at)
        answer_travel_approval(group, approves=False, text="Toget har plass.", by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="no_travel_question"):
            answer_travel_approval(group, approves=False, text="x", by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="travel_not_approved"):
        agree_journey(group, TAXI, by=cast.centre, at=cast.at)


@pytest.mark.req("TRV-03")
def test_an_own_car_is_stored_with_its_papers_and_the_ticket_in_ore(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    drive = plan(
        hub="",
        legs=(LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger"),),
        own_car=OwnCar(4, 129_900, cast.day, TRAVELS_ON),
    )
    with scope(cast.centre, cast.day):
        without = replace(drive, own_car=OwnCar(4, 129_900, None, TRAVELS_ON))
        with pytest.raises(Refused, match="self_declaration_missing"):
            agree_journey(group, without, by=cast.centre, at=cast.at)
        journey = agree_journey(group, drive, by=cast.centre, at=cast.at)
    assert (journey.is_own_car, journey.ticket_price_ore, journey.persons_in_car) == (True, 129_900, 4)


@pytest.mark.req("TRV-03")
def test_the_database_refuses_an_own_car_without_green_card(cast: Cast) -> None:
    with_journey(cast, queued(cast))
    with scope(cast.centre, cast.day), pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.update(is_own_car=True, persons_in_car=2, ticket_price_ore=1)


@pytest.mark.req("TRV-02")
def test_the_database_refuses_an_approval_without_reference(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=["taxi"], explanation="x", by=cast.centre, at=cast.at)
        with pytest.raises(IntegrityError), transaction.atomic():
            TravelApproval.objects.update(outcome="approved", answered_on=cast.day)


def test_the_centre_does_not_approve_its_own_journey(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        answer_travel_approval(group, approves=True, udi_reference="x", by=cast.centre, at=cast.at)


@pytest.mark.req("TRV-01")
def test_no_journey_is_agreed_before_the_offer(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day), pytest.raises(Refused) as caught:
        agree_journey(group, plan(agreed_on=date(2024, 3, 13)), by=cast.centre, at=cast.at)
    assert (caught.value.code, caught.value.field) == ("agreed_before_offer", "agreed_on")


def answered(cast: Cast, group: int, mode: str, *, approves: bool) -> None:
    """The centre asks for one way of travelling, and UDI answers."""
    with scope(cast.centre, cast.day):
        ask_travel_approval(group, modes=[mode], explanation="Rullestol", by=cast.centre, at=cast.at)
    with scope(cast.udi, cast.day):
        answer_travel_approval(
            group, approves=approves, udi_reference="24/1" * approves, text="Nei.", by=cast.udi, at=cast.at
        )


@pytest.mark.req("TRV-02")
def test_udis_yes_holds_for_what_was_asked_until_its_next_answer(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    minibus = plan(legs=(LegPlan(TravelMode.MINIBUS, "Voss", "Levanger stasjon"),))
    answered(cast, group, "taxi", approves=True)
    answered(cast, group, "minibus", approves=False)
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="travel_not_approved"):
            agree_journey(group, minibus, by=cast.centre, at=cast.at)
        assert agree_journey(group, TAXI, by=cast.centre, at=cast.at).approval is not None
        assert agree_journey(group, plan(), by=cast.centre, at=cast.at).approval is None
    answered(cast, group, "taxi", approves=False)
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="travel_not_approved"):
        agree_journey(group, TAXI, by=cast.centre, at=cast.at)


@pytest.mark.req("TRV-02")
def test_udi_is_not_to_answer_what_a_journey_was_agreed_without(cast: Cast) -> None:
    group = accepted(cast, queued(cast))

    def asks() -> bool:
        with scope(cast.centre, cast.day):
            ask_travel_approval(group, modes=["taxi"], explanation="Rullestol", by=cast.centre, at=cast.at)
        return ("approve_travel", cast.udi.organisation_id) in open_kinds(cast, group)

    assert asks()
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
    assert ("approve_travel", cast.udi.organisation_id) not in open_kinds(cast, group)
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="no_travel_question"):
        answer_travel_approval(group, approves=True, udi_reference="24/1", by=cast.udi, at=cast.at)
    assert asks()  # now of a journey that is agreed: a change of it waits for the answer
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(luggage_pieces=3), by=cast.centre, at=cast.at)
    assert ("approve_travel", cast.udi.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("TRV-02")
@pytest.mark.parametrize("modes", [[], ["train"], ["own_car"], ["taxi", "rocket"]])
def test_a_question_names_what_needs_approval(cast: Cast, modes: list[str]) -> None:
    group = accepted(cast, queued(cast))
    with scope(cast.centre, cast.day), pytest.raises(Refused) as caught:
        ask_travel_approval(group, modes=modes, explanation="Rullestol", by=cast.centre, at=cast.at)
    assert (caught.value.code, caught.value.field) == ("modes_missing", "modes")


@pytest.mark.req("TRV-04")
def test_an_arrival_is_confirmed_once(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    with scope(cast.municipality, cast.day):
        confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=cast.at)
        with pytest.raises(Refused) as caught:
            confirm_arrival(group, arrived_on=cast.day, by=cast.municipality, at=cast.at)
    assert (caught.value.code, caught.value.params) == ("arrival_is_confirmed", {"day": cast.day})


@pytest.mark.req("TRV-01", "SET-07")
@pytest.mark.parametrize(("travels_on", "is_agreed"), [(date(2025, 4, 7), True), (date(2025, 4, 8), False)])
def test_a_journey_more_than_a_year_after_the_week_of_the_offer_is_a_slip(
    cast: Cast, travels_on: date, is_agreed: bool
) -> None:
    group = accepted(cast, queued(cast))
    slip = nullcontext() if is_agreed else pytest.raises(Refused, match="journey_too_late")
    with scope(cast.centre, cast.day), slip:
        agree_journey(group, plan(travels_on=travels_on), by=cast.centre, at=cast.at)
