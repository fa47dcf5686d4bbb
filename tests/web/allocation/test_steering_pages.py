"""IMDi steers on pages: pins and keeps out from a proposal, closes a municipality, takes back, plans again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.allocation.models import Plan
from fotfeste.platform.scope import scope
from fotfeste.settlement.public import DeclineReason, decline_request
from tests.actions.allocation.stage import closed, pinned, planned, steered, waited
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast
from tests.web.allocation.test_plan_pages import page, words
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def of_household(plan: Plan, group: int) -> list[str]:
    """What leads to a household's page in a plan."""
    return [plan.reference, reference_of(group)]


def sent(cast: Cast, name: str, parts: list[str], **typed: str) -> tuple[int, str]:
    """A form sent; the status of the answer, and what is read where it leads."""
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse(name, args=parts), typed)
        shown = browser.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return answer.status_code, words(shown.content.decode())


def test_a_household_is_pinned_from_its_proposal_and_the_next_plan_says_so(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    text = page(cast, "proposal", *of_household(plan, group))
    assert f"{reverse('pin_group', args=of_household(plan, group))}?kommune=5037" in text
    form = page(cast, "pin_group", *of_household(plan, group))
    assert "Passer best" in form
    assert form.count('value="5038"') == 2
    assert sent(cast, "pin_group", of_household(plan, group), municipality="5038")[0] == 422
    status, text = sent(cast, "pin_group", of_household(plan, group), municipality="5038", reason="Avtalt med Verdal")
    assert status == 302
    assert "Husstanden er festet til Verdal fra neste plan." in text
    assert "Festet til Verdal Avtalt med Verdal Imdi," in text
    assert "Gjelder fra neste plan" in text
    assert "Styringen er endret siden planen ble laget." in page(cast, "plan", plan.reference)
    again = planned(cast)
    text = words(page(cast, "proposal", *of_household(again, group)))
    assert "En saksbehandler har festet husstanden til kommunen." in text
    assert "Planen fulgte det" in text
    assert "Uten dette" in text or "også uten dette" in text
    text = words(page(cast, "plan", again.reference))
    assert "1 husstand er festet." in text
    assert "Styringen er endret" not in text


def test_a_pin_that_gives_no_place_is_told_on_the_plan(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    pinned(cast, group, "5037")
    decided("5037", 2)
    plan = planned(cast)
    assert "1 husstand er festet til en kommune der den ikke fikk plass" in words(page(cast, "plan", plan.reference))
    text = words(page(cast, "proposal", *of_household(plan, group)))
    assert "En saksbehandler har festet husstanden til Levanger, men det er ikke mulig i denne planen." in text
    assert "1 kommune har for få ledige plasser. Det er Levanger." in text


def test_a_pin_that_has_become_impossible_is_refused_with_why_and_what_was_typed(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    decided("5037", 2)
    form = page(cast, "pin_group", *of_household(plan, group))
    assert 'value="5037"' not in form
    status, text = sent(cast, "pin_group", of_household(plan, group), municipality="5037", reason="Avtalt")
    assert status == 422
    assert "Avtalt" in text


def test_a_municipality_is_kept_from_a_household_and_given_back(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    parts = of_household(plan, group)
    status, text = sent(cast, "forbid_municipality", parts, municipality="5037", reason="Noen de er redde for")
    assert (status, "Levanger er utelukket for husstanden fra neste plan." in text) == (302, True)
    status, text = sent(cast, "forbid_municipality", parts, municipality="5037", reason="En gang til")
    assert (status, "Det er allerede bestemt noe for husstanden" in text) == (422, True)
    text = page(cast, "steering")
    assert "Levanger er utelukket" in text
    [address] = re.findall('href="(/bosetting/planer/styring/[^"]+/husstand/[^"]+)"', text)
    with logged_in(cast, cast.imdi) as browser:
        assert "Noen de er redde for" in browser.get(address).content.decode()
        assert browser.post(address, {}).status_code == 302
        assert "Det er allerede tatt bort" in browser.get(address).content.decode()
        assert browser.post(address, {}).status_code == 422
    assert "Ingen husstander er styrt." in page(cast, "steering")


@pytest.mark.req("SET-07")
def test_who_sends_is_told_what_was_decided_since_the_plan_and_has_it_not_chosen(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    assert page(cast, "send_proposals", plan.reference).count(" checked") == 1
    closed(cast, "5037")
    text = page(cast, "send_proposals", plan.reference)
    assert text.count(" checked") == 0
    assert "Familien Kovalenko, 4 personer: Levanger. Kommunen er stengt denne uken." in words(text)


def test_a_municipality_is_closed_this_week_and_opened(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    assert reverse("close_municipality") in page(cast, "plan_municipalities", plan.reference)
    assert sent(cast, "close_municipality", [], municipality="5037")[0] == 422
    status, text = sent(cast, "close_municipality", [], municipality="5037", reason="Flom")
    assert (status, "Levanger er stengt denne uken, fra neste plan." in text) == (302, True)
    assert "Levanger Flom Imdi," in text
    again = planned(cast)
    assert "Stengt: Levanger." in words(page(cast, "plan", again.reference))
    assert 'value="5037"' not in page(cast, "close_municipality")
    [address] = [
        part.split('"')[0] for part in page(cast, "steering").split('href="') if "/apne/" in part.split('"')[0]
    ]
    with logged_in(cast, cast.imdi) as browser:
        assert "Åpne Levanger igjen" in browser.get(address).content.decode()
        assert browser.post(address, {}).status_code == 302
        assert browser.post(address, {}).status_code == 422
    assert "Ingen kommune er stengt denne uken." in page(cast, "steering")


def test_who_has_been_asked_for_is_not_steered(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        browser.post(reverse("send_proposals", args=[plan.reference]), {"groups": [reference_of(group)]})
    assert reverse("pin_group", args=of_household(plan, group)) not in page(
        cast, "proposal", *of_household(plan, group)
    )
    assert "Husstanden er ikke i køen lenger." in page(cast, "pin_group", *of_household(plan, group))
    status, text = sent(cast, "pin_group", of_household(plan, group), municipality="5037", reason="x")
    assert (status, "Husstanden er ikke i køen lenger." in text) == (422, True)


def test_what_holds_for_a_household_out_of_the_queue_is_no_change_of_the_plans_until_it_is_back(cast: Cast) -> None:
    group, _other = queued(cast), queued(cast)
    cast = waited(cast)
    steered(cast, group)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        browser.post(reverse("send_proposals", args=[plan.reference]), {"groups": [reference_of(group)]})
    again = planned(cast)
    assert "Styringen er endret" not in page(cast, "plan", again.reference)
    assert "Ingen husstander er styrt." in page(cast, "steering")
    with scope(cast.municipality, cast.day):
        decline_request(
            group, reason=DeclineReason.NO_HOUSING, follows="not_until_reassessed", by=cast.municipality, at=cast.at
        )
    assert "Styringen er endret" in page(cast, "plan", again.reference)
    assert "Verdal er utelukket" in page(cast, "steering")


@pytest.mark.req("ACS-02")
def test_what_is_steered_for_a_protected_household_is_there_for_nobody_else(cast: Cast) -> None:
    group = queued(cast)
    queued(cast)
    pinned(cast, group, "5038")
    plan = planned(cast)
    assert "1 husstand er festet." in words(page(cast, "plan", plan.reference))
    protected(cast, group=group)
    text = words(page(cast, "plan", plan.reference))
    assert "er festet" not in text
    assert "Styringen er endret" not in text
    assert "Ingen husstander er styrt." in page(cast, "steering")


@pytest.mark.parametrize("many", [2, 4])
def test_what_is_steered_keeps_its_budget(cast: Cast, many: int) -> None:
    groups = [queued(cast) for _ in range(many)]
    for group in groups:
        pinned(cast, group, "5037")
        steered(cast, group)
    closing = closed(cast, "0301")
    cast = waited(cast)
    plan = planned(cast)
    shown = [("steering", []), ("plan", [plan.reference]), ("proposal", of_household(plan, groups[0]))]
    shown += [("close_municipality", []), ("open_municipality", [closing.reference])]
    shown += [("forbid_municipality", of_household(plan, groups[0]))]
    with logged_in(cast, cast.imdi) as browser:
        for name, parts in shown:
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(reverse(name, args=parts)).status_code == 200
            assert len(caught) <= 15, name + "\n".join(query["sql"][:160] for query in caught)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(reverse("pin_group", args=of_household(plan, groups[0]))).status_code == 200
        assert len(caught) <= 30, "\n".join(query["sql"][:160] for query in caught)  # it asks of all municipalities


@pytest.mark.parametrize("who", ["udi", "centre", "municipality"])
def test_nobody_else_comes_to_the_pages(cast: Cast, who: str) -> None:
    group = queued(cast)
    plan = planned(cast)
    with logged_in(cast, getattr(cast, who)) as browser:
        for name, parts in (("steering", []), ("close_municipality", []), ("pin_group", of_household(plan, group))):
            assert browser.get(reverse(name, args=parts)).status_code == 403
