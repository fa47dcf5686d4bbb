"""Finding a municipality, asking it, its answer, and what the household's page says."""

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.registry.public import remove_member
from fotfeste.settlement.actions.capabilities import declare_capabilities
from fotfeste.settlement.actions.request import send_request, withdraw_request
from fotfeste.settlement.domain.types import Capability
from fotfeste.settlement.public import finish_interview
from tests.actions.settlement.stage import decided, found, queued, refused, requested, state_of
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import asked_and_heard, members_by_name, prepared
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-07")
def test_the_page_shows_those_that_fit_with_why_and_those_that_do_not_with_why_not(cast: Cast) -> None:
    group = queued(cast)
    decided("5038", 3)
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("find_municipality", args=[reference_of(group)]))
    text = page.content.decode()
    fitting, _unknown, _not = page.context["groups"]
    assert [(line.name, line.left, line.decided) for line in fitting["lines"]] == [("Levanger", "20", "20")]
    assert "Plass til 4 innenfor vedtaket." in text
    assert "Ikke plass til 4: 3 av 3 vedtatte plasser er ledige." in text
    assert "kommunestyrets vedtak for 2024 er ikke kjent" in text


@pytest.mark.req("SET-10")
def test_for_a_minor_alone_the_figures_are_the_places_for_minors(cast: Cast) -> None:
    group = queued(cast, is_unaccompanied=True)
    decided("5038", 10, 4)
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("find_municipality", args=[reference_of(group)]))
    text, [fitting, *_others] = page.content.decode(), page.context["groups"]
    assert [(line.name, line.left, line.decided) for line in fitting["lines"]] == [
        ("Verdal", "4", "4"),
        ("Levanger", "2", "2"),
    ]
    assert "Plass innenfor det som er vedtatt for enslige mindreårige." in text
    assert "Ledig og vedtatt er plassene for enslige mindreårige." in text


def test_candidates_are_narrowed_by_county_text_and_week(cast: Cast) -> None:
    group = queued(cast)
    address = reverse("find_municipality", args=[reference_of(group)])
    with logged_in(cast, cast.imdi) as browser:
        assert "1 kommune" in browser.get(address + "?text=levang").content.decode()
        assert "38 kommuner" in browser.get(address + "?county=Trøndelag&sort=name").content.decode()
        assert "aria-invalid" in browser.get(address + "?week=99+2024").content.decode()
        assert "?week=2024-W14" in browser.get(address + "?week=14+2024").content.decode()


def test_the_first_candidates_are_shown_at_once_and_the_rest_page_by_page(cast: Cast) -> None:
    group = queued(cast)
    address = reverse("find_municipality", args=[reference_of(group)])
    with logged_in(cast, cast.imdi) as browser:
        page = read(browser.get(f"{address}?week=14+2024").content.decode())
        assert len(page.all("th", scope="row")) == 2 + 10  # two fit; of those that may, ten are folded away
        [unknown] = [link["href"] for link in page.all("a") if link.text.startswith("Vis alle 355")]
        seen: list[str] = []
        for number in range(1, 16):
            answer = browser.get(f"{address}{unknown.partition('#')[0]}&page={number}")
            [shown] = answer.context["groups"]
            seen += [line.number for line in shown["lines"]]
            assert len(shown["lines"]) <= 25
            assert any(head.text == "uke 14, 2024" for head in read(answer.content.decode()).all("th"))
    assert len(seen) == len(set(seen)) == 355


def test_a_county_says_how_many_fit_and_shows_its_own(cast: Cast) -> None:
    group = queued(cast)
    address = reverse("find_municipality", args=[reference_of(group)])
    with logged_in(cast, cast.imdi) as browser:
        page = read(browser.get(address).content.decode())
        assert "Trøndelag (2 passer)" in [" ".join(each.text.split()) for each in page.all("option")]
        of_county = browser.get(address, {"county": "Nordland", "fits": "unknown", "page": "2"})
    [shown] = of_county.context["groups"]
    assert (shown["count"], len(shown["lines"])) == (41, 16)


