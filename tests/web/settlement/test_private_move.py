"""Somebody moves privately after the interview: the reason is proposed, IMDi is told, they are reminded (ACC-07)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason, grant_leave, register_absence
from fotfeste.platform.scope import scope
from fotfeste.refusal.public import set_eviction_day
from fotfeste.registry.public import members_of
from tests.actions.refusal.stage import DAY, NOTICE_FROM, declined, does, people, petitioned
from tests.actions.refusal.test_ways_out import on_day
from tests.actions.settlement.stage import depart, family, gone, queued, sent, with_journey
from tests.actions.settlement.test_leavers import leaves
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
        assert "Se hvem som ikke er der lenger" in worklist
        assert address in worklist
        page = read(browser.get(address).text)
        assert "Kirkegata 1, 7600 Levanger" in page.one("table").text
        assert len(page.one("tbody").all("tr")) == 4
        assert browser.post(address, {}).status_code == 302
        assert "Dette kan ikke gjøres nå" in browser.get(address).text
        again = browser.post(address, {})
    assert again.status_code == 422
    assert "Dette kan ikke gjøres lenger" in again.text


def dead(cast: Cast) -> tuple[Cast, int]:
    """Andrij has died, of a household that has said no."""
    group = declined(cast)
    leaves(cast, group, "Andrij", DepartureReason.DECEASED)
    return cast, group


def evicted(cast: Cast) -> tuple[Cast, int]:
    """Andrij is evicted, on the officer's day."""
    group = petitioned(cast)
    does(cast, set_eviction_day, group, day=NOTICE_FROM + 7 * DAY, by=cast.udi, on=NOTICE_FROM)
    then = on_day(cast, NOTICE_FROM + 7 * DAY)
    depart(then, group, DepartureReason.EVICTED, persons=[people(cast, group)["Andrij"]])
    return then, group


@pytest.mark.parametrize(("gone_as", "in_words"), [(dead, "Død"), (evicted, "Utkastet")])
def test_of_the_dead_and_the_evicted_nothing_says_that_they_left_on_their_own(
    cast: Cast, gone_as: Callable[[Cast], tuple[Cast, int]], in_words: str
) -> None:
    then, group = gone_as(cast)
    with logged_in(then, cast.imdi) as browser:
        worklist = browser.get(reverse("worklist")).text
        page = read(browser.get(reverse("private_move", args=[reference_of(group)])).text)
    assert "Se hvem som ikke er der lenger" in worklist
    assert "noen i husstanden er ikke der lenger" in worklist
    assert page.one("h1").text.startswith("Ikke der lenger: ")
    assert in_words in page.one("table").text
    for said in (worklist, page.one("main").text):
        assert not any(word in said.lower() for word in ("egen hånd", "har reist"))


def test_of_who_left_for_another_country_is_said_that_they_left_on_their_own(cast: Cast) -> None:
    group = declined(cast)
    leaves(cast, group, "Andrij", DepartureReason.LEFT_COUNTRY)
    with logged_in(cast, cast.imdi) as browser:
        page = read(browser.get(reverse("private_move", args=[reference_of(group)])).text)
    assert page.one("h1").text.startswith("Reist på egen hånd: ")


def ways(page: Element) -> dict[str, str]:
    """For each way of leaving the reason that the form tells to choose."""
    shown = page.one("section", aria_labelledby="which-reason").one("dl")
    return dict(zip([each.text for each in shown.all("dt")], [each.text for each in shown.all("dd")][::2], strict=True))


OF_EACH_WAY = {
    "De flytter privat": "«Forlatt botilbud, oppgitt privat adresse ved avreise»",
    "De sier at de reiser ut av landet": "«Oppgitt reist ut av landet»",
    "De er borte, og ingen vet hvor": "«Forlatt botilbud, ikke oppgitt privat adresse ved avreise»",
}


def test_each_way_of_leaving_has_its_reason_before_the_interview_and_after_it(cast: Cast) -> None:
    before = form_of(cast, due_for_interview(cast, family()))
    assert ways(before) == OF_EACH_WAY
    assert "Vil de ikke oppgi noen" in before.one("section", aria_labelledby="which-reason").text
    after = form_of(cast, queued(cast))
    assert ways(after) == OF_EACH_WAY
    assert "også når dere ikke kjenner adressen" in after.one("section", aria_labelledby="which-reason").text


