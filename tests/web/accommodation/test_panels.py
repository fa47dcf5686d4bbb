"""What accommodation supplies to the household page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.public import NeedReason, Subject, open_needs
from fotfeste.accommodation.public import (
    DepartureReason,
    grant_leave,
    household_acts,
    household_lead,
    household_panels,
    household_timeline,
    place_group,
    register_absence,
    register_departure,
)
from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from tests.actions.accommodation.people import ARRIVED, household, open_centre
from tests.conftest import Cast
from tests.needs import reasons_of
from tests.platform.markup import read
from tests.web.accommodation.conftest import Voss

pytestmark = pytest.mark.django_db


def context(cast: Cast, voss: Voss, viewer: Viewer) -> HouseholdContext:
    """The household page's context, as the viewer has it; within the viewer's scope."""
    members = members_of(voss.group_id, cast.day)
    return HouseholdContext(
        viewer=viewer,
        day=cast.day,
        subject_id=voss.group_id,
        reference=voss.reference,
        version=1,
        reasons=reasons_of(viewer, voss.group_id, cast.day),
        person_ids=tuple(member.subject_id for member in members),
        names={member.subject_id: member.given_name for member in members},
        members=members,
    )


def panel_words(cast: Cast, voss: Voss, viewer: Viewer) -> str:
    """The words of the panel."""
    with scope(viewer, cast.day):
        (panel,) = household_panels(context(cast, voss, viewer))
        return " ".join(read(render_to_string(panel.template, {"panel": panel.context})).text.split())


def act_labels(cast: Cast, voss: Voss, viewer: Viewer) -> list[str]:
    """What the viewer is offered to do."""
    with scope(viewer, cast.day):
        return [act.label for act in household_acts(context(cast, voss, viewer))]


@pytest.mark.req("ACC-02")
def test_the_panel_says_where_each_of_them_lives_and_since_when(cast: Cast, with_beds: Voss) -> None:
    assert "Olena Voss akuttinnkvartering 214 1. februar 2024" in panel_words(cast, with_beds, cast.centre)


@pytest.mark.req("ACS-01")
def test_whoever_may_not_see_beds_is_not_told_that_there_are_none(cast: Cast, with_beds: Voss) -> None:
    with scope(cast.udi, cast.day):
        open_needs(
            [with_beds.group_id, *with_beds.persons],
            organisation_id=cast.imdi.organisation_id,
            reason=NeedReason.SETTLEMENT_CASE,
            from_on=cast.day,
            at=cast.at,
        )
    words = panel_words(cast, with_beds, cast.imdi)
    assert "Olena Voss akuttinnkvartering 1. februar 2024" in words
    assert "rom" not in words.casefold()
    assert "seng" not in words


@pytest.mark.req("ACC-05")
def test_the_panel_shows_that_a_place_is_lost_and_why_and_does_nothing_about_it(cast: Cast, with_beds: Voss) -> None:
    with scope(cast.centre, cast.day):
        register_absence(
            with_beds.group_id,
            with_beds.persons[:1],
            date(2024, 3, 4),
            is_abroad=True,
            by=cast.centre,
            at=cast.at,
        )
    words = panel_words(cast, with_beds, cast.centre)
    assert "Plassen er tapt fra 7. mars 2024: 3 dager i utlandet uten permisjon." in words
    assert "Olena Voss akuttinnkvartering" in words


@pytest.mark.req("ACC-05")
def test_who_is_away_and_since_when_stands_at_the_top_for_whoever_may_see_absence(cast: Cast, with_beds: Voss) -> None:
    with scope(cast.centre, cast.day):
        register_absence(
            with_beds.group_id, with_beds.persons[:1], date(2024, 3, 4), is_abroad=False, by=cast.centre, at=cast.at
        )
    assert "Borte uten permisjon siden 4. mars 2024" in panel_words(cast, with_beds, cast.centre)
    for viewer in (cast.centre, cast.udi):
        with scope(viewer, cast.day):
            assert household_lead(context(cast, with_beds, viewer))[-1].startswith(
                "Borte uten permisjon siden 4. mars 2024 (Olena"
            )
    with scope(cast.udi, cast.day):
        open_needs(
            [with_beds.group_id, *with_beds.persons],
            organisation_id=cast.imdi.organisation_id,
            reason=NeedReason.SETTLEMENT_CASE,
            from_on=cast.day,
            at=cast.at,
        )
    with scope(cast.imdi, cast.day):
        assert "Borte" not in " ".join(household_lead(context(cast, with_beds, cast.imdi)))


@pytest.mark.req("ACC-05")
def test_the_panel_shows_until_when_leave_keeps_the_place(cast: Cast, with_beds: Voss) -> None:
    with scope(cast.centre, cast.day):
        grant_leave(
            with_beds.group_id,
            with_beds.persons,
            cast.day,
            cast.day + timedelta(days=6),
            is_abroad=True,
            by=cast.centre,
            at=cast.at,
        )
    words = panel_words(cast, with_beds, cast.centre)
    assert "Permisjon, i utlandet" in words
    assert "Plassen er tapt fra 23. mars 2024 hvis de ikke er tilbake før." in words


@pytest.mark.req("ACC-04")
def test_after_the_departure_the_panel_says_why_and_where_to_and_that_it_was_late(cast: Cast, with_beds: Voss) -> None:
    with scope(cast.centre, cast.day):
        register_departure(
            with_beds.group_id,
            with_beds.persons,
            date(2024, 3, 12),
            DepartureReason.PRIVATE_ADDRESS,
            "Storgata 1",
            "7600",
            by=cast.centre,
            at=cast.at,
        )
    words = panel_words(cast, with_beds, cast.centre)
    assert "Forlatt botilbud, oppgitt privat adresse ved avreise 12. mars 2024: Storgata 1, 7600 Levanger" in words
    assert "registrert for sent" in words
    assert "Bor ikke på mottak" not in words


def test_the_timeline_has_one_bar_for_what_they_shared_and_a_point_for_the_departure(
    cast: Cast, with_beds: Voss
) -> None:
    open_centre(cast, cast.other_centre)
    with scope(cast.udi, cast.day):
        place_group(with_beds.group_id, cast.other_centre.organisation_id, date(2024, 3, 1), by=cast.udi, at=cast.at)
    with scope(cast.other_centre, cast.day):
        register_departure(
            with_beds.group_id,
            with_beds.persons[:1],
            cast.day,
            DepartureReason.LEFT_COUNTRY,
            by=cast.other_centre,
            at=cast.at,
        )
    with scope(cast.udi, cast.day):
        entries = household_timeline(context(cast, with_beds, cast.udi))
        lead = household_lead(context(cast, with_beds, cast.udi))
    assert {(entry.label, entry.start_on, entry.end_on, entry.is_point) for entry in entries} == {
        ("Voss akuttinnkvartering", ARRIVED, date(2024, 3, 1), False),
        ("Råde mottak (Olena)", date(2024, 3, 1), cast.day, False),
        ("Råde mottak (Andrij)", date(2024, 3, 1), None, False),
        ("Reiste: Oppgitt reist ut av landet (Olena)", cast.day, None, True),
    }
    assert {entry.source for entry in entries} == {"UDI", "Råde mottak"}
    assert lead == ["Bor på Råde mottak siden 1. mars 2024 (Andrij)"]


def test_the_centre_is_offered_what_can_be_done_today(cast: Cast, with_beds: Voss) -> None:
    assert act_labels(cast, with_beds, cast.centre) == [
        "Gi senger, eller flytt internt",
        "Registrer avreise",
        "Rett dagen de kom",
        "Innvilg permisjon",
        "Registrer fravær",
    ]
    with scope(cast.centre, cast.day):
        register_absence(with_beds.group_id, with_beds.persons, cast.day, is_abroad=False, by=cast.centre, at=cast.at)
    assert act_labels(cast, with_beds, cast.centre) == [
        "Gi senger, eller flytt internt",
        "Registrer avreise",
        "Rett dagen de kom",
        "Registrer retur",
    ]


def test_the_directorate_is_offered_to_place_or_to_move(cast: Cast, with_beds: Voss) -> None:
    assert act_labels(cast, with_beds, cast.udi) == ["Flytt til et annet mottak", "Rett dagen de kom"]
    group_id, persons = household(cast, "Ivan")
    unplaced = Voss(with_beds.centre, [], group_id, persons, Subject.objects.get(pk=group_id).reference)
    assert act_labels(cast, unplaced, cast.udi) == ["Plasser på mottak"]
    with scope(cast.udi, cast.day):
        (act,) = household_acts(context(cast, unplaced, cast.udi))
    assert act.url == reverse("place_group", args=[unplaced.reference])


def test_panel_timeline_and_acts_share_one_query(cast: Cast, with_beds: Voss) -> None:
    with scope(cast.centre, cast.day):
        page = context(cast, with_beds, cast.centre)
        with CaptureQueriesContext(connection) as queries:
            household_panels(page)
            household_timeline(page)
            household_acts(page)
    assert len(queries) == 1
