"""The municipality's page «Bor privat», its forms, what the household page shows, and UDI's list of late reports."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.accommodation.public import StayKind
from fotfeste.alternative.domain.local import ContactInterpreter, ContactSubject, ContactWay
from fotfeste.alternative.models import (
    ContactMade,
    ContactPerson,
    HousingCheck,
    LocalCondition,
    PrivateResident,
    WaitingEntry,
    YearlyReport,
)
from fotfeste.alternative.public import check_housing, log_contact, name_contact_person, register_resident
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of, register_identifier
from tests.actions.alternative.living import home, housed, registered
from tests.actions.alternative.test_local_lists import told, waits
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


@pytest.mark.req("ALT-10", "ALT-11", "ALT-12")
def test_the_page_shows_who_lives_there_who_waits_and_who_is_in_the_register(cast: Cast) -> None:
    group, mine = housed(cast), cast.municipality
    housed(cast)
    waits(cast)
    with scope(mine, cast.day):
        check_housing(group, home(), by=mine, at=cast.at)
        name_contact_person(group, mine.user_id or 0, by=mine, at=cast.at)
        register_resident(told(), by=mine, at=cast.at)
    with logged_in(cast, mine) as browser, CaptureQueriesContext(connection) as caught:
        text = browser.get(reverse("private_living")).content.decode()
    assert text.count("Familien Kovalenko") == 2
    for words in ("MAMOT", "Kari Vert", "Levanger", "ikke sjekket", "Enkel, men god nok", "Iryna", "vurder nå"):
        assert words in text, words
    assert "1. april 2024" in text  # the answer to who wants to live there from 1 May
    assert len(caught) <= 15, [query["sql"][:80] for query in caught]
    with logged_in(cast, cast.other_municipality) as browser:
        other = browser.get(reverse("private_living")).content.decode()
    assert "Kovalenko" not in other
    assert "Iryna" not in other
    with logged_in(cast, cast.udi) as browser:
        assert browser.get(reverse("private_living")).status_code == 403


@pytest.mark.req("ALT-10")
def test_conditions_waiting_list_and_register_are_kept_from_the_page(cast: Cast) -> None:
    with logged_in(cast, cast.municipality) as browser:
        browser.post(reverse("declare_conditions"), {"family": "on", "family_words": "Nær familie"})
        empty = browser.post(reverse("declare_conditions"), {"other": "on"})
        assert "Skriv vilkåret med egne ord" in empty.content.decode()
        waiting = {"name": "Iryna", "persons": "2", "reached_by": "900 00 000", "wanted_from": "1.5.2024"}
        assert browser.post(reverse("add_waiting"), waiting).status_code == 302
        with scope(cast.municipality, cast.day):
            entry = WaitingEntry.objects.get()
        answer = {"outcome": "place", "possible_from": "6.5.2024"}
        assert browser.post(reverse("answer_waiting", args=[entry.reference]), answer).status_code == 302
        assert browser.post(reverse("apply_from_waiting", args=[entry.reference]), {}).status_code == 302
        resident = {
            "name": "Petro",
            "duf_number": synthetic_duf(7001),
            "street": "Kirkegata 1",
            "postal_code": "7600",
            "lives_with": "Kari Vert",
            "told_by": "host",
            "told_on": "10.3.2024",
        }
        assert browser.post(reverse("register_resident"), resident).status_code == 302
        text = browser.get(reverse("private_living")).content.decode()
        assert "Nær familie" in text
        assert "søker siden 14. mars 2024" in text
        assert "Petro" in text
        with scope(cast.municipality, cast.day):
            row = PrivateResident.objects.get()
        assert browser.post(reverse("end_resident", args=[row.reference]), {"reason": "moved"}).status_code == 302
        assert browser.get(reverse("end_resident", args=[row.reference])).status_code == 404
    assert LocalCondition.objects.count() == 1


@pytest.mark.req("ALT-11", "ALT-12")
def test_the_home_the_contact_person_and_contact_are_kept_from_the_household_page(cast: Cast) -> None:
    group = housed(cast)
    typed = {
        "occasion": "agreement",
        "checked_on": "1.3.2024",
        "way": "visit",
        "street": "Kirkegata 1",
        "postal_code": "7600",
        "host_name": "Kari Vert",
        "host_contact": "900 00 000",
        "relation": "friend",
        "has_own_entrance": "no",
        "shared_rooms": ["kitchen", "bathroom"],
        "others_living_there": "2",
        "rent": "3000",
        "is_told_of_choice": "on",
        "result": "must_be_mended",
        "must_be_done": "Røykvarsler mangler",
        "follow_up_on": "20.3.2024",
    }
    with logged_in(cast, cast.municipality) as browser:
        page = reference_of(group)
        wrong = browser.post(reverse("check_housing", args=[page]), typed | {"must_be_done": ""})
        assert "Skriv hva som må gjøres" in wrong.content.decode()
        assert browser.post(reverse("check_housing", args=[page]), typed).status_code == 302
        person = {"user": str(cast.municipality.user_id)}
        assert browser.post(reverse("name_contact_person", args=[page]), person).status_code == 302
        contact = {
            "held_on": "10.3.2024",
            "way": "home",
            "interpreter": "remote",
            "subjects": ["home", "school"],
            "words": "Barnehageplass fra mai",
        }
        assert browser.post(reverse("log_contact", args=[page]), contact).status_code == 302
        text = browser.get(reverse("household", args=[page])).content.decode()
    for words in ("Røykvarsler mangler", "3\u202f000 kr i måneden", "Deler bad, kjøkken.", "Barnehageplass fra mai"):
        assert words in text, words
    with scope(cast.municipality, cast.day):
        assert (HousingCheck.objects.count(), ContactPerson.objects.count(), ContactMade.objects.count()) == (1, 1, 1)
    with logged_in(cast, cast.udi) as browser:
        seen = browser.get(reverse("household", args=[page])).content.decode()
    assert "Røykvarsler mangler" in seen
    assert "Barnehageplass fra mai" not in seen


@pytest.mark.req("ALT-11")
def test_the_checker_sees_the_hosts_other_agreements_and_another_municipality_none(cast: Cast) -> None:
    first, second = housed(cast), housed(cast)
    with scope(cast.municipality, cast.day):
        check_housing(first, home(street="Storgata 9"), by=cast.municipality, at=cast.at)
        check_housing(second, home(street="Storgata 10"), by=cast.municipality, at=cast.at)
    with logged_in(cast, cast.municipality) as browser:
        text = browser.get(reverse("check_housing", args=[reference_of(second)])).content.decode()
    assert "Den samme verten har flere" in text
    assert "samme telefon eller e-post" in text
    with logged_in(cast, cast.other_municipality) as browser:
        assert browser.get(reverse("check_housing", args=[reference_of(second)])).status_code == 404


@pytest.mark.req("ALT-10")
def test_udi_sees_on_the_household_page_that_a_municipality_has_them_in_its_register(cast: Cast) -> None:
    group, number = registered(cast), synthetic_duf(7001)
    with scope(cast.registrar, cast.day):
        person = members_of(group, cast.day)[0].subject_id
        register_identifier(person, IdentifierKind.DUF, number, by=cast.registrar, at=cast.at)
    with scope(cast.municipality, cast.day):
        register_resident(told(number), by=cast.municipality, at=cast.at)
    with logged_in(cast, cast.udi) as browser:
        text = browser.get(reverse("household", args=[reference_of(group)])).content.decode()
    assert "fått vite at Iryna bor privat i Kirkegata 1" in text


@pytest.mark.req("ALT-13")
def test_a_report_is_sent_and_a_late_one_stands_in_udis_list(cast: Cast) -> None:
    group = housed(cast, StayKind.AMOT)
    with logged_in(cast, cast.udi) as browser:
        assert "Alle rapporter er kommet." in browser.get(reverse("late_reports")).content.decode()
    with logged_in(cast, cast.municipality) as browser:
        nothing = browser.get(reverse("yearly_report", args=[reference_of(group)])).content.decode()
    assert "noen rapport om denne husstanden nå" in nothing
    later = date(2025, 3, 3)
    later_on = replace(cast, at=datetime(2025, 3, 3, 9, tzinfo=UTC))
    with logged_in(later_on, cast.udi) as browser:
        text = browser.get(reverse("late_reports")).content.decode()
    assert "4 rapporter mangler" in text
    with scope(cast.municipality, later):
        person = members_of(group, later)[0].subject_id
    report = {"person": f"2024-{person}", "followed_up": ["school"], "lives_as_before": "yes"}
    with logged_in(later_on, cast.municipality) as browser:
        page = reverse("yearly_report", args=[reference_of(group)])
        assert browser.post(page, report | {"followed_up": []}).status_code == 422
        assert browser.post(page, report).status_code == 302
    with logged_in(later_on, cast.udi) as browser:
        assert "3 rapporter mangler" in browser.get(reverse("late_reports")).content.decode()
    with scope(cast.udi, later):
        assert YearlyReport.objects.get().contacts == 0


@pytest.mark.req("ALT-12")
def test_who_follows_nobody_up_is_told_so(cast: Cast) -> None:
    group = housed(cast)
    with scope(cast.municipality, cast.day):
        log_contact(
            group,
            held_on=cast.day,
            way=ContactWay.PHONE,
            interpreter=ContactInterpreter.NOT_NEEDED,
            subjects=[ContactSubject.OTHER],
            by=cast.municipality,
            at=cast.at,
        )
    with logged_in(cast, cast.centre) as browser:
        assert browser.get(reverse("log_contact", args=[reference_of(group)])).status_code == 403