OF_EVERY_CASE = ["Ingen tilskudd til kommuner endres.", "Bosettingssaken lukkes, hvis det er en. IMDi får beskjed."]


def test_what_ends_with_the_case_is_said_before_they_leave(cast: Cast) -> None:
    page = form_of(cast, sent(cast, queued(cast)))
    assert [each.text for each in page.one("ul", id="unsettled").all("li")] == [
        *OF_EVERY_CASE,
        "Forespørselen til Levanger trekkes tilbake, og kommunen får beskjed.",
        "Tilbudet om Levanger trekkes tilbake.",
        "Reisen 2. april 2024 faller bort. Dere får oppgaven med å avbestille den.",
    ]
    assert [each.text for each in form_of(cast, queued(cast)).one("ul", id="unsettled").all("li")] == OF_EVERY_CASE


def away(cast: Cast, group: int, names: list[str], from_on: date, back_on: date | None) -> None:
    """Some are away since a day, with leave until another or without."""
    with scope(cast.centre, cast.day):
        people = [member.subject_id for member in members_of(group, cast.day) if member.given_name in names]
        if back_on is None:
            register_absence(group, people, from_on, is_abroad=False, by=cast.centre, at=cast.at)
        else:
            grant_leave(group, people, from_on, back_on, is_abroad=True, by=cast.centre, at=cast.at)


@pytest.mark.parametrize("stage", [queued, lambda cast: with_journey(cast, queued(cast))], ids=["queued", "travelling"])
def test_who_should_have_been_back_is_proposed_as_gone_with_why(cast: Cast, stage: Callable[[Cast], int]) -> None:
    group = stage(cast)
    away(cast, group, ["Andrij"], date(2024, 3, 1), date(2024, 3, 8))
    away(cast, group, ["Sofia"], date(2024, 3, 11), None)
    page = form_of(cast, group)
    assert proposed(page) == ["no_address"]
    chosen = [box for box in page.all("input", name="persons") if "checked" in box.attributes]
    assert len(chosen) == 2
    why = page.one("p", id="why-reason").text
    assert "Andrij Kovalenko har vært borte siden 1. mars 2024, og skulle vært tilbake 8. mars 2024." in why
    assert "Sofia Kovalenko har vært borte uten permisjon siden 11. mars 2024." in why
    assert "Er de tilbake, registrerer dere retur i stedet." in why


@pytest.mark.parametrize(("from_on", "back_on"), [(date(2024, 3, 1), date(2024, 3, 12)), (date(2024, 3, 12), None)])
def test_who_is_away_and_may_still_be_back_is_not_proposed_as_gone(
    cast: Cast, from_on: date, back_on: date | None
) -> None:
    group = queued(cast)
    away(cast, group, ["Andrij"], from_on, back_on)
    assert proposed(form_of(cast, group)) == ["private_address"]


def test_the_centre_sees_what_to_cancel_and_says_that_it_has(cast: Cast) -> None:
    group = sent(cast, queued(cast))
    gone(cast, group)
    address = reverse("cancel_bookings", args=[reference_of(group)])
    with logged_in(cast, cast.centre) as browser:
        worklist = browser.get(reverse("worklist")).text
        assert "Avbestill reisen" in worklist
        assert address in worklist
        page = read(browser.get(address).text)
        assert "Reisen 2. april 2024" in page.one("form", class_="act-form").text
        assert browser.post(address, {}).status_code == 422
        assert browser.post(address, {"kinds": ["cancel_journey"]}).status_code == 302
        assert address not in browser.get(reverse("worklist")).text
        assert browser.post(address, {"kinds": ["cancel_journey"]}).status_code == 422


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


def test_of_a_minor_alone_who_is_gone_the_centre_is_told_whom_to_tell_first(cast: Cast) -> None:
    said = "registrerer dere fraværet og melder fra til politiet, barnevernet og vergen samme dag"
    group = queued(cast, is_unaccompanied=True)
    assert said in form_of(cast, group).one("aside").text
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
    with logged_in(cast, cast.centre) as browser:
        sent = {"persons": persons, "on": "14.3.2024", "reason": "no_address"}
        answer = browser.post(reverse("register_departure", args=[reference_of(group)]), sent, follow=True)
    assert "En enslig mindreårig skrives ikke ut som borte før fraværet er registrert" in answer.text


def test_of_a_family_nobody_is_told_of_minors_alone(cast: Cast) -> None:
    assert "enslig mindreårig" not in form_of(cast, queued(cast)).one("aside").text
