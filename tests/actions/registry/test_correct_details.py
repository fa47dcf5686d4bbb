"""Corrections: with a reason, superseding, and only of what differs."""

from dataclasses import replace
from datetime import date

import pytest

from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_d_number, synthetic_duf, synthetic_national_id
from fotfeste.platform.scope import scope
from fotfeste.registry.models import DuplicateProposal, Identifier, OutsideContact, PersonDetails
from fotfeste.registry.public import (
    CorrectionReason,
    Member,
    NewGuardian,
    RelationKind,
    annul_relation,
    correct_details,
    members_of,
    register_group,
    register_identifier,
    register_relation,
    search,
)
from tests.actions.registry.families import alone, kovalenko, minor_alone, person, with_duf
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
TYPED_WRONG = CorrectionReason.TYPING_ERROR
IVAN = with_duf(person("Iwan", "Bondar"), 11)


@pytest.fixture
def ivan(cast: Cast) -> Member:
    with scope(cast.registrar, cast.day):
        group = register_group(alone(IVAN), by=cast.registrar, at=cast.at)
        return members_of(group.pk, cast.day)[0]


@pytest.mark.req("REG-06")
def test_a_correction_supersedes_and_the_old_row_stays_with_its_reason(cast: Cast, ivan: Member) -> None:
    corrected = replace(IVAN, given_name="Ivan", languages=("uk", "ru"))
    with scope(cast.registrar, cast.day):
        changed = correct_details(ivan.subject_id, corrected, TYPED_WRONG, by=cast.registrar, at=cast.at, version=1)
        old, new = PersonDetails.objects.filter(subject_id=ivan.subject_id).order_by("pk")
        now = members_of(ivan.group_id, cast.day)[0]

        assert changed == ("given_name", "languages")
        assert (old.given_name, old.annul_reason, old.annulled_by_id) == (
            "Iwan",
            "typing_error",
            cast.registrar.user_id,
        )
        assert (new.given_name, new.supersedes_id) == ("Ivan", old.pk)
        assert (now.given_name, now.languages) == ("Ivan", ("uk", "ru"))
        assert [found.name for found in search(cast.registrar, "ivan", cast.day)] == ["Ivan Bondar"]


def test_a_correction_needs_a_reason_and_something_to_correct(cast: Cast, ivan: Member) -> None:
    with scope(cast.registrar, cast.day):
        for corrected, reason, code in (
            (replace(IVAN, given_name="Ivan"), "", "reason_needed"),
            (IVAN, TYPED_WRONG, "nothing_changed"),
            (replace(IVAN, birth_date=date(2024, 2, 13)), TYPED_WRONG, "born_after_registration"),
        ):
            with pytest.raises(Refused) as refused:
                correct_details(ivan.subject_id, corrected, reason, by=cast.registrar, at=cast.at)
            assert refused.value.code == code
    with scope(cast.imdi, cast.day), pytest.raises(NotAllowed):
        correct_details(ivan.subject_id, IVAN, TYPED_WRONG, by=cast.imdi, at=cast.at)


@pytest.mark.req("REG-01")
def test_numbers_are_added_corrected_and_taken_away(cast: Cast, ivan: Member) -> None:
    born = IVAN.birth_date
    numbers = {IdentifierKind.DUF: synthetic_duf(12), IdentifierKind.D_NUMBER: synthetic_d_number(born, 0)}
    with scope(cast.registrar, cast.day):
        corrected = replace(IVAN, identifiers=numbers)
        changed = correct_details(ivan.subject_id, corrected, TYPED_WRONG, by=cast.registrar, at=cast.at)
        assert changed == ("duf", "d_number")
        assert members_of(ivan.group_id, cast.day)[0].identifiers == numbers
        register_identifier(
            ivan.subject_id,
            IdentifierKind.NATIONAL_ID,
            synthetic_national_id(born, 3),
            by=cast.registrar,
            at=cast.at,
        )
        assert len(members_of(ivan.group_id, cast.day)[0].identifiers) == 3
        correct_details(ivan.subject_id, replace(IVAN, identifiers={}), TYPED_WRONG, by=cast.registrar, at=cast.at)
        assert members_of(ivan.group_id, cast.day)[0].identifiers == {}
        assert search(cast.registrar, synthetic_duf(12), cast.day) == []


@pytest.mark.req("REG-01")
def test_another_number_of_the_same_kind_needs_a_reason(cast: Cast, ivan: Member) -> None:
    with scope(cast.registrar, cast.day):
        with pytest.raises(Refused) as refused:
            register_identifier(ivan.subject_id, IdentifierKind.DUF, synthetic_duf(12), by=cast.registrar, at=cast.at)
        assert (refused.value.code, refused.value.field) == ("number_correction_needs_reason", "reason")
        register_identifier(
            ivan.subject_id,
            IdentifierKind.DUF,
            synthetic_duf(12),
            reason=CorrectionReason.NEW_DOCUMENT,
            by=cast.registrar,
            at=cast.at,
        )
        assert Identifier.objects.filter(subject_id=ivan.subject_id).count() == 2


