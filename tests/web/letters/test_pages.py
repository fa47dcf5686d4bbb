"""The pages of letters: the text, the PDF, how far it has come, the household's panel, the municipality's mailbox."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.letters.public import Letter, LetterStatus, send_letter
from fotfeste.platform.scope import scope
from tests.actions.letters.stage import household, letter_to_people, request_to, without_units
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
BUDGET = 15


def sent(cast: Cast, make: Callable[..., Letter], subject_id: int, **changes: Any) -> Letter:
    """A letter that UDI has sent."""
    letter = make(cast, subject_id, **changes)
    with scope(cast.udi, cast.day):
        return send_letter(letter.reference, by=cast.udi, at=cast.at)


@pytest.mark.req("ALT-07")
def test_a_letter_shows_its_text_in_its_language_and_that_nobody_has_checked_it(cast: Cast) -> None:
    letter = sent(cast, letter_to_people, household(cast))
    with logged_in(cast, cast.centre) as browser:
        page = browser.get(reverse("letter", args=[letter.reference]))
    text = read(page.text).text
    assert "UDI дає згоду" in text
    assert "Перекладач ще не перевірив цей текст" in text
    assert "Ingen oversetter har kontrollert teksten på ukrainsk" in text
    assert 'lang="uk"' in page.text


def test_the_pdf_of_a_letter_opens_as_what_it_is(cast: Cast) -> None:
    letter = sent(cast, letter_to_people, household(cast))
    with logged_in(cast, cast.udi) as browser:
        answer = browser.get(reverse("letter_pdf", args=[letter.reference]))
    assert answer.content.startswith(b"%PDF-1.7")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.req("ACS-03")
@pytest.mark.parametrize("name", ["letter", "letter_pdf", "household_letters"])
def test_whoever_reads_a_letter_is_logged_with_its_compartment(cast: Cast, name: str) -> None:
    subject_id = household(cast)
    letter = sent(cast, letter_to_people, subject_id)
    reference = reference_of(subject_id) if name == "household_letters" else letter.reference
    with logged_in(cast, cast.centre) as browser:
        assert browser.get(reverse(name, args=[reference])).status_code == 200
    with scope(cast.centre, cast.day):
        look = Look.objects.filter(page=name, household_id=subject_id).get()
    assert look.compartments == ["housing"]
    assert look.reasons == ["lives_here"]


@pytest.mark.req("ALT-07")
def test_a_municipality_has_a_mailbox_and_opens_a_letter_by_reading_it(cast: Cast) -> None:
    subject_id = household(cast)
    letter = sent(cast, request_to, subject_id)
    with logged_in(cast, cast.municipality) as browser:
        before = read(browser.get(reverse("mailbox")).text).text
        assert "1 ulest brev." in before
        page = read(browser.get(reverse("letter", args=[letter.reference])).text).text
        assert "Åpnet" in page
        assert "0 uleste brev." in read(browser.get(reverse("mailbox")).text).text
        assert letter.reference not in browser.get(reverse("mailbox") + "?vis=unread").text
    with scope(cast.municipality, cast.day):
        assert Letter.objects.get(pk=letter.pk).status == LetterStatus.OPENED


def test_udi_reading_its_own_letter_does_not_open_it(cast: Cast) -> None:
    letter = sent(cast, request_to, household(cast))
    with logged_in(cast, cast.udi) as browser:
        browser.get(reverse("letter", args=[letter.reference]))
    with scope(cast.udi, cast.day):
        assert Letter.objects.get(pk=letter.pk).opened_at is None


@pytest.mark.req("REG-07")
def test_a_municipality_without_a_unit_is_told_how_the_letter_comes_and_what_to_do(cast: Cast) -> None:
    subject_id = household(cast)
    without_units(cast)
    letter = sent(cast, request_to, subject_id)
    with logged_in(cast, cast.municipality) as browser:
        where = reverse("household_letters", args=[reference_of(subject_id)])
        assert where in browser.get("/").text
        of_household = read(browser.get(where).text).text
        assert "Be administratoren hos dere om å navngi enheten." in of_household
        page = read(browser.get(reverse("letter", args=[letter.reference])).text).text
        assert "Brevet går i posten." in page
        assert where not in browser.get("/").text


def test_a_letter_that_came_back_is_followed_up_on_its_page(cast: Cast) -> None:
    letter = sent(cast, letter_to_people, household(cast))
    address = reverse("follow_letter", args=[letter.reference])
    with logged_in(cast, cast.centre) as browser:
        assert "Send brevet" not in browser.get(address).text
        empty = browser.post(address, {})
        assert (empty.status_code, "Velg hva som har skjedd" in empty.text) == (422, True)
        without = browser.post(address, {"step": "return"})
        assert (without.status_code, "Velg hvorfor brevet kom i retur." in without.text) == (422, True)
        page = browser.post(address, {"step": "return", "reason": "moved"}, follow=True)
        assert "mottakeren har flyttet" in page.text
        assert browser.post(address, {"step": "send"}).status_code == 302
        assert browser.post(address, {"step": "deliver"}).status_code == 302
    with scope(cast.centre, cast.day):
        assert Letter.objects.get(pk=letter.pk).status == LetterStatus.DELIVERED


def test_the_form_of_a_letter_is_not_there_for_its_receiver(cast: Cast) -> None:
    letter = sent(cast, request_to, household(cast))
    with logged_in(cast, cast.municipality) as browser:
        assert browser.get(reverse("follow_letter", args=[letter.reference])).status_code == 404
        assert browser.post(reverse("follow_letter", args=[letter.reference]), {"step": "return"}).status_code == 404


@pytest.mark.req("ACS-01")
@pytest.mark.parametrize("name", ["letter", "letter_pdf", "follow_letter"])
def test_a_letter_is_not_there_for_whom_it_does_not_concern(cast: Cast, name: str) -> None:
    letter = sent(cast, request_to, household(cast))
    for viewer in (cast.centre, cast.imdi, cast.registrar, cast.other_municipality):
        with logged_in(cast, viewer) as browser:
            assert browser.get(reverse(name, args=[letter.reference])).status_code == 404


@pytest.mark.req("ALT-07")
def test_the_household_page_has_the_last_letters_for_those_who_may_see_them(cast: Cast) -> None:
    subject_id = household(cast)
    household_page = reverse("household", args=[reference_of(subject_id)])
    with logged_in(cast, cast.centre) as browser:
        assert "panel-letters" not in browser.get(household_page).text
    letters = [sent(cast, letter_to_people, subject_id) for _ in range(6)]
    with logged_in(cast, cast.centre) as browser:
        text = browser.get(household_page).text
        assert "panel-letters" in text
        assert sum(letter.reference in text for letter in letters) == 5
        assert reverse("household_letters", args=[reference_of(subject_id)]) in text
    with logged_in(cast, cast.centre_administrator) as browser:
        assert "panel-letters" not in browser.get(household_page).text


def test_pages_of_letters_keep_within_their_queries(cast: Cast) -> None:
    subject_id = household(cast)
    letters = [sent(cast, request_to, subject_id) for _ in range(6)]
    addresses = [
        reverse("mailbox"),
        reverse("letter", args=[letters[0].reference]),
        reverse("letter_pdf", args=[letters[0].reference]),
        reverse("household_letters", args=[reference_of(subject_id)]),
    ]
    with logged_in(cast, cast.municipality) as browser:
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200
            assert len(asked) <= BUDGET, address


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_of_letters_is_there_in_both_languages(cast: Cast, language: str) -> None:
    letter = sent(cast, request_to, household(cast))
    with logged_in(cast, cast.municipality) as browser:
        browser.cookies["django_language"] = language
        text = browser.get(reverse("mailbox"), headers={"accept-language": language}).text
    assert letter.reference in text
