"""The case opens on the permit, for the whole household, and follows it from centre to centre."""

from datetime import date

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.platform.scope import scope
from fotfeste.registry.public import add_member, members_of, remove_member
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.public import close_case, register_offer_answer
from fotfeste.worklist.public import Task
from tests.actions.registry.families import alone as alone_group
from tests.actions.registry.families import kovalenko, minor_alone, person
from tests.actions.settlement import stage
from tests.as_owner import every_event, every_need
from tests.conftest import Cast
from tests.settlement_steps import PERMIT_ON, due_for_interview, interviewed, permitted, placed, registered

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-01")
def test_a_permit_for_one_parent_opens_the_case_of_the_whole_family(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko(), ["Olena"])
    with scope(cast.centre, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        told = (case.state, case.size, case.has_minors_on(cast.day), case.is_unaccompanied_on(cast.day))
        assert told == ("interview_due", 4, True, False)
        assert (case.due_since_on, case.centre_id) == (PERMIT_ON, cast.centre.organisation_id)
        task = Task.objects.get(subject_id=group, kind="hold_interview")
    # 14 days after 4 March 2024 is a Monday.
    assert (task.organisation_id, task.due_on) == (cast.centre.organisation_id, date(2024, 3, 18))
    with scope(cast.imdi, cast.day):
        assert len(members_of(group, cast.day)) == 4
    reasons = every_need().filter(organisation_id=cast.imdi.organisation_id).values_list("reason", flat=True)
    assert list(reasons) == [NeedReason.SETTLEMENT_CASE] * 5
    event = every_event().get(type="settlement.case_opened")
    assert (event.subject_id, event.to_state, event.holds_on) == (group, "interview_due", PERMIT_ON)


def test_the_second_parents_permit_opens_no_second_case(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko(), ["Olena"])
    permitted(cast, group, ["Andrij"], date(2024, 3, 12))
    with scope(cast.centre, cast.day):
        assert SettlementCase.objects.filter(subject_id=group).count() == 1
        assert Task.objects.filter(subject_id=group, kind="hold_interview").count() == 1


@pytest.mark.req("SET-06")
def test_an_unaccompanied_minors_case_is_marked(cast: Cast) -> None:
    group = due_for_interview(cast, minor_alone())
    with scope(cast.centre, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
    assert (case.size, case.has_minors_on(cast.day), case.is_unaccompanied_on(cast.day)) == (1, True, True)


def test_an_adult_alone_has_no_minors(cast: Cast) -> None:
    group = due_for_interview(cast, alone_group(person("Oleh", "Bondar")))
    with scope(cast.centre, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
    assert (case.size, case.has_minors_on(cast.day), case.is_unaccompanied_on(cast.day)) == (1, False, False)


@pytest.mark.req("SET-01")
def test_a_household_that_stays_nowhere_gets_its_interview_when_it_is_placed(cast: Cast) -> None:
    group = permitted(cast, registered(cast, kovalenko()))
    with scope(cast.udi, cast.day):
        assert not Task.objects.filter(subject_id=group, kind="hold_interview").exists()
        assert SettlementCase.objects.get(subject_id=group).centre_id is None
    placed(cast, group, from_on=date(2024, 3, 11))
    with scope(cast.centre, cast.day):
        assert SettlementCase.objects.get(subject_id=group).centre_id == cast.centre.organisation_id
        task = Task.objects.get(subject_id=group, kind="hold_interview")
    assert (task.organisation_id, task.due_on) == (cast.centre.organisation_id, date(2024, 3, 25))


def test_a_move_takes_the_interview_to_the_new_centre(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    placed(cast, group, cast.other_centre, date(2024, 3, 12))
    with scope(cast.other_centre, cast.day):
        case = SettlementCase.objects.get(subject_id=group)
        task = Task.objects.get(subject_id=group, kind="hold_interview", closed_at__isnull=True)
        former = Task.objects.get(subject_id=group, kind="hold_interview", closed_at__isnull=False)
    assert case.centre_id == task.organisation_id == cast.other_centre.organisation_id
    assert task.due_on == date(2024, 3, 26)  # counted anew from the day they came
    assert (former.outcome, former.organisation_id) == ("void", cast.centre.organisation_id)


def test_a_move_after_the_interview_opens_no_new_interview(cast: Cast) -> None:
    group = interviewed(cast, kovalenko())
    placed(cast, group, cast.other_centre, date(2024, 3, 14))
    with scope(cast.other_centre, cast.day):
        assert not Task.objects.filter(subject_id=group, kind="hold_interview", closed_at__isnull=True).exists()
        assert SettlementCase.objects.get(subject_id=group).centre_id == cast.other_centre.organisation_id


def test_a_status_that_is_no_permit_opens_nothing(cast: Cast) -> None:
    group = placed(cast, registered(cast, kovalenko()))
    with scope(cast.udi, cast.day):
        assert not SettlementCase.objects.filter(subject_id=group).exists()


def test_a_spouse_with_a_permit_brings_the_case_to_a_household_without_one(cast: Cast) -> None:
    family = placed(cast, registered(cast, kovalenko()))
    spouse_group = due_for_interview(cast, alone_group(person("Petro")))
    with scope(cast.centre, cast.day):
        (petro,) = members_of(spouse_group, cast.day)
        add_member(family, petro.subject_id, cast.day, by=cast.centre, at=cast.at)
        case = SettlementCase.objects.get(subject_id=family)
        told = (case.state, case.size, case.has_minors_on(cast.day), case.due_since_on)
        assert told == ("interview_due", 5, True, PERMIT_ON)
        assert Task.objects.get(subject_id=family, kind="hold_interview", closed_at__isnull=True)
        # The household that nobody belongs to any more needs no municipality.
        assert SettlementCase.objects.get(subject_id=spouse_group).state == "closed"
        assert not Task.objects.filter(subject_id=spouse_group, closed_at__isnull=True).exists()


def test_somebody_who_joins_and_leaves_changes_the_size_of_the_case(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko())
    grandmother = placed(cast, registered(cast, alone_group(person("Halyna", born=date(1950, 1, 1)))))
    with scope(cast.centre, cast.day):
        (halyna,) = members_of(grandmother, cast.day)
        add_member(group, halyna.subject_id, cast.day, by=cast.centre, at=cast.at)
        assert SettlementCase.objects.get(subject_id=group).size == 5
    with scope(cast.udi, cast.day):
        andrij = next(member for member in members_of(group, cast.day) if member.given_name == "Andrij")
        alone = remove_member(group, andrij.subject_id, cast.day, by=cast.udi, at=cast.at)
        assert SettlementCase.objects.get(subject_id=group).size == 4
        # He has his own permit, and so his own way to a municipality.
        assert SettlementCase.objects.get(subject_id=alone.pk).size == 1


def test_a_permit_after_the_case_was_closed_opens_another(cast: Cast) -> None:
    group = due_for_interview(cast, kovalenko(), ["Olena"])
    with scope(cast.centre, cast.day):
        close_case(group, reason="own_way", by=cast.centre, at=cast.at)
    permitted(cast, group, ["Andrij"], date(2024, 3, 12))
    with scope(cast.centre, cast.day):
        states = SettlementCase.objects.filter(subject_id=group).order_by("pk").values_list("state", flat=True)
        assert list(states) == ["closed", "interview_due"]


@pytest.mark.req("SET-08")
def test_a_permit_after_a_refused_offer_opens_no_second_case(cast: Cast) -> None:
    group = interviewed(cast, kovalenko(), ["Olena"])
    stage.decided("5037", 20, 2)
    stage.offered(cast, group)
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
    permitted(cast, group, ["Andrij"], date(2024, 3, 12))
    with scope(cast.centre, cast.day):
        assert SettlementCase.objects.get(subject_id=group).state == "refused"
