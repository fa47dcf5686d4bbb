"""What is shown when a request is over: IMDi's no through its form, and the notice to the municipality (SET-13)."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from fotfeste.settlement.words_offers import ASKED_OVER, CAME_TO
from tests.actions.self_settlement.stage import agreed, approved, sent, state_of
from tests.actions.self_settlement.test_endings import lose_permit, ours, withdraw
from tests.conftest import Cast
from tests.web.self_settlement.test_asked_pages import EARLY, page
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]


def test_imdi_says_no_with_a_reason_and_the_centre_tells_them(cast: Cast) -> None:
    group = approved(cast)
    here = reference_of(group)
    agree, tell = (reverse(name, args=[here]) for name in ("agree_self_settlement", "tell_self_settlement_no"))
    with logged_in(cast, cast.imdi) as browser:
        unsaid = browser.post(agree, {"text": "Fullt."})
        assert unsaid.status_code == 422
        assert "Velg om dere er enige." in unsaid.content.decode()
        silent = browser.post(agree, {"answer": "no", "text": " "})
        assert silent.status_code == 422
        assert "Skriv hvorfor dere ikke ble enige." in silent.content.decode()
        assert state_of(cast, group) == "approved"
        done = browser.post(agree, {"answer": "no", "text": "Ingen plasser igjen i år."})
        assert done.status_code == 302
        assert "IMDi og kommunen ble ikke enige" in page(browser, "household", here)
        assert "ingen forespørsel om avtalt selvbosetting nå" in page(browser, "agree_self_settlement", here)
    assert state_of(cast, group) == "lapsed"
    with logged_in(cast, cast.centre) as browser:
        assert tell in page(browser, "worklist")
        text = page(browser, "tell_self_settlement_no", here)
        assert "Ingen plasser igjen i år." in text
        assert "Fortell husstanden at det ikke ble noe av" in text
        assert browser.post(tell, {}).status_code == 302
        assert tell not in page(browser, "worklist")
    assert ours(cast, group) == set()


def test_the_municipality_reads_that_they_do_not_come_and_sees_nothing_of_them(cast: Cast) -> None:
    group = sent(cast)
    here = reference_of(group)
    withdraw(cast, group)
    notice = reverse("withdrawn_request", args=[here])
    with logged_in(cast, cast.municipality) as browser:
        assert notice in page(browser, "worklist")
        text = browser.get(notice).content.decode()
        assert "Husstanden hadde spurt dere selv." in text
        assert "husstanden spør ikke lenger" in text
        assert "Kovalenko" not in text
        assert browser.get(reverse("household", args=[here])).headers["Location"] == notice
        assert browser.post(notice, {}).status_code == 302
        assert notice not in page(browser, "worklist")


def test_a_lost_permit_is_told_by_the_centre_with_its_reason(cast: Cast) -> None:
    group = approved(cast)
    lose_permit(cast, group)
    with logged_in(cast, cast.centre) as browser:
        text = page(browser, "tell_self_settlement_no", reference_of(group))
    assert "Ingen har tillatelse lenger" in text
    assert "kan få kommune der" not in text  # nobody finds one for who has no permit


@pytest.mark.req("SET-17")
def test_once_they_have_moved_in_the_page_says_what_rights_they_have_and_who_follows_up(cast: Cast) -> None:
    words = "De har de samme rettighetene som andre som bosettes med offentlig hjelp. Levanger følger dem opp"
    group = agreed(cast)
    here = reference_of(group)
    with logged_in(cast, cast.centre) as browser:
        assert words not in page(browser, "household", here)
        assert "med de samme rettighetene" in page(browser, "register_moved_in", here)
        moved = browser.post(reverse("register_moved_in", args=[here]), EARLY)
        assert moved.status_code == 302
    with logged_in(cast, cast.municipality) as browser:
        assert words in page(browser, "household", here)
        assert "bor trangt eller blir utnyttet" in page(browser, "household", here)


def test_the_notice_is_told_in_english_too() -> None:
    with override("en"):
        assert "had asked you itself" in str(CAME_TO["queued"])
        assert str(ASKED_OVER["settlement.asked_withdrawn"]) == "the household asks no more"
