"""While a household asks by itself its place is kept, plans leave it out for a time, and so does who sends (SET-13)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.allocation.queries.inputs import candidates_on
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.public import ask_for_change, lose_home
from fotfeste.self_settlement.queries.asked import left_out_on
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import send_request
from tests.actions.self_settlement.stage import agreed, approved, asks, sent, state_of
from tests.actions.settlement.stage import WEEK, queued
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]


def planned_for(viewer: Viewer, cast: Cast, weeks: int) -> list[int]:
    """The households that a plan some weeks ahead would choose for."""
    day = cast.day + timedelta(weeks=weeks)
    with scope(viewer, day):
        return [subject for _case, subject in candidates_on(viewer, day).cases]


def test_a_plan_leaves_them_out_until_it_has_waited_long_enough(cast: Cast) -> None:
    group = queued(cast)
    assert planned_for(cast.imdi, cast, 0) == [group]
    with scope(cast.imdi, cast.day):
        before = SettlementCase.objects.get(subject_id=group).due_since_on
    asks(cast, group)
    assert planned_for(cast.imdi, cast, 0) == []
    assert planned_for(cast.imdi, cast, 3) == []
    assert planned_for(cast.imdi, cast, 4) == [group]
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
    assert (case.state, case.due_since_on) == ("queued", before)


def test_with_an_approved_home_plans_wait_for_a_while_for_imdi_to_agree(cast: Cast) -> None:
    group = approved(cast)
    assert planned_for(cast.imdi, cast, 3) == []
    assert planned_for(cast.imdi, cast, 4) == [group]


def test_after_a_home_is_lost_plans_wait_for_another_from_that_day(cast: Cast) -> None:
    group, late = approved(cast), timedelta(weeks=7)
    with scope(cast.centre, cast.day + late):
        lose_home(group, by=cast.centre, at=cast.at + late)
    assert planned_for(cast.imdi, cast, 7) == []
    assert planned_for(cast.imdi, cast, 14) == []
    assert planned_for(cast.imdi, cast, 15) == [group]
    with scope(cast.imdi, cast.day + timedelta(weeks=14)):
        assert left_out_on(cast.day + timedelta(weeks=14)) == {"waits_for_home": 1}


def test_after_an_agreement_that_fell_away_plans_wait_from_that_day(cast: Cast) -> None:
    group, late = agreed(cast), timedelta(weeks=20)
    with scope(cast.centre, cast.day + late):
        lose_home(group, by=cast.centre, at=cast.at + late)
    assert planned_for(cast.imdi, cast, 20) == []
    assert planned_for(cast.imdi, cast, 28) == [group]


def test_a_home_that_was_not_good_moves_no_day(cast: Cast) -> None:
    group, late = sent(cast), timedelta(weeks=3)
    with scope(cast.municipality, cast.day + late):
        ask_for_change(group, seen=[], must_change="Rom", by=cast.municipality, at=cast.at + late)
    assert planned_for(cast.imdi, cast, 8) == [group]


def test_no_plan_takes_those_whom_imdi_has_agreed_about(cast: Cast) -> None:
    agreed(cast)
    assert planned_for(cast.imdi, cast, 40) == []


def test_a_municipality_is_asked_for_them_all_the_same_only_with_a_reason(cast: Cast) -> None:
    group, to = asks(cast), cast.other_municipality.organisation_id
    with scope(cast.imdi, cast.day):
        with pytest.raises(Refused) as refused:
            send_request(group, to, wanted_week=WEEK, by=cast.imdi, at=cast.at)
        assert (refused.value.code, refused.value.field) == ("asks_by_themselves", "reasoning")
        assert refused.value.params["municipality"] == "Levanger"
        send_request(group, to, wanted_week=WEEK, reasoning="De haster.", by=cast.imdi, at=cast.at)
    assert state_of(cast, group) == "asked"  # a request is no offer


def test_the_queue_says_whom_they_ask_and_since_when(cast: Cast) -> None:
    asks(cast)
    with logged_in(cast, cast.imdi) as browser:
        assert "ber om avtalt selvbosetting i Levanger siden 14.3." in browser.get(reverse("queue")).content.decode()
