"""Two plans side by side: what was steered, for whom it changed, and that nobody unseen is counted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.allocation.public import change_policy, lift_steering
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import closed, more_work, pinned, planned, steered, waited
from tests.actions.registry.test_protection import protected
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast
from tests.web.allocation.test_plan_pages import page, words
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def test_a_pin_changes_the_proposal_and_the_page_says_for_whom_and_why(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    first = planned(cast)
    pin = pinned(cast, group, "5038")
    closed(cast, "0301")
    second = planned(cast)
    assert reverse("compare_plans", args=[second.reference]) in page(cast, "plan", second.reference)
    text = words(page(cast, "compare_plans", second.reference))
    assert "1 husstand får en annen kommune, 0 får plass som ikke hadde det, og 0 må vente." in text
    assert "Familien Kovalenko 4 Levanger Verdal" in text
    assert "Nytt: Familien Kovalenko. Festet til Verdal." in text
    assert "Nytt: Oslo er stengt." in text
    assert "Levanger 4 0 -4 20 20" in text.replace("\u2212", "-")
    assert "Verdal 0 4 +4 10 10" in text
    assert reverse("proposal", args=[second.reference, reference_of(group)]) in page(
        cast, "compare_plans", second.reference
    )
    with logged_in(cast, cast.imdi) as browser:
        back = browser.get(reverse("compare_plans", args=[first.reference]), {"med": second.reference})
    assert "Nytt: Familien Kovalenko. Festet til Verdal." in words(back.content.decode())  # the earlier is before
    with scope(cast.imdi, cast.day):
        lift_steering(pin.reference, by=cast.imdi, at=cast.at)
    text = words(page(cast, "compare_plans", planned(cast).reference))
    assert "Gjelder ikke lenger: Familien Kovalenko. Festet til Verdal." in text


def test_other_values_and_other_places_are_told(cast: Cast) -> None:
    queued(cast)
    cast = waited(cast)
    planned(cast)
    with scope(cast.imdi, cast.day):
        change_policy(more_work(cast.day), version=0, by=cast.imdi, at=cast.at)
    decided("5037", 2)
    text = words(page(cast, "compare_plans", planned(cast).reference))
    assert "Arbeid og utdanning: 30 poeng (før: 25 poeng)." in text
    assert "Levanger 4 0 -4 20 2" in text.replace("\u2212", "-")


def test_two_plans_of_the_same_say_so_and_one_alone_too(cast: Cast) -> None:
    queued(cast)
    first = planned(cast)
    assert "Det er ingen annen plan" in page(cast, "compare_plans", first.reference)
    text = words(page(cast, "compare_plans", planned(cast).reference))
    assert "De to planene bygger på det samme." in text
    assert "Ingen av dem som er med i begge planene, får et annet forslag." in text


def test_who_is_sent_is_gone_from_the_next_and_who_came_is_new(cast: Cast) -> None:
    first = queued(cast)
    cast = waited(cast)
    plan = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        browser.post(reverse("send_proposals", args=[plan.reference]), {"groups": [reference_of(first)]})
    queued(cast)
    text = words(page(cast, "compare_plans", planned(cast).reference))
    assert "Ikke i planen lenger Familien Kovalenko : Levanger, spurt" in text
    assert "Nye i planen Familien Kovalenko" in text


@pytest.mark.req("ACS-02")
def test_nobody_who_is_not_seen_is_counted_in_either(cast: Cast) -> None:
    hidden, seen = queued(cast), queued(cast)
    cast = waited(cast)
    pinned(cast, seen, "5037")
    planned(cast)
    pinned(cast, hidden, "5038")
    second = planned(cast)
    protected(cast, group=hidden)
    text = words(page(cast, "compare_plans", second.reference))
    assert "Ingen av dem som er med i begge planene, får et annet forslag." in text
    assert "Festet til" not in text
    assert "Husstander i planen 1 1" in text
    assert "Verdal" not in text


@pytest.mark.parametrize("many", [2, 4])
def test_a_comparison_keeps_its_budget(cast: Cast, many: int) -> None:
    groups = [queued(cast) for _ in range(many)]
    cast = waited(cast)
    planned(cast)
    for group in groups[:-1]:
        pinned(cast, group, "5038")
    steered(cast, groups[-1])
    second = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(reverse("compare_plans", args=[second.reference])).status_code == 200
        assert len(caught) <= 20, "\n".join(query["sql"][:160] for query in caught)  # of two plans


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_comparison_is_a_look_at_those_who_changed(cast: Cast) -> None:
    group = queued(cast)
    cast = waited(cast)
    planned(cast)
    pinned(cast, group, "5038")
    second = planned(cast)
    with logged_in(cast, cast.imdi) as browser:
        found = browser.get(reverse("compare_plans", args=[second.reference])).headers["X-Request-Number"]
    assert Look.objects.using("owner").get(request_number=found).hits == 1
