"""What a group needs is read from what its members answered; what they declined to answer is left out, and told."""

from random import Random

import pytest

from fotfeste.allocation.domain.needs import Interviewed, needs_of, uses_of
from fotfeste.allocation.domain.types import Background, Needs, Resource, Service, Strength, Tie
from fotfeste.allocation.domain.vocabulary import vocabulary
from fotfeste.demo.domain.answers import education, occupation
from fotfeste.demo.domain.assumptions import assumptions
from fotfeste.settlement.domain.contents import (
    Adaptation,
    BearsOn,
    CloseRelation,
    Content,
    Degree,
    Education,
    ExtraNeeds,
    FunctionArea,
    HelpKind,
    Occupation,
    Pets,
    Question,
    Relations,
)
from fotfeste.settlement.domain.types import Capability

NOTHING = frozenset[Capability]()


def adult(*contents: Content, age: int = 35, declined: tuple[Question, ...] = ()) -> Interviewed:
    answers: dict[Question, Content | None] = {content.question: content for content in contents}
    return Interviewed(age, is_adult=True, answers=answers | dict.fromkeys(declined), turns=age)


def adapted(**extra: object) -> Adaptation:
    return Adaptation(True, "Noe", (BearsOn.HOUSING,), extra=ExtraNeeds(**extra))  # type: ignore[arg-type]


@pytest.mark.req("SET-03")
@pytest.mark.parametrize(
    ("content", "services"),
    [
        (adapted(needs_specialist=True), set()),
        (adapted(help_kinds=(HelpKind.SCHOOL_ASSISTANT,)), {Service.SCHOOL_SUPPORT}),
        (adapted(help_kinds=(HelpKind.HOME_NURSING, HelpKind.PERSONAL_ASSISTANT)), {Service.HOME_HELP}),
        (adapted(function_areas=(FunctionArea.HEARING,)), {Service.HEARING}),
        (adapted(takes_part_in_training=Degree.PARTLY), {Service.ADAPTED_TRAINING}),
        (adapted(training_adaptation="Større skrift"), {Service.ADAPTED_TRAINING}),
        (adapted(function_areas=(FunctionArea.MOBILITY,), takes_part_in_training=Degree.YES), set()),
        (Adaptation(False, extra=ExtraNeeds(training_adaptation="Større skrift")), set()),
        (Pets(True, "hund", will_part=False), set()),
        (Pets(True, "hund"), set()),
        (Pets(True, "hund", will_part=True), {Service.PET_HOME}),
        (Pets(False), set()),
    ],
)
def test_an_answer_tells_what_they_would_be_helped_by(content: Content, services: set[Service]) -> None:
    assert needs_of([adult(content)], NOTHING).services == services


@pytest.mark.req("SET-03")
def test_what_one_of_them_needs_all_of_them_need() -> None:
    hearing = {Question.ADAPTATION: adapted(function_areas=(FunctionArea.HEARING,))}
    child = Interviewed(7, is_adult=False, answers=hearing, turns=7)
    needs = needs_of([adult(Adaptation(False)), adult(Pets(True, "katt", will_part=True)), child], NOTHING)
    assert needs.services == {Service.HEARING, Service.PET_HOME}
    assert len(needs.adults) == 2


@pytest.mark.req("SET-10")
def test_what_must_be_there_is_what_the_case_needs_whatever_was_answered() -> None:
    case = frozenset({Capability.STAFFED_HOUSING})
    assert needs_of([adult(Pets(True, "hund"), adapted(needs_adapted_housing=True))], case).hard == case


@pytest.mark.req("SET-04")
def test_a_declined_question_gives_no_need_and_is_told() -> None:
    needs = needs_of([adult(Pets(False), declined=(Question.ADAPTATION, Question.OCCUPATION))], NOTHING)
    assert needs.services == frozenset()
    assert needs.declined == {Question.ADAPTATION, Question.OCCUPATION}


