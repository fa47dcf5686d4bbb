"""Households brought to a step of settlement through the real acts, for tests of what comes after."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from fotfeste.accommodation.public import CentreOperation, CentreType, NewOperation, OperatorKind, gone_of, place_group
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import (
    Member,
    NewGroup,
    StatusKind,
    members_of,
    register_group,
    register_status,
    unaccompanied_among,
)
from fotfeste.settlement.domain.contents import Adaptation, Education, EducationLevel, Occupation, Pets, Relations
from fotfeste.settlement.public import (
    AnswerOutcome,
    GivenAnswer,
    Information,
    InformationMode,
    InterviewPlan,
    OwnTalk,
    Participation,
    Question,
    finish_interview,
    give_information,
    invite,
    plan_interview,
    register_participants,
    save_answers,
    save_mapping_notes,
)
from tests.acting import open_centre_operation
from tests.conftest import Cast

PLACED_ON = date(2024, 2, 12)
PERMIT_ON = date(2024, 3, 4)
HELD_ON = date(2024, 3, 13)
DECLINED = GivenAnswer(AnswerOutcome.DECLINED, consequence_explained=True)


def answered(content: Adaptation | Relations | Pets | Education | Occupation) -> GivenAnswer:
    """A given answer."""
    return GivenAnswer(AnswerOutcome.ANSWERED, content)


PLAIN_ANSWERS: dict[Question, GivenAnswer] = {
    Question.ADAPTATION: answered(Adaptation(is_needed=False)),
    Question.RELATIONS: answered(Relations(has_relations=False)),
    Question.PETS: answered(Pets(has_pets=False)),
    Question.EDUCATION: answered(Education(has_education=True, level=EducationLevel.BACHELOR, field="økonomi")),
    Question.OCCUPATION: answered(Occupation(has_worked=True, title="regnskapsfører")),
}


def registered(cast: Cast, new: NewGroup) -> int:
    """A group registered by the police. Gives the group's subject."""
    with scope(cast.registrar, cast.day):
        return register_group(new, by=cast.registrar, at=cast.at).subject_id


def placed(cast: Cast, group_id: int, centre: Viewer | None = None, from_on: date = PLACED_ON) -> int:
    """The group placed by UDI at a centre (Voss where none is named), which is put into operation if it is not."""
    where = centre or cast.centre
    with scope(cast.udi, cast.day):
        if not CentreOperation.objects.current().filter(centre_id=where.organisation_id).exists():
            new = NewOperation(
                type=CentreType.EMERGENCY, operator=OperatorKind.PRIVATE, places=80, places_maximum=100, source="test"
            )
            open_centre_operation(where.organisation_id, new, date(2024, 1, 1), by=cast.udi, at=cast.at)
        place_group(group_id, where.organisation_id, from_on, by=cast.udi, at=cast.at, is_meant=True)
    return group_id


def permitted(
    cast: Cast,
    group_id: int,
    names: Sequence[str] | None = None,
    holds_on: date = PERMIT_ON,
    at: datetime | None = None,
) -> int:
    """Temporary collective protection for those named, or for everyone in the group."""
    with scope(cast.udi, cast.day):
        members = members_of(group_id, cast.day)
        chosen = [each.subject_id for each in members if names is None or each.given_name in names]
        kind = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        register_status(group_id, chosen, kind, holds_on, is_meant=True, by=cast.udi, at=at or cast.at)
    return group_id


def due_for_interview(cast: Cast, new: NewGroup, names: Sequence[str] | None = None) -> int:
    """A group that is registered, placed at Voss and has its permit."""
    return permitted(cast, placed(cast, registered(cast, new)), names)


def members_by_name(group_id: int, day: date) -> dict[str, Member]:
    """The members by given name, as the session's scope sees them."""
    return {member.given_name: member for member in members_of(group_id, day)}


def who_is_there(group_id: int, day: date) -> list[Member]:
    """The members who have not left for good."""
    gone = gone_of(group_id, day)
    return [member for member in members_of(group_id, day) if member.subject_id not in gone]


def prepared(cast: Cast, group_id: int) -> None:
    """Information in a group and one by one, time and interpreter agreed, invited with the leaflet."""
    with scope(cast.centre, cast.day):
        everyone = [member.subject_id for member in who_is_there(group_id, cast.day)]
        for mode in InformationMode:
            told = Information(mode, "uk", date(2024, 3, 6), "Kari Nordmann", with_interpreter=True)
            give_information(group_id, everyone, told, by=cast.centre, at=cast.at)
        when = datetime(2024, 3, 13, 9, 0, tzinfo=UTC)
        plan = InterviewPlan(when, "Møterom 2", "uk", "booked")
        plan_interview(group_id, plan, by=cast.centre, at=cast.at)
        invite(group_id, date(2024, 3, 7), "uk", by=cast.centre, at=cast.at)


def asked_and_heard(cast: Cast, group_id: int, answers: dict[str, dict[Question, GivenAnswer]] | None = None) -> None:
    """Everyone has answered (plainly where not named in `answers`), children are heard, own talk is declined."""
    with scope(cast.centre, cast.day):
        there = who_is_there(group_id, cast.day)
        alone = unaccompanied_among(there, cast.day)
        for member in there:
            is_asked_all = member.age >= 18 or member.subject_id in alone
            plain = PLAIN_ANSWERS if is_asked_all else {Question.ADAPTATION: PLAIN_ANSWERS[Question.ADAPTATION]}
            chosen = plain | (answers or {}).get(member.given_name, {})
            save_answers(group_id, member.subject_id, chosen, by=cast.centre, at=cast.at)
            if not is_asked_all:
                talk = OwnTalk.NOT_WANTED if member.age >= 12 else OwnTalk.NOT_OFFERED
                how = {member.subject_id: Participation(was_heard=True, own_talk=talk)}
                register_participants(group_id, how, by=cast.centre, at=cast.at)
        if alone:
            texts = dict.fromkeys(sorted(alone), "Ønsker å bo nær søsken.")
            save_mapping_notes(group_id, texts, by=cast.centre, at=cast.at)


def interviewed(
    cast: Cast,
    new: NewGroup,
    names: Sequence[str] | None = None,
    answers: dict[str, dict[Question, GivenAnswer]] | None = None,
) -> int:
    """A group whose interview is registered: it waits in the queue. Gives the group's subject."""
    group_id = due_for_interview(cast, new, names)
    prepared(cast, group_id)
    asked_and_heard(cast, group_id, answers)
    with scope(cast.centre, cast.day):
        finish_interview(group_id, HELD_ON, by=cast.centre, at=cast.at)
    return group_id
