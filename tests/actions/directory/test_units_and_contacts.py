"""Units, topics and contact persons are added, changed and ended, dated, by those who keep them."""

from datetime import date

import pytest

from fotfeste.directory.public import (
    ContactPerson,
    ContactTopic,
    NewContact,
    NewUnit,
    Organisation,
    Unit,
    UnitDetails,
    UnitKind,
    reach,
    route,
)
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.viewer import Viewer
from tests.acting import add_contact, add_unit, change_contact, change_unit, end_contact, end_unit
from tests.actions.directory.stage import administrator, keeper
from tests.as_owner import every_event
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-07")]

LATER = date(2024, 5, 1)
NAV = NewUnit(name="NAV Levanger", mailbox="nav.flyktning@levanger.example.no")


def levanger(cast: Cast) -> Organisation:
    """The municipality."""
    return Organisation.objects.get(pk=cast.municipality.organisation_id)


def service(cast: Cast) -> Unit:
    """Its refugee service."""
    return Unit.objects.get(organisation=levanger(cast), kind=UnitKind.REFUGEE_SERVICE)


def reached(cast: Cast, topic: ContactTopic, day: date) -> str:
    """The name of the unit that a topic goes to on a day."""
    unit = route(levanger(cast), topic, day).unit
    return unit.name if unit else ""


def told(what: str) -> list[tuple[int | None, int | None]]:
    """The events of a type: whose directory, and by whom."""
    return list(
        every_event().filter(type=f"directory.{what}").order_by("pk").values_list("other_organisation_id", "actor_id")
    )


def test_a_new_unit_takes_its_matters_from_its_day_and_not_before(cast: Cast) -> None:
    by = administrator(cast)
    add_unit(by.organisation_id, UnitKind.NAV, NAV, LATER, by=by, at=cast.at)
    assert reached(cast, ContactTopic.BENEFITS, cast.day) == "Flyktningtjenesten"
    assert reached(cast, ContactTopic.BENEFITS, LATER) == "NAV Levanger"
    assert told("unit_added") == [(by.organisation_id, by.user_id)]


def test_a_topic_that_a_unit_is_named_for_leaves_the_unit_that_had_it(cast: Cast) -> None:
    by = administrator(cast)
    named = NewUnit(name="NAV", topics=frozenset({ContactTopic.HOUSING, ContactTopic.HEALTH}))
    add_unit(by.organisation_id, UnitKind.NAV, named, cast.day, by=by, at=cast.at)
    change_unit(
        service(cast).reference,
        NewUnit(name="Flyktningtjenesten", topics=frozenset({ContactTopic.HOUSING})),
        LATER,
        by=by,
        at=cast.at,
    )
    assert [reached(cast, ContactTopic.HOUSING, day) for day in (cast.day, LATER)] == ["NAV", "Flyktningtjenesten"]
    assert [reached(cast, ContactTopic.HEALTH, day) for day in (cast.day, LATER)] == ["NAV", "NAV"]


def test_another_name_or_mailbox_holds_from_its_day_and_the_old_one_stays_on_record(cast: Cast) -> None:
    by, unit = administrator(cast), service(cast)
    new = NewUnit(name="Innvandrertjenesten", mailbox="innvandrer@levanger.example.no")
    change_unit(unit.reference, new, LATER, by=by, at=cast.at)
    assert [reached(cast, ContactTopic.SETTLEMENT, day) for day in (cast.day, LATER)] == [
        "Flyktningtjenesten",
        "Innvandrertjenesten",
    ]
    assert UnitDetails.objects.filter(unit=unit).count() == 3  # the open one is superseded by an ended and a new one
    change_unit(unit.reference, new, LATER, by=by, at=cast.at)
    assert UnitDetails.objects.filter(unit=unit).count() == 3  # nothing was changed


def test_what_is_changed_on_its_own_first_day_is_a_correction(cast: Cast) -> None:
    by = administrator(cast)
    unit = add_unit(by.organisation_id, UnitKind.NAV, NewUnit(name="NVA"), cast.day, by=by, at=cast.at)
    change_unit(unit.reference, NewUnit(name="NAV"), cast.day, by=by, at=cast.at)
    assert [row.name for row in UnitDetails.objects.current().filter(unit=unit)] == ["NAV"]


def test_an_ended_unit_gives_its_matters_to_the_default_and_its_contacts_end_with_it(cast: Cast) -> None:
    by = administrator(cast)
    unit = add_unit(by.organisation_id, UnitKind.NAV, NAV, cast.day, by=by, at=cast.at)
    kari = NewContact(topic=ContactTopic.BENEFITS, name="Kari", phone="99 90 00 01")
    add_contact(unit.reference, kari, cast.day, by=by, at=cast.at)
    end_unit(unit.reference, LATER, by=by, at=cast.at)
    assert [reached(cast, ContactTopic.BENEFITS, day) for day in (cast.day, LATER)] == [
        "NAV Levanger",
        "Flyktningtjenesten",
    ]
    assert [len(reach(levanger(cast), day).contacts) for day in (cast.day, LATER)] == [1, 0]
    again = add_unit(by.organisation_id, UnitKind.NAV, NAV, LATER, by=by, at=cast.at)
    assert again.pk == unit.pk
    assert told("unit_ended") == [(by.organisation_id, by.user_id)]


