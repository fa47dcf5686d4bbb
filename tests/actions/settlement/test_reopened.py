"""A finished interview with a wrong answer is opened again, corrected and finished again; what was said stays."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import register_member
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, ExtraNeeds, Occupation, Pets, Question
from fotfeste.settlement.domain.interview import GivenAnswer
from fotfeste.settlement.domain.types import AfterGrowth, Capability, OwnTalk
from fotfeste.settlement.models import Answer, CaseNeed, Interview, MappingNote, Participant, SettlementNote
from fotfeste.settlement.public import (
    Participation,
    add_need,
    end_need,
    finish_correction,
    register_participants,
    reopen_interview,
    save_answers,
    save_mapping_notes,
    see_household_again,
)
from fotfeste.settlement.queries.interview import standing_answers
from fotfeste.worklist.public import Task
from tests.actions.registry.families import kovalenko
from tests.actions.settlement.stage import (
    accepted,
    depart,
    family,
    found,
    offered,
    open_kinds,
    queued,
    refused,
    requested,
    with_journey,
)
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import DECLINED, HELD_ON, answered, due_for_interview, members_by_name

pytestmark = pytest.mark.django_db
WHY = "Yrket til Olena står på Andrij."
TEACHER = answered(Occupation(has_worked=True, title="lærer"))
NO_PETS, DOG = answered(Pets(has_pets=False)), answered(Pets(has_pets=True, description="En hund"))
WHEELCHAIR = answered(
    Adaptation(
        is_needed=True,
        description="Bruker rullestol.",
        bears_on=(BearsOn.HOUSING,),
        extra=ExtraNeeds(needs_adapted_housing=True),
    )
)
AGAIN, CORRECT = "see_household_again", "correct_interview"


def later(cast: Cast, minutes: int = 1) -> datetime:
    """Some minutes after everything else."""
    return cast.at + timedelta(minutes=minutes)


def reopens(cast: Cast, group: int, by: Viewer | None = None, *, minutes: int = 1) -> int:
    """The centre (or whoever is named) opens it again."""
    who = by or cast.centre
    with scope(who, cast.day):
        reopen_interview(group, reason=WHY, by=who, at=later(cast, minutes))
    return group


def corrects(
    cast: Cast, group: int, name: str, answers: Mapping[Question, GivenAnswer | None], minutes: int = 2
) -> None:
    """The centre saves other answers."""
    with scope(cast.centre, cast.day):
        person = members_by_name(group, cast.day)[name].subject_id
        save_answers(group, person, answers, by=cast.centre, at=later(cast, minutes))


def finishes(cast: Cast, group: int, minutes: int = 3) -> None:
    """The centre finishes it again."""
    with scope(cast.centre, cast.day):
        finish_correction(group, by=cast.centre, at=later(cast, minutes))


def mended(cast: Cast, group: int, answers: Mapping[Question, GivenAnswer], name: str = "Olena") -> int:
    """Opened, corrected and finished."""
    reopens(cast, group)
    corrects(cast, group, name, answers)
    finishes(cast, group)
    return group


def occupations(cast: Cast, group: int, viewer: Viewer | None = None) -> list[tuple[str, bool]]:
    """Olena's answers about her occupation as somebody reads them: what, and whether it stands."""
    who = viewer or cast.centre
    with scope(who, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        rows = Answer.objects.filter(subject_id=olena, question=Question.OCCUPATION).order_by("pk")
        return [(row.content["title"], row.annulled_at is None) for row in rows]


def needs(cast: Cast, group: int) -> set[str]:
    """What the municipality must have, as written."""
    with scope(cast.imdi, cast.day):
        rows = CaseNeed.objects.current().filter(subject_id=group)
        return set(rows.values_list("capability", flat=True))


@pytest.mark.req("SET-03")
@pytest.mark.parametrize("who", ["centre", "imdi"])
def test_the_centre_or_imdi_opens_a_finished_interview_again_and_the_centre_gets_the_task(cast: Cast, who: str) -> None:
    group = reopens(cast, queued(cast), getattr(cast, who))
    assert (CORRECT, cast.centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.imdi, cast.day):
        note = SettlementNote.objects.get(subject_id=group)
        task = Task.objects.get(subject_id=group, kind=CORRECT)
    assert (note.text, note.is_passed_on) == (WHY, False)
    assert task.due_on is not None
    assert task.due_on > cast.day
    assert every_event().filter(type="settlement.interview_reopened", subject_id=group).count() == 1


@pytest.mark.req("SET-03")
def test_the_wrong_answer_stays_as_what_was_said_and_the_right_one_stands(cast: Cast) -> None:
    group = mended(cast, queued(cast), {Question.OCCUPATION: TEACHER})
    assert occupations(cast, group) == [("regnskapsfører", False), ("lærer", True)]
    with scope(cast.centre, cast.day):
        wrong, right = (
            Answer.objects.filter(question=Question.OCCUPATION, subject__isnull=False)
            .exclude(annulled_at__isnull=True, supersedes__isnull=True)
            .order_by("pk")
        )
        assert (right.supersedes_id, wrong.annul_reason) == (wrong.pk, "answer_corrected")
        before = Answer.objects.as_known_at(later(cast, 0)).filter(subject_id=wrong.subject_id)
        assert [row.content["title"] for row in before.filter(question=Question.OCCUPATION)] == ["regnskapsfører"]
    assert (CORRECT, cast.centre.organisation_id) not in open_kinds(cast, group)
    assert every_event().filter(type="settlement.interview_corrected", subject_id=group).count() == 1
    with scope(cast.centre, cast.day):
        assert Interview.objects.get(case__subject_id=group).held_on == HELD_ON


def test_what_is_typed_while_it_is_open_again_is_a_draft_and_nobody_reckons_with_it(cast: Cast) -> None:
    group = reopens(cast, requested(cast, queued(cast)))
    corrects(cast, group, "Olena", {Question.OCCUPATION: answered(Occupation(has_worked=True, title="læ"))})
    corrects(cast, group, "Olena", {Question.OCCUPATION: TEACHER}, minutes=3)
    assert occupations(cast, group) == [("regnskapsfører", False), ("lærer", True)]  # no half-typed word is kept
    assert occupations(cast, group, cast.municipality) == [("regnskapsfører", False)]
    with scope(cast.imdi, cast.day):
        interview = Interview.objects.get(case__subject_id=group)
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        stands = standing_answers(interview)[olena, Question.OCCUPATION].content
    assert isinstance(stands, Occupation)
    assert stands.title == "regnskapsfører"
    finishes(cast, group, minutes=4)
    assert occupations(cast, group, cast.municipality) == [("lærer", True)]


@pytest.mark.req("SET-07")
@pytest.mark.parametrize(("stage", "is_told"), [
    (queued, False),
    (lambda cast: requested(cast, queued(cast)), True),
    (lambda cast: found(cast, queued(cast)), True),
    (lambda cast: offered(cast, queued(cast)), True),
    (lambda cast: accepted(cast, queued(cast)), True),
    (lambda cast: with_journey(cast, queued(cast)), True),
])  # fmt: skip
def test_imdi_sees_the_household_again_where_a_municipality_was_asked(cast: Cast, stage: object, is_told: bool) -> None:
    group = mended(cast, stage(cast), {Question.OCCUPATION: TEACHER})  # type: ignore[operator]
    assert ((AGAIN, cast.imdi.organisation_id) in open_kinds(cast, group)) == is_told
    if is_told:
        with scope(cast.imdi, cast.day):
            assert Task.objects.get(subject_id=group, kind=AGAIN).cause == "settlement.interview_corrected"


def test_an_interview_that_was_opened_for_nothing_tells_nobody(cast: Cast) -> None:
    group = reopens(cast, offered(cast, queued(cast)))
    finishes(cast, group)
    assert not {AGAIN, CORRECT} & {kind for kind, _whose in open_kinds(cast, group)}
    assert every_event().filter(type="settlement.interview_confirmed", subject_id=group).count() == 1


@pytest.mark.req("SET-10")
def test_what_is_needed_follows_the_corrected_answers(cast: Cast) -> None:
    group = mended(cast, queued(cast, has_pets=True), {Question.PETS: NO_PETS, Question.ADAPTATION: WHEELCHAIR})
    assert needs(cast, group) == {Capability.ADAPTED_HOUSING}
    with scope(cast.imdi, cast.day):
        [ended] = CaseNeed.objects.filter(subject_id=group, annulled_at__isnull=False)
    assert (ended.capability, ended.annul_reason) == (Capability.PETS, "answer_corrected")


@pytest.mark.req("SET-10")
def test_what_imdi_has_said_of_the_needs_stays(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    with scope(cast.imdi, cast.day):
        end_need(group, Capability.PETS, reason="Hunden er død.", by=cast.imdi, at=cast.at)
        add_need(group, Capability.STAFFED_HOUSING, reason="Alvorlig syk.", by=cast.imdi, at=cast.at)
    mended(cast, group, {Question.OCCUPATION: TEACHER})
    assert needs(cast, group) == {Capability.STAFFED_HOUSING}


def test_an_answer_that_somebody_will_not_give_after_all_is_declined_knowing_the_consequence(cast: Cast) -> None:
    group = reopens(cast, queued(cast))
    corrects(cast, group, "Olena", {Question.OCCUPATION: GivenAnswer(DECLINED.outcome)})
    with pytest.raises(Refused, match="interview_incomplete"):
        finishes(cast, group)
    corrects(cast, group, "Olena", {Question.OCCUPATION: DECLINED}, minutes=3)
    finishes(cast, group, minutes=4)
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        row = Answer.objects.current().get(subject_id=olena, question=Question.OCCUPATION)
    assert (row.outcome, row.content, row.consequence_explained) == ("declined", {}, True)


def test_an_answer_that_is_taken_back_must_be_given_before_it_is_finished(cast: Cast) -> None:
    group = reopens(cast, queued(cast))
    corrects(cast, group, "Olena", {Question.OCCUPATION: None})
    assert occupations(cast, group) == [("regnskapsfører", False)]
    with pytest.raises(Refused, match="interview_incomplete"):
        finishes(cast, group)


def test_children_are_still_asked_of_adaptation_alone_and_heard(cast: Cast) -> None:
    group = reopens(cast, queued(cast))
    with pytest.raises(Refused, match="question_not_for_child"):
        corrects(cast, group, "Danylo", {Question.OCCUPATION: TEACHER})
    with scope(cast.centre, cast.day):
        sofia = members_by_name(group, cast.day)["Sofia"].subject_id
        how = Participation(was_heard=True, own_talk=OwnTalk.WANTED)
        register_participants(group, {sofia: how}, by=cast.centre, at=later(cast, 2))
    with pytest.raises(Refused, match="interview_incomplete"):
        finishes(cast, group)
    with scope(cast.centre, cast.day):
        register_participants(
            group, {sofia: Participation(was_heard=True, own_talk=OwnTalk.HELD)}, by=cast.centre, at=later(cast, 3)
        )
    finishes(cast, group, minutes=4)
    with scope(cast.centre, cast.day):
        talks = Participant.objects.filter(subject_id=sofia).order_by("pk").values_list("own_talk", flat=True)
        assert list(talks) == [OwnTalk.NOT_WANTED, OwnTalk.WANTED, OwnTalk.HELD]


@pytest.mark.req("SET-06")
def test_what_a_minor_alone_said_stays_behind_imdi_when_it_is_corrected(cast: Cast) -> None:
    group = reopens(cast, requested(cast, queued(cast, is_unaccompanied=True)))
    corrects(cast, group, "Maksym", {Question.OCCUPATION: TEACHER})
    with scope(cast.centre, cast.day):
        maksym = members_by_name(group, cast.day)["Maksym"].subject_id
        save_mapping_notes(group, {maksym: "Bør bo nær tante."}, by=cast.centre, at=later(cast, 2))
    finishes(cast, group)
    with scope(cast.municipality, cast.day):
        assert not Answer.objects.filter(interview__case__subject_id=group).exists()
        assert not MappingNote.objects.filter(interview__case__subject_id=group).exists()
    with scope(cast.imdi, cast.day):
        notes = MappingNote.objects.filter(subject_id=maksym).order_by("pk")
        assert [(row.text, row.annul_reason) for row in notes] == [
            ("Ønsker å bo nær søsken.", "answer_corrected"),
            ("Bør bo nær tante.", ""),
        ]


def test_it_has_its_time_its_reason_and_its_people(cast: Cast) -> None:
    due, group = due_for_interview(cast, kovalenko()), queued(cast)
    with pytest.raises(Refused, match="interview_is_not_held"):
        reopens(cast, due)
    for viewer in (cast.other_centre, cast.municipality, cast.udi):
        with pytest.raises((NotAllowed, NotFound, Refused)):
            reopens(cast, group, viewer)
    with scope(cast.centre, cast.day), pytest.raises(Refused, match="reopening_needs_reason"):
        reopen_interview(group, reason=" ", by=cast.centre, at=later(cast))
    with pytest.raises(Refused, match="interview_is_finished"):
        finishes(cast, group)
    reopens(cast, group)
    with pytest.raises(Refused, match="interview_is_reopened"):
        reopens(cast, group, cast.imdi)
    with scope(cast.imdi, cast.day), pytest.raises(NotAllowed):
        finish_correction(group, by=cast.imdi, at=later(cast, 3))


@pytest.mark.parametrize("end", ["settled", "refused"])
def test_after_the_case_has_ended_it_is_refused_with_a_sentence(cast: Cast, end: str) -> None:
    if end == "settled":
        group = with_journey(cast, queued(cast))
        depart(cast, group)
    else:
        group = refused(cast, queued(cast))
    with pytest.raises(Refused, match="interview_of_an_ended_case"):
        reopens(cast, group, cast.imdi)


def test_a_correction_that_the_end_of_the_case_overtakes_is_nobodys_task_and_never_holds(cast: Cast) -> None:
    group = reopens(cast, with_journey(cast, queued(cast)))
    corrects(cast, group, "Olena", {Question.OCCUPATION: TEACHER})
    depart(cast, group)
    assert CORRECT not in {kind for kind, _whose in open_kinds(cast, group)}
    assert occupations(cast, group, cast.municipality) == [("regnskapsfører", False)]


def test_supplementing_and_correcting_wait_for_each_other(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        Interview.objects.filter(case__subject_id=group).update(supplementing=[-1])
    with pytest.raises(Refused, match="interview_is_being_supplemented"):
        reopens(cast, group)
    with scope(cast.centre, cast.day):
        Interview.objects.filter(case__subject_id=group).update(supplementing=[])
    reopens(cast, group)
    with scope(cast.udi, cast.day):
        iryna = replace(family().persons[0], given_name="Iryna")
        register_member(group, iryna, cast.day, by=cast.udi, at=later(cast, 2))
    with scope(cast.imdi, cast.day), pytest.raises(Refused, match="interview_is_being_corrected"):
        see_household_again(group, outcome=AfterGrowth.SUPPLEMENT, by=cast.imdi, at=later(cast, 3))
    finishes(cast, group, minutes=4)  # who has come since is not asked in it


def test_an_answer_that_was_sent_cannot_be_overwritten_from_sql(cast: Cast) -> None:
    group = reopens(cast, queued(cast))
    with scope(cast.centre, cast.day):
        row = Answer.objects.filter(interview__case__subject_id=group).first()
        assert row is not None
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=row.pk).update(content={})
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.filter(pk=row.pk).delete()


@pytest.mark.req("SET-03")
def test_imdi_is_asked_to_read_why_the_centre_has_opened_the_interview_again(cast: Cast) -> None:
    group = reopens(cast, queued(cast))
    assert ("read_settlement_note", cast.imdi.organisation_id) in open_kinds(cast, group)
