"""The forms of a refusal: what follows is shown before it is done, what cannot be done says why, nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.public import resume_refusal, suspend_refusal
from tests.actions.refusal.stage import (
    NOTICE_FROM,
    aunt_and_boy,
    declined,
    does,
    lettered,
    messaged,
    noticed,
    petitioned,
    planned,
)
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.refusal.test_page import words
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def shown_to(cast: Cast, group: int, viewer: Viewer, name: str) -> str:
    """The page of an act, in words."""
    with logged_in(cast, viewer) as browser:
        answer = browser.get(reverse(name, args=[reference_of(group)]))
    assert answer.status_code == 200
    return words(read(answer.text).one("main"))


def sent(cast: Cast, group: int, viewer: Viewer, name: str, **typed: Any) -> tuple[int, str]:
    """The form sent, with what comes back."""
    with logged_in(cast, viewer) as browser:
        answer = browser.post(reverse(name, args=[reference_of(group)]), typed, follow=True)
    return (302 if answer.redirect_chain else answer.status_code), words(read(answer.text).one("body"))


def everybody(cast: Cast, group: int, viewer: Viewer, name: str) -> list[str]:
    """The values of those who can be chosen."""
    with logged_in(cast, viewer) as browser:
        page = read(browser.get(reverse(name, args=[reference_of(group)])).text)
    return [each["value"] for each in page.all("input", type="checkbox", name="residents")]


def test_imdi_asks_to_hold_and_then_tells_udi(cast: Cast) -> None:
    group = declined(cast)
    assert "får oppgaven å holde tilbudet" in shown_to(cast, group, cast.imdi, "refusal_ask_to_hold")
    status, page = sent(cast, group, cast.imdi, "refusal_ask_to_hold", deadline_on="22.3.2024")
    assert (status, "bedt om å holde tilbudet" in page) == (302, True)
    assert "Fristen for å flytte er 22. mars 2024." in shown_to(cast, group, cast.imdi, "refusal_tell_udi")
    assert sent(cast, group, cast.imdi, "refusal_tell_udi")[0] == 302
    assert planned(cast, group).imdi_deadline is not None


@pytest.mark.req("REF-05")
def test_imdi_reads_that_they_can_say_yes_until_they_have_moved_whatever_the_municipality_does(cast: Cast) -> None:
    page = shown_to(cast, declined(cast), cast.imdi, "refusal_ask_to_hold")
    assert "Husstanden kan si ja helt til de har flyttet" in page
    assert "så lenge kommunen holder" not in page


def test_a_wrong_day_comes_back_with_a_sentence_and_what_was_typed(cast: Cast) -> None:
    group = declined(cast)
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("refusal_ask_to_hold", args=[reference_of(group)]), {"deadline_on": "1.3.2024"})
    assert answer.status_code == 422
    page = read(answer.text)
    assert "Fristen for å flytte kan ikke være før i dag." in words(page.one("main"))
    assert page.one("input", name="deadline_on")["value"] == "1.3.2024"


def test_the_first_letter_shows_each_ones_days_before_it_is_sent(cast: Cast) -> None:
    group = messaged(cast)
    page = shown_to(cast, group, cast.udi, "refusal_first_letter")
    assert (
        "Olena får brev på et språk hen leser. Fristen er 2. april 2024, og pengene stopper fra 3. april 2024." in page
    )
    assert "er under 18 år: får ikke brev, og beholder pengene." in page
    whom = everybody(cast, group, cast.udi, "refusal_first_letter")
    assert len(whom) == 2
    assert sent(cast, group, cast.udi, "refusal_first_letter", residents=whom)[0] == 302
    assert planned(cast, group).step == "first_letter"


def test_what_cannot_be_done_yet_says_from_when(cast: Cast) -> None:
    page = shown_to(cast, lettered(cast), cast.udi, "refusal_notice")
    assert "Dette kan ikke gjøres nå" in page
    assert "Dette kan tidligst gjøres 3. april 2024." in page


def test_what_waits_for_others_says_for_what(cast: Cast) -> None:
    group = declined(cast)
    assert "IMDi må først ha meldt til UDI" in shown_to(cast, group, cast.udi, "refusal_first_letter")
    assert "IMDis frist for å flytte må settes først." in shown_to(cast, group, cast.imdi, "refusal_tell_udi")


def test_udi_writes_to_the_guardian_of_a_minor_alone_before_imdi_has_set_a_day(cast: Cast) -> None:
    group = aunt_and_boy(cast)
    with logged_in(cast, cast.udi) as browser:
        page = browser.get(reverse("refusal", args=[reference_of(group)])).text
    assert reverse("refusal_minors", args=[reference_of(group)]) in page
    whom = everybody(cast, group, cast.udi, "refusal_minors")
    assert len(whom) == 1
    status, page = sent(cast, group, cast.udi, "refusal_minors", kind="guardian_told", residents=whom)
    assert status == 302, page
    told = {str(each.who): each.told_on for each in planned(cast, group).tell}
    assert told["guardian"] == cast.day
    assert told["child_welfare"] is None


def test_the_petition_and_the_day_of_the_eviction(cast: Cast) -> None:
    group = noticed(cast)
    later = replace(cast, at=cast.at + (NOTICE_FROM - cast.day), day=NOTICE_FROM)
    page = shown_to(later, group, cast.udi, "refusal_petition")
    assert "Namsmannen får begjæringen om tvangsfravikelse for Andrij og Olena." in page
    whom = everybody(later, group, cast.udi, "refusal_petition")
    assert sent(later, group, cast.udi, "refusal_petition", residents=whom)[0] == 302
    assert sent(later, group, cast.udi, "refusal_eviction_day", day="22.4.2024")[0] == 302
    assert "22. april 2024" in shown_to(later, group, cast.centre, "refusal")


def test_udi_suspends_with_a_reason_and_resumes(cast: Cast) -> None:
    group = lettered(cast)
    assert sent(cast, group, cast.udi, "refusal_suspend", text="")[0] == 422
    assert sent(cast, group, cast.udi, "refusal_suspend", text="Klage.")[0] == 302
    assert "i bero" in shown_to(cast, group, cast.centre, "refusal")
    assert sent(cast, group, cast.udi, "refusal_resume", text="Avgjort.")[0] == 302


def test_the_centre_writes_down_a_talk(cast: Cast) -> None:
    group = messaged(cast)
    whom = everybody(cast, group, cast.centre, "refusal_talk")
    typed = {"residents": whom[:1], "held_on": "14.3.2024", "language": "uk", "interpreter": "remote", "text": "Alt."}
    assert sent(cast, group, cast.centre, "refusal_talk", **typed)[0] == 302
    status, page = sent(cast, group, cast.centre, "refusal_talk", **typed | {"interpreter": "", "text": "Mer."})
    assert (status, "Velg om det var tolk." in page) == (422, True)


@pytest.mark.req("REF-05")
def test_the_centre_registers_that_one_says_yes_and_sees_that_the_offer_stands(cast: Cast) -> None:
    group = lettered(cast)
    assert "Tilbudet står: Levanger holder det." in shown_to(cast, group, cast.centre, "refusal_accept")
    whom = everybody(cast, group, cast.centre, "refusal_accept")
    assert len(whom) == 4
    assert sent(cast, group, cast.centre, "refusal_accept", residents=whom, accepted_on="14.3.2024")[0] == 302
    assert planned(cast, group).step == "everybody_out"


def test_those_who_can_say_yes_stand_as_on_the_page_and_the_children_are_ticked_with_the_reason(cast: Cast) -> None:
    group = lettered(cast)
    with logged_in(cast, cast.centre) as browser:
        page, form = (
            read(browser.get(reverse(name, args=[reference_of(group)])).text) for name in ("refusal", "refusal_accept")
        )
    boxes = form.all("input", type="checkbox", name="residents")
    names = {each["for"]: words(each) for each in form.all("label") if "for" in each.attributes}
    rows = page.one("section", aria_labelledby="residents").all("th", scope="row")
    assert [names[box["id"]].split()[0] for box in boxes] == [words(row).split()[0] for row in rows]
    ticked = {names[box["id"]].split()[0] for box in boxes if "checked" in box.attributes}
    assert ticked == {"Sofia", "Danylo"}
    assert "De følger med den som sier ja." in words(form.one("main"))


def test_who_came_alone_is_not_ticked_for_others(cast: Cast) -> None:
    group = aunt_and_boy(cast)
    with logged_in(cast, cast.centre) as browser:
        form = read(browser.get(reverse("refusal_accept", args=[reference_of(group)])).text)
    boxes = form.all("input", type="checkbox", name="residents")
    assert boxes
    assert not [box for box in boxes if "checked" in box.attributes]
    assert "krysset av" not in words(form.one("main"))


def test_the_municipality_withdraws_with_a_reason(cast: Cast) -> None:
    group = lettered(cast)
    assert "Dere mister innsynet" in shown_to(cast, group, cast.municipality, "refusal_withdraw_home")
    assert sent(cast, group, cast.municipality, "refusal_withdraw_home", text="")[0] == 422
    assert sent(cast, group, cast.municipality, "refusal_withdraw_home", text="Huset er leid ut.")[0] == 302
    assert "Huset er leid ut." in shown_to(cast, group, cast.centre, "refusal")


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("refusal_ask_to_hold", "udi"),
        ("refusal_first_letter", "imdi"),
        ("refusal_first_letter", "centre"),
        ("refusal_close", "centre"),
        ("refusal_talk", "udi"),
        ("refusal_withdraw_home", "imdi"),
        ("refusals", "centre"),
        ("refusals", "municipality"),
    ],
)
def test_a_role_that_has_no_part_in_an_act_does_not_see_its_form(cast: Cast, name: str, who: str) -> None:
    arguments = [] if name == "refusals" else [reference_of(declined(cast))]
    with logged_in(cast, getattr(cast, who)) as browser:
        assert browser.get(reverse(name, args=arguments)).status_code == 403


def test_after_it_is_sent_there_is_no_refusal_to_act_on(cast: Cast) -> None:
    group = queued(cast)
    assert "ingen åpen bosettingsnektsak" in shown_to(cast, group, cast.udi, "refusal_suspend")
    assert "ingen åpen bosettingsnektsak" in sent(cast, group, cast.udi, "refusal_suspend", text="Klage.")[1]


@pytest.mark.parametrize(
    ("query", "is_there"), [("", True), ("?step=first_letter", True), ("?step=petition", False), ("?move=imdi", False)]
)
def test_the_list_shows_how_far_and_whose_move_and_is_filtered(cast: Cast, query: str, *, is_there: bool) -> None:
    group = lettered(cast)
    does(cast, suspend_refusal, group, by=cast.udi, text="Klage.")
    with logged_in(cast, cast.udi) as browser:
        page = words(read(browser.get(reverse("refusals") + query).text).one("main"))
    assert ("Kovalenko" in page) is is_there
    assert "Hvor ofte et nei ble til et ja i 2024" in page


def test_the_measures_show_the_steps_that_a_case_has_come_to_or_say_that_there_is_none(cast: Cast) -> None:
    with logged_in(cast, cast.udi) as browser:
        empty = words(read(browser.get(reverse("refusals")).text).one("section", aria_labelledby="turned"))
        lettered(cast)
        shown = read(browser.get(reverse("refusals")).text).one("section", aria_labelledby="turned")
    assert "Ingen saker er åpnet i år." in empty
    assert "1 sak ble åpnet i år i hele landet." in words(shown)
    rows = [[words(cell) for cell in row.below() if cell.name in ("th", "td")] for row in shown.one("tbody").all("tr")]
    assert rows == [["trinn 1: første brev sendt", "0 av 1", "0", "0", "0", "1"]]


def test_the_worklist_leads_to_the_form(cast: Cast) -> None:
    group = petitioned(cast)
    with logged_in(cast, cast.udi) as browser:
        assert reverse("refusal_eviction_day", args=[reference_of(group)]) in browser.get(reverse("worklist")).text


@pytest.mark.req("REF-03", "REF-05")
def test_udi_reads_what_the_officer_will_be_told_and_writes_it_once(cast: Cast) -> None:
    group = petitioned(cast)
    later = replace(cast, at=cast.at + (NOTICE_FROM - cast.day))
    assert "Namsmannen vet hvordan begjæringen står" in shown_to(later, group, cast.udi, "refusal_officer")
    does(cast, suspend_refusal, group, by=cast.udi, on=NOTICE_FROM, text="Sykehus.")
    assert "Begjæringen er stilt i bero for Olena og" in shown_to(later, group, cast.udi, "refusal_officer")
    status, page = sent(later, group, cast.udi, "refusal_officer")
    assert (status, "Brevet til namsmannen er skrevet." in page) == (302, True)
    assert "Namsmannen vet hvordan begjæringen står" in shown_to(later, group, cast.udi, "refusal_officer")


@pytest.mark.req("REF-02", "REF-03")
def test_the_centre_reads_that_it_stands_still_or_goes_on_before_it_tells(cast: Cast) -> None:
    group = petitioned(cast)
    told = ((suspend_refusal, "Saken står stille fra 4. april 2024."), (resume_refusal, "Saken går videre."))
    for days, (act, said) in enumerate(told, start=1):
        on = NOTICE_FROM + timedelta(days=days)
        later = replace(cast, at=cast.at + (on - cast.day))
        assert "Ingenting er endret" in shown_to(later, group, cast.centre, "refusal_days")
        does(cast, act, group, by=cast.udi, on=on, text="Sykehus.")
        page = shown_to(later, group, cast.centre, "refusal_days")
        assert f"Olena: {said}" in page
        assert f"Andrij: {said}" in page
        assert sent(later, group, cast.centre, "refusal_days")[0] == 302
    assert "Ingenting er endret" in shown_to(later, group, cast.centre, "refusal_days")
