"""The municipality says on the page of the arrival that they did not come; IMDi follows up on its own."""

import pytest
from django.urls import reverse

from tests.actions.settlement.stage import depart, open_kinds, queued, with_journey
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("TRV-04")]
WORDS = "Ingen av dem var på toget."


def test_they_did_not_come_and_everybody_sees_it(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    depart(cast, group)
    arrival, household, follow = (
        reverse(name, args=[reference_of(group)]) for name in ("confirm_arrival", "household", "follow_no_show")
    )
    with logged_in(cast, cast.municipality) as browser:
        for lacking, field in (({"has_come": "no"}, "text"), ({"has_come": "yes"}, "arrived_on")):
            page = browser.post(arrival, lacking)
            assert page.status_code == 422
            assert field in page.context["form"].errors
        browser.post(arrival, {"has_come": "no", "arrived_on": "14.3.2024", "text": WORDS})
        assert "Kommunen meldte 14. mars 2024 at de ikke kom." in browser.get(household).text
        assert "Bekreft her hvis de er kommet siden." in browser.get(arrival).text
        assert "kom ikke" in browser.get(reverse("my_municipality")).text
    with logged_in(cast, cast.imdi) as browser:
        shown = browser.get(household).text
        assert WORDS in shown
        assert follow in shown
        assert WORDS in browser.get(follow).text
        browser.post(follow, {})
        assert "Det er fulgt opp" not in browser.get(follow).text
    assert open_kinds(cast, group) == set()
    with logged_in(cast, cast.municipality) as browser:
        browser.post(arrival, {"has_come": "yes", "arrived_on": "14.3.2024"})
        assert "Kommunen meldte 14. mars 2024 at de ikke kom." not in browser.get(household).text
