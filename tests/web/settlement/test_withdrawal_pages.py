"""An offer is taken back on its page, the centre tells the household, and the municipality sees that it is over."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.settlement.models import SettlementRequest
from fotfeste.settlement.public import withdraw_offer, withdraw_request
from tests.actions.settlement.stage import offered, open_kinds, queued, requested, state_of, with_journey
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07")]
OLD_ADDRESSES = ("household", "answer_request", "confirm_arrival")


def taken_back(cast: Cast) -> int:
    """The home is lost after the journey was agreed."""
    group = with_journey(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason="home_lost", text="Brann i boligen.", by=cast.imdi, at=cast.at)
    return group


def test_imdi_finds_the_button_is_told_what_follows_and_takes_the_offer_back(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    here = [reference_of(group)]
    url = reverse("withdraw_offer", args=here)
    with logged_in(cast, cast.imdi) as browser:
        assert url in browser.get(reverse("household", args=here)).content.decode()
        page = browser.get(url)
        assert "Reisen 2. april 2024 gjelder ikke lenger. Mottaket må avbestille den." in page.context["consequences"]
        without = browser.post(url, {"reason": "other", "text": ""})
        assert without.context["form"].errors["text"] == ["Skriv med egne ord hvorfor tilbudet trekkes tilbake."]
        done = browser.post(url, {"reason": "home_lost", "text": "Brann i boligen."}, follow=True)
        assert "Tilbudet om Levanger kommune er trukket tilbake." in done.content.decode()
        household = browser.get(reverse("household", args=here)).content.decode()
    assert "gitt 14. mars 2024, trukket tilbake 14. mars 2024: kommunen har mistet boligen" in household
    assert "Brann i boligen." in household
    assert state_of(cast, group) == "queued"


def test_nobody_but_imdi_has_the_button(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    url = reverse("withdraw_offer", args=[reference_of(group)])
    for viewer in (cast.centre, cast.municipality, cast.udi):
        with logged_in(cast, viewer) as browser:
            assert url not in browser.get(reverse("household", args=[reference_of(group)])).content.decode()
            assert browser.get(url).status_code == 403


def test_the_centre_is_told_what_to_say_and_says_when_it_was_said(cast: Cast) -> None:
    group = taken_back(cast)
    url = reverse("tell_withdrawal", args=[reference_of(group)])
    with logged_in(cast, cast.centre) as browser:
        assert url in browser.get(reverse("worklist")).content.decode()
        page = browser.get(url)
        assert "kommunen har mistet boligen. Det er ikke husstandens feil" in page.content.decode()
        assert "Husk</h2>" in page.content.decode()
        assert "Dette vil skje" not in page.content.decode()
        too_soon = browser.post(url, {"told_on": "1.3.2024"})
        assert "told_on" in too_soon.context["form"].errors
        browser.post(url, {"told_on": "14.3.2024"})
        assert "Saken er på et annet steg" in browser.get(url).content.decode()
        household = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
    assert "husstanden fikk vite det 14. mars 2024" in household
    assert "tell_withdrawal" not in {kind for kind, _ in open_kinds(cast, group)}


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("is_request", [True, False], ids=["request", "offer"])
def test_the_municipality_has_a_notice_in_its_worklist_and_reads_it_at_the_old_addresses(
    cast: Cast, is_request: bool
) -> None:
    if is_request:
        group = requested(cast, queued(cast))
        with scope(cast.imdi, cast.day):
            withdraw_request(group, by=cast.imdi, at=cast.at)
    else:
        group = taken_back(cast)
    with scope(cast.imdi, cast.day):
        number = SettlementRequest.objects.get(subject_id=group).reference
    here = [reference_of(group)]
    url = reverse("withdrawn_request", args=here)
    with logged_in(cast, cast.municipality) as browser:
        worklist = browser.get(reverse("worklist")).content.decode()
        assert f"Forespørsel {number}" in worklist
        assert reverse("household", args=here) + '"' not in worklist
        for name in OLD_ADDRESSES:
            page = browser.get(reverse(name, args=here), follow=True)
            text = page.content.decode()
            assert (page.redirect_chain, page.status_code) == ([(url, 302)], 200)
            assert f"Forespørsel {number} er ikke lenger hos dere" in text
            assert "14. mars 2024" in text
            assert "IMDi" in text
            assert not any(name in text for name in ("Kovalenko", "Olena", "Sofia", "Voss", "Brann"))
        browser.post(url, {})
        assert number not in browser.get(reverse("worklist")).content.decode()
        seen = browser.get(reverse("household", args=here), follow=True).content.decode()
        assert f"Forespørsel {number} er ikke lenger hos dere" in seen
        assert "Jeg har sett det" not in seen
        again = browser.post(url, {})
        assert "En kollega har allerede kvittert for dette." in again.content.decode()
    assert "see_withdrawal" not in {kind for kind, _ in open_kinds(cast, group)}


def test_who_was_never_asked_finds_nothing(cast: Cast) -> None:
    here = [reference_of(taken_back(cast))]
    with logged_in(cast, cast.other_municipality) as browser:
        for name in (*OLD_ADDRESSES, "withdrawn_request"):
            assert browser.get(reverse(name, args=here)).status_code == 404, name
