"""Members who have died or left on their own: nobody is asked about them, and no place is asked for."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError
from django.urls import reverse

from fotfeste.access.public import NeedReason
from fotfeste.accommodation.public import DepartureReason, gone_of, register_departure, where_now
from fotfeste.kernel.errors import NotFound, Refused
from fotfeste.platform.acts import act
from fotfeste.platform.scope import scope
from fotfeste.platform.sentences import sentence_for
from fotfeste.registry.public import StatusKind, add_member, members_of, remove_member
from fotfeste.settlement.domain.types import InformationMode
from fotfeste.settlement.models import InformationGiven, SettlementCase, SettlementRequest
from fotfeste.settlement.public import finish_interview, save_answers
from fotfeste.settlement.queries.composition import composition
from fotfeste.settlement.queries.load import load_of_all
from fotfeste.worklist.public import open_tasks_about
from tests.actions.settlement.stage import depart, family, queued, requested, state_of, with_journey
from tests.as_owner import every_need
from tests.conftest import Cast
from tests.settlement_steps import (
    DECLINED,
    HELD_ON,
    PLAIN_ANSWERS,
    asked_and_heard,
    due_for_interview,
    members_by_name,
    permitted,
    placed,
    prepared,
    registered,
)
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = pytest.mark.django_db


def without_andrij(cast: Cast, group: int, reason: DepartureReason = DepartureReason.DECEASED) -> int:
    """Andrij has left the household's centre for good; his key."""
    with scope(cast.centre, cast.day):
        andrij = members_by_name(group, cast.day)["Andrij"].subject_id
    leave(cast, group, [andrij], reason)
    return andrij


def leave(cast: Cast, group: int, persons: list[int], reason: DepartureReason) -> None:
    """They leave Voss, with an address where the reason has one."""
    where = ("Kirkegata 1", "7600") if reason is DepartureReason.PRIVATE_ADDRESS else ()
    with scope(cast.centre, cast.day):
        register_departure(group, persons, cast.day, reason, *where, by=cast.centre, at=cast.at)


def with_ivan_at_raade(cast: Cast, group: int) -> int:
    """Ivan, who lives at Råde, becomes a member; his key. Voss sees him, Råde none of the others."""
    ivan = replace(family().persons[0], given_name="Ivan")
    alone = placed(cast, registered(cast, replace(family(), persons=(ivan,))), cast.other_centre)
    with scope(cast.udi, cast.day):
        [person] = [member.subject_id for member in members_of(alone, cast.day)]
        add_member(group, person, cast.day, by=cast.udi, at=cast.at)
    return person


def case_of(cast: Cast, group: int) -> SettlementCase:
    """The household's newest case."""
    with scope(cast.udi, cast.day):
        return SettlementCase.objects.filter(subject_id=group).latest("pk")


@pytest.mark.req("SET-02")
@pytest.mark.parametrize("reason", [DepartureReason.DECEASED, DepartureReason.PRIVATE_ADDRESS])
def test_an_interview_is_finished_without_who_is_gone(cast: Cast, reason: DepartureReason) -> None:
    group = due_for_interview(cast, family())
    andrij = without_andrij(cast, group, reason)
    assert case_of(cast, group).size == 3
    with logged_in(cast, cast.centre) as client:
        form = client.get(reverse("give_information", args=[reference_of(group)])).content.decode()
        assert "Olena" in form
        assert f'value="{andrij}"' not in form
    with scope(cast.centre, cast.day), pytest.raises(NotFound):
        save_answers(group, andrij, dict.fromkeys(PLAIN_ANSWERS, DECLINED), by=cast.centre, at=cast.at)
    prepared(cast, group)
    asked_and_heard(cast, group)
    with scope(cast.centre, cast.day):
        finish_interview(group, HELD_ON, by=cast.centre, at=cast.at)
    assert (state_of(cast, group), case_of(cast, group).size) == ("queued", 3)


@pytest.mark.req("SET-08")
def test_a_municipality_is_asked_for_no_place_for_who_has_left(cast: Cast) -> None:
    group = queued(cast)
    without_andrij(cast, group, DepartureReason.LEFT_COUNTRY)
    requested(cast, group)
    with scope(cast.imdi, cast.day):
        assert SettlementRequest.objects.get(subject_id=group).size == 3


@pytest.mark.req("SET-01")
def test_who_is_placed_again_is_counted_again(cast: Cast) -> None:
    group = queued(cast)
    without_andrij(cast, group, DepartureReason.NO_ADDRESS)
    assert case_of(cast, group).size == 3
    placed(cast, group, from_on=cast.day)
    assert case_of(cast, group).size == 4


@pytest.mark.req("ACC-04")
@pytest.mark.req("ACC-04")
def test_the_dead_are_neither_moved_nor_settled_nor_counted(cast: Cast) -> None:
    group = with_journey(cast, queued(cast))
    without_andrij(cast, group)
    placed(cast, group, cast.other_centre, cast.day)
    with scope(cast.udi, cast.day):
        andrij = members_by_name(group, cast.day)["Andrij"]
        assert andrij.subject_id not in where_now([andrij.subject_id], cast.day)
        case = SettlementCase.objects.get(subject_id=group)
    assert (case.size, case.centre_id) == (3, cast.other_centre.organisation_id)
    with scope(cast.other_centre, cast.day):
        living = [m.subject_id for m in members_of(group, cast.day) if m.subject_id != andrij.subject_id]
        how = (cast.day, DepartureReason.AGREED_SETTLEMENT, "Kirkegata 1", "7600")
        register_departure(group, living, *how, is_meant=True, by=cast.other_centre, at=cast.at)
    with scope(cast.udi, cast.day):
        statuses = {name: member.current_status for name, member in members_by_name(group, cast.day).items()}
    assert statuses.pop("Andrij") != StatusKind.SETTLED
    assert set(statuses.values()) == {StatusKind.SETTLED}
    load = load_of_all(cast.day.year, cast.day)[cast.municipality.organisation_id]
    assert (load.settled, load.promised) == (3, 0)