@pytest.mark.req("REG-01")
def test_a_number_that_another_person_has_is_refused_in_a_correction_too(cast: Cast, ivan: Member) -> None:
    with scope(cast.registrar, cast.day):
        register_group(alone(with_duf(person("Petro"), 12)), by=cast.registrar, at=cast.at)
        with pytest.raises(Refused) as refused:
            correct_details(
                ivan.subject_id,
                replace(IVAN, identifiers={IdentifierKind.DUF: synthetic_duf(12)}),
                TYPED_WRONG,
                by=cast.registrar,
                at=cast.at,
            )
    assert (refused.value.code, refused.value.field) == ("number_registered_already", "duf")


@pytest.mark.req("REG-03")
def test_a_corrected_name_is_compared_anew(cast: Cast, ivan: Member) -> None:
    with scope(cast.registrar, cast.day):
        register_group(alone(person("Petro", "Bondar")), by=cast.registrar, at=cast.at)
        corrected = replace(IVAN, given_name="Petro")
        correct_details(ivan.subject_id, corrected, TYPED_WRONG, by=cast.registrar, at=cast.at)
    with scope(cast.udi, cast.day):
        assert DuplicateProposal.objects.count() == 1


@pytest.mark.req("REG-04")
def test_a_guardian_is_changed_and_the_former_one_is_kept(cast: Cast) -> None:
    new = minor_alone()
    with scope(cast.registrar, cast.day):
        group = register_group(new, by=cast.registrar, at=cast.at)
        minor = members_of(group.pk, cast.day)[0]
        corrected = replace(new.persons[0], guardian=NewGuardian("Ny Verge"))
        changed = correct_details(minor.subject_id, corrected, CorrectionReason.CHANGED, by=cast.registrar, at=cast.at)
        assert changed == ("guardian",)
        former, present = OutsideContact.objects.order_by("pk")
        assert (former.name, former.annul_reason) == ("Verge Vergesen", "changed")
        assert (present.name, present.annulled_at) == ("Ny Verge", None)


@pytest.mark.req("REG-04")
def test_two_members_are_tied_once_and_a_wrong_tie_is_annulled(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(kovalenko(), by=cast.registrar, at=cast.at)
        ids = {member.given_name: member.subject_id for member in members_of(group.pk, cast.day)}
        sofia, danylo, olena = ids["Sofia"], ids["Danylo"], ids["Olena"]
        tie = register_relation(group.pk, sofia, RelationKind.SIBLING, danylo, by=cast.registrar, at=cast.at)
        for first, kind, second, code in (
            (danylo, RelationKind.SIBLING, sofia, "a_relation_once"),
            (danylo, RelationKind.PARENT, olena, "parent_younger_than_child"),
            (danylo, RelationKind.SIBLING, danylo, "nobody_is_related_to_oneself"),
        ):
            with pytest.raises(Refused) as refused:
                register_relation(group.pk, first, kind, second, by=cast.registrar, at=cast.at)
            assert refused.value.code == code
        annul_relation(group.pk, tie.pk, TYPED_WRONG, by=cast.registrar, at=cast.at)
        register_relation(group.pk, danylo, RelationKind.SIBLING, sofia, by=cast.registrar, at=cast.at)


@pytest.mark.req("REG-04")
def test_a_correction_makes_nobody_younger_than_their_child_or_older_than_their_parent(cast: Cast) -> None:
    family = kovalenko()
    with scope(cast.registrar, cast.day):
        group = register_group(family, by=cast.registrar, at=cast.at)
        named = {member.given_name: member for member in members_of(group.pk, cast.day)}
        olena = named["Olena"]
        for member, typed, born in (
            (olena, family.persons[0], date(2015, 6, 1)),
            (named["Sofia"], family.persons[2], date(1986, 5, 3)),
        ):
            with pytest.raises(Refused) as refused:
                correct_details(
                    member.subject_id, replace(typed, birth_date=born), TYPED_WRONG, by=cast.registrar, at=cast.at
                )
            assert (refused.value.code, refused.value.field) == ("birth_date_against_descent", "birth_date")
        right = replace(family.persons[0], birth_date=date(1987, 6, 1))
        assert correct_details(olena.subject_id, right, TYPED_WRONG, by=cast.registrar, at=cast.at) == ("birth_date",)


def test_a_name_that_nobody_sees_is_no_name(cast: Cast, ivan: Member) -> None:
    unseen = replace(IVAN, given_name="\u202e \u200b", family_name="")
    with scope(cast.registrar, cast.day):
        with pytest.raises(Refused) as refused:
            correct_details(ivan.subject_id, unseen, TYPED_WRONG, by=cast.registrar, at=cast.at)
        assert (refused.value.code, refused.value.field) == ("person_has_a_name", "given_name")
        turned = replace(IVAN, given_name="\u202eIvan", original_name="Іван\u2066")
        correct_details(ivan.subject_id, turned, TYPED_WRONG, by=cast.registrar, at=cast.at)
        now = members_of(ivan.group_id, cast.day)[0]
    assert (now.given_name, now.original_name) == ("Ivan", "Іван")
