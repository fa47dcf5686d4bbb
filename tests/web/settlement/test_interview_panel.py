"""The interview on the household page: for those who settle, once it is held."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from fotfeste.access.public import Subject
from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, CloseRelation, ExtraNeeds, Relations
from fotfeste.settlement.interview_panel import interview_acts, interview_panels, interview_timeline
from fotfeste.settlement.public import Question, add_note, close_case
from tests.actions.registry.families import kovalenko, minor_alone
from tests.actions.settlement.test_interview_notes import asked
from tests.conftest import Cast
from tests.needs import reasons_of
from tests.settlement_steps import answered, due_for_interview, interviewed, prepared

pytestmark = pytest.mark.django_db
ANSWERS = {
    "Olena": {
        Question.RELATIONS: answered(Relations(True, (CloseRelation("Iryna Bondar", "søster", "99887766", "5037"),))),
        Question.ADAPTATION: answered(
            Adaptation(True, "Bruker rullestol", (BearsOn.HOUSING,), extra=ExtraNeeds(needs_adapted_housing=True))
        ),
    }
}


def on_page(group_id: int, viewer: Viewer, cast: Cast) -> HouseholdContext:
    """The household page of the group for somebody, in the scope that is open."""
    members = members_of(group_id, cast.day)
    return HouseholdContext(
        viewer=viewer,
        day=cast.day,
        subject_id=group_id,
        reference=Subject.objects.get(pk=group_id).reference,
        version=1,
        person_ids=tuple(member.subject_id for member in members),
        names={member.subject_id: member.given_name for member in members},
        members=members,
        reasons=reasons_of(viewer, group_id, cast.day),
    )


def shown(group_id: int, viewer: Viewer, cast: Cast) -> str:
    """What the panel says to somebody; empty where there is none."""
    with scope(viewer, cast.day):
        panels = interview_panels(on_page(group_id, viewer, cast))
        return "".join(render_to_string(panel.template, {"panel": panel.context}) for panel in panels)


@pytest.mark.req("SET-03")
@pytest.mark.req("SET-05")
def test_needs_and_wishes_are_shown_to_those_who_settle_and_to_nobody_else(cast: Cast) -> None:
    group = interviewed(cast, kovalenko(), answers=ANSWERS)
    asked(cast, group, cast.municipality)
    for viewer in (cast.centre, cast.imdi, cast.municipality):
        panel = shown(group, viewer, cast)
        assert "Kommunen må ha: tilrettelagt bolig." in panel
        assert "søster: Iryna Bondar, Levanger, 99887766" in panel
        assert "Hva trenger personen konkret? Bruker rullestol" in panel
        assert "Hva virker behovet inn på? boligen" in panel
    for viewer in (cast.udi, cast.registrar, cast.other_municipality, cast.centre_administrator):
        assert shown(group, viewer, cast) == ""


def test_before_the_interview_is_held_there_is_no_panel(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    assert shown(group, cast.centre, cast) == ""


@pytest.mark.req("SET-06")
def test_the_municipality_does_not_see_what_the_centre_writes_to_imdi(cast: Cast) -> None:
    group = interviewed(cast, minor_alone())
    asked(cast, group, cast.municipality)
    with scope(cast.centre, cast.day):
        add_note(group, "Krangler med naboen.", by=cast.centre, at=cast.at)
    assert "Krangler med naboen." in shown(group, cast.imdi, cast)
    municipality = shown(group, cast.municipality, cast)
    assert "Krangler" not in municipality
    assert "Ønsker å bo nær søsken." not in municipality
    assert "Kommunen må ha: tilbud til enslige mindreårige." in municipality
    assert "IMDi har ikke gitt noe videre ennå." in municipality
    assert "/merknader/" not in municipality


def test_the_timeline_has_information_and_interview_planned_or_held(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        assert interview_timeline(on_page(group, cast.centre, cast)) == []
    prepared(cast, group)
    held = interviewed(cast, minor_alone())
    with scope(cast.centre, cast.day):
        entries = interview_timeline(on_page(group, cast.centre, cast))
        assert [(entry.label, entry.start_on) for entry in entries] == [
            ("Informasjon gitt", date(2024, 3, 6)),
            ("Bosettingssamtale avtalt", date(2024, 3, 13)),
        ]
        entries = interview_timeline(on_page(held, cast.centre, cast))
        assert [entry.label for entry in entries] == ["Informasjon gitt", "Bosettingssamtale"]


def test_what_can_be_done_follows_the_case(cast: Cast) -> None:
    due, done = due_for_interview(cast, kovalenko()), interviewed(cast, minor_alone())
    with scope(cast.centre, cast.day):
        (act,) = interview_acts(on_page(due, cast.centre, cast))
        assert act.is_primary
        assert act.url.endswith("/samtale/")
        writing, reopening = interview_acts(on_page(done, cast.centre, cast))
        assert writing.url.endswith("/merknader/")
        assert reopening.url.endswith("/samtale/rett/")
        close_case(due, reason="own_way", by=cast.centre, at=cast.at)
        assert interview_acts(on_page(due, cast.centre, cast)) == []
    with scope(cast.imdi, cast.day):
        notes, opening, passing, changing = interview_acts(on_page(done, cast.imdi, cast))
        assert opening.url == reopening.url
        assert notes.url.endswith("/merknader/")
        assert passing.url.endswith("/gi-videre/")
        assert changing.url.endswith("/behov/")
    with scope(cast.udi, cast.day):
        assert interview_acts(on_page(done, cast.udi, cast)) == []


def test_somebody_who_sees_nothing_of_the_household_sees_nothing_of_its_interview(cast: Cast) -> None:
    group = interviewed(cast, kovalenko())
    with scope(cast.other_municipality, cast.day):
        context = on_page(group, cast.other_municipality, cast)
        assert not interview_panels(context)
        assert not interview_timeline(context)
        assert not interview_acts(context)


def test_the_household_page_asks_at_most_five_times_for_the_interview(cast: Cast) -> None:
    group = interviewed(cast, kovalenko(), answers=ANSWERS)
    with scope(cast.centre, cast.day):
        context = on_page(group, cast.centre, cast)
        with CaptureQueriesContext(connection) as queries:
            assert interview_panels(context)
            assert interview_timeline(context)
            assert interview_acts(context)
        assert len(queries) <= 5, [query["sql"][:90] for query in queries]
