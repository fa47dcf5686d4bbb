"""The queue: sorted, filtered, searched, within its budget of queries."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.kernel.decisions import Reason
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.domain.types import Capability, Offerable
from fotfeste.settlement.public import declare_capabilities
from fotfeste.settlement.words_hardness import why_hard
from tests.actions.settlement.stage import found, queued, requested
from tests.actions.settlement.test_alert_early import interviewed_early
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import permitted
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db
BUDGET = 15


@pytest.mark.req("SET-09")
def test_the_queue_shows_days_waited_against_the_goal(cast: Cast) -> None:
    group = queued(cast)
    with logged_in(cast, cast.imdi) as browser:
        page = browser.get(reverse("queue"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Familien Kovalenko" in text
    assert reverse("find_municipality", args=[reference_of(group)]) in text
    assert "10 dager målet er 92 dager" in " ".join(read(text).text.split())


@pytest.mark.req("SET-09")
def test_the_queue_says_whose_move_it_is_and_leads_to_imdis_own(cast: Cast) -> None:
    waiting, asked, answered = queued(cast), requested(cast, queued(cast)), found(cast, queued(cast))
    with logged_in(cast, cast.imdi) as browser:
        page = read(browser.get(reverse("queue") + "?state=all").content.decode())
    moves = {
        row.one("th").one("a")["href"]: row.all("td", data_label="Neste")[0] for row in page.one("tbody").all("tr")
    }
    by = {group: moves[reverse("household", args=[reference_of(group)])] for group in (waiting, asked, answered)}
    assert by[waiting].one("a")["href"] == reverse("find_municipality", args=[reference_of(waiting)])
    assert by[asked].text.strip() == "Kommunen svarer"
    assert by[answered].one("a")["href"] == reverse("make_offer", args=[reference_of(answered)])


@pytest.mark.req("SET-09")
def test_the_queue_is_filtered_by_state_who_and_text(cast: Cast) -> None:
    asked = requested(cast, queued(cast))
    waiting = queued(cast)
    minor = queued(cast, is_unaccompanied=True)
    shown = {}
    with logged_in(cast, cast.imdi) as browser:
        for query in ("", "?state=requested", "?state=all", "?who=unaccompanied", "?who=adults", "?text=Maksym"):
            text = browser.get(reverse("queue") + query).content.decode()
            shown[query] = {group for group in (asked, waiting, minor) if reference_of(group) in text}
    assert shown == {
        "": {waiting, minor},
        "?state=requested": {asked},
        "?state=all": {asked, waiting, minor},
        "?who=unaccompanied": {minor},
        "?who=adults": set(),
        "?text=Maksym": {minor},
    }


@pytest.mark.req("SET-09")
def test_only_those_past_their_goal_can_be_shown(cast: Cast) -> None:
    queued(cast)
    with logged_in(cast, cast.imdi) as browser:
        text = browser.get(reverse("queue") + "?late=1").content.decode()
    assert "Familien Kovalenko" not in text


def rows_of(cast: Cast, query: str = "") -> dict[str, str]:
    """The rows that IMDi sees, in their order: the household's reference, and what the row says."""
    with logged_in(cast, cast.imdi) as browser:
        page = read(browser.get(reverse("queue") + query).content.decode())
    rows = page.one("tbody").all("tr") if page.all("tbody") else []
    return {row.all("a")[0]["href"].split("/")[2]: " ".join(row.text.split()) for row in rows}


@pytest.mark.req("SET-09", "SET-10")
def test_the_hardest_stand_first_and_each_row_says_why(cast: Cast) -> None:
    said: tuple[tuple[Viewer, dict[Offerable, bool | None]], ...] = (
        (cast.municipality, {Capability.PETS: True}),
        (cast.other_municipality, {}),
    )
    for organisation, capabilities in said:
        with scope(organisation, cast.day):
            declare_capabilities(capabilities, by=organisation, at=cast.at)
    plain, dog, alone = queued(cast), queued(cast, has_pets=True), queued(cast, is_unaccompanied=True)
    rows = rows_of(cast)

    # One municipality takes pets, and Levanger's council alone has a place for minors; both have waited ten days.
    assert list(rows) == [reference_of(group) for group in (dog, alone, plain)]
    assert "Kjæledyr: 1 kommune" in rows[reference_of(dog)]
    assert "Enslig mindreårig: 1 kommune" in rows[reference_of(alone)]
    assert "1 kommune" not in rows[reference_of(plain)]


@pytest.mark.req("SET-09")
def test_whoever_has_a_municipality_is_not_hard_to_place_any_more(cast: Cast) -> None:
    asked, has_one = (
        requested(cast, queued(cast, has_pets=True)),
        found(cast, queued(cast, has_pets=True), [Capability.PETS]),
    )
    rows = rows_of(cast, "?state=all")

    assert list(rows) == [reference_of(asked), reference_of(has_one)]
    assert "Kjæledyr: 0 kommuner" in rows[reference_of(asked)]
    assert "Kjæledyr" not in rows[reference_of(has_one)]


