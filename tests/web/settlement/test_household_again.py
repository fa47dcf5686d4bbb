"""Pages of a household that somebody has come to since its interview: IMDi's, the centre's, the municipality's."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.registry.public import register_member
from fotfeste.settlement.domain.types import AfterGrowth
from fotfeste.settlement.public import see_household_again
from tests.actions.settlement.stage import family, offered, queued, requested
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import members_by_name
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db

MORE = "gjelder 4, de er nå 5"


def grown(cast: Cast, group: int, born: date = date(1985, 1, 1)) -> int:
    """Iryna has come."""
    with scope(cast.udi, cast.day):
        new = replace(family().persons[0], given_name="Iryna", birth_date=born)
        register_member(group, new, cast.day, by=cast.udi, at=cast.at)
    return group


@pytest.mark.req("SET-07")
def test_that_they_are_more_than_was_asked_for_stands_where_the_municipality_and_imdi_look(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    reference = reference_of(group)
    with logged_in(cast, cast.municipality) as browser:
        for page in (reverse("my_municipality"), reverse("answer_request", args=[reference])):
            assert MORE not in browser.get(page).text
    grown(cast, group)
    with logged_in(cast, cast.municipality) as browser:
        for page in (reverse("my_municipality"), reverse("answer_request", args=[reference])):
            assert MORE in browser.get(page).text
        assert MORE in browser.get(reverse("household", args=[reference])).text
    with logged_in(cast, cast.imdi) as browser:
        for name in ("household", "settlement_request", "household_again"):
            assert MORE in browser.get(reverse(name, args=[reference])).text


def test_an_offer_says_that_they_are_more(cast: Cast) -> None:
    group = grown(cast, offered(cast, queued(cast)))
    with logged_in(cast, cast.municipality) as browser:
        page = read(browser.get(reverse("household", args=[reference_of(group)])).text)
    assert page.text.count(MORE) == 2  # the request and the offer


def test_imdi_sees_who_has_come_and_has_them_asked(cast: Cast) -> None:
    group = grown(cast, requested(cast, queued(cast)))
    address = reverse("household_again", args=[reference_of(group)])
    with logged_in(cast, cast.imdi) as browser:
        assert "Se husstanden på nytt" in browser.get(reverse("worklist")).text
        household = browser.get(reverse("household", args=[reference_of(group)])).text
        assert "Noen er kommet til i husstanden etter samtalen." in household
        assert address in household
        page = read(browser.get(address).text)
        assert [row.text.split()[0] for row in page.one("tbody").all("tr")] == ["Iryna"]
        assert browser.post(address, {}).status_code == 422
        missing = browser.post(address, {"outcome": "goes_on"})
        assert "Skriv hvorfor saken går videre som den er." in missing.text
        done = browser.post(address, {"outcome": "supplement"}, follow=True)
        assert "Mottaket har fått oppgaven med å supplere samtalen." in done.text
        assert "Dette kan ikke gjøres nå" in browser.get(address).text


@pytest.mark.req("SET-03")
def test_the_centre_asks_only_those_who_came(cast: Cast) -> None:
    group = grown(cast, requested(cast, queued(cast)))
    with scope(cast.imdi, cast.day):
        see_household_again(group, outcome=AfterGrowth.SUPPLEMENT, by=cast.imdi, at=cast.at)
    reference = reference_of(group)
    with scope(cast.centre, cast.day):
        members = members_by_name(group, cast.day)
    with logged_in(cast, cast.centre) as browser:
        household = browser.get(reverse("household", args=[reference])).text
        assert "Mottaket spør dem som er kommet til" in household
        overview = browser.get(reverse("interview", args=[reference])).text
        assert "IMDi ber dere spørre dem som er kommet til: Iryna Kovalenko." in overview
        assert "Fyll ut for Iryna" in overview
        assert "Fyll ut for Olena" not in overview
        assert "Avtal tid, sted og tolk" not in overview
        for name, status in (("Iryna", 200), ("Olena", 404)):
            answers = reverse("interview_answers", args=[reference, members[name].reference])
            assert browser.get(answers).status_code == status
        assert browser.get(reverse("plan_interview", args=[reference])).status_code == 302
        finishing = browser.get(reverse("finish_interview", args=[reference])).text
        assert "IMDi ser husstanden på nytt, og avgjør hva som følger." in finishing
        assert "Dagen samtalen ble holdt" not in finishing
        answer = browser.post(reverse("finish_interview", args=[reference]), {})
        assert answer.status_code == 422
        assert "Iryna" in answer.text


def test_imdi_and_the_municipality_keep_the_whole_interview_on_the_household_page(cast: Cast) -> None:
    group = grown(cast, requested(cast, queued(cast)))
    with scope(cast.imdi, cast.day):
        see_household_again(group, outcome=AfterGrowth.SUPPLEMENT, by=cast.imdi, at=cast.at)
    for viewer in (cast.imdi, cast.municipality, cast.centre):
        with logged_in(cast, viewer) as browser:
            assert "økonomi" in browser.get(reverse("household", args=[reference_of(group)])).text
