"""What a municipality has room for, on its page; and the forms where it is said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.directory.public import Organisation
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.places import reserve_places
from fotfeste.settlement.domain.candidates import Figures
from fotfeste.settlement.models import PlaceReservation, WeekLimit, YearFigure
from fotfeste.settlement.public import send_request
from fotfeste.settlement.rows_places import Bar, Part, bar_of
from tests.actions.settlement.asking import as_integration_centre
from tests.actions.settlement.stage import decided, found, queued, requested
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db

DECISION = {"year": "2024", "persons": "30", "minors": "3", "decided_on": "1.3.2024", "source": "Sak 24/117"}


@pytest.mark.req("SET-10")
def test_a_municipality_registers_what_its_council_has_decided(cast: Cast) -> None:
    requested(cast, queued(cast))
    with logged_in(cast, cast.municipality) as browser:
        form = browser.get(reverse("register_decision"))
        assert "Av plassene i 2024 er 4 brukt eller holdt av" in form.text
        answer = browser.post(reverse("register_decision"), DECISION, follow=True)
        assert "Vedtaket for 2024 er registrert: 30 personer" in answer.text
        assert "Sak 24/117" in answer.text
        figures = answer.context["figures"]
        assert (figures.decided, figures.decided_minors, figures.held, figures.left) == (30, 3, 4, 26)
        assert "Vedtaket er 10 flere enn IMDi ber om." in answer.text
        lower = browser.post(reverse("register_decision"), DECISION | {"persons": "3", "minors": ""})
        assert lower.status_code == 422
        assert "Flere plasser enn dette er allerede brukt" in lower.text
    [said] = YearFigure.objects.filter(kind="decision")
    assert (said.persons, said.reported_by_id) == (30, cast.municipality.organisation_id)


@pytest.mark.req("SET-10")
def test_what_is_mistyped_comes_back(cast: Cast) -> None:
    with logged_in(cast, cast.municipality) as browser:
        wrong = {"persons": "mange", "minors": "-1", "decided_on": "15.3.2024", "source": ""}
        answer = browser.post(reverse("register_decision"), DECISION | wrong)
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"persons", "minors", "source"}
        more = browser.post(reverse("register_decision"), DECISION | {"minors": "31"})
        assert "kan ikke være flere" in more.text
        ahead = browser.post(reverse("register_decision"), DECISION | {"decided_on": "15.3.2024"})
        assert list(ahead.context["form"].errors) == ["decided_on"]


@pytest.mark.req("SET-10")
def test_imdi_registers_what_it_asks_for_and_the_municipality_sees_both(cast: Cast) -> None:
    decided("5037", 20)
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("register_year_request", args=["5037"])
        assert browser.post(address, DECISION | {"persons": "236"}).status_code == 302
    with logged_in(cast, cast.municipality) as browser:
        page = browser.get(reverse("my_municipality")).text
        assert "Vedtaket er 216 færre enn IMDi ber om." in page
        assert browser.get(address).status_code == 403


@pytest.mark.req("SET-10")
def test_the_page_shows_week_by_week_who_comes_and_where_the_limit_is(cast: Cast) -> None:
    found(cast, queued(cast))
    requested(cast, queued(cast))
    with logged_in(cast, cast.municipality) as browser:
        browser.post(reverse("declare_week_limit"), {"persons": "4"})
        page = browser.get(reverse("my_municipality"))
    assert [(row.name, row.promised, row.asked, row.is_full) for row in page.context["weeks"]] == [
        ("uke 14, 2024", 4, 4, True)
    ]
    assert "fullt" in page.text
    assert [part.kind for part in page.context["bar"].parts] == ["promised", "held"]
    assert WeekLimit.objects.get().persons == 4


def test_the_page_is_drawn_in_fifteen_queries(cast: Cast) -> None:
    found(cast, queued(cast))
    requested(cast, queued(cast))
    with logged_in(cast, cast.municipality) as browser, CaptureQueriesContext(connection) as caught:
        browser.get(reverse("my_municipality"))
    assert len(caught) <= 15, [query["sql"][:80] for query in caught]


@pytest.mark.req("SET-11")
def test_places_are_kept_for_an_integration_centre_next_door(cast: Cast) -> None:
    decided("5037", 20)
    Organisation.objects.filter(pk=cast.other_centre.organisation_id).update(municipality_id="5038")
    as_integration_centre(cast, cast.other_centre)
    address = reverse("reserve_places", args=["5037"])
    wanted = {"centre": str(cast.other_centre.organisation_id), "year": "2024", "persons": "6"}
    with logged_in(cast, cast.municipality) as browser:
        assert "Råde mottak" in browser.get(address).text
        page = browser.post(address, wanted, follow=True).text
        assert "6 plasser holdes av for Råde mottak i 2024." in page
        assert "Holdt av for integreringsmottak" in page
        too_many = browser.post(address, wanted | {"persons": "21"})
        assert "har ikke så mange ledige plasser" in too_many.text
    with logged_in(cast, cast.other_municipality) as browser:
        assert browser.get(address).status_code == 403
        assert browser.post(address, wanted).status_code == 403
    assert PlaceReservation.objects.current().get().persons == 6


@pytest.mark.req("SET-11")
def test_no_places_are_kept_where_there_is_no_integration_centre_to_keep_them_for(cast: Cast) -> None:
    address = reverse("reserve_places", args=["5037"])
    with logged_in(cast, cast.municipality) as browser:
        assert address not in browser.get(reverse("my_municipality")).text
        page = browser.get(address).text
        assert "Det er ingen integreringsmottak i kommunen eller i nabokommunene nå." in page
        assert 'name="persons"' not in page
        assert browser.post(address, {"centre": "1", "year": "2024", "persons": "6"}).status_code == 422
    as_integration_centre(cast, cast.other_centre)
    Organisation.objects.filter(pk=cast.other_centre.organisation_id).update(municipality_id="5038")
    with logged_in(cast, cast.municipality) as browser:
        assert address in browser.get(reverse("my_municipality")).text
        assert 'name="persons"' in browser.get(address).text


@pytest.mark.req("SET-10")
def test_what_stands_for_each_year_is_told_beside_empty_fields(cast: Cast) -> None:
    decided("5037", 20)
    with logged_in(cast, cast.municipality) as browser:
        text = browser.get(reverse("register_decision")).text
    assert "2024: 20 personer er registrert nå." in text
    assert "2025: ikke registrert." in text
    assert 'value="20"' not in text


@pytest.mark.req("SET-10")
def test_the_form_of_imdis_request_speaks_of_no_decision(cast: Cast) -> None:
    with logged_in(cast, cast.imdi) as browser:
        text = browser.get(reverse("register_year_request", args=["5037"])).text
    form = text[text.index("<form", text.index("<h1")) : text.index("</form>", text.index("<h1"))]
    assert "Dagen anmodningen ble sendt" in form
    assert "vedtak" not in form.casefold()


@pytest.mark.req("SET-10")
def test_the_bar_is_as_long_as_what_is_decided_beside_what_imdi_asks_for() -> None:
    figures = Figures(year=2024, decided_year=2024, decided=20, decided_minors=None, settled=5)
    bar = bar_of(figures, 40)
    assert bar is not None
    assert (bar.decided, bar.requested) == (50.0, 100.0)
    assert [(part.kind, part.start, part.length) for part in bar.parts] == [("settled", 0.0, 12.5)]
    assert bar_of(figures, None) == Bar([Part("settled", 0.0, 25.0)], 100.0, None)


@pytest.mark.req("SET-11")
def test_the_answer_page_says_that_imdi_asks_beyond_the_decision(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 3)
    levanger = cast.municipality.organisation_id
    with scope(cast.imdi, cast.day):
        send_request(group, levanger, reasoning="De øker kanskje.", by=cast.imdi, at=cast.at)
    address = reverse("answer_request", args=[reference_of(group)])
    with logged_in(cast, cast.municipality) as browser:
        assert "IMDi spør utover kommunestyrets vedtak" in browser.get(address).text
        answer = browser.post(address, {"answer": "yes", "possible_week": "14 2024"})
        assert answer.status_code == 422
        assert "Kommunestyrets vedtak har ikke plass til dem" in answer.text


@pytest.mark.req("SET-11")
def test_whoever_asks_is_told_that_places_are_held(cast: Cast) -> None:
    group = queued(cast)
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("send_request", args=[reference_of(group), "5037"])
        assert "Plassene holdes av til kommunen har svart." in browser.get(address).text
        decided("5037", 3)
        assert "Vedtaket har ikke plass" in browser.get(address).text


def test_others_see_the_capacity_and_nothing_to_change(cast: Cast) -> None:
    found(cast, queued(cast))
    with logged_in(cast, cast.centre) as browser:
        page = browser.get(reverse("municipality", args=["5037"]))
    assert page.context["figures"].promised == 4
    assert not page.context["weeks"]
    assert "Registrer vedtak" not in page.text


def test_a_municipality_that_is_beyond_its_decision_says_so(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", None)
    found(cast, group)
    decided("5037", 3)
    with logged_in(cast, cast.municipality) as browser:
        page = browser.get(reverse("my_municipality"))
    assert page.context["over"] == "1"
    assert "plass til flere enn vedtatt: 1 for mange" in page.text


def test_the_kept_places_of_another_year_are_not_this_years(cast: Cast) -> None:
    decided("4621", 20, year=2025)
    as_integration_centre(cast, cast.centre)
    voss = Organisation.objects.get(kind="municipality", municipality_id="4621")
    with scope(cast.imdi, cast.day):
        reserve_places(voss.pk, cast.centre.organisation_id, 5, year=2025, by=cast.imdi, at=cast.at)
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("municipality", args=["4621"]))
    assert page.context["figures"].kept == 0


@pytest.mark.req("SET-10")
def test_a_municipality_says_how_many_homes_and_places_it_has(cast: Cast) -> None:
    requested(cast, queued(cast))
    with logged_in(cast, cast.municipality) as browser:
        address = reverse("declare_resources")
        assert browser.post(address, {"school_places": "3", "adapted_homes": "0"}).status_code == 302
        page = browser.get(reverse("my_municipality"))
        shown = {row.name: (row.said and row.said.number, row.left) for row in page.context["resources"]}
        assert shown == {
            "Plasser for enslige mindreårige": (None, "ikke meldt"),
            "Tilrettelagte boliger": (0, "ingen ledige"),
            "Plasser i grunnskolen": (3, "1 ledig"),
            "Plasser i barnehage": (None, "ikke meldt"),
        }
        assert "2 av 3 plasser i grunnskolen er lovet bort, holdt av eller brukt." in browser.get(address).text
        assert browser.post(address, {"school_places": "1", "adapted_homes": "0"}).status_code == 422
        assert browser.post(address, {"school_places": "x"}).status_code == 422


@pytest.mark.req("SET-10")
def test_imdi_sees_that_a_municipality_has_no_more_places_in_school(cast: Cast) -> None:
    group = queued(cast)
    with logged_in(cast, cast.municipality) as browser:
        browser.post(reverse("declare_resources"), {"school_places": "1"})
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("send_request", args=[reference_of(group), "5037"])).text
    assert "Ikke nok plasser i grunnskolen: det er 1 ledig, de trenger 2." in page


@pytest.mark.req("SET-10")
def test_a_municipality_says_what_it_has_of_education_and_work(cast: Cast) -> None:
    with logged_in(cast, cast.municipality) as browser:
        address = reverse("declare_local_offers")
        assert "ikke meldt" in browser.get(reverse("my_municipality")).text
        assert browser.post(address, {"work": ["food", "nurse", "health"], "education": []}).status_code == 302
        page = browser.get(reverse("my_municipality"))
        assert dict(page.context["offered"]) == {
            "Utdanning og opplæring": "",
            "Arbeid det trengs folk til": "helse og omsorg, mat, hotell og servering; enkelte yrker: sykepleier",
        }
        form = browser.get(address)
        assert form.context["form"].initial["work"] == ["food", "health", "nurse"]
        assert browser.post(address, {"work": ["astrology"]}).status_code == 422


@pytest.mark.req("SET-10")
def test_whoever_asks_for_a_week_is_told_how_many_the_municipality_receives(cast: Cast) -> None:
    requested(cast, queued(cast))
    group = queued(cast)
    with logged_in(cast, cast.municipality) as browser:
        browser.post(reverse("declare_week_limit"), {"persons": "5"})
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("send_request", args=[reference_of(group), "5037"])
        assert "Levanger kommune tar imot høyst 5 i en uke" in browser.get(address).text
        full = browser.post(address, {"wanted_week": "14 2024"})
        assert full.status_code == 422
        assert "4 er lovet eller spurt om for uke 14" in full.text
        typed = {"wanted_week": "14 2024", "reasoning": "De har sagt på telefon at det går."}
        assert browser.post(address, typed).status_code == 302


@pytest.mark.req("SET-10")
def test_whoever_looks_for_a_municipality_in_a_week_is_told_where_it_is_full(cast: Cast) -> None:
    requested(cast, queued(cast))
    group = queued(cast)
    with logged_in(cast, cast.municipality) as browser:
        browser.post(reverse("declare_week_limit"), {"persons": "5"})
    said = "Tar imot høyst 5 i en uke: 4 er lovet eller spurt om for uke 14, eller for en uke som ikke er bestemt."
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("find_municipality", args=[reference_of(group)])
        for week, code in (("14 2024", "no"), ("15 2024", "yes"), ("", "yes")):
            groups = browser.get(address, {"text": "5037", "week": week}).context["groups"]
            [(found_as, reasons)] = [(each["code"], line.reasons) for each in groups for line in each["lines"]]
            assert (found_as, said in reasons) == (code, code == "no")
        page = browser.get(reverse("send_request", args=[reference_of(group), "5037"]), {"week": "2024-W14"})
        assert said in page.text
        assert "passer ikke" in page.text


@pytest.mark.req("SET-10")
def test_whoever_offers_a_week_is_told_how_many_the_municipality_receives(cast: Cast) -> None:
    first, second = found(cast, queued(cast)), found(cast, queued(cast))
    with logged_in(cast, cast.municipality) as browser:
        browser.post(reverse("declare_week_limit"), {"persons": "5"})
    with logged_in(cast, cast.imdi) as browser:
        addresses = [reverse("make_offer", args=[reference_of(group)]) for group in (first, second)]
        assert "Levanger kommune tar imot høyst 5 i en uke" in browser.get(addresses[0]).text
        assert browser.post(addresses[0], {"week": "14 2024"}).status_code == 302
        full = browser.post(addresses[1], {"week": "14 2024"})
        assert full.status_code == 422
        assert "Da kommer det flere enn kommunen tar imot i en uke. Velg en annen uke." in full.text
        assert browser.post(addresses[1], {"week": "15 2024"}).status_code == 302
