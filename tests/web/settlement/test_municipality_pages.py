"""The municipality's own page, its public side, the list of all, and what it can offer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.directory.public import ContactTopic, NewContact, Unit
from tests.acting import add_contact
from tests.actions.directory.stage import administrator
from tests.actions.settlement.stage import depart, found, queued, requested, with_journey
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-10")
def test_a_municipality_sees_what_to_answer_and_who_comes_when(cast: Cast) -> None:
    with_journey(cast, queued(cast))
    found(cast, queued(cast))
    requested(cast, queued(cast))
    gone = queued(cast)
    depart(cast, with_journey(cast, gone))
    unit = Unit.objects.get(organisation_id=cast.municipality.organisation_id)
    anne = NewContact(topic=ContactTopic.SETTLEMENT, name="Anne Moe", phone="74 00 00 00")
    add_contact(unit.reference, anne, cast.day, by=administrator(cast), at=cast.at)
    with logged_in(cast, cast.municipality) as browser, CaptureQueriesContext(connection) as caught:
        text = browser.get(reverse("my_municipality")).content.decode()
    assert "21. mars 2024" in text  # to answer by
    assert "2. april 2024" in text  # who comes when
    assert "Tabell over bosatte husstander" in text
    assert "ankomst ikke bekreftet" in text
    assert reverse("confirm_arrival", args=[reference_of(gone)]) in text
    assert "IMDi gir tilbud" in text  # whose move it is for those who have no day yet
    assert "Anne Moe" in text
    assert "Levanger stasjon" in text
    assert len(caught) <= 15, [query["sql"][:80] for query in caught]


@pytest.mark.req("SET-10")
def test_others_see_only_the_public_side(cast: Cast) -> None:
    requested(cast, queued(cast))
    for viewer in (cast.other_municipality, cast.centre):
        with logged_in(cast, viewer) as browser:
            text = browser.get(reverse("municipality", args=["5037"])).content.decode()
        assert "Kapasitet" in text
        assert "Kovalenko" not in text
        assert "Forespørsler å svare på" not in text


def test_imdi_sees_the_households_too(cast: Cast) -> None:
    requested(cast, queued(cast))
    with logged_in(cast, cast.imdi) as browser:
        assert "Familien Kovalenko" in browser.get(reverse("municipality", args=["5037"])).content.decode()


def test_a_number_that_no_municipality_has_is_not_found(cast: Cast) -> None:
    with logged_in(cast, cast.imdi) as browser:
        assert browser.get(reverse("municipality", args=["9999"])).status_code == 404


@pytest.mark.req("SET-10")
def test_a_municipality_says_what_it_can_offer(cast: Cast) -> None:
    with logged_in(cast, cast.municipality) as browser:
        address = reverse("declare_capabilities")
        browser.post(address, {"pets": "yes", "staffed_housing": "no"})
        page = browser.get(reverse("my_municipality")).context["capabilities"]
        browser.post(address, {"staffed_housing": "yes"})
        after = browser.get(reverse("my_municipality")).context["capabilities"]
    said = {each["name"]: each["said"] for each in page}
    assert sorted(said.values()) == ["ikke meldt", "ikke meldt", "ikke meldt", "ja", "nei"]
    assert sorted(each["said"] for each in after) == ["ikke meldt", "ikke meldt", "ikke meldt", "ikke meldt", "ja"]


@pytest.mark.req("SET-10")
def test_a_municipality_says_which_services_it_has_and_its_page_says_since_when(cast: Cast) -> None:
    with logged_in(cast, cast.municipality) as browser:
        browser.post(reverse("declare_capabilities"), {"home_help": "yes", "hearing": "no", "pets": "yes"})
        browser.post(reverse("declare_local_offers"), {"work": ["nurse"]})
        page = browser.get(reverse("my_municipality")).context
        initial = browser.get(reverse("declare_capabilities")).context["form"].initial
    assert {each["name"]: each["said"] for each in page["services"]} == {
        "Tilrettelegging i skole og barnehage": "ikke meldt",
        "Hjelp i hjemmet": "ja",
        "Tilbud til hørselshemmede, med tegnspråk": "nei",
        "Tilpasset opplæring for voksne": "ikke meldt",
    }
    assert sorted((each.name, each.said, each.since, each.until) for each in page["declared"]) == [
        ("Bolig der kjæledyr er tillatt", "ja", cast.day, None),
        ("Hjelp i hjemmet", "ja", cast.day, None),
        ("Sykepleier", "arbeid det trengs folk til", cast.day, None),
        ("Tilbud til hørselshemmede, med tegnspråk", "nei", cast.day, None),
    ]
    assert {name: initial[name] for name in ("home_help", "hearing")} == {"home_help": "yes", "hearing": "no"}


def test_who_does_not_find_municipalities_sees_no_services(cast: Cast) -> None:
    with logged_in(cast, cast.centre) as browser:
        page = browser.get(reverse("municipality", args=["5037"])).context
    assert (page["services"], page["declared"]) == ([], ())


@pytest.mark.parametrize(
    ("query", "first"),
    [("", "Alstahaug"), ("?text=levanger", "Levanger"), ("?sort=-left", "Levanger"), ("?sort=-population", "Oslo")],
)
def test_the_list_of_municipalities_is_searched_and_sorted(cast: Cast, query: str, first: str) -> None:
    queued(cast)
    with logged_in(cast, cast.centre) as browser, CaptureQueriesContext(connection) as caught:
        page = browser.get(reverse("municipalities") + query)
    assert page.context["rows"][0][0].organisation.name == first
    assert len(caught) <= 15


def test_english_pages_are_english(cast: Cast) -> None:
    with logged_in(cast, cast.municipality) as browser:
        text = browser.get(reverse("my_municipality"), headers={"accept-language": "en"}).content.decode()
    assert "Requests to answer" in text
    assert "Kontaktpersoner" not in text
