"""Reads of the settlement interview: what is answered, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from fotfeste.kernel.ages import age_on
from fotfeste.kernel.calendar import legal_day
from fotfeste.registry.public import Member, unaccompanied_among
from fotfeste.settlement.domain.answers import from_json
from fotfeste.settlement.domain.contents import AnswerOutcome, Content, Question
from fotfeste.settlement.domain.interview import (
    GivenAnswer,
    InterviewPerson,
    InterviewState,
    Participation,
    ties_of,
)
from fotfeste.settlement.domain.types import OwnTalk
from fotfeste.settlement.models import Answer, InformationGiven, Interview, MappingNote, Participant

CORRECTED = "answer_corrected"  # why an answer or a note that was sent was annulled
# What is sent to IMDi and not corrected since: while an interview is open again, what stood when it was opened.
STANDING = Q(interview__reopened_at__isnull=True, annulled_at__isnull=True) | (
    Q(recorded_at__lte=F("interview__reopened_at"))
    & (Q(annulled_at__isnull=True) | Q(annulled_at__gt=F("interview__reopened_at")))
)


def interview_day(interview: Interview, today: date) -> date:
    """The day that ages count on: when it was held, else when it is planned, else today."""
    if interview.held_on:
        return interview.held_on
    return legal_day(interview.planned_at) if interview.planned_at else today


def persons_asked(members: Iterable[Member], on: date) -> tuple[InterviewPerson, ...]:
    """The members as the interview's rules see them on the day of the interview: their age, and who is there alone."""
    everyone = list(members)
    alone = unaccompanied_among(everyone, on)
    return tuple(
        InterviewPerson(
            subject_id=member.subject_id,
            name=member.given_name or member.family_name,
            age=age_on(member.birth_date, on),
            is_unaccompanied_minor=member.subject_id in alone,
            needs_interpreter=member.needs_interpreter,
            languages=member.languages,
        )
        for member in everyone
    )


def state_of(interview: Interview, members: Iterable[Member], held_on: date) -> InterviewState:
    """Everything that the rules ask of an interview, as if it was held on a day. Four queries."""
    return InterviewState(
        persons=persons_asked(members, held_on),
        held_on=held_on,
        invited_on=interview.invited_on,
        interpreter=interview.interpreter,
        mapping_notes=mapping_notes_in(interview),
        answers=answers_in(interview),
        participation=participation_in(interview),
        informed_on=informed_on(interview.case_id),
    )


def supplement_state(interview: Interview, members: Iterable[Member], on: date) -> InterviewState:
    """The same of those who came after the interview and are asked now; the others' part of it stands. Four queries."""
    return of_those_who_came(interview, state_of(interview, members, on))


def asked_again(interview: Interview, members: Iterable[Member], on: date) -> InterviewState:
    """The state of an interview that is held, of those who are asked now: who came later, or, where answers are being
    corrected, all who were in it, each as they were on the day when they were asked. Five queries at most.
    """
    if interview.reopened_at is None or interview.held_on is None:
        return supplement_state(interview, members, on)
    days = days_asked(interview, interview.held_on)
    there = [member for member in members if member.subject_id in days]
    return of_those_corrected(state_of(interview, there, interview.held_on), there, days)


def of_those_corrected(state: InterviewState, members: Sequence[Member], days: Mapping[int, date]) -> InterviewState:
    """The state of an interview whose answers are corrected, each of the members as on the day when they were asked.

    Who came later was not there at first, and makes nobody less alone on that day.
    """
    people: dict[int, InterviewPerson] = {}
    for day in sorted(set(days.values())):
        there = persons_asked([each for each in members if days[each.subject_id] <= day], day)
        people |= {person.subject_id: person for person in there if days[person.subject_id] == day}
    persons = tuple(people[member.subject_id] for member in members)
    return replace(state, persons=persons, asked_on=days, is_correction=True)


def of_those_who_came(interview: Interview, state: InterviewState) -> InterviewState:
    """An interview's state without those who were asked when it was held."""
    came = tuple(person for person in state.persons if person.subject_id in interview.supplementing)
    return replace(state, persons=came, is_supplement=True)


def known_to(interview: Interview) -> frozenset[int]:
    """Those who were asked or heard in it."""
    return frozenset(Participant.objects.current().filter(interview=interview).values_list("subject_id", flat=True))


