"""Joining and leaving a placement group."""

from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason, open_needs
from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.registry.models import GroupMembership
from fotfeste.registry.public import (
    PlacementGroup,
    add_member,
    group_of,
    household_names,
    members_of,
    register_group,
    register_member,
    remove_member,
)
from fotfeste.worklist.public import open_tasks_about
from tests.actions.registry.families import ARRIVED_ON, alone, kovalenko, person
from tests.as_owner import every_event, every_need
from tests.conftest import Cast
from tests.settlement_steps import placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> PlacementGroup:
    with scope(cast.registrar, cast.day):
        return register_group(kovalenko(), by=cast.registrar, at=cast.at)


@pytest.fixture
def grandmother(cast: Cast) -> PlacementGroup:
    with scope(cast.registrar, cast.day):
        return register_group(
            alone(person("Halyna", born=date(1955, 2, 2)), date(2024, 2, 20)), by=cast.registrar, at=cast.at
        )


def only_member(cast: Cast, group: PlacementGroup) -> int:
    return members_of(group.pk, cast.day)[0].subject_id


@pytest.mark.req("REG-02")
def test_a_centre_may_add_somebody_who_is_alone_and_the_empty_group_has_nothing_left_to_do(
    cast: Cast, family: PlacementGroup, grandmother: PlacementGroup
) -> None:
    with scope(cast.udi, cast.day):
        halyna = only_member(cast, grandmother)
        groups = [family.pk, grandmother.pk, halyna]
        open_needs(
            groups,
            organisation_id=cast.centre.organisation_id,
            reason=NeedReason.LIVES_HERE,
            from_on=cast.day,
            at=cast.at,
        )
    with scope(cast.centre, cast.day):
        add_member(family.pk, halyna, cast.day, by=cast.centre, at=cast.at, version=1)
        assert group_of(halyna, cast.day) == family
        assert group_of(halyna, cast.day - timedelta(1)) == grandmother
    with scope(cast.udi, cast.day):
        assert members_of(grandmother.pk, cast.day) == []
        assert len(members_of(family.pk, cast.day)) == 5
        assert not open_tasks_about(grandmother.pk).exists()
        assert household_names([grandmother.pk], cast.day) == {
            grandmother.pk: f"Plasseringsgruppe {grandmother.number}"
        }
    told = set(every_event().filter(recorded_at=cast.at).values_list("type", "subject_id"))
    assert ("registry.member_added", family.pk) in told
    assert {("registry.member_removed", grandmother.pk), ("registry.group_emptied", grandmother.pk)} < told


