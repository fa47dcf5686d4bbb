"""What was typed is not lost: somebody else was quicker, a right or a need has ended, the session is over."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fotfeste.access.public import NeedReason, end_needs
from fotfeste.accommodation.public import DepartureReason, register_absence, register_departure
from fotfeste.directory.public import User
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import StatusKind, members_of, register_status
from fotfeste.settlement.actions.notes import add_note
from tests.actions.settlement.stage import family, found, queued, requested, state_of
from tests.conftest import Cast
from tests.platform.markup import Element, read
from tests.settlement_steps import due_for_interview, placed, registered
from tests.web.settlement.pages import reference_of
from tests.web.test_shell import logged_in

pytestmark = pytest.mark.django_db
PASSWORD = "et langt passord for prøver"


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


@pytest.fixture
def voss(cast: Cast) -> int:
    """The Kovalenkos, who live at Voss and wait for their permit."""
    return placed(cast, registered(cast, family()))


def hidden(page: Element) -> dict[str, str]:
    """What a form carries along unseen, its token aside."""
    inputs = page.all("input", type="hidden")
    return {each["name"]: each.attributes.get("value", "") for each in inputs if each["name"] != "csrfmiddlewaretoken"}


def opened(client: Client, url: str) -> dict[str, str]:
    """What the form at an address carries."""
    page = read(client.get(url).text)
    return {name: value for name, value in hidden(page).items() if name in ("version", "opened")}


def note(cast: Cast, viewer: Viewer, group: int) -> dict[str, Any]:
    """An absence of one of them, as the form sends it."""
    with scope(viewer, cast.day):
        person = members_of(group, cast.day)[0].subject_id
    return {"persons": [person], "from_on": "14.3.2024", "is_abroad": "on", "note": "Hos tanten i Bergen"}


def test_whom_somebody_was_quicker_than_is_told_what_happened_by_whom_and_when(cast: Cast, voss: int) -> None:
    url, client = reverse("register_absence", args=[reference_of(voss)]), logged_in(cast.centre)
    carried = opened(client, url)
    with scope(cast.udi, cast.day):
        persons = [member.subject_id for member in members_of(voss, cast.day)]
        register_status(voss, persons, StatusKind.TEMPORARY_COLLECTIVE_PROTECTION, cast.day, by=cast.udi, at=cast.at)
    typed = note(cast, cast.centre, voss) | carried
    page = read(client.post(url, typed).text)
    summary = page.one("div", class_="ds-error-summary")
    told = [item.text for item in summary.one("div", class_="happened").all("li")]
    assert told == [
        "Fikk midlertidig kollektiv beskyttelse. UDI, 14. mars 2024 kl. 10.00",
        "Bosettingssak åpnet. UDI, 14. mars 2024 kl. 10.00",
    ]
    assert page.one("input", name="note")["value"] == "Hos tanten i Bergen"
    assert client.post(url, typed | hidden(page)).status_code == 302


def test_what_happened_before_the_form_was_opened_is_not_told(cast: Cast, voss: int) -> None:
    url, client = reverse("register_absence", args=[reference_of(voss)]), logged_in(cast.centre)
    carried = opened(client, url)
    answer = client.post(url, note(cast, cast.centre, voss) | carried | {"version": "1"})
    assert "Noen andre har endret saken" in answer.text
    assert "Dette har skjedd" not in answer.text


def test_an_act_that_has_become_impossible_says_so_and_shows_what_was_typed(cast: Cast, voss: int) -> None:
    url, client = reverse("register_absence", args=[reference_of(voss)]), logged_in(cast.centre)
    typed = note(cast, cast.centre, voss) | opened(client, url)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(voss, cast.day)]
        register_departure(voss, persons, cast.day, DepartureReason.NO_ADDRESS, by=cast.centre, at=cast.at)
    answer = client.post(url, typed)
    assert answer.status_code == 422
    page = read(answer.text)
    assert page.one("h1").text == "Dette kan ikke gjøres lenger"
    assert "Ingen i husstanden kan velges her nå." in page.one("div", role="alert").text
    assert "Forlatt botilbud, ikke oppgitt privat adresse" in page.one("div", class_="happened").text
    kept = page.one("section", aria_labelledby="typed").text
    assert "Hos tanten i Bergen" in kept
    assert "14.3.2024" in kept


def test_of_two_who_register_the_answer_the_second_sees_what_the_first_did(cast: Cast) -> None:
    group = found(cast, queued(cast))
    url = reverse("make_offer", args=[reference_of(group)])
    first, second = logged_in(cast.imdi), logged_in(cast.imdi)
    typed = {"week": "14 2024", "reasoning": "Nær søsteren"} | opened(second, url)
    assert first.post(url, typed).status_code == 302
    page = read(second.post(url, typed).text)
    assert "Nær søsteren" in page.one("section", aria_labelledby="typed").text
    assert "IMDi" in page.one("div", class_="happened").text
    assert state_of(cast, group) == "offered"


def test_a_municipality_is_not_told_of_what_it_may_not_know(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    url, client = reverse("answer_request", args=[reference_of(group)]), logged_in(cast.municipality)
    typed = {"answer": "no", "decline_reason": "no_housing", "answer_text": "Vi venter på brannvesenet"}
    typed |= opened(client, url)
    with scope(cast.centre, cast.day):
        add_note(group, "Legen har ringt", by=cast.centre, at=cast.at)
    page = read(client.post(url, typed).text)
    assert page.all("div", class_="happened") == []
    assert "Vi venter på brannvesenet" in page.text


def test_what_was_typed_stands_beside_the_refusal_of_somebody_whose_role_has_ended(cast: Cast, voss: int) -> None:
    url, client = reverse("register_status", args=[reference_of(voss)]), logged_in(cast.centre)
    answer = client.post(url, {"kind": "applied_for_protection", "holds_on": "12.3.2024"})
    assert answer.status_code == 403
    assert "Rollen din gir ikke rett til dette." in answer.text
    assert "12.3.2024" in read(answer.text).one("section", aria_labelledby="typed").text


def test_what_was_typed_is_shown_where_the_need_ended_while_the_form_was_open(cast: Cast, voss: int) -> None:
    url, client = reverse("register_absence", args=[reference_of(voss)]), logged_in(cast.centre)
    typed = note(cast, cast.centre, voss) | opened(client, url)
    with scope(cast.udi, cast.day):
        end_needs(
            [voss],
            reason=NeedReason.LIVES_HERE,
            on=cast.day,
            at=cast.at,
            organisation_id=cast.centre.organisation_id,
        )
    answer = client.post(url, typed)
    assert answer.status_code == 404
    assert "dere har ikke lenger innsyn i det" in answer.text
    assert "Hos tanten i Bergen" in answer.text
    assert "Olena" not in answer.text


@pytest.mark.parametrize(
    ("page", "sent", "word", "code"),
    [
        ("settlement_notes", {"text": "Haster"}, "Haster", None),
        ("pass_on", {"text": "Rullestol"}, "Rullestol", None),
        ("answer_needs", {"adapted_housing": "no", "text": "Opptatt"}, "Opptatt", "no"),
        ("mapping_note", {"mapping_note-abcdefabcdef": "Storby"}, "Storby", None),
        ("interview_answers", {"education-choice": "yes", "education-field": "Snekker"}, "Snekker", "yes"),
        ("interview_answers", {"relations-0-municipality": "5037", "relations-0-name": "Oksana"}, "Oksana", "5037"),
        ("interview_participants", {"talk-abcdefabcdef": "held", "heard-abcdefabcdef": "on"}, None, "held"),
        ("arrange_journey", {"leg_1_mode": "train", "leg_1_start": "Voss"}, "Voss", "train"),
        ("assign_beds", {"bed_4711": "1234", "from_on": "14.3.2024"}, "14.3.2024", "1234"),
    ],
)
def test_a_single_word_is_kept_and_a_code_is_not_shown(
    cast: Cast, page: str, sent: dict[str, str], word: str | None, code: str | None
) -> None:
    args = ["abcdefabcdef", "abcdefabcdef"] if page == "interview_answers" else ["abcdefabcdef"]
    answer = logged_in(cast.registrar).post(reverse(page, args=args), sent)
    assert answer.status_code == 403
    kept = [each.text for each in read(answer.text).all("section", aria_labelledby="typed")]
    assert [str(word) in each for each in kept] == ([True] if word else [])
    assert code is None or not any(code in each.split() for each in kept)


def test_the_references_of_a_pair_that_nobody_may_answer_are_not_shown(cast: Cast) -> None:
    answer = logged_in(cast.centre).post(
        reverse("duplicates"), {"first": "abcdefabcdef", "second": "bcdefabcdefa", "keep": "both"}
    )
    assert answer.status_code == 403
    assert read(answer.text).all("section", aria_labelledby="typed") == []


def with_password(viewer: Viewer) -> str:
    """Give a user of the cast a password; the username."""
    user = User.objects.get(pk=viewer.user_id or 0)
    user.set_password(PASSWORD)
    user.save()
    return user.username


def test_who_was_logged_out_gets_back_what_was_typed_and_nothing_is_done_unseen(cast: Cast, voss: int) -> None:
    username = with_password(cast.centre)
    url, client = reverse("register_absence", args=[reference_of(voss)]), logged_in(cast.centre)
    typed = note(cast, cast.centre, voss) | opened(client, url)
    client.logout()
    answer = client.post(url, typed)
    assert answer.status_code == 403
    assert "Logg inn igjen, så får du tilbake det du skrev." in answer.text
    wrong = client.post(reverse("login"), hidden(read(answer.text)) | {"username": username, "password": "feil"})
    assert wrong.status_code == 422
    back = client.post(reverse("login"), hidden(read(wrong.text)) | {"username": username, "password": PASSWORD})
    again = read(back.text).one("form", action=url)
    filled = client.post(url, pairs(again))
    assert filled.status_code == 200
    page = read(filled.text)
    assert page.one("input", name="note")["value"] == "Hos tanten i Bergen"
    assert "Ingenting er lagret ennå." in page.text
    assert client.post(url, typed | hidden(page)).status_code == 302


def pairs(form: Element) -> dict[str, list[str]]:
    """Everything that a form sends."""
    found: dict[str, list[str]] = {}
    for each in form.all("input"):
        found.setdefault(each["name"], []).append(each.attributes.get("value", ""))
    return found


def test_what_somebody_else_had_typed_is_not_shown_to_who_logs_in(cast: Cast, voss: int) -> None:
    username = with_password(cast.udi)
    url, client = reverse("register_absence", args=[reference_of(voss)]), logged_in(cast.centre)
    typed = note(cast, cast.centre, voss) | opened(client, url)
    client.logout()
    answer = client.post(url, typed)
    back = client.post(
        reverse("login"), hidden(read(answer.text)) | {"username": username, "password": PASSWORD}, follow=True
    )
    assert "Hos tanten" not in back.text


def test_the_registration_of_several_persons_survives_a_new_login(cast: Cast) -> None:
    username = with_password(cast.registrar)
    url, client = reverse("register_group"), logged_in(cast.registrar)
    page = client.get(url)
    typed = {"persons": "2", "ties": "0", "0-given_name": "Olena", "0-family_name": "Kovalenko", "do": "register"}
    typed["opened"] = hidden(read(page.text))["opened"]
    client.logout()
    asked = client.post(url, typed)
    back = client.post(reverse("login"), hidden(read(asked.text)) | {"username": username, "password": PASSWORD})
    filled = read(client.post(url, pairs(read(back.text).one("form", action=url))).text)
    assert filled.one("input", name="0-given_name")["value"] == "Olena"
    assert filled.all("div", class_="ds-error-summary") == []


def test_a_task_taken_after_the_session_ended_leads_to_the_worklist(cast: Cast) -> None:
    username = with_password(cast.centre)
    client = Client()
    asked = client.post(reverse("take_task", args=["abcdefabcdef"]), {})
    back = client.post(reverse("login"), hidden(read(asked.text)) | {"username": username, "password": PASSWORD})
    assert (back.status_code, back.headers["Location"]) == (302, "/")


def stale_token(cast: Cast, voss: int, **headers: str) -> Any:
    """A form sent with the token of an earlier login."""
    url, client = reverse("register_absence", args=[reference_of(voss)]), Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(pk=cast.centre.user_id or 0))
    typed = note(cast, cast.centre, voss) | opened(client, url)
    return client.post(url, typed | {"csrfmiddlewaretoken": "x" * 64}, headers=headers)


def test_a_form_from_before_a_new_login_is_kept_and_must_be_sent_again(cast: Cast, voss: int) -> None:
    answer = stale_token(cast, voss, origin="http://testserver")
    assert answer.status_code == 403
    form = read(answer.text).one("form", action=reverse("register_absence", args=[reference_of(voss)]))
    assert pairs(form)["note"] == ["Hos tanten i Bergen"]
    assert pairs(form)["resume"] == ["1"]


def test_nothing_of_a_form_from_another_place_is_repeated(cast: Cast, voss: int) -> None:
    answer = stale_token(cast, voss, origin="https://et.annet.sted")
    assert answer.status_code == 403
    assert "Hos tanten" not in answer.text


def test_a_form_that_is_sent_with_the_mark_of_a_new_login_does_nothing(cast: Cast, voss: int) -> None:
    url, client = reverse("register_absence", args=[reference_of(voss)]), logged_in(cast.centre)
    typed = note(cast, cast.centre, voss) | opened(client, url)
    assert client.post(url, typed | {"resume": "1"}).status_code == 200
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(voss, cast.day)]
        register_absence(voss, persons[:1], cast.day, is_abroad=False, by=cast.centre, at=cast.at)


@pytest.mark.req("SET-01")
def test_the_page_of_an_interview_that_was_never_held_says_what_closed_the_case(cast: Cast) -> None:
    group = due_for_interview(cast, family())
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_departure(group, persons, cast.day, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)
    text = logged_in(cast.centre).get(reverse("interview", args=[reference_of(group)])).text
    assert (
        "Bosettingssaken ble avsluttet 14. mars 2024 av Voss akuttinnkvartering. Samtalen ble ikke registrert. "
        "Årsak: oppgitt reist ut av landet." in text
    )
    page = read(text)
    assert "gjort" not in [each.text for each in page.all("span")]
    assert "0 av 5" in text


def test_the_page_of_an_interview_that_was_held_keeps_its_steps_also_after_the_case_is_closed(cast: Cast) -> None:
    group = queued(cast)
    with scope(cast.centre, cast.day):
        persons = [member.subject_id for member in members_of(group, cast.day)]
        register_departure(group, persons, cast.day, DepartureReason.LEFT_COUNTRY, by=cast.centre, at=cast.at)
    text = logged_in(cast.imdi).get(reverse("interview", args=[reference_of(group)])).text
    assert "gjort" in text
    assert "mangler noe" not in text
