"""The municipality answers about a need that arose after its yes; the household page says whose move it is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import register_member
from fotfeste.settlement.domain.types import AfterGrowth
from fotfeste.settlement.models import NeedQuestion
from fotfeste.settlement.public import (
    Capability,
    add_need,
    agree_journey,
    annul_closing,
    annul_refusal,
    answer_needs,
    close_case,
    end_need,
    register_offer_answer,
    see_household_again,
    withdraw_offer,
)
from tests.actions.registry.families import person
from tests.actions.settlement.stage import depart, offered, open_kinds, plan, queued
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
MOVE = "Levanger kommune svarer på om den kan tilby tilrettelagt bolig, innen 19. mars 2024."


@pytest.mark.req("SET-10")
def test_the_household_page_says_whose_move_it_is_and_the_municipality_answers_no(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.ADAPTED_HOUSING, reason="Rullestol.", by=cast.imdi, at=cast.at)
    household = reverse("household", args=[reference_of(group)])
    url = reverse("answer_needs", args=[reference_of(group)])
    for viewer in (cast.centre, cast.imdi, cast.municipality):
        with logged_in(cast, viewer) as browser:
            page = browser.get(household).text
            assert MOVE in page
            assert (url in page) == (viewer == cast.municipality)
    with logged_in(cast, cast.municipality) as browser:
        assert "Svar om dere kan dekke et nytt behov" in browser.get(reverse("worklist")).text
        form = browser.get(url)
        assert "Frist for svar er 19. mars 2024." in form.text
        assert browser.post(url, {}).status_code == 422
        typed = {"adapted_housing": "no", "version": form.context["form"].initial["version"]}
        assert "Skriv hvorfor kommunen ikke kan dekke behovet." in browser.post(url, typed).text
        done = browser.post(url, typed | {"text": "Boligen er opptatt."}, follow=True)
        assert "Svaret er sendt. IMDi avgjør hva som følger." in done.text
        assert "Dette kan ikke gjøres nå" in browser.get(url).text
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(household).text
        assert "Levanger kommune kan ikke tilby tilrettelagt bolig. IMDi ser på det." in page
        assert "Boligen er opptatt." in page
        again = browser.get(reverse("household_again", args=[reference_of(group)])).text
        assert "Kommunen kan ikke tilby tilrettelagt bolig: Boligen er opptatt." in again
        assert "trekker dere tilbudet tilbake" in again


def test_a_yes_is_sent_without_words(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.PETS, reason="De har fått hund.", by=cast.imdi, at=cast.at)
    url = reverse("answer_needs", args=[reference_of(group)])
    with logged_in(cast, cast.municipality) as browser:
        version = browser.get(url).context["form"].initial["version"]
        done = browser.post(url, {"pets": "yes", "version": version}, follow=True)
    assert "Svaret er sendt. IMDi ser at dere kan dekke behovet." in done.text
    assert "kan dekkes" in done.text


@pytest.mark.req("SET-10")
def test_a_no_stands_as_it_was_said_when_the_need_is_over_and_what_lapsed_was_never_answered(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    housing, pets = Capability.ADAPTED_HOUSING, Capability.PETS
    with scope(cast.imdi, cast.day):
        add_need(group, housing, reason="Rullestol.", by=cast.imdi, at=cast.at)
    with scope(cast.municipality, cast.day):
        answer_needs(group, {housing: False}, text="Boligen er opptatt.", by=cast.municipality, at=cast.at)
    with scope(cast.imdi, cast.day):
        add_need(group, pets, reason="De har fått hund.", by=cast.imdi, at=cast.at)
        NeedQuestion.objects.filter(subject_id=group, capability=pets).update(asked_on=date(2023, 1, 2))
        for need in (housing, pets):
            end_need(group, need, reason="Feil.", by=cast.imdi, at=cast.at)
        outcomes = NeedQuestion.objects.filter(subject_id=group).order_by("pk").values_list("outcome", flat=True)
        assert list(outcomes) == ["not_met", "lapsed"]
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("household", args=[reference_of(group)])).text
    assert "Levanger kommune kan ikke tilby" not in page
    assert "Boligen er opptatt." in page
    after = page.partition("Behov som er kommet etter svaret")[2].partition("</dl>")[0]
    assert (after.count("Svart "), after.count("trengs ikke svar"), after.count("etter fristen")) == (1, 1, 0)


def _said_no(cast: Cast) -> int:
    """Offered to a municipality that cannot meet what they have come to need since its yes."""
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.ADAPTED_HOUSING, reason="Rullestol.", by=cast.imdi, at=cast.at)
    with scope(cast.municipality, cast.day):
        no = {Capability.ADAPTED_HOUSING: False}
        answer_needs(group, no, text="Boligen er opptatt.", by=cast.municipality, at=cast.at)
    return group


def _answer(cast: Cast, group: int, *, accepts: bool) -> None:
    with scope(cast.centre, cast.day):
        register_offer_answer(
            group,
            accepts=accepts,
            answered_on=cast.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=cast.centre,
            at=cast.at,
        )


def _household(cast: Cast, viewer: Viewer, group: int) -> str:
    with logged_in(cast, viewer) as browser:
        return browser.get(reverse("household", args=[reference_of(group)])).text


def _kinds(cast: Cast, group: int) -> set[str]:
    return {kind for kind, _organisation in open_kinds(cast, group)}


@pytest.mark.req("SET-10")
def test_udi_is_told_why_imdi_looks_in_a_whole_sentence_of_its_own(cast: Cast) -> None:
    group = _said_no(cast)
    assert "Kommunen har svart nei til et behov. IMDi ser på det." in _household(cast, cast.udi, group)
    page = _household(cast, cast.centre, group)
    assert "Levanger kommune kan ikke tilby tilrettelagt bolig. IMDi ser på det." in page
    assert "Kommunen har svart nei" not in page


@pytest.mark.req("SET-10")
def test_imdi_need_not_look_at_a_no_once_the_need_has_ended(cast: Cast) -> None:
    group = _said_no(cast)
    assert "see_household_again" in _kinds(cast, group)
    with scope(cast.imdi, cast.day):
        end_need(group, Capability.ADAPTED_HOUSING, reason="Feil.", by=cast.imdi, at=cast.at)
    assert "see_household_again" not in _kinds(cast, group)
    for viewer in (cast.centre, cast.udi):
        assert "IMDi ser på det" not in _household(cast, viewer, group)


@pytest.mark.req("SET-10")
def test_imdi_looks_on_when_the_need_has_ended_and_somebody_has_been_born_meanwhile(cast: Cast) -> None:
    group = _said_no(cast)
    with scope(cast.udi, cast.day):
        register_member(group, person("Baby", born=cast.day), cast.day, by=cast.udi, at=cast.at)
    with scope(cast.imdi, cast.day):
        end_need(group, Capability.ADAPTED_HOUSING, reason="Feil.", by=cast.imdi, at=cast.at)
    assert "see_household_again" in _kinds(cast, group)
    assert "Noen er kommet til i husstanden etter samtalen. IMDi ser på det." in _household(cast, cast.udi, group)


@pytest.mark.req("SET-10")
def test_a_withdrawn_offer_leaves_imdi_nothing_to_see_and_the_no_under_its_own_request(cast: Cast) -> None:
    group = _said_no(cast)
    with scope(cast.imdi, cast.day):
        withdraw_offer(group, reason="does_not_fit", by=cast.imdi, at=cast.at)
    assert "see_household_again" not in _kinds(cast, group)
    for viewer in (cast.imdi, cast.centre, cast.udi):
        page = _household(cast, viewer, group)
        assert "IMDi ser på det" not in page
        after = page.partition("Behov som er kommet etter svaret fra Levanger kommune 14. mars 2024")[2]
        assert "Boligen er opptatt." in after.partition("</dl>")[0]


@pytest.mark.req("SET-10")
def test_nobody_waits_for_an_answer_of_a_municipality_that_was_let_go(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        add_need(group, Capability.PETS, reason="De har fått hund.", by=cast.imdi, at=cast.at)
        withdraw_offer(group, reason="does_not_fit", by=cast.imdi, at=cast.at)
    page = _household(cast, cast.imdi, group)
    assert "trengs ikke svar" in page
    assert "venter på svar" not in page


@pytest.mark.req("SET-10")
def test_a_no_to_a_need_is_still_read_when_the_household_is_settled(cast: Cast) -> None:
    group = _said_no(cast)
    with scope(cast.imdi, cast.day):
        see_household_again(group, outcome=AfterGrowth.GOES_ON, reasoning="De ordner seg.", by=cast.imdi, at=cast.at)
    _answer(cast, group, accepts=True)
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
    depart(cast, group)
    for viewer in (cast.imdi, cast.udi, cast.municipality):
        assert "Boligen er opptatt." in _household(cast, viewer, group)


@pytest.mark.req("SET-10")
def test_a_refusal_taken_back_lets_imdi_look_at_the_no_again(cast: Cast) -> None:
    group = _said_no(cast)
    _answer(cast, group, accepts=False)
    assert "see_household_again" not in _kinds(cast, group)
    with scope(cast.imdi, cast.day):
        annul_refusal(group, reason="wrong_choice", by=cast.imdi, at=cast.at)
    assert "see_household_again" in _kinds(cast, group)


@pytest.mark.req("SET-10")
def test_a_closing_taken_back_leaves_imdi_nothing_to_see_of_a_municipality_that_is_gone(cast: Cast) -> None:
    group = _said_no(cast)
    with scope(cast.imdi, cast.day):
        close_case(group, reason="other", text="De ordner seg selv.", by=cast.imdi, at=cast.at)
    with scope(cast.imdi, cast.day):
        annul_closing(group, reason="wrong_choice", by=cast.imdi, at=cast.at + timedelta(minutes=1))
    assert "see_household_again" not in _kinds(cast, group)
    assert "IMDi ser på det" not in _household(cast, cast.udi, group)
