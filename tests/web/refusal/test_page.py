"""The page of a refusal and its panel: what is told, to whom."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import Subject
from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.refusal.models import RefusalEvent
from fotfeste.refusal.panels import household_panels
from fotfeste.refusal.public import take_back_event
from fotfeste.registry.public import members_of
from fotfeste.web.happened import happened_to
from tests.actions.refusal.stage import (
    NOTICE_FROM,
    aunt_and_boy,
    declined,
    does,
    lettered,
    messaged,
    people,
    petitioned,
    talks,
)
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
BUDGET = 15


def page_of(cast: Cast, group: int, viewer: Viewer, name: str = "refusal", status: int = 200) -> Element:
    """The page as somebody gets it."""
    with logged_in(cast, viewer) as browser:
        answer = browser.get(reverse(name, args=[reference_of(group)]))
    assert answer.status_code == status
    return read(answer.text)


def words(element: Element) -> str:
    """What stands there, whatever the breaks in the source."""
    return " ".join(element.text.split())


def row_of(page: Element, name: str) -> list[str]:
    """What stands beside a resident."""
    table = page.one("section", aria_labelledby="residents").one("tbody")
    for row in table.all("tr"):
        if row.one("th").text.startswith(name):
            return [words(cell) for cell in row.all("td")]
    raise AssertionError(name)


def test_before_anything_is_done_it_is_imdis_move(cast: Cast) -> None:
    page = page_of(cast, declined(cast), cast.imdi)
    now = words(page.one("section", aria_labelledby="now"))
    assert "ingen brev sendt" in now
    assert "Husstanden sa nei til tilbudet." in now
    assert "IMDi ber kommunen holde tilbudet, og melder fra til UDI" in now
    assert "ikke satt" in words(page.one("section", aria_labelledby="clock"))


@pytest.mark.req("REF-06")
def test_the_centre_sees_who_got_which_letter_when_and_the_clock_of_each(cast: Cast) -> None:
    page = page_of(cast, lettered(cast), cast.centre)
    assert row_of(page, "Olena") == [
        "sendt 14. mars 2024",
        "2. april 2024 (satt til 28. mars 2024)",
        "stopper fra 3. april 2024",
        "tidligst 3. april 2024",
        "tidligst 3. april 2024 Alle voksne som fortsatt er i saken, må ha fått varsel om utkastelse først.",
    ]
    assert "22. mars 2024" in words(page.one("section", aria_labelledby="clock"))
    assert "Kovalenko" in page.one("h1").text


def test_a_child_is_named_as_not_affected(cast: Cast) -> None:
    page = page_of(cast, lettered(cast), cast.centre)
    assert row_of(page, "Sofia") == ["Under 18 år til 9. august 2028: får ikke brev, og beholder pengene."]


def test_of_a_minor_alone_it_says_who_must_be_told_first(cast: Cast) -> None:
    tellings = words(page_of(cast, aunt_and_boy(cast), cast.udi).one("section", aria_labelledby="tellings"))
    assert "Varsle vergen (Taras): ikke gjort" in tellings
    assert "Varsle barnevernet (Taras): ikke gjort" in tellings
    assert "Tilby plass i mottak for enslige mindreårige (Taras): ikke gjort" in tellings


def test_a_talk_stands_in_the_course_with_interpreter_and_language(cast: Cast) -> None:
    group = messaged(cast)
    talks(cast, group, [people(cast, group)["Olena"]])
    course = words(page_of(cast, group, cast.udi).one("section", aria_labelledby="course"))
    assert "på ukrainsk, tolk til stede" in course
    assert "De vet hva de mister." in course


def test_the_letters_are_linked_for_those_who_may_read_them_by_what_they_are_and_to_whom(cast: Cast) -> None:
    section = page_of(cast, lettered(cast), cast.centre).one("section", aria_labelledby="letters")
    lines = sorted(words(line) for line in section.all("li"))
    assert lines == [
        f"{what} , til {name} Kovalenko (ukrainsk, sendt 14. mars 2024)"
        for what in ("Første varselbrev ved bosettingsnekt", "IMDis frist for å flytte")
        for name in ("Andrij", "Olena")
    ]


def test_the_page_says_that_the_benefit_has_stopped_when_it_has(cast: Cast) -> None:
    group = lettered(cast)
    later = replace(cast, at=cast.at + (NOTICE_FROM - cast.day), day=NOTICE_FROM)
    before, after = (words(page_of(on, group, cast.udi).one("section", aria_labelledby="now")) for on in (cast, later))
    assert "Basisutbetalingen stopper når de 14 dagene er ute." in before
    assert "basisutbetalingen er stoppet. De kan fortsatt si ja." in after


def test_what_keeps_an_earlier_letter_back_is_said_once(cast: Cast) -> None:
    notice, petition = row_of(page_of(cast, aunt_and_boy(cast), cast.udi), "Iryna")[3:]
    assert "Vergen til barnet som kom alene, må være varslet først." in notice
    assert "Vergen" not in petition
    assert "må ha fått varsel om utkastelse først." in petition


def test_whoever_something_is_about_stands_in_the_order_of_the_household(cast: Cast) -> None:
    group = messaged(cast)
    found = people(cast, group)
    talks(cast, group, [found[name] for name in reversed(found)])
    page = page_of(cast, group, cast.udi)
    residents = [words(each) for each in page.one("section", aria_labelledby="residents").one("tbody").all("th")]
    assert ", ".join(residents) in words(page.one("section", aria_labelledby="course"))


@pytest.mark.req("REF-04")
def test_the_case_leads_to_the_ruling_that_its_letters_follow(cast: Cast) -> None:
    section = page_of(cast, declined(cast), cast.centre).one("section", aria_labelledby="letters")
    assert "Voksne som sier nei til tilbudet, har fortsatt rett til gratis norsk" in words(section)
    assert [link["href"] for link in section.all("a")] == [reverse("rulings")]


def test_what_waits_for_another_stands_last_and_says_so(cast: Cast) -> None:
    now = page_of(cast, declined(cast), cast.imdi).one("section", aria_labelledby="now")
    moves = [words(line) for line in now.all("ul")[0].all("li")]
    assert moves[0] == "IMDi ber kommunen holde tilbudet, og melder fra til UDI"
    assert moves[-1] == "UDI sender første brev venter"


def test_what_could_be_done_on_a_day_that_is_over_only_waits(cast: Cast) -> None:
    """The day of the petition has come; what is left is that everybody is warned first."""
    group = lettered(cast)
    later = replace(cast, at=cast.at + (NOTICE_FROM - cast.day), day=NOTICE_FROM)
    notice, petition = row_of(page_of(later, group, cast.udi), "Olena")[3:]
    assert notice == "kan sendes nå"
    assert petition == "venter Alle voksne som fortsatt er i saken, må ha fått varsel om utkastelse først."


def test_the_household_page_has_the_clock(cast: Cast) -> None:
    panel = page_of(cast, lettered(cast), cast.centre, "household").one("section", aria_labelledby="panel-refusal")
    assert "trinn 1: første brev sendt" in words(panel)
    assert "14 dager til 2. april 2024, basisutbetaling stopper fra 3. april 2024" in words(panel)


def test_the_municipality_sees_that_it_is_asked_to_hold_and_until_when_and_no_more(cast: Cast) -> None:
    group = lettered(cast)
    talks(cast, group, [people(cast, group)["Olena"]])
    for name in ("refusal", "household"):
        text = words(page_of(cast, group, cast.municipality, name).one("main"))
        assert "IMDi ber dere holde tilbudet" in text
        assert "22. mars 2024" in text
        for hidden in ("brev om bosettingsnekt", "snakket med husstanden", "Basisutbetaling", "utkastelse", "mister"):
            assert hidden not in text, f"{hidden} on {name}"


def test_the_municipalitys_own_page_lists_what_it_is_asked_to_hold_and_until_when(cast: Cast) -> None:
    group = messaged(cast)
    with logged_in(cast, cast.municipality) as browser:
        page = read(browser.get(reverse("my_municipality")).text)
    held = page.one("section", aria_labelledby="held")
    assert "14. mars 2024 22. mars 2024" in words(held)
    assert [link["href"] for link in held.all("a")] == [reverse("refusal", args=[reference_of(group)])]


@pytest.mark.req("ACS-01")
def test_a_municipality_is_not_told_that_a_talk_was_taken_back(cast: Cast) -> None:
    group = messaged(cast)
    talks(cast, group, [people(cast, group)["Olena"]])
    with scope(cast.udi, cast.day):
        written = RefusalEvent.objects.filter(subject_id=group, kind="talk").latest("pk").pk
    does(cast, take_back_event, group, written, reason="wrong_choice", by=cast.centre)
    told = "Noe i bosettingsnektsaken ble tatt tilbake"
    assert told in words(page_of(cast, group, cast.centre, "household").one("main"))
    assert told not in words(page_of(cast, group, cast.municipality, "household").one("main"))


def test_a_household_whose_refusal_was_opened_by_the_migration_has_its_panel(cast: Cast) -> None:
    """The migration opens refusals and tells no event of it: the no itself is known."""
    group = declined(cast)
    with scope(cast.udi, cast.day):
        subject = Subject.objects.get(pk=group)
        members = members_of(group, cast.day)
        context = HouseholdContext(
            viewer=cast.udi,
            day=cast.day,
            subject_id=group,
            reference=subject.reference,
            version=1,
            person_ids=tuple(each.subject_id for each in members),
            names={each.subject_id: each.given_name for each in members},
            members=members,
            events=[each for each in happened_to(cast.udi, group) if not each.type.startswith("refusal.")],
        )
        assert [panel.code for panel in household_panels(context)] == ["refusal"]


def test_a_municipality_that_nobody_has_asked_has_no_page(cast: Cast) -> None:
    group = declined(cast)
    page_of(cast, group, cast.municipality, status=404)
    assert page_of(cast, group, cast.municipality, "household").all("section", aria_labelledby="panel-refusal") == []


def test_where_there_is_no_refusal_there_is_no_page(cast: Cast) -> None:
    page_of(cast, queued(cast), cast.imdi, status=404)


@pytest.mark.parametrize("stage", [declined, lettered, petitioned, aunt_and_boy])
@pytest.mark.parametrize("who", ["imdi", "udi", "centre"])
@pytest.mark.parametrize("name", ["refusal", "household"])
def test_the_pages_keep_their_budget(cast: Cast, stage: Callable[[Cast], int], who: str, name: str) -> None:
    group = stage(cast)
    address = reverse(name, args=[reference_of(group)])
    with logged_in(cast, getattr(cast, who)) as browser, CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    asked = [query["sql"] for query in caught if "set_config" not in query["sql"]]
    assert len(asked) <= BUDGET, "\n".join(asked)