@pytest.mark.req("SET-07")
def test_what_holds_for_all_of_a_group_is_said_once_above_it(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    decided("5038", 30)
    with scope(cast.municipality, cast.day):
        declare_capabilities({Capability.PETS: True}, by=cast.municipality, at=cast.at)
    with scope(cast.other_municipality, cast.day):
        declare_capabilities({Capability.PETS: True}, by=cast.other_municipality, at=cast.at)
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("find_municipality", args=[reference_of(group)]))
    fitting = page.context["groups"][0]
    assert fitting["count"] == 2
    assert fitting["common"] == ["Tilbyr bolig der kjæledyr er tillatt."]
    assert [line.reasons for line in fitting["lines"]] == [(), ()]
    assert page.content.decode().count("Tilbyr bolig der kjæledyr er tillatt.") == 1


@pytest.mark.req("SET-07")
def test_imdi_asks_and_is_told_the_deadline(cast: Cast) -> None:
    group = queued(cast)
    reference = reference_of(group)
    with logged_in(cast, cast.imdi) as browser:
        form = browser.get(reverse("send_request", args=[reference, "5037"]) + "?week=2024-W14")
        assert "14 2024" in form.content.decode()
        assert "Familien Kovalenko, 4 personer" in form.content.decode()  # whom it is about
        back = next(each for each in read(form.content.decode()).all("a") if each.text == "Finn kommune")
        assert back["href"] == reverse("find_municipality", args=[reference])
        answer = browser.post(
            reverse("send_request", args=[reference, "5037"]),
            {"version": form.context["form"].initial["version"], "wanted_week": "14 2024", "message": "Hei"},
            follow=True,
        )
    assert "Kommunen har frist til 21. mars 2024" in answer.content.decode()
    assert state_of(cast, group) == "requested"


