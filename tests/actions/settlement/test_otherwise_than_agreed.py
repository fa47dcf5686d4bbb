"""Settled otherwise than it was agreed: earlier, or in another municipality. It is confirmed, and shown (TRV-04)."""

from datetime import date, timedelta

import pytest
import time_machine

from fotfeste.accommodation.public import DepartureReason, register_departure
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import members_of
from tests.actions.settlement.stage import TRAVELS_ON, queued, refused, state_of, with_journey
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRV-04"), pytest.mark.req("ACC-04")]
SETTLED = DepartureReason.AGREED_SETTLEMENT


def leave(
    cast: Cast,
    group: int,
    on: date,
    postal_code: str = "7600",
    reason: DepartureReason = SETTLED,
    *,
    is_meant: bool = False,
) -> None:
    """All of them leave Voss on a day that has come."""
    at = cast.at + (max(on, cast.day) - cast.day)
    where = ("Storgata 1", postal_code) if reason is SETTLED else ()
    with scope(cast.centre, at.date()):
        people = [member.subject_id for member in members_of(group, at.date())]
        register_departure(group, people, on, reason, *where, is_meant=is_meant, by=cast.centre, at=at)


@pytest.mark.parametrize(
    ("on", "postal_code", "code"),
    [
        (date(2024, 3, 14), "7600", "departure_before_journey"),
        (TRAVELS_ON - timedelta(days=1), "7600", "departure_before_journey"),
        (TRAVELS_ON, "0150", "address_elsewhere"),
        (TRAVELS_ON, "7650", "address_elsewhere"),
    ],
)
def test_nobody_is_settled_otherwise_than_agreed_by_a_slip(cast: Cast, on: date, postal_code: str, code: str) -> None:
    group = with_journey(cast, queued(cast))
    with pytest.raises(Refused) as caught:
        leave(cast, group, on, postal_code)
    assert (caught.value.code, caught.value.field) == (code, "is_meant")
    assert "kryss av" in sentence_for(caught.value)
    assert state_of(cast, group) == "journey_agreed"
    leave(cast, group, on, postal_code, is_meant=True)
    assert state_of(cast, group) == "settled"


@pytest.mark.parametrize("on", [TRAVELS_ON, TRAVELS_ON + timedelta(days=1)])
def test_who_travels_as_agreed_or_later_confirms_nothing(cast: Cast, on: date) -> None:
    group = with_journey(cast, queued(cast))
    leave(cast, group, on)
    assert state_of(cast, group) == "settled"


def test_the_municipality_is_shown_what_became_otherwise(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    leave(cast, group, cast.day, "0150", is_meant=True)
    with logged_in(cast, cast.municipality) as browser:
        page = browser.get(f"/husstand/{reference_of(group)}/").text
    assert "Reisen var avtalt til 2. april 2024." in page
    assert "Adressen de oppga, ligger i en annen kommune: Storgata 1, 0150 Oslo." in page


def test_the_form_asks_whether_it_is_meant_only_where_a_journey_is_agreed(cast: Cast) -> None:
    group, other = with_journey(cast, queued(cast)), queued(cast)
    with logged_in(cast, cast.centre) as browser, time_machine.travel(cast.at, tick=False):
        with scope(cast.centre, cast.day):
            people = [member.subject_id for member in members_of(group, cast.day)]
        address = f"/husstand/{reference_of(group)}/avreise/"
        typed = {
            "persons": people,
            "on": "14.3.2024",
            "reason": SETTLED,
            "street": "Kirkegata 1",
            "postal_code": "7600",
        }
        answer = browser.post(address, typed)
        assert answer.status_code == 422
        assert "Reisen er avtalt til 2. april 2024." in answer.text
        assert browser.post(address, typed | {"is_meant": "on"}).status_code == 302
        assert "is_meant" not in browser.get(f"/husstand/{reference_of(other)}/avreise/").text


def test_only_who_has_said_no_is_registered_as_one_who_has(cast: Cast) -> None:
    group, other = queued(cast), refused(cast, queued(cast))
    with pytest.raises(Refused) as caught:
        leave(cast, group, cast.day, reason=DepartureReason.REFUSED_AND_MOVED)
    assert (caught.value.code, caught.value.field) == ("nobody_has_refused", "reason")
    with logged_in(cast, cast.centre) as browser:
        assert "Sa nei til bosetting" not in browser.get(f"/husstand/{reference_of(group)}/avreise/").text
        assert "Sa nei til bosetting" in browser.get(f"/husstand/{reference_of(other)}/avreise/").text
    leave(cast, other, cast.day, reason=DepartureReason.REFUSED_AND_MOVED)
