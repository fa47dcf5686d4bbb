"""The list of claims for own cars: UDI's of all, a centre's own; filtered, with sums."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.words import kroner
from fotfeste.settlement.actions.car_claim import refund_car_claim, resend_car_claim
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.queries.car_claims import ClaimFilter, listed_claims, sums_by_month, sums_of
from tests.actions.settlement.stage import approved, claimed, denied, depart, paid, queued
from tests.actions.settlement.test_car_claim import come_back
from tests.actions.settlement.test_claim_tasks import paid_twice
from tests.conftest import Cast
from tests.settlement_steps import placed
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
fill = import_module("fotfeste.settlement.migrations.0039_refunded_before").fill
EACH = 4 * 129_900
BUDGET = 15


def shown(cast: Cast, viewer: Viewer, query: str = "") -> tuple[list[str], str]:
    """The states of the rows, and the page."""
    with logged_in(cast, viewer) as browser:
        page = browser.get(reverse("car_claims") + query)
    assert page.status_code == 200
    return [row["state"] for row in page.context["rows"]], page.content.decode()


@pytest.mark.req("TRV-03")
def test_udi_sees_all_and_filters_by_state_centre_and_month(cast: Cast) -> None:
    groups = [step(cast, queued(cast)) for step in (paid, claimed, approved, denied)]
    assert len(shown(cast, cast.udi)[0]) == len(groups)
    assert len(shown(cast, cast.udi, "?state=waits")[0]) == 2
    for state, url in (("sent", "decide_car_claim"), ("approved", "refund_car_claim")):
        rows, text = shown(cast, cast.udi, f"?state={state}")
        assert len(rows) == 1
        assert reverse(url, args=[reference_of(groups[1 if state == "sent" else 2])]) in text
    assert len(shown(cast, cast.udi, "?month=2024-03")[0]) == len(groups)
    assert shown(cast, cast.udi, "?month=2024-02")[0] == []
    assert len(shown(cast, cast.udi, "?month=x&state=y")[0]) == len(groups)
    assert shown(cast, cast.udi, "?centre=another")[0] == []


@pytest.mark.req("TRV-03")
def test_a_centre_sees_what_it_paid_itself_also_when_they_have_moved(cast: Cast) -> None:
    group = denied(cast, queued(cast))
    placed(cast, group, cast.other_centre, cast.day)
    rows, text = shown(cast, cast.centre)
    assert len(rows) == 1
    assert reverse("resend_car_claim", args=[reference_of(group)]) in text
    assert shown(cast, cast.other_centre)[0] == []
    with logged_in(cast, cast.municipality) as browser:
        assert browser.get(reverse("car_claims")).status_code == 403


@pytest.mark.req("TRV-03")
def test_the_sums_are_of_what_is_paid_waits_is_owed_and_refunded(cast: Cast) -> None:
    for step in (paid, claimed, approved, denied):
        group = step(cast, queued(cast))
    with scope(cast.udi, cast.day):
        found = listed_claims(cast.udi)
        sums = sums_of(found)
        assert (sums.count, sums.paid_ore, sums.waiting_ore) == (4, 4 * EACH, 2 * EACH)
        assert (sums.owed_ore, sums.refunded_ore) == (EACH, 0)
        assert sums_by_month(found) == [(date(2024, 3, 1), sums)]
        [waits] = [each for each in found if ClaimFilter("approved").takes(each)]
        refund_car_claim(waits.claim.subject_id, refunded_on=cast.day, by=cast.udi, at=cast.at)
        sums = sums_of(listed_claims(cast.udi))
        assert (sums.owed_ore, sums.refunded_ore) == (0, EACH)
    with scope(cast.centre, cast.day):
        resend_car_claim(group, text="Vedlagt.", by=cast.centre, at=cast.at)
        assert sums_of(listed_claims(cast.centre)).waiting_ore == 3 * EACH


@pytest.mark.req("TRV-03")
def test_the_list_costs_the_same_however_long_it_is(cast: Cast) -> None:
    claimed(cast, queued(cast))
    with logged_in(cast, cast.udi) as browser:
        browser.get(reverse("car_claims"))
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                browser.get(reverse("car_claims"))
            counts.append(len(asked))
            claimed(cast, queued(cast))
    assert counts[0] == counts[1] <= BUDGET


@pytest.mark.req("TRV-03")
def test_the_centre_that_paid_sends_and_answers_a_no_on_its_pages_when_they_have_moved(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    placed(cast, group, cast.other_centre, cast.day)
    reference = [reference_of(group)]
    with logged_in(cast, cast.centre) as browser:
        household = browser.get(reverse("household", args=reference)).content.decode()
        assert reverse("send_car_claim", args=reference) in household
        assert browser.get(reverse("send_car_claim", args=reference)).status_code == 200
        browser.post(reverse("send_car_claim", args=reference), {})
    with logged_in(cast, cast.udi) as browser:
        browser.post(reverse("decide_car_claim", args=reference), {"answer": "no", "text": "Ingen egenerklæring."})
    with logged_in(cast, cast.centre) as browser:
        page = browser.get(reverse("resend_car_claim", args=reference)).content.decode()
        assert "Ingen egenerklæring." in page
        browser.post(reverse("resend_car_claim", args=reference), {"answer": "yes", "text": "Den er vedlagt."})
    with logged_in(cast, cast.udi) as browser:
        page = browser.get(reverse("decide_car_claim", args=reference)).content.decode()
        assert "Ingen egenerklæring." in page
        assert "Den er vedlagt." in page
    with scope(cast.udi, cast.day):
        [each] = listed_claims(cast.udi)
        assert (each.claim.state, each.claim.organisation_id) == ("sent", cast.centre.organisation_id)


@pytest.mark.req("TRV-03")
def test_udi_decides_on_its_page_what_is_of_a_case_that_is_over(cast: Cast) -> None:
    group = claimed(cast, queued(cast))
    later = come_back(cast, group)
    address = reverse("decide_car_claim", args=[reference_of(group)])
    assert address in shown(later, later.udi)[1]
    with logged_in(later, later.udi) as browser:
        page = browser.get(address)
        assert kroner(EACH) in page.content.decode()
        browser.post(address, {"answer": "yes", "text": ""})
    with scope(later.udi, later.day):
        [each] = listed_claims(later.udi)
        assert each.claim.state == "approved"


@pytest.mark.req("TRV-03")
def test_udis_pages_say_who_is_asked_about_its_no_and_when_nobody_is_left(cast: Cast) -> None:
    seen, left = (claimed(cast, queued(cast)) for _ in range(2))
    placed(cast, seen, cast.other_centre, cast.day)
    depart(cast, left, DepartureReason.PRIVATE_ADDRESS)
    later = replace(cast, at=cast.at + timedelta(days=31), day=cast.day + timedelta(days=31))
    nobody = "Ingen mottak ser avslaget her"
    with logged_in(later, later.udi) as browser:
        other = browser.get(reverse("decide_car_claim", args=[reference_of(seen)])).content.decode()
        assert nobody not in other
        assert "Voss akuttinnkvartering ser ikke husstanden lenger. Avslår UDI, får" in other
        decide = reverse("decide_car_claim", args=[reference_of(left)])
        assert nobody in browser.get(decide).content.decode()
        told = browser.post(decide, {"answer": "no", "text": "Ingen egenerklæring."}, follow=True).content.decode()
        assert told.count(nobody) == 2  # what was done, and how it stands


@pytest.mark.req("TRV-03")
def test_what_is_too_much_in_a_case_that_is_over_is_settled_from_the_households_page(cast: Cast) -> None:
    group = paid(cast, queued(cast))
    later = come_back(cast, group)
    pay, household = (reverse(name, args=[reference_of(group)]) for name in ("pay_own_car", "household"))
    with logged_in(later, later.centre) as browser:
        shown = browser.get(household).content.decode()
        assert "For en reise i en sak som er avsluttet, har husstanden fått 5\u202f196" in shown
        assert f'"{pay}"' in shown
        assert "Dette gjelder reisen i en sak som er avsluttet." in browser.get(pay).content.decode()
        browser.post(pay, {"paid_on": "20.3.2024"})
        assert f'"{pay}"' not in browser.get(household).content.decode()
    with scope(later.udi, later.day):
        assert [each.claim.amount_ore for each in listed_claims(later.udi)] == [-EACH, EACH]


@pytest.mark.req("TRV-03")
def test_each_row_leads_to_its_own_claim_and_no_other_takes_its_place(cast: Cast) -> None:
    group, first, second = paid_twice(cast, "sent")
    named = f"{reverse('decide_car_claim', args=[reference_of(group)])}?krav={second.case.reference}-{{}}"
    text = shown(cast, cast.udi)[1]
    with logged_in(cast, cast.udi) as browser:
        for claim in (first, second):
            assert f'"{named.format(claim.number)}"' in text
            assert kroner(claim.amount_ore) in browser.get(named.format(claim.number)).content.decode()
        assert browser.post(named.format(2), {"answer": "yes", "text": ""}).status_code == 302
        again = browser.post(named.format(2), {"answer": "no", "text": "Nei."})
        assert again.status_code < 500
        assert "settlement/not_now.html" in [each.name for each in browser.get(named.format(2)).templates]
    with scope(cast.udi, cast.day):
        states = CarClaim.objects.filter(subject_id=group).order_by("number").values_list("state", flat=True)
        assert list(states) == ["sent", "approved"]


@pytest.mark.req("TRV-03")
def test_what_was_refunded_before_the_sum_was_written_down_is_said_to_be_unknown(cast: Cast) -> None:
    group = approved(cast, queued(cast))
    with scope(cast.udi, cast.day):
        refund_car_claim(group, refunded_on=cast.day, by=cast.udi, at=cast.at)
        assert "ikke skrevet ned" not in shown(cast, cast.udi)[1]
        CarClaim.objects.filter(subject_id=group).update(refunded_ore=None)
        sums = sums_of(listed_claims(cast.udi))
        assert (sums.refunded_ore, sums.unknown) == (0, 1)
    text = shown(cast, cast.udi)[1]
    assert "ikke skrevet ned" in text
    assert "1 krav ble gjort opp før summen ble skrevet ned her" in text
    with scope(cast.udi, cast.day):
        fill(apps, SimpleNamespace(connection=connection))  # what was paid to them was refunded in full
        assert [each.claim.refunded_ore for each in listed_claims(cast.udi)] == [EACH]
    assert "ikke skrevet ned" not in shown(cast, cast.udi)[1]