@pytest.mark.req("SET-09")
def test_who_is_over_the_goal_says_so_and_the_order_is_explained_in_a_sentence(cast: Cast) -> None:
    group = queued(cast)
    late = replace(cast, at=cast.at + timedelta(days=100), day=cast.day + timedelta(days=100))

    assert "Over målet" in rows_of(late)[reference_of(group)]
    with logged_in(late, late.imdi) as browser:
        assert "Vanskeligst først:" in browser.get(reverse("queue")).content.decode()
        assert "Vanskeligst først:" not in browser.get(reverse("queue") + "?sort=goal").content.decode()


@pytest.mark.req("SET-10")
def test_the_queue_is_narrowed_down_to_what_they_need(cast: Cast) -> None:
    dog, plain, alone = queued(cast, has_pets=True), queued(cast), queued(cast, is_unaccompanied=True)

    needs = ("any", "none", "pets", "staffed_housing", "x")
    assert {need: set(rows_of(cast, f"?need={need}")) for need in needs} == {
        "any": {reference_of(dog)},
        "none": {reference_of(plain), reference_of(alone)},
        "pets": {reference_of(dog)},
        "staffed_housing": set(),
        "x": {reference_of(group) for group in (dog, plain, alone)},
    }


@pytest.mark.parametrize(
    "sort", ["hardest", "waited", "-waited", "goal", "-goal", "size", "-size", "centre", "-centre", "x"]
)
def test_every_order_of_the_queue_works_within_the_budget(cast: Cast, sort: str) -> None:
    queued(cast)
    queued(cast)
    with logged_in(cast, cast.imdi) as browser, CaptureQueriesContext(connection) as caught:
        page = browser.get(reverse("queue") + f"?sort={sort}")
    assert page.status_code == 200
    assert len(caught) <= BUDGET, [query["sql"][:80] for query in caught]


def test_the_queue_is_imdis(cast: Cast) -> None:
    with logged_in(cast, cast.municipality) as browser:
        assert browser.get(reverse("queue")).status_code == 403


def test_the_queue_is_there_in_english(cast: Cast) -> None:
    queued(cast)
    with logged_in(cast, cast.imdi) as browser:
        text = browser.get(reverse("queue"), headers={"accept-language": "en"}).content.decode()
    assert "Settlement queue" in text


@pytest.mark.req("SET-07")
def test_imdi_sees_whose_answer_is_late_in_its_worklist_and_in_the_queue(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    link = '?state=unanswered"'
    with logged_in(cast, cast.imdi) as browser:
        assert link not in browser.get(reverse("queue")).content.decode()
        asked = browser.get(reverse("queue") + "?state=requested").content.decode()
        assert "Svarfrist: 21.3.2024" in asked
        assert reference_of(group) not in browser.get(reverse("queue") + "?state=unanswered").content.decode()
    late = replace(cast, at=cast.at + timedelta(days=30), day=cast.day + timedelta(days=30))
    with logged_in(late, late.imdi) as browser:
        worklist = browser.get("/").content.decode()
        assert "Følg opp svar fra kommunen" in worklist
        assert reverse("settlement_request", args=[reference_of(group)]) in worklist
        assert link in browser.get(reverse("queue")).content.decode()
        with CaptureQueriesContext(connection) as caught:
            shown = browser.get(reverse("queue") + "?state=unanswered").content.decode()
    assert reference_of(group) in shown
    assert "over fristen" in shown
    assert len(caught) <= 15


@pytest.mark.req("SET-01", "SET-09")
def test_those_who_wait_for_a_decision_have_no_goal_yet_and_no_municipality_to_choose(cast: Cast) -> None:
    group = interviewed_early(cast)
    here = [reference_of(group)]
    far = replace(cast, at=cast.at + timedelta(days=900), day=cast.day + timedelta(days=900))
    for then in (cast, far):
        with logged_in(then, then.imdi) as browser:
            page = read(browser.get(reverse("queue")).content.decode())
            row = next(each for each in page.one("tbody").all("tr") if "Familien Kovalenko" in each.text)
            assert "Vedtaket er ikke kommet" in row.text
            assert "målet er" not in row.text
            for sort in ("goal", "-goal"):
                assert here[0] in browser.get(reverse("queue") + f"?sort={sort}").content.decode()
            assert here[0] not in browser.get(reverse("queue") + "?late=1").content.decode()
            find = reverse("find_municipality", args=here)
            assert find not in browser.get(reverse("household", args=here)).content.decode()
            choosing = browser.get(find).content.decode()
            assert "Husstanden venter på vedtak fra UDI." in choosing
            assert "Spør" not in choosing
    permitted(cast, group, holds_on=cast.day)
    with logged_in(cast, cast.imdi) as browser:
        assert "Vedtaket er ikke kommet" not in browser.get(reverse("queue")).content.decode()
        assert "Spør" in browser.get(reverse("find_municipality", args=here)).content.decode()


@pytest.mark.req("SET-10")
def test_whatever_few_can_meet_has_words_of_its_own() -> None:
    said = {why_hard(Reason("few_can_meet", {"needed": str(each), "able": 3, "of": 357})) for each in Capability}
    assert len(said) == len(Capability)
    both = f"{Capability.PETS} {Capability.STAFFED_HOUSING}"
    assert (
        why_hard(Reason("few_can_meet", {"needed": both, "able": 1, "of": 9}))
        == "Kjæledyr og bemannet bolig: 1 kommune kan"
    )
