"""A journey of those who found the municipality themselves that is over: nobody is left with a task that is none."""

from datetime import timedelta

import pytest

from fotfeste.accommodation.public import StayKind, start_private_stay
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.destination import cancel_own_journey
from fotfeste.settlement.domain.booking import BookingTask
from fotfeste.settlement.models import SettlementCase
from tests.actions.self_settlement.test_own_journey import on, told
from tests.actions.settlement.stage import TRAVELS_ON, open_kinds
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13"), pytest.mark.req("TRV-01")]


@pytest.mark.parametrize(("days", "is_asked"), [(0, True), (1, False)])
def test_a_municipality_that_ends_it_asks_nobody_to_cancel_a_journey_whose_day_is_past(
    cast: Cast, days: int, is_asked: bool
) -> None:
    group, there = told(cast), on(cast, TRAVELS_ON + timedelta(days=days))
    with scope(there.municipality, there.day):
        case = SettlementCase.objects.get(subject_id=group)
        cause = "settlement.annul_agreement"
        cancel_own_journey(case, cause=cause, on=there.day, by=there.municipality, at=there.at)
    assert (("cancel_journey", cast.centre.organisation_id) in open_kinds(there, group)) is is_asked


def test_who_begins_to_live_privately_leaves_no_task_of_the_journey_with_the_centre(cast: Cast) -> None:
    group = told(cast)
    asked = {(str(kind), cast.centre.organisation_id) for kind in BookingTask}
    assert asked & open_kinds(cast, group)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        kind, to = StayKind.AMOT, cast.municipality.organisation_id
        start_private_stay(group, persons, kind=kind, municipality_id=to, on=cast.day, by=cast.udi, at=cast.at)
    assert not asked & open_kinds(cast, group)
