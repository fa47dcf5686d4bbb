"""Whatever the menu, the worklist and a household's page link to opens for whoever sees the link."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from fotfeste.access.loading import load_staff
from fotfeste.access.public import Role, RoleAssignment, Subject
from fotfeste.accommodation.public import place_group
from fotfeste.demo.public import load_country
from fotfeste.directory.public import User
from fotfeste.platform.scope import scope
from tests.actions.accommodation.people import household, open_centre
from tests.conftest import Cast
from tests.platform.markup import read

TODAY = date(2026, 11, 21)


@pytest.fixture
def country(transactional_db: None) -> Iterator[None]:
    """A country on its day, committed."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=True):
        load_country(400, TODAY, seed=5)
        yield
    connection.close()


def those_who_log_in() -> list[User]:
    """The demo's users, and one of each other set of roles in each kind of organisation."""
    found: dict[tuple[object, ...], User] = {}
    for user in User.objects.select_related("organisation").order_by("username"):
        roles = sorted(RoleAssignment.objects.filter(user=user).values_list("role", flat=True))
        is_known = user.username.startswith("demo-")
        found.setdefault((user.organisation.kind, *roles, user.username if is_known else ""), user)
    return list(found.values())


def links_of(client: Client, address: str) -> list[str]:
    """The addresses within the program that a page links to."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{answer.status_code} from {address}"
    links = [link.attributes.get("href") or "" for link in read(answer.text).all("a")]
    return list(dict.fromkeys(link for link in links if link.startswith("/")))


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.req("ACS-01")
def test_no_link_of_menu_worklist_or_household_leads_to_a_closed_door(country: None) -> None:
    closed, tried = [], 0
    users = those_who_log_in()
    assert len(users) >= 8
    for user in users:
        client = Client()
        client.force_login(user)
        links = links_of(client, reverse("worklist"))
        households = [link for link in links if link.count("/") == 3 and link.startswith("/husstand/")][:3]
        links += [link for address in households for link in links_of(client, address)]
        for link in dict.fromkeys(links):
            tried += 1
            if (status := client.get(link).status_code) not in (200, 302):
                closed.append(f"{user.username} {link}: {status}")
    assert tried > 150
    assert closed == []


def logged_in(user: User) -> Client:
    """A browser of the user."""
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db
def test_a_task_that_is_for_a_colleague_has_no_link_and_says_whose_it_is(cast: Cast) -> None:
    group_id, _ = household(cast, "Olena")
    reference = Subject.objects.get(pk=group_id).reference
    open_centre(cast, cast.centre)
    with scope(cast.udi, cast.day):
        place_group(group_id, cast.centre.organisation_id, cast.day, by=cast.udi, at=cast.at)
    with time_machine.travel(cast.at, tick=False):
        for viewer, has_link in ((cast.centre, True), (cast.centre_administrator, False)):
            client = logged_in(User.objects.get(pk=viewer.user_id or 0))
            worklist = client.get(reverse("worklist")).text
            page = client.get(reverse("household", args=[reference])).text
            for text in (worklist, page):
                assert "Gi husstanden senger" in text
                assert ("/senger/" in text) is has_link
                assert ("Gjøres av: bosettingsansvarlig" in text) is not has_link


@pytest.mark.django_db
def test_who_registers_at_a_centre_has_no_menu_line_to_a_page_that_is_closed_to_them(cast: Cast) -> None:
    user = User.objects.create(username="registrar-voss", name="R", organisation_id=cast.centre.organisation_id)
    load_staff([(user, Role.REGISTRAR)], from_on=cast.day, at=cast.at)
    with time_machine.travel(cast.at, tick=False):
        assert reverse("my_centre") not in links_of(logged_in(user), "/")
