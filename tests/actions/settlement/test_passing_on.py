"""What is known of an unaccompanied minor goes from the centre to a municipality through IMDi, and no other way."""

import pytest
from django.db.utils import DatabaseError

from fotfeste.access.public import NeedReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import members_of
from fotfeste.settlement.domain.types import NoteMistake
from fotfeste.settlement.models import Answer, CaseNeed, MappingNote, SettlementCase, SettlementNote, Withdrawal
from fotfeste.settlement.public import close_case, pass_on, save_mapping_notes, take_back_passed_on
from tests.actions.registry.families import kovalenko, minor_alone
from tests.actions.settlement.stage import queued, requested
from tests.actions.settlement.test_interview_notes import asked
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import due_for_interview, interviewed, placed

pytestmark = pytest.mark.django_db


def moved(cast: Cast, group: int) -> int:
    """UDI has moved them to Råde: Voss knows of them because they lived there."""
    return placed(cast, group, cast.other_centre, cast.day)


def seen(cast: Cast, viewer: Viewer, group: int) -> dict[str, int]:
    """How many rows of each kind the viewer's organisation finds about the household."""
    with scope(viewer, cast.day):
        return {
            "needs": CaseNeed.objects.filter(subject_id=group).count(),
            "mapping": MappingNote.objects.filter(interview__subject_id=group).count(),
            "answers": Answer.objects.filter(interview__subject_id=group).count(),
        }


@pytest.mark.req("SET-06")
def test_the_mapping_of_a_minor_is_for_its_centre_and_imdi(cast: Cast) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    for viewer in (cast.centre, cast.imdi):
        assert seen(cast, viewer, group) == {"needs": 1, "mapping": 1, "answers": 5}
    assert seen(cast, cast.municipality, group) == {"needs": 1, "mapping": 0, "answers": 0}
    for viewer in (cast.udi, cast.registrar, cast.other_centre, cast.other_municipality):
        assert seen(cast, viewer, group) == {"needs": 0, "mapping": 0, "answers": 0}


@pytest.mark.req("SET-06")
@pytest.mark.req("ACS-01")
def test_a_centre_that_they_have_left_sees_nothing_of_the_interview(cast: Cast) -> None:
    for group in (moved(cast, queued(cast, has_pets=True)), moved(cast, interviewed(cast, minor_alone()))):
        assert seen(cast, cast.centre, group) == {"needs": 0, "mapping": 0, "answers": 0}
        there = seen(cast, cast.other_centre, group)
        assert there["needs"] == 1
        assert there["answers"] > 0


def test_the_answers_of_a_family_are_passed_on_by_imdi_that_asks(cast: Cast) -> None:
    group = requested(cast, queued(cast, has_pets=True))
    assert seen(cast, cast.municipality, group) == {"needs": 1, "mapping": 0, "answers": 12}


@pytest.mark.req("SET-06")
def test_imdi_passes_on_in_its_own_words_and_the_municipality_reads_them(cast: Cast) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    with scope(cast.imdi, cast.day):
        note = pass_on(group, " Bør bo nær søsken. ", by=cast.imdi, at=cast.at)
        assert (note.text, note.is_passed_on) == ("Bør bo nær søsken.", True)
    with scope(cast.municipality, cast.day):
        row = SettlementNote.objects.get(subject_id=group)
        assert (row.text, row.reported_by_id, row.recorded_by_id) == (
            "Bør bo nær søsken.",
            cast.imdi.organisation_id,
            cast.imdi.user_id,
        )
    event = every_event().get(type="settlement.passed_on")
    assert (event.subject_id, event.organisation_id) == (group, cast.imdi.organisation_id)
    with scope(cast.other_municipality, cast.day):
        assert not SettlementNote.objects.exists()


@pytest.mark.req("ACS-01")
def test_the_database_shows_no_municipality_a_text_that_was_taken_back(cast: Cast) -> None:
    group = requested(cast, queued(cast, is_unaccompanied=True))
    with scope(cast.imdi, cast.day):
        note = pass_on(group, "Gjelder noen andre.", by=cast.imdi, at=cast.at)
        take_back_passed_on(group, note.pk, reason=NoteMistake.WRONG_HOUSEHOLD, by=cast.imdi, at=cast.at)
        assert SettlementNote.objects.filter(pk=note.pk).exists()
    with scope(cast.municipality, cast.day):
        assert not SettlementNote.objects.filter(pk=note.pk).exists()


