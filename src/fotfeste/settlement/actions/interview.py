"""The settlement interview: saved all the way, while it is open."""

from collections.abc import Mapping
from datetime import date, datetime

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.facts import annul, supersede
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.case import lock_case, tell
from fotfeste.settlement.domain.answers import to_json
from fotfeste.settlement.domain.contents import AnswerOutcome, Question
from fotfeste.settlement.domain.interview import (
    GivenAnswer,
    InterviewPerson,
    Participation,
    is_offered_own_talk,
    questions_for,
)
from fotfeste.settlement.domain.states import CASE
from fotfeste.settlement.domain.types import OwnTalk
from fotfeste.settlement.models import Answer, Interview, MappingNote, Participant, SettlementCase
from fotfeste.settlement.queries.composition import who_settle
from fotfeste.settlement.queries.interview import CORRECTED, asked_again, interview_day, persons_asked

PERMISSION = "settlement.hold_interview"

type Asked = dict[int, tuple[InterviewPerson, date]]  # by person


@act
def save_answers(
    group_id: int,
    person_id: int,
    answers: Mapping[Question, GivenAnswer | None],
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Save what a person has answered so far. Questions not named stay as they are; None takes an answer back.

    Until the interview is finished an answer is a draft: what was typed before is overwritten, not superseded, and what
    is taken back is deleted, so that nothing is kept that does not belong in it (SET-05, ADR 0001). May be called at
    any time before the interview is finished, with answers as unfinished as they are.
    Raises Refused: `interview_is_finished`, `question_not_for_child`; Stale, NotFound, NotAllowed.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version, or_again=True)
    person, on = _of(_asked(case, interview, at), person_id)
    for question in answers:
        if question not in questions_for(person, on):
            raise Refused("question_not_for_child", question.value, {"name": person.name})
    stored = {
        Question(row.question): row
        for row in Answer.objects.current().filter(interview=interview, subject_id=person_id)
    }
    for question, answer in answers.items():
        _save_answer(interview, person_id, question, answer, stored.get(question), by=by, at=at)
    tell("settlement.answers_saved", case, by=by, at=at)


@act
def register_participants(
    group_id: int,
    participation: Mapping[int, Participation],
    *,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Register who took part and was heard, and what children from the 12th birthday answered to a talk of their own.

    Persons not named stay as they are. Raises Refused: `interview_is_finished`, `own_talk_not_offered_to`.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version, or_again=True)
    asked = _asked(case, interview, at)
    asked_on = legal_day(at) if interview.supplementing else None
    stored = {row.subject_id: row for row in Participant.objects.current().filter(interview=interview)}
    for person_id, how in participation.items():
        person, on = _of(asked, person_id)
        if how.own_talk is not OwnTalk.NOT_OFFERED and not is_offered_own_talk(person, on):
            raise Refused("own_talk_not_offered_to", None, {"name": person.name})
        save_participation(interview, person_id, how, stored.get(person_id), by=by, at=at, asked_on=asked_on)
    tell("settlement.participants_registered", case, by=by, at=at)


@act
def save_mapping_notes(
    group_id: int, texts: Mapping[int, str], *, by: Viewer, at: datetime, version: int | None = None
) -> None:
    """Save the settlement notes (bosettingsmerknad) of unaccompanied minors' individual mappings, by minor (SET-06).

    They are for the centre and IMDi; an empty text takes one back, and minors not named keep theirs. Raises Refused:
    `mapping_note_only_for_minors`, `interview_is_finished`; Stale, NotFound, NotAllowed.
    """
    case, interview = lock_open_interview(group_id, by=by, version=version, or_again=True)
    asked = _asked(case, interview, at)
    for person_id, text in texts.items():
        person, _on = _of(asked, person_id)
        if not person.is_unaccompanied_minor:
            raise Refused("mapping_note_only_for_minors")
        _save_mapping_note(interview, person_id, text.strip(), by=by, at=at)
    tell("settlement.mapping_note_saved", case, by=by, at=at)


def lock_open_interview(
    group_id: int, *, by: Viewer, version: int | None, or_supplement: bool = False, or_again: bool = False
) -> tuple[SettlementCase, Interview]:
    """The case and its interview, locked, while the interview is still open. Raises Refused `interview_is_finished`.

    `or_supplement`: also where those who came later are being asked; `or_again`: and where answers are being corrected.
    """
    require(by, PERMISSION)
    case = lock_case(group_id, by=by, version=version)
    interview, _made = Interview.objects.get_or_create(case=case, defaults={"subject_id": group_id})
    is_supplemented = (or_supplement or or_again) and interview.supplementing
    is_corrected = or_again and interview.reopened_at is not None
    if case.state != CASE.initial and not (is_supplemented or is_corrected):
        raise Refused("interview_is_finished")
    return case, interview


