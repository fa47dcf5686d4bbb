"""The pages without a login: nothing typed is lost, a link opens one application once, nobody learns anything."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from fotfeste.alternative.models import Application, ApplicationDocument, ApplicationPerson, Confirmation
from fotfeste.kernel.identifiers import synthetic_duf
from fotfeste.platform.logs import JsonLine
from fotfeste.platform.models import StoredFile
from fotfeste.platform.scope import scope
from fotfeste.platform.secret_links import new_secret
from fotfeste.registry.public import register_group
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast
from tests.web.doors.asking import browser
from tests.web.doors.door_walk import (
    HELPED,
    HOST,
    LINK,
    OF_NEED,
    OF_UKRAINE,
    OLENA,
    PDF,
    PLACE,
    SIGNED,
    WHILE_MAMOT_WAS_OPEN,
    Walk,
    alone,
    with_helper_and_host,
)

pytestmark = [pytest.mark.django_db, pytest.mark.req("POR-07", "ALT-06")]


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[time_machine.Traveller]:
    """The clock stands still on a day on which both schemes are open."""
    with time_machine.travel(WHILE_MAMOT_WAS_OPEN, tick=False) as clock:
        yield clock


def applications(cast: Cast) -> list[Application]:
    """What UDI sees of those that came in."""
    with scope(cast.udi, WHILE_MAMOT_WAS_OPEN.date()):
        return list(Application.objects.order_by("pk"))


def link(secret: str, client: Client | None = None) -> Any:
    """What a link shows."""
    return (client or Client()).get(f"/bo-privat/lenke/{secret}/")


def answer(secret: str, said: str = "yes", client: Client | None = None, **more: str) -> Any:
    """Answer by a link."""
    sent = {"answer": said, "signer_name": "Per Hansen", "reason": "", **more}
    return (client or Client()).post(f"/bo-privat/lenke/{secret}/", sent)


@pytest.mark.req("ALT-03")
def test_somebody_applies_alone_without_a_login_and_follows_it_by_the_link(cast: Cast) -> None:
    (mine,) = alone()
    (found,) = applications(cast)
    assert (found.scheme, found.procedure, found.state, found.subject_id) == ("amot", "alone", "submitted", None)
    with scope(cast.udi, WHILE_MAMOT_WAS_OPEN.date()):
        people = list(ApplicationPerson.objects.order_by("position").values_list("name", "duf", "has_near_family"))
    assert people == [("Olena Kovalenko", OLENA["duf"], True), ("Sofia Kovalenko", synthetic_duf(100003), True)]
    assert found.reference in link(mine).text


@pytest.mark.req("ALT-04")
def test_helper_host_and_municipality_each_answer_with_a_link_of_their_own(cast: Cast) -> None:
    applicant, municipality, host = with_helper_and_host()
    assert "Kari Nordmann" in link(applicant).text
    assert answer(applicant, signer_name="Olena Kovalenko").status_code == 302
    assert answer(host).status_code == 302
    assert applications(cast)[0].state == "waiting_for_parties"
    assert answer(municipality, client=browser(cast.municipality), signer_name="Levanger").status_code == 302
    with scope(cast.udi, WHILE_MAMOT_WAS_OPEN.date()):
        signed = list(Confirmation.objects.order_by("pk").values_list("party", "signer_name", "way", "answer"))
    assert sorted(signed) == [
        ("applicant", "Olena Kovalenko", "link", "yes"),
        ("host", "Per Hansen", "link", "yes"),
        ("municipality", "Levanger", "link", "yes"),
    ]
    assert applications(cast)[0].state == "submitted"


def test_a_link_alone_is_nobodys_word_for_a_municipality(cast: Cast) -> None:
    _, municipality, _ = with_helper_and_host()
    for client in (Client(), browser(cast.other_municipality), browser(cast.centre), browser(cast.udi)):
        assert "answer" not in link(municipality, client).text.split("<main")[1]
        assert answer(municipality, client=client).status_code == 200
    with scope(cast.udi, WHILE_MAMOT_WAS_OPEN.date()):
        assert not Confirmation.objects.exclude(answer="").exists()


def test_the_host_sees_the_least_there_is_to_see() -> None:
    _, _, host = with_helper_and_host()
    page = link(host).text
    assert "Olena Kovalenko" in page
    for hidden in ("Sofia", OLENA["duf"], "1986", "2010", "kontrakt.pdf", "UKR", "Kari Nordmann"):
        assert hidden not in page


def test_of_one_who_applies_alone_the_host_is_asked_of_nobody_more() -> None:
    walk = Walk(**HELPED, is_from_ukraine="yes")
    for page, typed in (
        ("person/1/", OLENA),
        ("kommunen/", {"municipality": "5037", "procedure": "fast"}),
        ("sted/", PLACE),
        ("vert/", HOST),
        ("om-person/1/", OF_UKRAINE),
        ("vedlegg/", {"do": "on"}),
    ):
        walk.go_on(page, typed)
    _, _, host = walk.sign()
    assert "Olena Kovalenko søker om å bo hos deg med offentlig støtte." in link(host).text


def test_each_link_is_answered_once_and_says_so_kindly_afterwards(cast: Cast) -> None:
    _, _, host = with_helper_and_host()
    answer(host, "no", reason="Det er ikke plass")
    again = answer(host, "yes")
    assert "Takk, du har svart" in again.text
    with scope(cast.udi, WHILE_MAMOT_WAS_OPEN.date()):
        assert Confirmation.objects.get(party="host").answer == "no"


def test_a_no_needs_a_reason_and_a_name() -> None:
    _, _, host = with_helper_and_host()
    assert answer(host, "no").status_code == 422
    assert answer(host, "yes", signer_name=" ").status_code == 422
    assert answer(host, "no", reason="Det er ikke plass").status_code == 302


def test_an_old_link_says_so_kindly(on_the_day: time_machine.Traveller) -> None:
    _, _, host = with_helper_and_host()
    on_the_day.shift(timedelta(days=40))
    told = link(host)
    assert told.status_code == 410
    assert "Lenken er for gammel" in told.text
    assert answer(host).status_code == 410


@pytest.mark.parametrize("secret", ["k" * 32, "0" * 32, "zz", "i" * 32, "%00" * 8, "admin", "a" * 500])
def test_a_wrong_link_says_so_kindly_and_tells_nothing(secret: str) -> None:
    alone()
    told = Client().get(f"/bo-privat/lenke/{secret}/")
    assert told.status_code in (400, 404)
    assert "Kovalenko" not in told.text


@pytest.mark.parametrize("page", ["", "personer/", "person/1/", "send/", "kvittering/", "vedlegg/", "finnes-ikke/"])
def test_an_address_that_is_nobodys_leads_nowhere(page: str) -> None:
    for answered in (
        Client().get(f"/bo-privat/soknad/{new_secret()}/{page}"),
        Client().post(f"/bo-privat/soknad/{new_secret()}/{page}", OLENA),
    ):
        assert answered.status_code in (404, 405)


def test_whoever_tries_links_is_held_up() -> None:
    (mine,) = alone()
    codes = [Client().get(f"/bo-privat/lenke/{new_secret()}/").status_code for _ in range(32)]
    assert codes == [404] * 30 + [429] * 2
    assert link(mine).status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/bo-privat/lenke/{mine}/").status_code == 200


def test_the_same_number_is_sent_a_few_times_a_day_and_then_no_more(cast: Cast) -> None:
    for _ in range(5):
        alone()
    walk = Walk(filled_in_by="applicant")
    walk.fill_in(municipality={"municipality": "5037"}, situation=OF_NEED)
    held_up = walk.send("send/", SIGNED)
    assert held_up.status_code == 429
    assert OLENA["duf"] not in held_up.text
    assert "Olena" in walk.get("personer/").text
    assert len(applications(cast)) == 5


def test_nothing_tells_whether_a_number_is_known(cast: Cast) -> None:
    def seen() -> list[tuple[int, str]]:
        walk = Walk(filled_in_by="applicant")
        walk.fill_in(municipality={"municipality": "5037"}, situation=OF_NEED)
        sent = walk.send("send/", SIGNED)
        (mine,) = dict.fromkeys(_links(walk))
        shown = [walk.get("kvittering/"), link(mine)]
        return [(sent.status_code, ""), *((each.status_code, _plain(each.text)) for each in shown)]

    before = seen()
    with scope(cast.registrar, WHILE_MAMOT_WAS_OPEN.date()):
        register_group(kovalenko(), by=cast.registrar, at=WHILE_MAMOT_WAS_OPEN)
    assert seen() == before


def _links(walk: Walk) -> list[str]:
    return LINK.findall(walk.get("kvittering/").text)


def _plain(text: str) -> str:
    """Without what is another each time."""
    return re.sub(r"csrfmiddlewaretoken\" value=\"\w+|[0-9a-z]{32}|[0-9a-z]{12,16}", "…", text)


def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost() -> None:
    walk = Walk(filled_in_by="applicant")
    wrong = walk.send("person/1/", OLENA | {"duf": "123", "birth_date": "31.2.1986"})
    assert wrong.status_code == 422
    for typed in ("Olena Kovalenko", "123", "31.2.1986"):
        assert typed in wrong.text
    walk.go_on("person/1/", OLENA)
    assert OLENA["duf"] in walk.get("person/1/").text


def test_pages_that_come_later_lead_to_the_first_that_is_not_answered() -> None:
    walk = Walk(filled_in_by="applicant")
    for page in ("kommunen/", "sted/", "vert/", "om-person/1/", "vedlegg/", "send/"):
        assert walk.get(page).headers["Location"].endswith("/personer/")
        assert walk.send(page, PLACE | HOST).headers["Location"].endswith("/personer/")


def test_no_cookie_is_needed_and_none_is_given_that_says_anything() -> None:
    client = Client(enforce_csrf_checks=True)
    begun: Any = client.post("/bo-privat/soknad/", HELPED | {"is_from_ukraine": "no"})
    assert begun.status_code == 302
    assert client.post(begun.headers["Location"].replace("personer", "person/1"), OLENA).status_code == 302
    assert set(client.cookies) <= {settings.CSRF_COOKIE_NAME}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kontrakt.pdf", b"<script>alert(1)</script>"),
        ("kontrakt.exe", b"MZ\x90\x00" * 50),
        ("kontrakt.pdf", b""),
        ("kontrakt.png", PDF),
        ("kontrakt.pdf", PDF + b"0" * 10_000_001),
        ("kontrakt.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
)
def test_a_file_is_what_its_content_is_and_not_too_large(name: str, content: bytes) -> None:
    walk = Walk(filled_in_by="applicant")
    walk.fill_in(municipality={"municipality": "5037"}, situation=OF_NEED, attaches=False)
    sent = {"do": "add", "kind": "other", "file": SimpleUploadedFile(name, content, content_type="application/pdf")}
    assert walk.send("vedlegg/", sent).status_code == 422
    assert "Lagt ved</h2>" not in walk.get("vedlegg/").text


def test_the_name_of_a_file_is_not_trusted_and_the_file_is_udis_to_see(cast: Cast) -> None:
    alone()
    with scope(cast.udi, WHILE_MAMOT_WAS_OPEN.date()):
        kept = StoredFile.objects.get(pk=ApplicationDocument.objects.get().file_id)
        assert (kept.name, kept.media_type, bytes(kept.content)) == ("kontrakt.pdf", "application/pdf", PDF)
    for stranger in (cast.other_municipality, cast.centre, cast.registrar):
        with scope(stranger, WHILE_MAMOT_WAS_OPEN.date()):
            assert not ApplicationDocument.objects.exists()
            assert not StoredFile.objects.exists()


def test_what_is_larger_than_any_form_is_refused_before_it_is_read() -> None:
    told = Client().post("/bo-privat/soknad/", {"helper_name": "a" * (settings.LARGEST_BODY + 1)})
    assert told.status_code == 413


def test_no_log_line_has_a_link_a_name_or_a_number(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        secrets = with_helper_and_host()
        for secret in secrets:
            link(secret)
        answer(secrets[2])
    lines = "\n".join(JsonLine().format(record) for record in caplog.records)
    assert "link answered" in lines
    for hidden in (*secrets, OLENA["duf"], "Kovalenko", "Nordmann", "Hansen"):
        assert hidden not in lines


def test_sending_twice_makes_one_application(cast: Cast) -> None:
    walk = Walk(filled_in_by="applicant")
    walk.fill_in(municipality={"municipality": "5037"}, situation=OF_NEED)
    first, second = walk.sign(), walk.send("send/", SIGNED)
    assert second.headers["Location"].endswith("/kvittering/")
    assert walk.sign() == first
    assert len(applications(cast)) == 1


def test_a_session_without_a_link_sees_no_application_in_sql() -> None:
    alone()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alternative_application")
        assert cursor.fetchone() == (0,)


def test_whoever_has_the_link_takes_the_application_back(cast: Cast) -> None:
    (mine,) = alone()
    assert Client().post(f"/bo-privat/lenke/{mine}/trekk/", {}).status_code == 422
    assert Client().post(f"/bo-privat/lenke/{mine}/trekk/", {"cause": "moved"}).status_code == 302
    assert applications(cast)[0].state == "withdrawn"
    assert "trukket" in link(mine).text


def test_mamot_is_offered_only_while_it_is_open(on_the_day: time_machine.Traveller) -> None:
    assert "Ukraina" in Client().get("/bo-privat/soknad/").text
    on_the_day.shift(timedelta(days=10))
    assert "Ukraina" not in Client().get("/bo-privat/soknad/").text
