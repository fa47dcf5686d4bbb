"""The frame, the page of an act, the pages of trouble: without JavaScript, in both languages; then in a browser."""

from collections.abc import Iterator

import pytest
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page

from tests.journeys.looking import axe_faults
from tests.platform.conftest import COMPONENT_URLS
from tests.platform.markup import Element, read


@pytest.fixture
def client() -> Iterator[Client]:
    """A browser without JavaScript."""
    with override_settings(ROOT_URLCONF=COMPONENT_URLS, IS_DEMO=True):
        yield Client(raise_request_exception=False)


def page_of(client: Client, address: str, language: str = "nb") -> Element:
    return read(client.get(address, headers={"accept-language": language}).content.decode())


def test_the_frame_has_one_of_each_landmark_and_a_way_past_it(client: Client) -> None:
    page = page_of(client, "/galleri/")
    assert page.one("html")["lang"] == "nb"
    for landmark in ("header", "main", "footer"):
        page.one(landmark)
    skip = next(link for link in page.all("a") if link["href"] == "#innhold")
    assert skip.text == "Gå til innholdet"
    assert page.one("main")["id"] == "innhold"
    assert "alle personer er oppdiktet" in page.one("footer").text


def test_the_search_box_asks_by_get_and_the_other_forms_carry_their_token(client: Client) -> None:
    page = page_of(client, "/galleri/")
    assert page.one("form", role="search")["action"] == "/sok/"
    posted = page.all("form", method="post")
    assert len(posted) == 3, "language, log out, the gallery's own"
    assert all(form.all("input", name="csrfmiddlewaretoken") for form in posted)
    assert all(form.all("button", type="submit") for form in page.all("form"))


def test_the_menu_marks_where_one_is_and_counts(client: Client) -> None:
    menu = page_of(client, "/galleri/").one("nav", aria_label="Hovedmeny")
    assert [item.text for item in menu.all("a", aria_current="page")] == ["Oppgaver  12"]
    assert "1\u202f250" in menu.text


def test_the_language_is_switched_by_a_plain_form_and_one_stays_on_the_page(client: Client) -> None:
    switch = next(
        form for form in page_of(client, "/galleri/?page=2").all("form") if form["action"] == "/i18n/setlang/"
    )
    assert switch.one("input", name="next")["value"] == "/galleri/?page=2"
    assert {button["value"]: button["aria-pressed"] for button in switch.all("button")} == {"nb": "true", "en": "false"}
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/galleri/?page=2"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/galleri/?page=2")
    page = page_of(client, "/galleri/")
    assert page.one("html")["lang"] == "en"
    assert page.one("nav", aria_label="Main menu").all("a")[0].text.startswith("Tasks")


def test_the_gallery_is_only_open_in_a_demo_or_to_those_logged_in(client: Client) -> None:
    with override_settings(IS_DEMO=False):
        assert client.get("/galleri/").status_code == 404
        assert client.get("/galleri/handling/").status_code == 404


def test_the_page_of_an_act_says_what_follows_and_keeps_what_was_typed(client: Client) -> None:
    page = page_of(client, "/galleri/handling/")
    assert page.one("h1").text == "Registrer utreise for familien Kovalenko"
    assert "Dette vil skje" in page.one("aside").text
    assert page.one("input", name="version")["value"] == "3"
    assert not page.all("div", role="alert")
    answer = client.post("/galleri/handling/", {"version": "3", "name": "Olena", "departed_on": "igår"})
    assert answer.status_code == 422
    page = read(answer.content.decode())
    assert page.one("input", name="name")["value"] == "Olena"
    assert page.one("input", name="departed_on")["value"] == "igår"
    assert page.all("div", role="alert")