def _asked(case: SettlementCase, interview: Interview, at: datetime) -> Asked:
    """Those who are asked now, each with the day that their age counts on: the interview's, their own where they came
    later, or today while those are asked.
    """
    today = legal_day(at)
    members = who_settle(case.subject_id, today)
    if case.state == CASE.initial:
        on = interview_day(interview, today)
        return {person.subject_id: (person, on) for person in persons_asked(members, on)}
    state = asked_again(interview, members, today)
    return {person.subject_id: (person, state.day_of(person)) for person in state.persons}


def _of(asked: Asked, person_id: int) -> tuple[InterviewPerson, date]:
    if person_id not in asked:
        raise NotFound("not_found")
    return asked[person_id]


def _save_answer(
    interview: Interview,
    person_id: int,
    question: Question,
    answer: GivenAnswer | None,
    stored: Answer | None,
    *,
    by: Viewer,
    at: datetime,
) -> None:
    if answer is None:
        if stored is not None:
            _take_back(interview, stored, by=by, at=at)
        return
    is_declined = answer.outcome is AnswerOutcome.DECLINED
    new = {
        "outcome": answer.outcome,
        "content": {} if is_declined or answer.content is None else to_json(answer.content),
        "consequence_explained": is_declined and answer.consequence_explained,
    }
    if stored is None:
        Answer.objects.create(
            subject_id=person_id,
            interview=interview,
            question=question,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
            **new,
        )
    elif any(getattr(stored, name) != value for name, value in new.items()):
        _replace(interview, stored, by=by, at=at, **new)


def _was_sent(interview: Interview, stored: Answer | MappingNote) -> bool:
    """Whether it is from before the interview was opened again: no draft, but what IMDi has had."""
    return interview.reopened_at is not None and stored.recorded_at <= interview.reopened_at


def _take_back(interview: Interview, stored: Answer | MappingNote, *, by: Viewer, at: datetime) -> None:
    """Delete a draft; what was sent is annulled."""
    if _was_sent(interview, stored):
        annul(stored, by=by, at=at, reason=CORRECTED)
    else:
        stored.delete()


def _replace(interview: Interview, stored: Answer | MappingNote, *, by: Viewer, at: datetime, **new: object) -> None:
    """Overwrite a draft in place: nothing of what was typed before is kept. What was sent is superseded."""
    if _was_sent(interview, stored):
        supersede(stored, by=by, at=at, reason=CORRECTED, **new)
        return
    known = {"recorded_at": at, "recorded_by_id": by.user_id, "reported_by_id": by.organisation_id}
    for name, value in (known | new).items():
        setattr(stored, name, value)
    stored.save()


def save_participation(
    interview: Interview,
    person_id: int,
    how: Participation,
    stored: Participant | None,
    *,
    by: Viewer,
    at: datetime,
    asked_on: date | None = None,
) -> None:
    """Keep who took part and was heard; `stored` is what was kept before, and stays where nothing is new.

    `asked_on`: the day of their own talk, for those who came after the interview was held; it stays when corrected.
    """
    new: dict[str, object] = {
        "took_part": how.took_part,
        "was_heard": how.was_heard,
        "own_talk": how.own_talk,
        "accompanied_by": how.accompanied_by,
    } | ({"asked_on": asked_on} if asked_on else {})
    if stored is None:
        Participant.objects.create(
            subject_id=person_id,
            interview=interview,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
            **new,
        )
    elif any(getattr(stored, name) != value for name, value in new.items()):
        supersede(stored, by=by, at=at, reason="changed_in_interview", **new)


def _save_mapping_note(interview: Interview, person_id: int, text: str, *, by: Viewer, at: datetime) -> None:
    stored = MappingNote.objects.current().filter(interview=interview, subject_id=person_id).first()
    if stored is not None and not text:
        _take_back(interview, stored, by=by, at=at)
    elif stored is not None and stored.text != text:
        _replace(interview, stored, by=by, at=at, text=text)
    elif stored is None and text:
        MappingNote.objects.create(
            subject_id=person_id,
            interview=interview,
            text=text,
            recorded_at=at,
            recorded_by_id=by.user_id,
            reported_by_id=by.organisation_id,
        )
