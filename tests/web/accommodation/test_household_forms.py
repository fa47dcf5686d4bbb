"""The forms about where a household lives: what they offer, what they keep, what they say."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import Subject
from fotfeste.accommodation.public import (
    Absence,
    BedAssignment,
    CentreType,
    DepartureReason,
    Stay,
    assign_beds,
    place_group,
    register_absence,
    staying_members,
    where_now,
)
from fotfeste.directory.public import Organisation, User
from fotfeste.platform.scope import scope
from tests.actions.accommodation.people import ARRIVED, household, minor_alone, open_centre, version_of
from tests.actions.settlement.stage import depart, queued
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.accommodation.conftest import Browser, Voss

pytestmark = pytest.mark.django_db


def version(cast: Cast, voss: Voss) -> int:
    """What a form that is opened now carries."""
    with scope(cast.udi, cast.day):
        return version_of(voss.group_id)


def errors(answer: Any) -> str:
    """The words of the error summary."""
    return read(answer.text).one("div", class_="ds-error-summary").text


@pytest.mark.req("ACC-02")
def test_the_place_form_offers_centres_with_room_and_says_why_not_for_the_others(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    raade = open_centre(cast, cast.other_centre, places=1, maximum=1)
    page = read(logged_in(cast.udi).get(reverse("place_group", args=[voss.reference])).text)
    offered = [option.text for option in page.one("select", name="centre").all("option")]
    assert offered == ["Velg mottak"]
    rows = [" ".join(row.text.split()) for row in page.all("tr")]
    assert any(
        row.startswith("Råde mottak") and row.endswith("Nei For få plasser: 1 ledige, også om det utvides.")
        for row in rows
    )
    assert any(row.startswith("Voss akuttinnkvartering") and row.endswith("Nei De bor der nå.") for row in rows)
    assert raade


@pytest.mark.req("ACC-02")
def test_a_household_is_moved_from_the_form_and_the_page_says_what_comes_next(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    raade = open_centre(cast, cast.other_centre)
    browser = logged_in(cast.udi)
    page = read(browser.get(reverse("place_group", args=[voss.reference])).text)
    (option,) = page.one("select", name="centre").all("option")[1:]
    assert option.text == "Råde mottak, Østfold: 100 ledige."
    answer = browser.post(
        reverse("place_group", args=[voss.reference]),
        {"version": version(cast, voss), "centre": option["value"], "from_on": "14.3.2024"},
    )
    assert answer.status_code == 302
    with scope(cast.udi, cast.day):
        assert where_now([voss.group_id], cast.day)[voss.group_id].centre_id == raade


def test_a_centre_that_filled_up_meanwhile_gets_a_sentence_and_the_day_is_kept(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    group_id, _ = household(cast, "Ivan", "Maria", "Petro")
    reference = Subject.objects.get(pk=group_id).reference
    answer = logged_in(cast.udi).post(
        reverse("place_group", args=[reference]),
        {"version": 1, "centre": voss.centre.reference, "from_on": "1.3.2024"},
    )
    assert answer.status_code == 422
    assert "Voss akuttinnkvartering har ikke plass: husstanden trenger 3, og det er 2 ledige." in errors(answer)
    assert read(answer.text).one("input", name="from_on")["value"] == "1.3.2024"


@pytest.mark.req("ACC-02")
def test_beds_are_offered_room_by_room_and_given_from_the_day_of_arrival(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    browser = logged_in(cast.centre)
    page = read(browser.get(reverse("assign_beds", args=[voss.reference])).text)
    first = page.one("select", name=f"bed_{voss.persons[0]}")
    assert [group["label"] for group in first.all("optgroup")] == ["Rom 214", "Rom 215"]
    assert page.one("input", name="from_on")["value"] == "1.2.2024"
    answer = browser.post(
        reverse("assign_beds", args=[voss.reference]),
        {
            "version": version(cast, voss),
            "from_on": "1.2.2024",
            f"bed_{voss.persons[0]}": voss.beds[0],
            f"bed_{voss.persons[1]}": voss.beds[1],
        },
    )
    assert answer.status_code == 302
    with scope(cast.centre, cast.day):
        assert BedAssignment.objects.current().filter(period__contains=ARRIVED).count() == 2


@pytest.mark.req("ACC-02")
def test_a_bed_taken_meanwhile_gets_a_sentence_and_the_other_choices_stand(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    browser = logged_in(cast.centre)
    browser.get(reverse("assign_beds", args=[voss.reference]))
    other, (ivan,) = household(cast, "Ivan")
    with scope(cast.udi, cast.day):
        place_group(other, voss.centre.pk, cast.day, by=cast.udi, at=cast.at)
    with scope(cast.centre, cast.day):
        assign_beds(other, {ivan: voss.beds[0]}, cast.day, by=cast.centre, at=cast.at)
    answer = browser.post(
        reverse("assign_beds", args=[voss.reference]),
        {
            "version": version(cast, voss),
            "from_on": "14.3.2024",
            f"bed_{voss.persons[0]}": voss.beds[0],
            f"bed_{voss.persons[1]}": voss.beds[2],
        },
    )
    assert answer.status_code == 422
    assert "Senga er ikke ledig i perioden. Velg en annen seng." in errors(answer)
    page = read(answer.text)
    (kept,) = [
        option
        for option in page.one("select", name=f"bed_{voss.persons[1]}").all("option")
        if "selected" in option.attributes
    ]
    assert kept["value"] == str(voss.beds[2])
    assert page.one("select", name=f"bed_{voss.persons[0]}")["aria-invalid"] == "true"


def test_a_bed_that_is_no_bed_is_refused_beside_its_field(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    answer = logged_in(cast.centre).post(
        reverse("assign_beds", args=[voss.reference]),
        {"version": version(cast, voss), "from_on": "14.3.2024", f"bed_{voss.persons[0]}": "sofaen"},
    )
    assert "Velg en seng fra listen." in errors(answer)


@pytest.mark.req("ACC-04")
@pytest.mark.req("TRV-04")
def test_the_departure_form_has_everyone_chosen_today_and_shows_what_follows(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    page = read(logged_in(cast.centre).get(reverse("register_departure", args=[with_beds.reference])).text)
    boxes = page.all("input", name="persons")
    assert ["checked" in box.attributes for box in boxes] == [True, True]
    assert page.one("input", name="on")["value"] == "14.3.2024"
    assert "moved_centre" not in [radio["value"] for radio in page.all("input", name="reason")]
    follows = page.one("aside").text
    assert "Sengene deres blir ledige fra avreisedagen." in follows
    assert "De regnes som bosatt fra avreisedagen." in follows
    assert "Minn dem på å melde flyttingen til Folkeregisteret." in follows


@pytest.mark.req("ACC-04")
def test_a_departure_fills_in_place_and_county_and_says_that_it_was_in_time(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    browser = logged_in(cast.centre)
    answer = browser.post(
        reverse("register_departure", args=[with_beds.reference]),
        {
            "version": version(cast, with_beds),
            "persons": with_beds.persons,
            "on": "14.3.2024",
            "reason": "private_address",
            "street": "Storgata 1",
            "postal_code": "7600",
        },
        follow=True,
    )
    assert answer.status_code == 200
    with scope(cast.centre, cast.day):
        stay = Stay.objects.current().filter(subject_id=with_beds.persons[0]).get()
        assert (stay.departure_reason, stay.place, stay.county) == (
            DepartureReason.PRIVATE_ADDRESS,
            "Levanger",
            "Trøndelag",
        )
    (message,) = [str(message) for message in get_messages(answer.wsgi_request)]
    assert message == (
        "Hele husstanden reiste 14. mars 2024. Avreisen ble registrert samme dag. "
        "Minn dem på å melde flyttingen til Folkeregisteret. "
        "Brevet til dem om Folkeregisteret ligger på husstandens side. Gi dem det når de reiser."
    )


@pytest.mark.req("ACC-04")
def test_what_is_wrong_with_a_departure_is_said_beside_its_field_and_what_was_typed_stands(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    answer = logged_in(cast.centre).post(
        reverse("register_departure", args=[with_beds.reference]),
        {
            "version": version(cast, with_beds),
            "persons": with_beds.persons[:1],
            "on": "14.3.2024",
            "reason": "agreed_settlement",
            "street": "Storgata 1",
            "postal_code": "7600",
            "place": "Oslo",
        },
    )
    assert answer.status_code == 422
    assert "Postnummer 7600 er Levanger." in errors(answer)
    page = read(answer.text)
    assert page.one("input", name="street")["value"] == "Storgata 1"
    assert ["checked" in box.attributes for box in page.all("input", name="persons")] == [True, False]
    with scope(cast.centre, cast.day):
        assert staying_members(with_beds.group_id, cast.day) == with_beds.persons


def test_who_saves_after_somebody_else_is_told_and_may_save_again(
    cast: Cast, with_beds: Voss, logged_in: Browser
) -> None:
    browser = logged_in(cast.centre)
    address = reverse("register_absence", args=[with_beds.reference])
    typed = {"persons": with_beds.persons, "from_on": "14.3.2024", "version": version(cast, with_beds) - 1}
    answer = browser.post(address, typed)
    assert "Noen andre har endret saken" in errors(answer)
    offered = read(answer.text).one("input", name="version")["value"]
    assert browser.post(address, typed | {"version": offered}).status_code == 302


@pytest.mark.req("ACC-05")
def test_leave_absence_and_return_go_through_their_forms(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    browser = logged_in(cast.centre)
    olena, andrij = with_beds.persons
    assert (
        browser.post(
            reverse("grant_leave", args=[with_beds.reference]),
            {
                "version": version(cast, with_beds),
                "persons": [olena],
                "from_on": "14.3.2024",
                "return_on": "20.3.2024",
                "is_abroad": "on",
            },
        ).status_code
        == 302
    )
    page = read(browser.get(reverse("register_absence", args=[with_beds.reference])).text)
    assert [box["value"] for box in page.all("input", name="persons")] == [str(andrij)]
    page = read(browser.get(reverse("register_return", args=[with_beds.reference])).text)
    assert [box["value"] for box in page.all("input", name="persons")] == [str(olena)]
    answer = browser.post(
        reverse("register_return", args=[with_beds.reference]),
        {"version": version(cast, with_beds), "persons": [olena], "on": "14.3.2024"},
    )
    assert answer.status_code == 302
    with scope(cast.centre, cast.day):
        assert not Absence.objects.current().exists()
    page = read(browser.get(reverse("register_return", args=[with_beds.reference])).text)
    assert "Ingen i husstanden kan velges her nå." in page.text
    assert not page.one("main").all("button")


def test_nobody_selected_is_told_so(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    answer = logged_in(cast.centre).post(
        reverse("register_absence", args=[with_beds.reference]),
        {"version": version(cast, with_beds), "from_on": "14.3.2024"},
    )
    assert "Velg minst én person." in errors(answer)


def test_the_line_of_a_postal_code_says_place_and_county(cast: Cast, logged_in: Browser) -> None:
    browser = logged_in(cast.centre)
    assert browser.get(reverse("postal_place"), {"postal_code": "7600"}).text.strip() == "7600 Levanger, Trøndelag"
    assert browser.get(reverse("postal_place"), {"postal_code": "0000"}).text.strip() == "Postnummer 0000 finnes ikke."
    assert browser.get(reverse("postal_place")).text.strip() == ""


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("centre", "place_group"),
        ("udi", "assign_beds"),
        ("udi", "register_departure"),
        ("imdi", "register_absence"),
        ("municipality", "grant_leave"),
    ],
)
@pytest.mark.req("ACS-01")
def test_a_form_that_is_not_ones_own_is_closed(
    cast: Cast, with_beds: Voss, logged_in: Browser, who: str, page: str
) -> None:
    assert logged_in(getattr(cast, who)).get(reverse(page, args=[with_beds.reference])).status_code == 403


@pytest.mark.req("ACS-01")
def test_a_household_of_another_centre_is_not_there(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    answer = logged_in(cast.other_centre).get(reverse("register_departure", args=[with_beds.reference]))
    assert answer.status_code == 404


def test_a_form_for_those_who_left_says_that_there_is_nobody(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    browser = logged_in(cast.centre)
    browser.post(
        reverse("register_departure", args=[with_beds.reference]),
        {
            "version": version(cast, with_beds),
            "persons": with_beds.persons,
            "on": "14.3.2024",
            "reason": "left_country",
        },
    )
    answer = browser.get(reverse("register_departure", args=[with_beds.reference]))
    assert "Ingen i husstanden kan velges her nå." in answer.text
    answer = browser.post(
        reverse("assign_beds", args=[with_beds.reference]),
        {"version": version(cast, with_beds), "from_on": "14.3.2024"},
    )
    assert "Minst én av dem bor ikke på mottaket nå." in answer.text
    assert "Ingenting er lagret." in answer.text


@pytest.mark.parametrize(
    "page", ["assign_beds", "register_departure", "register_absence", "grant_leave", "register_return"]
)
def test_the_forms_stay_within_their_queries(cast: Cast, with_beds: Voss, logged_in: Browser, page: str) -> None:
    with scope(cast.centre, cast.day):
        register_absence(
            with_beds.group_id, with_beds.persons[:1], cast.day, is_abroad=False, by=cast.centre, at=cast.at
        )
    browser = logged_in(cast.centre)
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse(page, args=[with_beds.reference]))
    assert len(queries) <= 17, [query["sql"][:90] for query in queries]


@pytest.mark.req("SET-06")
def test_a_minor_alone_is_offered_the_centres_for_minors_first_and_others_with_a_warning(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    own = open_centre(cast, cast.other_centre, places=2, maximum=2, kind=CentreType.UNACCOMPANIED_MINORS)
    group_id = minor_alone(cast)
    browser, address = logged_in(cast.udi), reverse("place_group", args=[Subject.objects.get(pk=group_id).reference])
    page = read(browser.get(address).text)
    offered = [option.text for option in page.one("select", name="centre").all("option")]
    assert [each.partition(":")[2].strip() for each in offered[1:]] == [
        "2 ledige. For enslige mindreårige.",
        "1 ledige. Ikke for enslige mindreårige.",
    ]
    typed = {"centre": voss.centre.reference, "from_on": "1.3.2024"}
    refused = browser.post(address, typed)
    assert "Voss akuttinnkvartering er ikke et mottak for enslige mindreårige." in errors(refused)
    browser.post(address, typed | {"centre": Organisation.objects.get(pk=own).reference})
    with scope(cast.udi, cast.day):
        assert where_now([group_id], cast.day)[group_id].centre_id == own


def test_a_family_is_told_that_a_centre_is_for_minors_only(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    open_centre(cast, cast.other_centre, kind=CentreType.UNACCOMPANIED_MINORS)
    page = read(logged_in(cast.udi).get(reverse("place_group", args=[voss.reference])).text)
    rows = [" ".join(row.text.split()) for row in page.all("tr")]
    assert any(row.startswith("Råde mottak") and row.endswith("Nei Bare for enslige mindreårige.") for row in rows)
    assert not page.all("input", name="is_meant")


@pytest.mark.req("ACC-04")
def test_a_departure_that_is_wrong_is_taken_back_from_the_link_beside_it(cast: Cast) -> None:
    group = queued(cast)
    depart(cast, group, DepartureReason.PRIVATE_ADDRESS)
    household = reverse("household", args=[Subject.objects.get(pk=group).reference])
    url = reverse("annul_departure", args=[Subject.objects.get(pk=group).reference])
    with time_machine.travel(cast.at + timedelta(minutes=5), tick=False):
        client = Client()
        client.force_login(User.objects.get(pk=cast.centre.user_id or 0))
        assert url in client.get(household).text
        page = client.get(url)
        chosen = re.findall(r'name="persons" value="(\d+)"[^>]* checked', page.text)
        version = re.search(r'name="version" value="(\d+)"', page.text)
        assert len(chosen) == 4
        assert version is not None
        form = {"version": version.group(1), "persons": chosen, "reason": "wrong_person"}
        assert client.post(url, form | {"reason": ""}).status_code == 422
        assert client.post(url, form).status_code == 302
        assert "Avreisen 14. mars 2024 er tatt tilbake." in client.get(household).text
        assert "Ingen i husstanden har en avreise som dere kan ta tilbake." in client.get(url).text


@pytest.mark.req("ACC-03")
def test_the_day_they_came_is_put_right_on_a_page_that_keeps_what_stood(cast: Cast, voss: Voss) -> None:
    household = reverse("household", args=[voss.reference])
    url = reverse("correct_arrival", args=[voss.reference])
    with time_machine.travel(cast.at + timedelta(minutes=5), tick=False):
        client = Client()
        client.force_login(User.objects.get(pk=cast.centre.user_id or 0))
        assert url in client.get(household).text
        page = client.get(url)
        chosen = re.findall(r'name="persons" value="(\d+)"[^>]* checked', page.text)
        version = re.search(r'name="version" value="(\d+)"', page.text)
        assert chosen
        assert version is not None
        form = {"version": version.group(1), "persons": chosen, "right_on": "5.3.2024", "text": "De kom om natta."}
        assert client.post(url, form | {"text": ""}).status_code == 422
        assert "1. mai 2024 er ikke kommet ennå." in client.post(url, form | {"right_on": "1.5.2024"}).text
        assert client.post(url, form).status_code == 302
        assert "De kom 5. mars 2024, ikke " in client.get(household).text
        assert "De kom om natta." in client.get(url).text
