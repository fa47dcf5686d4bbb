"""The pages about a minor who is missing: who is left to tell, where it is written down, and that nobody is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import ToldParty, register_absence
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.accommodation.missing_people import minor_at_voss, minor_missing, tell
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-07")]


def page_of(cast: Cast, viewer: Viewer, name: str, group: int) -> Element:
    """What somebody sees at an address of the household."""
    with logged_in(cast, viewer) as browser:
        return read(browser.get(reverse(name, args=[reference_of(group)])).text).one("main")


def leads_to_report(page: Element, group: int) -> bool:
    """Whether the page leads to where it is written down who was told."""
    return any(each["href"] == reverse("report_missing", args=[reference_of(group)]) for each in page.all("a"))


@pytest.mark.parametrize(("who", "name"), [("centre", "report_missing"), ("udi", "missing_minor")])
def test_where_nobody_is_missing_there_is_no_form(cast: Cast, who: str, name: str) -> None:
    group, _ = minor_at_voss(cast)
    page = page_of(cast, getattr(cast, who), name, group)
    assert page.all("form", method="post") == []
    assert "enslig mindreårig" in page.text


@pytest.mark.parametrize("name", ["register_departure", "register_return"])
def test_pages_lead_to_the_report_until_all_are_told(cast: Cast, name: str) -> None:
    group, minor = minor_missing(cast, days=1)
    assert leads_to_report(page_of(cast, cast.centre, name, group), group)
    tell(cast, group, minor)
    assert not leads_to_report(page_of(cast, cast.centre, name, group), group)


def test_udi_sees_who_was_told_and_whom_the_centre_has_still_to_tell(cast: Cast) -> None:
    group, minor = minor_missing(cast)
    tell(cast, group, minor, ToldParty.POLICE)
    page = page_of(cast, cast.udi, "missing_minor", group)
    assert "Vakta" in page.text
    assert "2024/17" in page.text
    assert "Dette gjenstår for mottaket: barnevernet; vergen" in page.text


@pytest.mark.parametrize(("days_away", "leads"), [(2, True), (1, False)])
def test_who_came_of_age_while_missing_is_told_of_and_who_was_of_age_is_not(
    cast: Cast, days_away: int, leads: bool
) -> None:
    """Of age yesterday: away since the day before, or since that day."""
    group, minor = minor_at_voss(cast, of_age_on=cast.day - timedelta(days=1))
    since = cast.day - timedelta(days=days_away)
    with scope(cast.centre, cast.day):
        register_absence(group, [minor], since, is_abroad=False, by=cast.centre, at=cast.at)
    for name in ("household", "register_departure"):
        assert leads_to_report(page_of(cast, cast.centre, name, group), group) is leads
    assert bool(page_of(cast, cast.centre, "report_missing", group).all("form", method="post")) is leads
