"""Organisations, their units with mailboxes, and whom to call about what."""

import pytest
from django.db import IntegrityError, transaction

from fotfeste.directory.public import (
    ContactPerson,
    ContactTopic,
    Municipality,
    Organisation,
    OrganisationKind,
    Unit,
    UnitKind,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("REG-07")
def test_every_municipality_has_a_refugee_service_that_mail_can_be_routed_to() -> None:
    municipalities = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    assert municipalities.count() == Municipality.objects.count() == 357
    assert Unit.objects.filter(organisation__in=municipalities, kind=UnitKind.REFUGEE_SERVICE).count() == 357


@pytest.mark.req("REG-07")
def test_contact_persons_stand_in_a_named_unit_each_with_a_topic(cast: Cast) -> None:
    levanger = Organisation.objects.get(pk=cast.municipality.organisation_id)
    service = levanger.units.get(kind=UnitKind.REFUGEE_SERVICE)
    service.mailbox = "flyktning@levanger.example.no"
    service.save(update_fields=["mailbox"])
    for topic, name in ((ContactTopic.SETTLEMENT, "Eli Bosetter"), (ContactTopic.ARRIVAL, "Ola Mottar")):
        ContactPerson.objects.create(unit=service, topic=topic, name=name, phone="99 99 99 99")
    about_arrival = ContactPerson.objects.get(unit__organisation=levanger, topic=ContactTopic.ARRIVAL)
    assert about_arrival.name == "Ola Mottar"
    assert about_arrival.unit.mailbox == "flyktning@levanger.example.no"


@pytest.mark.req("REG-07")
def test_an_organisation_has_one_unit_of_a_kind_and_a_municipality_is_one_organisation(cast: Cast) -> None:
    levanger = Organisation.objects.get(pk=cast.municipality.organisation_id)
    with pytest.raises(IntegrityError, match="one_unit_of_a_kind"), transaction.atomic():
        Unit.objects.create(organisation=levanger, kind=UnitKind.REFUGEE_SERVICE, name="Enda en")
    with pytest.raises(IntegrityError, match="one_organisation_per_municipality"), transaction.atomic():
        Organisation.objects.create(
            kind=OrganisationKind.MUNICIPALITY, name="Levanger to", sort_key="x", municipality=levanger.municipality
        )
    with pytest.raises(IntegrityError, match="organisation_kind_known"), transaction.atomic():
        Organisation.objects.create(kind="circus", name="Sirkus", sort_key="sirkus")
