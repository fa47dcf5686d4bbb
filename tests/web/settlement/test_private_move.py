"""Somebody moves privately after the interview: the reason is proposed, IMDi is told, they are reminded (ACC-07)."""

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.settlement.stage import depart, family, queued, with_journey
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.settlement_steps import due_for_interview
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07")]


def form_of(cast: Cast, group: int) -> Element:
    """The departure form."""
    with logged_in(cast, cast.centre) as browser:
        return read(browser.get(reverse("register_departure", args=[reference_of(group)])).text)


def proposed(page: Element) -> list[str]:
    """The reason that is chosen already."""
    return [each["value"] for each in page.all("input", type="radio", name="reason") if "checked" in each.attributes]


def test_before_the_interview_nothing_is_proposed(cast: Cast) -> None:
    page = form_of(cast, due_for_interview(cast, family()))
    assert proposed(page) == []
    assert page.all("p", id="why-reason") == []


def test_after_the_interview_the_private_move_is_proposed_with_why(cast: Cast) -> None:
    page = form_of(cast, queued(cast))
    assert proposed(page) == ["private_address"]
    assert page.one("p", id="why-reason").text == (
        "Bosettingssamtalen ble holdt 13. mars 2024. Flytter de privat etter den, er årsaken "
        "«Forlatt botilbud, oppgitt privat adresse ved avreise», også når dere ikke kjenner adressen. "
        "Kjenner dere den, skal den registreres."
    )
    assert "senest åtte dager etter at du flyttet" in page.one("section", aria_labelledby="reminder").text


def test_with_an_agreed_journey_the_settlement_is_proposed_and_a_private_move_named(cast: Cast) -> None:
    page = form_of(cast, with_journey(cast, queued(cast)))
    assert proposed(page) == ["agreed_settlement"]
    assert "Reisen til Levanger er avtalt til 2. april 2024." in page.one("p", id="why-reason").text


def test_the_centre_is_reminded_once_the_private_move_is_registered(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
    with logged_in(cast, cast.centre) as browser:
        answer = browser.post(
            reverse("register_departure", args=[reference_of(group)]),
            {"persons": persons, "on": "14.3.2024", "reason": "private_address"},
            follow=True,
        )
    assert "Minn dem på å melde flyttingen til Folkeregisteret." in answer.text


def test_imdi_sees_who_has_moved_and_where_to_and_says_so(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    address = reverse("private_move", args=[reference_of(group)])
    with logged_in(cast, cast.imdi) as browser:
        worklist = browser.get(reverse("worklist")).text
        assert "Se at noen har flyttet privat" in worklist
        assert address in worklist
        page = read(browser.get(address).text)
        assert "Kirkegata 1, 7600 Levanger" in page.one("table").text
        assert len(page.one("tbody").all("tr")) == 4
        assert browser.post(address, {}).status_code == 302
        assert "Dette kan ikke gjøres nå" in browser.get(address).text
        again = browser.post(address, {})
    assert again.status_code == 422
    assert "Dette kan ikke gjøres lenger" in again.text


def test_an_address_that_nobody_knows_is_said_to_be_unknown(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
    with logged_in(cast, cast.centre) as browser:
        browser.post(
            reverse("register_departure", args=[reference_of(group)]),
            {"persons": persons[:1], "on": "14.3.2024", "reason": "private_address"},
        )
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("private_move", args=[reference_of(group)])).text
    assert "ikke kjent" in page
    assert "Bosettingssaken går videre for dem som er igjen." in page
