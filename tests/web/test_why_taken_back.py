"""Why something was taken back stands beside it in what has happened, for those who follow the household."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import (
    DepartureReason,
    RightStay,
    annul_departure,
    correct_arrival,
    correct_private_stay,
    register_departure,
)
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import StatusKind, annul_status, members_of, register_status
from fotfeste.settlement.public import annul_closing, annul_refusal, close_case
from tests.actions.settlement.stage import family, offered, queued, refused
from tests.actions.settlement.test_lived_there import permitted
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import placed, registered
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def happened(cast: Cast, viewer: Viewer, group: int) -> list[str]:
    """The second column of what has happened to the household, as the viewer reads it."""
    with logged_in(cast, viewer) as browser:
        page = read(browser.get(reverse("household", args=[reference_of(group)])).text)
    rows = page.one("section", aria_labelledby="panel-events").one("tbody").all("tr")
    return [row.all("td")[1].text for row in rows]


def first_of(cast: Cast, group: int) -> list[int]:
    """One of them."""
    with scope(cast.udi, cast.day):
        return [members_of(group, cast.day)[0].subject_id]


@pytest.mark.req("ACC-04")
def test_why_a_status_was_taken_back_is_read_by_those_who_follow_them(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()))
    one, kind = first_of(cast, group), StatusKind.REFUSAL
    with scope(cast.udi, cast.day):
        register_status(group, one, kind, cast.day, by=cast.udi, at=cast.at)
        annul_status(group, one, kind, cast.day, reason="other", text="Brevet var til Per", by=cast.udi, at=cast.at)
    for viewer in (cast.udi, cast.centre):
        told = [each for each in happened(cast, viewer, group) if "Brevet" in each]
        assert len(told) == 1, viewer.name
        assert told[0].endswith("Noe annet var feil: Brevet var til Per")
    assert not any("Noe annet var feil" in each for each in happened(cast, cast.registrar, group))


@pytest.mark.req("ACC-04")
def test_why_a_departure_was_taken_back_is_not_told_to_a_municipality(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    one, reason = first_of(cast, group), DepartureReason.NO_ADDRESS
    with scope(cast.centre, cast.day):
        register_departure(group, one, cast.day, reason, by=cast.centre, at=cast.at)
        later = cast.at + timedelta(minutes=5)
        annul_departure(group, one, reason="wrong_person", text="Naboen reiste", by=cast.centre, at=later)
    for viewer in (cast.udi, cast.centre, cast.imdi):
        whys = [each for each in happened(cast, viewer, group) if "Naboen" in each]
        assert len(whys) == 1, viewer.name
        assert whys[0].endswith("Det gjaldt en annen person eller husstand: Naboen reiste")
    for viewer in (cast.municipality, cast.registrar):
        assert not any("Naboen" in each for each in happened(cast, viewer, group))


@pytest.mark.req("ACC-04")
def test_why_the_day_of_arrival_was_put_right_stands_beside_it(cast: Cast) -> None:
    group = placed(cast, registered(cast, family()))
    with scope(cast.centre, cast.day):
        everyone = [each.subject_id for each in members_of(group, cast.day)]
        was = members_of(group, cast.day)[0].registered_on
        right = cast.day if was != cast.day else cast.day - timedelta(days=1)
        correct_arrival(group, everyone, right, text="Bussen var forsinket", by=cast.centre, at=cast.at)
    assert any(each.endswith("Dagen var feil: Bussen var forsinket") for each in happened(cast, cast.udi, group))


@pytest.mark.req("MON-02")
def test_why_a_private_stay_was_put_right_stands_beside_it(cast: Cast) -> None:
    group = permitted(cast)
    with scope(cast.udi, cast.day):
        everyone, right = [each.subject_id for each in members_of(group, cast.day)], RightStay(start=date(2024, 3, 10))
        correct_private_stay(group, everyone, right, reason="wrong_day", text="Feil måned", by=cast.udi, at=cast.at)
    assert any(each.endswith("Dagen var feil: Feil måned") for each in happened(cast, cast.udi, group))


@pytest.mark.req("SET-09")
def test_why_a_no_to_an_offer_was_taken_back_stands_beside_it(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        annul_refusal(group, reason="other", text="Tolken misforsto", by=cast.imdi, at=cast.at)
    for viewer in (cast.udi, cast.centre, cast.imdi):
        assert any("Noe annet var feil: Tolken misforsto" in each for each in happened(cast, viewer, group))
    assert not any("Tolken" in each for each in happened(cast, cast.municipality, group))


@pytest.mark.req("SET-09")
def test_why_a_closing_was_taken_back_stands_beside_the_opening_and_a_reason_needs_no_words(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.imdi, cast.day):
        close_case(group, reason="other", text="De ordner seg selv.", by=cast.imdi, at=cast.at)
    with scope(cast.imdi, cast.day):
        later = cast.at + timedelta(minutes=5)
        annul_closing(group, reason="wrong_choice", by=cast.imdi, at=later)
    told = [each for each in happened(cast, cast.udi, group) if "Bosettingssaken ble åpnet igjen" in each]
    assert len(told) == 1
    assert told[0].endswith("Noe annet skulle vært valgt")
