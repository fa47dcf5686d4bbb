"""Only for those who live there does a centre's page lead to a form that would be refused for the others."""

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.settlement.stage import depart, family, queued, with_journey
from tests.conftest import Cast
from tests.settlement_steps import placed, registered
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def test_the_page_offers_no_correction_of_a_member_who_has_left(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()))
    here = reference_of(group)
    depart(cast, group, DepartureReason.LEFT_COUNTRY, most=1)
    with scope(cast.udi, cast.day):
        members = members_of(group, cast.day)
        left, *others = [reverse("correct_details", args=[here, member.reference]) for member in members]
    with logged_in(cast, cast.centre) as browser:
        page = browser.get(reverse("household", args=[here])).content.decode()
    assert left not in page
    assert all(url in page for url in others)
    with logged_in(cast, cast.udi) as browser:
        assert left in browser.get(reverse("household", args=[here])).content.decode()


@pytest.mark.req("TRV-04")
def test_the_departure_form_proposes_the_agreed_settlement_where_a_journey_is_agreed(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with logged_in(cast, cast.centre) as browser:
        form = browser.get(reverse("register_departure", args=[reference_of(group)])).context["form"]
    assert form["reason"].value() == DepartureReason.AGREED_SETTLEMENT
