"""Somebody comes to a household after its interview: IMDi looks at it again, and the centre asks them."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewPerson, add_member, members_of, register_member
from fotfeste.settlement.domain.contents import Adaptation, BearsOn, ExtraNeeds, Pets, Question
from fotfeste.settlement.domain.types import AfterGrowth, Capability, InformationMode
from fotfeste.settlement.models import CaseNeed, SettlementCase, SettlementNote
from fotfeste.settlement.public import (
    Information,
    InterviewPlan,
    Participation,
    finish_supplement,
    give_information,
    plan_interview,
    register_offer_answer,
    register_participants,
    save_answers,
    see_household_again,
)
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import (
    accepted,
    depart,
    family,
    offered,
    open_kinds,
    queued,
    requested,
    with_journey,
)
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import (
    PLAIN_ANSWERS,
    answered,
    due_for_interview,
    members_by_name,
    placed,
    registered,
)

pytestmark = pytest.mark.django_db

AGAIN = "see_household_again"


def newcomer(given: str = "Iryna", born: date = date(1985, 1, 1)) -> NewPerson:
    """Somebody of the family who comes later."""
    return replace(family().persons[0], given_name=given, birth_date=born)


def joined(cast: Cast, group: int, given: str = "Iryna", born: date = date(1985, 1, 1)) -> int:
    """They are registered into the household today; their key."""
    with scope(cast.udi, cast.day):
        return register_member(group, newcomer(given, born), cast.day, by=cast.udi, at=cast.at)


def said(cast: Cast, group: int, outcome: AfterGrowth, reasoning: str = "") -> None:
    """IMDi has looked."""
    with scope(cast.imdi, cast.day):
        see_household_again(group, outcome=outcome, reasoning=reasoning, by=cast.imdi, at=cast.at)


def has_again(cast: Cast, group: int) -> bool:
    """Whether IMDi has it before it."""
    return (AGAIN, cast.imdi.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("SET-07")
@pytest.mark.parametrize("bring", [queued, lambda cast: requested(cast, queued(cast)),
                                   lambda cast: offered(cast, queued(cast)),
                                   lambda cast: accepted(cast, queued(cast)),
                                   lambda cast: with_journey(cast, queued(cast))])  # fmt: skip
def test_imdi_sees_a_household_again_when_somebody_has_come(cast: Cast, bring: object) -> None:
    group = bring(cast)  # type: ignore[operator]
    assert not has_again(cast, group)
    joined(cast, group, "Bebi", date(2024, 3, 10))
    assert has_again(cast, group)
    with scope(cast.imdi, cast.day):
        task = Task.objects.get(subject_id=group, kind=AGAIN, closed_at__isnull=True)
    assert (task.due_on, task.cause) == (cast.day, "settlement.household_grown")
    joined(cast, group, "Ded", date(1940, 3, 10))
    assert every_event().filter(type="settlement.household_grown").count() == 2
    assert has_again(cast, group)


def test_before_the_interview_the_newcomer_is_asked_with_the_others(cast: Cast) -> None:
    group = due_for_interview(cast, family())
    joined(cast, group)
    assert not has_again(cast, group)


def test_a_child_of_a_household_that_has_refused_is_nobodys_task(cast: Cast) -> None:
    group = offered(cast, queued(cast))
    joined(cast, group, "Bebi", date(2024, 3, 10))
    with scope(cast.centre, cast.day):
        register_offer_answer(
            group,
            accepts=False,
            answered_on=cast.day,
            answered_by_names="Olena",
            answer_language="uk",
            consequences_shown=True,
            by=cast.centre,
            at=cast.at,
        )
    assert not has_again(cast, group)


def test_who_comes_from_another_household_is_seen_too(cast: Cast) -> None:
    group = queued(cast)
    other = placed(cast, registered(cast, replace(family(), persons=(newcomer("Ivan"),))))
    with scope(cast.udi, cast.day):
        [ivan] = members_of(other, cast.day)
        add_member(group, ivan.subject_id, cast.day, by=cast.udi, at=cast.at)
    assert has_again(cast, group)


def test_it_goes_on_as_it_is_only_with_a_reason_that_the_centre_can_read(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    joined(cast, group)
    with pytest.raises(Refused, match="goes_on_needs_reason") as raised:
        said(cast, group, AfterGrowth.GOES_ON, "  ")
    assert raised.value.field == "reasoning"
    assert has_again(cast, group)
    said(cast, group, AfterGrowth.GOES_ON, "Et nyfødt barn trenger ingen samtale.")
    assert not has_again(cast, group)
    with scope(cast.centre, cast.day):
        [note] = SettlementNote.objects.filter(subject_id=group)
    assert (note.text, note.is_passed_on) == ("Et nyfødt barn trenger ingen samtale.", False)
    with scope(cast.municipality, cast.day):
        assert not SettlementNote.objects.filter(subject_id=group).exists()
    with pytest.raises(Refused, match="household_is_seen"):
        said(cast, group, AfterGrowth.GOES_ON, "En gang til.")


@pytest.mark.req("SET-03")
@pytest.mark.req("SET-10")
def test_those_who_came_are_asked_and_what_they_need_is_added(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    iryna = joined(cast, group)
    said(cast, group, AfterGrowth.SUPPLEMENT)
    assert ("supplement_interview", cast.centre.organisation_id) in open_kinds(cast, group)
    with scope(cast.centre, cast.day):
        task = Task.objects.get(subject_id=group, kind="supplement_interview")
        assert task.due_on == date(2024, 4, 2)  # 14 days are 28 March, Maundy Thursday: the next working day
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        with pytest.raises(NotFound):
            save_answers(group, olena, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="interview_is_finished"):
            plan_interview(group, InterviewPlan(cast.at, "M2", "uk", "booked"), by=cast.centre, at=cast.at)
        with pytest.raises(Refused, match="interview_incomplete"):
            finish_supplement(group, by=cast.centre, at=cast.at)
        lift = Adaptation(
            is_needed=True,
            description="Rullestol",
            bears_on=(BearsOn.HOUSING,),
            extra=ExtraNeeds(needs_adapted_housing=True),
        )
        told = Information(InformationMode.INDIVIDUAL, "uk", cast.day, "Kari")
        give_information(group, [iryna], told, by=cast.centre, at=cast.at)
        answers = PLAIN_ANSWERS | {Question.ADAPTATION: answered(lift)}
        save_answers(group, iryna, answers, by=cast.centre, at=cast.at)
        finish_supplement(group, by=cast.centre, at=cast.at)
        case = SettlementCase.objects.get(subject_id=group)
        assert (case.state, case.size, case.interview.held_on) == ("requested", 5, date(2024, 3, 13))
        needs = list(CaseNeed.objects.current().filter(case=case).values_list("capability", flat=True))
        assert needs == [Capability.ADAPTED_HOUSING]
        with pytest.raises(Refused, match="interview_is_finished"):
            save_answers(group, iryna, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
    assert has_again(cast, group)  # what the municipality was asked for is more now
    with pytest.raises(Refused, match="nobody_is_unasked"):
        said(cast, group, AfterGrowth.SUPPLEMENT)


def test_a_need_that_is_known_is_not_added_twice(cast: Cast) -> None:
    group = queued(cast, has_pets=True)
    iryna = joined(cast, group)
    said(cast, group, AfterGrowth.SUPPLEMENT)
    with scope(cast.centre, cast.day):
        told = Information(InformationMode.INDIVIDUAL, "uk", cast.day, "Kari")
        give_information(group, [iryna], told, by=cast.centre, at=cast.at)
        cat = {Question.PETS: answered(Pets(has_pets=True, description="En katt"))}
        save_answers(group, iryna, PLAIN_ANSWERS | cat, by=cast.centre, at=cast.at)
        finish_supplement(group, by=cast.centre, at=cast.at)
        assert CaseNeed.objects.current().filter(subject_id=group).count() == 1


def test_a_child_who_came_is_heard(cast: Cast) -> None:
    group = queued(cast)
    bebi = joined(cast, group, "Bebi", date(2024, 3, 10))
    said(cast, group, AfterGrowth.SUPPLEMENT)
    with scope(cast.centre, cast.day):
        plain = {Question.ADAPTATION: PLAIN_ANSWERS[Question.ADAPTATION]}
        save_answers(group, bebi, plain, by=cast.centre, at=cast.at)
        register_participants(group, {bebi: Participation(was_heard=True)}, by=cast.centre, at=cast.at)
        finish_supplement(group, by=cast.centre, at=cast.at)


def test_the_task_of_asking_moves_with_the_household(cast: Cast) -> None:
    group = queued(cast)
    joined(cast, group)
    said(cast, group, AfterGrowth.SUPPLEMENT)
    placed(cast, group, cast.other_centre, cast.day)
    kinds = open_kinds(cast, group)
    assert ("supplement_interview", cast.other_centre.organisation_id) in kinds
    assert ("supplement_interview", cast.centre.organisation_id) not in kinds


def test_nothing_of_it_is_left_when_the_household_is_settled(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    with scope(cast.centre, cast.day):
        four = [member.subject_id for member in members_of(group, cast.day)]
    joined(cast, group)
    said(cast, group, AfterGrowth.SUPPLEMENT)
    joined(cast, group, "Bebi", date(2024, 3, 10))
    depart(cast, group, persons=four)
    kinds = {kind for kind, _whose in open_kinds(cast, group)}
    assert not kinds & {AGAIN, "supplement_interview"}


def test_only_imdi_says_it(cast: Cast) -> None:
    group = queued(cast)
    joined(cast, group)
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        see_household_again(group, outcome=AfterGrowth.SUPPLEMENT, by=cast.centre, at=cast.at)
