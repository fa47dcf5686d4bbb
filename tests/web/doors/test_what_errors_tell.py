"""What a refusal, a log line, a form's own marks and an ended session tell of people whom one may not see."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fotfeste.access.public import Look, Subject
from fotfeste.directory.public import User
from fotfeste.kernel.identifiers import IdentifierKind
from fotfeste.platform.logs import JsonLine
from fotfeste.platform.scope import scope
from fotfeste.registry.public import NewPerson, members_of
from fotfeste.settlement.actions.notes import add_note
from tests.actions.registry.families import alone, kovalenko, person, with_duf
from tests.actions.settlement.stage import offered, queued, requested
from tests.conftest import Cast
from tests.platform.markup import read
from tests.settlement_steps import placed, registered
from tests.web.doors.asking import asked, browser, differences
from tests.web.doors.test_other_ways_out import words_of
from tests.web.test_kept_forms import opened

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
HIDDEN = person("Oksana", "Shevtsjenko")


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


def registration(someone: NewPerson, number: str = "") -> dict[str, str]:
    """The page of registration with one person on it."""
    return {
        "registered_on": "14.3.2024",
        "persons": "1",
        "ties": "0",
        "do": "register",
        "0-given_name": someone.given_name,
        "0-family_name": someone.family_name,
        "0-birth_date": f"{someone.birth_date:%d.%m.%Y}",
        "0-sex": "unknown",
        "0-citizenship": "UKR",
        "0-language_1": "uk",
        "0-duf": number,
    }


def page_of(household: int) -> str:
    """The address of a household."""
    return reverse("household", args=[Subject.objects.get(pk=household).reference])


@pytest.mark.req("REG-03", "ACS-03")
def test_who_types_a_number_that_somebody_has_learns_whom_to_ask_and_no_more_and_that_is_logged(cast: Cast) -> None:
    hidden = with_duf(HIDDEN, 4711)
    number = hidden.identifiers[IdentifierKind.DUF]
    with scope(cast.udi, cast.day):
        registered(cast, alone(hidden))
    registrar = browser(cast.other_centre)
    assert registrar.post(reverse("register_group"), registration(HIDDEN, number)).status_code == 403
    police = browser(cast.registrar)
    answer = police.post(reverse("register_group"), registration(person("Ivan", "Franko"), number))
    assert answer.status_code == 422
    assert "kontakt UDI før du registrerer personen på nytt" in answer.text
    for word in ("Oksana", "Shevtsjenko", "/husstand/"):
        assert word not in answer.text.replace("/husstander/", "")
    [look] = Look.objects.using("owner").filter(request_number=answer.headers["X-Request-Number"])
    assert (look.user_id, look.page, look.hits) == (cast.registrar.user_id, "register_group", 1)
    assert look.asked == {"0-duf": number}
    assert look.household_id is None


def test_a_page_of_registration_that_tells_of_nobody_is_no_look(cast: Cast) -> None:
    police = browser(cast.registrar)
    for answer in (
        police.get(reverse("register_group")),
        police.post(reverse("register_group"), registration(HIDDEN, "12")),
    ):
        numbered = answer.headers["X-Request-Number"]
        assert not Look.objects.using("owner").filter(request_number=numbered).exists()


@pytest.mark.req("REG-03")
def test_who_registers_somebody_twice_is_not_told_that_there_is_somebody_alike(cast: Cast) -> None:
    with scope(cast.udi, cast.day):
        registered(cast, alone(HIDDEN))
    answers = []
    for family in ("Shevtsjenko", "Kotsjubynskyj"):
        someone = replace(HIDDEN, family_name=family)
        answer = browser(cast.registrar).post(reverse("register_group"), registration(someone), follow=True)
        assert answer.status_code == 200
        answers.append(" ".join(read(answer.text).one("main").text.replace(family, "…").split()))
        assert "dublett" not in answer.text.lower()
    words = [re.sub(r"plasseringsgruppe \d+", "…", answer) for answer in answers]
    assert words[0] == words[1]


@pytest.mark.req("REG-03")
def test_that_somebody_may_be_registered_twice_is_shown_to_udi_alone(cast: Cast) -> None:
    with scope(cast.udi, cast.day):
        registered(cast, alone(HIDDEN))
        again = placed(cast, registered(cast, alone(HIDDEN)))
    assert "Se på en mulig dublett" in browser(cast.udi).get(page_of(again)).text
    for viewer in (cast.registrar, cast.centre, cast.centre_administrator):
        answer = browser(viewer).get(page_of(again))
        assert answer.status_code == 200
        assert "dublett" not in answer.text.lower()


@pytest.mark.req("SET-07")
def test_a_form_does_not_tell_that_something_has_happened_that_one_may_not_know(cast: Cast) -> None:
    group = requested(cast, queued(cast))
    client, url = browser(cast.municipality), reverse("answer_request", args=[page_of(group).split("/")[2]])
    before = opened(client, url)["opened"]  # the version counts what others do; it does not say what
    with scope(cast.centre, cast.day):
        add_note(group, "Legen har ringt", by=cast.centre, at=cast.at)
    assert opened(client, url)["opened"] == before


@pytest.mark.req("ACS-03")
def test_a_search_that_leads_straight_to_somebody_is_logged_as_a_search_too(cast: Cast) -> None:
    placed(cast, registered(cast, alone(HIDDEN)))
    answer = browser(cast.centre).get("/sok/?q=shevtsjenko")
    assert answer.status_code == 302
    [look] = Look.objects.using("owner").filter(request_number=answer.headers["X-Request-Number"])
    assert (look.asked, look.hits, look.household_id) == ({"q": "shevtsjenko"}, 1, None)


def test_no_log_line_speaks_of_anybody(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    household = placed(cast, registered(cast, kovalenko()))
    with scope(cast.centre, cast.day):
        members = members_of(household, cast.day)
    caplog.set_level(logging.DEBUG)
    client = browser(cast.centre)
    client.raise_request_exception = False
    number = next(iter(members[0].identifiers.values()))
    for address in (
        page_of(household),
        "/sok/?q=Kovalenko",
        f"/sok/?q={number}",
        f"/sok/?q={number[:4]} {number[4:8]} {number[8:]}",
        "/husstander/?q=Olena",
        f"/husstand/{number}/",
        "/finnes/ikke/?navn=Kovalenko",
        "/sok/?q=Kovalenko%00",
    ):
        client.get(address)
    client.post(reverse("register_absence", args=[page_of(household).split("/")[2]]), {"note": "Hos Olena Kovalenko"})
    lines = [JsonLine().format(record) for record in caplog.records if record.name != "django.db.backends"]
    assert len(lines) > 8
    told = [line for line in lines for word in ("Kovalenko", "Olena", number) if word in line]
    assert told == []


@pytest.mark.req("ACS-01")
def test_who_is_not_logged_in_learns_nothing_from_any_address(cast: Cast) -> None:
    reference = page_of(offered(cast, queued(cast))).split("/")[2]
    client = Client()
    for address in ("/husstand/{}/", "/husstand/{}/kommune/", "/husstand/{}/samtale/", "/mottak/{}/", "/brukere/{}/"):
        there, nowhere = address.format(reference), address.format("zzzzzzzzzzzz")
        for sent in (None, {"text": "Noe"}):
            one = asked(client, there, sent, hide=reference)
            other = asked(client, nowhere, sent, hide="zzzzzzzzzzzz")
            assert differences(one, other) == "", address
    words = client.get("/health").json()
    assert words == {"status": "ok", "problems": []}


@pytest.mark.req("ACS-01")
def test_the_next_user_of_a_browser_gets_nothing_of_the_one_before(cast: Cast) -> None:
    household = offered(cast, queued(cast))
    client = browser(cast.centre)
    client.get(page_of(household))
    left = client.post("/oppgaver/zzzzzzzzzzzz/ta/")  # leaves a message for the next page
    assert set(left.cookies) <= {"sessionid"}
    client.post(reverse("logout"))
    client.force_login(User.objects.get(pk=cast.other_municipality.user_id or 0))
    fresh = browser(cast.other_municipality)
    for address in ("/", page_of(household), "/sok/?q=Kovalenko"):
        one, other = client.get(address), fresh.get(address)
        assert one.status_code == other.status_code
        assert words_of(one) == words_of(other), address
