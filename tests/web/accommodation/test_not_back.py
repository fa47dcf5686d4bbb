"""The page behind the task to find out where those are who are away: since when, and what to do then."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import grant_leave, register_absence
from fotfeste.platform.scope import scope
from fotfeste.registry.public import members_of
from tests.actions.settlement.stage import family
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.settlement_steps import placed, registered
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACC-10")]
GONE = "Har ingen hørt fra dem, registrerer dere avreise med årsaken"


def page_of(cast: Cast, group: int, from_on: date, back_on: date | None) -> Element:
    """The page of their return, where Andrij is away since a day, with leave or without."""
    with scope(cast.centre, cast.day):
        people = [member.subject_id for member in members_of(group, cast.day) if member.given_name == "Andrij"]
        if back_on is None:
            register_absence(group, people, from_on, is_abroad=False, by=cast.centre, at=cast.at)
        else:
            grant_leave(group, people, from_on, back_on, is_abroad=True, by=cast.centre, at=cast.at)
    with logged_in(cast, cast.centre) as browser:
        return read(browser.get(reverse("register_return", args=[reference_of(group)])).text)


def test_who_should_have_been_back_may_be_gone(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()))
    aside = page_of(cast, group, date(2024, 3, 5), date(2024, 3, 8)).one("aside", aria_labelledby="not-back").text
    assert "Andrij Kovalenko har vært borte siden 5. mars 2024, og skulle vært tilbake 8. mars 2024." in aside
    assert GONE in aside


def test_who_is_to_be_back_today_is_not_given_up(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()))
    aside = page_of(cast, group, date(2024, 3, 5), cast.day).one("aside", aria_labelledby="not-back").text
    assert "Andrij Kovalenko har permisjon fra 5. mars 2024, og skal være tilbake 14. mars 2024." in aside
    assert GONE not in aside
