"""The interview in the browser's terms: pages, forms, errors, without JavaScript."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fotfeste.access.public import Subject
from fotfeste.directory.public import ContactTopic, NewContact, NewUnit, UnitKind, User
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PlacementGroup
from fotfeste.settlement.models import Answer, InformationGiven, Interview, Participant, SettlementCase
from fotfeste.settlement.public import Question, save_answers
from tests.acting import add_contact, add_unit
from tests.actions.registry.families import alone, kovalenko, minor_alone, person
from tests.conftest import Cast
from tests.settlement_steps import (
    PLAIN_ANSWERS,
    asked_and_heard,
    due_for_interview,
    interviewed,
    members_by_name,
    placed,
    prepared,
)

pytestmark = pytest.mark.django_db
type Browse = Callable[[Viewer], Client]


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


@pytest.fixture
def browse(cast: Cast) -> Browse:
    """A browser in which somebody of the cast is logged in."""

    def logged_in(viewer: Viewer) -> Client:
        client = Client()
        assert viewer.user_id is not None
        client.force_login(User.objects.get(pk=viewer.user_id))
        return client

    return logged_in


def address(group_id: int, *rest: str) -> str:
    """An address under the household's interview."""
    reference = Subject.objects.get(pk=group_id).reference
    return "/".join(["/husstand", reference, "samtale", *rest, ""])


def text_of(response: Any) -> str:
    """What the page says, without markup."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(body))


def version_of(group_id: int, cast: Cast) -> int:
    """The household's version now."""
    with scope(cast.centre, cast.day):
        return PlacementGroup.objects.get(pk=group_id).version


def person_page(group_id: int, name: str, cast: Cast) -> str:
    """The address of one member's answers."""
    with scope(cast.centre, cast.day):
        return address(group_id, "svar", members_by_name(group_id, cast.day)[name].reference)


@pytest.mark.req("SET-01")
@pytest.mark.req("SET-02")
def test_the_overview_says_in_words_what_is_missing_and_where_it_is_done(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko(), ["Olena"])
    response = browse(cast.centre).get(address(group))
    words = text_of(response)
    assert response.status_code == 200
    assert "Olena har ikke fått informasjon før samtalen" in words
    assert "Andrij er ikke spurt om tilrettelegging, nære relasjoner, kjæledyr, utdanning og yrke" in words
    assert "Sofia har ikke fått tilbud om egen samtale" in words
    assert "Informasjon i gruppe er ikke gitt" in words
    assert "Andrij Kovalenko 41 Venter på vedtak 0 av 5 Fyll ut for Andrij" in words
    assert "Sofia Kovalenko 13 Venter på vedtak 0 av 1" in words
    for step in ("informasjon", "avtale", "barn", "fullfor"):
        assert f'href="{address(group, step)}"' in response.content.decode()


