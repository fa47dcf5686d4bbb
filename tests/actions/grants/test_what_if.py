"""What a date would mean in money, before it is saved."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.accommodation.public import (
    BeginOn,
    DepartureReason,
    EndOn,
    MoneyMoved,
    Proposal,
    RightStay,
    StayKind,
    money_moved,
)
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.grants.stage import (
    RATE_2022,
    Payers,
    corrected,
    housed,
    left,
    months,
    noon,
    paid_run,
    payers,
    people,
    registered,
    sums,
)
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-02")]

CAME, SECOND_QUARTER = date(2022, 3, 20), date(2022, 7, 1)
JULY = date(2022, 7, 5)


@pytest.fixture
def by(cast: Cast) -> Payers:
    """Those who work with grants in 2022."""
    return payers(cast)


def asked(by: Payers, group: int, proposal: Proposal, who: Viewer | None = None) -> MoneyMoved | None:
    """What the proposal means to a viewer in July."""
    persons, viewer = people(by, group, JULY), who or by.udi
    with scope(viewer, JULY):
        return money_moved(viewer, persons, proposal, at=noon(JULY))


def told(by: Payers, group: int, proposal: Proposal, who: Viewer | None = None) -> MoneyMoved:
    """The same, where there is an answer."""
    found = asked(by, group, proposal, who)
    assert found is not None
    return found


def test_a_late_end_says_what_is_taken_back_before_it_is_saved_and_the_run_says_the_same(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    found = told(by, group, EndOn(date(2022, 5, 10)))
    assert [(each.month, each.due_ore, each.proposed_ore, each.counted_ore) for each in found.months] == [
        (date(2022, 6, 1), 2 * RATE_2022, 0, 2 * RATE_2022)
    ]
    assert [(each.municipality, each.taken_back_ore, each.to_come_ore) for each in found.municipalities] == [
        ("Levanger", 2 * RATE_2022, 0)
    ]
    before = sums(by, JULY)
    left(by, group, date(2022, 5, 10), DepartureReason.LEFT_COUNTRY, known_on=JULY)
    paid_run(by, SECOND_QUARTER, JULY)
    moved = {place: before[place] - sums(by, JULY).get(place, 0) for place in before}
    assert {month: amount for (_, month), amount in moved.items() if amount} == {date(2022, 6, 1): 2 * RATE_2022}


def test_what_is_not_paid_yet_is_to_come(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    found = told(by, group, EndOn(date(2022, 6, 1)))
    assert [each.month for each in found.months] == months(6)
    assert [(each.taken_back_ore, each.to_come_ore) for each in found.municipalities] == [(0, 6 * RATE_2022)]


def test_a_move_says_what_both_municipalities_get(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    found = told(by, group, BeginOn(date(2022, 5, 12), by.there.organisation_id, StayKind.MAMOT))
    assert {(each.municipality, each.taken_back_ore, each.to_come_ore) for each in found.municipalities} == {
        ("Levanger", 2 * RATE_2022, 0),
        ("Verdal", 0, 2 * RATE_2022),
    }


def test_a_stay_that_never_was_takes_all_back(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    found = told(by, group, RightStay(never_was=True))
    assert [each.taken_back_ore for each in found.municipalities] == [8 * RATE_2022]


@pytest.mark.parametrize("wrong", ["start", "earlier", "end", "goes_on", "municipality", "both"])
def test_what_a_correction_would_mean_is_what_the_run_after_it_says(by: Payers, wrong: str) -> None:
    group = housed(by, registered(by, CAME), by.there, CAME)
    housed(by, group, by.here, date(2022, 5, 12))
    ended_on = {"end": date(2022, 6, 5), "goes_on": date(2022, 5, 25)}
    if wrong in ended_on:
        left(by, group, ended_on[wrong], DepartureReason.LEFT_COUNTRY)
    paid_run(by, SECOND_QUARTER, JULY)
    right = {
        "start": RightStay(start=date(2022, 6, 10)),
        "earlier": RightStay(start=date(2022, 4, 10)),
        "end": RightStay(end=date(2022, 5, 20)),
        "goes_on": RightStay(goes_on=True),
        "municipality": RightStay(municipality_id=by.there.organisation_id),
        "both": RightStay(start=date(2022, 6, 10), municipality_id=by.there.organisation_id),
    }[wrong]
    found, before = told(by, group, right), sums(by, JULY)
    corrected(by, group, right, JULY)
    paid_run(by, SECOND_QUARTER, JULY)
    moved = {place: amount - before.get(place, 0) for place, amount in sums(by, JULY).items()}
    moved |= {place: -amount for place, amount in before.items() if place not in moved}
    names = {by.here.organisation_id: "Levanger", by.there.organisation_id: "Verdal"}
    said = {(each.municipality, each.month): each.difference_ore for each in found.months if each.difference_ore}
    assert {(names[who], month): amount for (who, month), amount in moved.items() if amount} == said
    assert said


def test_a_municipality_is_told_of_its_own_money(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    found = told(by, group, EndOn(date(2022, 5, 10)), by.here)
    assert [(each.municipality, each.taken_back_ore) for each in found.municipalities] == [("Levanger", 2 * RATE_2022)]


def test_a_municipality_is_not_told_where_they_moved_nor_what_is_due_there(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    housed(by, group, by.there, date(2022, 5, 12), known_on=JULY)
    found = told(by, group, EndOn(date(2022, 6, 1)), by.here)
    assert not found.months
    assert [(each.municipality, each.taken_back_ore) for each in found.municipalities] == [("Levanger", 2 * RATE_2022)]


def test_a_municipality_they_came_to_in_the_middle_of_a_month_is_not_told_that_the_month_is_its_own(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    housed(by, group, by.there, date(2022, 5, 12))
    found = told(by, group, EndOn(date(2022, 5, 20)), by.there)
    assert [(each.month, each.due_ore, each.proposed_ore) for each in found.months] == [
        (date(2022, 6, 1), 2 * RATE_2022, 0)
    ]
    assert [(each.municipality, each.to_come_ore) for each in found.municipalities] == []
    later = told(by, group, EndOn(date(2022, 6, 2)), by.there)
    assert [(each.municipality, each.to_come_ore) for each in later.municipalities] == [("Verdal", 2 * RATE_2022)]


@pytest.mark.parametrize("who", ["registrar", "there"])
def test_whoever_sees_no_money_of_theirs_is_told_nothing(by: Payers, who: str) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    assert asked(by, group, EndOn(date(2022, 5, 10)), getattr(by, who)) is None


def test_one_household_is_asked_of_alone_however_many_there_are(by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    persons = people(by, group, JULY)
    with scope(by.udi, JULY), CaptureQueriesContext(connection) as asked_of:
        money_moved(by.udi, persons, EndOn(date(2022, 5, 10)), at=noon(JULY))
    assert len(asked_of) <= 7
    assert not [each["sql"] for each in asked_of if "grant_stays" in each["sql"] or "ledger_lines_of" in each["sql"]]
