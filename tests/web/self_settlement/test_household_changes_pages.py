"""What each sees when the household is another than its home was approved for (SET-13)."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from fotfeste.self_settlement.sentences_asked import ASKED_SENTENCES
from tests.actions.self_settlement.stage import everything, grown, grown_unseen, state_of
from tests.conftest import Cast
from tests.web.self_settlement.test_asked_pages import EARLY, page
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]


def test_imdi_is_told_why_it_cannot_agree_and_sends_the_home_back(cast: Cast) -> None:
    group = grown_unseen(cast)
    here = reference_of(group)
    with logged_in(cast, cast.imdi) as browser:
        text = page(browser, "agree_self_settlement", here)
        assert "Kommunen godkjente boligen for 4, og nå er de 5." in text
        assert 'value="yes"' not in text
        again = browser.post(reverse("agree_self_settlement", args=[here]), {"answer": "again"})
        assert again.status_code == 302
    assert state_of(cast, group) == "home_sent"
    with logged_in(cast, cast.municipality) as browser:
        assert "5 personer" in page(browser, "check_found_home", here)
        assert reverse("check_found_home", args=[here]) in page(browser, "worklist")


def test_after_the_agreement_the_municipality_looks_and_the_centre_waits(cast: Cast) -> None:
    group = grown(cast)
    here = reference_of(group)
    with logged_in(cast, cast.centre) as browser:
        text = page(browser, "household", here)
        assert "Kommunen ser på den på nytt." in text
        assert "godkjente boligen for 4, og nå er de 5" in page(browser, "register_moved_in", here)
    seen = {"of_home": [str(each) for each in everything(cast)[:7]]}
    seen |= {"of_contract": [str(each) for each in everything(cast)[7:] if each != "unsigned"]}
    with logged_in(cast, cast.municipality) as browser:
        text = page(browser, "check_found_home", here)
        assert "De flytter ikke inn før dere har svart." in text
        assert "5 personer" in text
        assert 'value="unsigned"' not in text
        done = browser.post(reverse("check_found_home", args=[here]), seen | {"outcome": "approve"})
        assert done.status_code == 302
        assert "Det er ikke noe å se på på nytt." in page(browser, "check_found_home", here)
    with logged_in(cast, cast.centre) as browser:
        moved = browser.post(reverse("register_moved_in", args=[here]), EARLY)
        assert moved.status_code == 302
    assert state_of(cast, group) == "settled"


def test_the_reason_is_told_in_english_too() -> None:
    with override("en"):
        assert "approved the home for {approved}" in str(ASKED_SENTENCES["home_is_for_others"])
