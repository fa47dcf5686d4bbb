"""The policy is changed by an act with a reason: a version more, which plans from its day on are weighed by."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from fotfeste.allocation.domain.policy import PartKind
from fotfeste.allocation.models import PolicyVersion
from fotfeste.allocation.public import change_policy
from fotfeste.allocation.queries.plans import policy_of
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.kernel.parameters import ParameterStatus, Value
from fotfeste.platform.models import Event
from fotfeste.platform.scope import scope
from tests.actions.allocation.stage import more_work, planned
from tests.actions.settlement.stage import queued
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("SET-15")]


def changed(cast: Cast, version: int = 0, *, later: int = 0, **values: Value) -> PolicyVersion:
    """IMDi changes the policy, `later` days from today on."""
    wished = more_work(cast.day + timedelta(days=later))
    wished = replace(wished, values=values or wished.values)
    with scope(cast.imdi, cast.day):
        return change_policy(wished, version=version, by=cast.imdi, at=cast.at)


def unsaved(cast: Cast, organisation_id: int, user_id: int) -> PolicyVersion:
    """A version that no act has made."""
    return PolicyVersion(
        organisation_id=organisation_id,
        policy_name="balanced",
        number=1,
        changes={},
        effective_from=cast.day,
        known_from=cast.day,
        source="x",
        status="demo",
        reason="x",
        changed_at=cast.at,
        changed_by_id=user_id,
    )


def weight(cast: Cast, kind: PartKind = PartKind.WORK, *, days: int = 0) -> int:
    with scope(cast.imdi, cast.day):
        return policy_for(cast.imdi.organisation_id, cast.day + timedelta(days=days)).weight(kind)


def test_a_change_stands_on_top_of_the_shipped_policy_and_says_who_why_and_from_where(cast: Cast) -> None:
    made = changed(cast)
    assert weight(cast) == 30
    assert (made.number, made.changes, made.reason) == (1, {"weight_work": 30}, "Flere skal i arbeid.")
    assert (made.changed_by_id, made.changed_at, made.known_from) == (cast.imdi.user_id, cast.at, cast.day)
    with scope(cast.imdi, cast.day):
        value = policy_for(cast.imdi.organisation_id, cast.day).parameters["weight_work"]
        assert Event.objects.get(type="allocation.policy_changed").object_id == made.pk
    assert (value.source, value.status, value.note) == (made.source, ParameterStatus.DEMO, made.reason)


def test_it_weighs_from_its_day_on_and_not_before(cast: Cast) -> None:
    changed(cast, later=10)
    assert [weight(cast, days=days) for days in (0, 9, 10, 400)] == [25, 25, 30, 30]


def test_two_changes_for_the_same_day_are_both_kept_and_the_later_one_counts(cast: Cast) -> None:
    changed(cast)
    changed(cast, 1, weight_work=28)
    assert weight(cast) == 28
    with scope(cast.imdi, cast.day):
        assert list(PolicyVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_who_saw_another_policy_is_told_that_it_has_been_changed(cast: Cast) -> None:
    changed(cast)
    with pytest.raises(Stale):
        changed(cast, 0, weight_spread=20)
    assert weight(cast, PartKind.SPREAD) == 10


def test_only_who_may_change_it_does(cast: Cast) -> None:
    for other in (cast.udi, cast.municipality, cast.centre):
        with scope(other, cast.day), pytest.raises(NotAllowed):
            change_policy(more_work(cast.day), version=0, by=other, at=cast.at)
    with scope(cast.udi, cast.day), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        unsaved(cast, cast.udi.organisation_id, cast.udi.user_id or 0).save()


def test_nobody_else_reads_it(cast: Cast) -> None:
    changed(cast)
    for other, expected in ((cast.imdi, 1), (cast.udi, 0), (cast.municipality, 0)):
        with scope(other, cast.day):
            assert PolicyVersion.objects.count() == expected


def test_it_is_not_changed_backwards(cast: Cast) -> None:
    with pytest.raises(Refused, match="policy_is_not_changed_backwards"):
        changed(cast, later=-1)


def test_a_change_that_breaks_a_later_one_is_refused(cast: Cast) -> None:
    changed(cast, later=10, weight_relations=32)
    with pytest.raises(Refused, match="ties_would_decide"):
        changed(cast, 1, weight_work=20)
    assert weight(cast) == 25


def test_what_holds_on_its_day_already_is_no_change(cast: Cast) -> None:
    changed(cast, later=10, weight_work=30)
    with pytest.raises(Refused, match="policy_unchanged"):
        changed(cast, 1, later=12, weight_work=30)


def test_no_version_is_changed_or_deleted(cast: Cast) -> None:
    made = changed(cast)
    with scope(cast.imdi, cast.day), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        PolicyVersion.objects.filter(pk=made.pk).update(reason="Ingen.")
    with scope(cast.imdi, cast.day), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        PolicyVersion.objects.filter(pk=made.pk).delete()


@pytest.mark.django_db(databases=["default", "owner"])
def test_not_even_the_owner_changes_one(cast: Cast) -> None:
    """All of it goes back with the refusal, so that it hangs on nothing."""
    with pytest.raises(Exception, match="a version of a policy is kept"), transaction.atomic(using="owner"):
        changed_by_the_owner(cast)


def changed_by_the_owner(cast: Cast) -> None:
    made = unsaved(cast, organisation_id=1, user_id=1)
    made.save(using="owner")
    PolicyVersion.objects.using("owner").filter(pk=made.pk).update(reason="Ingen.")


def test_a_plan_keeps_the_policy_that_weighed_when_it_is_changed_afterwards(cast: Cast) -> None:
    queued(cast)
    changed(cast)
    plan = planned(cast)
    later = replace(cast, at=cast.at + timedelta(hours=1))
    changed(later, 1, weight_work=40)
    with scope(cast.imdi, cast.day):
        kept = policy_of(plan)
    assert kept.weight(PartKind.WORK) == 30
    assert kept.parameters["weight_work"].source == "Møte 4. mars"
    assert kept.parameters["weight_spread"].source.startswith("chosen by us")
    assert policy_weight_of_a_new_plan(later) == 40


def policy_weight_of_a_new_plan(cast: Cast) -> int:
    """What work weighs in the next plan."""
    plan = planned(cast)
    with scope(cast.imdi, cast.day):
        return policy_of(plan).weight(PartKind.WORK)