def test_when_all_have_left_the_dead_are_not_counted_with_them(cast: Cast) -> None:
    group = queued(cast)
    without_andrij(cast, group)
    depart(cast, group, DepartureReason.LEFT_COUNTRY, persons=living_of(cast, group))
    with scope(cast.udi, cast.day):
        assert composition(group, cast.day)["size"] == 3


def living_of(cast: Cast, group: int) -> list[int]:
    """All but Andrij."""
    with scope(cast.udi, cast.day):
        return [m.subject_id for name, m in members_by_name(group, cast.day).items() if name != "Andrij"]


def test_a_departure_at_one_centre_leaves_the_others_tasks_case_and_count_alone(cast: Cast) -> None:
    group = queued(cast)
    ivan = with_ivan_at_raade(cast, group)
    with scope(cast.udi, cast.day):
        beds = {("assign_beds", cast.centre.organisation_id), ("assign_beds", cast.other_centre.organisation_id)}
        assert beds <= set(open_tasks_about(group).values_list("kind", "organisation_id"))
    with scope(cast.other_centre, cast.day):
        register_departure(group, [ivan], cast.day, DepartureReason.DECEASED, by=cast.other_centre, at=cast.at)
    with scope(cast.udi, cast.day):
        tasks = set(open_tasks_about(group).filter(kind="assign_beds").values_list("organisation_id", flat=True))
        assert tasks == {cast.centre.organisation_id}
    case = case_of(cast, group)
    assert (case.state, case.size, case.centre_id) == ("queued", 4, cast.centre.organisation_id)


@pytest.mark.req("ACC-04", "SET-01")
def test_when_the_last_at_one_centre_leave_the_case_goes_to_where_others_still_live(cast: Cast) -> None:
    group = queued(cast)
    ivan = with_ivan_at_raade(cast, group)
    permitted(cast, group, ["Ivan"], cast.day)
    with scope(cast.udi, cast.day):
        at_voss = [each.subject_id for each in members_of(group, cast.day) if each.subject_id != ivan]
    leave(cast, group, at_voss, DepartureReason.NO_ADDRESS)
    case = case_of(cast, group)
    assert (case.state, case.size, case.centre_id) == ("queued", 1, cast.other_centre.organisation_id)
    known = every_need().filter(subject_id=group, reason=NeedReason.LIVES_HERE, ended_at__isnull=True)
    assert [need.organisation_id for need in known] == [cast.other_centre.organisation_id]


@pytest.mark.req("REG-02")
def test_a_member_taken_out_leaves_every_centre_its_household(cast: Cast) -> None:
    group = queued(cast)
    ivan = with_ivan_at_raade(cast, group)
    permitted(cast, group, ["Ivan"], cast.day)
    with scope(cast.udi, cast.day):
        alone = remove_member(group, ivan, cast.day, by=cast.udi, at=cast.at)
        assert where_now([group, alone.pk], cast.day)[group].people == 4
    known = every_need().filter(subject_id=group, reason=NeedReason.LIVES_HERE, ended_at__isnull=True)
    assert [need.organisation_id for need in known] == [cast.centre.organisation_id]


@pytest.mark.req("ACC-04")
def test_a_row_outside_the_fence_is_refused_with_a_sentence_and_a_lacking_right_is_not(cast: Cast) -> None:
    group = due_for_interview(cast, family())
    andrij = without_andrij(cast, group)

    @act
    def write_about(person: int) -> None:
        InformationGiven.objects.create(
            subject_id=person,
            case=case_of(cast, group),
            mode=InformationMode.GROUP,
            language="uk",
            given_on=date(2024, 3, 6),
            given_by_name="Kari",
            recorded_at=cast.at,
            recorded_by_id=cast.centre.user_id,
            reported_by_id=cast.centre.organisation_id,
        )

    @act
    def forget_everything() -> None:
        InformationGiven.objects.raw("DELETE FROM platform_event RETURNING id")[0]

    with scope(cast.centre, cast.day):
        with pytest.raises(Refused) as refused:
            write_about(andrij)
        assert refused.value.code == "outside_the_fence"
        assert "ikke har ansvar" in sentence_for(refused.value)
        with pytest.raises(DatabaseError):
            forget_everything()


@pytest.mark.req("ACC-04")
@pytest.mark.parametrize("reason", [DepartureReason.DECEASED, DepartureReason.LEFT_COUNTRY])
def test_who_leaves_on_the_very_day_of_arrival_is_gone_like_the_others(cast: Cast, reason: DepartureReason) -> None:
    group = permitted(cast, placed(cast, registered(cast, family()), from_on=cast.day))
    andrij = without_andrij(cast, group, reason)
    with scope(cast.udi, cast.day):
        assert gone_of(group, cast.day) == {andrij}
        assert SettlementCase.objects.get(subject_id=group).size == 3


@pytest.mark.req("ACC-04")
def test_who_comes_back_on_the_same_day_is_not_gone(cast: Cast) -> None:
    group = permitted(cast, placed(cast, registered(cast, family()), from_on=cast.day))
    without_andrij(cast, group, DepartureReason.NO_ADDRESS)
    placed(cast, group, from_on=cast.day)
    with scope(cast.udi, cast.day):
        assert gone_of(group, cast.day) == frozenset()
        assert SettlementCase.objects.get(subject_id=group).size == 4
