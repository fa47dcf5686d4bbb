"""What there is of living privately about a household, so that a page asks for nothing that is not there."""

from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from fotfeste.alternative.models import (
    Application,
    ContactMade,
    ContactPerson,
    HousingCheck,
    PrivateResident,
    YearlyReport,
)
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.prepared import Given
from fotfeste.registry.public import GroupMembership


class There(StrEnum):
    """Something that the household's page has a place for."""

    APPLICATION = "application"
    IN_A_REGISTER = "in_a_register"  # a municipality has heard of somebody with the number of one of them
    CHECK = "check"
    CONTACT_PERSON = "contact_person"
    CONTACT = "contact"
    REPORT = "report"


def private_living_as_row(household: OuterRef, day: date | Given) -> JSONObject:
    """What there is about a household and those who belong to it on a day; part of another query. Nothing is there for
    whom the fence shows none.
    """
    people = GroupMembership.objects.current().filter(group_id=OuterRef(household), period__contains=day)
    numbered = people.filter(subject__identifiers__kind=IdentifierKind.DUF, subject__identifiers__annulled_at=None)
    numbers = numbered.values("subject__identifiers__value")
    rows = {
        There.APPLICATION: Application.objects.filter(subject_id=household),
        # Their index holds no empty numbers, and is used only where the query says that it wants none.
        There.IN_A_REGISTER: PrivateResident.objects.exclude(duf_number="").filter(duf_number__in=numbers),
        There.CHECK: HousingCheck.objects.current().filter(subject_id=household),
        There.CONTACT_PERSON: ContactPerson.objects.current().filter(subject_id=household),
        There.CONTACT: ContactMade.objects.current().filter(subject_id=household),
        There.REPORT: YearlyReport.objects.current().filter(subject_id__in=people.values("subject_id")),
    }
    return JSONObject(**{what: Exists(of) for what, of in rows.items()})
