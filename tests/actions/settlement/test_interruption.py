"""Delayed, cancelled, fell ill: the journey gets another day, or none yet, and the settlement stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.kernel.errors import Refused
from fotfeste.kernel.workflow import IllegalStep
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.interruption import postpone_journey
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.models import Interruption, Journey, JourneyLeg, Offer, SettlementRequest
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    TRAVELS_ON,
    accepted,
    depart,
    driving,
    plan,
    queued,
    state_of,
    with_car,
    with_journey,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

NEW_DAY = TRAVELS_ON + timedelta(days=5)
BOOKED_BY = date(2024, 4, 3)  # three working days before it


def put_off(cast: Cast, group: int, new_on: date | None, kind: str = "cancelled", text: str = "") -> Interruption:
    """The centre registers it."""
    with scope(cast.centre, cast.day):
        return postpone_journey(
            group, kind=kind, happened_on=cast.day, new_on=new_on, text=text, by=cast.centre, at=cast.at
        )


def tasks(cast: Cast) -> set[tuple[str, date | None]]:
    """What is open, for whoever, and by when."""
    with scope(cast.municipality, cast.day):
        theirs = set(Task.objects.filter(closed_at__isnull=True).values_list("kind", "due_on"))
    with scope(cast.centre, cast.day):
        ours = set(Task.objects.filter(closed_at__isnull=True).values_list("kind", "due_on"))
    return {each for each in theirs | ours if each[0] != "assign_beds"}


@pytest.mark.req("TRV-01")
def test_with_a_new_day_the_journey_stays_agreed_and_everybodys_task_moves(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    told = put_off(cast, group, NEW_DAY, "delayed")
    assert state_of(cast, group) == "journey_agreed"
    assert (told.was_on, told.new_on) == (TRAVELS_ON, NEW_DAY)
    assert tasks(cast) == {("register_departure", NEW_DAY), ("prepare_arrival", NEW_DAY), ("book_journey", BOOKED_BY)}
    with scope(cast.municipality, cast.day):
        assert Journey.objects.get().travels_on == NEW_DAY


@pytest.mark.req("TRV-01")
def test_without_a_new_day_the_offer_stands_and_the_municipality_knows_that_there_is_none(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    put_off(cast, group, None, "fell_ill")
    assert state_of(cast, group) == "accepted"
    kinds = dict(tasks(cast))
    assert set(kinds) == {"arrange_journey", "prepare_arrival"}
    assert kinds["prepare_arrival"] is None
    with scope(cast.imdi, cast.day):
        assert (Offer.objects.get().state, SettlementRequest.objects.get().state) == ("accepted", "accepted")
        assert Journey.objects.get().postponed_on == cast.day
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(travels_on=NEW_DAY), by=cast.centre, at=cast.at)
        assert Journey.objects.get().postponed_on is None
    assert tasks(cast) == {("register_departure", NEW_DAY), ("prepare_arrival", NEW_DAY), ("book_journey", BOOKED_BY)}


@pytest.mark.req("TRV-01", "TRV-04")
def test_a_journey_that_was_put_off_twice_still_ends_with_a_settlement(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    put_off(cast, group, None)
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(travels_on=NEW_DAY), by=cast.centre, at=cast.at)
    put_off(cast, group, NEW_DAY + timedelta(days=1), "other", "Nøkkelen var borte")
    with scope(cast.imdi, cast.day):
        assert [each.kind for each in Interruption.objects.order_by("pk")] == ["cancelled", "other"]
    depart(cast, group)
    assert state_of(cast, group) == "settled"


@pytest.mark.req("TRV-01")
def test_a_journey_without_a_day_settles_nobody(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    put_off(cast, group, None)
    with pytest.raises(Refused, match="journey_not_agreed"):
        depart(cast, group)


@pytest.mark.req("TRV-02")
def test_the_clocks_of_the_old_day_are_not_those_of_the_new(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.centre, cast.day):
        JourneyLeg.objects.update(departs_at=cast.at, arrives_at=cast.at + timedelta(hours=4))
    put_off(cast, group, NEW_DAY)
    with scope(cast.centre, cast.day):
        assert set(JourneyLeg.objects.values_list("departs_at", "arrives_at")) == {(None, None)}
        assert Journey.objects.get().minutes == 840


@pytest.mark.req("TRV-01")
@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "weather"}, "interruption_kind_missing", "kind"),
        ({"kind": "other"}, "an_interruption_says_what", "text"),
        ({"happened_on": date(2024, 3, 15)}, "interruption_in_the_future", "happened_on"),
        ({"happened_on": date(2024, 3, 13)}, "interruption_before_agreement", "happened_on"),
        ({"new_on": TRAVELS_ON}, "moved_to_the_same_day", "new_on"),
        ({"new_on": date(2024, 3, 13)}, "moved_to_a_later_day", "new_on"),
        ({"new_on": date(2026, 1, 1)}, "journey_too_late", "travels_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, change: dict[str, object], code: str, field: str) -> None:
    group = with_journey(cast, queued(cast))
    typed = {"kind": "delayed", "happened_on": cast.day, "new_on": NEW_DAY} | change
    with scope(cast.centre, cast.day), pytest.raises(Refused) as caught:
        postpone_journey(group, **typed, by=cast.centre, at=cast.at)  # type: ignore[arg-type]
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.req("TRV-01", "TRV-03")
def test_who_drives_is_insured_on_the_new_day_or_agrees_it_anew(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    with pytest.raises(Refused, match="not_insured_on_the_new_day"):
        put_off(cast, group, NEW_DAY)
    put_off(cast, group, None)
    later = driving(travels_on=NEW_DAY)
    assert later.own_car is not None
    insured = replace(later, own_car=replace(later.own_car, green_card_valid_until=NEW_DAY))
    with scope(cast.centre, cast.day):
        agree_journey(group, insured, by=cast.centre, at=cast.at)
    assert state_of(cast, group) == "journey_agreed"


@pytest.mark.req("TRV-01", "TRV-04")
@pytest.mark.parametrize("new_on", [date(2024, 4, 30), date(2024, 12, 31), date(2025, 1, 2)])
def test_a_day_over_the_end_of_a_month_or_a_year_loses_nothing(cast: Cast, new_on: date) -> None:
    group = with_journey(cast, queued(cast))
    put_off(cast, group, new_on)
    assert ("prepare_arrival", new_on) in tasks(cast)
    with scope(cast.imdi, cast.day):
        assert (Offer.objects.get().state, SettlementRequest.objects.get().state) == ("accepted", "accepted")
    put_off(cast, group, new_on + timedelta(days=1))
    then = replace(cast, day=new_on, at=cast.at + (new_on - cast.day))
    depart(then, group)
    assert state_of(then, group) == "settled"


def test_nothing_is_put_off_that_is_not_agreed(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    with pytest.raises(IllegalStep):
        put_off(cast, group, NEW_DAY)


def test_why_is_not_the_municipalitys_to_know_and_is_never_changed(cast: Cast) -> None:
    put_off(cast, with_journey(cast, queued(cast)), NEW_DAY, "fell_ill")
    with scope(cast.municipality, cast.day):
        assert not Interruption.objects.exists()
    with scope(cast.centre, cast.day), pytest.raises(IntegrityError), transaction.atomic():
        Interruption.objects.update(kind="delayed")