@pytest.mark.parametrize(
    ("language", "missing", "broken", "stale"),
    [
        ("nb", "Fant ikke siden", "Noe gikk galt hos oss", "Siden var åpen for lenge"),
        ("en", "Page not found", "Something went wrong here", "The page was open for too long"),
    ],
)
def test_trouble_is_told_plainly_with_the_request_s_number_and_a_way_on(
    client: Client, language: str, missing: str, broken: str, stale: str
) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    header = {"accept-language": language}
    answers = {
        missing: client.get("/finnes-ikke/", headers=header),
        broken: client.get("/feil/", headers=header),
        stale: strict.post("/galleri/", headers=header),
    }
    assert [answer.status_code for answer in answers.values()] == [404, 500, 403]
    for title, answer in answers.items():
        page = read(answer.content.decode())
        assert page.one("h1").text == title
        assert answer.headers["X-Request-Number"] in page.one("main").text
        assert page.one("main").all("a", href="/")


def test_messages_are_announced(client: Client) -> None:
    answer = client.post("/galleri/")
    status = read(answer.content.decode()).one("div", role="status")
    assert "Levanger kommune har fått beskjed" in status.text
    assert [alert["data-color"] for alert in status.all("div")] == ["success", "warning"]


@pytest.fixture(params=[("nb", 1280), ("nb", 360), ("en", 1280), ("en", 360)], ids=lambda p: f"{p[0]}-{p[1]}")
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in a language on a screen of a width; whatever the browser complains of fails the test."""
    language, width = request.param
    context = browser.new_context(locale=language, viewport={"width": width, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "422" not in line.text else None)
    yield page
    context.close()
    assert complaints == [], "nothing that the security policy refuses, no broken script"


@pytest.mark.parametrize("address", ["/galleri/", "/galleri/handling/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(screen: Page, gallery_address: str, address: str) -> None:
    for step in ("shown", "sent"):
        if step == "sent":
            screen.locator("main form button[type=submit]").click()
        else:
            screen.goto(gallery_address + address)
        screen.wait_for_load_state("networkidle")
        assert axe_faults(screen, with_colours=True) == []
        assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_focus_goes_to_the_error_summary_and_its_links_to_the_controls(screen: Page, gallery_address: str) -> None:
    screen.goto(f"{gallery_address}/galleri/handling/")
    screen.locator("main form button[type=submit]").click()
    screen.wait_for_function("document.activeElement.classList.contains('ds-error-summary')")
    screen.locator(".ds-error-summary a").first.click()
    assert screen.evaluate("document.activeElement.name") == "name"


def test_a_long_select_is_searched_and_still_sends_its_value(screen: Page, gallery_address: str) -> None:
    screen.goto(f"{gallery_address}/galleri/handling/")
    box = screen.locator("#id_language_search")
    box.click()
    box.press_sequentially("ti")
    screen.locator("u-option[value=ti]").click()
    screen.wait_for_function("document.getElementById('id_language').value === 'ti'")
    assert box.input_value() == screen.evaluate("document.getElementById('id_language').selectedOptions[0].label")
    box.fill("tull")
    box.blur()
    screen.wait_for_function("document.getElementById('id_language_search').value !== 'tull'")
    assert screen.evaluate("document.getElementById('id_language').value") == "ti", "what is no choice changes nothing"


def test_a_picked_day_is_written_as_it_is_typed(screen: Page, gallery_address: str) -> None:
    screen.goto(f"{gallery_address}/galleri/handling/")
    screen.locator(".day-calendar").evaluate(
        "(input) => { input.value = '2024-04-08'; input.dispatchEvent(new Event('change')); }"
    )
    assert screen.locator("#id_departed_on").input_value() == "8.4.2024"


def test_every_page_works_with_scripts_switched_off(browser: Browser, gallery_address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nb")
    page = context.new_page()
    page.goto(f"{gallery_address}/galleri/handling/")
    page.locator("#id_language").select_option("ti")
    page.locator("main form button[type=submit]").click()
    assert page.locator("#id_language").input_value() == "ti"
    assert page.locator(".ds-error-summary").is_visible()
    context.close()