@pytest.mark.req("ACS-01")
def test_the_database_lets_nobody_write_a_notice_about_people_whom_they_do_not_know_of(cast: Cast) -> None:
    group = queued(cast)
    told = {"subject_id": group, "organisation_id": cast.municipality.organisation_id, "came_to": "requested"}
    told |= {"request_number": "1", "sent_on": cast.day, "cause": "settled_elsewhere", "withdrawn_on": cast.day}
    with scope(cast.municipality, cast.day), pytest.raises(DatabaseError, match="row-level security"):
        Withdrawal.objects.create(**told, withdrawn_by_id=cast.municipality.organisation_id)


def test_passing_on_has_its_time_its_words_and_its_people(cast: Cast) -> None:
    due, done = due_for_interview(cast, kovalenko()), interviewed(cast, minor_alone())
    asked(cast, done, cast.municipality)
    with scope(cast.imdi, cast.day):
        with pytest.raises(Refused, match="passed_on_before_interview"):
            pass_on(due, "x", by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="note_is_empty"):
            pass_on(done, "  ", by=cast.imdi, at=cast.at)
    for viewer in (cast.centre, cast.municipality):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            pass_on(done, "x", by=viewer, at=cast.at)


@pytest.mark.req("SET-06")
def test_the_database_lets_nobody_but_imdi_pass_anything_on(cast: Cast) -> None:
    group = interviewed(cast, minor_alone())
    with scope(cast.centre, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        note = SettlementNote(
            subject_id=group,
            case=case,
            text="Rett fra mottaket.",
            is_passed_on=True,
            recorded_at=cast.at,
            reported_by_id=cast.centre.organisation_id,
        )
        with pytest.raises(DatabaseError, match="row-level security"):
            note.save()


@pytest.mark.req("SET-06")
def test_the_mapping_note_is_a_draft_of_which_nothing_is_kept_until_the_interview_is_finished(cast: Cast) -> None:
    group = due_for_interview(cast, minor_alone())
    with scope(cast.centre, cast.day):
        [maksym] = members_of(group, cast.day)
        rows = MappingNote.objects.filter(subject_id=maksym.subject_id)
        for text, kept in (("Trenger ro.", ["Trenger ro."]), ("Trenger hund.", ["Trenger hund."]), (" ", [])):
            save_mapping_notes(group, {maksym.subject_id: text}, by=cast.centre, at=cast.at)
            assert list(rows.values_list("text", flat=True)) == kept


@pytest.mark.req("ACS-01")
def test_udi_and_the_police_have_no_part_in_the_interview(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    for viewer, reason in ((cast.udi, NeedReason.PROTECTION_CASE), (cast.registrar, NeedReason.REGISTERED_HERE)):
        assert seen(cast, viewer, group) == {"needs": 0, "mapping": 0, "answers": 0}, reason


@pytest.mark.req("SET-06")
def test_a_text_that_was_passed_on_by_mistake_is_taken_back_and_seen_by_no_municipality(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        wrong = pass_on(group, "Gjelder en annen familie.", by=cast.imdi, at=cast.at)
        pass_on(group, "De har to hunder.", by=cast.imdi, at=cast.at)
        take_back_passed_on(group, wrong.pk, reason="wrong_household", by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="note_is_taken_back"):
            take_back_passed_on(group, wrong.pk, reason="not_true", by=cast.imdi, at=cast.at)
    with scope(cast.municipality, cast.day):
        assert [note.text for note in SettlementNote.objects.current()] == ["De har to hunder."]
    assert every_event().filter(type="settlement.passed_on_taken_back").count() == 1


@pytest.mark.req("SET-06")
def test_it_is_taken_back_with_a_reason_by_imdi_only_and_also_after_the_end(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        note = pass_on(group, "Gjelder en annen familie.", by=cast.imdi, at=cast.at)
        with pytest.raises(Refused) as caught:
            take_back_passed_on(group, note.pk, reason="", by=cast.imdi, at=cast.at)
        assert (caught.value.code, caught.value.field) == ("mistake_reason_missing", "reason")
    for viewer in (cast.centre, cast.municipality):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            take_back_passed_on(group, note.pk, reason="not_true", by=viewer, at=cast.at)
    with scope(cast.imdi, cast.day):
        close_case(group, reason="own_way", by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="passed_on_after_the_end"):
            pass_on(group, "De har to hunder.", by=cast.imdi, at=cast.at)
        take_back_passed_on(group, note.pk, reason="not_true", by=cast.imdi, at=cast.at)
        assert not SettlementNote.objects.current().exists()
