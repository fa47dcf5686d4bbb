"""Centre administration: operation by UDI; rooms, beds and blocks by the centre's administrator."""

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import Bed, BedBlock, CentreOperation, Room
from fotfeste.directory.public import Organisation, OrganisationKind
from tests.conftest import Cast, organisation
from tests.platform.markup import read
from tests.web.accommodation.conftest import Browser, Voss

pytestmark = pytest.mark.django_db

OPERATION = {
    "from_on": "1.3.2024",
    "type": "emergency",
    "operator": "private",
    "places": "250",
    "places_maximum": "285",
    "source": "Avtale 12",
}


@pytest.mark.req("ACC-01")
def test_the_directorate_changes_an_operation_from_what_it_is(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    browser = logged_in(cast.udi)
    address = reverse("centre_operation", args=[voss.centre.reference])
    page = read(browser.get(address).text)
    assert page.one("input", name="places")["value"] == "3"
    assert browser.post(address, OPERATION).status_code == 302
    row = CentreOperation.objects.current().get(centre=voss.centre, period__contains=cast.day)
    assert (row.places, row.places_maximum, row.source) == (250, 285, "Avtale 12")


@pytest.mark.req("ACC-01")
def test_the_directorate_puts_a_centre_into_operation(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    raade = Organisation.objects.get(pk=cast.other_centre.organisation_id)
    browser = logged_in(cast.udi)
    assert browser.post(reverse("centre_operation", args=[raade.reference]), OPERATION).status_code == 302
    assert CentreOperation.objects.filter(centre=raade).count() == 1


@pytest.mark.req("REG-07")
def test_the_operator_is_an_organisation_that_the_centres_page_leads_to(
    cast: Cast, voss: Voss, logged_in: Browser
) -> None:
    fjordbo = organisation(OrganisationKind.OPERATOR, "Fjordbo")
    browser = logged_in(cast.udi)
    address = reverse("centre_operation", args=[voss.centre.reference])
    assert browser.post(address, OPERATION | {"operated_by": str(fjordbo.pk)}).status_code == 302
    page = read(browser.get(reverse("centre", args=[voss.centre.reference])).text)
    assert any(link["href"] == reverse("organisation", args=[fjordbo.reference]) for link in page.all("a"))
    assert f'value="{fjordbo.pk}" selected' in browser.get(address).text
    wrong = browser.post(address, OPERATION | {"operator": "municipal", "operated_by": str(fjordbo.pk)})
    assert wrong.status_code == 422
    assert "Et kommunalt mottak drives av en kommune" in wrong.text


def test_places_that_make_no_sense_get_their_sentence(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    answer = logged_in(cast.udi).post(
        reverse("centre_operation", args=[voss.centre.reference]), OPERATION | {"places_maximum": "200"}
    )
    assert answer.status_code == 422
    assert "Antall plasser må være over null" in answer.text


@pytest.mark.req("ACC-01")
def test_a_centre_with_people_is_not_closed(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    answer = logged_in(cast.udi).post(reverse("close_centre", args=[voss.centre.reference]), {"on": "1.4.2024"})
    assert answer.status_code == 422
    assert "Det bor folk der (2) også etter 1. april 2024." in answer.text


@pytest.mark.req("ACC-02")
def test_the_administrator_adds_a_row_of_rooms_at_once(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    browser = logged_in(cast.centre_administrator)
    answer = browser.post(
        reverse("centre_rooms", args=[voss.centre.reference]),
        {"names": "301-303, Hybel", "building": "B", "beds": "2", "is_adapted": "on"},
        follow=True,
    )
    assert answer.status_code == 200
    made = Room.objects.filter(centre=voss.centre, building="B")
    assert sorted(room.name for room in made) == ["301", "302", "303", "Hybel"]
    assert Bed.objects.filter(room__in=made).count() == 8


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("303-301", "«303-301» går baklengs."),
        (",", "Skriv navnet på minst ett rom."),
        ("1-999", "Du kan legge til 200 rom om gangen."),
        ("214", "Det finnes allerede et rom med dette navnet i bygningen."),
    ],
)
def test_names_that_cannot_be_used_get_their_sentence(
    cast: Cast, voss: Voss, logged_in: Browser, names: str, sentence: str
) -> None:
    answer = logged_in(cast.centre_administrator).post(
        reverse("centre_rooms", args=[voss.centre.reference]), {"names": names, "beds": "1"}
    )
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.req("ACC-02")
def test_a_bed_is_blocked_and_opened_again_from_the_pages(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    browser = logged_in(cast.centre_administrator)
    room = Room.objects.get(centre=voss.centre, name="215")
    answer = browser.post(
        reverse("block_bed", args=[room.reference, "1"]), {"from_on": "10.3.2024", "cause": "Maling"}, follow=True
    )
    assert "Maling" in read(answer.text).text
    answer = browser.post(reverse("unblock_bed", args=[room.reference, "1"]), {"on": "14.3.2024"}, follow=True)
    assert "kan brukes fra 14. mars 2024" in read(answer.text).text
    assert BedBlock.objects.current().get().period.end == cast.day


def test_a_bed_that_somebody_has_is_not_blocked(cast: Cast, with_beds: Voss, logged_in: Browser) -> None:
    room = Room.objects.get(centre=with_beds.centre, name="214")
    answer = logged_in(cast.centre_administrator).post(
        reverse("block_bed", args=[room.reference, "1"]), {"from_on": "14.3.2024", "cause": "Maling"}
    )
    assert answer.status_code == 422
    assert "Noen har denne senga i perioden." in answer.text


def test_more_beds_are_added_to_a_room(cast: Cast, voss: Voss, logged_in: Browser) -> None:
    room = Room.objects.get(centre=voss.centre, name="215")
    answer = logged_in(cast.centre_administrator).post(reverse("add_beds", args=[room.reference]), {"beds": "2"})
    assert answer.status_code == 302
    assert room.beds.count() == 3


@pytest.mark.parametrize("page", ["block_bed", "unblock_bed"])
def test_another_centres_bed_is_not_there(cast: Cast, voss: Voss, logged_in: Browser, page: str) -> None:
    browser = logged_in(cast.centre_administrator)
    assert browser.get(reverse(page, args=["nosuchroom00", "1"])).status_code == 404
    room = Room.objects.get(centre=voss.centre, name="215")
    assert browser.get(reverse(page, args=[room.reference, "9"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "page"), [("centre", "centre_rooms"), ("centre", "centre_operation"), ("udi", "centre_rooms")]
)
def test_pages_of_other_roles_are_closed(cast: Cast, voss: Voss, logged_in: Browser, who: str, page: str) -> None:
    answer = logged_in(getattr(cast, who)).get(reverse(page, args=[voss.centre.reference]))
    assert answer.status_code == 403
