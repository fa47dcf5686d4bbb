"""Finishing the interview: what it asks for, what follows from it, and the order of the steps."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import NewRelation, RelationKind
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, CloseRelation, ExtraNeeds, Pets, Relations
from fotfeste.settlement.models import CaseNeed, Interview, Participant, SettlementCase
from fotfeste.settlement.public import (
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
from fotfeste.settlement.queries.interview import ties_of_case
from fotfeste.worklist.public import Task
from tests.actions.registry.families import kovalenko, minor_alone, person
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import (
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
AUTISM = answered(
    Adaptation(
        is_needed=True,
        description="Jente på 13 år som har autisme. Trenger assistent på skolen.",
        bears_on=(BearsOn.SERVICES,),
        extra=ExtraNeeds(needs_specialist=True, needs_staffed_housing=False),
    )
)


@pytest.mark.req("SET-01")
@pytest.mark.req("SET-03")
def test_a_registered_interview_gives_imdi_the_move_and_says_what_the_group_needs(cast: Cast) -> None:
    relation = CloseRelation("Iryna Bondar", "søster", "99887766", "5037")
    answers = {
        "Sofia": {Question.ADAPTATION: AUTISM},
        "Olena": {
            Question.PETS: answered(Pets(has_pets=True, description="en katt")),
            Question.RELATIONS: answered(Relations(has_relations=True, relations=(relation,))),
        },
    }
    group = interviewed(cast, kovalenko(), ["Olena"], answers)
    with scope(cast.imdi, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        assert (case.state, case.state_since_on) == ("queued", HELD_ON)
        needs = CaseNeed.objects.current().filter(case=case).order_by("capability")
        assert [need.capability for need in needs] == ["health_specialists", "pets"]
        assert all(need.period.start == HELD_ON for need in needs)
        assert ties_of_case(case.pk) == {"5037"}
        task = Task.objects.get(subject_id=group, organisation_id=cast.imdi.organisation_id)
        assert (task.kind, task.closed_at, task.due_on) == ("find_municipality", None, date(2024, 4, 3))
    with scope(cast.centre, cast.day):
        done = Task.objects.get(subject_id=group, kind="hold_interview")
        assert (done.outcome, done.closed_by_id) == ("done", cast.centre.user_id)
        interview = Interview.objects.get(subject_id=group)
        assert (interview.held_on, interview.held_by_id) == (HELD_ON, cast.centre.user_id)
        assert Participant.objects.current().filter(interview=interview).count() == 4
    event = every_event().get(type="settlement.register_interview")
    assert (event.from_state, event.to_state) == ("interview_due", "queued")


@pytest.mark.req("SET-01")
def test_the_parent_without_a_decision_is_asked_too(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko(), ["Olena"])
    prepared(cast, group)
    with scope(cast.centre, cast.day):
        people = members_by_name(group, cast.day)
        save_answers(group, people["Olena"].subject_id, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="interview_incomplete") as refused:
            finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
    sentence = sentence_for(refused.value)
    assert "Andrij er ikke spurt om tilrettelegging, nære relasjoner, kjæledyr, utdanning og yrke" in sentence
    assert "Sofia har ikke fått tilbud om egen samtale" in sentence
    assert "Danylo er ikke hørt og orientert" in sentence
    assert "Danylo har ikke fått tilbud" not in sentence
    assert "Olena" not in sentence


@pytest.mark.req("SET-02")
@pytest.mark.parametrize(
    ("talk", "words"),
    [
        (OwnTalk.NOT_OFFERED, "Sofia har ikke fått tilbud om egen samtale"),
        (OwnTalk.OFFERED, "Sofia har ikke svart på tilbudet om egen samtale"),
        (OwnTalk.WANTED, "Sofia ønsker egen samtale, og den er ikke holdt"),
    ],
)
def test_a_child_over_twelve_must_have_had_its_offer_and_its_talk(cast: Cast, talk: OwnTalk, words: str) -> None:
    group = due_for_interview(cast, kovalenko())
    prepared(cast, group)
    asked_and_heard(cast, group)
    with scope(cast.centre, cast.day):
        sofia = members_by_name(group, cast.day)["Sofia"].subject_id
        how = {sofia: Participation(was_heard=True, own_talk=talk)}
        register_participants(group, how, by=cast.centre, at=cast.at)
        with pytest.raises(Refused) as refused:
            finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
        assert words in sentence_for(refused.value)
        how = {sofia: Participation(was_heard=True, own_talk=OwnTalk.HELD)}
        register_participants(group, how, by=cast.centre, at=cast.at)
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-06")
def test_an_unaccompanied_minor_goes_its_own_way_with_a_settlement_note(cast: Cast) -> None:
    group = due_for_interview(cast, minor_alone())
    prepared(cast, group)
    with scope(cast.centre, cast.day):
        maksym = members_by_name(group, cast.day)["Maksym"].subject_id
        save_answers(group, maksym, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
        with pytest.raises(Refused) as refused:
            finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
        assert "bosettingsmerknaden fra kartleggingen mangler (Maksym)" in sentence_for(refused.value)
        save_mapping_notes(group, {maksym: "Ønsker å bo nær broren i Levanger."}, by=cast.centre, at=cast.at)
        case = finish_interview(group, HELD_ON, accompanied_by=" Verge Vergesen ", by=cast.centre, at=cast.at)
        assert Participant.objects.current().get(subject_id=maksym).accompanied_by == "Verge Vergesen"
        needs = CaseNeed.objects.current().filter(case=case).values_list("capability", flat=True)
        assert list(needs) == ["unaccompanied_minors"]


@pytest.mark.req("SET-02")
def test_nothing_before_the_interview_may_be_left_out(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    asked_and_heard(cast, group)
    with scope(cast.centre, cast.day), pytest.raises(Refused) as refused:
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
    sentence = sentence_for(refused.value)
    assert "Olena har ikke fått informasjon før samtalen" in sentence
    assert "innkallingen er ikke registrert" in sentence
    assert "Andrij, Olena trenger tolk" in sentence


def test_steps_in_the_wrong_order_are_refused(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    early, late = HELD_ON - timedelta(days=30), cast.day + timedelta(days=1)
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="invite_needs_a_plan"):
            invite(group, cast.day, "uk", by=cast.centre, at=cast.at)
        plan = InterviewPlan(datetime(2024, 2, 20, 9, tzinfo=UTC), "Kontoret", "uk", "booked")
        with pytest.raises(Refused, match="planned_before_permit"):
            plan_interview(group, plan, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="interview_before_permit"):
            finish_interview(group, early, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="interview_in_future"):
            finish_interview(group, late, by=cast.centre, at=cast.at)
    prepared(cast, group)
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused, match="invited_in_future"):
            invite(group, late, "uk", by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="invited_after_interview"):
            invite(group, cast.day, "uk", by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="leaflet_language_unknown"):
            invite(group, HELD_ON, "ar", by=cast.centre, at=cast.at)


def test_a_finished_interview_takes_no_more_answers(cast: Cast) -> None:
    group = interviewed(cast, kovalenko())
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        with pytest.raises(Refused, match="interview_is_finished"):
            save_answers(group, olena, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="interview_is_finished"):
            finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
    with scope(cast.imdi, cast.day), pytest.raises(NotAllowed):
        finish_interview(group, HELD_ON, by=cast.imdi, at=cast.at)


@pytest.mark.req("SET-02")
def test_a_new_time_asks_for_a_new_invitation(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    prepared(cast, group)
    with scope(cast.centre, cast.day):
        interview = Interview.objects.get(subject_id=group)
        assert interview.planned_at is not None
        same = InterviewPlan(interview.planned_at, interview.place, "uk", "came_not")
        assert plan_interview(group, same, by=cast.centre, at=cast.at).invited_on is not None
        later = InterviewPlan(interview.planned_at + timedelta(days=1), interview.place, "uk", "booked")
        assert plan_interview(group, later, by=cast.centre, at=cast.at).invited_on is None


@pytest.mark.req("SET-02")
def test_information_is_given_in_a_language_that_they_understand(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        people = members_by_name(group, cast.day)
        both = [people["Olena"].subject_id, people["Andrij"].subject_id]
        told = Information(InformationMode.GROUP, "en", cast.day, "Kari Nordmann")
        with pytest.raises(Refused, match="language_not_understood") as refused:
            give_information(group, both, told, by=cast.centre, at=cast.at)
        assert refused.value.params == {"names": "Andrij"}
        give_information(group, both[:1], told, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="information_to_nobody"):
            give_information(group, [], told, by=cast.centre, at=cast.at)
        tomorrow = Information(InformationMode.GROUP, "uk", cast.day + timedelta(days=1), "Kari Nordmann")
        with pytest.raises(Refused, match="information_in_future"):
            give_information(group, both, tomorrow, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-04")
@pytest.mark.parametrize(("planned", "held"), [(13, 14), (14, 13)])
def test_a_talk_on_another_side_of_a_birthday_than_was_planned_is_planned_anew(
    cast: Cast, planned: int, held: int
) -> None:
    group = with_grown_daughter(cast, planned)
    with scope(cast.centre, cast.day):
        with pytest.raises(Refused) as refused:
            finish_interview(group, date(2024, 3, held), by=cast.centre, at=cast.at)
        assert (refused.value.code, refused.value.field) == ("planned_for_another_age", "held_on")
        assert sentence_for(refused.value).startswith("Sofia har en annen alder")


@pytest.mark.req("SET-04")
def test_once_it_is_planned_for_the_day_that_it_was_held_it_is_registered(cast: Cast) -> None:
    group = with_grown_daughter(cast, 13)
    with scope(cast.centre, cast.day):
        planned_for(cast, group, 14)
        asked_and_heard(cast, group)
        finish_interview(group, cast.day, by=cast.centre, at=cast.at)
        assert Interview.objects.get(subject_id=group).held_on == cast.day


def with_grown_daughter(cast: Cast, planned: int) -> int:
    """Olena and Sofia, who is 18 on 14 March; the talk is planned for a day in March."""
    daughter, parent = person("Sofia", born=date(2006, 3, 14)), NewRelation(0, RelationKind.PARENT, 1)
    group = due_for_interview(cast, replace(kovalenko(), persons=(person("Olena"), daughter), relations=(parent,)))
    prepared(cast, group)
    with scope(cast.centre, cast.day):
        planned_for(cast, group, planned)
    return group


def planned_for(cast: Cast, group: int, day: int) -> None:
    """A day in March is arranged, and they are invited."""
    plan = InterviewPlan(datetime(2024, 3, day, 8, tzinfo=UTC), "Møterom 2", "uk", "booked")
    plan_interview(group, plan, by=cast.centre, at=cast.at)
    invite(group, date(2024, 3, 7), "uk", by=cast.centre, at=cast.at)