@pytest.mark.req("SET-10")
def test_a_municipality_that_does_not_fit_asks_for_a_reason_and_keeps_what_was_typed(cast: Cast) -> None:
    group = queued(cast)
    decided("5038", 3)
    with logged_in(cast, cast.imdi) as browser:
        page = browser.post(reverse("send_request", args=[reference_of(group), "5038"]), {"message": "Kan dere?"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Verdal ser ikke ut til å passe" in text
    assert "Kan dere?" in text


@pytest.mark.req("SET-07")
def test_of_two_case_workers_the_second_keeps_what_was_typed_and_is_told(cast: Cast) -> None:
    group = queued(cast)
    reference = reference_of(group)
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("send_request", args=[reference, "5038"])
        carried = browser.get(address).context["form"].initial
        with scope(cast.imdi, cast.day):
            send_request(group, cast.municipality.organisation_id, by=cast.imdi, at=cast.at)
        page = browser.post(address, {key: carried[key] for key in ("version", "opened")} | {"message": "Passer godt"})
    assert page.status_code == 422
    assert "Saken er på et annet steg" in page.content.decode()
    assert "En kommune ble spurt om bosetting. IMDi, 14. mars 2024" in page.content.decode()
    assert "Passer godt" in page.content.decode()


@pytest.mark.req("SET-07")
def test_the_municipality_answers_on_its_page(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    reference = reference_of(group)
    with logged_in(cast, cast.municipality) as browser:
        address = reverse("answer_request", args=[reference])
        form = browser.get(address)
        assert "21. mars 2024" in form.content.decode()
        wrong = browser.post(address, {"answer": "yes", "possible_week": "14 2024", "answer_text": "Gjerne"})
        assert wrong.status_code == 422
        assert "Bekreft alt de trenger" in wrong.content.decode()
        assert "Gjerne" in wrong.content.decode()
        version = wrong.context["form"]["version"].value()
        browser.post(
            address,
            {"answer": "yes", "possible_week": "14 2024", "confirmed": ["pets"], "version": version or ""},
        )
    assert state_of(cast, group) == "municipality_found"


@pytest.mark.req("SET-07")
def test_a_no_takes_the_municipality_to_its_own_page(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with logged_in(cast, cast.municipality) as browser:
        address = reverse("answer_request", args=[reference_of(group)])
        page = browser.post(
            address, {"answer": "no", "decline_reason": "no_housing", "follows": "not_this_week"}, follow=True
        )
        assert page.redirect_chain[-1][0] == reverse("my_municipality")
        assert browser.get(reverse("household", args=[reference_of(group)])).status_code == 404
    assert state_of(cast, group) == "queued"


@pytest.mark.req("SET-07")
def test_answering_a_withdrawn_request_says_so_and_keeps_what_was_typed(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        withdraw_request(group, by=cast.imdi, at=cast.at)
    with logged_in(cast, cast.municipality) as browser:
        address = reverse("answer_request", args=[reference_of(group)])
        page = browser.post(address, {"answer": "yes", "possible_week": "14 2024", "answer_text": "Velkommen"})
    assert page.status_code == 410
    assert "IMDi har trukket den tilbake" in page.content.decode()
    assert "Velkommen" in page.content.decode()
    assert "Kovalenko" not in page.content.decode()


@pytest.mark.req("SET-07")
def test_imdi_withdraws_and_releases(cast: Cast) -> None:
    first, second = requested(cast, queued(cast)), found(cast, queued(cast))
    with logged_in(cast, cast.imdi) as browser:
        assert (
            reverse("withdraw_request", args=[reference_of(first)])
            in browser.get(reverse("settlement_request", args=[reference_of(first)])).content.decode()
        )
        browser.post(reverse("withdraw_request", args=[reference_of(first)]), {})
        browser.post(reverse("release_municipality", args=[reference_of(second)]), {})
    assert (state_of(cast, first), state_of(cast, second)) == ("queued", "queued")


def test_a_page_whose_time_is_over_says_what_happens_now(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with logged_in(cast, cast.imdi) as browser:
        text = browser.get(reverse("find_municipality", args=[reference_of(group)])).content.decode()
    assert "Saken er på et annet steg" in text
    assert "Venter på svar fra Levanger kommune (forespørsel sendt 14. mars 2024)." in text


def test_a_municipality_never_sees_what_another_answered(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with logged_in(cast, cast.municipality) as browser:
        browser.post(
            reverse("answer_request", args=[reference_of(group)]),
            {"answer": "no", "decline_reason": "other", "follows": "not_this_week", "answer_text": "Hemmelig grunn"},
        )
    requested(cast, group, cast.other_municipality)
    with logged_in(cast, cast.other_municipality) as browser:
        page = browser.get(reverse("household", args=[reference_of(group)]))
    (panel,) = [panel for panel in page.context["panels"] if panel.code == "requests"]
    assert [row.municipality for row in panel.context["rows"]] == ["Verdal"]
    assert "Hemmelig grunn" not in page.content.decode()


@pytest.mark.req("SET-08")
def test_imdi_is_told_before_asking_that_the_one_offer_is_used_and_whose_move_it_is(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    with scope(cast.udi, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        alone = remove_member(group, olena, cast.day, by=cast.udi, at=cast.at).pk
    prepared(cast, alone)
    asked_and_heard(cast, alone)
    with scope(cast.centre, cast.day):
        finish_interview(alone, cast.day, by=cast.centre, at=cast.at)
    with logged_in(cast, cast.imdi) as browser:
        for page in (
            browser.get(reverse("find_municipality", args=[reference_of(alone)])),
            browser.get(reverse("send_request", args=[reference_of(alone), "5037"])),
            browser.get(reverse("household", args=[reference_of(alone)])),
        ):
            text = page.content.decode()
            assert "har allerede fått sitt ene tilbud om bosetting" in text
            assert "Voss" in text
