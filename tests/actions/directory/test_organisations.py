"""Organisations and their units as the reference data and the database have them."""

import pytest
from django.db import IntegrityError, transaction

from fotfeste.directory.public import (
    ContactPerson,
    ContactTopic,
    Municipality,
    NewOrganisation,
    Organisation,
    OrganisationKind,
    Unit,
    UnitDetails,
    UnitKind,
    UnitTopic,
    User,
    route,
    units_on,
)
from fotfeste.kernel.errors import NotAllowed, Refused
from tests.acting import add_organisation
from tests.actions.directory.stage import keeper, told_by
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-07")]


def test_every_municipality_has_a_refugee_service_that_cases_are_routed_to(cast: Cast) -> None:
    municipalities = list(Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).values_list("pk", flat=True))
    assert len(municipalities) == Municipality.objects.count() == 357
    units = units_on(municipalities, cast.day)
    assert {len(units[key]) for key in municipalities} == {1}
    assert {units[key][0].kind for key in municipalities} == {UnitKind.REFUGEE_SERVICE}


def test_the_database_holds_to_one_unit_of_a_kind_and_to_known_kinds(cast: Cast) -> None:
    levanger = Organisation.objects.get(pk=cast.municipality.organisation_id)
    with pytest.raises(IntegrityError, match="one_unit_of_a_kind"), transaction.atomic():
        Unit.objects.create(organisation=levanger, kind=UnitKind.REFUGEE_SERVICE)
    with pytest.raises(IntegrityError, match="unit_kind_known"), transaction.atomic():
        Unit.objects.create(organisation=levanger, kind="circus")
    with pytest.raises(IntegrityError, match="one_organisation_per_municipality"), transaction.atomic():
        Organisation.objects.create(
            kind=OrganisationKind.MUNICIPALITY, name="Levanger to", sort_key="x", municipality=levanger.municipality
        )
    with pytest.raises(IntegrityError, match="organisation_kind_known"), transaction.atomic():
        Organisation.objects.create(kind="circus", name="Sirkus", sort_key="sirkus")


@pytest.mark.parametrize("char", ["\n", "\x1b", "\u061c", "\u202e", "\u200b", "\u3164", "\u2800"])
def test_the_database_takes_no_name_with_characters_that_nobody_sees(cast: Cast, char: str) -> None:
    text, told = f"Levan{char}ger", told_by(cast, cast.municipality)
    unit = Unit.objects.get(organisation_id=cast.municipality.organisation_id)
    person = {"unit": unit, "topic": ContactTopic.SETTLEMENT, **told}
    with pytest.raises(IntegrityError, match="organisation_name_seen"), transaction.atomic():
        Organisation.objects.create(kind=OrganisationKind.CENTRE, name=text, sort_key="x")
    with pytest.raises(IntegrityError, match="unit_name_seen"), transaction.atomic():
        UnitDetails.objects.create(unit=unit, name=text, **told)
    for name, phone in ((text, ""), ("Anne Moe", text)):
        with pytest.raises(IntegrityError, match="contact_person_seen"), transaction.atomic():
            ContactPerson.objects.create(name=name, phone=phone, **person)
    for username, name in ((text, "Anne"), ("anne", text)):
        with pytest.raises(IntegrityError, match="user_name_seen"), transaction.atomic():
            User.objects.create(username=username, name=name, organisation=unit.organisation)


def test_the_database_refuses_general_postboxes_two_names_at_once_and_two_units_for_a_topic(cast: Cast) -> None:
    service = Unit.objects.get(organisation_id=cast.municipality.organisation_id)
    told = told_by(cast, cast.municipality)
    with pytest.raises(IntegrityError, match="mailbox_is_not_a_general_postbox"), transaction.atomic():
        UnitDetails.objects.create(
            unit=Unit.objects.create(organisation=service.organisation, kind=UnitKind.NAV),
            name="NAV",
            mailbox="Postmottak@levanger.kommune.no",
            **told,
        )
    with pytest.raises(IntegrityError, match="one_name_of_a_unit_at_a_time"), transaction.atomic():
        UnitDetails.objects.create(unit=service, name="Enda et navn", **told)
    topic = {"organisation": service.organisation, "unit": service, "topic": ContactTopic.HOUSING} | told
    UnitTopic.objects.create(**topic)
    with pytest.raises(IntegrityError, match="one_unit_for_a_topic"), transaction.atomic():
        UnitTopic.objects.create(**topic)
    with pytest.raises(IntegrityError, match="contact_topic_known"), transaction.atomic():
        ContactPerson.objects.create(unit=service, topic="circus", name="Klovnen", **told)
    with pytest.raises(IntegrityError, match="a_contact_has_a_name"), transaction.atomic():
        ContactPerson.objects.create(unit=service, topic=ContactTopic.HOUSING, name="", **told)


def test_those_who_keep_the_directory_add_the_organisations_that_no_reference_gives(cast: Cast) -> None:
    new = NewOrganisation(
        kind=OrganisationKind.VOLUNTARY,
        name="Språkkafeen i Levanger",
        unit_name="Koordinatoren",
        mailbox="koordinator@sprakkafeen.example.no",
        municipality_number="5037",
    )
    made = add_organisation(new, cast.day, by=keeper(cast), at=cast.at)
    found = route(made, ContactTopic.ACTIVITIES, cast.day)
    assert found.unit is not None
    assert found.unit.mailbox == "koordinator@sprakkafeen.example.no"
    with pytest.raises(Refused, match="organisation_is_there"):
        add_organisation(new, cast.day, by=keeper(cast), at=cast.at)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": OrganisationKind.MUNICIPALITY}, "kind_not_added"),
        ({"kind": OrganisationKind.CENTRE}, "municipality_missing"),
        ({"municipality_number": "9999"}, "municipality_unknown"),
        ({"mailbox": "post@x.example.no"}, "mailbox_is_not_a_general_postbox"),
    ],
)
def test_what_cannot_be_added_has_its_sentence_and_leaves_nothing(
    cast: Cast, changes: dict[str, object], code: str
) -> None:
    plain: dict[str, object] = {"kind": OrganisationKind.OPERATOR, "name": "Fjordbo", "unit_name": "Driften"}
    with pytest.raises(Refused, match=code):
        add_organisation(NewOrganisation(**plain | changes), cast.day, by=keeper(cast), at=cast.at)  # type: ignore[arg-type]
    assert not Organisation.objects.filter(name="Fjordbo").exists()


def test_others_add_no_organisations(cast: Cast) -> None:
    new = NewOrganisation(kind=OrganisationKind.OPERATOR, name="Fjordbo", unit_name="Driften")
    for viewer in (cast.udi, cast.centre_administrator, cast.municipality):
        with pytest.raises(NotAllowed):
            add_organisation(new, cast.day, by=viewer, at=cast.at)
