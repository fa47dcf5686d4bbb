"""The pages of applications for staff: the list, what can be done on each step, what follows shown before it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from fotfeste.alternative.models import Agreement, Application, ApplicationDocument, ApplicationPerson
from fotfeste.alternative.public import Party, Procedure, match_people
from fotfeste.platform.files import store
from fotfeste.platform.scope import scope
from fotfeste.registry.public import Member, members_of, register_group
from tests.actions.alternative.applied import (
    AT,
    DAY,
    answered,
    application,
    applied,
    asked,
    fresh,
    granted,
    registered,
    submitted,
)
from tests.actions.registry.families import alone, person, with_duf
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.doors.asking import browser
from tests.web.settlement.pages import reference_of

pytestmark = pytest.mark.django_db
CLOSED_EARLY = """
[[value]]
code = "alternative.mamot_open"
value = false
unit = "claim"
effective_from = 2024-02-01
known_from = 2024-01-25
source = "Instruction of 25 January 2024"
status = "verified"
"""


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the applications."""
    with time_machine.travel(AT, tick=False):
        yield


def page(client: Client, of: Application, rest: str = "") -> str:
    """A page about an application that is there for the client."""
    answer = client.get(f"/soknader/{of.reference}/{rest}")
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def send(client: Client, of: Application, rest: str, cast: Cast, **typed: object) -> Application:
    """Send a form; gives the application as it is then."""
    version = str(fresh(cast, of).version)
    answer = client.post(f"/soknader/{of.reference}/{rest}", {"version": version, **typed})
    assert answer.status_code == 302, answer.text
    return fresh(cast, of)


@pytest.mark.req("ALT-03", "ALT-09")
def test_udi_takes_an_application_from_the_list_to_the_grant(cast: Cast) -> None:
    group, members = registered(cast)
    made = applied(application(cast, members)).application
    udi, municipality = browser(cast.udi), browser(cast.municipality)
    shown = udi.get("/soknader/").text
    assert "Kovalenko" in shown
    assert "ikke koblet" in shown
    assert "Finn ut hvem det gjelder" in page(udi, made)
    rows = {f"row_{row.pk}": str(who.subject_id) for row, who in zip(_rows(cast, made), members, strict=True)}
    assert "passer for 4 personer" in page(udi, made, "hvem/")
    assert send(udi, made, "hvem/", cast, **rows).subject_id == group
    assert "kilde" in page(udi, made)
    assert send(udi, made, "spor/", cast).state == "at_municipality"
    assert "Kan de bo privat hos dere" in page(municipality, made, "svar/")
    assert send(municipality, made, "svar/", cast, answer="yes").state == "submitted"
    everybody = [str(member.subject_id) for member in members]
    assert send(udi, made, "innvilg/", cast, persons=everybody, starts_on="5.2.2024").state == "granted"
    shown = page(udi, made)
    assert "Ta tilbake innvilgelsen" in shown
    household = udi.get(f"/husstand/{reference_of(group)}/").text
    assert "Søknad om å bo privat" in household
    assert "Avslutt avtalen om å bo privat" in household


def _rows(cast: Cast, made: Application) -> list[ApplicationPerson]:
    with scope(cast.udi, DAY):
        return list(made.persons.order_by("position"))


@pytest.mark.req("ALT-10")
def test_a_municipality_says_no_with_a_reason_from_the_list(cast: Cast) -> None:
    made, _ = asked(cast)
    client = browser(cast.municipality)
    wrong = client.post(
        f"/soknader/{made.reference}/svar/", {"answer": "no", "version": str(fresh(cast, made).version)}
    )
    assert wrong.status_code == 422
    declined = send(client, made, "svar/", cast, answer="no", reason="no_capacity", text="Fullt til mai")
    assert (declined.answer, declined.answer_text) == ("no", "Kommunen har ikke kapasitet nå. Fullt til mai")
    refused = send(browser(cast.udi), made, "avsla/", cast, ground="municipality_declined")
    assert refused.state == "refused"


@pytest.mark.req("ALT-07")
def test_before_a_refusal_what_the_letter_says_first_is_shown(cast: Cast) -> None:
    made, _ = answered(cast, accepts=False)
    shown = page(browser(cast.udi), made, "avsla/")
    assert "Du kan fortsatt bo der du bor" in shown
    assert "kan ikke klages på" in shown


@pytest.mark.req("ALT-06")
def test_a_lost_link_is_renewed_and_shown_once_and_the_old_one_opens_nothing(cast: Cast) -> None:
    _, members = registered(cast)
    made = applied(application(cast, members, procedure=Procedure.FAST))
    udi, old = browser(cast.udi), made.links[Party.HOST]
    told = udi.post(f"/soknader/{made.application.reference}/part/host/lenke/", {"version": ""}).text
    new = told.split("/bo-privat/lenke/")[1].split("/")[0]
    assert new != old
    assert Client().get(f"/bo-privat/lenke/{old}/").status_code == 404
    assert Client().get(f"/bo-privat/lenke/{new}/").status_code == 200
    assert new not in page(udi, made.application)


@pytest.mark.req("ALT-06")
def test_what_a_host_said_on_the_telephone_is_written_down_with_who_and_how(cast: Cast) -> None:
    _, members = registered(cast)
    made = applied(application(cast, members, procedure=Procedure.FAST)).application
    send(browser(cast.udi), made, "part/host/", cast, answer="yes", way="phone", signer_name="Kari Vert")
    shown = page(browser(cast.udi), made)
    assert "Kari Vert" in shown
    assert "På telefon" in shown


