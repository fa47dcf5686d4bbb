"""What a date would mean in money, asked of one household on a page that saves nothing."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import Stay
from fotfeste.directory.public import Organisation
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from tests.actions.grants.stage import Payers, housed, noon, paid_run, payers, registered
from tests.conftest import Cast
from tests.web.grants.test_compute_page import words
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("MON-02")]

CAME, SECOND_QUARTER, JULY = date(2022, 3, 20), date(2022, 7, 1), date(2022, 7, 5)


@pytest.fixture
def by(cast: Cast) -> Payers:
    """Those who work with grants in 2022."""
    return payers(cast)


def asked(cast: Cast, viewer: Viewer, group: int, **typed: str) -> tuple[int, str]:
    """The page, and what of it is read."""
    with logged_in(replace(cast, at=noon(JULY)), viewer) as browser:
        answer = browser.get(reverse("money_if", args=[reference_of(group)]), typed)
    return answer.status_code, words(answer.content.decode().replace("\u202f", " "))


def test_a_late_end_is_told_month_by_month_and_nothing_is_saved(cast: Cast, by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    status, text = asked(cast, by.here, group, what="end", on="10.5.2022")
    assert status == 200
    assert "Levanger har fått 32 210 kr for mye." in text
    assert "juni 2022 Levanger 32 210 kr 0 kr 32 210 kr" in text
    with scope(by.udi, JULY):
        assert not Stay.objects.filter(annulled_at__isnull=False).exists()


def test_a_move_is_told_for_both_municipalities(cast: Cast, by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    paid_run(by, SECOND_QUARTER, JULY)
    verdal = Organisation.objects.get(pk=by.there.organisation_id).reference
    _, text = asked(cast, by.udi, group, what="move", on="12.5.2022", municipality=verdal)
    assert "Levanger har fått 32 210 kr for mye." in text
    assert "Verdal har 32 210 kr til gode." in text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"what": "end"}, "Skriv datoen."),
        ({"what": "move", "on": "12.5.2022"}, "Velg kommunen."),
        ({"what": "end", "on": "i morgen"}, "Skriv datoen som dag.måned.år, for eksempel 14.3.2024."),
    ],
)
def test_what_is_missing_is_told_beside_its_field(cast: Cast, by: Payers, typed: dict[str, str], sentence: str) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    status, text = asked(cast, by.udi, group, **typed)
    assert (status, sentence in text) == (422, True)


def test_who_sees_no_money_of_theirs_finds_no_page(cast: Cast, by: Payers) -> None:
    group = housed(by, registered(by, CAME), by.here, CAME)
    assert [asked(cast, who, group)[0] for who in (by.there, by.registrar)] == [404, 403]


def test_where_nobody_lives_privately_it_says_so(cast: Cast, by: Payers) -> None:
    group = registered(by, CAME)
    status, text = asked(cast, by.udi, group, what="never")
    assert (status, "Ingen av dem bor eller har bodd privat med tilskudd." in text) == (200, True)
