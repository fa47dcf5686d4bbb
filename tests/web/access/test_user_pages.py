"""The pages of those who give roles: the list, one user, the forms; and nobody of another organisation."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from fotfeste.access.models import RoleAssignment
from fotfeste.access.public import NewUser, Role
from fotfeste.directory.public import User
from fotfeste.platform.viewer import Viewer
from tests.acting import add_user, end_employment, end_role, give_role
from tests.actions.access.stage import (
    colleague,
    employment_of,
    role_of,
    roles_on,
    second_administrator,
    user_administrator,
)
from tests.actions.directory.stage import administrator
from tests.conftest import AT, Cast
from tests.platform.markup import read

pytestmark = [pytest.mark.django_db, pytest.mark.req("ACS-02")]

LATER = date(2024, 5, 1)


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


def rows(html: str) -> list[str]:
    """The rows of the first table, as text."""
    table = read(html).all("table")[0]
    return [" ".join(row.text.split()) for row in table.all("tr")[1:]]


def test_the_list_says_who_works_here_in_which_roles_since_when_and_who_gave_them(cast: Cast) -> None:
    kari = colleague(cast)
    give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    colleague(cast, name="Ola Lie")
    page = browser(cast.centre_administrator).get(reverse("users"))
    assert rows(page.text) == [
        "Kari Moen kari@voss.example.no fra 1. januar 2024 bosettingsansvarlig, fra 14. mars 2024 gitt av Voss-Admin",
        "Ola Lie ola@voss.example.no fra 1. januar 2024 ingen rolle",
        "Voss voss fra 1. januar 2024 bosettingsansvarlig, fra 1. januar 2024",
        "Voss-Admin (deg) voss-admin fra 1. januar 2024 administrator på mottaket, fra 1. januar 2024",
    ]


def test_those_who_have_left_stand_on_a_page_of_their_own(cast: Cast) -> None:
    end_employment(colleague(cast).reference, cast.day, by=cast.centre_administrator, at=cast.at)
    client = browser(cast.centre_administrator)
    assert "Kari Moen" not in client.get(reverse("users")).text
    gone = client.get(reverse("users") + "?vis=har_sluttet").text
    assert rows(gone) == ["Kari Moen kari@voss.example.no 1. januar 2024 til og med 13. mars 2024"]
    assert "Ingen har sluttet" not in gone


def test_the_list_takes_as_many_queries_for_many_as_for_few(cast: Cast) -> None:
    client = browser(cast.centre_administrator)
    counts = []
    for name in ("Kari Moen", "Ola Lie", "Per Nes"):
        given = colleague(cast, name=name)
        give_role(given.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("users"))
        counts.append(len(caught))
    assert counts[0] == counts[-1] <= 12


def test_who_works_here_comes_with_the_login_and_costs_no_query_of_its_own(cast: Cast) -> None:
    client = browser(cast.centre_administrator)
    client.get(reverse("own_organisation"))
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("own_organisation"))
    about = [query["sql"] for query in caught if "access_employment" in query["sql"]]
    assert len(about) == 1
    assert "access_roleassignment" in about[0]
    assert "directory_user" in about[0]


@pytest.mark.parametrize("who", ["centre", "udi", "imdi", "municipality", "registrar"])
def test_others_have_neither_the_line_of_the_menu_nor_the_pages(cast: Cast, who: str) -> None:
    client = browser(getattr(cast, who))
    kari = colleague(cast)
    assert f'href="{reverse("users")}"' not in client.get("/").text
    for name, arguments in (("users", []), ("add_user", []), ("user", [kari.reference])):
        assert client.get(reverse(name, args=arguments)).status_code == 403
    for name in ("give_role", "end_employment"):
        assert client.post(reverse(name, args=[kari.reference]), {}).status_code == 403


@pytest.mark.parametrize("language", ["nb", "en"])
def test_another_organisations_users_are_not_there_however_they_are_asked_for(cast: Cast, language: str) -> None:
    kari = colleague(cast)
    given = give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    unknown = "abcdefabcdef"
    for other in (user_administrator(cast.udi), administrator(cast)):
        client = browser(other)
        client.cookies["django_language"] = language
        assert f'href="{reverse("users")}"' in client.get("/").text
        assert "Kari Moen" not in client.get(reverse("users")).text
        for name, reference in (
            ("user", kari.reference),
            ("give_role", kari.reference),
            ("end_employment", kari.reference),
            ("end_role", given.reference),
        ):
            there, nowhere = (client.get(reverse(name, args=[each])) for each in (reference, unknown))
            assert (there.status_code, nowhere.status_code) == (404, 404)
            if name != "user":
                sent = client.post(reverse(name, args=[reference]), {"role": "centre_staff", "on": "1.5.2024"})
                assert sent.status_code == 404
                assert "Kari Moen" not in sent.text
    assert roles_on(kari.user_id, LATER) == {"centre_staff"}


def test_a_user_is_added_and_given_a_role_and_both_are_told(cast: Cast) -> None:
    client = browser(cast.centre_administrator)
    typed = {"name": "Kari Moen", "login_name": "kari@voss.example.no", "from_on": "14.3.2024"}
    page = client.post(reverse("add_user"), typed, follow=True)
    assert "Kari Moen er lagt til. Gi brukeren en rolle nå." in page.text
    assert "Du har neste trekk." in page.text
    kari = User.objects.get(username="kari@voss.example.no")
    form = reverse("give_role", args=[page.context["employment"].reference])
    inputs = read(client.get(form).text).all("input")
    fields = {each.attributes["name"]: each.attributes.get("value") or "" for each in inputs}
    page = client.post(form, fields | {"role": "centre_staff", "from_on": "14.3.2024"}, follow=True)
    assert "Kari Moen har rollen bosettingsansvarlig fra 14. mars 2024." in page.text
    assert "Fikk rollen bosettingsansvarlig fra 14. mars 2024" in page.text
    assert roles_on(kari.pk, cast.day) == {"centre_staff"}


def test_what_is_refused_stands_at_its_field_and_keeps_what_was_typed(cast: Cast) -> None:
    client = browser(cast.centre_administrator)
    typed = {"name": "Ukjent Udisen", "login_name": "UDI", "from_on": "14.3.2024"}
    page = client.post(reverse("add_user"), typed)
    assert page.status_code == 422
    assert "UDI er i bruk i en annen organisasjon." in str(page.context["form"].errors["login_name"])
    assert 'value="Ukjent Udisen"' in page.text
    kari = colleague(cast)
    page = client.post(reverse("give_role", args=[kari.reference]), {"role": "centre_staff", "from_on": "1.3.2024"})
    assert page.status_code == 422
    assert "En rolle kan ikke gjelde tilbake i tid. Velg 14. mars 2024 eller senere." in page.text
    role = role_of(cast.centre_administrator, Role.CENTRE_ADMINISTRATOR)
    page = client.post(reverse("end_role", args=[role.reference]), {"on": "1.5.2024"})
    assert page.status_code == 422
    assert "Gi en kollega administratorrollen først" in page.text


def test_the_page_says_whose_move_it_is_where_one_may_not_give_the_role_oneself(cast: Cast) -> None:
    client, mine = browser(cast.centre_administrator), employment_of(cast.centre_administrator)
    page, form = reverse("user", args=[mine.reference]), reverse("give_role", args=[mine.reference])
    for address in (page, form):
        assert "Du er den eneste som gir roller her." in client.get(address).text
    second_administrator(cast)
    for address in (page, form):
        assert "Voss-Admin-2 kan gi deg dem." in client.get(address).text
    sent = client.post(form, {"role": "centre_staff", "from_on": "14.3.2024"})
    assert sent.status_code == 422
    assert roles_on(cast.centre_administrator.user_id or 0, cast.day) == {"centre_administrator"}


def test_whoever_was_quicker_is_told_of_and_nothing_is_done_twice(cast: Cast) -> None:
    kari, other = colleague(cast), second_administrator(cast)
    client, form = browser(cast.centre_administrator), reverse("give_role", args=[kari.reference])
    version = client.get(form).context["form"].initial["version"]
    give_role(kari.reference, Role.REGISTRAR, cast.day, by=other, at=cast.at)
    typed = {"role": "centre_staff", "from_on": "1.5.2024", "version": str(version)}
    page = client.post(form, typed)
    assert page.status_code == 422
    assert "Noen andre har endret saken siden du åpnet siden." in page.text
    assert 'value="1.5.2024"' in page.text
    again = typed | {"version": page.context["form"].data["version"]}
    assert client.post(form, again).status_code == 302
    assert roles_on(kari.user_id, LATER) == {"registrar", "centre_staff"}


def test_a_role_that_a_colleague_has_taken_back_meanwhile_is_gone(cast: Cast) -> None:
    kari, other = colleague(cast), second_administrator(cast)
    given = give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=other, at=cast.at)
    client, form = browser(cast.centre_administrator), reverse("end_role", args=[given.reference])
    assert client.get(form).status_code == 200
    end_role(given.reference, cast.day, by=other, at=cast.at)
    page = client.post(form, {"on": "1.5.2024"})
    assert page.status_code == 404
    assert "Ingenting er lagret." in page.text


def test_who_works_here_no_more_is_logged_out_and_comes_in_no_more_that_day(cast: Cast) -> None:
    client = browser(cast.centre)
    assert client.get("/").status_code == 200
    user = User.objects.get(pk=cast.centre.user_id or 0)
    user.set_password("et langt passord her")
    user.save()
    form = reverse("end_employment", args=[employment_of(cast.centre).reference])
    page = browser(cast.centre_administrator).post(form, {"on": "15.3.2024"}, follow=True)
    assert "har ikke tilgang fra 15. mars 2024." in page.text
    client = browser(cast.centre)
    assert client.get("/").status_code == 200
    with time_machine.travel("2024-03-15T08:00:00+01:00", tick=False):
        assert client.get("/").status_code == 302
        login = {"username": "voss", "password": "et langt passord her"}
        assert Client().post(reverse("login"), login).status_code == 422


def test_one_who_has_not_begun_cannot_log_in_before_the_first_day(cast: Cast) -> None:
    made = add_user(NewUser(name="Ola Lie", username="ola"), LATER, by=cast.centre_administrator, at=cast.at)
    client = Client()
    client.force_login(made.user)
    assert client.get("/").status_code == 302
    with time_machine.travel("2024-05-01T08:00:00+02:00", tick=False):
        client.force_login(made.user)
        assert client.get("/").status_code == 200


def test_whoever_ends_their_own_role_as_administrator_comes_to_a_page_that_is_still_theirs(cast: Cast) -> None:
    second_administrator(cast)
    role = role_of(cast.centre_administrator, Role.CENTRE_ADMINISTRATOR)
    client = browser(cast.centre_administrator)
    page = client.post(reverse("end_role", args=[role.reference]), {"on": "14.3.2024"}, follow=True)
    assert page.status_code == 200
    assert f'href="{reverse("users")}"' not in page.text


def test_a_user_who_has_every_role_is_given_no_more(cast: Cast) -> None:
    kari = colleague(cast)
    for role in (Role.REGISTRAR, Role.CENTRE_STAFF, Role.CENTRE_ADMINISTRATOR):
        give_role(kari.reference, role, cast.day, by=cast.centre_administrator, at=cast.at)
    page = browser(cast.centre_administrator).get(reverse("give_role", args=[kari.reference]))
    assert "Kari Moen har alle rollene som finnes her." in page.text


def test_a_colleague_who_has_left_is_given_no_task(cast: Cast) -> None:
    kari, client = colleague(cast), browser(cast.centre)
    assert [each.name for each in client.get("/").context["colleagues"]] == ["Voss-Admin"], "Kari has no role yet"
    give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    assert [each.name for each in client.get("/").context["colleagues"]] == ["Kari Moen", "Voss-Admin"]
    end_employment(kari.reference, cast.day, by=cast.centre_administrator, at=cast.at)
    assert [each.name for each in client.get("/").context["colleagues"]] == ["Voss-Admin"]


def test_the_pages_are_in_english_too(cast: Cast) -> None:
    kari, client = colleague(cast), browser(cast.centre_administrator)
    give_role(kari.reference, Role.CENTRE_STAFF, cast.day, by=cast.centre_administrator, at=cast.at)
    client.cookies["django_language"] = "en"
    with override("en"):
        assert "Show those who have left" in client.get(reverse("users")).text
        page = client.get(reverse("user", args=[kari.reference])).text
    mine = reverse("user", args=[employment_of(cast.centre_administrator).reference])
    assert "You are the only one who gives roles here." in client.get(mine).text
    second_administrator(cast)
    assert "Voss-Admin-2 can give you them." in client.get(mine).text
    assert "Was given the role settlement coordinator from 14 March 2024" in page
    assert RoleAssignment.objects.current().filter(user_id=kari.user_id).count() == 1
