"""IMDi changes what the municipality must have: the form, and what the request's and the offer's pages say."""

import pytest
from django.urls import reverse

from fotfeste.settlement.models import CaseNeed
from tests.actions.settlement.stage import found, queued
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
TOO_EARLY = "svarte før dette behovet var kjent"


@pytest.mark.req("SET-10")
def test_imdi_adds_a_need_and_is_told_that_the_municipality_answered_before_it(cast: Cast) -> None:
    here = [reference_of(found(cast, queued(cast)))]
    url, offer = reverse("change_needs", args=here), reverse("make_offer", args=here)
    with logged_in(cast, cast.imdi) as browser:
        assert url in browser.get(reverse("settlement_notes", args=here)).content.decode()
        assert TOO_EARLY not in browser.get(reverse("settlement_request", args=here)).content.decode()
        version = browser.get(url).context["form"].initial["version"]
        typed = {"need": "add-adapted_housing", "reason": "Bruker rullestol nå.", "version": version}
        without = browser.post(url, typed | {"reason": " "})
        assert without.context["form"].errors["reason"] == ["Skriv hvorfor behovet er endret."]
        assert browser.post(url, typed).status_code == 302
        again = browser.post(url, typed)
        assert again.context["form"].errors["need"] == ["Behovene er endret siden du åpnet siden. Velg på nytt."]
        assert TOO_EARLY in browser.get(reverse("settlement_request", args=here)).content.decode()
        assert "Trenger ikke lenger tilrettelagt bolig" in browser.get(url).content.decode()
        form = browser.get(offer).context["form"]
        week = {"week": "14 2024", "version": form.initial["version"]}
        refused = browser.post(offer, week)
        assert "confirmed_since" in refused.context["form"].errors
        assert browser.post(offer, week | {"confirmed_since": ["adapted_housing"]}).status_code == 302
        assert TOO_EARLY not in browser.get(reverse("settlement_request", args=here)).content.decode()


@pytest.mark.req("SET-10")
def test_imdi_ends_a_need_on_the_same_page(cast: Cast) -> None:
    url = reverse("change_needs", args=[reference_of(queued(cast, has_pets=True))])
    with logged_in(cast, cast.imdi) as browser:
        version = browser.get(url).context["form"].initial["version"]
        browser.post(url, {"need": "end-pets", "reason": "Hunden er død.", "version": version})
    assert not CaseNeed.objects.current().exists()
    with logged_in(cast, cast.centre) as browser:
        assert browser.get(url).status_code == 403