def days_asked(interview: Interview, held_on: date) -> dict[int, date]:
    """The same with the day on which each was asked: the interview's, or a later one. One query."""
    rows = Participant.objects.current().filter(interview=interview).order_by("pk")
    return {subject_id: asked_on or held_on for subject_id, asked_on in rows.values_list("subject_id", "asked_on")}


def mapping_notes_in(interview: Interview) -> dict[int, str]:
    """The notes of minors' mappings as they stand, by minor; none where the viewer may read none."""
    return dict(MappingNote.objects.current().filter(interview=interview).values_list("subject_id", "text"))


def standing_notes(interview: Interview) -> dict[int, str]:
    """The same as they stood when the interview was opened again."""
    rows = MappingNote.objects.filter(interview=interview).filter(STANDING)
    return dict(rows.values_list("subject_id", "text"))


def mapping_notes_as_rows() -> ArraySubquery:
    """The mapping notes of an interview; part of a query for the interview."""
    rows = MappingNote.objects.current().filter(interview_id=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(subject_id="subject_id", text="text")))


def mapping_notes_from_rows(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The notes that `mapping_notes_as_rows` fetched, by minor."""
    return {row["subject_id"]: row["text"] for row in rows}


def answers_in(interview: Interview) -> dict[tuple[int, Question], GivenAnswer]:
    """The answers as they are now, drafts too, by person and question."""
    return {
        (row.subject_id, Question(row.question)): given_answer(row)
        for row in Answer.objects.current().filter(interview=interview).order_by("pk")
    }


def standing_answers(interview: Interview) -> dict[tuple[int, Question], GivenAnswer]:
    """The answers that others reckon with: while they are being corrected, those from before."""
    rows = Answer.objects.filter(interview=interview).filter(STANDING).order_by("pk")
    return {(row.subject_id, Question(row.question)): given_answer(row) for row in rows}


def answers_as_rows() -> ArraySubquery:
    """The answers of an interview that others reckon with; part of a query for the interview."""
    rows = Answer.objects.filter(interview_id=OuterRef("pk")).filter(STANDING).order_by("pk")
    fields = ("subject_id", "question", "outcome", "content", "consequence_explained")
    return ArraySubquery(rows.values(row=JSONObject(**{field: field for field in fields})))


def answers_from_rows(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[int, Question], GivenAnswer]:
    """The answers that `answers_as_rows` fetched, by person and question."""
    return {(row["subject_id"], Question(row["question"])): given_answer(Answer(**row)) for row in rows}


def given_answer(row: Answer) -> GivenAnswer:
    """A stored answer as the rules see it."""
    outcome = AnswerOutcome(row.outcome)
    return GivenAnswer(
        outcome=outcome,
        content=from_json(Question(row.question), row.content) if outcome is AnswerOutcome.ANSWERED else None,
        consequence_explained=row.consequence_explained,
    )


def participation_in(interview: Interview) -> dict[int, Participation]:
    """How each person took part, as registered."""
    return {
        row.subject_id: Participation(row.took_part, row.was_heard, OwnTalk(row.own_talk), row.accompanied_by)
        for row in Participant.objects.current().filter(interview=interview).order_by("pk")
    }


def informed_on(case_id: int) -> dict[int, date]:
    """The first day on which each person was given information before the interview."""
    found: dict[int, date] = {}
    rows = InformationGiven.objects.current().filter(case_id=case_id).order_by("given_on", "pk")
    for subject_id, given_on in rows.values_list("subject_id", "given_on"):
        found.setdefault(subject_id, given_on)
    return found


def contents_of(answers: Mapping[tuple[int, Question], GivenAnswer]) -> list[Content]:
    """The contents of those answers that have one."""
    return [answer.content for answer in answers.values() if answer.content is not None]


def ties_of_case(case_id: int) -> frozenset[str]:
    """Numbers of the municipalities where somebody close to the group lives, from the answers. One query."""
    rows = Answer.objects.filter(interview__case_id=case_id, question=Question.RELATIONS).filter(STANDING)
    return ties_of(contents_of({(row.subject_id, Question.RELATIONS): given_answer(row) for row in rows}))
