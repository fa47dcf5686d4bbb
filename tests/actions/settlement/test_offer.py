"""The one offer, and what the household answers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.calendar import Week
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.offer import make_offer, register_offer_answer
from fotfeste.settlement.actions.request import accept_request
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.models import Offer, SettlementCase
from tests.actions.settlement.stage import (
    WEEK,
    accepted,
    decided,
    depart,
    family,
    found,
    offered,
    open_kinds,
    queued,
    refused,
    requested,
    state_of,
    when_refused,
)
from tests.as_owner import every_event, every_need
from tests.conftest import Cast
from tests.settlement_steps import interviewed, placed

pytestmark = pytest.mark.django_db


def answer(cast: Cast, group: int, **changes: object) -> Offer:
    """The centre registers a no, unless changed."""
    fields: dict[str, object] = {
        "accepts": False,
        "answered_on": cast.day,
        "answered_by_names": "Olena",
        "answer_language": "uk",
        "consequences_shown": True,
    }
    with scope(cast.centre, cast.day):
        return register_offer_answer(group, by=cast.centre, at=cast.at, **(fields | changes))  # type: ignore[arg-type]


@pytest.mark.req("SET-07")
def test_an_offer_has_municipality_and_week_and_gives_the_centre_the_next_move(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    assert state_of(cast, group) == "offered"
    assert open_kinds(cast, group) == {("register_offer_answer", cast.centre.organisation_id)}
    with scope(cast.centre, cast.day):
        offer = Offer.objects.get()
    assert (offer.week, offer.organisation_id, offer.size) == ("2024-W14", cast.municipality.organisation_id, 4)
    reasons = (
        every_need()
        .filter(organisation_id=cast.municipality.organisation_id, subject_id=group, period__contains=cast.day)
        .values_list("reason", flat=True)
    )
    assert list(reasons) == ["offered_here"]


@pytest.mark.req("SET-08")
def test_no_second_offer_whatever_happens(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day), pytest.raises(IllegalStep):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
    answer(cast, group)
    with scope(cast.imdi, cast.day):
        # A new case after the refusal would not give a new offer either.
        SettlementCase.objects.create(
            subject_id=group,
            due_since_on=cast.day,
            state_since_on=cast.day,
            centre_id=cast.centre.organisation_id,
            size=4,
        )
        SettlementCase.objects.filter(subject_id=group, state="interview_due").update(state="queued")
    with pytest.raises(Refused, match="one_offer_only"):
        requested(cast, group, cast.other_municipality)


@pytest.mark.req("SET-08")
def test_the_database_refuses_a_second_offer_of_a_case(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        first = Offer.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.create(
                subject_id=group,
                case=first.case,
                request=first.request,
                organisation_id=first.organisation_id,
                week="2024-W15",
                size=4,
                decided_on=cast.day,
            )


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(("week", "code"), [(None, "week_missing"), (Week(2024, 10), "week_is_over")])
def test_an_offer_needs_a_week_that_is_not_over(cast: Cast, week: Week | None, code: str) -> None:
    group = found(cast, queued(cast))
    with scope(cast.imdi, cast.day), pytest.raises(Refused) as caught:
        make_offer(group, week=week, by=cast.imdi, at=cast.at)
    assert (caught.value.code, caught.value.field) == (code, "week")


@pytest.mark.req("SET-08")
def test_a_yes_leads_to_the_journey(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    assert state_of(cast, group) == "accepted"
    assert open_kinds(cast, group) == {("arrange_journey", cast.centre.organisation_id)}
    with scope(cast.imdi, cast.day):
        offer = Offer.objects.get()
    assert (offer.state, offer.answered_by_names, offer.answer_language) == ("accepted", "Olena og Andrij", "uk")


@pytest.mark.req("SET-08")
def test_a_no_given_knowing_its_price_marks_the_case_refused(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with pytest.raises(Refused) as caught:
        answer(cast, group, consequences_shown=False)
    assert (caught.value.code, caught.value.field) == ("consequences_not_shown", "consequences_shown")
    answer(cast, group)
    assert state_of(cast, group) == "refused"
    assert open_kinds(cast, group) == when_refused(cast)
    assert every_event().filter(type="settlement.decline_offer", to_state="refused").exists()


@pytest.mark.req("SET-08")
def test_the_database_refuses_a_no_whose_consequences_were_not_shown(cast: Cast) -> None:
    offered(cast, queued(cast))
    with scope(cast.centre, cast.day), pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(state="declined")


@pytest.mark.parametrize(
    ("answered_on", "code"),
    [(date(2024, 3, 15), "answer_in_the_future"), (date(2024, 3, 13), "answer_before_offer")],
)
def test_an_answer_is_dated_between_the_offer_and_today(cast: Cast, answered_on: date, code: str) -> None:
    group = offered(cast, queued(cast))
    with pytest.raises(Refused) as caught:
        answer(cast, group, answered_on=answered_on)
    assert (caught.value.code, caught.value.field) == (code, "answered_on")


def test_an_offer_is_answered_once(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with pytest.raises(IllegalStep):
        answer(cast, group)


def test_the_municipality_does_not_answer_for_the_household(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.municipality, cast.day), pytest.raises(NotAllowed):
        register_offer_answer(
            group,
            accepts=True,
            answered_on=cast.day,
            answered_by_names="x",
            answer_language="nb",
            consequences_shown=True,
            by=cast.municipality,
            at=cast.at + timedelta(hours=1),
        )


@pytest.mark.req("SET-08")
def test_a_centre_that_they_have_left_registers_nothing_for_them(cast: Cast) -> None:
    group = placed(cast, offered(cast, queued(cast)), cast.other_centre, cast.day)
    with scope(cast.centre, cast.day), pytest.raises(Refused) as caught:
        register_offer_answer(
            group,
            accepts=False,
            answered_on=cast.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=cast.centre,
            at=cast.at,
        )
    assert caught.value.code == "not_their_centre"
    assert state_of(cast, group) == "offered"


@pytest.mark.req("SET-07")
def test_no_offer_before_the_week_from_which_the_municipality_can_receive_them(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.municipality, cast.day):
        accept_request(group, possible_week=Week(2024, 30), by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        with pytest.raises(Refused) as caught:
            make_offer(group, week=Week(2024, 29), by=cast.imdi, at=cast.at)
        assert (caught.value.code, caught.value.field) == ("offer_before_possible_week", "week")
        assert caught.value.params == {"week": 30, "year": 2024}
        assert make_offer(group, week=Week(2024, 30), by=cast.imdi, at=cast.at).week == "2024-W30"


def minor_offered(cast: Cast, **changes: object) -> int:
    """A minor alone with an offer from Levanger, who has a guardian where nothing else is said."""
    decided("5037", 20, 2)
    [maksym] = family(is_unaccompanied=True).persons
    alone = replace(family(), persons=(replace(maksym, **changes),))  # type: ignore[arg-type]
    return offered(cast, interviewed(cast, alone), [Capability.UNACCOMPANIED_MINORS])


@pytest.mark.req("SET-06")
@pytest.mark.parametrize("accepts", [True, False])
def test_a_minor_alone_answers_with_a_guardian_who_is_named(cast: Cast, accepts: bool) -> None:
    group = minor_offered(cast)
    with pytest.raises(Refused) as refused:
        answer(cast, group, accepts=accepts, consequences_shown=True, answered_by_names="Maksym")
    assert (refused.value.code, refused.value.field) == ("guardian_name_missing", "guardian_name")
    offer = answer(
        cast,
        group,
        accepts=accepts,
        consequences_shown=True,
        answered_by_names="Maksym",
        guardian_name=" Verge Vergesen ",
    )
    assert (offer.answered_by_names, offer.guardian_name) == ("Maksym", "Verge Vergesen")


@pytest.mark.req("SET-06")
def test_a_minor_without_a_registered_guardian_does_not_answer(cast: Cast) -> None:
    group = minor_offered(cast, guardian=None)
    with pytest.raises(Refused) as refused:
        answer(cast, group, answered_by_names="Maksym", guardian_name="Hvem som helst")
    assert refused.value.code == "guardian_not_registered"
    assert "ikke registrert noen verge for Maksym" in sentence_for(refused.value)


def test_nobody_is_asked_for_the_guardian_of_a_family(cast: Cast) -> None:
    offer = answer(cast, offered(cast, queued(cast)), guardian_name="Verge Vergesen")
    assert offer.guardian_name == ""


@pytest.mark.req("SET-08")
def test_after_a_no_it_is_imdis_move_until_they_have_left(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    task = ("follow_refusal", cast.imdi.organisation_id)
    assert task in open_kinds(cast, group)
    depart(cast, group, DepartureReason.REFUSED_AND_MOVED, most=1)
    assert task in open_kinds(cast, group)
    with scope(cast.udi, cast.day):
        left = [each.subject_id for each in members_of(group, cast.day)][1:]
    depart(cast, group, DepartureReason.REFUSED_AND_MOVED, persons=left)
    assert task not in open_kinds(cast, group)
