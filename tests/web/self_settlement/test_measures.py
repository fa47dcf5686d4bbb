"""The page of agreed self-settlement in numbers counts what is over too, and says nothing of anybody (SET-17)."""

import pytest
from django.db import connection
from django.urls import reverse

from fotfeste.platform.scope import scope
from fotfeste.self_settlement.public import NoReason, decline_household
from fotfeste.self_settlement.queries.measures import measured
from tests.actions.self_settlement.stage import asks, moved_in
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-17")]


def test_who_moved_in_by_agreement_is_counted_in_their_municipality(cast: Cast) -> None:
    moved_in(cast)
    with scope(cast.municipality, cast.day):
        [line] = measured(cast.municipality).by_municipality
    assert (line.code, line.settled, line.self_settled, line.percent) == ("5037", 1, 1, 100)
    with scope(cast.imdi, cast.day):
        assert not measured(cast.imdi).by_municipality  # that there is a line would tell of the one


def test_a_no_is_counted_also_where_the_household_is_seen_no_more(cast: Cast) -> None:
    group = asks(cast)
    with scope(cast.municipality, cast.day):
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)
        assert _noes() == [("5037", "no_capacity", 1)]
        found = measured(cast.municipality)
        assert all(many is None for many in found.country.noes)
        assert found.own is not None
        assert dict(zip(found.reasons, found.own.noes, strict=True))["no_capacity"] == 1
    with scope(cast.imdi, cast.day):
        assert _noes() == [("5037", "no_capacity", 1)]
        assert measured(cast.imdi).own is None
    with scope(cast.centre, cast.day):
        assert not _noes()  # a centre is told no numbers


def test_a_municipality_reads_how_often_it_gave_a_reason_and_others_that_too_few_did(cast: Cast) -> None:
    group = asks(cast)
    with scope(cast.municipality, cast.day):
        decline_household(group, reason=NoReason.NO_CAPACITY, by=cast.municipality, at=cast.at)
    url, too_few = reverse("self_settlement_measures"), "for få ganger til at grunnene kan vises"
    with logged_in(cast, cast.municipality) as browser:
        text = browser.get(url).content.decode()
        assert too_few not in text
        assert ">Levanger</th>" in text
    with logged_in(cast, cast.imdi) as browser:
        assert too_few in browser.get(url).content.decode()


def _noes() -> list[tuple[str, str, int]]:
    """What the page counts from: the municipality, the reason, how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT municipality, reason, many FROM self_settlement_noes()")
        return list(cursor.fetchall())


def test_a_municipality_reads_its_own_days_and_reasons(cast: Cast) -> None:
    moved_in(cast)
    url = reverse("self_settlement_measures")
    with logged_in(cast, cast.municipality) as browser:
        page = browser.get(url)
        assert (page.context["found"].own.answer_days, page.context["found"].own.move_days) == (0, 0)
        assert 'id="own"' in page.content.decode()
    with logged_in(cast, cast.imdi) as browser:
        assert 'id="own"' not in browser.get(url).content.decode()


def test_the_page_is_for_those_who_see_figures(cast: Cast) -> None:
    asks(cast)
    url = reverse("self_settlement_measures")
    for viewer in (cast.imdi, cast.udi, cast.municipality):
        with logged_in(cast, viewer) as browser:
            text = browser.get(url).content.decode()
            assert "Etter sentralitet" in text
            assert "Kovalenko" not in text
    with logged_in(cast, cast.centre) as browser:
        assert browser.get(url).status_code == 403
