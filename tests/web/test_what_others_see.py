"""What the pages keep from those whom it does not concern, and from addresses that make no sense."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fotfeste.access.public import Subject
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.notes import add_note
from fotfeste.settlement.actions.request import decline_request
from fotfeste.settlement.domain.types import DeclineReason
from fotfeste.web.happened import happened_to
from tests.actions.settlement.stage import family, queued, requested
from tests.conftest import Cast
from tests.settlement_steps import placed, registered
from tests.web.test_shell import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


def page_of(client: Client, group: int) -> str:
    """The household page's text."""
    reference = Subject.objects.get(pk=group).reference
    return client.get(reverse("household", args=[reference])).content.decode()


@pytest.mark.req("SET-07")
def test_a_municipality_is_not_told_what_another_one_answered(cast: Cast) -> None:
    group = requested(cast, queued(cast), cast.other_municipality)
    with scope(cast.other_municipality, cast.day):
        decline_request(
            group,
            reason=DeclineReason.NO_HOUSING,
            follows="not_until_reassessed",
            text="Ingen bolig",
            by=cast.other_municipality,
            at=cast.at,
        )
    requested(cast, group)
    with scope(cast.centre, cast.day):
        add_note(group, "En hund til", by=cast.centre, at=cast.at)
    seen = page_of(logged_in(cast.municipality), group)
    assert "Verdal" not in seen
    assert "Kommunen svarte nei" not in seen
    assert "merknad" not in seen.lower()
    assert "Kommunen svarte nei" in page_of(logged_in(cast.imdi), group)
    with scope(cast.municipality, cast.day):
        types = {event.type for event in happened_to(cast.municipality, group)}
    assert "settlement.send_request" in types
    assert "settlement.case_opened" in types


@pytest.mark.parametrize("address", ["/husstand/%00/", "/?kind=%00", "/sok/?q=a%00b"])
def test_an_address_with_the_character_zero_is_answered_as_a_bad_one(cast: Cast, address: str) -> None:
    assert logged_in(cast.centre).get(address).status_code == 400


def test_a_task_is_handed_over_to_nobody_where_the_colleague_is_no_number(cast: Cast) -> None:
    client = logged_in(cast.centre)
    answer = client.post(
        reverse("hand_over_task", args=["abcdefabcdef"]),
        urlencode({"to": "²"}),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("act", ["arrange_journey", "register_offer_answer", "close_case"])
def test_an_act_on_a_household_without_a_case_says_what_happens_now(cast: Cast, act: str) -> None:
    group = placed(cast, registered(cast, family()))
    url = reverse(act, args=[Subject.objects.get(pk=group).reference])
    client = logged_in(cast.centre)
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": "1"}).status_code == 422


@pytest.mark.req("SET-07")
def test_a_municipality_is_not_shown_the_inner_work_of_the_centre(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    assert "Gi husstanden senger" in page_of(logged_in(cast.centre), group)
    assert "Gi husstanden senger" not in page_of(logged_in(cast.municipality), group)
