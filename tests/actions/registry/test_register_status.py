"""Registering statuses of chosen members."""

from datetime import date

import pytest

from fotfeste.kernel.errors import NotAllowed, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.domain.types import Member, StatusKind
from fotfeste.registry.forms.household import RegisterStatusForm
from fotfeste.registry.public import PlacementGroup, members_of, register_group, register_status
from tests.actions.registry.families import alone, kovalenko, person
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

PERMIT = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
GRANTED_ON = date(2024, 3, 2)


@pytest.fixture
def family(cast: Cast) -> tuple[PlacementGroup, dict[str, Member]]:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
        return group, {member.given_name: member for member in members_of(group.pk, cast.day)}


type Family = tuple[PlacementGroup, dict[str, Member]]


@pytest.mark.req("REG-05")
def test_one_parent_may_have_no_decision_while_the_others_have_a_permit(cast: Cast, family: Family) -> None:
    group, names = family
    chosen = [names[name].subject_id for name in ("Olena", "Sofia", "Danylo")]
    with scope(cast.udi, cast.day):
        register_status(group.pk, chosen, PERMIT, GRANTED_ON, by=cast.udi, at=cast.at, version=1)
        permits = {member.given_name: member.has_permit for member in members_of(group.pk, cast.day)}
        before = {member.current_status for member in members_of(group.pk, date(2024, 3, 1))}

    assert permits == {"Olena": True, "Andrij": False, "Sofia": True, "Danylo": True}
    assert before == {StatusKind.APPLIED_FOR_PROTECTION}
    event = every_event().get(type="registry.status_registered")
    assert (event.subject_id, event.transition, event.holds_on) == (group.pk, PERMIT, GRANTED_ON)


def test_only_udi_grants_a_permit(cast: Cast, family: Family) -> None:
    group, names = family
    with scope(cast.registrar, cast.day), pytest.raises(NotAllowed):
        register_status(group.pk, [names["Olena"].subject_id], PERMIT, GRANTED_ON, by=cast.registrar, at=cast.at)


@pytest.mark.parametrize(
    ("kind", "day", "code"),
    [
        (PERMIT, date(2024, 3, 15), "day_in_future"),
        (PERMIT, date(2024, 2, 11), "status_before_registration"),
        (StatusKind.APPLIED_FOR_PROTECTION, date(2024, 2, 12), "a_status_once_a_day"),
    ],
)
def test_a_day_that_does_not_fit_is_refused_at_its_field(
    cast: Cast, family: Family, kind: StatusKind, day: date, code: str
) -> None:
    group, names = family
    with scope(cast.udi, cast.day), pytest.raises(Refused) as refused:
        register_status(group.pk, [names["Olena"].subject_id], kind, day, by=cast.udi, at=cast.at)
    assert (refused.value.code, refused.value.field) == (code, "holds_on")


@pytest.mark.req("TRV-04")
@pytest.mark.parametrize("has_permit", [True, False])
@pytest.mark.parametrize("who", ["udi", "registrar"])
def test_nobody_is_settled_by_a_status_with_or_without_a_permit(
    cast: Cast, family: Family, has_permit: bool, who: str
) -> None:
    group, names = family
    olena, viewer = names["Olena"].subject_id, getattr(cast, who)
    if has_permit:
        with scope(cast.udi, cast.day):
            register_status(group.pk, [olena], PERMIT, GRANTED_ON, by=cast.udi, at=cast.at)
    with scope(viewer, cast.day):
        with pytest.raises(Refused) as refused:
            register_status(group.pk, [olena], StatusKind.SETTLED, cast.day, by=viewer, at=cast.at)
        statuses = {status.kind for member in members_of(group.pk, cast.day) for status in member.statuses}
    assert (refused.value.code, refused.value.field) == ("settled_by_departure", "kind")
    assert StatusKind.SETTLED not in statuses


def test_somebody_of_another_group_and_nobody_at_all_are_refused(cast: Cast, family: Family) -> None:
    group, _ = family
    with scope(cast.udi, cast.day):
        other = register_group(alone(person("Ivan", "Bondar")), by=cast.udi, at=cast.at)
        stranger = members_of(other.pk, cast.day)[0].subject_id
        for person_ids, code in (([stranger], "not_a_member"), ([], "nobody_chosen")):
            with pytest.raises(Refused) as refused:
                register_status(group.pk, person_ids, PERMIT, GRANTED_ON, by=cast.udi, at=cast.at)
            assert refused.value.code == code


def test_of_two_who_opened_the_same_version_one_is_told(cast: Cast, family: Family) -> None:
    group, names = family
    olena, andrij = names["Olena"].subject_id, names["Andrij"].subject_id
    with scope(cast.udi, cast.day):
        register_status(group.pk, [olena], PERMIT, GRANTED_ON, by=cast.udi, at=cast.at, version=1)
        with pytest.raises(Stale):
            register_status(group.pk, [andrij], PERMIT, GRANTED_ON, by=cast.udi, at=cast.at, version=1)
        register_status(group.pk, [andrij], PERMIT, GRANTED_ON, by=cast.udi, at=cast.at, version=2)


@pytest.mark.req("REG-05")
def test_the_same_permit_from_another_day_is_asked_about_and_taken_where_it_is_meant(
    cast: Cast, family: Family
) -> None:
    group, names = family
    olena, andrij = names["Olena"].subject_id, names["Andrij"].subject_id
    later = date(2024, 3, 5)

    def grants(who: list[int], kind: StatusKind, day: date, *, is_meant: bool = False) -> None:
        register_status(group.pk, who, kind, day, is_meant=is_meant, by=cast.udi, at=cast.at)

    with scope(cast.udi, cast.day):
        grants([olena], PERMIT, GRANTED_ON)
        for day in (later, date(2024, 3, 1)):
            with pytest.raises(Refused) as refused:
                grants([olena, andrij], PERMIT, day)
            asked = (refused.value.code, refused.value.field, refused.value.params)
            assert asked == ("permit_is_registered", "is_meant", {"day": GRANTED_ON})
        grants([andrij], PERMIT, later)
        grants([olena], StatusKind.RESIDENCE_PERMIT, later)
        grants([olena], PERMIT, later, is_meant=True)
        grants([andrij], StatusKind.REFUSAL, date(2024, 3, 8))
        grants([andrij], PERMIT, date(2024, 3, 9))


def test_a_permit_again_has_its_tick_where_somebody_has_one_and_only_for_udi(cast: Cast, family: Family) -> None:
    group, names = family

    def has_tick(by: Viewer) -> bool:
        with scope(by, cast.day):
            return "is_meant" in RegisterStatusForm(members=members_of(group.pk, cast.day), viewer=by).fields

    assert not has_tick(cast.udi)
    with scope(cast.udi, cast.day):
        register_status(group.pk, [names["Olena"].subject_id], PERMIT, GRANTED_ON, by=cast.udi, at=cast.at)
    assert has_tick(cast.udi)
    assert not has_tick(cast.registrar)
