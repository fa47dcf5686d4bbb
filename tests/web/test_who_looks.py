"""The resident's view, and the administrator's list of looks that stand out."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from fotfeste.access.models import LookReview
from fotfeste.access.public import Look, LookRule, Subject, unusual_looks
from fotfeste.directory.public import Organisation, User
from fotfeste.kernel.errors import NotAllowed, Refused
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import name_follower
from fotfeste.settlement.actions.request import decline_request
from fotfeste.settlement.domain.types import DeclineReason
from tests.acting import review_look
from tests.actions.access.emergencies import opened
from tests.actions.access.stage import employment_of
from tests.actions.directory.stage import administrator, keeper
from tests.actions.registry.families import kovalenko
from tests.actions.registry.test_protection import protected, reference_of
from tests.actions.settlement.stage import depart, offered, queued, requested, with_journey
from tests.as_owner import every_event
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import placed, registered

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def browser(viewer: Viewer) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id or 0))
    return client


def address(name: str, household: int) -> str:
    """The address of a household's page."""
    return reverse(name, args=[Subject.objects.get(pk=household).reference])


@pytest.mark.req("POR-06")
@pytest.mark.req("ACS-03")
def test_the_resident_is_shown_who_can_see_what_and_why_and_who_has_looked_but_no_employee(cast: Cast) -> None:
    household = offered(cast, queued(cast))
    User.objects.filter(pk__in=[cast.municipality.user_id, cast.imdi.user_id]).update(name="Ansatt Ansattsen")
    with time_machine.travel(cast.at, tick=False):
        browser(cast.municipality).get(address("household", household))
        browser(cast.imdi).get(address("household", household))
        for viewer in (cast.centre, cast.udi):
            page = browser(viewer).get(address("who_looks", household))
            assert page.status_code == 200
            text = page.text
            assert "Levanger" in text
            assert "er tilbudt som bosettingskommune" in text
            assert "Saksbehandler i IMDi" in text
            assert "Ansatt Ansattsen" not in text
    looks = [row.text for row in read(text).all("tr")][-3:]
    assert any("IMDi" in row and "hvem dere er" in row for row in looks)
    assert any("Levanger" in row and "Flyktningtjenesten" in row for row in looks)


@pytest.mark.req("POR-06")
def test_whoever_may_not_show_it_does_not_come_in_and_finds_no_link(cast: Cast) -> None:
    household = requested(cast, queued(cast))
    there = address("who_looks", household)
    with time_machine.travel(cast.at, tick=False):
        for viewer in (cast.municipality, cast.imdi, cast.centre_administrator, cast.registrar):
            client = browser(viewer)
            # A municipality may show it to those who are settled there, and these are only asked for.
            assert client.get(there).status_code == (404 if viewer is cast.municipality else 403)
            assert there not in client.get(address("household", household)).text
        assert browser(cast.other_centre).get(there).status_code == 404
        assert there in browser(cast.centre).get(address("household", household)).text


@pytest.mark.req("POR-06")
def test_the_municipality_where_they_are_settled_shows_it_but_nothing_of_other_municipalities(cast: Cast) -> None:
    household = queued(cast)
    requested(cast, household, cast.other_municipality)
    with time_machine.travel(cast.at, tick=False):
        for viewer in (cast.other_municipality, cast.imdi, cast.centre):
            browser(viewer).get(address("household", household))
        with scope(cast.other_municipality, cast.day):
            decline_request(
                household,
                reason=DeclineReason.NO_HOUSING,
                follows="not_until_reassessed",
                text="Fullt",
                by=cast.other_municipality,
                at=cast.at,
            )
        assert browser(cast.municipality).get(address("who_looks", household)).status_code == 404
        depart(cast, with_journey(cast, household))
        client = browser(cast.municipality)
        assert address("who_looks", household) in client.get(address("household", household)).text
        page = client.get(address("who_looks", household))
    assert page.status_code == 200
    assert "Andre kommuner står ikke på denne siden." in page.text
    assert "Verdal" not in page.text
    rows = [" ".join(row.text.split()) for row in read(page.text).all("tr")]
    for who in ("IMDi Saksbehandler i IMDi", "Voss akuttinnkvartering", "Levanger Flyktningtjenesten"):
        assert any(who in row for row in rows), who
    with scope(cast.municipality, cast.day):
        of_them = Look.objects.filter(household_id=household)
        assert of_them.exists()
        assert not of_them.filter(organisation_id=cast.other_municipality.organisation_id).exists()
    with scope(cast.udi, cast.day):
        there = Look.objects.filter(household_id=household)
        assert there.filter(organisation_id=cast.other_municipality.organisation_id).exists()


