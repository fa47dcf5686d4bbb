"""The page where a private stay is put right: what it means in money is shown first, and who may correct what."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.accommodation.public import DepartureReason, Stay, end_private_stay
from fotfeste.kernel.periods import Period
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from tests.actions.settlement.test_lived_there import permitted
from tests.conftest import Cast
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-02")]

CAME, BUDGET = date(2024, 2, 1), 15
WHY = {"reason": "wrong_day"}


def address(group: int) -> str:
    """The page."""
    return reverse("correct_private_stay", args=[reference_of(group)])


def typed(client: Client, group: int, **more: str) -> dict[str, Any]:
    """The form as it stands on the page, with what is typed into it."""
    page = client.get(address(group)).text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    chosen = re.findall(r'name="persons" value="(\d+)"[^>]* checked', page)
    return {"version": version.group(1), "persons": chosen, **WHY, **more}


def stays(cast: Cast, group: int) -> set[tuple[Period, int | None]]:
    """What UDI holds to be true of where the household lived, and when."""
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        return {(each.period, each.municipality_id) for each in Stay.objects.current().filter(subject_id__in=persons)}


def ended(cast: Cast, group: int, on: date) -> None:
    """They left the country."""
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        end_private_stay(group, persons, on, DepartureReason.LEFT_COUNTRY, by=cast.udi, at=cast.at)


def test_udi_sees_what_another_first_day_means_and_nothing_is_saved_until_it_is(cast: Cast) -> None:
    group, here = permitted(cast), cast.municipality.organisation_id
    with logged_in(cast, cast.udi) as client:
        assert address(group) in client.get(reverse("household", args=[reference_of(group)])).text
        form = typed(client, group, start="10.3.2024")
        shown = client.post(address(group), form | {"preview": "1"})
        assert shown.status_code == 200
        assert "Dette betyr i penger" in shown.text
        assert "februar 2024" in shown.text
        assert 'value="10.3.2024"' in shown.text
        assert stays(cast, group) == {(Period(CAME, None), here)}
        assert client.post(address(group), form).status_code == 302
    assert stays(cast, group) == {(Period(date(2024, 3, 10), None), here)}


def test_udi_puts_the_municipality_right_and_the_page_keeps_its_budget(cast: Cast) -> None:
    group, there = permitted(cast), cast.other_municipality.organisation_id
    with logged_in(cast, cast.udi) as client:
        form = typed(client, group, municipality=str(there), reason="wrong_choice")
        for more in ({}, {"preview": "1"}):
            with CaptureQueriesContext(connection) as asked:
                answer = client.post(address(group), form | more) if more else client.get(address(group))
            assert answer.status_code == 200
            assert len(asked) <= BUDGET + 6 * bool(more)  # the money itself
        assert "Verdal" in answer.text
        assert client.post(address(group), form).status_code == 302
    assert stays(cast, group) == {(Period(CAME, None), there)}


def test_udi_says_that_they_never_lived_there(cast: Cast) -> None:
    group = permitted(cast)
    with logged_in(cast, cast.udi) as client:
        assert client.post(address(group), typed(client, group, never_was="on")).status_code == 302
    assert stays(cast, group) == set()


def test_a_municipality_corrects_the_end_alone_and_only_where_there_is_one(cast: Cast) -> None:
    group, here = permitted(cast), cast.municipality.organisation_id
    household = reverse("household", args=[reference_of(group)])
    with logged_in(cast, cast.municipality) as client:
        assert address(group) not in client.get(household).text
        assert "slik at du kan rette det" in client.get(address(group)).text
        ended(cast, group, date(2024, 2, 20))
        assert address(group) in client.get(household).text
        page = client.get(address(group)).text
        assert 'name="end"' in page
        assert 'name="start"' not in page
        assert 'name="municipality"' not in page
        assert client.post(address(group), typed(client, group, end="15.2.2024", start="1.1.2024")).status_code == 302
    assert stays(cast, group) == {(Period(CAME, date(2024, 2, 15)), here)}


def test_an_end_that_is_wrong_is_taken_back(cast: Cast) -> None:
    group, here = permitted(cast), cast.municipality.organisation_id
    ended(cast, group, date(2024, 2, 20))
    with logged_in(cast, cast.municipality) as client:
        assert client.post(address(group), typed(client, group, goes_on="on")).status_code == 302
    assert stays(cast, group) == {(Period(CAME, None), here)}


@pytest.mark.parametrize("way", [{}, {"preview": "1"}])
@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({}, "Du har ikke skrevet noe som er annerledes"),
        ({"start": "1.2.2024"}, "Du har ikke skrevet noe som er annerledes"),
        ({"start": "1.1.2030"}, "1. januar 2030 er ikke kommet ennå."),
        ({"never_was": "on", "start": "10.3.2024"}, "Fjern resten."),
        ({"start": "10.3.2024", "reason": ""}, "Velg hva som var feil"),
    ],
)
def test_what_cannot_be_is_said_before_and_when_it_is_saved(
    cast: Cast, more: dict[str, str], sentence: str, way: dict[str, str]
) -> None:
    group = permitted(cast)
    with logged_in(cast, cast.udi) as client:
        answer = client.post(address(group), typed(client, group, **more) | way)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stays(cast, group) == {(Period(CAME, None), cast.municipality.organisation_id)}


def test_one_who_lives_there_still_has_no_end_to_correct(cast: Cast) -> None:
    group = permitted(cast)
    with logged_in(cast, cast.udi) as client:
        assert 'name="end"' not in client.get(address(group)).text


@pytest.mark.parametrize("who", ["centre", "registrar", "imdi", "other_municipality"])
def test_the_page_is_for_udi_and_the_municipality_where_they_lived(cast: Cast, who: str) -> None:
    group = permitted(cast)
    viewer: Viewer = getattr(cast, who)
    with logged_in(cast, viewer) as client:
        assert client.get(address(group)).status_code in (403, 404)


def test_who_wrote_on_an_older_page_is_told_and_nothing_is_saved(cast: Cast) -> None:
    group = permitted(cast)
    with logged_in(cast, cast.udi) as client:
        old = typed(client, group, start="10.3.2024")
        assert client.post(address(group), typed(client, group, start="12.3.2024")).status_code == 302
        assert client.post(address(group), old).status_code == 422
    assert stays(cast, group) == {(Period(date(2024, 3, 12), None), cast.municipality.organisation_id)}
