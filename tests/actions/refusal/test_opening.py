"""A refusal opens with the no of those who live at a centre, and is none where the no never was."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from fotfeste.accommodation.public import DepartureReason, annul_departure
from fotfeste.platform.scope import scope
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.models import Refusal, RefusalEvent
from fotfeste.refusal.public import plan_of, refusal_of
from fotfeste.settlement.public import annul_refusal
from fotfeste.worklist.public import Task
from tests.actions.settlement.stage import depart, open_kinds, queued, refused
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.settlement_steps import members_by_name

pytestmark = [pytest.mark.django_db, pytest.mark.req("REF-01")]


def the_refusal(cast: Cast, group: int) -> Refusal:
    """As UDI sees it."""
    with scope(cast.udi, cast.day):
        found = refusal_of(group)
    assert found is not None
    return found


def test_a_no_opens_it_told_to_imdi_and_udi_by_their_tasks(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    refusal = the_refusal(cast, group)
    assert (refusal.cause, refusal.opened_on, refusal.organisation_id) == (
        "declined",
        cast.day,
        cast.municipality.organisation_id,
    )
    assert open_kinds(cast, group) == {
        ("follow_refusal", cast.imdi.organisation_id),
        ("refusal_talk", cast.centre.organisation_id),
        ("refusal_first_letter", cast.udi.organisation_id),
    }
    with scope(cast.udi, cast.day):
        members = members_by_name(group, cast.day)
        plan = plan_of(refusal, cast.day)
        task = Task.objects.get(kind="refusal_first_letter")
    assert sorted(refusal.persons) == sorted(each.subject_id for each in members.values())
    assert (plan.step, plan.offer_stands, plan.imdi_deadline) == ("opened", True, None)
    assert {each for each, _ in plan.of_age_on} == {str(members[name].subject_id) for name in ("Sofia", "Danylo")}
    assert (task.due_on, task.cause) == (None, "settlement.decline_offer")
    told = every_event().get(type="refusal.reported")
    assert (told.subject_id, told.object_id, told.holds_on) == (group, refusal.pk, cast.day)


def test_it_is_none_where_the_no_was_registered_by_mistake(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    with scope(cast.imdi, cast.day):
        annul_refusal(group, reason="wrong_choice", by=cast.imdi, at=cast.at + timedelta(hours=1))
    with scope(cast.udi, cast.day):
        assert refusal_of(group) is None
    assert open_kinds(cast, group) == {("register_offer_answer", cast.centre.organisation_id)}
    assert every_event().filter(type="refusal.annulled").count() == 1


@pytest.mark.req("REF-03")
def test_who_leaves_the_centre_has_left_it_and_is_back_if_they_never_left(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    with scope(cast.udi, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
    depart(cast, group, DepartureReason.REFUSED_AND_MOVED, persons=[olena])
    refusal = the_refusal(cast, group)
    with scope(cast.udi, cast.day):
        plan = plan_of(refusal, cast.day)
    assert [(name, event.kind) for name, event in plan.out] == [(str(olena), Happening.MOVED_OUT)]
    assert len(plan.in_process) == 3
    with scope(cast.centre, cast.day):
        annul_departure(group, [olena], reason="wrong_choice", by=cast.centre, at=cast.at + timedelta(hours=1))
    with scope(cast.udi, cast.day):
        assert plan_of(refusal, cast.day).out == ()
        assert len(RefusalEvent.objects.filter(kind="moved_out")) == 1


def test_udi_closes_when_everybody_has_left(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    depart(cast, group, DepartureReason.REFUSED_AND_MOVED)
    assert ("refusal_close", cast.udi.organisation_id) in open_kinds(cast, group)


@pytest.mark.req("ACS-01")
def test_the_municipality_sees_that_it_is_asked_and_no_letters_or_talks(cast: Cast) -> None:
    group = refused(cast, queued(cast))
    refusal = the_refusal(cast, group)
    with scope(cast.municipality, cast.day):
        assert refusal_of(group) == refusal
        assert not RefusalEvent.objects.exists()
        assert not Task.objects.filter(subject_id=group, kind__startswith="refusal_").exists()
    with scope(cast.other_municipality, cast.day):
        assert refusal_of(group) is None


def put(refusal: Refusal, cast: Cast, kind: str, resident: int | None, on: date) -> None:
    """Write a row past the rules, as UDI."""
    with scope(cast.udi, cast.day), transaction.atomic():
        RefusalEvent(
            refusal=refusal,
            subject_id=refusal.subject_id,
            resident_id=resident,
            kind=kind,
            holds_on=on,
            recorded_at=cast.at,
            reported_by_id=cast.udi.organisation_id,
        ).stored()


@pytest.mark.req("REF-02")
def test_the_database_refuses_a_letter_to_a_child_the_day_before_they_are_18_a_second_and_one_after_the_end(
    cast: Cast,
) -> None:
    group = refused(cast, queued(cast))
    refusal = the_refusal(cast, group)
    with scope(cast.udi, cast.day):
        members = members_by_name(group, cast.day)
    sofia, olena = members["Sofia"].subject_id, members["Olena"].subject_id
    with pytest.raises(DatabaseError, match="for adults"):
        put(refusal, cast, "first_letter", sofia, date(2028, 8, 8))
    put(refusal, cast, "first_letter", sofia, date(2028, 8, 9))
    put(refusal, cast, "first_letter", olena, cast.day)
    with pytest.raises(DatabaseError, match="once_for_each"):
        put(refusal, cast, "first_letter", olena, cast.day)
    with pytest.raises(DatabaseError, match="of_whom"):
        put(refusal, cast, "guardian_told", None, cast.day)
    with scope(cast.udi, cast.day):
        Refusal.objects.filter(pk=refusal.pk).update(closed_on=cast.day)
    with pytest.raises(DatabaseError, match="has ended"):
        put(refusal, cast, "eviction_notice", olena, cast.day)
