"""UDI starts a run: what it would give beside the last, a job that computes it, how far it is."""

import re
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.grants.models import RunOrder
from fotfeste.grants.tasks import compute_asked_for
from fotfeste.ledger.public import Run, person_money
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.grants.stage import Payers, computed_run, housed, left, noon, paid_run, payers, people, registered
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-04")]

CAME, SECOND_QUARTER, JULY, OCTOBER = date(2022, 3, 20), date(2022, 7, 1), date(2022, 7, 5), date(2022, 10, 5)
CODE = "MAMOT:2022-07-01"


@pytest.fixture
def by(cast: Cast) -> Payers:
    """Those who work with grants in 2022."""
    return payers(cast)


def page(cast: Cast, viewer: Viewer, day: date, url: str) -> str:
    """A page as the viewer reads it on a day."""
    with logged_in(replace(cast, at=noon(day)), viewer) as browser:
        answer = browser.get(url)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u2212", "-").split())


def words(text: str) -> str:
    """What of a page is read."""
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def started(cast: Cast, viewer: Viewer, day: date, code: str = CODE) -> int:
    """The form that starts a run, sent. Gives the status of the answer."""
    with logged_in(replace(cast, at=noon(day)), viewer) as browser:
        return browser.post(reverse("compute_run"), {"run": code}).status_code


def computed_by_the_job(day: date) -> None:
    """The job of the last order, as the worker runs it: without a scope of its own."""
    order = RunOrder.objects.order_by("-pk").values_list("pk", "ordered_by_id")[0]
    with time_machine.travel(noon(day), tick=False):
        compute_asked_for.run(order_id=order[0], user_id=order[1])


def test_what_a_run_would_give_is_shown_before_it_is_started_and_nothing_is_kept(cast: Cast, by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    text = page(cast, by.udi, JULY, f"{reverse('compute_run')}?run={CODE}")
    assert "MAMOT til og med juni 2022: dette vil den gi" in text
    assert "Levanger 128 840 kr 0 kr" in words(text)
    with scope(by.udi, JULY):
        assert not Run.objects.exists()


def test_a_run_is_started_left_and_computed_by_the_job(cast: Cast, by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    assert started(cast, by.udi, JULY) == 302
    text = page(cast, by.udi, JULY, reverse("compute_run"))
    assert "beregnes" in text
    assert reverse("run_orders") in text  # it is asked for again
    with scope(by.udi, JULY):
        computed_by_the_job(JULY)
        run = Run.objects.select_related("subject").get()
    text = page(cast, by.udi, JULY, reverse("run_orders"))
    assert reverse("run", args=[run.subject.reference]) in text
    assert "hx-trigger" not in text
    assert (run.line_count, run.as_known_at) == (8, noon(JULY))


def test_a_second_run_is_not_started_while_one_is_computed_or_open(cast: Cast, by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    assert started(cast, by.udi, JULY) == 302
    assert started(cast, by.udi, JULY) == 422
    with scope(by.udi, JULY):
        computed_by_the_job(JULY)
    assert started(cast, by.udi, JULY) == 422


def test_a_job_that_runs_twice_computes_once(cast: Cast, by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    started(cast, by.udi, JULY)
    with scope(by.udi, JULY):
        computed_by_the_job(JULY)
        computed_by_the_job(JULY)
        assert Run.objects.count() == 1


def test_a_run_that_could_not_be_computed_says_why(cast: Cast, by: Payers) -> None:
    housed(by, registered(by, CAME), by.here, CAME)
    started(cast, by.udi, JULY)
    computed_run(by, SECOND_QUARTER, JULY)  # somebody else was quicker
    with scope(by.udi, JULY):
        computed_by_the_job(JULY)
    text = page(cast, by.udi, JULY, reverse("run_orders"))
    assert "ikke beregnet" in text
    assert "Det finnes en kjøring for ordningen som ikke er betalt." in text


def test_the_last_run_stands_beside_and_months_without_a_rate_are_named(cast: Cast, by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    left(by, group, date(2022, 5, 10), DepartureReason.LEFT_COUNTRY, known_on=date(2022, 9, 1))
    text = page(cast, by.udi, OCTOBER, f"{reverse('compute_run')}?run=MAMOT:2022-10-01")
    assert "Levanger -32 210 kr 128 840 kr" in words(text)
    housed(by, registered(by, date(2024, 11, 5), "Iryna"), by.here, date(2024, 11, 5))
    spring = date(2025, 4, 5)
    text = page(cast, by.udi, spring, f"{reverse('compute_run')}?run=MAMOT:2025-04-01")
    assert (
        "3 måneder blir ikke beregnet, fordi ingen sats gjelder for dem. januar 2025, februar 2025, mars 2025" in text
    )


@pytest.mark.parametrize("name", ["compute_run", "run_orders"])
@pytest.mark.parametrize("who", ["approver", "here", "registrar"])
def test_only_who_prepares_sees_the_page(cast: Cast, by: Payers, who: str, name: str) -> None:
    with logged_in(replace(cast, at=noon(JULY)), getattr(by, who)) as browser:
        assert browser.get(reverse(name)).status_code == 403


@pytest.mark.req("MON-03")
def test_a_household_page_says_what_was_paid_for_them_and_leads_to_what_it_rests_on(cast: Cast, by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    run = paid_run(by, SECOND_QUARTER, JULY)
    members = people(by, group, JULY)
    address = reverse("household", args=[reference_of(group)])
    for viewer in (by.udi, by.here):
        text = page(cast, viewer, JULY, address)
        assert "UDI har betalt Levanger 128 840 kr i tilskudd for dem, for mars 2022 til juni 2022." in text
    with scope(by.udi, JULY):
        lines = [line for each in members for line in person_money(by.udi, each)]
        assert len(lines) == run.lines.count()
    assert all(reverse("ledger_line", args=line.address) in text for line in lines)
    assert len(members) * 4 == len(lines)
    # Who registered them knows of them no more.
    with logged_in(replace(cast, at=noon(JULY)), by.registrar) as browser:
        assert browser.get(address).status_code == 404


def test_nothing_is_said_of_money_where_there_is_none(cast: Cast, by: Payers) -> None:
    group = registered(by, CAME)
    assert "Penger</h2>" not in page(cast, by.udi, JULY, reverse("household", args=[reference_of(group)]))


def test_a_stranger_is_asked_to_log_in(cast: Cast) -> None:
    assert Client().get(reverse("compute_run")).status_code == 302
