"""The administrators' page about what is kept for how long, and what the nights did: rules and counts, nobody."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from fotfeste.access.public import Role
from fotfeste.directory.public import User
from fotfeste.platform.country_mark import LOADED
from fotfeste.platform.viewer import Viewer
from fotfeste.retention.domain.types import Outcome
from fotfeste.retention.models import Run, RunLine
from tests.conftest import Cast, staff
from tests.platform.markup import read
from tests.properties.whole import run as sql
from tests.retention.stage import confirmed

pytestmark = pytest.mark.req("ACS-04")


@pytest.fixture
def cast(committed_cast: Cast) -> Cast:
    """The cast, committed: what a run says is written by the owner and read by the pages."""
    return committed_cast


@pytest.fixture
def administrator(cast: Cast) -> Viewer:
    """Who keeps users in UDI."""
    place = User.objects.get(pk=cast.udi.user_id or 0).organisation
    return staff(place, Role.USER_ADMINISTRATOR, "udi-leder")


def page(viewer: Viewer, cast: Cast) -> tuple[int, str]:
    """The page as somebody gets it."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id or 0))
    with time_machine.travel(cast.at, tick=False):
        answer = client.get("/sletting/")
    return answer.status_code, answer.text


def test_in_a_country_of_the_demo_page_and_night_say_the_same(cast: Cast, administrator: Viewer) -> None:
    sql(f"COMMENT ON SCHEMA public IS '{LOADED}'")
    try:
        assert page(administrator, cast)[1].count("gjelder i demoen") == 12
    finally:
        sql("COMMENT ON SCHEMA public IS NULL")
    assert page(administrator, cast)[1].count("gjelder i demoen") == 0


def test_only_those_who_keep_users_nationally_come_in(cast: Cast, administrator: Viewer) -> None:
    assert page(administrator, cast)[0] == 200
    for viewer in (cast.udi, cast.imdi, cast.centre, cast.centre_administrator, cast.municipality, cast.registrar):
        assert page(viewer, cast)[0] == 403


def test_before_the_first_night_it_says_so_and_shows_the_rules_unconfirmed(cast: Cast, administrator: Viewer) -> None:
    _, text = page(administrator, cast)
    assert "Det er ikke kjørt noen natt ennå. Tallene kommer etter den første natten." in text
    assert "De neste 30 dagene" in text
    assert "72 måneder" in text
    assert text.count("ikke bekreftet: slettes ikke") == 12
    assert text.count("trenger ingen bekreftelse") == 4
    assert text.count("UDI må bestemme den.") == 8
    [reviews] = [row.text for row in read(text).all("tr") if "administratorer skrev om uvanlig innsyn" in row.text]
    assert "Hver organisasjon må bestemme den." in reviews


def test_the_installations_own_rules_are_shown_as_confirmed_and_a_broken_file_is_told(
    cast: Cast, administrator: Viewer, tmp_path: Path, settings: Settings
) -> None:
    own = confirmed(tmp_path)
    settings.RETENTION_RULES = str(own)
    _, text = page(administrator, cast)
    assert "ikke bekreftet: slettes ikke" not in text
    assert "Vedtak i UDI" in text
    own.write_text("[[value]]")
    _, text = page(administrator, cast)
    assert "Ingenting blir slettet før den er rettet." in text


def said(cast: Cast, *, is_finished: bool = True) -> None:
    """What a night has said."""
    at = cast.at if is_finished else None
    ran = Run.objects.using("owner").create(day=date(2024, 3, 14), started_at=cast.at, finished_at=at)
    lines = (
        ("retention.settled_months", Outcome.DONE, "", 2),
        ("retention.settled_months", Outcome.DONE, "", 1),
        ("retention.left_months", Outcome.HELD, "task_is_open", 4),
        ("retention.texts_months", Outcome.ANNOUNCED, "", 5),
        ("retention.texts_months", Outcome.SOON, "", 7),
    )
    for rule, outcome, reason, number in lines:
        RunLine.objects.using("owner").create(run=ran, rule=rule, outcome=outcome, reason=reason, number=number)


def test_it_tells_what_the_night_did_what_was_left_and_why_and_what_is_due(cast: Cast, administrator: Viewer) -> None:
    said(cast)
    with CaptureQueriesContext(connection) as asked:
        _, text = page(administrator, cast)
    assert len([each for each in asked.captured_queries if "retention_" in each["sql"]]) == 2
    shown = [" ".join(row.text.split()) for row in read(text).all("tr")]
    assert any("bosatt: oppfølging og oppgjør Anonymisert eller slettet 3" in row for row in shown)
    assert any("uten å bli bosatt Beholdt: en oppgave er åpen 4" in row for row in shown)
    assert any("Samtale, kartlegging og merknader 5 7" in row for row in shown)
    assert any("14. mars 2024 kl. 10.00 3 5 4" in row for row in shown)
    assert "ikke ferdig" not in text


def test_a_night_that_was_cut_short_is_told(cast: Cast, administrator: Viewer) -> None:
    said(cast, is_finished=False)
    _, text = page(administrator, cast)
    assert text.count("ikke ferdig") == 2
