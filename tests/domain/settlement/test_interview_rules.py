"""Who is asked what, what is missing, what belongs in the interview."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.kernel.errors import NoRule, Refused
from fotfeste.settlement.domain.contents import (
    Adaptation,
    AnswerOutcome,
    BearsOn,
    CloseRelation,
    Content,
    Education,
    EducationLevel,
    ExtraNeeds,
    Occupation,
    Pets,
    Question,
    Relations,
)
from fotfeste.settlement.domain.interview import (
    GivenAnswer,
    InterviewPerson,
    InterviewState,
    Participation,
    belongs_in_interview,
    capabilities_needed,
    check_other_day,
    find_municipality_due_on,
    interview_due_on,
    is_offered_own_talk,
    questions_for,
    ties_of,
)
from fotfeste.settlement.domain.interview_complete import gaps_in, may_finish
from fotfeste.settlement.domain.types import Capability, OwnTalk

DAY = date(2024, 3, 14)
ADULT = InterviewPerson(1, "Olena", 37, needs_interpreter=True)
CHILD = InterviewPerson(2, "Sofia", 13)
MINOR = InterviewPerson(3, "Maksym", 16, is_unaccompanied_minor=True)


@pytest.mark.req("SET-05")
@pytest.mark.parametrize(
    ("who", "bears_on", "is_registered"),
    [
        # Example 1: the daughter needs an assistant at school and the parents help at home; the father's old stroke
        # does not affect his daily life. Example 2: crutches and stairs.
        ("the daughter with autism", (BearsOn.SERVICES,), True),
        ("the father's old stroke", (), False),
        ("the man who lost a leg", (BearsOn.HOUSING, BearsOn.PLACE), True),
    ],
)
def test_the_guides_examples_are_registered_and_left_out_as_the_guide_says(
    who: str, bears_on: tuple[BearsOn, ...], is_registered: bool
) -> None:
    decision = belongs_in_interview(bears_on)
    assert decision.is_yes is is_registered, who
    codes = [reason.code for reason in decision.reasons]
    assert codes == ([f"bears_on_{each}" for each in bears_on] if is_registered else ["tell_the_doctor"])


@pytest.mark.req("SET-01")
@pytest.mark.req("SET-06")
@pytest.mark.parametrize(
    ("age", "is_unaccompanied", "all_five", "own_talk"),
    [
        (37, False, True, False),
        (18, False, True, False),
        (17, False, False, True),
        (12, False, False, True),
        (11, False, False, False),
        (0, False, False, False),
        (17, True, True, False),
        (11, True, True, False),
    ],
)
def test_who_is_asked_all_and_who_is_offered_a_talk_of_its_own(
    age: int, is_unaccompanied: bool, all_five: bool, own_talk: bool
) -> None:
    person = InterviewPerson(1, "X", age, is_unaccompanied_minor=is_unaccompanied)
    assert questions_for(person, DAY) == (tuple(Question) if all_five else (Question.ADAPTATION,))
    assert is_offered_own_talk(person, DAY) is own_talk


@pytest.mark.parametrize(
    ("permit", "placed", "due"),
    [
        (date(2024, 3, 4), None, date(2024, 3, 18)),
        (date(2024, 3, 2), None, date(2024, 3, 18)),  # 16 March is a Saturday
        (date(2024, 3, 4), date(2024, 2, 1), date(2024, 3, 18)),
        (date(2024, 3, 4), date(2024, 3, 14), date(2024, 4, 2)),  # 28 March to 1 April 2024 is Easter
    ],
)
def test_the_interview_is_due_days_after_the_permit_or_a_later_arrival(
    permit: date, placed: date | None, due: date
) -> None:
    assert interview_due_on(permit, placed) == due


def test_before_the_first_rule_there_is_no_deadline() -> None:
    with pytest.raises(NoRule):
        interview_due_on(date(2021, 12, 31), None)
    with pytest.raises(NoRule):
        find_municipality_due_on(date(2021, 12, 31))


@pytest.mark.req("SET-10")
@pytest.mark.parametrize(
    ("content", "needed"),
    [
        (Pets(has_pets=True, description="katt"), {Capability.PETS}),
        (Pets(has_pets=True, description="hund", will_part=False), {Capability.PETS}),
        (Pets(has_pets=True, description="hund", will_part=True), set()),
        (Pets(has_pets=False), set()),
        (Adaptation(is_needed=True, extra=ExtraNeeds(needs_adapted_housing=True)), {Capability.ADAPTED_HOUSING}),
        (Adaptation(is_needed=True, extra=ExtraNeeds(needs_staffed_housing=True)), {Capability.STAFFED_HOUSING}),
        (Adaptation(is_needed=True, extra=ExtraNeeds(needs_specialist=True)), {Capability.HEALTH_SPECIALISTS}),
        (Adaptation(is_needed=True, extra=ExtraNeeds(needs_adapted_housing=False)), set()),
        # What was ticked before the answer became no does not count.
        (Adaptation(is_needed=False, extra=ExtraNeeds(needs_adapted_housing=True)), set()),
        (Education(has_education=True, level=EducationLevel.MASTER), set()),
    ],
)
def test_needs_follow_from_the_answers(content: Content, needed: set[Capability]) -> None:
    assert capabilities_needed([content], is_unaccompanied=False) == needed
    assert capabilities_needed([content], is_unaccompanied=True) == needed | {Capability.UNACCOMPANIED_MINORS}


def test_ties_are_the_municipalities_of_close_relations() -> None:
    sister = CloseRelation("Iryna", "søster", municipality="5037")
    nowhere = CloseRelation("Petro", "onkel")
    assert ties_of([Relations(True, (sister, nowhere)), Pets(True)]) == {"5037"}


@pytest.mark.parametrize(
    ("content", "gaps"),
    [
        (Adaptation(is_needed=True), ("adaptation_not_described", "adaptation_bears_on_nothing")),
        (Adaptation(is_needed=True, description="x", bears_on=(BearsOn.PLACE,)), ()),
        (Adaptation(is_needed=False), ()),
        (Relations(has_relations=True), ("relations_not_named",)),
        (Relations(True, (CloseRelation("Iryna"),)), ("relations_not_named",)),
        (Relations(True, (CloseRelation("Iryna", "søster"),)), ()),
        (Pets(has_pets=True), ("pets_not_described",)),
        (Education(has_education=True), ("education_level_missing",)),
        (Occupation(has_worked=True), ("occupation_not_named",)),
        (Occupation(has_worked=False), ()),
    ],
)
def test_a_yes_asks_for_more_and_a_no_for_nothing(content: Content, gaps: tuple[str, ...]) -> None:
    assert gaps_in(content) == gaps


def complete(person: InterviewPerson) -> InterviewState:
    """A complete interview of one person."""
    no: dict[Question, Content] = {
        Question.ADAPTATION: Adaptation(is_needed=False),
        Question.RELATIONS: Relations(has_relations=False),
        Question.PETS: Pets(has_pets=False),
        Question.EDUCATION: Education(has_education=False),
        Question.OCCUPATION: Occupation(has_worked=False),
    }
    return InterviewState(
        persons=(person,),
        held_on=DAY,
        invited_on=date(2024, 3, 10),
        interpreter="booked",
        mapping_notes={person.subject_id: "x"},
        answers={
            (person.subject_id, question): GivenAnswer(AnswerOutcome.ANSWERED, no[question])
            for question in questions_for(person, DAY)
        },
        participation={person.subject_id: Participation(True, True, OwnTalk.NOT_WANTED)},
        informed_on={person.subject_id: date(2024, 3, 8)},
    )


@pytest.mark.req("SET-02")
@pytest.mark.req("SET-06")
@pytest.mark.parametrize(
    ("person", "change", "missing"),
    [
        (ADULT, {}, []),
        (CHILD, {}, []),
        (MINOR, {}, []),
        (ADULT, {"informed_on": {}}, ["information_missing"]),
        (ADULT, {"informed_on": {1: date(2024, 3, 15)}}, ["information_missing"]),
        (ADULT, {"informed_on": {1: DAY}, "invited_on": DAY}, []),  # on the day itself, before it
        (CHILD, {"informed_on": {}}, []),
        (ADULT, {"invited_on": None}, ["invitation_missing"]),
        (ADULT, {"invited_on": date(2024, 3, 15)}, ["invitation_missing"]),
        (ADULT, {"interpreter": "not_booked"}, ["interpreter_not_booked"]),
        (ADULT, {"interpreter": "not_needed"}, []),
        (ADULT, {"interpreter": "came_not"}, ["interpreter_came_not"]),
        (MINOR, {"interpreter": "not_booked"}, []),
        (CHILD, {"participation": {}}, ["child_not_heard", "own_talk_not_offered"]),
        (CHILD, {"participation": {2: Participation(True, False, OwnTalk.HELD)}}, ["child_not_heard"]),
        (ADULT, {"participation": {}}, []),
        (ADULT, {"answers": {}}, ["answer_missing"] * 5),
        (CHILD, {"answers": {}}, ["answer_missing"]),
        (MINOR, {"mapping_notes": {MINOR.subject_id: "  "}}, ["mapping_note_missing"]),
        (ADULT, {"mapping_notes": {}}, []),
    ],
)
def test_what_an_interview_lacks(person: InterviewPerson, change: dict[str, object], missing: list[str]) -> None:
    decision = may_finish(replace(complete(person), **change))  # type: ignore[arg-type]
    assert [reason.code for reason in decision.reasons] == missing
    assert decision.is_yes is (not missing)


@pytest.mark.req("SET-06")
def test_each_of_two_siblings_alone_has_a_mapping_of_their_own() -> None:
    brother = replace(MINOR, subject_id=77, name="Bror")
    both = replace(complete(MINOR), persons=(MINOR, brother))
    [lacking] = [each for each in may_finish(both).reasons if each.code == "mapping_note_missing"]
    assert lacking.fields == {"names": "Bror"}


def test_an_unaccompanied_minor_who_has_come_of_age_needs_no_mapping_note() -> None:
    grown = replace(MINOR, age=18)
    assert may_finish(replace(complete(grown), mapping_notes={})).is_yes


@pytest.mark.req("SET-04")
@pytest.mark.parametrize(("explained", "missing"), [(True, []), (False, ["consequence_not_explained"])])
def test_a_declined_answer_is_enough_once_its_consequence_is_explained(explained: bool, missing: list[str]) -> None:
    state = complete(ADULT)
    declined = GivenAnswer(AnswerOutcome.DECLINED, consequence_explained=explained)
    answers = {**state.answers, (1, Question.PETS): declined}
    assert [reason.code for reason in may_finish(replace(state, answers=answers)).reasons] == missing


def test_an_answer_without_its_yes_or_no_is_still_missing() -> None:
    state = complete(ADULT)
    open_answer = GivenAnswer(AnswerOutcome.ANSWERED, Pets(description="en katt"))
    answers = {**state.answers, (1, Question.PETS): open_answer}
    (reason,) = may_finish(replace(state, answers=answers)).reasons
    assert (reason.code, reason.fields["question"]) == ("answer_missing", "pets")


def test_an_interview_is_held_no_earlier_than_they_were_informed_and_invited() -> None:
    state = complete(ADULT)
    check_other_day(date(2024, 3, 10), state, registered_on=DAY)  # the day on which they were invited
    with pytest.raises(Refused, match="interview_before_invitation"):
        check_other_day(date(2024, 3, 9), state, registered_on=DAY)
