"""The shell: login, the menu, the worklist, search, and the household page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from fotfeste.directory.public import User
from fotfeste.platform.clock import now, today
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import NewGroup, NewPerson, PlacementGroup, Sex, register_group
from fotfeste.web.words import CAUSES, EVENT_WORDS
from fotfeste.worklist.public import Task, task_kinds
from tests.conftest import Cast
from tests.platform.markup import read

pytestmark = pytest.mark.django_db


def logged_in(viewer: Viewer) -> Client:
    """A browser of somebody who is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id or 0))
    return client


@pytest.fixture
def household(cast: Cast) -> PlacementGroup:
    """A household that the police registered today."""
    with scope(cast.registrar, today()):
        return register_group(
            NewGroup(
                persons=(
                    NewPerson(
                        given_name="Olena",
                        family_name="Kovalenko",
                        original_name="Олена Коваленко",
                        birth_date=date(1985, 6, 1),
                        sex=Sex.FEMALE,
                        citizenship="UKR",
                        languages=("uk",),
                    ),
                ),
                registered_on=today(),
            ),
            by=cast.registrar,
            at=now(),
        )


def test_nobody_sees_a_page_without_logging_in(client: Client) -> None:
    answer = client.get(reverse("worklist"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("login"))


def test_there_is_no_one_click_login_outside_the_demo(client: Client, cast: Cast) -> None:
    assert client.post(reverse("choose_demo_user"), {"username": "udi"}).status_code == 404


def test_login_does_not_send_one_to_another_site(client: Client, cast: Cast) -> None:
    user = User.objects.get(username="udi")
    user.set_password("a long enough password")
    user.save()
    form = {"username": "udi", "password": "a long enough password", "next": "https://example.com/"}
    assert client.post(reverse("login"), form)["Location"] == "/"


def test_a_wrong_password_keeps_the_name_and_says_so(client: Client, cast: Cast) -> None:
    answer = client.post(reverse("login"), {"username": "udi", "password": "wrong"})
    assert answer.status_code == 422
    assert 'value="udi"' in answer.content.decode()


def test_the_language_is_kept_and_the_page_is_the_same(client: Client) -> None:
    answer = client.post(reverse("set_language"), {"language": "en", "next": reverse("login")})
    assert answer["Location"] == reverse("login")
    assert "Log in to Fotfeste" in client.get(reverse("login")).content.decode()


def test_the_menu_has_only_what_the_role_has(cast: Cast) -> None:
    centre = logged_in(cast.centre).get(reverse("search")).content.decode()
    imdi = logged_in(cast.imdi).get(reverse("search")).content.decode()
    assert reverse("queue") in imdi
    assert reverse("queue") not in centre
    assert reverse("my_centre") in centre
    assert reverse("my_centre") not in imdi


def test_pages_of_numbers_share_a_line_of_the_menu_and_lead_to_each_other(cast: Cast) -> None:
    figures = ("insight_settlement", "insight_mamot", "self_settlement_measures")
    for name in figures:
        page = logged_in(cast.udi).get(reverse(name)).content.decode()
        menu, parts = (_nav(page, of) for of in ("frame-menu", "frame-parts"))
        assert [reverse(each) in parts for each in figures] == [True] * 3
        assert [reverse(each) in menu for each in figures] == [True, False, False]
        assert f'href="{reverse(name)}" aria-current="page"' in parts
        assert menu.count("aria-current=") == 1
    assert "frame-parts" not in logged_in(cast.udi).get(reverse("worklist")).content.decode()


def _nav(page: str, of: str) -> str:
    return page.split(f'<nav class="{of}"')[1].split("</nav>")[0]


def test_the_directorate_gets_the_task_to_find_a_place(cast: Cast, household: PlacementGroup) -> None:
    page = logged_in(cast.udi).get(reverse("worklist")).content.decode()
    assert "Kovalenko" in page
    assert str(task_kinds()["place_group"].title()) in page
    assert "Kovalenko" not in logged_in(cast.centre).get(reverse("worklist")).content.decode()


def test_a_task_is_taken_and_handed_over(cast: Cast, household: PlacementGroup) -> None:
    client = logged_in(cast.udi)
    with scope(cast.udi, today()):
        task = Task.objects.get()
    client.post(reverse("take_task", args=[task.reference]))
    with scope(cast.udi, today()):
        assert Task.objects.get().taken_by_id == cast.udi.user_id
    client.post(reverse("hand_over_task", args=[task.reference]), {"to": ""})
    with scope(cast.udi, today()):
        assert Task.objects.get().taken_by_id is None


def test_a_task_of_another_organisation_is_not_taken(cast: Cast, household: PlacementGroup) -> None:
    with scope(cast.udi, today()):
        task = Task.objects.get()
    logged_in(cast.imdi).post(reverse("take_task", args=[task.reference]))
    with scope(cast.udi, today()):
        assert Task.objects.get().taken_by_id is None


@pytest.mark.parametrize("text", ["Kovalenko", "Коваленко", "olena kov", "kovalenko olena"])
@pytest.mark.req("REG-06")
def test_one_who_is_found_by_name_leads_to_the_household(cast: Cast, household: PlacementGroup, text: str) -> None:
    answer = logged_in(cast.udi).get(reverse("search"), {"q": text})
    assert answer["Location"] == reverse("household", args=[household.subject.reference])


@pytest.mark.req("ACS-01")
def test_search_finds_nobody_whom_one_has_no_need_to_know_of(cast: Cast, household: PlacementGroup) -> None:
    assert "Ingen treff" in logged_in(cast.centre).get(reverse("search"), {"q": "Kovalenko"}).content.decode()


@pytest.mark.req("ACS-01")
def test_the_household_page_is_not_there_for_others(cast: Cast, household: PlacementGroup) -> None:
    address = reverse("household", args=[household.subject.reference])
    assert logged_in(cast.udi).get(address).status_code == 200
    assert logged_in(cast.registrar).get(address).status_code == 200
    for other in (cast.centre, cast.imdi, cast.municipality):
        assert logged_in(other).get(address).status_code == 404


@pytest.mark.req("ACS-01")
def test_the_household_page_says_who_may_see_it_and_why(cast: Cast, household: PlacementGroup) -> None:
    page = logged_in(cast.udi).get(reverse("household", args=[household.subject.reference])).content.decode()
    assert "behandler saken om beskyttelse og plass" in page
    assert "har registrert dem" in page


def test_the_household_page_keeps_its_budget_of_queries(
    cast: Cast, household: PlacementGroup, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = logged_in(cast.udi)
    address = reverse("household", args=[household.subject.reference])
    client.get(address)
    with django_assert_max_num_queries(15):
        assert client.get(address).status_code == 200


def test_every_event_and_cause_that_is_written_has_its_words() -> None:
    from pathlib import Path

    source = "\n".join(path.read_text() for path in Path("src/fotfeste").rglob("actions/*.py"))
    import re

    types = set(re.findall(r'(?:type=|_tell\(|publish_\w+\()\s*"([a-z]+\.[a-z_]+)"', source))
    causes = set(re.findall(r'cause="([a-z]+\.[a-z_]+)"', source))
    without_subject = {t for t in types if t.split(".")[1].startswith(("centre_", "rooms_", "beds_added", "bed_"))}
    without_subject |= set(re.findall(r'type="([a-z]+\.[a-z_]+)",\s*subject_id=None', source))
    assert len(types) > 8
    assert types - without_subject - set(EVENT_WORDS) == set()
    assert causes - set(CAUSES) == set()


@pytest.mark.parametrize(("name", "shown"), [("search", "Qwerty"), ("households", "")])
def test_the_search_at_the_top_shows_what_it_was_asked_and_nothing_that_another_field_was(
    cast: Cast, name: str, shown: str
) -> None:
    page = read(logged_in(cast.udi).get(reverse(name), {"q": "Qwerty"}).text)
    assert page.one("input", id="frame-search")["value"] == shown