@pytest.mark.req("POR-06")
def test_the_municipality_where_they_are_settled_tells_of_emergency_access_but_not_of_other_municipalities(
    cast: Cast,
) -> None:
    household = queued(cast)
    reference = Subject.objects.get(pk=household).reference
    for viewer in (cast.municipality, cast.other_municipality, cast.other_centre):
        assert opened(viewer, reference, cast.at).is_found
    depart(cast, with_journey(cast, household))
    told = {}
    with time_machine.travel(cast.at, tick=False):
        for viewer in (cast.municipality, cast.udi):
            page = browser(viewer).get(address("who_looks", household))
            assert page.status_code == 200
            rows = [" ".join(row.text.split()) for row in read(page.text).all("tr")]
            told[viewer.organisation_kind] = [row for row in rows if "åpent nå" in row]
    there = {"Levanger", "Verdal", "Råde mottak"}
    assert {name for name in there if any(name in row for row in told["udi"])} == there
    assert {name for name in there if any(name in row for row in told["municipality"])} == there - {"Verdal"}
    assert len(told["municipality"]) == 2


def looked(viewer: Viewer, household: int, at: datetime) -> None:
    """The viewer opens the household's page at an instant."""
    with time_machine.travel(at, tick=False):
        assert browser(viewer).get(address("household", household)).status_code == 200


@pytest.mark.req("ACS-03")
def test_a_look_with_work_around_it_does_not_stand_out_and_one_without_does(cast: Cast) -> None:
    household = placed(cast, registered(cast, kovalenko()))
    long_after = cast.at + timedelta(days=60)
    looked(cast.udi, household, cast.at)
    by = keeper(cast)
    with scope(by, cast.day):
        assert household not in {each.finding.household_id for each in unusual_looks(by, cast.at + timedelta(hours=1))}
    looked(cast.udi, household, long_after)
    with scope(by, cast.day + timedelta(days=60)):
        [found] = [
            each
            for each in unusual_looks(by, long_after + timedelta(hours=1))
            if each.finding.household_id == household
        ]
    assert (found.finding.rule, found.finding.user_id) == (LookRule.WITHOUT_WORK, cast.udi.user_id)
    assert found.household_reference == Subject.objects.get(pk=household).reference


@pytest.mark.req("ACS-03")
def test_the_administrator_sees_who_and_why_but_not_the_household_and_says_what_it_was(cast: Cast) -> None:
    household = placed(cast, registered(cast, kovalenko()))
    by = keeper(cast)
    at = cast.at + timedelta(days=60)
    looked(cast.udi, household, at)
    reference = Subject.objects.get(pk=household).reference
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        client = browser(by)
        page = client.get(reverse("unusual_looks"))
        assert reference in page.text
        assert "Kovalenko" not in page.text
        assert "Ingen oppgave eller handling" in page.text
        assert reverse("unusual_looks") in client.get("/").text
        [link] = [a.attributes["href"] for a in read(page.text).all("a") if "/without_work/" in str(a.attributes)]
        assert client.post(str(link), {"words": ""}).status_code == 422
        answer = client.post(str(link), {"words": "Hun svarte på en telefon."}, follow=True)
        assert "Hun svarte på en telefon." in answer.text
        assert str(link) not in answer.text
    assert every_event().filter(type="access.look_reviewed", subject_id=None).count() == 1
    looked(cast.udi, household, at + timedelta(hours=2))
    with time_machine.travel(at + timedelta(hours=3), tick=False):
        page = browser(by).get(reverse("unusual_looks"))
        assert "/without_work/" in page.text, "a later look is another matter"


@pytest.mark.req("ACS-03")
def test_only_those_who_see_to_it_see_the_list_and_each_organisation_its_own(cast: Cast) -> None:
    household = placed(cast, registered(cast, kovalenko()))
    at = cast.at + timedelta(days=60)
    looked(cast.udi, household, at)
    with time_machine.travel(at, tick=False):
        for viewer in (cast.udi, cast.centre, cast.imdi, cast.municipality, cast.registrar):
            assert browser(viewer).get(reverse("unusual_looks")).status_code == 403
        for viewer in (cast.centre_administrator, administrator(cast)):
            page = browser(viewer).get(reverse("unusual_looks"))
            assert page.status_code == 200
            assert Subject.objects.get(pk=household).reference not in page.text