@pytest.mark.req("SET-02")
def test_information_plan_and_invitation_are_registered_on_their_pages(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    client = browse(cast.centre)
    with scope(cast.centre, cast.day):
        references = [member.reference for member in members_by_name(group, cast.day).values()]
    told = {
        "version": version_of(group, cast),
        "people": references,
        "mode": "group",
        "language": "uk",
        "with_interpreter": "on",
        "given_on": "6.3.2024",
        "given_by_name": "Kari Nordmann",
    }
    assert client.post(address(group, "informasjon"), told).status_code == 302
    plan = {
        "version": version_of(group, cast),
        "planned_on": "13.3.2024",
        "clock": "10.30",
        "place": "Møterom 2",
        "language": "uk",
        "interpreter": "booked",
    }
    response = client.post(address(group, "avtale"), plan)
    assert response.headers["Location"] == address(group, "innkalling")
    assert "informasjonsark" in text_of(client.get(address(group, "innkalling"))).lower()
    invitation = {"version": version_of(group, cast), "invited_on": "7.3.2024", "leaflet_language": "uk"}
    assert client.post(address(group, "innkalling"), invitation).status_code == 302
    with scope(cast.centre, cast.day):
        interview = Interview.objects.get(subject_id=group)
        assert InformationGiven.objects.current().count() == 4
        assert interview.planned_at is not None
        assert interview.planned_at.isoformat() == "2024-03-13T09:30:00+00:00"
        assert (interview.interpreter, str(interview.invited_on)) == ("booked", "2024-03-07")
    words = text_of(client.get(address(group)))
    assert "13. mars 2024 kl. 10.30, Møterom 2" in words
    assert "6. mars 2024: i gruppe, ukrainsk, av Kari Nordmann, gjennom tolk" in words
    assert "Informasjon i gruppe er ikke gitt" not in words


def test_a_mistake_is_shown_at_its_field_and_what_was_typed_is_kept(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    with scope(cast.centre, cast.day):
        andrij = members_by_name(group, cast.day)["Andrij"].reference
    told = {
        "people": [andrij],
        "mode": "individual",
        "language": "en",
        "given_on": "14.3.2024",
        "given_by_name": "Kari Nordmann",
    }
    response = browse(cast.centre).post(address(group, "informasjon"), told)
    assert response.status_code == 422
    assert "Dette språket står ikke blant språkene til Andrij." in text_of(response)
    assert 'id="id_language_error"' in response.content.decode()
    assert 'value="Kari Nordmann"' in response.content.decode()
    plan = {"planned_on": "31.2.2024", "clock": "halv elleve", "place": "", "language": "uk", "interpreter": "booked"}
    response = browse(cast.centre).post(address(group, "avtale"), plan)
    words = text_of(response)
    assert "Skriv klokkeslettet som timer og minutter" in words
    assert "Fyll ut «Sted»" in words
    assert 'value="halv elleve"' in response.content.decode()


@pytest.mark.req("SET-03")
@pytest.mark.req("SET-05")
def test_the_question_stands_in_both_languages_with_the_guides_examples_beside_it(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    response = browse(cast.centre).get(person_page(group, "Olena", cast))
    page, words = response.content.decode(), text_of(response)
    assert '<p lang="uk">Чи є у вас домашні тварини?</p>' in page
    assert "Har du kjæledyr?" in words
    assert "En mann har mistet et ben." in words
    assert "Fars slag påvirker ham ikke i det daglige" in words
    assert "Ønsker ikke å svare" in words
    assert "Det er ikke tillatt med kjæledyr i alle boliger i Norge." in words
    assert "<script" not in page.split("<body", 1)[1]
    assert " style=" not in page


def fill(**changes: Any) -> dict[str, Any]:
    """The fields of an adult's answers, plainly answered, with changes."""
    plain = {
        "adaptation-choice": "no",
        "relations-choice": "no",
        "pets-choice": "no",
        "education-choice": "yes",
        "education-level": "bachelor",
        "occupation-choice": "yes",
        "occupation-title": "lærer",
    }
    return plain | {name.replace("__", "-"): value for name, value in changes.items()}


@pytest.mark.req("SET-03")
def test_answers_with_extra_needs_and_relations_are_saved_and_shown_again(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    url = person_page(group, "Olena", cast)
    typed = fill(
        version=version_of(group, cast),
        adaptation__choice="yes",
        adaptation__description="Bruker rullestol",
        adaptation__bears_on=["housing", "services"],
        adaptation__extra__needs_adapted_housing="yes",
        adaptation__extra__needs_staffed_housing="no",
        adaptation__extra__function_areas=["mobility"],
        adaptation__extra__cooking="with_help",
        adaptation__extra__staff_count="2",
        relations__choice="yes",
        relations__0__name="Iryna Bondar",
        relations__0__relation="søster",
        relations__0__municipality="5037",
    )
    client = browse(cast.centre)
    response = client.post(url, typed | {"then": "overview"})
    assert response.status_code == 302, text_of(response)
    assert response.headers["Location"] == address(group)
    with scope(cast.centre, cast.day):
        stored = dict(Answer.objects.current().values_list("question", "content"))
    assert stored["adaptation"] == {
        "schema": 1,
        "is_needed": True,
        "description": "Bruker rullestol",
        "bears_on": ["housing", "services"],
        "extra": {
            "function_areas": ["mobility"],
            "cooking": "with_help",
            "needs_adapted_housing": True,
            "needs_staffed_housing": False,
            "staff_count": 2,
        },
    }
    assert stored["relations"]["relations"] == [{"name": "Iryna Bondar", "relation": "søster", "municipality": "5037"}]
    assert stored["occupation"] == {"schema": 1, "has_worked": True, "title": "lærer"}
    again = client.get(url).content.decode()
    assert 'value="Iryna Bondar"' in again
    assert '<details class="extra-needs follow-up" open>' in again
    assert 'name="relations-2-name"' in again  # saving gave new empty rows


@pytest.mark.req("SET-03")
def test_a_part_of_the_answers_can_be_saved_and_the_rest_another_day(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    typed = {"version": version_of(group, cast), "adaptation-description": "Krykker", "pets-choice": "no"}
    response = browse(cast.centre).post(person_page(group, "Olena", cast), typed)
    assert response.headers["Location"] == person_page(group, "Olena", cast)
    with scope(cast.centre, cast.day):
        assert set(Answer.objects.current().values_list("question", flat=True)) == {"adaptation", "pets"}
    words = text_of(browse(cast.centre).get(address(group)))
    assert "Olena er ikke spurt om tilrettelegging, nære relasjoner, utdanning og yrke" in words


@pytest.mark.req("SET-04")
def test_declining_is_a_plain_choice_that_needs_its_consequence_explained(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    url = person_page(group, "Andrij", cast)
    declined = {f"{question}-choice": "declined" for question in Question} | {"version": version_of(group, cast)}
    browse(cast.centre).post(url, declined)
    assert "Andrij ønsker ikke å svare om kjæledyr, og følgen er ikke forklart" in text_of(
        browse(cast.centre).get(address(group))
    )
    explained = declined | {"consequence_explained": "on", "version": version_of(group, cast)}
    browse(cast.centre).post(url, explained)
    with scope(cast.centre, cast.day):
        rows = list(Answer.objects.current())
    assert [(row.outcome, row.content, row.consequence_explained) for row in rows] == [("declined", {}, True)] * 5


@pytest.mark.req("SET-05")
@pytest.mark.parametrize("choice", ["no", "declined"])
def test_a_detail_beside_a_no_is_asked_about_and_not_dropped(cast: Cast, browse: Browse, choice: str) -> None:
    group = due_for_interview(cast, kovalenko())
    typed = fill(version=version_of(group, cast), pets__choice=choice, pets__description="en katt")
    response = browse(cast.centre).post(person_page(group, "Olena", cast), typed)
    assert response.status_code == 422
    assert "Velg «Ja», eller fjern det du har skrevet." in text_of(response)
    assert 'value="en katt"' in response.content.decode()
    with scope(cast.centre, cast.day):
        assert not Answer.objects.exists()


@pytest.mark.req("SET-03")
def test_it_is_asked_whether_they_could_part_with_a_pet(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    url = person_page(group, "Olena", cast)
    assert "Kan de gi fra seg dyret hvis de må?" in text_of(browse(cast.centre).get(url))
    typed = fill(
        version=version_of(group, cast), pets__choice="yes", pets__description="en hund", pets__will_part="yes"
    )
    assert browse(cast.centre).post(url, typed).status_code == 302
    with scope(cast.centre, cast.day):
        stored = Answer.objects.current().get(question="pets").content
    assert stored == {"schema": 1, "has_pets": True, "description": "en hund", "will_part": True}


@pytest.mark.req("SET-05")
def test_an_old_illness_can_be_answered_no_and_still_be_passed_on_to_the_doctor(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    typed = fill(version=version_of(group, cast), adaptation__told_to_inform_doctor="on")
    assert browse(cast.centre).post(person_page(group, "Andrij", cast), typed).status_code == 302
    with scope(cast.centre, cast.day):
        stored = Answer.objects.current().get(question="adaptation").content
    assert stored == {"schema": 1, "is_needed": False, "told_to_inform_doctor": True}


def test_whoever_saves_second_is_told_keeps_what_was_typed_and_sees_what_is_stored(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    old = version_of(group, cast)
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].subject_id
        save_answers(group, olena, PLAIN_ANSWERS, by=cast.centre, at=cast.at)
    client, url = browse(cast.centre), person_page(group, "Olena", cast)
    typed = fill(version=old, occupation__title="sykepleier")
    response = client.post(url, typed)
    words = text_of(response)
    assert response.status_code == 422
    assert "Noen andre har endret saken siden du åpnet siden." in words
    assert "Dette er lagret nå" in words
    assert "Siste yrke i hjemlandet: regnskapsfører" in words
    assert 'value="sykepleier"' in response.content.decode()
    found = re.search(r'name="version" value="(\d+)"', response.content.decode())
    assert found is not None
    assert client.post(url, typed | {"version": found[1]}).status_code == 302
    with scope(cast.centre, cast.day):
        stored = Answer.objects.current().get(subject_id=olena, question="occupation").content
    assert stored["title"] == "sykepleier"


@pytest.mark.req("SET-02")
def test_children_are_heard_and_the_oldest_answers_the_offer_of_its_own_talk(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    client = browse(cast.centre)
    with scope(cast.centre, cast.day):
        people = members_by_name(group, cast.day)
    page = client.get(address(group, "barn")).content.decode()
    assert f'name="talk-{people["Sofia"].reference}"' in page
    assert f'name="talk-{people["Danylo"].reference}"' not in page
    assert people["Olena"].reference not in page
    typed = {
        "version": version_of(group, cast),
        f"heard-{people['Sofia'].reference}": "on",
        f"talk-{people['Sofia'].reference}": "held",
        f"heard-{people['Danylo'].reference}": "on",
    }
    assert client.post(address(group, "barn"), typed).status_code == 302
    with scope(cast.centre, cast.day):
        rows = Participant.objects.current().order_by("own_talk").values_list("was_heard", "own_talk")
        assert list(rows) == [(True, "held"), (True, "not_offered")]


@pytest.mark.req("SET-01")
def test_finishing_says_what_follows_and_sends_the_case_to_imdi(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    client = browse(cast.centre)
    url = address(group, "fullfor")
    response = client.post(url, {"version": version_of(group, cast), "held_on": "13.3.2024"})
    assert response.status_code == 422
    assert "Samtalen kan ikke fullføres ennå. Dette mangler: Andrij har ikke fått informasjon" in text_of(response)
    prepared(cast, group)
    asked_and_heard(cast, group)
    assert "IMDi har neste trekk" in text_of(client.get(url))
    response = client.post(url, {"version": version_of(group, cast), "held_on": "13.3.2024"})
    assert response.headers["Location"] == address(group).removesuffix("samtale/")
    with scope(cast.imdi, cast.day):
        assert SettlementCase.objects.get(subject_id=group).state == "queued"
    assert client.get(url).headers["Location"] == address(group)
    words = text_of(client.get(address(group)))
    assert "venter på kommune" in words
    assert "Samtalen ble holdt 13. mars 2024" in words
    assert "Fyll ut for" not in words


def test_an_hour_that_does_not_exist_is_told_of_at_its_field(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    plan = {"planned_on": "31.3.2024", "clock": "02.30", "place": "Rom 1", "language": "uk", "interpreter": "booked"}
    answer = browse(cast.centre).post(address(group, "avtale"), plan | {"version": version_of(group, cast)})
    assert answer.status_code == 422
    assert "Klokken 02.30 finnes ikke 31. mars 2024" in str(answer.context["form"].errors["clock"])


@pytest.mark.req("SET-06")
def test_an_unaccompanied_minor_has_its_own_step_and_its_own_warning(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, minor_alone())
    client = browse(cast.centre)
    words = text_of(client.get(address(group)))
    assert "alltid gjennom IMDi" in words
    assert "Individuell kartlegging" in words
    assert "Barn blir hørt" not in words
    field = f"mapping_note-{person_page(group, 'Maksym', cast).rstrip('/').rpartition('/')[2]}"
    note = {"version": version_of(group, cast), field: "Ønsker å bo nær broren."}
    assert client.post(address(group, "kartlegging"), note).status_code == 302
    assert "Ønsker å bo nær broren." in text_of(client.get(address(group)))


@pytest.mark.req("SET-02")
@pytest.mark.parametrize(
    ("language", "words", "when"),
    [
        ("nb", "Har du kjæledyr?", "onsdag 13. mars 2024, 10:00"),
        ("uk", "постанови", "середа, 13 березня 2024 р., 10:00"),
        ("ru", "решения", "среда, 13 марта 2024 г., 10:00"),
    ],
)
def test_the_leaflet_can_be_printed_in_each_of_its_languages(
    cast: Cast, browse: Browse, language: str, words: str, when: str
) -> None:
    group = due_for_interview(cast, kovalenko())
    prepared(cast, group)
    response = browse(cast.centre).get(address(group, "ark", language))
    assert words in text_of(response)
    assert when in text_of(response).replace("\N{NO-BREAK SPACE}", " ")
    assert "Møterom 2" in text_of(response)
    assert f'<article class="stack" lang="{language}">' in response.content.decode()
    assert browse(cast.centre).get(address(group, "ark", "ar")).status_code == 404


def test_strangers_find_nothing_and_others_may_not(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    assert browse(cast.other_centre).get(address(group)).status_code == 404
    assert browse(cast.municipality).get(address(group)).status_code == 403
    assert browse(cast.udi).get(address(group)).status_code == 403
    assert browse(cast.imdi).get(address(group)).status_code == 200
    assert "Fyll ut for" not in text_of(browse(cast.imdi).get(address(group)))
    assert browse(cast.imdi).get(address(group, "fullfor")).status_code == 403
    assert browse(cast.udi).get("/klare-for-bosetting/").status_code == 403
    assert browse(cast.centre).get(address(group, "svar", "finnes-ikke")).status_code == 404
    with scope(cast.centre, cast.day):
        olena = members_by_name(group, cast.day)["Olena"].reference
    assert browse(cast.centre).get(f"/husstand/{olena}/samtale/").status_code == 404
    assert Client().get(address(group)).status_code == 302


@pytest.mark.req("SET-16")
def test_the_centres_list_shows_who_is_ready_their_status_and_whose_move_it_is(cast: Cast, browse: Browse) -> None:
    by = cast.centre_administrator
    unit = add_unit(by.organisation_id, UnitKind.MAIN, NewUnit(name="Mottaket"), cast.day, by=by, at=cast.at)
    kari = NewContact(topic=ContactTopic.SETTLEMENT, name="Kari Nordmann", phone="55 55 55 55")
    add_contact(unit.reference, kari, cast.day, by=by, at=cast.at)
    interviewed(cast, kovalenko())
    due_for_interview(cast, minor_alone())
    elsewhere = due_for_interview(cast, alone(person("Oleh", "Bondar")))
    placed(cast, elsewhere, cast.other_centre, cast.day)
    client = browse(cast.centre)
    words = text_of(client.get("/klare-for-bosetting/"))
    assert "Bosettingsansvarlig: Kari Nordmann (55 55 55 55)" in words
    assert "Familien Kovalenko 4 4. mars 2024" in words
    assert "venter på kommune" in words
    assert "enslig mindreårig" in words
    assert "Hold bosettingssamtale, Voss akuttinnkvartering (om 4 dager)" in words
    assert "Bondar" not in words
    only = text_of(client.get("/klare-for-bosetting/?state=interview_due&sort=size"))
    assert "Maksym Tkachenko" in only
    assert "Kovalenko" not in only
    assert "Maksym Tkachenko" in text_of(client.get("/klare-for-bosetting/?state=tull&sort=tull&page=99"))


@pytest.mark.parametrize(("where", "most"), [("overview", 15), ("answers", 15), ("ready", 13)])
def test_pages_keep_within_their_queries(cast: Cast, browse: Browse, where: str, most: int) -> None:
    group = interviewed(cast, kovalenko()) if where != "answers" else due_for_interview(cast, kovalenko())
    if where == "ready":
        for _ in range(3):
            due_for_interview(cast, minor_alone())
    urls = {
        "overview": address(group),
        "answers": person_page(group, "Olena", cast),
        "ready": "/klare-for-bosetting/",
    }
    client = browse(cast.centre)
    client.get(urls[where])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(urls[where]).status_code == 200
    assert len(queries) <= most, [query["sql"][:90] for query in queries]


def test_the_pages_are_english_for_those_who_read_english(cast: Cast, browse: Browse) -> None:
    group = due_for_interview(cast, kovalenko())
    client = browse(cast.centre)
    client.cookies["django_language"] = "en"
    words = text_of(client.get(address(group)))
    assert "Settlement interview" in words
    assert "Olena has not been informed before the interview" in words
    assert "Does the resident have pets?" in text_of(client.get(person_page(group, "Olena", cast)))
    assert "Ready for settlement" in text_of(client.get("/klare-for-bosetting/"))
