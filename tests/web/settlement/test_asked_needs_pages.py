"""The municipality answers about a need that arose after its yes; the household page says whose move it is."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.settlement.models import NeedQuestion
from fotfeste.settlement.public import Capability, add_need, answer_needs, end_need
from tests.actions.settlement.stage import offered, queued
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
