"""To which unit a matter goes, and whom one calls: every step, and what is said where something is missing."""

from collections.abc import Sequence

import pytest

from fotfeste.directory.domain.routing import Route, is_general_postbox, route, unit_for
from fotfeste.directory.domain.types import (
    ContactOnDay,
    ContactTopic,
    OrganisationKind,
    UnitKind,
    UnitOnDay,
    topics_of,
    units_of,
)

pytestmark = pytest.mark.req("REG-07")


def unit(key: int, kind: UnitKind, name: str, mailbox: str = "sak@x.example.no", *topics: ContactTopic) -> UnitOnDay:
    """A unit of organisation 1."""
    return UnitOnDay(key, f"u{key}", 1, kind, name, mailbox, frozenset(topics))


REFUGEES = unit(1, UnitKind.REFUGEE_SERVICE, "Flyktningtjenesten")
SCHOOL = unit(2, UnitKind.ADULT_EDUCATION, "Voksenopplæringen")
HOUSES = unit(3, UnitKind.HOUSING_OFFICE, "Boligkontoret")
WHOLE = (REFUGEES, SCHOOL, HOUSES)


def by_municipality(
    topic: ContactTopic, units: Sequence[UnitOnDay] = WHOLE, contacts: Sequence[ContactOnDay] = ()
) -> Route:
    """The route at a municipality."""
    return route(OrganisationKind.MUNICIPALITY, units, contacts, topic)


@pytest.mark.parametrize(
    ("topic", "reached", "why"),
    [
        (ContactTopic.SETTLEMENT, "Flyktningtjenesten", "unit_of_its_kind"),
        (ContactTopic.ARRIVAL, "Flyktningtjenesten", "unit_of_its_kind"),
        (ContactTopic.EDUCATION, "Voksenopplæringen", "unit_of_its_kind"),
        (ContactTopic.HOUSING, "Boligkontoret", "unit_of_its_kind"),
        (ContactTopic.HEALTH, "Flyktningtjenesten", "default_unit"),  # no health station is named
        (ContactTopic.BENEFITS, "Flyktningtjenesten", "default_unit"),
        (ContactTopic.GENERAL, "Flyktningtjenesten", "unit_for_the_rest"),
    ],
)
def test_a_matter_goes_to_the_unit_that_answers_for_it_else_to_the_refugee_service_which_is_said(
    topic: ContactTopic, reached: str, why: str
) -> None:
    found = by_municipality(topic)
    assert found.unit is not None
    assert (found.unit.name, found.decision.reasons[0].code) == (reached, why)
    assert found.is_fallback == (why == "default_unit")
    assert found.decision.is_yes


def test_what_the_municipality_says_goes_before_what_a_unit_is_by_nature() -> None:
    nav = unit(4, UnitKind.NAV, "NAV", "nav@x.example.no", ContactTopic.HOUSING)
    found = by_municipality(ContactTopic.HOUSING, (*WHOLE, nav))
    assert found.unit == nav
    assert found.decision.reasons[0].code == "unit_named_for_topic"


def test_the_unit_that_is_named_for_the_rest_is_the_default() -> None:
    nav = unit(4, UnitKind.NAV, "NAV", "nav@x.example.no", ContactTopic.GENERAL)
    assert by_municipality(ContactTopic.HEALTH, (*WHOLE, nav)).unit == nav


def test_a_single_unit_takes_everything_and_several_without_a_default_take_nothing_of_what_no_one_has() -> None:
    assert by_municipality(ContactTopic.HEALTH, (SCHOOL,)).unit == SCHOOL
    found = by_municipality(ContactTopic.HEALTH, (SCHOOL, HOUSES))
    assert found.unit is None
    assert found.decision.is_no
    assert [gap.code for gap in found.gaps] == ["no_unit"]


def test_an_organisation_without_units_says_that_there_is_nowhere_to_go() -> None:
    found = route(OrganisationKind.VOLUNTARY, (), (), ContactTopic.ACTIVITIES)
    assert found.unit is None
    assert found.contacts == ()
    assert [reason.code for reason in found.decision.reasons] == ["no_unit"]


