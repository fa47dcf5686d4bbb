"""Everybody leaves and never left: whether the offer stands is told as it is (REF-05)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fotfeste.accommodation.public import annul_departure
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import close_refusal, register_acceptance
from fotfeste.settlement.public import SettlementCase, see_withdrawals
from tests.actions.refusal.stage import MOVED, does, lettered, people, planned
from tests.actions.settlement.stage import depart
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("REF-05")
@pytest.mark.parametrize("closed_between", [False, True])
@pytest.mark.parametrize("yes", [(), ("Olena",)])
def test_where_all_left_and_never_did_the_rest_are_told_whether_the_offer_stands(
    cast: Cast, yes: tuple[str, ...], closed_between: bool
) -> None:
    group = lettered(cast)
    everybody = people(cast, group)
    for name in yes:
        does(cast, register_acceptance, group, [everybody[name]], by=cast.centre, accepted_on=cast.day)
    on = cast.day + timedelta(days=1)
    depart(replace(cast, at=cast.at + timedelta(days=1)), group, MOVED)
    if closed_between:
        does(cast, close_refusal, group, by=cast.udi, on=on, text="Flyttet.")
    does(cast, annul_departure, group, [*everybody.values()], by=cast.centre, on=on, reason="wrong_choice")
    with scope(cast.imdi, on):
        case = SettlementCase.objects.filter(subject_id=group).latest("pk")
        offer = case.offers.select_related("request").latest("pk")
    plan = planned(cast, group, on)
    assert plan.in_process
    assert plan.offer_stands == (offer.request.state != "withdrawn")
    assert plan.offer_stands == (not yes)


@pytest.mark.req("REF-05")
def test_a_municipality_that_has_seen_that_they_left_holds_nothing_though_they_never_did(cast: Cast) -> None:
    group = lettered(cast)
    everybody = [*people(cast, group).values()]
    on = cast.day + timedelta(days=1)
    depart(replace(cast, at=cast.at + timedelta(days=1)), group, MOVED)
    does(cast, see_withdrawals, group, by=cast.municipality, on=on)
    does(cast, annul_departure, group, everybody, by=cast.centre, on=on, reason="wrong_choice")
    assert not planned(cast, group, on).offer_stands
    does(cast, register_acceptance, group, everybody, by=cast.centre, on=on, accepted_on=on)
    with scope(cast.imdi, on):
        assert SettlementCase.objects.filter(subject_id=group).latest("pk").state == "queued"
