"""Ways out of a refusal: all or some say yes, the municipality withdraws, they did not move on the agreed day."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.refusal.models import Refusal
from fotfeste.refusal.public import (
    Happening,
    ask_to_hold,
    close_refusal,
    refusal_of,
    register_acceptance,
    send_first_letter,
    tell_udi,
    withdraw_home,
)
from fotfeste.registry.public import StatusKind, statuses_of
from fotfeste.settlement.actions.booking import write_booking
from fotfeste.settlement.actions.car_claim import pay_own_car
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.domain.journey import LegPlan, OwnCar
from fotfeste.settlement.domain.types import ClosingReason, TravelMode
from fotfeste.settlement.models import Offer, SettlementCase
from fotfeste.settlement.public import annul_refusal, close_case, register_not_moved, send_request
from fotfeste.worklist.public import Task
from tests.actions.refusal.stage import (
    DAY,
    DEADLINE,
    NOTICE_FROM,
    code_of,
    declined,
    does,
    lettered,
    messaged,
    noticed,
    people,
    planned,
    the_refusal,
)
from tests.actions.settlement.stage import TRAVELS_ON, WEEK, depart, open_kinds, plan, queued, state_of, with_journey
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
LATER = date(2024, 4, 4)


def on_day(cast: Cast, day: date) -> Cast:
    """The same cast on another day."""
    return replace(cast, day=day, at=cast.at + (day - cast.day))


def the_offer(cast: Cast, group: int) -> Offer:
    """The newest, as UDI sees it."""
    with scope(cast.udi, cast.day):
        return Offer.objects.filter(subject_id=group).latest("pk")


def accepts(cast: Cast, group: int, names: Collection[str], on: date) -> None:
    """Some of them say yes."""
    who = people(cast, group)
    residents = [who[name] for name in names]
    does(cast, register_acceptance, group, residents, by=cast.centre, on=on, accepted_on=on)


EVERYBODY = ["Olena", "Andrij", "Sofia", "Danylo"]


@pytest.mark.req("REF-05")
def test_all_say_yes_after_step_2_the_offer_stands_and_the_benefit_is_due_again(cast: Cast) -> None:
    group = noticed(cast)
    accepts(cast, group, EVERYBODY, LATER)
    assert state_of(cast, group) == "accepted"
    offer = the_offer(cast, group)
    assert (offer.state, offer.answered_on) == ("accepted", LATER)
    stops = {(stop.start, stop.end) for _, stop in planned(cast, group, LATER).benefit_stops}
    assert stops == {(NOTICE_FROM, LATER)}
    assert open_kinds(cast, group) == {
        ("arrange_journey", cast.centre.organisation_id),
        ("refusal_close", cast.udi.organisation_id),
    }
    with scope(cast.udi, LATER):
        task = Task.objects.get(subject_id=group, kind="arrange_journey", closed_at=None)
    assert (task.basis_on, task.cause) == (LATER, "settlement.accept_after_all")
    does(cast, close_refusal, group, text="De flytter.", by=cast.udi, on=LATER)
    then = on_day(cast, LATER)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=LATER), by=then.centre, at=then.at)
    depart(then, group)
    assert state_of(then, group) == "settled"


@pytest.mark.req("REF-05")
def test_an_acceptance_is_the_centres_of_those_in_it_and_no_childs(cast: Cast) -> None:
    group = lettered(cast)
    who = people(cast, group)
    yes: dict[str, Any] = {"by": cast.centre, "accepted_on": cast.day}
    assert code_of(cast, register_acceptance, group, [who["Sofia"]], **yes) == "refusal_child_accepts_alone"
    assert code_of(cast, register_acceptance, group, [], **yes) == "refusal_names_nobody"
    ahead = yes | {"accepted_on": cast.day + DAY}
    assert code_of(cast, register_acceptance, group, [who["Olena"]], **ahead) == "refusal_event_in_future"
    with pytest.raises(NotAllowed):
        does(cast, register_acceptance, group, [who["Olena"]], by=cast.udi, accepted_on=cast.day)
    with pytest.raises(Refused):
        does(cast, register_acceptance, group, [who["Olena"]], by=cast.other_centre, accepted_on=cast.day)
    accepts(cast, group, ["Olena"], cast.day)
    assert code_of(cast, register_acceptance, group, [who["Olena"]], **yes) == "refusal_accepted"


@pytest.mark.req("REF-05")
def test_some_move_the_refusal_goes_on_for_the_rest_who_may_follow(cast: Cast) -> None:
    group = noticed(cast)
    who = people(cast, group)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    assert planned(cast, group, LATER).in_process == (str(who["Andrij"]),)
    then = on_day(cast, LATER)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=LATER), by=then.centre, at=then.at)
    with pytest.raises(Refused) as caught:
        depart(then, group)
    assert caught.value.code == "still_refuses"
    with pytest.raises(Refused) as caught:
        depart(then, group, persons=[who["Olena"]])
    assert caught.value.code == "settle_the_whole_group"
    depart(then, group, persons=[who[name] for name in ("Olena", "Sofia", "Danylo")])
    assert state_of(then, group) == "settled"
    assert settled_on(then, who) == {"Olena": LATER, "Sofia": LATER, "Danylo": LATER}
    assert ("refusal_petition", cast.udi.organisation_id) in open_kinds(then, group)
    with scope(then.udi, then.day):
        assert SettlementCase.objects.get(subject_id=group).size == 3
        known = organisations_with(who["Andrij"], NeedReason.OFFERED_HERE, then.day)
        assert known == [cast.municipality.organisation_id]
        assert organisations_with(group, NeedReason.SETTLEMENT_CASE, then.day + timedelta(days=365))
    last = on_day(cast, LATER + 7 * DAY)
    with pytest.raises(Refused) as caught:
        depart(last, group, persons=[who["Andrij"]])
    assert caught.value.code == "still_refuses"
    accepts(cast, group, ["Andrij"], last.day)
    depart(last, group, persons=[who["Andrij"]])
    assert settled_on(last, who)["Andrij"] == last.day
    with scope(last.udi, last.day):
        assert not organisations_with(who["Andrij"], NeedReason.OFFERED_HERE, last.day)
        assert cast.municipality.organisation_id in organisations_with(who["Andrij"], NeedReason.SETTLED_HERE, last.day)
    assert ("refusal_close", cast.udi.organisation_id) in open_kinds(last, group)


@pytest.mark.req("TRV-01")
def test_nobody_books_for_who_refuses_still(cast: Cast) -> None:
    group = noticed(cast)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    then = on_day(cast, LATER)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=LATER), by=then.centre, at=then.at)
        written = write_booking(group, by=then.centre, at=then.at)
    assert "1 voksen og 2 barn" in written.text


@pytest.mark.req("TRV-03")
def test_nobody_pays_for_who_refuses_still(cast: Cast) -> None:
    group = noticed(cast)
    who = people(cast, group)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    then = on_day(cast, LATER)
    by_car = plan(
        travels_on=LATER,
        hub="",
        legs=(LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger"),),
        own_car=OwnCar(4, 129_900, LATER, LATER),
    )
    fewer = replace(by_car, own_car=OwnCar(3, 129_900, LATER, LATER))
    with scope(then.centre, then.day):
        with pytest.raises(Refused, match="persons_in_car_wrong"):
            agree_journey(group, by_car, by=then.centre, at=then.at)
        agree_journey(group, fewer, by=then.centre, at=then.at)
    depart(then, group, persons=[who[name] for name in ("Olena", "Sofia", "Danylo")])
    with scope(then.centre, then.day):
        claim = pay_own_car(group, paid_on=LATER, by=then.centre, at=then.at)
    assert claim.amount_ore == 3 * 129_900


@pytest.mark.req("REF-03")
def test_who_refuses_still_leaves_as_such_after_the_others_were_settled(cast: Cast) -> None:
    group = noticed(cast)
    who = people(cast, group)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    then = on_day(cast, LATER)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=LATER), by=then.centre, at=then.at)
    depart(then, group, persons=[who[name] for name in ("Olena", "Sofia", "Danylo")])
    last = on_day(cast, LATER + DAY)
    depart(last, group, DepartureReason.REFUSED_AND_MOVED, persons=[who["Andrij"]])
    assert state_of(last, group) == "settled"
    assert "Andrij" not in settled_on(last, who)
    with scope(last.udi, last.day):
        assert not organisations_with(who["Andrij"], NeedReason.OFFERED_HERE, last.day)
        assert not organisations_with(group, NeedReason.SETTLEMENT_CASE, last.day + timedelta(days=365))
        assert organisations_with(group, NeedReason.SETTLED_HERE, last.day) == [cast.municipality.organisation_id]


def settled_on(cast: Cast, who: dict[str, int]) -> dict[str, date]:
    """From which day each is settled, by name."""
    with scope(cast.udi, cast.day):
        statuses = statuses_of(who.values())
    return {
        name: each.holds_on
        for name, subject in who.items()
        for each in statuses[subject]
        if each.kind == StatusKind.SETTLED
    }


@pytest.mark.req("REF-05")
def test_the_municipality_withdraws_and_who_says_yes_then_waits_for_another(cast: Cast) -> None:
    group = declined(cast)
    no: dict[str, Any] = {"by": cast.municipality, "text": "Boligen er leid ut."}
    assert code_of(cast, withdraw_home, group, **no) == "refusal_hold_asked"
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    does(cast, tell_udi, group, by=cast.imdi)
    assert code_of(cast, withdraw_home, group, **no | {"text": ""}) == "refusal_needs_words"
    before = open_kinds(cast, group)
    does(cast, withdraw_home, group, **no)
    assert before - open_kinds(cast, group) == {("refusal_hold", cast.municipality.organisation_id)}
    with scope(cast.municipality, cast.day):
        assert refusal_of(group) is None
    assert not planned(cast, group).offer_stands
    does(cast, send_first_letter, group, by=cast.udi)
    accepts(cast, group, EVERYBODY, LATER)
    assert state_of(cast, group) == "queued"
    offer = the_offer(cast, group)
    assert (offer.state, offer.withdrawal_reason, offer.told_on) == ("withdrawn", "municipality_withdraws", LATER)
    assert ("find_municipality", cast.imdi.organisation_id) in open_kinds(cast, group)
    then = on_day(cast, LATER)
    with scope(then.imdi, then.day):  # they may be offered another
        send_request(group, cast.other_municipality.organisation_id, wanted_week=WEEK, by=then.imdi, at=then.at)


@pytest.mark.req("REF-03")
def test_nobody_who_has_said_yes_is_evicted(cast: Cast) -> None:
    group = lettered(cast)
    who = people(cast, group)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    said_yes, then = [who[name] for name in ("Olena", "Sofia", "Danylo")], on_day(cast, LATER)
    with pytest.raises(Refused) as caught:
        depart(then, group, DepartureReason.EVICTED, persons=said_yes, on=LATER)
    assert caught.value.code == "refusal_accepted"


@pytest.mark.req("REF-05")
def test_who_says_yes_when_the_others_case_is_closed_is_in_the_queue_again(cast: Cast) -> None:
    group = lettered(cast)
    accepts(cast, group, ("Olena", "Sofia", "Danylo"), LATER)
    then = on_day(cast, LATER)
    with scope(then.imdi, then.day):
        close_case(group, reason=ClosingReason.OTHER, text="De vil flytte selv.", by=then.imdi, at=then.at)
    assert state_of(cast, group) == "closed"
    assert not planned(cast, group, LATER).offer_stands
    accepts(cast, group, ("Andrij",), LATER)
    assert state_of(cast, group) == "queued"
    assert ("find_municipality", cast.imdi.organisation_id) in open_kinds(cast, group)
    with scope(then.imdi, then.day):  # they may be offered another
        send_request(group, cast.other_municipality.organisation_id, wanted_week=WEEK, by=then.imdi, at=then.at)


@pytest.mark.req("REF-01")
def test_they_did_not_move_on_the_agreed_day(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    assert code_of(cast, register_not_moved, group, by=cast.centre, on=TRAVELS_ON) == "journey_day_not_over"
    with pytest.raises(NotAllowed):
        does(cast, register_not_moved, group, by=cast.udi, on=TRAVELS_ON + DAY)
    does(cast, register_not_moved, group, by=cast.centre, on=TRAVELS_ON + DAY)
    assert state_of(cast, group) == "refused"
    offer = the_offer(cast, group)
    assert (offer.state, offer.not_moved_on) == ("declined", TRAVELS_ON)
    refusal = the_refusal(cast, group, TRAVELS_ON + DAY)
    assert (refusal.cause, refusal.opened_on) == ("not_moved", TRAVELS_ON)
    assert open_kinds(cast, group) == {
        ("follow_refusal", cast.imdi.organisation_id),
        ("refusal_talk", cast.centre.organisation_id),
        ("refusal_first_letter", cast.udi.organisation_id),
    }


@pytest.mark.req("REF-01")
def test_that_they_did_not_move_was_wrong_and_the_journey_stands(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    before = open_kinds(cast, group)
    does(cast, register_not_moved, group, by=cast.centre, on=TRAVELS_ON + DAY)
    does(cast, annul_refusal, group, reason="wrong_choice", by=cast.imdi, on=TRAVELS_ON + 2 * DAY)
    assert (state_of(cast, group), the_offer(cast, group).state) == ("journey_agreed", "accepted")
    assert open_kinds(cast, group) == before
    with scope(cast.udi, cast.day):
        assert refusal_of(group) is None
    depart(on_day(cast, TRAVELS_ON + 3 * DAY), group)


@pytest.mark.req("REF-05")
def test_who_said_yes_and_does_not_move_again_begins_anew_with_those_who_never_did(cast: Cast) -> None:
    group = noticed(cast)
    accepts(cast, group, ["Olena", "Sofia", "Danylo"], LATER)
    then = on_day(cast, LATER)
    with scope(then.centre, then.day):
        agree_journey(group, plan(travels_on=LATER), by=then.centre, at=then.at)
    does(cast, register_not_moved, group, by=cast.centre, on=LATER + DAY)
    with scope(cast.udi, LATER + DAY):
        assert list(Refusal.objects.order_by("pk").values_list("closed_on", flat=True)) == [LATER + DAY, None]
    plan_of_it = planned(cast, group, LATER + DAY)
    assert (len(plan_of_it.in_process), plan_of_it.step) == (4, "opened")


@pytest.mark.req("REF-05")
def test_an_acceptance_may_be_written_down_later_and_counts_from_its_day(cast: Cast) -> None:
    group = messaged(cast)
    does(cast, send_first_letter, group, by=cast.udi, on=cast.day + 2 * DAY)
    who = people(cast, group)
    how: dict[str, Any] = {"by": cast.centre, "on": cast.day + 3 * DAY, "accepted_on": cast.day + DAY}
    does(cast, register_acceptance, group, list(who.values()), **how)
    out = planned(cast, group, cast.day + 3 * DAY).out
    assert {(event.kind, event.on) for _, event in out} == {(Happening.ACCEPTED, cast.day + DAY)}
    assert planned(cast, group, cast.day + 3 * DAY).benefit_stops == ()
    with pytest.raises(Refused):
        depart(cast, group, DepartureReason.AGREED_SETTLEMENT)
