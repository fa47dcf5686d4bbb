"""IMDi asks for a plan, leaves it, comes back to it, and reads where each is proposed and why."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.allocation.models import Plan, Proposal
from fotfeste.kernel.calendar import Week
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.self_settlement.public import withdraw_self_settlement
from fotfeste.settlement.public import DeclineReason, decline_request
from tests.actions.allocation.stage import asked_for, computed_by_the_job, pinned, planned, waited
from tests.actions.registry.test_protection import protected
from tests.actions.self_settlement.stage import asks
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def page(cast: Cast, name: str, *parts: str, viewer: Viewer | None = None) -> str:
    """A page as IMDi reads it."""
    with logged_in(cast, viewer or cast.imdi) as browser:
        answer = browser.get(reverse(name, args=parts))
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_a_plan_is_asked_for_left_and_come_back_to(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("plan_week"), {})
    with scope(cast.imdi, cast.day):
        plan = Plan.objects.select_related("ordered_by").get()
    assert answer.headers["Location"] == reverse("plan", args=[plan.reference])
    text = page(cast, "plan", plan.reference)
    assert "Venter på tur" in text
    assert reverse("plan_progress", args=[plan.reference]) in text
    assert reverse("plan", args=[plan.reference]) in page(cast, "plans")
    computed_by_the_job(cast, plan)
    with logged_in(cast, cast.imdi) as browser:
        part = browser.get(reverse("plan_progress", args=[plan.reference]))
    assert part.headers["HX-Refresh"] == "true"
    text = page(cast, "plan", plan.reference)
    assert "1 av 1 husstand får forslag om kommune." in text
    assert "Familien Kovalenko" in text
    assert "Levanger" in text


def test_two_plans_of_one_week_are_called_by_when_they_were_made(cast: Cast) -> None:
    queued(cast)
    planned(cast)
    planned(replace(cast, at=cast.at + timedelta(hours=3)))
    text = page(cast, "plans")
    assert "Fordelingsplan uke 11, 14. mars 2024 kl. 10.00</a>" in text
    assert "Fordelingsplan uke 11, 14. mars 2024 kl. 13.00</a>" in text


def test_a_second_plan_is_refused_with_who_asked_for_the_first(cast: Cast) -> None:
    asked_for(cast)
    assert "Imdi ba om den" in page(cast, "plan_week")
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("plan_week"), {})
    assert answer.status_code == 422
    assert "En plan beregnes nå." in answer.content.decode()


def test_a_plan_is_stopped_from_its_page(cast: Cast) -> None:
    plan = asked_for(cast)
    assert reverse("stop_plan", args=[plan.reference]) in page(cast, "plan", plan.reference)
    with logged_in(cast, cast.imdi) as browser:
        assert browser.post(reverse("stop_plan", args=[plan.reference]), {}).status_code == 302
        assert browser.post(reverse("stop_plan", args=[plan.reference]), {}).status_code == 422
    assert "avbrutt" in page(cast, "plan", plan.reference)
    assert "Planen beregnes ikke lenger." in page(cast, "stop_plan", plan.reference)


def test_one_that_could_not_be_computed_says_why(cast: Cast) -> None:
    plan = planned(cast)
    assert "Ingen husstander venter i køen nå." in page(cast, "plan", plan.reference)


def test_whoever_is_not_named_for_a_protected_household_is_told_of_no_difference(cast: Cast) -> None:
    seen, hidden = queued(cast), queued(cast)
    plan = planned(cast)
    assert "2 husstander" in page(cast, "plan", plan.reference)
    protected(cast, group=hidden)
    text = page(cast, "plan", plan.reference)
    assert "1 av 1 husstand får" in text
    assert "4 av 4" in text  # persons
    again = planned(cast)
    assert "1 av 1 husstand får" in page(cast, "plan", again.reference)
    assert seen != hidden


def test_why_tells_of_others_where_they_are_seen_and_never_how_many(cast: Cast) -> None:
    seen, hidden = queued(cast), queued(cast)
    cast = waited(cast)
    for group in (seen, hidden):
        pinned(cast, group, "5037")
    plan = planned(cast)
    text = words(page(cast, "proposal", plan.reference, reference_of(seen)))
    assert text.count("Andre i denne planen skal også dit.") == 1
    protected(cast, group=hidden)
    alone = words(page(cast, "proposal", plan.reference, reference_of(seen)))
    assert "Andre i denne planen" not in alone
    told, left = (each[each.rindex("Forslag: ") :] for each in (text, alone))  # beside what the menu counts
    assert left == told.replace(" Andre i denne planen skal også dit.", "")
    with scope(cast.imdi, cast.day):
        kept = Proposal.objects.get(plan=plan, subject_id=seen).explanation
    assert '"planned"' not in json.dumps(kept)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_page_of_a_plan_is_a_look_at_households_and_the_list_is_not(cast: Cast) -> None:
    queued(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        number = browser.get(reverse("plan", args=[plan.reference])).headers["X-Request-Number"]
        other = browser.get(reverse("plans")).headers["X-Request-Number"]
    look = Look.objects.using("owner").get(request_number=number)
    assert (look.compartments, look.hits) == (["identity", "needs", "settlement"], 1)
    assert not Look.objects.using("owner").filter(request_number=other).exists()


@pytest.mark.parametrize("many", [2, 4])
def test_a_plan_keeps_its_budget_however_many_are_in_it(cast: Cast, many: int) -> None:
    group = max(queued(cast) for _ in range(many))
    cast = waited(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        pages = [
            (name, [plan.reference])
            for name in ("plan", "plan_municipalities", "plan_flows", "plan_policy", "send_proposals")
        ]
        pages += [("plans", []), ("plan_week", []), ("proposal", [plan.reference, reference_of(group)])]
        for name, parts in pages:
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(reverse(name, args=parts)).status_code == 200
            assert len(caught) <= 14, "\n".join(query["sql"][:160] for query in caught)


@pytest.mark.parametrize("who", ["udi", "centre", "municipality", "registrar"])
def test_nobody_else_sees_a_plan(cast: Cast, who: str) -> None:
    plan = asked_for(cast)
    with logged_in(cast, getattr(cast, who)) as browser:
        for name, parts in (
            ("plans", []),
            ("plan", [plan.reference]),
            ("plan_week", []),
            ("plan_progress", [plan.reference]),
        ):
            assert browser.get(reverse(name, args=parts)).status_code == 403
    with scope(getattr(cast, who), cast.day):
        assert not Plan.objects.exists()


def test_a_household_has_a_page_that_says_why_and_what_came_second(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    cast = waited(cast)
    plan = planned(cast)
    text = page(cast, "proposal", plan.reference, reference_of(group))
    assert "Forslag: Familien Kovalenko" in text
    for words in ("Levanger", "Nest best", "Verdal", "Dette står i brevet om tilbudet"):
        assert words in text
    assert reverse("proposal", args=[plan.reference, reference_of(group)]) in page(cast, "plan", plan.reference)


def test_the_municipalities_of_a_plan_say_what_is_left_before_and_after(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    text = page(cast, "plan_municipalities", planned(cast).reference)
    row = words(text[text.index("<tbody") : text.index("</tr>", text.index("<tbody"))])
    assert row == "Levanger Trøndelag 20 20 0 4 (1 husstand) 0 16 20 %"


def test_the_list_counts_those_whom_it_shows(cast: Cast) -> None:
    queued(cast)
    pinned(cast, queued(cast), "5038")
    cast = waited(cast)
    plan = planned(cast)
    shown = {"": "1–2 av 2", "placed": "1–2 av 2", "to_send": "1–2 av 2", "steered": "1–1 av 1"}
    with logged_in(cast, cast.imdi) as browser:
        for show, many in shown.items():
            answer = browser.get(reverse("plan", args=[plan.reference]), {"show": show})
            assert many in answer.content.decode()
        for show in ("waiting", "declined"):
            answer = browser.get(reverse("plan", args=[plan.reference]), {"show": show})
            assert "Viser" not in answer.content.decode()


def test_the_list_shows_those_who_wait_alone(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        found = browser.get(reverse("plan", args=[plan.reference]), {"show": "waiting"}).content.decode()
    assert "Ingen husstander i utvalget." in found


def words(markup: str) -> str:
    """What of it is read."""
    return " ".join(re.sub("<[^>]+>", " ", markup).split())


@pytest.mark.req("SET-07")
def test_proposals_are_chosen_sent_and_marked_with_the_answers(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    address = reverse("send_proposals", args=[plan.reference])
    assert address in page(cast, "plan", plan.reference)
    assert page(cast, "send_proposals", plan.reference).count(" checked") == 2
    assert f'value="{Week.of(cast.day).number} 2024"' in page(cast, "send_proposals", plan.reference)
    with logged_in(cast, cast.imdi) as browser:
        assert browser.post(address, {"groups": []}).status_code == 422
        answer = browser.post(address, {"groups": [reference_of(first)]}, follow=True).content.decode()
    assert "1 forespørsel er sendt." in answer
    assert "</svg>spurt</span>" in answer
    sent, unsent = (page(cast, "proposal", plan.reference, reference_of(group)) for group in (first, second))
    assert ("</svg>spurt</span>" in sent, address in sent) == (True, False)
    alone = f"{address}?husstand={reference_of(second)}"
    assert ("</svg>ikke sendt</span>" in unsent, alone in unsent) == (True, True)
    with scope(cast.municipality, cast.day):
        decline_request(
            first, reason=DeclineReason.NO_HOUSING, follows="not_until_reassessed", by=cast.municipality, at=cast.at
        )
    text = page(cast, "plan", plan.reference)
    for told in ("</svg>sagt nei</span>", "0 ja, 1 nei, 0 har ikke svart", "Planlegg resten", "1 forespørsel til"):
        assert told in text
    with logged_in(cast, cast.imdi) as browser:
        browser.post(address, {"groups": [reference_of(second)]})
    assert "Alle forslagene er sendt" in page(cast, "send_proposals", plan.reference)


@pytest.mark.req("SET-07")
def test_whom_a_colleague_has_sent_meanwhile_is_told_and_the_others_are_sent(cast: Cast) -> None:
    first, second = queued(cast), queued(cast)
    cast = waited(cast)
    address = reverse("send_proposals", args=[planned(cast).reference])
    with logged_in(cast, cast.imdi) as browser:
        browser.post(address, {"groups": [reference_of(first)]})
        both = [reference_of(first), reference_of(second)]
        answer = browser.post(address, {"groups": both}, follow=True).content.decode()
    assert "Familien Kovalenko er ikke sendt. Noen andre har sendt forespørselen." in answer
    assert "1 forespørsel er sendt." in answer


@pytest.mark.req("SET-07")
def test_who_is_not_sent_is_named_with_why(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    decided("5037", 2)
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("send_proposals", args=[plan.reference])
        answer = browser.post(address, {"groups": [reference_of(group)]}, follow=True).content.decode()
    assert "Familien Kovalenko er ikke sendt." in answer
    assert "0 forespørsler er sendt." in answer


def test_what_weighed_in_a_plan_is_told_as_it_was_kept(cast: Cast) -> None:
    queued(cast)
    plan = planned(cast)
    text = words(page(cast, "plan_policy", plan.reference))
    assert "Arbeid og utdanning 25 poeng" in text
    assert text.count("Ingen har vedtatt verdiene. De er prøveverdier.") == 1
    assert "Arbeid i eget yrke 100 prosent" in text


@pytest.mark.req("SET-13")
def test_a_plan_says_how_many_it_left_out_because_they_ask_themselves_and_goes_on_saying_so(cast: Cast) -> None:
    group = queued(cast)
    queued(cast)
    cast = waited(cast)
    asks(cast, group)
    plan = planned(cast)
    text = page(cast, "plan", plan.reference)
    assert "1 husstand er ikke med, fordi den har spurt en kommune selv. 1 venter på svar." in text
    assert reverse("self_settlement_requests") in text
    tomorrow = replace(cast, day=cast.day + timedelta(days=1), at=cast.at + timedelta(days=1))
    with scope(cast.centre, tomorrow.day):
        withdraw_self_settlement(group, cause="own_wish", by=cast.centre, at=tomorrow.at)
    assert "1 husstand er ikke med" in page(tomorrow, "plan", plan.reference)
