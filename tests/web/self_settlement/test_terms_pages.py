"""The overview of terms: for staff, as a spreadsheet, without a login in every language; a municipality's own page."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import Role
from fotfeste.demo.loading.terms import PUBLISHED
from fotfeste.directory.public import Organisation, User
from fotfeste.platform.scope import scope
from fotfeste.self_settlement.domain.terms import Deposit, EmptyRent, Stand, TargetGroup, Terms, ready_to_publish
from fotfeste.self_settlement.models import PublishedTerms, TermsReview
from fotfeste.self_settlement.texts import LANGUAGES, Texts, texts
from fotfeste.self_settlement.views.overview import language_wanted
from tests.actions.self_settlement.test_terms import YES, days_later, published, reviewed, row_of
from tests.conftest import Cast, staff
from tests.platform.markup import Element, read
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-13")]
OVERVIEW = "/selvbosetting/"
TYPED = {
    "allows": "yes",
    "targets": ["work", "single_adults"],
    "target_words": "Helst under 35 år.",
    "deposit": "guarantee",
    "empty_rent": "no",
    "finds_next_home": "they",
    "other_words": "Leien må ligge innenfor kommunens satser.",
    "office": "Flyktningtjenesten i Levanger",
    "phone": "74 05 25 00",
    "email": "flyktning@levanger.example",
}


def names_on(text: str) -> list[str]:
    """The municipalities in the list of a page."""
    return [row.one("a").text for row in read(text).one("table").one("tbody").all("tr")]


def options_of(page: Element, name: str) -> dict[str, str]:
    """What a select of the filter lets choose, in words by code."""
    return {each["value"]: each.text for each in page.one("select", name=name).all("option")}


def test_staff_search_and_filter_all_municipalities(cast: Cast) -> None:
    published(cast.municipality, cast.at)
    published(cast.other_municipality, cast.at, Terms(allows=False, other_words="Ikke i år."))
    for viewer in (cast.centre, cast.udi, cast.imdi, cast.municipality):
        with logged_in(cast, viewer) as browser, CaptureQueriesContext(connection) as caught:
            text = browser.get(OVERVIEW).text
        assert names_on(text)[:2] == ["Levanger", "Verdal"]
        assert "Kommuner i utvalget: 357" in text
        assert "Side 1 av 18" in text
        assert len(caught) <= 10, [query["sql"][:80] for query in caught]
    with logged_in(cast, cast.imdi) as browser:
        for query, count in (
            ("stand=allowed", 1),
            ("stand=not_allowed", 1),
            ("stand=unknown", 355),
            ("target=work", 1),
            ("target=families", 0),
            ("deposit=help", 1),
            ("county=50", 38),
            ("text=levan", 1),
            ("stand=nonsense&county=99&target=x&deposit=y&empty_rent=z&next_home=w&page=zz", 357),
            ("stand=unknown&county=50&page=2", 36),
        ):
            assert f"Kommuner i utvalget: {count}<" in browser.get(f"{OVERVIEW}?{query}").text, query
        assert "Ingen kommuner i utvalget" in browser.get(f"{OVERVIEW}?text=atlantis").text
        second = browser.get(f"{OVERVIEW}?stand=unknown&county=50&page=2").text
    assert len(names_on(second)) == 16
    assert "?stand=unknown&amp;county=50&amp;page=1" in second
    with logged_in(cast, cast.registrar) as browser:
        assert browser.get(OVERVIEW).status_code == 403


def test_the_map_says_what_the_list_says(cast: Cast) -> None:
    published(cast.municipality, cast.at)
    published(cast.other_municipality, cast.at, Terms(allows=False))
    with logged_in(cast, cast.imdi) as browser:
        whole, county = read(browser.get(OVERVIEW).text), read(browser.get(f"{OVERVIEW}?county=50&stand=allowed").text)
    drawn = whole.one("svg", role="img")
    assert len(drawn.all("path")) == 357
    looks = {path.one("title").text: path for path in drawn.all("path")}
    assert looks["Levanger: Tillater"]["class"] == "map-area map-full"
    assert looks["Verdal: Tillater ikke"]["fill"] == "url(#terms-no)"
    assert looks["Oslo: Ikke publisert"]["class"] == "map-area map-unknown"
    assert "Tillater: 1, Tillater ikke: 1, Ikke publisert: 355" in drawn["aria-label"]
    small = county.one("svg", role="img")
    assert len(small.all("path")) == 38
    assert [path["class"] for path in small.all("path")].count("map-area map-outside") == 37
    assert "Trøndelag" in small["aria-label"]
    assert whole.text.count("© Kartverket") == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("empty_rent=pays", ["Verdal"]),
        ("next_home=they", ["Levanger"]),
        ("next_home=we", ["Verdal"]),
        ("empty_rent=pays&next_home=they", []),
    ],
)
def test_list_map_and_spreadsheet_agree_on_empty_rent_and_the_next_home(
    cast: Cast, query: str, names: list[str]
) -> None:
    published(cast.municipality, cast.at)
    published(cast.other_municipality, cast.at, replace(YES, empty_rent=EmptyRent.ASSESSED, finds_next_home=False))
    with logged_in(cast, cast.imdi) as browser:
        text = browser.get(f"{OVERVIEW}?{query}").text
        answer = browser.get(f"{reverse('terms_sheet')}?{query}")
    page = read(text)
    assert (names_on(text) if names else []) == names
    shapes = page.one("svg", role="img").all("path")
    looked_at = [shape.one("title").text for shape in shapes if "map-outside" not in shape["class"]]
    assert looked_at == [f"{name}: Tillater" for name in names]
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == names
    for said in ("Vurderes i hver sak", "Kommunen hjelper"):
        assert (said in page.one("main").one("table").text if names else False) is (names == ["Verdal"])


def test_what_has_not_been_reviewed_for_a_year_says_so_and_unknown_is_not_no(cast: Cast) -> None:
    published(cast.municipality, cast.at - timedelta(days=366))
    with logged_in(cast, cast.centre) as browser:
        page = browser.get(reverse("municipality_terms", args=["5037"])).text
        unknown = browser.get(reverse("municipality_terms", args=["5038"])).text
        assert "Ikke gjennomgått de siste 12 månedene" in browser.get(f"{OVERVIEW}?stand=allowed").text
        assert browser.get(reverse("municipality_terms", args=["9999"])).status_code == 404
    for words in (
        "Ikke gjennomgått de siste 12 månedene",
        "14. mars 2023",
        "Enslige voksne",
        "Helst under 35 år.",
        "Kommunen gir garanti",
        "Du finner den selv",
        "Leien må ligge innenfor",
        "Flyktningtjenesten i Levanger",
        "mailto:flyktning@levanger.example",
        "self_settlement.terms_review_months",
    ):
        assert words in page, words
    assert "Det betyr ikke nei" in unknown
    reviewed(cast.municipality, cast.at)
    with logged_in(cast, cast.centre) as browser:
        fresh = browser.get(reverse("municipality_terms", args=["5037"])).text
    assert "Ikke gjennomgått" not in fresh
    assert "14. mars 2023" in fresh  # since when stays
    assert "14. mars 2024" in fresh


def test_the_spreadsheet_has_what_is_asked_for_and_no_formula(cast: Cast) -> None:
    published(cast.municipality, cast.at, replace(YES, other_words="=1+1"))
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse("terms_sheet") + "?county=50")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 39
    levanger = dict(zip(rows[0], rows[1], strict=True))
    assert (levanger["Kommune"], levanger["Depositum"], levanger["Andre vilkår"]) == (
        "Levanger",
        "Kommunen gir garanti",
        "'=1+1",
    )
    assert all(row[3] == "Ikke publisert" for row in rows[2:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_residents_read_it_without_a_login_in_every_language(cast: Cast, language: str) -> None:
    published(cast.municipality, cast.at - timedelta(days=366))
    t = texts(language)
    with time_machine.travel(cast.at, tick=False), CaptureQueriesContext(connection) as caught:
        client = Client()
        overview = client.get(f"/bo-selv/{language}/?target=work")
        one = client.get(f"/bo-selv/{language}/5037/").text
    assert len(caught) <= 5, [query["sql"][:80] for query in caught]
    assert not client.cookies
    text = overview.text
    assert names_on(text) == ["Levanger"]
    page = read(text)
    assert page.one("html")["lang"] == language
    assert options_of(page, "stand") == {"": t["page"]["any_stand"], **t["stand"]}
    assert options_of(page, "target") == {"": t["page"]["any_target"], **t["targets"]}
    assert options_of(page, "empty_rent") == {"": t["page"]["any_answer"], "pays": t["page"]["with_empty_rent"]}
    assert options_of(page, "next_home") == {"": t["page"]["any_answer"], **t["next_home"]}
    assert t["empty_rent"]["no"] in page.one("main").one("table").text
    for sentence in t["page"]["how"]:
        assert sentence.split("'")[0] in text
    late = t["page"]["late"].format(months=12)
    assert late in text
    assert late in one
    assert t["deposit"]["guarantee"] in one
    assert '<dd lang="nb">Leien må ligge innenfor' in one
    assert t["unchecked"] in one
    assert t["page"]["own_words_note"] in one
    assert bool(t["page"]["own_words_note"]) is (language not in ("nb", "nn"))
    others = {each["hreflang"]: each["href"] for each in page.all("a") if each.attributes.get("hreflang")}
    assert others == {each: f"/bo-selv/{each}/?target=work" for each in LANGUAGES}
    assert "<script>" not in text


def test_there_is_nothing_behind_another_language_or_number(cast: Cast) -> None:
    client = Client()
    assert client.get("/bo-selv/xx/").status_code == 404
    assert client.get("/bo-selv/nb/9999/").status_code == 404
    assert client.post("/bo-selv/nb/").status_code == 405


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nb"),
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("ti,ar;q=0.9,ru;q=0.5", "ru"),
        ("no", "nb"),
        ("nn-NO", "nn"),
        ("en-GB,nb;q=0.9", "en"),
        ("ps", "nb"),
        ("\x00;;;q=", "nb"),
    ],
)
def test_the_address_to_give_away_leads_to_the_browsers_language(header: str, language: str) -> None:
    assert language_wanted(header) == language
    answer: Any = Client().get("/bo-selv/", headers={"Accept-Language": header})
    assert answer.url == f"/bo-selv/{language}/"


def shape(t: Texts) -> dict[str, Any]:
    """What is written, without what it says."""
    return {key: shape(value) if isinstance(value, dict) else type(value) for key, value in t.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language: str) -> None:
    t = texts(language)
    assert shape(t) == shape(texts("nb"))
    assert len(t["page"]["how"]) == len(texts("nb")["page"]["how"])
    assert set(t["stand"]) == set(t["stand_long"]) == set(Stand)
    assert set(t["targets"]) == set(TargetGroup)
    assert set(t["deposit"]) == set(Deposit)
    assert set(t["empty_rent"]) == set(EmptyRent)
    assert bool(t["unchecked"]) is not t["is_checked"]
    empty = [key for part in ("page", "stand", "targets") for key, words in t[part].items() if not words]
    assert empty in ([], ["own_words_note"])


def test_a_municipality_publishes_changes_and_reviews_from_its_own_page(cast: Cast) -> None:
    own, publish, review = reverse("own_terms"), reverse("publish_terms"), reverse("review_terms")
    with logged_in(cast, cast.municipality) as browser:
        assert "Kommunen deres har ikke publisert noe" in browser.get(OVERVIEW).text
        assert "Kommunen har ikke publisert noe" in browser.get(own).text
        empty = browser.post(publish, {})
        assert empty.status_code == 422
        assert "Velg ja eller nei" in empty.text
        half = browser.post(publish, {"allows": "yes"})
        assert half.status_code == 422
        assert "Velg om dere hjelper med depositum" in half.text
        assert browser.post(publish, TYPED).status_code == 302
        page = browser.get(own).text
        assert "Flyktningtjenesten i Levanger" in page
        assert "gjelder nå" in page
        assert review not in page  # it was published today
        form = read(browser.get(publish).text)
        chosen = {each["value"] for each in form.all("input", name="targets") if "checked" in each.attributes}
        assert chosen == {"single_adults", "work"}
        version = form.one("input", name="version")["value"]
        assert "allerede" in browser.post(publish, TYPED | {"version": version}).text
        another = {"deposit": "no", "version": str(int(version) + 1)}
        assert browser.post(publish, TYPED | another).status_code == 422
    assert PublishedTerms.objects.count() == 1
    with time_machine.travel(days_later(cast, 366), tick=False):
        browser.force_login(User.objects.get(pk=cast.municipality.user_id or 0))
        late = browser.get(own).text
        assert "Ikke gjennomgått de siste 12 månedene. Alle ser det." in late
        assert review in late
        assert "Kommunen deres: Tillater. Ikke gjennomgått de siste 12 månedene." in browser.get(OVERVIEW).text
        assert "Leien må ligge innenfor" in browser.get(review).text
        assert browser.post(review, {}).status_code == 302
        assert "Ikke gjennomgått" not in browser.get(own).text
        assert "Kommunen deres: Tillater. Sist gjennomgått 15. mars 2025." in browser.get(OVERVIEW).text
        assert browser.post(review, {}).status_code == 422
        assert browser.post(publish, {"allows": "no"}).status_code == 302
        after = browser.get(own).text
    assert "Kommunen tillater ikke" in after
    assert after.count("<tr") == 3
    assert TermsReview.objects.count() == 1


def test_terms_that_are_due_for_review_stand_on_the_start_page_of_whoever_may_publish_them(cast: Cast) -> None:
    published(cast.municipality, cast.at - timedelta(days=366))
    said = "Vilkårene deres for avtalt selvbosetting er ikke gjennomgått siden 14. mars 2023."
    start, own = reverse("worklist"), reverse("own_terms")
    with logged_in(cast, cast.municipality) as browser:
        assert said in browser.get(start).text
        assert own in [link["href"] for link in read(browser.get(start).text).one("main").all("a")]
    for viewer in (cast.other_municipality, cast.imdi, cast.udi, cast.centre):
        with logged_in(cast, viewer) as browser:
            assert "ikke gjennomgått" not in browser.get(start).text
    reviewed(cast.municipality, cast.at)
    with logged_in(cast, cast.municipality) as browser:
        assert "ikke gjennomgått" not in browser.get(start).text


def test_the_start_page_asks_once_for_it_and_nothing_of_who_publishes_nothing(cast: Cast) -> None:
    published(cast.municipality, cast.at - timedelta(days=366))
    many = []
    for viewer in (cast.municipality, cast.centre):
        with logged_in(cast, viewer) as browser:
            browser.get(reverse("worklist"))  # what is prepared once
            with CaptureQueriesContext(connection) as asked:
                browser.get(reverse("worklist"))
        many.append(len([each for each in asked.captured_queries if "publishedterms" in each["sql"]]))
    assert many == [1, 0]


def test_imdi_is_told_how_many_are_due_for_review_and_finds_them(cast: Cast) -> None:
    published(cast.municipality, cast.at - timedelta(days=366))
    published(cast.other_municipality, cast.at)
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(OVERVIEW).text
        assert "1 kommune har ikke gjennomgått vilkårene sine i tide." in page
        assert f'href="{OVERVIEW}?review=late"' in page
        found = browser.get(f"{OVERVIEW}?review=late").text
        assert names_on(found) == ["Levanger"]
        assert 'name="review" value="late"' in found
        assert "Vis alle kommunene" in found
    with logged_in(cast, cast.centre) as browser:
        assert "sine i tide" not in browser.get(OVERVIEW).text
    reviewed(cast.municipality, cast.at)
    with logged_in(cast, cast.imdi) as browser:
        assert "sine i tide" not in browser.get(OVERVIEW).text


def test_only_a_municipality_comes_to_the_page_of_its_own(cast: Cast) -> None:
    for viewer in (cast.udi, cast.imdi, cast.centre):
        with logged_in(cast, viewer) as browser:
            for name in ("own_terms", "publish_terms", "review_terms"):
                assert browser.get(reverse(name)).status_code == 403
            assert browser.post(reverse("publish_terms"), TYPED).status_code == 403
    assert PublishedTerms.objects.count() == 0


def test_what_the_demo_invents_says_so_wherever_it_is_shown(cast: Cast) -> None:
    with scope(cast.municipality, cast.day):
        row_of(cast, cast.municipality.organisation_id, is_demo=True).stored()
    with logged_in(cast, cast.centre) as browser:
        for address in (f"{OVERVIEW}?stand=allowed", reverse("municipality_terms", args=["5037"])):
            assert ">Demo: oppdiktet<" in browser.get(address).text, address
        answer = browser.get(reverse("terms_sheet") + "?stand=allowed")
        for language in LANGUAGES:
            for address in (f"/bo-selv/{language}/?stand=allowed", f"/bo-selv/{language}/5037/"):
                assert f">{texts(language)['page']['made_up']}<" in browser.get(address).text, address
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    head, levanger = sheet.iter_rows(values_only=True)
    assert (head[-1], levanger[-1]) == ("Demo: oppdiktet", "x")
    published(cast.municipality, days_later(cast, 1), replace(YES, deposit=Deposit.NO))
    with time_machine.travel(days_later(cast, 1), tick=False):
        assert "oppdiktet" not in Client().get("/bo-selv/nb/5037/").text


def test_what_the_demo_publishes_could_be_published_and_is_told_to_be_invented() -> None:
    said = [each.terms for rounds in PUBLISHED.values() for each in rounds]
    assert len(said) >= 8
    for terms in said:
        assert ready_to_publish(terms) == terms
        assert terms.other_words.startswith("Oppdiktet i demoen: ")
        assert terms.office.startswith("Oppdiktet") is terms.allows
        assert terms.email in ("", "bosetting@kommune.example")


def test_whoever_sees_a_municipality_comes_from_its_page_to_its_terms(cast: Cast) -> None:
    administrator = staff(
        Organisation.objects.get(pk=cast.municipality.organisation_id), Role.MUNICIPALITY_ADMINISTRATOR, "levanger-adm"
    )
    address = reverse("municipality_terms", args=["5038"])
    for viewer in (cast.centre, cast.imdi, cast.municipality, administrator):
        with logged_in(cast, viewer) as browser:
            assert address in browser.get(reverse("municipality", args=["5038"])).text
            assert browser.get(address).status_code == 200