@pytest.mark.req("ALT-04")
def test_in_the_fast_procedure_the_municipality_is_not_asked_again(cast: Cast) -> None:
    made, _ = submitted(cast, procedure=Procedure.FAST)
    assert "Spør kommunen" not in page(browser(cast.udi), made)


@pytest.mark.req("ALT-06")
def test_staff_apply_for_a_household_they_know_and_are_named(cast: Cast) -> None:
    group, members = registered(cast)
    client, reference = browser(cast.udi), reference_of(group)
    address = f"/husstand/{reference}/sok-bo-privat/"
    shown = client.get(address)
    assert "Olena Kovalenko" in shown.text
    typed = {
        "persons": [str(member.subject_id) for member in members],
        "scheme": "mamot",
        "procedure": "alone",
        "municipality": "5037",
        "lives_there": "yes",
        "living_there_since": "5.2.2024",
        "street": "Kirkegata 1",
        "postal_code": "7600",
        "home_kind": "private",
        "host_name": "Kari Vert",
        "host_relation": "friend",
        "is_tenant": "yes",
        "is_centre_housing": "no",
        "language": "uk",
    }
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.text
    assert "fylt ut av" in client.get(answer.headers["Location"]).text.lower()
    assert cast.udi.name in client.get(answer.headers["Location"]).text


@pytest.mark.req("ALT-08")
def test_before_an_agreement_ends_what_follows_is_shown(cast: Cast) -> None:
    _, group = granted(cast)
    client, address = browser(cast.udi), f"/husstand/{reference_of(group)}/avtale/avslutt/"
    assert "Det betyr ikke at de må flytte" in client.get(address).text
    typed = {"cause": "moved_away", "on": "12.2.2024"}
    assert "Dette betyr i penger" in client.post(address, typed | {"preview": "1"}).text
    assert _agreements(cast) == [None]
    assert client.post(address, typed).status_code == 302
    assert _agreements(cast) == [DAY]


def _agreements(cast: Cast) -> list[object]:
    with scope(cast.udi, DAY):
        return [each.period.end for each in Agreement.objects.current()]


@pytest.mark.req("ACS-01")
def test_an_application_is_there_for_those_alone_who_need_to_know(cast: Cast) -> None:
    made, _ = asked(cast)
    stranger = applied(application(cast, registered_alone(cast)))
    for viewer in (cast.other_municipality, cast.other_centre, cast.centre, cast.registrar, cast.imdi):
        assert browser(viewer).get(f"/soknader/{made.reference}/").status_code in (403, 404)
    assert browser(cast.municipality).get(f"/soknader/{made.reference}/").status_code == 200
    assert browser(cast.municipality).get(f"/soknader/{stranger.application.reference}/").status_code == 404
    assert "Nabo" not in browser(cast.municipality).get("/soknader/").text


def registered_alone(cast: Cast) -> list[Member]:
    """Somebody who is registered with another application."""
    with scope(cast.registrar, DAY):
        group = register_group(alone(with_duf(person("Nabo"), 100_099)), by=cast.registrar, at=AT).subject_id
        return members_of(group, DAY)


@pytest.mark.req("ALT-04")
def test_a_municipality_that_is_known_to_the_application_answers_without_a_link(cast: Cast) -> None:
    _, members = registered(cast)
    made = applied(application(cast, members, procedure=Procedure.FAST)).application
    with scope(cast.udi, DAY):
        match_people(made.pk, by=cast.udi, at=AT)
    send(browser(cast.municipality), made, "part/municipality/", cast, answer="yes")
    assert "Innlogget" in page(browser(cast.udi), made)


@pytest.mark.req("ALT-08")
def test_the_list_says_how_the_schemes_stand_and_by_which_rule(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    shown = " ".join(read(browser(cast.udi).get("/soknader/").text).text.split())
    assert "midlertidig alternativ mottaksplass (MAMOT) åpen for søknader fra 15. mars 2022" in shown
    own = tmp_path / "schemes.toml"
    own.write_text(CLOSED_EARLY)
    settings.SCHEME_RULES = str(own)
    shown = " ".join(read(browser(cast.udi).get("/soknader/").text).text.split())
    assert "midlertidig alternativ mottaksplass (MAMOT) tar ikke imot søknader fra 1. februar 2024" in shown
    assert "Instruction of 25 January 2024" in shown


@pytest.mark.req("ALT-11")
def test_what_was_sent_along_is_saved_by_a_name_that_nobody_counts_up(cast: Cast) -> None:
    made = applied(application(cast, registered(cast)[1])).application
    content, both = b"%PDF-1.7\n%%EOF\n", (cast.udi.organisation_id, cast.municipality.organisation_id)
    with scope(cast.udi, DAY):
        file = store(
            None, "kontrakt.pdf", content, "rent_contract", compartment="housing", by=cast.udi, at=AT, seen_by=both
        )
        sent = ApplicationDocument.objects.create(application=made, file=file, kind="rent_contract")
    address = f"/soknader/{made.reference}/dokument/{file.reference}/"
    udi = browser(cast.udi)
    assert address in page(udi, made)
    answer = udi.get(address)
    assert (answer.content, answer.headers["Content-Type"]) == (content, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert udi.get(f"/soknader/{made.reference}/dokument/{sent.pk}/").status_code == 404
    assert browser(cast.other_municipality).get(address).status_code == 404
