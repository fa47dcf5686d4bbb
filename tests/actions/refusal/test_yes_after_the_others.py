"""Somebody says yes when the others of the household have been settled: everybody who has a part hears of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.accommodation.public import DepartureReason
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import ask_to_hold, register_acceptance, withdraw_home
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.models import Offer
from fotfeste.settlement.public import see_change
from tests.actions.refusal.stage import DEADLINE, declined, does, people, planned
from tests.actions.settlement.stage import depart, open_kinds, plan, state_of
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
LATER = date(2024, 3, 20)
LAST = LATER + timedelta(days=7)
REST = "Andrij"


def later(cast: Cast, on: date) -> Cast:
    """The same cast on another day."""
    return replace(cast, day=on, at=cast.at + (on - cast.day))


def others_settled(cast: Cast) -> int:
    """All but Andrij have moved to Levanger; he refuses still, and Levanger holds the place."""
    group = declined(cast)
    does(cast, ask_to_hold, group, by=cast.imdi, deadline_on=DEADLINE)
    who = people(cast, group)
    going = [person for name, person in who.items() if name != REST]
    does(cast, register_acceptance, group, going, by=cast.centre, on=LATER, accepted_on=LATER)
    does(cast, agree_journey, group, plan(travels_on=LATER), by=cast.centre, on=LATER)
    depart(later(cast, LATER), group, persons=going)
    return group


def says_yes(cast: Cast, group: int) -> int:
    """He says yes after all."""
    one = people(cast, group)[REST]
    does(cast, register_acceptance, group, [one], by=cast.centre, on=LAST, accepted_on=LAST)
    return one


@pytest.mark.req("REF-05")
def test_the_centre_imdi_and_the_municipality_hear_of_who_comes_after_the_others(cast: Cast) -> None:
    group = others_settled(cast)
    one = says_yes(cast, group)
    kinds = open_kinds(cast, group)
    assert {organisation for kind, organisation in kinds if kind == "follow_settled"} == {
        cast.centre.organisation_id,
        cast.imdi.organisation_id,
    }
    assert ("see_change", cast.municipality.organisation_id) in kinds
    does(cast, see_change, group, by=cast.municipality, on=LAST)
    depart(later(cast, LAST), group, DepartureReason.AGREED_SETTLEMENT, persons=[one])
    assert "follow_settled" not in {kind for kind, _ in open_kinds(cast, group)}
    assert state_of(later(cast, LAST), group) == "settled"


@pytest.mark.req("REF-05")
@pytest.mark.parametrize("yes_first", [False, True])
def test_the_municipality_lets_go_of_the_rest_who_then_wait_for_another(cast: Cast, yes_first: bool) -> None:
    group = others_settled(cast)
    if yes_first:
        says_yes(cast, group)
    does(cast, withdraw_home, group, by=cast.municipality, on=LAST, text="Utleid.")
    assert not planned(cast, group, LAST).offer_stands
    one = people(cast, group)[REST] if yes_first else says_yes(cast, group)
    kinds = open_kinds(cast, group)
    assert ("follow_settled", cast.imdi.organisation_id) in kinds
    assert yes_first or ("follow_settled", cast.centre.organisation_id) not in kinds
    with pytest.raises(Refused):
        depart(later(cast, LAST), group, DepartureReason.AGREED_SETTLEMENT, persons=[one])
    with scope(cast.imdi, LAST):
        assert one not in Offer.objects.get(subject_id=group, state="accepted").persons  # may have another
    assert state_of(later(cast, LAST), group) == "settled"
