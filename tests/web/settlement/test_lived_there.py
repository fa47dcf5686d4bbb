"""The page where IMDi settles people where they live, from the household's page."""

import pytest
from django.urls import reverse

from tests.actions.alternative.living import registered
from tests.actions.settlement.test_lived_there import permitted
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-12")]
TYPED = {
    "agreed_on": "15.2.2024",
    "agreed_with": "Anne Moe",
    "on": "20.2.2024",
    "answered_by_names": "Olena",
    "answer_language": "uk",
}


def test_imdi_settles_them_where_they_live_from_the_households_page(cast: Cast) -> None:
    household = reference_of(permitted(cast))
    url = reverse("settle_where_they_live", args=[household])
    with logged_in(cast, cast.imdi) as browser:
        assert url in browser.get(reverse("household", args=[household])).content.decode()
        wrong = browser.post(url, TYPED | {"on": "1.2.2024"})
        assert wrong.status_code == 422
        assert "De kan ikke være bosatt før det." in wrong.content.decode()
        assert browser.post(url, TYPED).status_code == 302
        text = browser.get(reverse("household", args=[household])).content.decode()
        assert "Bosatt i Levanger" in text
        assert "De bodde der fra før, og blir boende." in text
        assert url not in text
        again = browser.post(url, TYPED)
        assert again.status_code == 422
    with logged_in(cast, cast.municipality) as browser:
        assert "bodde der fra før" in browser.get(reverse("my_municipality")).content.decode()


def test_others_do_not_come_there_and_who_lives_elsewhere_goes_the_usual_way(cast: Cast) -> None:
    household = reference_of(permitted(cast))
    with logged_in(cast, cast.municipality) as browser:
        assert browser.get(reverse("settle_where_they_live", args=[household])).status_code == 403
    elsewhere = reference_of(registered(cast))
    with logged_in(cast, cast.imdi) as browser:
        assert browser.get(reverse("settle_where_they_live", args=[elsewhere])).status_code == 404
