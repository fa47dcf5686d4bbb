"""The list of organisations, an organisation's page, and the forms of those who keep its contacts."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.directory.public import ContactTopic, NewContact, NewUnit, Organisation, Unit, UnitKind, User
from fotfeste.platform.viewer import Viewer
from tests.acting import add_contact, add_unit, change_unit, end_contact
from tests.actions.directory.stage import administrator, keeper
from tests.actions.settlement.stage import accepted, found, queued, requested
from tests.conftest import AT, Cast
from tests.platform.markup import read
from tests.web.settlement.pages import logged_in, reference_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("REG-07")]


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    """The clock stands at the cast's instant."""
    with time_machine.travel(AT, tick=False):
        yield


def browser(viewer: Viewer) -> Client:
    """A browser that is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id or 0))
    return client


def levanger(cast: Cast) -> Organisation:
    """The municipality."""
    return Organisation.objects.get(pk=cast.municipality.organisation_id)


def service(cast: Cast) -> Unit:
    """Its refugee service."""
    return Unit.objects.get(organisation=levanger(cast), kind=UnitKind.REFUGEE_SERVICE)


def with_nav(cast: Cast) -> Viewer:
    """Levanger has NAV and a contact person for arrivals too; gives its administrator."""
    by = administrator(cast)
    nav = NewUnit(name="NAV Levanger", mailbox="nav@levanger.example.no")
    add_unit(by.organisation_id, UnitKind.NAV, nav, cast.day, by=by, at=cast.at)
    anne = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    add_contact(service(cast).reference, anne, cast.day, by=by, at=cast.at)
    return by


def rows(html: str) -> dict[str, str]:
    """Who is reached for what, by topic."""
    table = read(html).all("table")[0]
    found = [[" ".join(cell.text.split()) for cell in (*row.all("th"), *row.all("td"))] for row in table.all("tr")[1:]]
    return {topic: " | ".join(cells) for topic, *cells in found}


def test_the_page_says_who_is_reached_for_what_and_what_is_missing_and_who_mends_it(cast: Cast) -> None:
    with_nav(cast)
    client, address = browser(cast.centre), reverse("organisation", args=[levanger(cast).reference])
    with CaptureQueriesContext(connection) as caught:
        shown = rows(client.get(address).text)
    assert "Anne Moe, 74 00 00 00" in shown["Ankomsten til kommunen"]
    assert "har ikke meldt noe saksmottak" in shown["Ankomsten til kommunen"]
    assert "Kommunens administrator kan legge det inn, eller IMDi." in shown["Ankomsten til kommunen"]
    assert "NAV Levanger nav@levanger.example.no" in shown["Økonomi og ytelser"]
    assert "NAV Levanger har ikke meldt noen kontaktperson." in shown["Økonomi og ytelser"]
    assert "Ingen enhet er meldt for dette. Flyktningtjenesten tar det." in shown["Helse"]
    assert "Anne Moe" in shown["Helse"]
    assert "Ingen er meldt for dette. Anne Moe svarer for noe annet i enheten." in shown["Bosetting"]
    assert len([query for query in caught if "set_config" not in query["sql"]]) <= 8


def test_another_day_shows_who_it_was_then(cast: Cast) -> None:
    by = with_nav(cast)
    anne = browser(cast.centre).get(reverse("organisation", args=[levanger(cast).reference]))
    reference = anne.context["units"][0]["contacts"][0][0].reference
    end_contact(reference, date(2024, 5, 1), by=by, at=cast.at)
    address = reverse("organisation", args=[levanger(cast).reference])
    assert "Anne Moe" in browser(by).get(address + "?dag=30.4.2024").text
    assert "Anne Moe" not in browser(by).get(address + "?dag=1.5.2024").text
    assert "Legg til enhet" not in browser(by).get(address + "?dag=1.5.2024").text
    assert "Skriv datoen" in browser(by).get(address + "?dag=tull").text


def test_only_those_who_keep_the_contacts_have_the_buttons_and_the_forms(cast: Cast) -> None:
    page = reverse("organisation", args=[levanger(cast).reference])
    form = reverse("add_unit", args=[levanger(cast).reference])
    for viewer, may in (
        (administrator(cast), True),
        (keeper(cast), True),
        (cast.municipality, False),
        (cast.centre_administrator, False),
        (administrator(cast, cast.other_municipality), False),
    ):
        assert ("Legg til enhet" in browser(viewer).get(page).text) is may
        assert browser(viewer).get(form).status_code == (200 if may else 403)
        assert browser(viewer).post(form, {"kind": "nav", "name": "", "from_on": ""}).status_code == (
            422 if may else 403
        )


def test_a_stranger_is_sent_away_from_each_form_of_a_unit_and_its_contacts_whatever_is_sent(cast: Cast) -> None:
    by = administrator(cast)
    unit = service(cast)
    new = NewContact(topic=ContactTopic.ARRIVAL, name="Anne Moe", phone="74 00 00 00")
    contact = add_contact(unit.reference, new, cast.day, by=by, at=cast.at)
    forms = [reverse(name, args=[unit.reference]) for name in ("change_unit", "end_unit", "add_contact")]
    forms += [reverse(name, args=[contact.reference]) for name in ("change_contact", "end_contact")]
    for form in forms:
        stranger, own = browser(cast.other_centre), browser(by)
        got = [stranger.get(form), stranger.post(form, {}), stranger.post(form, {"resume": "1"})]
        assert [each.status_code for each in got] == [403, 403, 403], form
        assert not any("<form" in each.text.partition("<main")[2].partition("</main>")[0] for each in got)
        assert own.post(form, {}).status_code == 422


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("\u3164", "Skriv hvem kontaktpersonen er."),
        ("-", "Skriv hvem kontaktpersonen er."),
        ("Anne\u202eMoe", "tegn som ikke vises"),
        ("Anne\u3164Moe", "tegn som ikke vises"),
    ],
)
def test_a_contact_person_whose_name_cannot_be_read_is_refused(cast: Cast, name: str, sentence: str) -> None:
    form = reverse("add_contact", args=[service(cast).reference])
    typed = {"topic": "arrival", "name": name, "phone": "74 00 00 00", "from_on": "14.3.2024"}
    answer = browser(administrator(cast)).post(form, typed)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_those_who_keep_their_own_contacts_have_a_way_to_them_in_the_menu(cast: Cast) -> None:
    own = reverse("own_organisation")
    assert own in browser(administrator(cast)).get(reverse("organisations")).text
    assert own not in browser(cast.municipality).get(reverse("organisations")).text
    assert browser(administrator(cast)).get(own)["Location"] == reverse("organisation", args=[levanger(cast).reference])


def test_a_unit_is_added_changed_and_ended_on_the_pages(cast: Cast) -> None:
    client, place = browser(administrator(cast)), levanger(cast)
    typed = {"kind": "nav", "name": "NAV", "mailbox": "nav@levanger.example.no", "from_on": "14.3.2024"}
    answer = client.post(reverse("add_unit", args=[place.reference]), typed)
    assert answer["Location"] == reverse("organisation", args=[place.reference])
    unit = Unit.objects.get(organisation=place, kind=UnitKind.NAV)
    form = client.get(reverse("change_unit", args=[unit.reference])).text
    assert 'value="nav@levanger.example.no"' in form
    changed = typed | {"name": "NAV Levanger", "topics": ["housing", "health"]}
    client.post(reverse("change_unit", args=[unit.reference]), changed)
    shown = rows(client.get(reverse("organisation", args=[place.reference])).text)
    assert "NAV Levanger" in shown["Bolig"]
    assert "NAV Levanger" in shown["Helse"]
    client.post(reverse("end_unit", args=[unit.reference]), {"on": "14.3.2024"})
    assert "NAV" not in rows(client.get(reverse("organisation", args=[place.reference])).text)["Bolig"]
    assert client.get(reverse("change_unit", args=[unit.reference])).status_code == 404


def test_a_general_postbox_is_refused_at_its_field_and_what_was_typed_is_kept(cast: Cast) -> None:
    client = browser(administrator(cast))
    typed = {"name": "Flyktningkontoret", "mailbox": "postmottak@levanger.kommune.no", "from_on": "14.3.2024"}
    answer = client.post(reverse("change_unit", args=[service(cast).reference]), typed)
    assert answer.status_code == 422
    assert "Dette er et felles postmottak, og der blir saker liggende." in answer.text
    assert 'value="Flyktningkontoret"' in answer.text


def test_a_contact_person_is_added_changed_and_ended_on_the_pages(cast: Cast) -> None:
    client, place = browser(administrator(cast)), levanger(cast)
    typed = {"topic": "arrival", "name": "Anne Moe", "phone": "74 00 00 00", "from_on": "14.3.2024"}
    client.post(reverse("add_contact", args=[service(cast).reference]), typed)
    page = client.get(reverse("organisation", args=[place.reference]))
    [(anne, _)] = page.context["units"][0]["contacts"]
    without = client.post(reverse("change_contact", args=[anne.reference]), typed | {"phone": ""})
    assert without.status_code == 422
    assert "Skriv telefon eller e-post, så de kan nås." in without.text
    client.post(reverse("change_contact", args=[anne.reference]), typed | {"name": "Ola Lie"})
    assert "Ola Lie" in client.get(reverse("organisation", args=[place.reference])).text
    assert client.get(reverse("end_contact", args=[anne.reference])).status_code == 200
    client.post(reverse("end_contact", args=[anne.reference]), {"on": "14.3.2024"})
    ended = client.get(reverse("organisation", args=[place.reference]))
    assert ended.context["units"][0]["contacts"] == []
    assert client.get(reverse("end_contact", args=[anne.reference])).status_code == 404


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("?text=levanger", "Levanger", 1),
        ("?kind=centre", "Råde mottak", 2),
        ("?kind=municipality", "Alstahaug", 50),
        ("?kind=tull&text=finnes+ikke", None, 0),
    ],
)
def test_the_list_is_searched_by_name_and_kind(cast: Cast, query: str, first: str | None, count: int) -> None:
    client = browser(cast.centre)
    with CaptureQueriesContext(connection) as caught:
        page = client.get(reverse("organisations") + query)
    shown = page.context["rows"]
    assert (len(shown), shown[0][0].name if shown else None) == (count, first)
    assert len(caught) <= 8


def test_the_keeper_adds_an_organisation(cast: Cast) -> None:
    typed = {"kind": "operator", "name": "Fjordbo", "unit_name": "Driften", "from_on": "14.3.2024"}
    assert browser(cast.udi).get(reverse("add_organisation")).status_code == 403
    client = browser(keeper(cast))
    assert "Legg til organisasjon" in client.get(reverse("organisations")).text
    client.post(reverse("add_organisation"), typed)
    made = Organisation.objects.get(name="Fjordbo")
    assert "Driften" in rows(client.get(reverse("organisation", args=[made.reference])).text)["Alt annet"]
    again = client.post(reverse("add_organisation"), typed)
    assert "Fjordbo finnes allerede." in again.text


def test_whoever_arranges_the_journey_sees_whom_in_the_municipality_to_call(cast: Cast) -> None:
    with_nav(cast)
    group = accepted(cast, queued(cast))
    with logged_in(cast, cast.centre) as client:
        page = client.get(reverse("arrange_journey", args=[reference_of(group)])).text
    assert "Hvem i kommunen du avtaler med" in page
    assert "Anne Moe" in page
    assert "Flyktningtjenesten har ikke meldt noe saksmottak." in page


def test_whoever_asks_a_municipality_sees_which_unit_gets_the_request(cast: Cast) -> None:
    group = queued(cast)
    with logged_in(cast, cast.imdi) as client:
        sending = client.get(reverse("send_request", args=[reference_of(group), "5037"])).text
        requested(cast, group)
        sent = client.get(reverse("settlement_request", args=[reference_of(group)])).text
    assert "Hvem i kommunen som får forespørselen" in sending
    assert "Flyktningtjenesten" in sending
    assert "Hvem i kommunen som har forespørselen" in sent
    assert "Flyktningtjenesten" in sent


def test_a_task_names_its_unit_and_the_worklist_is_filtered_by_unit(cast: Cast) -> None:
    by = with_nav(cast)
    requested(cast, queued(cast))
    worklist, nav = reverse("worklist"), Unit.objects.get(kind=UnitKind.NAV).reference
    with logged_in(cast, cast.municipality) as client:
        everything = client.get(worklist)
        ours = client.get(f"{worklist}?unit={service(cast).reference}").text
        theirs = client.get(f"{worklist}?unit={nav}").text
        unknown = client.get(f"{worklist}?unit=tull").text
    assert [row.unit for group in everything.context["groups"] for row in group.rows] == ["Flyktningtjenesten"]
    assert "Kovalenko" in ours
    assert "Kovalenko" not in theirs
    assert "Kovalenko" not in unknown
    to_nav = NewUnit(name="NAV Levanger", topics=frozenset({ContactTopic.SETTLEMENT}))
    change_unit(nav, to_nav, cast.day, by=by, at=cast.at)
    with logged_in(cast, cast.municipality) as client:
        assert "Kovalenko" in client.get(f"{worklist}?unit={nav}").text


def test_an_organisation_without_units_has_neither_filter_nor_names_of_units(cast: Cast) -> None:
    queued(cast)
    with logged_in(cast, cast.imdi) as client:
        page = client.get(reverse("worklist"))
    assert page.context["units"] == ()
    assert 'name="unit"' not in page.text
    assert {row.unit for group in page.context["groups"] for row in group.rows} == {""}


def test_the_household_page_names_the_unit_whose_task_it_is(cast: Cast) -> None:
    group = found(cast, queued(cast))
    requested_again = requested(cast, queued(cast))
    with logged_in(cast, cast.imdi) as client:
        assert "Flyktningtjenesten" in client.get(reverse("household", args=[reference_of(requested_again)])).text
        assert client.get(reverse("household", args=[reference_of(group)])).status_code == 200


def test_english_pages_are_english(cast: Cast) -> None:
    with_nav(cast)
    client = browser(administrator(cast))
    for address in (
        reverse("organisations"),
        reverse("organisation", args=[levanger(cast).reference]),
        reverse("add_unit", args=[levanger(cast).reference]),
        reverse("add_contact", args=[service(cast).reference]),
    ):
        text = client.get(address, headers={"accept-language": "en"}).text
        for norwegian in ("Kontaktperson", "Saksmottak", "Enhet", "Gjelder fra", "Ingen "):
            assert norwegian not in text, address
