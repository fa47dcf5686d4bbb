"""The pages of the journey of those who settle by agreement: those of the others, shown to the same (SET-13)."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.self_settlement.public import move_in
from fotfeste.settlement.models import Journey
from tests.actions.self_settlement.stage import agreed
from tests.actions.self_settlement.test_own_journey import on, told, travelling
from tests.actions.settlement.stage import TRAVELS_ON
from tests.conftest import Cast
from tests.web.self_settlement.test_asked_pages import EARLY, page
from tests.web.settlement.pages import logged_in, reference_of
from tests.web.settlement.test_journey_pages import BY_TRAIN

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13", "TRV-01")]


def test_the_centre_agrees_it_and_everybody_who_is_to_know_reads_it(cast: Cast) -> None:
    here = reference_of(agreed(cast))
    with logged_in(cast, cast.centre) as browser:
        asked = page(browser, "worklist")
        assert "Avtal reisen med kommunen" in asked
        assert "IMDi og kommunen er enige om avtalt selvbosetting" in asked
        form = page(browser, "arrange_journey", here)
        assert "Reisen til Levanger kommune" in form
        assert "Når de har flyttet inn, registrerer dere det." in form
        assert browser.post(reverse("arrange_journey", args=[here]), BY_TRAIN).status_code == 302
        household = page(browser, "household", here)
        assert "Reisen er avtalt til 2. april 2024." in household
        for name in ("arrange_journey", "postpone_journey", "ask_travel_approval", "write_booking"):
            assert reverse(name, args=[here]) in household
        assert "Avtalen med kommunen og IMDi står." in page(browser, "postpone_journey", here)
    with logged_in(cast, cast.municipality) as browser:
        coming = page(browser, "my_municipality").partition("Hvem kommer når")[2]
        assert "2. april 2024" in coming
        assert "Levanger stasjon" in coming
        assert "Forbered mottak av husstanden" in page(browser, "worklist")
        assert "Reisen er avtalt til 2. april 2024." in page(browser, "household", here)
    for sees in (cast.udi, cast.imdi):
        with logged_in(cast, sees) as browser:
            assert "Levanger stasjon" in page(browser, "household", here)


def test_nobody_confirms_the_arrival_of_who_is_registered_as_moved_in(cast: Cast) -> None:
    group = travelling(cast)
    there = on(cast, TRAVELS_ON)
    with scope(there.centre, there.day):
        move_in(group, there.day, by=there.centre, at=there.at)
    address = reverse("confirm_arrival", args=[reference_of(group)])
    with logged_in(there, cast.municipality) as browser:
        shown = browser.get(address)
        told = browser.post(address, {"has_come": "yes", "arrived_on": "2.4.2024"})
    assert (shown.status_code, told.status_code) == (200, 422)
    for text in (shown.text, told.text):
        assert "De fant boligen selv, etter avtale med kommunen og IMDi." in text
        assert "Ingen skal bekrefte at de er kommet" in text


def test_udi_is_asked_and_answers(cast: Cast) -> None:
    here = reference_of(agreed(cast))
    with logged_in(cast, cast.centre) as browser:
        asked = {"modes": ["taxi"], "explanation": "Rullestol."}
        assert browser.post(reverse("ask_travel_approval", args=[here]), asked).status_code == 302
        assert "UDI er spurt om annen reisemåte" in page(browser, "household", here)
    with logged_in(cast, cast.udi) as browser:
        assert "Rullestol." in page(browser, "approve_travel", here)
        answer = {"answer": "yes", "udi_reference": "24/1", "answer_text": ""}
        assert browser.post(reverse("approve_travel", args=[here]), answer).status_code == 302
    with logged_in(cast, cast.centre) as browser:
        assert "24/1" in page(browser, "arrange_journey", here)


def test_another_day_than_that_of_the_journey_is_said_and_not_lost(cast: Cast) -> None:
    group = told(cast)
    here = reference_of(group)
    with logged_in(cast, cast.centre) as browser:
        form = page(browser, "register_moved_in", here)
        assert "Reisen er avtalt til 2. april 2024. Flyttet de inn en annen dag" in form
        assert 'value="14.03.2024"' in form or 'value="14.3.2024"' in form
        early = browser.post(reverse("register_moved_in", args=[here]), {"on": "14.3.2024"})
        assert early.status_code == 422
        assert "Leien begynner 1. april 2024." in early.context["form"].errors["is_meant"][0]
        assert browser.post(reverse("register_moved_in", args=[here]), EARLY).status_code == 302
        to_cancel = page(browser, "worklist")
        assert "husstanden har flyttet inn" in to_cancel
        assert reverse("cancel_bookings", args=[here]) in to_cancel
    with logged_in(cast, cast.municipality) as browser:
        household = page(browser, "household", here)
        assert "fra 14. mars 2024. Reisen var avtalt til 2. april 2024. De fant boligen selv" in household
        assert reverse("confirm_arrival", args=[here]) not in household
        settled = page(browser, "my_municipality")
        assert "flyttet inn" in settled
        assert reverse("confirm_arrival", args=[here]) not in settled
    with scope(cast.municipality, cast.day):
        assert Journey.objects.get().cancelled_on is None


def test_without_a_day_the_page_says_what_becomes_of_it(cast: Cast) -> None:
    here = reference_of(travelling(cast))
    with logged_in(cast, cast.centre) as browser:
        put_off = {"kind": "cancelled", "happened_on": "14.3.2024", "has_new_day": "no"}
        assert browser.post(reverse("postpone_journey", args=[here]), put_off).status_code == 302
        assert "Reisen 2. april 2024 er utsatt. Ny dag er ikke avtalt." in page(browser, "household", here)
        assert "ellers faller reisen bort" in page(browser, "register_moved_in", here)