def test_the_region_is_reached_about_a_refusal_where_the_county_is_known() -> None:
    main, region = unit(1, UnitKind.SETTLEMENT_UNIT, "LT bosetting"), unit(2, UnitKind.REGION, "Region Vest")
    vest = UnitOnDay(2, "u2", 1, UnitKind.REGION, region.name, region.mailbox, counties=frozenset({"46", "11"}))
    udi, refusal = OrganisationKind.UDI, ContactTopic.REFUSAL
    assert route(udi, (main, vest), (), refusal, county="46").unit == vest
    assert route(udi, (main, vest), (), refusal, county="50").unit == main
    assert route(udi, (main, vest), (), ContactTopic.TRAVEL, county="46").unit == main


def contact(reference: str, of: UnitOnDay, topic: ContactTopic, name: str) -> ContactOnDay:
    """A contact person."""
    return ContactOnDay(reference, of.id, topic, name, "99 90 00 00")


@pytest.mark.parametrize(
    ("named", "called", "why"),
    [
        ((ContactTopic.ARRIVAL, ContactTopic.GENERAL), "arrival", "contact_for_topic"),
        ((ContactTopic.GENERAL, ContactTopic.SETTLEMENT), "general", "contact_of_unit"),
        ((ContactTopic.SETTLEMENT,), "settlement", "contact_of_other_topic"),
    ],
)
def test_one_calls_who_is_named_for_it_else_who_answers_for_the_unit_else_somebody_there(
    named: tuple[ContactTopic, ...], called: str, why: str
) -> None:
    contacts = [contact(f"c-{topic}", REFUGEES, topic, str(topic)) for topic in named]
    elsewhere = contact("c-x", SCHOOL, ContactTopic.ARRIVAL, "Aa")
    found = by_municipality(ContactTopic.ARRIVAL, contacts=[*contacts, elsewhere])
    assert found.contact is not None
    assert found.contact_reason is not None
    assert (found.contact.name, found.contact_reason.code) == (called, why)
    assert found.gaps == ()


def test_several_for_one_topic_are_all_told_by_name() -> None:
    contacts = [
        contact("c1", REFUGEES, ContactTopic.ARRIVAL, "Øyvind"),
        contact("c2", REFUGEES, ContactTopic.ARRIVAL, "Anne"),
    ]
    assert [each.name for each in by_municipality(ContactTopic.ARRIVAL, contacts=contacts).contacts] == [
        "Anne",
        "Øyvind",
    ]


def test_one_who_answers_for_several_other_things_is_named_once() -> None:
    contacts = [contact("c1", REFUGEES, topic, "Anne") for topic in (ContactTopic.SETTLEMENT, ContactTopic.ARRIVAL)]
    assert [each.name for each in by_municipality(ContactTopic.TRAVEL, contacts=contacts).contacts] == ["Anne"]


def test_no_mailbox_and_nobody_to_call_are_each_said() -> None:
    found = by_municipality(ContactTopic.ARRIVAL, (unit(1, UnitKind.REFUGEE_SERVICE, "Flyktningtjenesten", ""),))
    assert found.unit is not None
    assert [gap.code for gap in found.gaps] == ["no_mailbox", "no_contact"]


@pytest.mark.parametrize(
    ("address", "is_general"),
    [
        ("postmottak@levanger.kommune.no", True),
        ("Post@imdi.no", True),
        (" firmapost@x.no ", True),
        ("flyktningtjenesten@levanger.kommune.no", False),
        ("postkontoret@x.no", False),
        ("mottak@imdi.no", False),
    ],
)
def test_a_general_postbox_is_known_by_its_first_part(address: str, is_general: bool) -> None:
    assert is_general_postbox(address) == is_general


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_every_kind_of_organisation_has_units_and_topics_and_its_first_kind_of_unit_takes_them_all(
    kind: OrganisationKind,
) -> None:
    only = (unit(1, units_of(kind)[0], "Enheten"),)
    assert ContactTopic.GENERAL in topics_of(kind)
    assert {unit_for(kind, only, topic) for topic in topics_of(kind)} == {only[0]}


def test_a_municipality_has_no_unit_that_is_only_general() -> None:
    assert UnitKind.MAIN not in units_of(OrganisationKind.MUNICIPALITY)
