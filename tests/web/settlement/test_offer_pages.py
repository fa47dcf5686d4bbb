"""The offer and the answer, with the consequences in the residents' languages."""

from dataclasses import replace

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.settlement.domain.types import Training
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import Capability
from tests.actions.refusal.letter_stage import ruled
from tests.actions.registry.families import minor_alone
from tests.actions.settlement.stage import decided, family, found, offered, queued, state_of
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import interviewed
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-07")
def test_imdi_makes_the_offer_for_the_week_the_municipality_named(cast: Cast) -> None:
    group = found(cast, queued(cast))
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("make_offer", args=[reference_of(group)])
        assert 'value="14 2024"' in browser.get(address).content.decode()
        wrong = browser.post(address, {"week": "", "reasoning": "Nær søsteren"})
        assert wrong.status_code == 422
        assert "Nær søsteren" in wrong.content.decode()
        browser.post(address, {"week": "14 2024"})
    assert state_of(cast, group) == "offered"


@pytest.mark.req("SET-07")
@pytest.mark.parametrize("is_at_centre", [True, False])
def test_imdi_is_told_of_the_letter_and_of_who_goes_through_the_offer(cast: Cast, is_at_centre: bool) -> None:
    """Whoever lives at no centre answers to IMDi, which arranges the journey too."""
    group = found(cast, queued(cast))
    if not is_at_centre:
        with scope(cast.imdi, cast.day):
            SettlementCase.objects.filter(subject_id=group).update(centre=None)
    centre_task = "Mottaket får en oppgave om å gå gjennom tilbudet og registrere svaret."
    with logged_in(cast, cast.imdi) as browser:
        text = read(browser.get(reverse("make_offer", args=[reference_of(group)])).text).one("main").text
        assert "Husstanden får et brev med hvorfor, svarfristen og hva et nei betyr." in text
        assert (centre_task in text) == is_at_centre
        assert ("IMDi går gjennom tilbudet med dem og registrerer svaret." in text) != is_at_centre
        told = browser.post(reverse("make_offer", args=[reference_of(group)]), {"week": "14 2024"}, follow=True).text
        assert ("Mottaket har fått oppgaven med å registrere svaret." in told) == is_at_centre
        assert ("Tilbudet er gitt. IMDi registrerer svaret" in told) != is_at_centre
        with scope(cast.imdi, cast.day):
            SettlementCase.objects.filter(subject_id=group).update(state="accepted")
        queue = browser.get(reverse("queue"), {"state": "accepted"}).text
        household = browser.get(reverse("household", args=[reference_of(group)])).text
    for page in (queue, household):
        assert ("Mottaket avtaler reisen" in page, "IMDi avtaler reisen" in page) == (is_at_centre, not is_at_centre)


@pytest.mark.req("SET-08")
def test_the_consequences_of_a_no_stand_in_the_staffs_and_the_residents_language(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with logged_in(cast, cast.centre) as browser:
        text = browser.get(reverse("register_offer_answer", args=[reference_of(group)])).content.decode()
    assert "retten til bolig fra kommunen" in text
    assert 'lang="uk"' in text
    assert "житло, яке надається муніципалітетом" in text
    assert "Norskopplæring: Det avklares nå" in text


@pytest.mark.req("REF-04")
def test_what_is_ruled_on_training_stands_on_the_page_of_the_answer(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    for answer, says, lang in (
        (Training.LOST, "<li>retten til gratis opplæring i norsk og samfunnskunnskap</li>", "nb"),
        (Training.KEPT, "Дорослі й надалі мають право на безкоштовне навчання норвезької", "uk"),
    ):
        ruled(cast, answer)
        with logged_in(cast, cast.centre) as browser:
            text = browser.get(reverse("register_offer_answer", args=[reference_of(group)])).content.decode()
        assert says in text, lang
        assert "avklares" not in text


@pytest.mark.req("SET-08")
def test_a_no_without_its_consequences_is_refused_beside_the_box(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    answer = {
        "answer": "no",
        "answered_on": "14.3.2024",
        "answered_by_names": "Olena og Andrij",
        "answer_language": "uk",
    }
    with logged_in(cast, cast.centre) as browser:
        address = reverse("register_offer_answer", args=[reference_of(group)])
        wrong = browser.post(address, answer)
        assert wrong.status_code == 422
        assert wrong.context["form"].errors["consequences_shown"]
        assert "Olena og Andrij" in wrong.content.decode()
        browser.post(address, answer | {"consequences_shown": "on"})
    assert state_of(cast, group) == "refused"


@pytest.mark.req("SET-08")
def test_a_yes_asks_for_who_and_in_what_language(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with logged_in(cast, cast.centre) as browser:
        address = reverse("register_offer_answer", args=[reference_of(group)])
        wrong = browser.post(address, {"answer": "yes", "answered_on": "14.3.2024"})
        assert set(wrong.context["form"].errors) == {"answered_by_names", "answer_language"}
        browser.post(
            address,
            {"answer": "yes", "answered_on": "14.3.2024", "answered_by_names": "Olena", "answer_language": "uk"},
        )
    assert state_of(cast, group) == "accepted"


def test_another_centre_finds_no_household(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with logged_in(cast, cast.other_centre) as browser:
        assert browser.get(reverse("register_offer_answer", args=[reference_of(group)])).status_code == 404


@pytest.mark.req("SET-06")
def test_a_minor_alone_answers_together_with_a_guardian_who_stands_on_the_page(cast: Cast) -> None:
    decided("5037", 20, 2)
    group = offered(cast, interviewed(cast, minor_alone()), [Capability.UNACCOMPANIED_MINORS])
    with logged_in(cast, cast.centre) as browser:
        page = read(browser.get(reverse("register_offer_answer", args=[reference_of(group)])).text)
    text = page.one("main").text
    assert "Verge for Maksym" in text
    assert "Verge Vergesen, 99 99 99 99, verge@example.no" in text
    assert "Vi har gått gjennom følgene av et nei med den unge og vergen, på et språk de forstår" in text
    assert "Navnet på den eller de unge som svarte." in text
    assert "Navnene på de voksne som svarte" not in text
    assert page.one("input", name="guardian_name")["value"] == "Verge Vergesen"


@pytest.mark.req("SET-06")
def test_a_guardian_whom_nobody_has_registered_is_told_of_as_missing_and_waited_for(cast: Cast) -> None:
    decided("5037", 20, 2)
    [maksym] = family(is_unaccompanied=True).persons
    alone = replace(family(), persons=(replace(maksym, guardian=None),))
    group = offered(cast, interviewed(cast, alone), [Capability.UNACCOMPANIED_MINORS])
    yes = {"answer": "yes", "answered_on": "14.3.2024", "answered_by_names": "Maksym", "answer_language": "uk"}
    with logged_in(cast, cast.centre) as browser:
        address = reverse("register_offer_answer", args=[reference_of(group)])
        page = read(browser.get(address).text)
        assert "Verge for Maksym ikke registrert" in " ".join(page.one("main").text.split())
        assert set(browser.post(address, yes).context["form"].errors) == {"guardian_name"}
        told = browser.post(address, yes | {"guardian_name": "Kari"})
        assert told.status_code == 422
        assert "ikke registrert noen verge for Maksym" in told.text
    assert state_of(cast, group) == "offered"
