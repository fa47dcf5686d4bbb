"""What a plan weighed, on pages: the trade-off as a picture and a table, how kinds of people fare, what that asks."""

import pytest
from django.urls import reverse

from fotfeste.allocation.domain.tradeoff import Weighed
from fotfeste.allocation.models import Proposal
from fotfeste.allocation.words_weighing import picture_of
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import asked_for, planned, waited
from tests.actions.allocation.test_weighed import unfair
from tests.actions.settlement.stage import queued
from tests.conftest import Cast
from tests.web.allocation.test_policy_pages import page, sent, typed
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-09")]


def test_the_policy_page_of_a_plan_shows_what_spread_cost(cast: Cast) -> None:
    queued(cast)
    plan = planned(waited(cast))
    text = page(cast, "plan_policy", plan.reference)
    assert "Prioriteringen gir spredning 10 poeng." in text
    assert "10 poeng ( valgt )" in text or "10 poeng (valgt)" in text
    with logged_in(cast, cast.imdi) as browser:
        picture = browser.get(reverse("plan_curve", args=[plan.reference]))
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content


def test_the_fairness_of_a_plan_has_a_table_for_each_kind_and_hides_small_sets(cast: Cast) -> None:
    queued(cast)
    queued(cast)
    plan = planned(waited(cast))
    text = page(cast, "plan_fairness", plan.reference)
    assert "Ingen av dem som prioriteringen verner, kommer dårligere ut enn ved loddtrekning." in text
    assert "Familier med flere voksne og barn 8 " in text
    assert "for få eller kunne regnes ut av de andre: 30–49 år, 13–17 år og 6–12 år." in text
    for kind in ("Familietype", "Alder", "Kjønn", "Statsborgerskap"):
        assert kind in text


def test_whom_a_plan_leaves_below_is_said_first_and_asked_about_before_it_is_sent(cast: Cast) -> None:
    group = queued(cast)
    queued(cast)
    cast = waited(cast)
    plan = unfair(cast)
    sentence = "Dårligere ut enn ved loddtrekning: familier med flere voksne og barn,"
    assert page(cast, "plan", plan.reference).index(sentence) < page(cast, "plan", plan.reference).index("Neste:")
    assert sentence in page(cast, "plan_fairness", plan.reference)
    with logged_in(cast, cast.imdi) as browser:
        address = reverse("send_proposals", args=[plan.reference])
        assert sentence in browser.get(address).content.decode()
        answer = browser.post(address, {"groups": [reference_of(group)], "despite": ""})
        assert answer.status_code == 422
        assert "Skriv hvorfor den sendes." in answer.content.decode()
        sent = browser.post(address, {"groups": [reference_of(group)], "despite": "De kan ikke vente."})
        assert sent.status_code == 302
    with scope(cast.imdi, cast.day):
        assert Proposal.objects.get(plan=plan, subject_id=group).sent_despite == "De kan ikke vente."


def test_weights_that_come_to_the_same_are_one_dot(cast: Cast) -> None:
    curve = [Weighed(0, False, 3.04, 900, 1), Weighed(5, False, 3.01, 901, 1), Weighed(10, True, 2.0, 950, 1)]
    assert [(dot.words, dot.is_marked) for dot in picture_of(curve).dots] == [("0", False), ("5", False), ("10", True)]
    same = [*curve, Weighed(20, False, 2.01, 950.2, 1)]
    assert [dot.words for dot in picture_of(same).dots] == ["0", "5", "10, 20"]


def test_a_change_of_spread_alone_says_what_it_would_have_made_of_the_plan_that_stands(cast: Cast) -> None:
    queued(cast)
    planned(cast)
    _status, text = sent(cast, typed(cast, weight_spread="20") | {"preview": "1"})
    assert "Planen som gjelder, ville vært verdt" in text
    for others in ({"weight_spread": "21"}, {"weight_spread": "20", "weight_work": "30"}):
        _status, text = sent(cast, typed(cast, **others) | {"preview": "1"})
        assert "Hva endringen gjør med planen, ser du når du lager den neste." in text


@pytest.mark.parametrize("name", ["plan_fairness", "plan_curve"])
def test_a_plan_that_is_not_computed_has_neither(cast: Cast, name: str) -> None:
    plan = asked_for(cast)
    with logged_in(cast, cast.imdi) as browser:
        assert browser.get(reverse(name, args=[plan.reference])).status_code == 404
    with logged_in(cast, cast.udi) as browser:
        assert browser.get(reverse(name, args=[plan.reference])).status_code == 403
