"""A household that is not as large as its journey by own car was agreed for: the centre puts it right, UDI waits."""

from collections.abc import Callable

import pytest

from fotfeste.accommodation.public import DepartureReason, everyone_of
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from fotfeste.settlement.actions.car_claim import decide_car_claim, refund_car_claim
from fotfeste.settlement.models import CarClaim
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import approved, claimed, depart, paid, queued, state_of, with_car
from tests.actions.settlement.test_car_claim import EACH, denies, due, in_the_car, pay
from tests.actions.settlement.test_grown import joined
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def fewer(cast: Cast, group: int) -> None:
    """The youngest leaves on their own, after the journey was agreed for all four."""
    with scope(cast.centre, cast.day):
        youngest = max(members_of(group, cast.day), key=lambda each: each.birth_date)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS, persons=[youngest.subject_id])


def the_rest(cast: Cast, group: int) -> list[int]:
    """Those who still live at the centre."""
    with scope(cast.centre, cast.day):
        return [each.subject_id for each in everyone_of(group, cast.day) if each.is_staying]


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize("stage", [with_car, paid])
def test_nobody_departs_while_more_are_in_the_car_than_travel(stage: Callable[[Cast, int], int], cast: Cast) -> None:
    group = stage(cast, queued(cast))
    fewer(cast, group)
    with pytest.raises(Refused, match="fewer_travel_than_in_car") as caught:
        depart(cast, group, persons=the_rest(cast, group))
    assert (caught.value.field, caught.value.params) == ("persons", {"in_car": 4, "size": 3})
    in_the_car(cast, group, 3)
    depart(cast, group, persons=the_rest(cast, group))
    assert state_of(cast, group) == "settled"
    pay(cast, group)
    assert due(cast, group) == 0
    with scope(cast.centre, cast.day):
        assert sum(CarClaim.objects.values_list("amount_ore", flat=True)) == 3 * EACH


def fit_car(cast: Cast) -> list[str]:
    """What became of the centre's tasks of putting the car right; nothing of one that is open."""
    with scope(cast.centre, cast.day):
        return list(Task.objects.filter(kind="fit_car").order_by("pk").values_list("outcome", flat=True))


@pytest.mark.req("TRV-03")
def test_the_centre_is_asked_to_put_the_journey_right_and_udi_covers_nothing_until_then(cast: Cast) -> None:
    group = approved(cast, queued(cast))
    assert fit_car(cast) == []
    fewer(cast, group)
    assert fit_car(cast) == [""]
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="paid_for_more_than_travel"):
        refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at)
    in_the_car(cast, group, 3)
    assert fit_car(cast) == ["done"]
    assert due(cast, group) == -EACH
    with scope(cast.udi, cast.day):
        refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at)


@pytest.mark.req("TRV-03")
def test_udi_approves_nothing_for_more_than_travel_and_may_deny_it(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    fewer(cast, group)
    with scope(cast.udi, cast.day), pytest.raises(Refused, match="paid_for_more_than_travel"):
        decide_car_claim(group, approves=True, by=cast.udi, at=cast.at)
    denies(cast, group)


@pytest.mark.req("TRV-03")
def test_a_newcomer_to_those_who_drive_is_asked_about_until_the_journey_is_agreed_again(cast: Cast) -> None:
    group = with_car(cast, queued(cast))
    joined(cast, group)
    assert fit_car(cast) == [""]
    in_the_car(cast, group, 4)  # who has come goes otherwise: the centre has said so
    assert fit_car(cast) == ["done"]
    pay(cast, group)
    assert fit_car(cast) == ["done"]
    joined(cast, group, "Olha")
    in_the_car(cast, group, 6)
    assert fit_car(cast) == ["done", "done"]
    assert due(cast, group) == 2 * EACH
