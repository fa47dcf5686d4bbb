"""Somebody followed those who had moved, and it was a slip: they stay settled as they were, he alone has not moved."""

from datetime import date

import pytest

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.public import annul_departure
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.models import StatusEvent
from fotfeste.registry.public import Mistake, StatusKind
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import confirm_arrival
from tests.actions.refusal.stage import DAY, does
from tests.actions.refusal.test_held_places import SOME, part_of_them_settled, places
from tests.actions.refusal.test_ways_out import LATER, accepts, on_day
from tests.actions.settlement.stage import depart, open_kinds, state_of
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-05"), pytest.mark.req("ACC-04")]
REST = "Andrij"
FOLLOWED = LATER + 2 * DAY
MISTAKEN = LATER + 3 * DAY
AGAIN = LATER + 4 * DAY


def followed(cast: Cast) -> tuple[int, dict[str, int]]:
    """Three of four moved on 4 April; Andrij said yes on the 5th and followed on the 6th."""
    group, who = part_of_them_settled(cast)
    accepts(cast, group, [REST], LATER + DAY)
    depart(on_day(cast, FOLLOWED), group, persons=[who[REST]])
    return group, who


def takes_back(cast: Cast, group: int, persons: list[int]) -> None:
    """The centre takes back, on the 7th, that they left."""
    does(cast, annul_departure, group, persons, reason=Mistake.WRONG_CHOICE, by=cast.centre, on=MISTAKEN)


def settled_on(cast: Cast, who: dict[str, int], on: date) -> dict[str, date]:
    """Since when each is settled who is."""
    names = {subject: name for name, subject in who.items()}
    with scope(cast.udi, on):
        rows = StatusEvent.objects.current().filter(subject_id__in=who.values(), kind=StatusKind.SETTLED)
        return {names[row.subject_id]: row.holds_on for row in rows}


def known_to_levanger(cast: Cast, who: dict[str, int], reason: NeedReason, on: date) -> set[str]:
    """Of whom Levanger knows on a day, for a reason."""
    with scope(cast.udi, on):
        to = cast.municipality.organisation_id
        return {name for name, subject in who.items() if to in organisations_with(subject, reason, on)}


def test_who_moved_before_him_stay_settled_since_they_moved(cast: Cast) -> None:
    group, who = followed(cast)
    takes_back(cast, group, [who[REST]])
    assert settled_on(cast, who, MISTAKEN) == dict.fromkeys(SOME, LATER)
    assert known_to_levanger(cast, who, NeedReason.SETTLED_HERE, MISTAKEN) == {*SOME}
    assert known_to_levanger(cast, who, NeedReason.OFFERED_HERE, MISTAKEN) == {REST}
    assert places(cast, 3) == (3, 1)
    assert state_of(on_day(cast, MISTAKEN), group) == "settled"  # which IMDi sees again
    with scope(cast.udi, MISTAKEN):
        case = SettlementCase.objects.get(subject_id=group)
        assert (case.size, case.state_since_on) == (3, LATER)


def test_the_tasks_are_those_of_before_he_followed(cast: Cast) -> None:
    group, who = part_of_them_settled(cast)
    accepts(cast, group, [REST], LATER + DAY)
    before = open_kinds(on_day(cast, LATER + DAY), group)
    assert {kind for kind, _ in before} >= {"follow_settled", "receive_household"}
    depart(on_day(cast, FOLLOWED), group, persons=[who[REST]])
    takes_back(cast, group, [who[REST]])
    assert open_kinds(on_day(cast, MISTAKEN), group) == before


def test_he_follows_anew_and_is_settled_from_then(cast: Cast) -> None:
    group, who = followed(cast)
    takes_back(cast, group, [who[REST]])
    depart(on_day(cast, AGAIN), group, persons=[who[REST]])
    assert settled_on(cast, who, AGAIN) == {**dict.fromkeys(SOME, LATER), REST: AGAIN}
    assert places(cast, 4) == (4, 0)
    assert "follow_settled" not in {kind for kind, _ in open_kinds(on_day(cast, AGAIN), group)}


def test_that_the_others_were_received_does_not_stand_in_his_way(cast: Cast) -> None:
    group, who = followed(cast)
    does(cast, confirm_arrival, group, by=cast.municipality, on=FOLLOWED, arrived_on=LATER)
    takes_back(cast, group, [who[REST]])
    assert settled_on(cast, who, MISTAKEN) == dict.fromkeys(SOME, LATER)


def test_all_of_it_is_taken_back_from_the_last_to_the_first(cast: Cast) -> None:
    group, who = followed(cast)
    some = [who[name] for name in SOME]
    with pytest.raises(Refused) as refused:
        takes_back(cast, group, some)
    assert refused.value.code == "the_others_are_settled"
    assert settled_on(cast, who, MISTAKEN) == {**dict.fromkeys(SOME, LATER), REST: FOLLOWED}
    takes_back(cast, group, [who[REST]])
    takes_back(cast, group, some)
    assert settled_on(cast, who, MISTAKEN) == {}
    assert state_of(on_day(cast, MISTAKEN), group) == "journey_agreed"
    assert "follow_settled" not in {kind for kind, _ in open_kinds(on_day(cast, MISTAKEN), group)}
    assert places(cast, 3) == (0, 4)
    depart(on_day(cast, AGAIN), group)
    assert settled_on(cast, who, AGAIN) == dict.fromkeys(who, AGAIN)