@pytest.mark.req("ACS-03")
def test_nobody_says_it_of_their_own_looks(cast: Cast) -> None:
    household = placed(cast, registered(cast, kovalenko()))
    at = cast.at + timedelta(days=60)
    looked(cast.udi, household, at)
    by = keeper(cast)
    with scope(by, cast.day + timedelta(days=60)):
        [found] = [each for each in unusual_looks(by, at) if each.finding.household_id == household]
        himself = Viewer(cast.udi.user_id, by.organisation_id, "udi", permissions=by.permissions)
        with pytest.raises(Refused, match="own_look"):
            review_look(found.finding, words="Ingenting.", by=himself, at=at)
        with pytest.raises(NotAllowed):
            review_look(found.finding, words="Ingenting.", by=cast.udi, at=at)
        with pytest.raises(Refused, match="look_review_has_words"):
            review_look(found.finding, words="  ", by=by, at=at)


@pytest.mark.req("ACS-03")
def test_what_one_administrator_has_said_another_does_not_replace_until_there_is_a_later_look(cast: Cast) -> None:
    household = placed(cast, registered(cast, kovalenko()))
    at, reference = cast.at + timedelta(days=60), Subject.objects.get(pk=household).reference
    first, second = keeper(cast), keeper(cast)
    looked(cast.udi, household, at)
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        page = browser(second).get(reverse("unusual_looks"))
        [row] = [row for row in read(page.text).all("tr") if reference in row.text]
        [link] = [str(a.attributes["href"]) for a in row.all("a")]
        assert browser(first).post(link, {"words": "Hun svarte på en telefon."}).status_code == 302
        answer = browser(second).post(link, {"words": "Ingenting."})
        assert answer.status_code == 422
        assert "Det er allerede skrevet hva dette var, og det kan ikke endres." in answer.text
        listed = browser(second).get(reverse("unusual_looks")).text
        assert "Hun svarte på en telefon." in listed
        assert "Ingenting." not in listed
    looked(cast.udi, household, at + timedelta(hours=2))
    with time_machine.travel(at + timedelta(hours=3), tick=False):
        assert browser(second).post(link, {"words": "Det var noe annet."}).status_code == 302
    with scope(second, cast.day):
        said = LookReview.objects.filter(household_id=household).order_by("reviewed_at")
        assert [each.words for each in said] == ["Hun svarte på en telefon.", "Det var noe annet."]


@pytest.mark.req("ACS-03")
def test_the_page_of_looks_is_itself_a_look(cast: Cast) -> None:
    household = placed(cast, registered(cast, kovalenko()))
    with time_machine.travel(cast.at, tick=False):
        browser(cast.centre).get(address("who_looks", household))
    [look] = Look.objects.using("owner").filter(household_id=household, page="who_looks")
    assert look.compartments == ["identity", "looks"]
    assert look.organisation_id == Organisation.objects.get(pk=cast.centre.organisation_id).pk


@pytest.mark.req("POR-06", "REG-08")
def test_whose_address_is_protected_is_told_that_only_those_who_are_named_see_them(cast: Cast) -> None:
    household = queued(cast)
    told = "Adressen deres er beskyttet: bare de som er navngitt, ser dette."
    there = address("who_looks", household)
    with time_machine.travel(cast.at, tick=False):
        assert told not in browser(cast.centre).get(there).text
        protected(cast, group=household)
        by = cast.centre_administrator
        with scope(by, cast.day):
            name_follower(reference_of(household), employment_of(cast.centre).reference, by=by, at=cast.at)
        for viewer in (cast.centre, cast.udi):
            client = browser(viewer)
            text = client.get(there).text
            assert told in text
            rows = [" ".join(row.text.split()) for row in read(text).all("tr")]
            nobody = {row.partition(" ")[0] for row in rows if "Ingen er navngitt her" in row}
            assert nobody == {"IMDi", "Politiets"}
            assert not any("Saksbehandler i IMDi" in row for row in rows)
            assert any(row.startswith("Voss") and "hvem dere er" in row for row in rows)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
            assert "Your address is protected: only those who are named see this." in client.get(there).text
