"""Two people change one thing that is no household's: a centre, a unit, a contact person, what a municipality can do.

The one who was later is told, keeps what was typed, and saves only what they still mean.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse

from fotfeste.accommodation.public import CentreOperation
from fotfeste.directory.public import ContactPerson, ContactTopic, NewContact, Organisation, Unit, UnitKind
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.models import MunicipalityCapability
from tests.acting import add_contact
from tests.actions.directory.stage import administrator
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import placed, registered
from tests.web.settlement.pages import logged_in

pytestmark = pytest.mark.django_db

STALE = "Noen andre har endret saken siden du åpnet siden."
OPERATION = {"from_on": "1.3.2024", "type": "emergency", "operator": "private", "source": "Avtale 12"}


@dataclass(frozen=True)
class Thing:
    """A form on something that is shared: who sits before it, what the first and the second send, what is kept."""

    address: str
    viewer: Viewer
    first: dict[str, str]
    second: dict[str, str]
    says: Callable[[], object]


def of_a_centre(cast: Cast) -> Thing:
    """How Voss is operated."""
    placed(cast, registered(cast, kovalenko()))
    voss = Organisation.objects.get(pk=cast.centre.organisation_id)
    return Thing(
        reverse("centre_operation", args=[voss.reference]),
        cast.udi,
        OPERATION | {"places": "90", "places_maximum": "100"},
        OPERATION | {"places": "70", "places_maximum": "75"},
        lambda: CentreOperation.objects.current().get(centre=voss, period__contains=cast.day).places,
    )


def of_a_unit(cast: Cast) -> Thing:
    """The refugee service of Levanger."""
    unit = Unit.objects.get(organisation_id=cast.municipality.organisation_id, kind=UnitKind.REFUGEE_SERVICE)
    typed = {"mailbox": "flyktning@levanger.example.no", "from_on": "14.3.2024"}
    return Thing(
        reverse("change_unit", args=[unit.reference]),
        administrator(cast),
        typed | {"name": "Bosetting"},
        typed | {"name": "Flyktningtjenesten"},
        lambda: unit.details.current().get(period__contains=cast.day).name,
    )


def of_a_contact(cast: Cast) -> Thing:
    """Whom one calls there about arrivals."""
    by = administrator(cast)
    unit = Unit.objects.get(organisation_id=cast.municipality.organisation_id, kind=UnitKind.REFUGEE_SERVICE)
    anne = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    reference = add_contact(unit.reference, anne, cast.day, by=by, at=cast.at).reference
    typed = {"topic": "arrival", "phone": "74 00 00 01", "from_on": "14.3.2024"}
    return Thing(
        reverse("change_contact", args=[reference]),
        by,
        typed | {"name": "Ola Lie"},
        typed | {"name": "Kari Ness"},
        lambda: ContactPerson.objects.current().get(reference=reference, period__contains=cast.day).name,
    )


def of_a_municipality(cast: Cast) -> Thing:
    """What Levanger can offer. What is taken back writes no fact, and counts all the same."""
    of = MunicipalityCapability.objects.current().filter(organisation_id=cast.municipality.organisation_id)
    return Thing(
        reverse("declare_capabilities"),
        cast.municipality,
        {"pets": "yes"},
        {"pets": "no", "staffed_housing": "yes"},
        lambda: sorted(of.filter(is_offered=True).values_list("capability", flat=True)),
    )


@pytest.mark.parametrize("thing_of", [of_a_centre, of_a_unit, of_a_contact, of_a_municipality])
def test_the_later_of_two_is_told_loses_nothing_and_overwrites_nothing(
    cast: Cast, thing_of: Callable[[Cast], Thing]
) -> None:
    thing = thing_of(cast)
    with logged_in(cast, thing.viewer) as browser:
        version = {"version": read(browser.get(thing.address).text).one("input", name="version")["value"]}
        assert browser.post(thing.address, thing.first | version).status_code == 302
        after_the_first = thing.says()
        answer = browser.post(thing.address, thing.second | version)
        assert answer.status_code == 422
        assert STALE in answer.text
        assert thing.says() == after_the_first
        form = answer.context["form"]
        assert {name: form.data[name] for name in thing.second} == thing.second
        anew = {"version": form["version"].value()}
        assert browser.post(thing.address, thing.second | anew).status_code == 302
    assert thing.says() != after_the_first