@pytest.mark.req("REG-02")
def test_only_udi_takes_somebody_out_of_a_group_with_others(
    cast: Cast, family: PlacementGroup, grandmother: PlacementGroup
) -> None:
    with scope(cast.registrar, cast.day):
        andrij = members_of(family.pk, cast.day)[0].subject_id
        with pytest.raises(Refused) as refused:
            add_member(grandmother.pk, andrij, cast.day, by=cast.registrar, at=cast.at)
        assert refused.value.code == "belongs_to_other_family"
        with pytest.raises(NotAllowed):
            remove_member(family.pk, andrij, cast.day, by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        add_member(grandmother.pk, andrij, cast.day, by=cast.udi, at=cast.at)
        assert len(members_of(grandmother.pk, cast.day)) == 2


@pytest.mark.req("REG-02")
def test_who_is_taken_out_gets_a_group_of_their_own_and_loses_the_needs_of_the_old_case(
    cast: Cast, family: PlacementGroup
) -> None:
    placed(cast, family.pk)
    with scope(cast.udi, cast.day):
        members = [member.subject_id for member in members_of(family.pk, cast.day)]
        open_needs(
            [family.pk, *members],
            organisation_id=cast.imdi.organisation_id,
            reason=NeedReason.SETTLEMENT_CASE,
            from_on=cast.day,
            at=cast.at,
        )
        new = remove_member(family.pk, members[0], cast.day, by=cast.udi, at=cast.at, version=2)
        assert [member.subject_id for member in members_of(new.pk, cast.day)] == [members[0]]
        assert new.number > family.number
    open_reasons = {
        subject_id: set(
            every_need().filter(subject_id=subject_id, ended_at__isnull=True).values_list("reason", flat=True)
        )
        for subject_id in (members[0], members[1], new.pk)
    }
    kept = {NeedReason.PROTECTION_CASE, NeedReason.LIVES_HERE}
    assert open_reasons == {
        members[0]: kept,
        new.pk: kept,
        members[1]: kept | {NeedReason.SETTLEMENT_CASE},
    }
    with scope(cast.imdi, cast.day):
        assert members[0] not in [member.subject_id for member in members_of(family.pk, cast.day)]


def test_the_last_member_cannot_be_taken_out(cast: Cast, grandmother: PlacementGroup) -> None:
    with scope(cast.udi, cast.day), pytest.raises(Refused) as refused:
        remove_member(grandmother.pk, only_member(cast, grandmother), cast.day, by=cast.udi, at=cast.at)
    assert refused.value.code == "last_member"


@pytest.mark.parametrize(
    ("from_on", "code"),
    [
        (date(2024, 3, 15), "day_in_future"),
        (date(2024, 2, 11), "member_before_group"),
        (date(2024, 2, 19), "member_before_present_group"),
    ],
)
def test_a_day_that_does_not_fit_is_refused(
    cast: Cast, family: PlacementGroup, grandmother: PlacementGroup, from_on: date, code: str
) -> None:
    with scope(cast.registrar, cast.day):
        halyna = only_member(cast, grandmother)
        with pytest.raises(Refused) as refused:
            add_member(family.pk, halyna, from_on, by=cast.registrar, at=cast.at)
    assert (refused.value.code, refused.value.field) == (code, "from_on")


def test_a_membership_that_would_have_no_days_is_annulled(
    cast: Cast, family: PlacementGroup, grandmother: PlacementGroup
) -> None:
    with scope(cast.registrar, cast.day):
        halyna = only_member(cast, grandmother)
        add_member(family.pk, halyna, date(2024, 2, 20), by=cast.registrar, at=cast.at)
        current = GroupMembership.objects.current().get(subject_id=halyna)
        assert (current.group_id, current.period.start) == (family.pk, date(2024, 2, 20))
    # Whoever moves the last one out of a household closes it, although nobody but UDI knows of it then.
    with scope(cast.udi, cast.day):
        assert PlacementGroup.objects.get(pk=grandmother.pk).emptied_on == date(2024, 2, 20)
        assert not open_tasks_about(grandmother.pk).exists()
        kinds = every_event().filter(subject_id=grandmother.pk).values_list("type", flat=True)
        assert {"registry.member_removed", "registry.group_emptied"} <= set(kinds)


def test_whoever_is_a_member_already_cannot_join_again_and_an_old_form_is_told(
    cast: Cast, family: PlacementGroup
) -> None:
    with scope(cast.registrar, cast.day):
        andrij = members_of(family.pk, cast.day)[0].subject_id
        with pytest.raises(Refused) as refused:
            add_member(family.pk, andrij, cast.day, by=cast.registrar, at=cast.at)
        assert refused.value.code == "member_already"
        with pytest.raises(Stale):
            add_member(family.pk, andrij, cast.day, by=cast.registrar, at=cast.at, version=0)


def test_a_child_is_registered_into_the_household_and_everyone_who_sees_it_sees_the_child(
    cast: Cast, family: PlacementGroup
) -> None:
    baby = person("Marta", born=date(2024, 3, 1), needs_interpreter=False, languages=())
    with scope(cast.udi, cast.day):
        open_needs(
            [family.pk],
            organisation_id=cast.centre.organisation_id,
            reason=NeedReason.LIVES_HERE,
            from_on=cast.day,
            at=cast.at,
        )
        with pytest.raises(Refused):
            register_member(family.pk, baby, ARRIVED_ON, by=cast.udi, at=cast.at)
        register_member(family.pk, baby, date(2024, 3, 2), by=cast.udi, at=cast.at, version=1)
    with scope(cast.centre, cast.day):
        assert [member.given_name for member in members_of(family.pk, cast.day)] == ["Marta"]
    with scope(cast.registrar, cast.day):
        assert members_of(family.pk, cast.day)[-1].age == 0


@pytest.mark.req("REG-02")
def test_nobody_is_registered_into_a_household_that_all_have_left_for_another(
    cast: Cast, family: PlacementGroup, grandmother: PlacementGroup
) -> None:
    with scope(cast.udi, cast.day):
        [halyna] = members_of(grandmother.pk, cast.day)
        add_member(family.pk, halyna.subject_id, cast.day, by=cast.udi, at=cast.at)
        with pytest.raises(Refused, match="group_is_empty"):
            register_member(grandmother.pk, person("Baby", born=cast.day), cast.day, by=cast.udi, at=cast.at)
