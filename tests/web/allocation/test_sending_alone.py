"""From a proposal IMDi sends that household alone: it is the only one shown, and the only one looked at."""

import pytest
from django.test import Client
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.allocation.models import Plan
from fotfeste.kernel.calendar import Week
from fotfeste.platform.scope import scope
from fotfeste.settlement.public import send_request
from tests.actions.allocation.stage import planned, waited
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-07")]


def alone(plan: Plan, reference: str) -> str:
    """The address that the proposal leads to."""
    return f"{reverse('send_proposals', args=[plan.reference])}?husstand={reference}"


def told(browser: Client, address: str) -> str:
    """The page where nothing can be sent, in words."""
    page = read(browser.get(address).text)
    assert not page.all("input", name="groups")
    return " ".join(page.one("main").text.split())


def test_it_alone_is_shown_with_ways_to_its_proposal_and_to_the_others(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        for group in (first, second):
            page = read(browser.get(alone(plan, reference_of(group))).text)
            assert [box["value"] for box in page.all("input", name="groups")] == [reference_of(group)]
            text = page.one("main").text
            assert "Send forespørsel til kommunen" in text
            assert "Send forespørselen" in text
            assert "husstander om gangen" not in text
            links = {link.text: link["href"] for link in page.one("main").all("a")}
            assert links["Forslaget"] == reverse("proposal", args=[plan.reference, reference_of(group)])
            assert links["Velg flere"] == reverse("send_proposals", args=[plan.reference])
        many = read(browser.get(links["Velg flere"]).text)
        assert len(many.all("input", name="groups")) == 2
        assert "Velg flere" not in many.one("main").text
        sent = browser.post(alone(plan, reference_of(second)), {"groups": [reference_of(second)]}, follow=True)
    assert "1 forespørsel er sendt." in sent.text


@pytest.mark.django_db(databases=["default", "owner"])
def test_it_is_a_look_at_that_household_and_nobody_else(cast: Cast) -> None:
    queued(cast)
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        addresses = (alone(plan, reference_of(group)), reverse("send_proposals", args=[plan.reference]))
        numbers = [browser.get(address).headers["X-Request-Number"] for address in addresses]
    look, other = (Look.objects.using("owner").get(request_number=each) for each in numbers)
    assert (look.household_id, len(look.person_ids), look.hits) == (group, 4, None)
    assert (other.household_id, other.person_ids, other.hits) == (None, [], 2)


def test_one_that_is_sent_already_is_said_to_be(cast: Cast) -> None:
    group = queued(cast)
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    address = alone(plan, reference_of(group))
    with logged_in(cast, cast.imdi) as browser:
        browser.post(address, {"groups": [reference_of(group)]})
        assert "Forespørselen for husstanden er sendt." in told(browser, address)
        again = browser.post(address, {"groups": [reference_of(group)]}, follow=True).text
    assert "Familien Kovalenko er ikke sendt. Noen andre har sendt forespørselen." in again


def test_one_that_was_asked_for_outside_the_plan_is_not_in_the_queue(cast: Cast) -> None:
    group = queued(cast)
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        week = Week.of(cast.day)
        send_request(group, cast.municipality.organisation_id, wanted_week=week, by=cast.imdi, at=cast.at)
    with logged_in(cast, cast.imdi) as browser:
        assert "Husstanden er ikke i køen lenger." in told(browser, alone(plan, reference_of(group)))


def test_one_that_waits_for_a_later_week_has_no_municipality_to_ask(cast: Cast) -> None:
    group = queued(cast)
    decided("5037", 3)
    decided("5038", 3)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        sentence = "Planen foreslår ingen kommune for husstanden."
        assert sentence in told(browser, alone(plan, reference_of(group)))


@pytest.mark.django_db(databases=["default", "owner"])
def test_one_that_the_plan_does_not_know_leads_back_to_the_plan_and_is_no_look_at_anybody(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    late = queued(cast)
    with logged_in(cast, cast.imdi) as browser:
        for reference in (reference_of(late), "feil"):
            answer = browser.get(alone(plan, reference))
            page = read(answer.text)
            assert "Planen har ikke noe forslag for denne husstanden." in page.one("main").text
            assert reverse("plan", args=[plan.reference]) in [link["href"] for link in page.one("main").all("a")]
            look = Look.objects.using("owner").get(request_number=answer.headers["X-Request-Number"])
            assert (look.household_id, look.hits) == (None, 0)
