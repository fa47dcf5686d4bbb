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
        assert _noes() == [("no_capacity", 1, 1)]
        assert all(many is None for _, many in measured(cast.municipality).reasons)
    with scope(cast.imdi, cast.day):
        assert _noes() == [("no_capacity", 1, 0)]
    with scope(cast.centre, cast.day):
        assert not _noes()  # a centre is told no numbers


def _noes() -> list[tuple[str, int, int]]:
    """What the page counts from: the reason, how many, and how many of the reader's own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason, many, own FROM self_settlement_noes()")
        return list(cursor.fetchall())


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
