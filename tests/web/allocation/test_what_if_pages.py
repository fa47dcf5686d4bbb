"""IMDi asks what would come of the year, leaves it, comes back to it, and holds two answers beside each other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import Look
from fotfeste.allocation.models import WhatIf
from fotfeste.allocation.public import WhatIfQuestion, stop_what_if
from fotfeste.allocation.queries.what_ifs import MOST_TO_CHOOSE, others_to_compare
from fotfeste.allocation.views.what_if_acts import WEIGHTS
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import answered, asked_what_if
from tests.actions.settlement.stage import decided, queued
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.allocation.test_plan_pages import page, words
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]
TODAY = {
    "arrivals_percent": "100",
    "places_percent": "100",
    "closed": "",
    **dict(zip(WEIGHTS, ("20", "25", "30", "50", "15", "10", "15", "20", "40"), strict=True)),
}


def test_it_starts_from_the_values_of_today_and_keeps_what_differs(cast: Cast) -> None:
    form = read(page(cast, "ask_what_if"))
    assert {name: form.one("input", name=name)["value"] for name in TODAY if name != "closed"} | {"closed": ""} == TODAY
    chosen = [option["value"] for option in form.one("select", name="closed").all("option", selected="")]
    assert chosen == [TODAY["closed"]]
    with logged_in(cast, cast.imdi) as browser:
        typed = TODAY | {"places_percent": "80", "weight_spread": "40", "closed": "5037"}
        answer = browser.post(reverse("ask_what_if"), typed)
    with scope(cast.imdi, cast.day):
        asked = WhatIf.objects.get()
    assert answer.headers["Location"] == reverse("what_if", args=[asked.reference])
    assert (asked.values, asked.arrivals_percent, asked.places_percent, asked.closed) == (
        {"weight_spread": 40}, 100, 80, "5037"
    )  # fmt: skip
    text = words(page(cast, "what_if", asked.reference))
    called = "Spredt bosetting 40 poeng, 80 % av plassene, uten Levanger"
    assert called in text
    assert "Venter på tur" in text
    assert called in words(page(cast, "what_ifs"))
    assert reverse("what_ifs") in page(cast, "plans")


def test_who_asks_the_same_comes_to_the_one_that_is_computed(cast: Cast) -> None:
    asked = asked_what_if(cast)
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("ask_what_if"), TODAY, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("what_if", args=[asked.reference])
    assert "Det samme beregnes allerede. Imdi spurte." in answer.content.decode()
    with scope(cast.imdi, cast.day):
        assert WhatIf.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"places_percent": "301"}, "Skriv et helt tall fra 0 til 300."),
        ({"arrivals_percent": "mange"}, "Skriv et helt tall fra 0 til 300."),
        ({"weight_relations": "90"}, "Nære relasjoner kan ikke avgjøre alene"),
        ({"closed": "9999"}, "9999"),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(cast: Cast, typed: dict[str, str], said: str) -> None:
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.post(reverse("ask_what_if"), TODAY | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(cast.imdi, cast.day):
        assert not WhatIf.objects.exists()


def test_the_answer_comes_first_and_the_map_and_the_table_say_the_same(cast: Cast) -> None:
    for _ in range(3):
        queued(cast)
    decided("5037", 8)
    decided("5038", 2)
    found = answered(cast)
    text = words(page(cast, "what_if", found.reference))
    assert "8 av 12 personer får plass før året er slutt." in text
    assert "Personer uten plass når året er slutt 4" in text
    assert "Kommuner som blir fulle 1" in text
    row = text[text.index("Levanger Trøndelag") :]
    assert row.startswith("Levanger Trøndelag 8 0 8 0 100 %"), row[:80]
    row = text[text.index("Sum, ") :]
    assert row.startswith("Sum, 357 kommuner 10 0 8 2"), row[:80]
    whole = page(cast, "what_if", found.reference)
    assert "Levanger: 100 %, 8 i planen" in whole
    assert "Familien" not in whole
    with logged_in(cast, cast.imdi) as browser:
        part = browser.get(reverse("what_if_progress", args=[found.reference]))
    assert part.headers["HX-Refresh"] == "true"


def test_two_answers_beside_each_other_say_what_differs(cast: Cast) -> None:
    for _ in range(2):
        queued(cast)
    decided("5037", 8)
    decided("5038", 0)
    plain = answered(cast)
    assert "ikke noe annet svar" in page(cast, "compare_what_ifs", plain.reference)
    answered(cast, WhatIfQuestion({"weight_work": 40}))
    half = answered(cast, WhatIfQuestion({"weight_spread": 40}, places_percent=50))
    text = words(page(cast, "compare_what_ifs", half.reference))  # with the one that changes nothing
    assert "4 personer færre får plass." in text
    assert "Personer som får plass 8 av 8 4 av 8" in text
    assert "Spredt bosetting: 40 poeng (før: 10 poeng)." in text
    assert "Levanger 8 4 -4 8 4" in text.replace("−", "-")
    assert "bygger ikke på det samme" not in text
    queued(cast)
    other = answered(cast)
    with logged_in(cast, cast.imdi) as browser:
        answer = browser.get(reverse("compare_what_ifs", args=[other.reference]), {"med": half.reference})
    assert "bygger ikke på det samme" in answer.content.decode()


def test_the_one_that_changes_nothing_is_first_to_compare_with_however_old_it_is(cast: Cast) -> None:
    queued(cast)
    plain = answered(cast)
    half = answered(cast, WhatIfQuestion(places_percent=50))
    with scope(cast.imdi, cast.day):
        later = [
            WhatIf(
                organisation_id=half.organisation_id,
                ordered_at=cast.at + timedelta(hours=1),
                ordered_by_id=half.ordered_by_id,
                arrivals_percent=100,
                places_percent=percent,
                question_sha256=WhatIfQuestion(places_percent=percent).key,
            )
            for percent in range(MOST_TO_CHOOSE)
        ]
        WhatIf.objects.bulk_create(later)
        columns = ("ended_at", "as_known_at", "input_sha256", "policy", "objective", "bound", "found", "outcome")
        WhatIf.objects.filter(pk__in=[each.pk for each in later]).update(
            state="answered", **{column: getattr(half, column) for column in columns}
        )
        found = others_to_compare(cast.imdi, WhatIf.objects.get(pk=half.pk))
    assert len(found) == MOST_TO_CHOOSE
    assert [each.pk for each in found[:2]] == [plain.pk, later[-1].pk]


@pytest.mark.parametrize(
    ("unknown", "said", "unsaid"),
    [("possible", "regnes med det IMDi ber om.", "får ingen."), ("impossible", "får ingen.", "det IMDi ber om.")],
)
def test_it_says_what_came_of_the_councils_that_have_not_decided(
    cast: Cast, unknown: str, said: str, unsaid: str
) -> None:
    queued(cast)
    text = words(page(cast, "what_if", answered(cast, WhatIfQuestion({"unknown_counts": unknown})).reference))
    assert f"Kommuner som ikke har vedtatt noe, {said}" in text
    assert f"Kommuner som ikke har vedtatt noe, {unsaid}" not in text
    assert "er ikke blant dem som venter, ventes eller får plass. Plasser de har tatt, er tatt." in text


def test_one_that_is_computed_is_stopped_from_its_page(cast: Cast) -> None:
    asked = asked_what_if(cast)
    assert reverse("stop_what_if", args=[asked.reference]) in page(cast, "what_if", asked.reference)
    with logged_in(cast, cast.imdi) as browser:
        assert browser.post(reverse("stop_what_if", args=[asked.reference]), {}).status_code == 302
        assert browser.post(reverse("stop_what_if", args=[asked.reference]), {}).status_code == 422
        assert browser.get(reverse("compare_what_ifs", args=[asked.reference])).status_code == 404
    assert "avbrutt" in page(cast, "what_if", asked.reference)


def test_one_that_could_not_be_computed_says_why(cast: Cast) -> None:
    assert "Ingen husstander venter i køen nå." in page(cast, "what_if", answered(cast).reference)


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_answer_is_a_look_at_nobody(cast: Cast) -> None:
    queued(cast)
    found = answered(cast)
    with logged_in(cast, cast.imdi) as browser:
        number = browser.get(reverse("what_if", args=[found.reference])).headers["X-Request-Number"]
    assert not Look.objects.using("owner").filter(request_number=number).exists()


def test_every_page_keeps_its_budget(cast: Cast) -> None:
    queued(cast)
    answered(cast)
    found = answered(cast, WhatIfQuestion({"weight_spread": 40}, closed="5038"))
    pages = [("what_ifs", []), ("ask_what_if", []), ("what_if", [found.reference])]
    with logged_in(cast, cast.imdi) as browser:
        for name, parts in [*pages, ("compare_what_ifs", [found.reference])]:
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(reverse(name, args=parts)).status_code == 200
            assert len(caught) <= 15, "\n".join(query["sql"][:160] for query in caught)


@pytest.mark.parametrize("who", ["udi", "centre", "municipality", "registrar"])
def test_nobody_else_sees_a_what_if(cast: Cast, who: str) -> None:
    asked = asked_what_if(cast)
    with scope(cast.imdi, cast.day):
        stop_what_if(asked.reference, by=cast.imdi, at=cast.at)
    with logged_in(cast, getattr(cast, who)) as browser:
        for name, parts in (("what_ifs", []), ("ask_what_if", []), ("what_if", [asked.reference])):
            assert browser.get(reverse(name, args=parts)).status_code == 403
