"""Registering people who came together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fotfeste.access.public import NeedReason
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.scope import scope
from fotfeste.registry.domain.types import NewRelation, RelationKind, StatusKind
from fotfeste.registry.models import DuplicateProposal, Identifier, OutsideContact, Person, Relation
from fotfeste.registry.public import (
    PLACE_GROUP,
    group_of,
    household_name,
    household_names,
    members_of,
    members_of_groups,
    register_group,
    statuses_of,
)
from fotfeste.worklist.public import Task
from tests.actions.registry.families import ARRIVED_ON, alone, kovalenko, minor_alone, person, with_duf
from tests.as_owner import every_event, every_need
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("REG-01")
@pytest.mark.req("REG-02")
@pytest.mark.req("REG-06")
def test_people_who_came_together_become_one_placement_group(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
        members = members_of(group.pk, cast.day)

        assert [member.name for member in members] == [
            "Andrij Kovalenko", "Olena Kovalenko", "Sofia Kovalenko", "Danylo Kovalenko"
        ]  # fmt: skip
        assert [member.age for member in members] == [41, 37, 13, 6]
        assert members[1].languages == ("uk", "en")
        assert members[1].identifiers == {IdentifierKind.DUF: synthetic_duf(100001)}
        assert household_name(members) == "Familien Kovalenko"
        assert household_names([group.pk], cast.day) == {group.pk: "Familien Kovalenko"}
        found = group_of(members[0].subject_id, cast.day)
        assert found == group


@pytest.mark.req("REG-05")
def test_registration_and_application_are_dated_statuses_with_who_reported_them(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
        members = members_of(group.pk, cast.day)
        statuses = statuses_of(member.subject_id for member in members)

    for member in members:
        first, second = statuses[member.subject_id]
        assert (first.kind, first.holds_on) == (StatusKind.REGISTERED_BY_POLICE, ARRIVED_ON)
        assert (second.kind, second.holds_on) == (StatusKind.APPLIED_FOR_PROTECTION, ARRIVED_ON)
        assert first.reported_by == "Politiets utlendingsenhet"
        assert first.known_on == cast.day
        assert member.current_status is StatusKind.APPLIED_FOR_PROTECTION


def test_the_police_and_udi_see_the_group_and_nobody_else_does(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        assert len(members_of(group.pk, cast.day)) == 4
    for stranger in (cast.centre, cast.imdi, cast.municipality):
        with scope(stranger, cast.day):
            assert members_of(group.pk, cast.day) == []
            assert not Person.objects.exists()
    reasons = every_need().filter(subject_id=group.pk).values_list("reason", "organisation_id")
    assert set(reasons) == {
        (NeedReason.REGISTERED_HERE, cast.registrar.organisation_id),
        (NeedReason.PROTECTION_CASE, cast.udi.organisation_id),
    }


def test_udi_is_asked_to_place_the_group_and_the_event_carries_no_personal_content(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)

    with scope(cast.udi, cast.day):
        task = Task.objects.get(subject_id=group.pk)
    assert (task.kind, task.organisation_id, task.due_on) == (PLACE_GROUP, cast.udi.organisation_id, ARRIVED_ON)
    event = every_event().get(subject_id=group.pk)
    assert (event.type, event.holds_on) == ("registry.group_registered", ARRIVED_ON)


@pytest.mark.req("REG-04")
def test_relations_and_the_guardian_of_an_unaccompanied_minor_are_kept(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
        names = {member.subject_id: member.given_name for member in members_of(group.pk, cast.day)}
        relations = {(names[r.subject_id], r.kind, names[r.other_id]) for r in Relation.objects.all()}
        assert relations == {
            ("Olena", "spouse", "Andrij"),
            ("Olena", "parent", "Sofia"),
            ("Andrij", "parent", "Danylo"),
        }
        minor = members_of(register_group(minor_alone(), by=cast.registrar, at=cast.at).pk, cast.day)[0]
        assert minor.is_unaccompanied_minor
        assert OutsideContact.objects.get(subject_id=minor.subject_id).name == "Verge Vergesen"
        assert household_name([minor]) == "Maksym Tkachenko"


@pytest.mark.req("REG-01")
def test_a_duf_number_whose_check_digits_fail_is_kept(cast: Cast) -> None:
    odd = person("Ivan", identifiers={IdentifierKind.DUF: "2012 34567890"})
    with scope(cast.registrar, cast.day):
        register_group(alone(odd), by=cast.registrar, at=cast.at)
        assert Identifier.objects.get(kind="duf").value == "201234567890"


@pytest.mark.req("REG-01")
@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        (IdentifierKind.DUF, "20121234560", "duf_length"),
        (IdentifierKind.DUF, "2012123456AB", "duf_characters"),
        (IdentifierKind.NATIONAL_ID, "15848610087", "national_id_check_digits"),
        (IdentifierKind.NATIONAL_ID, "55848610150", "national_id_is_d_number"),
        (IdentifierKind.D_NUMBER, "15848610086", "d_number_not_d_number"),
        (IdentifierKind.D_NUMBER, "", "d_number_empty"),
        (IdentifierKind.REG_NR, "ÅÅ-1", "reg_nr_characters"),
    ],
)
def test_a_number_that_cannot_be_one_is_refused_at_its_field(
    cast: Cast, kind: IdentifierKind, number: str, code: str
) -> None:
    new = alone(person("Ivan", identifiers={kind: number}))
    with scope(cast.registrar, cast.day), pytest.raises(Refused) as refused:
        register_group(new, by=cast.registrar, at=cast.at)
    assert (refused.value.code, refused.value.field) == (code, f"0-{kind}")


@pytest.mark.req("REG-01")
def test_a_number_of_somebody_whom_one_may_not_see_is_refused_with_whom_to_ask(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        register_group(alone(with_duf(person("Ivan"), 7)), by=cast.registrar, at=cast.at)
    other = replace(cast.centre, permissions=cast.registrar.permissions)
    with scope(other, cast.day), pytest.raises(Refused) as refused:
        register_group(alone(with_duf(person("Iwan"), 7)), by=other, at=cast.at)
    assert refused.value.code == "number_registered_already"
    assert refused.value.field == "0-duf"
    assert refused.value.params == {"contact": "UDI"}


def test_a_number_typed_for_two_on_one_page_is_refused(cast: Cast) -> None:
    new = replace(kovalenko(), persons=(with_duf(person("A"), 1), with_duf(person("B"), 1)), relations=())
    with scope(cast.registrar, cast.day), pytest.raises(Refused) as refused:
        register_group(new, by=cast.registrar, at=cast.at)
    assert (refused.value.code, refused.value.field) == ("number_twice_on_page", "1-duf")


def test_in_the_demo_only_made_up_numbers_are_taken(cast: Cast, settings: object) -> None:
    settings.IS_DEMO = True  # type: ignore[attr-defined]
    real = alone(person("Ivan", identifiers={IdentifierKind.DUF: "201212345603"}))
    with scope(cast.registrar, cast.day):
        with pytest.raises(Refused) as refused:
            register_group(real, by=cast.registrar, at=cast.at)
        assert (refused.value.code, refused.value.field) == ("number_must_be_synthetic", "0-duf")
        register_group(alone(with_duf(person("Ivan"), 9)), by=cast.registrar, at=cast.at)


@pytest.mark.parametrize(
    ("new", "code", "field"),
    [
        (replace(kovalenko(), registered_on=date(2024, 3, 15), applied_on=None), "day_in_future", "registered_on"),
        (replace(kovalenko(), applied_on=date(2024, 3, 15)), "day_in_future", "applied_on"),
        (replace(kovalenko(), applied_on=ARRIVED_ON - timedelta(1)), "applied_before_registered", "applied_on"),
        (replace(kovalenko(), persons=(), relations=()), "nobody_to_register", None),
        (alone(person("", "")), "person_has_a_name", "0-given_name"),
        (alone(person("Ivan", born=date(2024, 2, 13))), "born_after_registration", "0-birth_date"),
        (alone(person("Ivan", born=date(1890, 2, 13))), "older_than_anybody", "0-birth_date"),
        (
            alone(person("Ivan", born=date(2006, 2, 12), is_unaccompanied_minor=True)),
            "unaccompanied_minor_is_adult",
            "0-is_unaccompanied_minor",
        ),
        (
            replace(kovalenko(), relations=(NewRelation(2, RelationKind.PARENT, 0),)),
            "parent_younger_than_child",
            "relation-0-first",
        ),
        (
            replace(kovalenko(), relations=(NewRelation(2, RelationKind.PARENT, 2),)),
            "nobody_is_related_to_oneself",
            "relation-0-first",
        ),
        (
            replace(kovalenko(), relations=(NewRelation(0, RelationKind.PARENT, 9),)),
            "relation_to_nobody",
            "relation-0-first",
        ),
    ],
)
def test_a_mistake_is_refused_at_its_field_and_nothing_is_kept(
    cast: Cast, new: object, code: str, field: str | None
) -> None:
    with scope(cast.registrar, cast.day):
        with pytest.raises(Refused) as refused:
            register_group(new, by=cast.registrar, at=cast.at)  # type: ignore[arg-type]
        assert not Person.objects.exists()
    assert (refused.value.code, refused.value.field) == (code, field)


def test_only_a_registrar_registers(cast: Cast) -> None:
    with scope(cast.centre, cast.day), pytest.raises(NotAllowed):
        register_group(kovalenko(), by=cast.centre, at=cast.at)


@pytest.mark.req("REG-03")
def test_a_likely_duplicate_is_proposed_to_udi_and_not_told_to_the_registrar(cast: Cast) -> None:
    elsewhere = replace(cast.centre, permissions=cast.registrar.permissions, opens=cast.registrar.opens)
    with scope(cast.registrar, cast.day):
        register_group(alone(person("Kyryl", "Shevchenko")), by=cast.registrar, at=cast.at)
    with scope(elsewhere, cast.day):
        second = register_group(alone(person("Sjevtsjenko", "Kiril")), by=elsewhere, at=cast.at)
        assert [member.given_name for member in members_of(second.pk, cast.day)] == ["Sjevtsjenko"]
        assert Person.objects.count() == 1
    with scope(cast.udi, cast.day):
        proposal = DuplicateProposal.objects.get()
        assert proposal.answer == ""
        assert Person.objects.count() == 2
        assert Task.objects.get(kind="answer_duplicates").organisation_id == cast.udi.organisation_id


@pytest.mark.req("REG-03")
def test_twins_are_not_proposed_as_one_person(cast: Cast) -> None:
    new = replace(kovalenko(), persons=(person("Olha"), person("Nadija")), relations=())
    with scope(cast.registrar, cast.day):
        register_group(new, by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        assert not DuplicateProposal.objects.exists()


def test_the_members_of_many_groups_are_read_in_one_query(cast: Cast, django_assert_max_num_queries: object) -> None:
    with scope(cast.registrar, cast.day):
        groups = [register_group(alone(person(name)), by=cast.registrar, at=cast.at).pk for name in ("A", "B", "C")]
        with django_assert_max_num_queries(1):  # type: ignore[operator]
            members = members_of_groups(groups, cast.day)
        with django_assert_max_num_queries(1):  # type: ignore[operator]
            household_names(groups, cast.day)
    assert [len(found) for found in members.values()] == [1, 1, 1]