def test_the_last_unit_is_kept_or_the_cases_would_go_nowhere(cast: Cast) -> None:
    with pytest.raises(Refused, match="last_unit"):
        end_unit(service(cast).reference, LATER, by=administrator(cast), at=cast.at)


@pytest.mark.parametrize(
    ("kind", "new", "code"),
    [
        (UnitKind.REFUGEE_SERVICE, NewUnit(name="Enda en"), "one_unit_of_a_kind"),
        (UnitKind.LOGISTICS, NewUnit(name="Logistikk"), "unit_kind_not_here"),
        (UnitKind.MAIN, NewUnit(name="Servicetorget"), "unit_kind_not_here"),
        (UnitKind.NAV, NewUnit(name="NAV", mailbox="postmottak@x.example.no"), "mailbox_is_not_a_general_postbox"),
    ],
)
def test_units_that_cannot_be_have_their_sentence(cast: Cast, kind: UnitKind, new: NewUnit, code: str) -> None:
    by = administrator(cast)
    with pytest.raises(Refused, match=code):
        add_unit(by.organisation_id, kind, new, cast.day, by=by, at=cast.at)


def test_a_unit_is_not_changed_before_it_begins(cast: Cast) -> None:
    by = administrator(cast)
    unit = add_unit(by.organisation_id, UnitKind.NAV, NAV, LATER, by=by, at=cast.at)
    with pytest.raises(Refused, match="unit_begins_later"):
        change_unit(unit.reference, NAV, cast.day, by=by, at=cast.at)
    kari = NewContact(topic=ContactTopic.BENEFITS, name="Kari", phone="99 90 00 01")
    with pytest.raises(Refused, match="unit_is_ended"):
        add_contact(unit.reference, kari, cast.day, by=by, at=cast.at)


def test_a_contact_person_is_changed_from_a_day_and_ended_from_another(cast: Cast) -> None:
    by, unit = administrator(cast), service(cast)
    anne = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    made = add_contact(unit.reference, anne, cast.day, by=by, at=cast.at)
    ola = NewContact(topic=ContactTopic.ARRIVAL, name="Ola Lie", email="ola@levanger.example.no")
    change_contact(made.reference, ola, LATER, by=by, at=cast.at)
    end_contact(made.reference, date(2024, 6, 1), by=by, at=cast.at)

    def called(day: date) -> list[str]:
        return [each.name for each in route(levanger(cast), ContactTopic.ARRIVAL, day).contacts]

    assert [called(day) for day in (cast.day, LATER, date(2024, 6, 1))] == [["Anne Moe"], ["Ola Lie"], []]
    assert ContactPerson.objects.current().count() == 2
    assert [len(told(f"contact_{what}")) for what in ("added", "changed", "ended")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe"), "contact_unreachable"),
        (NewContact(topic=ContactTopic.PLACEMENT, name="Anne Moe", phone="74 00 00 00"), "topic_not_here"),
    ],
)
def test_contact_persons_that_cannot_be_have_their_sentence(cast: Cast, new: NewContact, code: str) -> None:
    with pytest.raises(Refused, match=code):
        add_contact(service(cast).reference, new, cast.day, by=administrator(cast), at=cast.at)


def test_a_contact_person_is_changed_and_ended_only_while_they_are_one(cast: Cast) -> None:
    by, unit = administrator(cast), service(cast)
    anne = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    made = add_contact(unit.reference, anne, LATER, by=by, at=cast.at)
    with pytest.raises(Refused, match="contact_begins_later"):
        end_contact(made.reference, cast.day, by=by, at=cast.at)
    end_contact(made.reference, date(2024, 6, 1), by=by, at=cast.at)
    with pytest.raises(Refused, match="contact_is_ended"):
        change_contact(made.reference, anne, date(2024, 6, 1), by=by, at=cast.at)
    with pytest.raises(NotFound):
        end_contact("finnes-ikke", LATER, by=by, at=cast.at)


def test_one_keeps_the_contacts_of_ones_own_and_those_who_keep_the_directory_all(cast: Cast) -> None:
    def tries(by: Viewer) -> None:
        change_unit(service(cast).reference, NewUnit(name="Flyktningkontoret"), LATER, by=by, at=cast.at)

    for viewer in (
        cast.municipality,
        cast.centre_administrator,
        cast.imdi,
        administrator(cast, cast.other_municipality),
    ):
        with pytest.raises(NotAllowed):
            tries(viewer)
    tries(keeper(cast))
    assert reached(cast, ContactTopic.SETTLEMENT, LATER) == "Flyktningkontoret"


def test_a_centres_administrator_keeps_the_centres(cast: Cast) -> None:
    by = cast.centre_administrator
    unit = add_unit(by.organisation_id, UnitKind.MAIN, NewUnit(name="Kontoret"), cast.day, by=by, at=cast.at)
    kari = NewContact(topic=ContactTopic.SETTLEMENT, name="Kari", phone="55 55 55 55")
    add_contact(unit.reference, kari, cast.day, by=by, at=cast.at)
    found = route(Organisation.objects.get(pk=by.organisation_id), ContactTopic.SETTLEMENT, cast.day)
    assert found.contact is not None
    assert found.contact.name == "Kari"
    assert [gap.code for gap in found.gaps] == ["no_mailbox"]
