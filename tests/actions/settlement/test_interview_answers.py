"""Answers saved all the way, declined answers, children heard, and who may do what."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection

from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import PlacementGroup
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, ExtraNeeds, Pets
from fotfeste.settlement.models import Answer, Interview, MappingNote, Participant
from fotfeste.settlement.public import (
    AnswerOutcome,
    GivenAnswer,
    OwnTalk,
    Participation,
    Question,
    finish_interview,
    register_participants,
    save_answers,
    save_mapping_notes,
)
from tests.actions.registry.families import kovalenko, minor_alone
from tests.conftest import Cast
from tests.settlement_steps import (
    DECLINED,
    HELD_ON,
    PLAIN_ANSWERS,
    answered,
    asked_and_heard,
    due_for_interview,
    interviewed,
    members_by_name,
    prepared,
)

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-03")
def test_half_an_interview_is_saved_as_it_is_and_changed_later(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        unfinished = answered(Adaptation(description="Bruker krykker", extra=ExtraNeeds(staff_count=0)))
        save_answers(group, olena, {Question.ADAPTATION: unfinished}, by=cast.centre, at=cast.at)
        done = answered(Adaptation(is_needed=True, description="Bruker krykker", bears_on=(BearsOn.HOUSING,)))
        answers = {Question.ADAPTATION: done, Question.PETS: answered(Pets(has_pets=True, description="katt"))}
        save_answers(group, olena, answers, by=cast.centre, at=cast.at)
        save_answers(group, olena, answers, by=cast.centre, at=cast.at)
        row = Answer.objects.get(subject_id=olena, question="adaptation")
        assert row.content == {
            "schema": 1,
            "is_needed": True,
            "description": "Bruker krykker",
            "bears_on": ["housing"],
        }
        save_answers(group, olena, {Question.PETS: None}, by=cast.centre, at=cast.at)
        assert set(Answer.objects.current().values_list("question", flat=True)) == {"adaptation"}


@pytest.mark.req("SET-05")
def test_nothing_is_kept_of_what_was_taken_back_before_the_interview_is_finished(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    old = answered(Adaptation(is_needed=True, description="Far hadde slag før", bears_on=(BearsOn.HOUSING,)))
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        save_answers(group, olena, {Question.ADAPTATION: old}, by=cast.centre, at=cast.at)
        changed = {Question.ADAPTATION: answered(Adaptation(is_needed=False))}
        save_answers(group, olena, changed, by=cast.centre, at=cast.at)
        [row] = Answer.objects.filter(subject_id=olena)
        assert row.content == {"schema": 1, "is_needed": False}
        save_answers(group, olena, {Question.ADAPTATION: None}, by=cast.centre, at=cast.at)
        assert not Answer.objects.filter(subject_id=olena).exists()


@pytest.mark.req("SET-05")
@pytest.mark.parametrize(
    "change", ["UPDATE settlement_answer SET content = '{}'", "DELETE FROM settlement_answer"], ids=["change", "delete"]
)
def test_of_a_finished_interview_the_database_lets_no_answer_be_changed_or_deleted(cast: Cast, change: str) -> None:
    group = interviewed(cast, kovalenko())
    with scope(cast.centre, cast.day):
        where = f"WHERE interview_id = {Interview.objects.get(subject_id=group).pk}"
        with pytest.raises(DatabaseError, match="a fact is annulled"), connection.cursor() as cursor:
            cursor.execute(f"{change} {where}")


@pytest.mark.req("SET-04")
def test_a_declined_answer_is_kept_without_content_and_with_its_consequence_explained(cast: Cast) -> None:
    declined = dict.fromkeys(Question, DECLINED)
    group = interviewed(cast, kovalenko(), answers={"Andrij": declined})
    with scope(cast.centre, cast.day):
        rows = list(Answer.objects.current().filter(outcome=AnswerOutcome.DECLINED))
    assert len(rows) == 5
    assert all(row.content == {} and row.consequence_explained for row in rows)
    with scope(cast.imdi, cast.day):
        assert Answer.objects.current().filter(outcome="declined", interview__subject_id=group).count() == 5


@pytest.mark.req("SET-04")
def test_declining_without_hearing_the_consequence_holds_the_interview_back(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    prepared(cast, group)
    unexplained = GivenAnswer(AnswerOutcome.DECLINED)
    asked_and_heard(cast, group, {"Andrij": {Question.PETS: unexplained}})
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
    assert "Andrij ønsker ikke å svare om kjæledyr, og følgen er ikke forklart" in sentence_for(refused.value)


def test_a_child_in_the_family_is_asked_about_adaptation_only(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        sofia = members_by_name(group, cast.day)["Sofia"].subject_id
        save_answers(
            group, sofia, {Question.ADAPTATION: PLAIN_ANSWERS[Question.ADAPTATION]}, by=cast.centre, at=cast.at
        )
        with pytest.raises(Refused, match="question_not_for_child"):
            save_answers(group, sofia, {Question.PETS: PLAIN_ANSWERS[Question.PETS]}, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-02")
def test_a_talk_of_its_own_is_for_children_from_the_twelfth_birthday(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        people = members_by_name(group, cast.day)
        wanted = Participation(was_heard=True, own_talk=OwnTalk.WANTED)
        register_participants(group, {people["Sofia"].subject_id: wanted}, by=cast.centre, at=cast.at)
        held = Participation(was_heard=True, own_talk=OwnTalk.HELD)
        register_participants(group, {people["Sofia"].subject_id: held}, by=cast.centre, at=cast.at)
        rows = Participant.objects.filter(subject_id=people["Sofia"].subject_id).order_by("pk")
        assert [(row.own_talk, row.annulled_at is None) for row in rows] == [("wanted", False), ("held", True)]
        for name in ("Danylo", "Olena"):
            with pytest.raises(Refused, match="own_talk_not_offered_to"):
                register_participants(group, {people[name].subject_id: held}, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-06")
def test_the_mapping_note_is_for_unaccompanied_minors(cast: Cast) -> None:
    family, minor = due_for_interview(cast, kovalenko()), due_for_interview(cast, minor_alone())
    with scope(cast.centre, cast.day):
        maksym = members_by_name(minor, cast.day)["Maksym"].subject_id
        save_mapping_notes(minor, {maksym: " Trenger ro. "}, by=cast.centre, at=cast.at)
        assert MappingNote.objects.current().get(subject_id=maksym).text == "Trenger ro."
        sofia = members_by_name(family, cast.day)["Sofia"].subject_id
        with pytest.raises(Refused, match="mapping_note_only_for_minors"):
            save_mapping_notes(family, {sofia: "x"}, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-06")
def test_siblings_who_came_alone_have_a_mapping_note_each(cast: Cast) -> None:
    alone = minor_alone()
    [maksym] = alone.persons
    sister = replace(maksym, given_name="Polina", birth_date=date(2009, 4, 2))
    group = due_for_interview(cast, replace(alone, persons=(maksym, sister)))
    with scope(cast.centre, cast.day):
        people = {name: each.subject_id for name, each in members_by_name(group, cast.day).items()}
        save_mapping_notes(group, {people["Maksym"]: "Trenger ro."}, by=cast.centre, at=cast.at)
        save_mapping_notes(group, {people["Polina"]: "Vil bo med broren."}, by=cast.centre, at=cast.at)
        rows = MappingNote.objects.current().values_list("subject_id", "text")
        assert dict(rows) == {people["Maksym"]: "Trenger ro.", people["Polina"]: "Vil bo med broren."}


def test_two_who_save_at_once_are_told_and_the_first_answer_stands(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        people = members_by_name(group, cast.day)
        version = PlacementGroup.objects.get(pk=group).version
        pets = {Question.PETS: PLAIN_ANSWERS[Question.PETS]}
        save_answers(group, people["Olena"].subject_id, pets, by=cast.centre, at=cast.at, version=version)
        with pytest.raises(Stale):
            save_answers(group, people["Andrij"].subject_id, pets, by=cast.centre, at=cast.at, version=version)
        assert Answer.objects.current().count() == 1


def test_only_those_who_hold_interviews_save_answers(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
    pets = {Question.PETS: PLAIN_ANSWERS[Question.PETS]}
    for viewer in (cast.imdi, cast.udi, cast.municipality, cast.centre_administrator):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            save_answers(group, olena, pets, by=viewer, at=cast.at)
    with scope(cast.other_centre, cast.day), pytest.raises(NotFound):
        save_answers(group, olena, pets, by=cast.other_centre, at=cast.at)


def test_somebody_of_another_household_is_not_found(cast: Cast) -> None:
    group, other = due_for_interview(cast, kovalenko()), due_for_interview(cast, minor_alone())
    with scope(cast.centre, cast.day):
        maksym = members_by_name(other, cast.day)["Maksym"].subject_id
        with pytest.raises(NotFound):
            save_answers(group, maksym, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
        with pytest.raises(NotFound):
            register_participants(group, {maksym: Participation()}, by=cast.centre, at=cast.at)