@pytest.mark.req("SET-08")
def test_ties_are_read_by_how_close_somebody_is() -> None:
    relations = Relations(
        True,
        (
            CloseRelation("Oksana", "Søster", municipality="1804"),
            CloseRelation("Halyna", "mor til kona", municipality="3407"),
            CloseRelation("Petro", "fetter", municipality="5001"),
            CloseRelation("Ivan", "bror"),
        ),
    )
    assert needs_of([adult(relations)], NOTHING).ties == (
        Tie("1804", Strength.CLOSE),
        Tie("3407", Strength.CLOSEST),
        Tie("5001", Strength.OTHER),
    )


@pytest.mark.req("SET-08")
def test_a_tie_that_two_of_them_tell_of_is_one_tie() -> None:
    relations = Relations(True, (CloseRelation("Oksana", "søster", municipality="1804"),))
    assert needs_of([adult(relations), adult(relations)], NOTHING).ties == (Tie("1804", Strength.CLOSE),)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("sykepleier", Background("health", "nurse")),
        ("Sykepleier ved barneavdelingen på et sykehus", Background("health", "nurse")),
        ("helsefag", Background("health")),
        ("Electrical engineering, 3rd year", Background("electro", "electrical_engineer")),
        ("lærer i videregående skole", Background("teaching", "teacher")),
        ("sveiser på skipsverft", Background("industry", "welder")),
        ("sjåfør", Background("transport")),
        ("CNC-operatør", Background("industry", "cnc_operator")),
        ("ingeniør", Background("engineering")),
        ("astronaut", None),
        ("datter", None),
        ("", None),
    ],
)
def test_what_was_said_is_recognised_by_whole_words_or_not_at_all(said: str, found: Background | None) -> None:
    assert vocabulary().background(said) == found


@pytest.mark.req("SET-03")
def test_an_adult_has_the_backgrounds_of_work_and_education() -> None:
    nurse = adult(Education(True, None, "økonomi"), Occupation(True, "sykepleier"))
    silent = adult(Occupation(False, "sykepleier"), Education(True, None, "noe annet"))
    needs = needs_of([nurse, silent], NOTHING)
    assert needs.adults[0].backgrounds == (Background("health", "nurse"), Background("office", has_worked=False))
    assert needs.adults[1].backgrounds == ()


@pytest.mark.req("SET-10")
def test_a_family_uses_places_in_school_and_kindergarten_beside_persons() -> None:
    ages = (38, 36, 16, 15, 6, 5, 1, 0)
    members = [Interviewed(age, is_adult=age > 17, turns=age) for age in ages]
    assert uses_of(members, Needs(hard=frozenset({Capability.ADAPTED_HOUSING}))) == {
        Resource.PERSONS: 8,
        Resource.ADAPTED_HOMES: 1,
        Resource.SCHOOL_PLACES: 2,
        Resource.KINDERGARTEN_PLACES: 2,
    }


@pytest.mark.req("SET-06")
def test_unaccompanied_siblings_use_a_place_for_minors_each() -> None:
    members = [Interviewed(age, is_adult=False, is_unaccompanied_minor=True, turns=age) for age in (16, 17)]
    needs = needs_of(members, frozenset({Capability.UNACCOMPANIED_MINORS}))
    assert uses_of(members, needs) == {Resource.PERSONS: 2, Resource.MINORS: 2}
    assert needs.adults == ()


def test_every_word_of_the_vocabulary_means_one_thing_and_is_found() -> None:
    words = vocabulary()
    assert {word: words.background(word) for word in words.words} == dict(words.words)
    assert {word: words.strength(word) for word in words.relations} == dict(words.relations)


def test_what_people_of_the_synthetic_country_say_is_recognised() -> None:
    rng, words = Random(7), vocabulary()  # noqa: S311
    assumed = assumptions()
    said = {str(occupation(rng, 40).get("title", "")) for _each in range(500)}
    said |= {str(education(rng, assumed).get("field", "")) for _each in range(500)}
    assert {text for text in said if text and words.background(text) is None} == set()
