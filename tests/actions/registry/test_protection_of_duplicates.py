"""A protected household, and somebody who may be the same person as one of them. REG-03, REG-08."""

import pytest

from fotfeste.access.models import Protection
from fotfeste.access.public import ProtectionLevel, Role
from fotfeste.kernel.errors import Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import (
    PlacementGroup,
    answer_duplicate,
    members_of,
    name_follower,
    protect_household,
    register_group,
)
from fotfeste.worklist.public import Task, hand_over_task, open_tasks_about, open_tasks_for, take_task
from tests.actions.access.stage import employment_of, user_administrator
from tests.actions.registry.test_protection import colleague, reference_of, sees
from tests.actions.settlement.stage import family, queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-08")]


def is_asked_to_name(cast: Cast, household: int) -> bool:
    """Whether the centre is asked to name somebody for a household."""
    by = cast.centre_administrator
    with scope(by, cast.day):
        return Task.objects.filter(
            kind="name_follower", subject_id=household, organisation_id=by.organisation_id, closed_at=None
        ).exists()


def pair(cast: Cast) -> tuple[PlacementGroup, PlacementGroup]:
    """The Kovalenkos, who live at Voss, and the same family registered anew."""
    first = queued(cast)
    with scope(cast.registrar, cast.day):
        again = register_group(family(), by=cast.registrar, at=cast.at)
        return PlacementGroup.objects.get(pk=first), again


def protect(cast: Cast, household: int) -> None:
    """UDI protects its address today."""
    with scope(cast.udi, cast.day):
        protect_household(household, ProtectionLevel.CONFIDENTIAL, cast.day, by=cast.udi, at=cast.at)


def test_whoever_has_to_do_with_the_kept_record_is_asked_to_name_somebody_when_the_other_was_protected(
    cast: Cast,
) -> None:
    at_voss, again = pair(cast)
    protect(cast, again.pk)
    assert not is_asked_to_name(cast, at_voss.pk)
    with scope(cast.udi, cast.day):
        kept, dropped = (members_of(group.pk, cast.day)[0].subject_id for group in (at_voss, again))
        answer_duplicate(kept, dropped, keep_id=kept, by=cast.udi, at=cast.at)
        assert Protection.objects.current().filter(subject_id=at_voss.pk).exists()
    assert not sees(cast.centre, at_voss.pk, cast.day)
    assert is_asked_to_name(cast, at_voss.pk)
    by = cast.centre_administrator
    with scope(by, cast.day):
        name_follower(reference_of(at_voss.pk), employment_of(cast.centre).reference, by=by, at=cast.at)
    assert sees(cast.centre, at_voss.pk, cast.day)
    assert not is_asked_to_name(cast, at_voss.pk)


def asked_of(cast: Cast, by: Viewer, *households: PlacementGroup) -> list[bool]:
    """Of which of the households somebody sees the question whether one of them is registered twice."""
    with scope(by, cast.day):
        return [open_tasks_about(each.pk).filter(kind="answer_duplicates").exists() for each in households]


def test_a_question_from_before_goes_to_the_protected_household_where_only_the_named_see_it(cast: Cast) -> None:
    at_voss, again = pair(cast)
    outsider = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    assert asked_of(cast, outsider, at_voss, again) == [False, True]
    protect(cast, at_voss.pk)
    assert asked_of(cast, outsider, at_voss, again) == [False, False]
    assert asked_of(cast, cast.udi, at_voss, again) == [True, False]
    with scope(cast.udi, cast.day):
        for kept, dropped in zip(members_of(at_voss.pk, cast.day), members_of(again.pk, cast.day), strict=True):
            answer_duplicate(kept.subject_id, dropped.subject_id, keep_id=kept.subject_id, by=cast.udi, at=cast.at)
    assert asked_of(cast, cast.udi, at_voss, again) == [False, False]


def test_a_question_of_somebody_else_too_stays_where_it_was(cast: Cast) -> None:
    at_voss, again = pair(cast)
    with scope(cast.registrar, cast.day):
        third = register_group(family(), by=cast.registrar, at=cast.at)
    outsider = colleague(cast.udi, Role.UDI_CASEWORKER, "udi-2")
    protect(cast, at_voss.pk)
    assert asked_of(cast, outsider, at_voss, again, third) == [False, True, True]
    protect(cast, third.pk)
    assert asked_of(cast, outsider, at_voss, again, third) == [False, False, False]


def test_a_task_that_somebody_had_who_is_not_named_is_free_again(cast: Cast) -> None:
    at_voss, _ = pair(cast)
    outsider = colleague(cast.imdi, Role.IMDI_CASEWORKER, "imdi-2")
    with scope(outsider, cast.day):
        task = open_tasks_about(at_voss.pk).filter(organisation_id=outsider.organisation_id).earliest("pk")
        take_task(task.reference, by=outsider, at=cast.at)
    protect(cast, at_voss.pk)
    with scope(cast.udi, cast.day):
        assert Task.objects.get(pk=task.pk).taken_by_id is None


def test_a_task_of_theirs_is_handed_over_to_somebody_named_and_to_nobody_else(cast: Cast) -> None:
    at_voss, _ = pair(cast)
    protect(cast, at_voss.pk)
    by, mate = user_administrator(cast.imdi), colleague(cast.imdi, Role.IMDI_CASEWORKER, "imdi-2")
    with scope(by, cast.day):
        name_follower(reference_of(at_voss.pk), employment_of(cast.imdi).reference, by=by, at=cast.at)
    with scope(cast.imdi, cast.day):
        task = open_tasks_about(at_voss.pk).filter(organisation_id=mate.organisation_id).earliest("pk")
        take_task(task.reference, by=cast.imdi, at=cast.at)
        with pytest.raises(Refused, match="task_of_protected"):
            hand_over_task(task.reference, to_user_id=mate.user_id, by=cast.imdi, at=cast.at)
    with scope(by, cast.day):
        name_follower(reference_of(at_voss.pk), employment_of(mate).reference, by=by, at=cast.at)
    with scope(cast.imdi, cast.day):
        assert (
            hand_over_task(task.reference, to_user_id=mate.user_id, by=cast.imdi, at=cast.at).taken_by_id
            == mate.user_id
        )


def test_to_name_somebody_is_taken_by_nobody_and_handed_to_nobody(cast: Cast) -> None:
    at_voss, _ = pair(cast)
    protect(cast, at_voss.pk)
    by = user_administrator(cast.imdi)
    with scope(by, cast.day):
        [task] = open_tasks_for(by, cast.day)
        assert task.kind == "name_follower"
        for given in (by.user_id, cast.imdi.user_id, None):
            with pytest.raises(Refused, match="task_is_shared"):
                hand_over_task(task.reference, to_user_id=given, by=by, at=cast.at)
        with pytest.raises(Refused, match="task_is_shared"):
            take_task(task.reference, by=by, at=cast.at)
        [task] = open_tasks_for(by, cast.day)
        assert task.taken_by_id is None
