"""Every page from the queue to the municipality keeps within fifteen queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.actions.settlement.stage import (
    accepted,
    approved,
    booked,
    claimed,
    denied,
    depart,
    found,
    offered,
    paid,
    queued,
    requested,
    sent,
    with_car,
    with_journey,
)
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def departed(cast: Cast, group: int) -> int:
    """They have left for their municipality."""
    depart(cast, with_journey(cast, group))
    return group


@pytest.mark.parametrize(
    ("name", "step", "who", "rest"),
    [
        ("find_municipality", lambda cast, group: group, "imdi", []),
        ("send_request", lambda cast, group: group, "imdi", ["5037"]),
        ("settlement_request", requested, "imdi", []),
        ("withdraw_request", requested, "imdi", []),
        ("answer_request", requested, "municipality", []),
        ("release_municipality", found, "imdi", []),
        ("make_offer", found, "imdi", []),
        ("register_offer_answer", offered, "centre", []),
        ("arrange_journey", with_journey, "centre", []),
        ("ask_travel_approval", accepted, "centre", []),
        ("write_booking", with_journey, "centre", []),
        ("send_booking", booked, "centre", []),
        ("answer_booking", sent, "centre", []),
        ("postpone_journey", with_journey, "centre", []),
        ("pay_own_car", with_car, "centre", []),
        ("send_car_claim", paid, "centre", []),
        ("resend_car_claim", denied, "centre", []),
        ("decide_car_claim", claimed, "udi", []),
        ("refund_car_claim", approved, "udi", []),
        ("household", sent, "centre", []),
        ("household", claimed, "udi", []),
        ("confirm_arrival", departed, "municipality", []),
        ("close_case", offered, "centre", []),
        ("household", with_journey, "centre", []),
        ("household", with_journey, "municipality", []),
        ("household", requested, "imdi", []),
    ],
)
def test_a_page_keeps_its_budget(
    cast: Cast, name: str, step: Callable[[Cast, int], int], who: str, rest: list[str]
) -> None:
    group = step(cast, queued(cast))
    address = reverse(name, args=[reference_of(group), *rest])
    with logged_in(cast, getattr(cast, who)) as browser, CaptureQueriesContext(connection) as caught:
        page = browser.get(address)
    assert page.status_code == 200
    assert "not_now" not in str(page.templates[0].name)
    asked = [query["sql"] for query in caught if "set_config" not in query["sql"]]
    assert len(asked) <= 15, "\n".join(sql[:160] for sql in asked)
