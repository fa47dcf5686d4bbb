"""The pages of acts on a household."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string

import fotfeste.registry
from fotfeste.access.public import NeedReason, Subject, open_needs
from fotfeste.kernel.identifiers import IdentifierKind, synthetic_duf
from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.words import day as in_words
from fotfeste.registry.public import (
    CAUSES,
    EVENT_WORDS,
    Member,
    PlacementGroup,
    StatusKind,
    annul_status,
    household_acts,
    household_lead,
    household_panels,
    household_timeline,
    members_of,
    register_group,
    register_status,
)
from tests.actions.registry.families import alone, minor_alone, person
from tests.conftest import Cast
from tests.needs import reasons_of
from tests.web.registry.conftest import Browse, error_at, text_of, value_of

pytestmark = pytest.mark.django_db


def members(cast: Cast, group: PlacementGroup) -> dict[str, Member]:
    with scope(cast.udi, cast.day):
        return {member.given_name: member for member in members_of(group.pk, cast.day)}


def address(group: PlacementGroup, *rest: str) -> str:
    return "/".join(["/husstand", Subject.objects.get(pk=group.pk).reference, *rest, ""])


@pytest.mark.req("REG-05")
def test_udi_registers_a_permit_for_those_who_are_ticked(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    people = members(cast, family)
    client = browse(cast.udi)
    page = client.get(address(family, "status"))
    assert "Midlertidig kollektiv beskyttelse" in text_of(page)
    form = {
        "version": value_of(page, "version"),
        "kind": "temporary_collective_protection",
        "holds_on": "2.3.2024",
        "person_ids": [people[name].reference for name in ("Olena", "Sofia", "Danylo")],
    }
    assert client.post(address(family, "status"), form).status_code == 302
    now = members(cast, family)
    assert [now[name].has_permit for name in ("Olena", "Andrij", "Sofia")] == [True, False, True]


def test_who_is_alone_in_a_household_is_ticked_already(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    with scope(cast.registrar, cast.day):
        single = register_group(alone(person("Ivan")), by=cast.registrar, at=cast.at)
    pages = [browse(cast.udi).get(address(group, "status")).text for group in (single, family)]
    assert [len(re.findall(r'name="person_ids"[^>]* checked', page)) for page in pages] == [1, 0]


def test_the_police_are_not_offered_what_udi_decides(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    page = browse(cast.registrar).get(address(family, "status"))
    assert "Midlertidig kollektiv beskyttelse" not in text_of(page)
    assert "Søkt beskyttelse" in text_of(page)


def test_a_form_opened_on_an_older_version_is_told_and_keeps_what_was_typed(
    cast: Cast, browse: Browse, family: PlacementGroup
) -> None:
    people = members(cast, family)
    client = browse(cast.udi)
    form = {
        "version": value_of(client.get(address(family, "status")), "version"),
        "kind": "residence_permit",
        "holds_on": "2.3.2024",
        "person_ids": [people["Olena"].reference],
    }
    with scope(cast.udi, cast.day):
        andrij = [people["Andrij"].subject_id]
        register_status(family.pk, andrij, StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    told = client.post(address(family, "status"), form)
    assert told.status_code == 422
    assert "Noen andre har endret saken" in text_of(told)
    assert value_of(told, "holds_on") == "2.3.2024"
    again = form | {"version": value_of(told, "version")}
    assert client.post(address(family, "status"), again).status_code == 302


@pytest.mark.req("REG-02")
def test_somebody_is_found_and_added(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    with scope(cast.registrar, cast.day):
        register_group(alone(person("Halyna", "Melnyk")), by=cast.registrar, at=cast.at)
    client = browse(cast.registrar)
    where = f"{address(family, 'legg-til')}?q=halyna"
    page = client.get(where)
    assert "Halyna Melnyk, født 3.5.1986" in text_of(page)
    reference = page.content.decode().split('name="persons" value="')[1].split('"')[0]
    nobody = client.post(where, {"from_on": "14.3.2024"})
    assert error_at(nobody, "persons") == "Velg minst én person."
    done = client.post(where, {"persons": [reference], "from_on": "14.3.2024", "version": value_of(page, "version")})
    assert done.status_code == 302
    assert "Halyna" in members(cast, family)


@pytest.mark.req("REG-03")
def test_family_with_the_same_reg_nr_in_another_group_is_proposed_for_joining(cast: Cast, browse: Browse) -> None:
    number = {IdentifierKind.REG_NR: "ab 12"}
    with scope(cast.registrar, cast.day):
        mother, _stranger, son = (
            register_group(alone(person(name, born=born, identifiers=numbers)), by=cast.registrar, at=cast.at)
            for name, born, numbers in (
                ("Olena", date(1986, 5, 3), number),
                ("Ivan", date(1970, 1, 1), {IdentifierKind.REG_NR: "AB123"}),
                ("Danylo", date(2017, 11, 30), number),
            )
        )
    page = browse(cast.registrar).get(address(mother, "legg-til"))
    words = text_of(page)
    assert "Disse har samme Reg.nr. som husstanden" in words
    assert f"Danylo Kovalenko, født 30.11.2017, plasseringsgruppe {son.number}" in words
    assert "Ivan" not in words
    reference = members(cast, son)["Danylo"].reference
    form = {"persons": [reference], "from_on": "14.3.2024", "version": value_of(page, "version")}
    assert browse(cast.registrar).post(address(mother, "legg-til"), form).status_code == 302
    assert set(members(cast, mother)) == {"Olena", "Danylo"}


@pytest.mark.req("REG-02")
def test_only_udi_has_the_page_that_takes_somebody_out(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    andrij = members(cast, family)["Andrij"].reference
    assert browse(cast.registrar).get(address(family, "ta-ut")).status_code == 403
    client = browse(cast.udi)
    form = {"persons": andrij, "from_on": "1.2.2024"}
    assert "har vært i sin nåværende gruppe siden 12. februar 2024" in error_at(
        client.post(address(family, "ta-ut"), form), "from_on"
    )
    assert client.post(address(family, "ta-ut"), form | {"from_on": "14.3.2024"}).status_code == 302
    assert "Andrij" not in members(cast, family)


@pytest.mark.req("REG-06")
def test_details_are_shown_as_they_are_and_corrected_with_a_reason(
    cast: Cast, browse: Browse, family: PlacementGroup
) -> None:
    where = address(family, "rett", members(cast, family)["Olena"].reference)
    client = browse(cast.registrar)
    page = client.get(where)
    names = (
        "version", "given_name", "family_name", "original_name", "birth_date", "sex", "citizenship", "language_1",
        "language_2", "duf",
    )  # fmt: skip
    form = {name: value_of(page, name) or "" for name in names} | {"needs_interpreter": "on"}
    assert form["birth_date"] == "3.5.1986"
    assert form["duf"] == synthetic_duf(100001)
    without = client.post(where, form | {"given_name": "Helena"})
    assert error_at(without, "reason") == "Velg «Hvorfor retter du?»."
    assert value_of(without, "given_name") == "Helena"
    unchanged = client.post(where, form | {"reason": "typing_error"})
    assert "Du har ikke endret noe." in text_of(unchanged)
    assert client.post(where, form | {"given_name": "Helena", "reason": "typing_error"}).status_code == 302
    assert "Helena" in members(cast, family)


def test_a_child_is_registered_into_the_household(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    client = browse(cast.registrar)
    page = client.get(address(family, "ny-person"))
    assert value_of(page, "family_name") == "Kovalenko"
    form = {
        "version": value_of(page, "version"), "registered_on": "14.3.2024", "given_name": "Marta",
        "family_name": "Kovalenko", "birth_date": "1.3.2024", "sex": "female", "citizenship": "UKR",
    }  # fmt: skip
    future = client.post(address(family, "ny-person"), form | {"birth_date": "1.4.2024"})
    assert error_at(future, "birth_date") == "Fødselsdatoen kan ikke være etter registreringen (14. mars 2024)."
    assert client.post(address(family, "ny-person"), form).status_code == 302
    assert members(cast, family)["Marta"].age == 0


@pytest.mark.req("REG-04")
def test_members_are_tied_and_a_wrong_tie_is_taken_away(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    people = members(cast, family)
    client = browse(cast.registrar)
    where = address(family, "slektskap")
    assert "Olena Kovalenko gift med Andrij Kovalenko" in text_of(client.get(where))
    form = {"first": people["Danylo"].reference, "kind": "of:parent", "second": people["Olena"].reference}
    assert client.post(where, form).status_code == 302
    page = client.get(where)
    assert "Olena Kovalenko forelder til Danylo Kovalenko" in text_of(page)
    tie = page.content.decode().rsplit('name="annul" value="', 1)[1].split('"')[0]
    assert client.post(where, {"annul": tie}).status_code == 302
    assert "Olena Kovalenko forelder til Danylo Kovalenko" not in text_of(client.get(where))


def test_a_stranger_is_told_that_there_is_no_such_household(cast: Cast, browse: Browse, family: PlacementGroup) -> None:
    for page in ("rett/x", "legg-til", "slektskap"):
        assert browse(cast.centre).get(address(family, *page.split("/"))).status_code == 404


def context_of(cast: Cast, viewer: Viewer, group: PlacementGroup) -> HouseholdContext:
    people = members_of(group.pk, cast.day)
    return HouseholdContext(
        viewer=viewer,
        day=cast.day,
        subject_id=group.pk,
        reference=Subject.objects.get(pk=group.pk).reference,
        version=1,
        reasons=reasons_of(viewer, group.pk, cast.day),
        person_ids=tuple(member.subject_id for member in people),
        names={member.subject_id: member.given_name for member in people},
        members=people,
    )


@pytest.mark.req("REG-04")
@pytest.mark.req("REG-06")
@pytest.mark.req("REG-10")
def test_the_panel_says_who_they_are_and_what_to_look_at(
    cast: Cast, family: PlacementGroup, django_assert_max_num_queries: Any
) -> None:
    with scope(cast.udi, cast.day):
        context = context_of(cast, cast.udi, family)
        with django_assert_max_num_queries(3):
            [panel] = household_panels(context)
            words = render_to_string(panel.template, {"panel": panel.context})
            household_timeline(context)
            household_acts(context)
    for expected in ("Олена Коваленко", "13 år", "ukrainsk", "trenger tolk", "gift med Andrij", "barn av Olena"):
        assert expected in words
    assert "Andrij, Olena, Sofia, Danylo mangler Reg.nr. Kontakt pu.politivakta@politiet.no." in words


def test_the_timeline_tells_together_what_several_got_together(cast: Cast, family: PlacementGroup) -> None:
    with scope(cast.udi, cast.day):
        olena = [member.subject_id for member in members_of(family.pk, cast.day) if member.given_name == "Olena"]
        permit = StatusKind.TEMPORARY_COLLECTIVE_PROTECTION
        register_status(family.pk, olena, permit, cast.day, by=cast.udi, at=cast.at)
        context = context_of(cast, cast.udi, family)
        entries, lead = household_timeline(context), household_lead(context)
    assert [(entry.label, entry.source) for entry in entries] == [
        ("Registrert av politiet", "Politiets utlendingsenhet"),
        ("Søkt beskyttelse", "Politiets utlendingsenhet"),
        ("Midlertidig kollektiv beskyttelse: Olena", "UDI"),
    ]
    assert sorted(lead) == [
        f"Midlertidig kollektiv beskyttelse {in_words(cast.day)}: Olena",
        "Søkt beskyttelse 12. februar 2024: Andrij, Sofia, Danylo",
    ]


def test_everyone_is_offered_what_their_role_may_do(cast: Cast, family: PlacementGroup) -> None:
    with scope(cast.udi, cast.day):
        open_needs(
            [family.pk, *(member.subject_id for member in members_of(family.pk, cast.day))],
            organisation_id=cast.centre.organisation_id,
            reason=NeedReason.LIVES_HERE,
            from_on=cast.day,
            at=cast.at,
        )
    offered = {}
    for viewer in (cast.udi, cast.centre, cast.imdi):
        with scope(cast.udi, cast.day):
            offered[viewer.organisation_kind] = [act.label for act in household_acts(context_of(cast, viewer, family))]
    assert "Ta noen ut av plasseringsgruppen" in offered["udi"]
    assert offered["centre"] == ["Legg til medlemmer", "Slektskap og følge"]
    assert offered["imdi"] == []


@pytest.mark.req("REG-04")
def test_the_panel_marks_an_unaccompanied_minor_and_names_the_guardian(cast: Cast) -> None:
    with scope(cast.registrar, cast.day):
        group = register_group(minor_alone(), by=cast.registrar, at=cast.at)
        [panel] = household_panels(context_of(cast, cast.registrar, group))
        words = render_to_string(panel.template, {"panel": panel.context})
    assert "Enslig mindreårig" in words
    assert "Verge eller representant: Verge Vergesen, 99 99 99 99, verge@example.no" in words


@pytest.mark.req("REG-04")
def test_a_minor_alone_without_a_guardian_is_something_to_look_at(cast: Cast) -> None:
    minor = minor_alone()
    unguarded = replace(minor, persons=(replace(minor.persons[0], guardian=None),))
    with scope(cast.registrar, cast.day):
        group = register_group(unguarded, by=cast.registrar, at=cast.at)
        [panel] = household_panels(context_of(cast, cast.registrar, group))
    assert "Verge er ikke registrert for Maksym Tkachenko. Enslige mindreårige skal ha verge." in (
        render_to_string(panel.template, {"panel": panel.context})
    )


def test_every_event_and_cause_of_the_registry_has_its_words() -> None:
    published = {
        text
        for path in Path(fotfeste.registry.__file__).parent.rglob("*.py")
        for text in re.findall(r'(?:type=|_tell\()"(registry\.\w+)"', path.read_text(encoding="utf-8"))
    }
    assert published
    assert published <= set(EVENT_WORDS)
    assert {f"registry.status_registered:{kind}" for kind in StatusKind} - set(EVENT_WORDS) == {
        "registry.status_registered:registered_by_police"
    }
    assert set(CAUSES) == {"registry.group_registered", "registry.likely_duplicate", "registry.protected"}


@pytest.mark.req("REG-05")
def test_a_status_that_is_wrong_is_taken_back_from_the_link_beside_it(
    cast: Cast, browse: Browse, family: PlacementGroup
) -> None:
    people = members(cast, family)
    olena = people["Olena"]
    with scope(cast.udi, cast.day):
        register_status(family.pk, [olena.subject_id], StatusKind.REFUSAL, cast.day, by=cast.udi, at=cast.at)
    client = browse(cast.udi)
    url = address(family, "status-feil") + f"?person={olena.reference}"
    assert url in client.get(address(family)).text
    page = client.get(url)
    assert "Avslag fra 14. mars 2024: Olena" in text_of(page)
    form = {
        "version": value_of(page, "version"),
        "status": f"refusal:{cast.day}",
        "person_ids": [olena.reference],
        "reason": "other",
    }
    wrong = client.post(url, form)
    assert (wrong.status_code, error_at(wrong, "text")) == (422, "Skriv hva som var feil.")
    assert client.post(url, form | {"text": "Gjaldt naboen."}).status_code == 302
    assert members(cast, family)["Olena"].current_status == StatusKind.APPLIED_FOR_PROTECTION


def test_who_cannot_take_anything_back_sees_no_link_and_is_told_so(
    cast: Cast, browse: Browse, family: PlacementGroup
) -> None:
    people = members(cast, family)
    assert "status-feil" in browse(cast.registrar).get(address(family)).text  # the application is theirs
    with scope(cast.registrar, cast.day):
        chosen = [each.subject_id for each in people.values()]
        annul_status(
            family.pk,
            chosen,
            StatusKind.APPLIED_FOR_PROTECTION,
            date(2024, 2, 12),
            reason="wrong_person",
            by=cast.registrar,
            at=cast.at,
        )
    assert "status-feil" not in browse(cast.registrar).get(address(family)).text
    page = browse(cast.registrar).get(address(family, "status-feil"))
    assert "Ingen i husstanden har en status som dere kan ta tilbake." in text_of(page)
