"""The form of the journey: as many legs as a way has, and what is said of fares and of luggage when it is saved."""

from itertools import pairwise

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.settlement.models import Journey
from tests.actions.settlement.stage import accepted, queued
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db

WAY = ("Voss", "Bergen", "Flesland", "Gardermoen", "Værnes", "Levanger")
AGREED = {
    "travels_on": "2.4.2024",
    "agreed_with": "Anne Moe",
    "agreed_on": "14.3.2024",
    "hours": "14",
    "has_food": "on",
    "luggage_pieces": "2",
}
BY_CAR = AGREED | {
    "leg_1_mode": "own_car",
    "leg_1_start": "Voss",
    "leg_1_end": "Levanger",
    "is_own_car": "on",
    "persons_in_car": "4",
    "ticket_price": "499",
    "self_declaration_signed_on": "14.3.2024",
    "green_card_valid_until": "2.4.2024",
}


def legs(carrier: str = "SAS") -> dict[str, str]:
    """Five, from place to place."""
    typed = AGREED | {"hub": "Levanger"}
    for number, (start, end) in enumerate(pairwise(WAY), start=1):
        typed |= {f"leg_{number}_mode": "bus", f"leg_{number}_start": start, f"leg_{number}_end": end}
    return typed | {"leg_3_mode": "plane", "leg_3_operator": carrier}


@pytest.mark.req("TRV-01")
def test_a_way_of_five_legs_is_written_whole(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    address = reverse("arrange_journey", args=[reference_of(group)])
    with logged_in(cast, cast.centre) as browser:
        wrong = browser.post(address, legs() | {"leg_5_start": "Stjørdal"})
        assert wrong.status_code == 422
        assert "leg_5_end" in wrong.context["form"].errors
        assert browser.post(address, legs()).status_code == 302
        again = browser.get(address).content.decode()
    assert 'value="Værnes"' in again
    assert "<legend>Strekning 6</legend>" in again
    with scope(cast.centre, cast.day):
        assert [leg.end for leg in Journey.objects.get().legs.order_by("number")] == list(WAY[1:])


@pytest.mark.req("TRV-02")
def test_another_carrier_is_asked_about_luggage_anew(cast: Cast) -> None:
    group = accepted(cast, queued(cast))
    address = reverse("arrange_journey", args=[reference_of(group)])

    def checked() -> bool:
        with scope(cast.centre, cast.day):
            return Journey.objects.get().luggage_checked_on is not None

    with logged_in(cast, cast.centre) as browser:
        browser.post(address, legs() | {"luggage_checked_on": "14.3.2024"})
        assert checked()
        said = browser.post(address, legs("Flyr") | {"luggage_checked_on": "14.3.2024"}, follow=True).content.decode()
        assert not checked()
        assert "Vi kjenner ikke bagasjegrensen til Flyr. Spør selskapet." in said
        assert "Dagen selskapene ble spurt om bagasje, er tatt bort: et nytt selskap er kommet til." in said
        said = browser.post(address, legs("Flyr") | {"luggage_checked_on": "14.3.2024"}, follow=True).content.decode()
        assert checked()
        assert "er tatt bort" not in said


@pytest.mark.req("TRV-03")
@pytest.mark.parametrize(
    ("fares", "is_said"),
    [({}, True), ({"children_in_car": "2", "child_price": "250"}, False), ({"persons_in_car": "2"}, False)],
)
def test_children_at_the_fare_of_adults_are_said_when_it_is_saved(
    fares: dict[str, str], is_said: bool, cast: Cast
) -> None:
    group = accepted(cast, queued(cast))
    with logged_in(cast, cast.centre) as browser:
        address = reverse("arrange_journey", args=[reference_of(group)])
        said = browser.post(address, BY_CAR | fares, follow=True).content.decode()
    assert ("2 i bilen er under 18 år på reisedagen" in said) == is_said
