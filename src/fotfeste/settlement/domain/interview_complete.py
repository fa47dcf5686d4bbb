"""Whether a settlement interview is complete, and all that is missing (SET-02 to SET-06)."""

from collections.abc import Iterator
from datetime import date

from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.settlement.domain.answers import main_claim
from fotfeste.settlement.domain.contents import (
    Adaptation,
    AnswerOutcome,
    Content,
    Education,
    Occupation,
    Pets,
    Relations,
)
from fotfeste.settlement.domain.interview import (
    GUIDE,
    InterviewPerson,
    InterviewState,
    Participation,
    belongs_in_interview,
    is_adult,
    is_interviewed,
    is_offered_own_talk,
    questions_for,
)
from fotfeste.settlement.domain.types import OwnTalk

_FINISH = RuleRef("settlement.may_finish_interview", "1", f"{GUIDE}, 1.3 to 1.6", "verified")


def may_finish(state: InterviewState) -> Decision:
    """Whether the interview is complete. NO lists everything that is missing, in the order of the work."""
    missing = (
        *_missing_before(state),
        *(reason for person in state.persons for reason in _missing_answers(state, person)),
        *(reason for person in state.persons for reason in _missing_hearing(state, person)),
        *_missing_mapping(state),
    )
    inputs = {"persons": len(state.persons), "held_on": state.held_on}
    return Decision.no(_FINISH, *missing, inputs=inputs) if missing else Decision.yes(_FINISH, inputs=inputs)


def _missing_before(state: InterviewState) -> Iterator[Reason]:
    if state.is_correction:
        return
    for person in state.persons:
        informed_on = state.informed_on.get(person.subject_id)
        if is_interviewed(person, state.held_on) and (informed_on is None or informed_on > state.held_on):
            yield Reason("information_missing", {"name": person.name})
    if state.is_supplement:
        return
    if state.invited_on is None or state.invited_on > state.held_on:
        yield Reason("invitation_missing")
    if state.interpreter == "came_not":
        yield Reason("interpreter_came_not")
    elif state.interpreter == "not_booked" and (names := _who_need_interpreter(state)):
        yield Reason("interpreter_not_booked", {"names": names})


def _who_need_interpreter(state: InterviewState) -> str:
    return ", ".join(p.name for p in state.persons if p.needs_interpreter and is_interviewed(p, state.held_on))


def _missing_answers(state: InterviewState, person: InterviewPerson) -> Iterator[Reason]:
    for question in questions_for(person, state.day_of(person)):
        fields: dict[str, str | int | date | bool] = {"name": person.name, "question": question.value}
        answer = state.answers.get((person.subject_id, question))
        if answer is None or (answer.content is not None and main_claim(answer.content) is None):
            yield Reason("answer_missing", fields)
        elif answer.outcome is AnswerOutcome.DECLINED:
            if not answer.consequence_explained:
                yield Reason("consequence_not_explained", fields)
        elif answer.content is not None:
            yield from (Reason(code, fields) for code in gaps_in(answer.content))


def gaps_in(content: Content) -> tuple[str, ...]:
    """What an answer with a yes still lacks, as codes; nothing is asked after a no."""
    if not main_claim(content):
        return ()
    match content:
        case Adaptation():
            # A need without a bearing on place, housing or services is not registered at all.
            is_relevant = belongs_in_interview(content.bears_on).is_yes
            checks = {
                "adaptation_not_described": content.description,
                "adaptation_bears_on_nothing": is_relevant,
            }
        case Relations():
            has_names = content.relations and all(each.name and each.relation for each in content.relations)
            checks = {"relations_not_named": has_names}
        case Pets():
            checks = {"pets_not_described": content.description}
        case Education():
            checks = {"education_level_missing": content.level}
        case Occupation():
            checks = {"occupation_not_named": content.title}
    return tuple(code for code, is_there in checks.items() if not is_there)


def _missing_hearing(state: InterviewState, person: InterviewPerson) -> Iterator[Reason]:
    on = state.day_of(person)
    if is_interviewed(person, on):
        return
    fields: dict[str, str | int | date | bool] = {"name": person.name}
    participation = state.participation.get(person.subject_id, Participation(took_part=False))
    if not (participation.took_part and participation.was_heard):
        yield Reason("child_not_heard", fields)
    if is_offered_own_talk(person, on):
        lacking = {
            OwnTalk.NOT_OFFERED: "own_talk_not_offered",
            OwnTalk.OFFERED: "own_talk_not_answered",
            OwnTalk.WANTED: "own_talk_not_held",
        }.get(participation.own_talk)
        if lacking:
            yield Reason(lacking, fields)


def _missing_mapping(state: InterviewState) -> Iterator[Reason]:
    minors = [p for p in state.persons if p.is_unaccompanied_minor and not is_adult(p, state.day_of(p))]
    lacking = [p.name for p in minors if not state.mapping_notes.get(p.subject_id, "").strip()]
    if lacking:
        yield Reason("mapping_note_missing", {"names": ", ".join(lacking)})
