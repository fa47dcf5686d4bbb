"""Notes after the interview, and the wall between centre and municipality."""

import pytest
from django.db import connection
from django.db.utils import IntegrityError, ProgrammingError

from fotfeste.access.public import NeedReason
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.models import Answer, SettlementCase, SettlementNote
from fotfeste.settlement.public import add_note, read_notes
from fotfeste.worklist.public import Task
from tests.actions.registry.families import kovalenko, minor_alone
from tests.as_owner import need_given
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, interviewed, members_by_name

pytestmark = pytest.mark.django_db


def asked(cast: Cast, group: int, municipality: Viewer) -> None:
    """The municipality has been asked by IMDi: it has a need to know of the group and its members."""
    with scope(cast.imdi, cast.day):
        people = [member.subject_id for member in members_by_name(group, cast.day).values()]
    need_given(
        [group, *people],
        organisation_id=municipality.organisation_id,
        reason=NeedReason.ASKED_TO_SETTLE,
        from_on=cast.day,
        at=cast.at,
    )


@pytest.mark.req("SET-05")
def test_what_becomes_known_later_is_a_note_that_imdi_must_read(cast: Cast) -> None:
    group = interviewed(cast, kovalenko())
    with scope(cast.centre, cast.day):
        add_note(group, " Andrij har fått time hos spesialist. ", by=cast.centre, at=cast.at)
        assert SettlementNote.objects.get(subject_id=group).text == "Andrij har fått time hos spesialist."
    with scope(cast.imdi, cast.day):
        task = Task.objects.get(subject_id=group, kind="read_settlement_note")
        assert (task.organisation_id, task.closed_at) == (cast.imdi.organisation_id, None)
        assert read_notes(group, "", by=cast.imdi, at=cast.at) is None
        task.refresh_from_db()
        assert task.outcome == "done"


def test_a_note_comes_after_the_interview_and_says_something(cast: Cast) -> None:
    due, done = due_for_interview(cast, kovalenko()), interviewed(cast, minor_alone())
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="note_before_interview"):
            add_note(due, "x", by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="note_is_empty"):
            add_note(done, "  ", by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day):
        with pytest.raises(NotAllowed):
            add_note(done, "x", by=cast.imdi, at=cast.at)
        with pytest.raises(NotFound):
            read_notes(done, "x", by=cast.imdi, at=cast.at)


@pytest.mark.req("SET-06")
def test_a_municipality_sees_of_the_notes_only_what_imdi_passes_on(cast: Cast) -> None:
    group = interviewed(cast, minor_alone())
    asked(cast, group, cast.municipality)
    with scope(cast.centre, cast.day):
        add_note(group, "Fortrolig: krangler med en annen beboer. Søsteren bor i Verdal.", by=cast.centre, at=cast.at)
        assert SettlementNote.objects.count() == 1
    with scope(cast.municipality, cast.day):
        assert SettlementCase.objects.filter(subject_id=group).exists()
        assert not SettlementNote.objects.exists()
    with scope(cast.imdi, cast.day):
        read_notes(group, "Søsteren bor i Verdal.", by=cast.imdi, at=cast.at)
    with scope(cast.municipality, cast.day):
        assert list(SettlementNote.objects.values_list("text", flat=True)) == ["Søsteren bor i Verdal."]
        with pytest.raises(NotAllowed):
            add_note(group, "x", by=cast.municipality, at=cast.at)


@pytest.mark.req("SET-06")
def test_the_database_refuses_a_note_written_to_a_municipality_past_imdi(cast: Cast) -> None:
    group = interviewed(cast, minor_alone())
    asked(cast, group, cast.municipality)
    teller = cast.centre.organisation_id
    with scope(cast.municipality, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        note = SettlementNote(subject_id=group, case=case, text="x", recorded_at=cast.at, reported_by_id=teller)
        with pytest.raises(ProgrammingError, match="row-level security"):
            note.save()


@pytest.mark.req("SET-05")
def test_answers_are_seen_by_those_who_settle_and_nobody_else(cast: Cast) -> None:
    group = interviewed(cast, kovalenko())
    asked(cast, group, cast.municipality)
    for viewer in (cast.centre, cast.imdi, cast.municipality):
        with scope(viewer, cast.day):
            assert Answer.objects.current().count() == 12
    for viewer in (cast.udi, cast.registrar, cast.other_centre, cast.other_municipality):
        with scope(viewer, cast.day):
            assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("outcome = 'declined', content = '{\"has_pets\": true}'", "declined_has_no_content"),
        ("consequence_explained = true, outcome = 'answered'", "declined_knows_consequence"),
    ],
)
def test_the_database_refuses_answers_that_contradict_themselves(cast: Cast, change: str, constraint: str) -> None:
    group = interviewed(cast, kovalenko())
    with scope(cast.centre, cast.day), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM settlement_answer WHERE question = 'pets' ORDER BY id LIMIT 1")
        (key,) = cursor.fetchone()
        columns = "subject_id, interview_id, question, outcome, content, consequence_explained, recorded_at"
        cursor.execute(f"UPDATE settlement_answer SET annulled_at = now(), annul_reason = 'x' WHERE id = {key}")
        values = {"outcome": "'answered'", "content": "'{}'", "consequence_explained": "false"}
        values |= dict(part.split(" = ", 1) for part in change.split(", ", 1))
        with pytest.raises(IntegrityError, match=constraint):
            cursor.execute(
                f"INSERT INTO settlement_answer ({columns}, reported_by_id, annul_reason) "
                f"SELECT subject_id, interview_id, question, {values['outcome']}, {values['content']}, "
                f"{values['consequence_explained']}, recorded_at, reported_by_id, '' "
                f"FROM settlement_answer WHERE id = {key}"
            )
    assert group
