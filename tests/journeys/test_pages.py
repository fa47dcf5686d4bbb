"""Every page, as those who may see it see it: in both languages, on a phone and on a desk.

FOTFESTE_PICTURES=folder keeps a picture of each.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Response, expect

from tests.journeys.country import Country, Server
from tests.journeys.loaded import Loaded
from tests.journeys.looking import axe_faults, head_faults, untranslated, width_faults
from tests.journeys.visits.every_page import NOT_PAGES, SAME_PAGE, VISITS, url_names
from tests.journeys.visits.visit import IMDI, LEVANGER, UDI, VOSS, Visit
from tests.journeys.walker import Walker

WIDTHS = (1280, 360)
FIRST_VISITS = {visit.url_name: visit for visit in reversed(VISITS)}
OF_PLACE = [(width, language) for width in WIDTHS for language in ("nb", "en")]
ONE_LOOK = {visit.slug: OF_PLACE[place % 4] for place, visit in enumerate(VISITS)}
"""axe looks at every page in both languages at both widths. To be quick, a page that comes once more for another role
or in another state comes in one language, by turns, and axe looks at it at one width. Contrast takes most of its time:
it is asked for once a page, at every other at the other width, for colours belong to the style sheets, not to pages."""
LOOKS = [
    (visit, language)
    for visit in VISITS
    for language in ("nb", "en")
    if FIRST_VISITS[visit.url_name] is visit or language == ONE_LOOK[visit.slug][1]
]
PICTURES = os.environ.get("FOTFESTE_PICTURES", "")
_EMPTIED = """(form, typed) => {
    for (const field of form.elements) {
        if (["hidden", "submit", "button"].includes(field.type)) continue;
        const wanted = typed[field.name];
        if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === wanted;
        else field.value = wanted ?? "";
        if (wanted && field.tagName === "SELECT" && field.value !== wanted) throw new Error(field.name);
    }
    form.noValidate = true;
    form.querySelector("button[type=submit][name=do][value=register]")?.setAttribute("data-sends", "");
    (form.querySelector("[data-sends]") ?? [...form.elements].find((each) => each.type === "submit")).click();
}"""


@pytest.fixture(scope="session")
def staged(loaded: Loaded, worker_id: str, reopened: str) -> Iterator[tuple[Country, Mapping[str, str]]]:
    """A country with households at every step of the way, and their references. No other journey walks in it: where
    others have taken beds meanwhile, the stages find none. MAMOT is open there, so that there are applications in every
    procedure, and a rate for what is due.
    """
    with loaded.staged(f"{worker_id}_pages", reopened) as made:
        yield made


@pytest.fixture(scope="session")
def pages_server(
    staged: tuple[Country, Mapping[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server of that country."""
    running = Server(staged[0], tmp_path_factory.mktemp("pages") / "server.log")
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def references(staged: tuple[Country, Mapping[str, str]]) -> Mapping[str, str]:
    """The references of those households."""
    return staged[1]


type Visitor = Callable[[str, str], Walker]


@pytest.fixture(scope="session")
def visitor(pages_server: Server, browser: Browser) -> Iterator[Visitor]:
    """`visitor("demo-imdi", "en")`: a browser of theirs in that language; each user logs in once, and once more where
    so long has passed since their last page that the session may have ended.
    """
    walkers: dict[tuple[str, str], Walker] = {}
    last_at: dict[tuple[str, str], float] = {}

    def of(username: str, language: str) -> Walker:
        whose = username, language
        if whose not in walkers:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=language)
            walkers[whose] = Walker(context.new_page(), pages_server.address)
        if username and time.time() - last_at.get(whose, 0) > settings.SESSION_COOKIE_AGE / 2:
            walkers[whose].page.context.clear_cookies()
            walkers[whose].log_in(username)
        last_at[whose] = time.time()
        return walkers[whose]

    yield of
    for walker in walkers.values():
        walker.page.context.close()


@pytest.fixture(scope="session")
def titles() -> dict[tuple[str, str], str]:
    """The address that has each title, by language."""
    return {}


def test_every_address_is_visited_or_known_to_be_no_page() -> None:
    known = {visit.url_name for visit in VISITS} | NOT_PAGES.keys()
    missing = sorted(set(url_names()) - known)
    assert not missing, (
        f"Nobody visits {', '.join(missing)}: add a Visit in tests/journeys/visits for each, in every state that"
        " the page has, or say in NOT_PAGES what it does instead of showing a page."
    )
    assert NOT_PAGES.keys() <= set(url_names())


@pytest.mark.journey
@pytest.mark.parametrize(("visit", "language"), LOOKS, ids=[f"{visit.slug}-{language}" for visit, language in LOOKS])
def test_a_page_has_no_faults(
    visit: Visit, language: str, visitor: Visitor, references: Mapping[str, str], titles: dict[tuple[str, str], str]
) -> None:
    walker = visitor(visit.who, language)
    page = walker.page
    walker.complaints.clear()
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    references = {**references, "language": language}
    answer = open_page(page, walker.address, visit, references)
    assert answer.status == visit.status, f"{page.url} answered {answer.status}"
    assert page.locator(".frame-user").count() == bool(visit.who), f"{page.url} is not {visit.who or 'nobody'}'s"
    faults = head_faults(page, language)
    is_first = FIRST_VISITS[visit.url_name] is visit
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults += width_faults(page)
        is_its_turn = width == ONE_LOOK[visit.slug][0]
        if is_first or is_its_turn:
            faults += axe_faults(page, with_colours=is_first and is_its_turn and language == "nb")
        take_picture(page, f"{visit.slug}-{language}-{width}")
    if language == "en":
        faults += untranslated(page)
    is_where_it_was_asked_for = urlsplit(page.url).path == urlsplit(visit.path.format_map(references)).path
    if visit.status == 200 and visit.sends is None and is_where_it_was_asked_for:
        shown = SAME_PAGE.get(visit.url_name, visit.url_name)
        other = titles.setdefault((language, page.title()), shown)
        faults += [] if other == shown else [f"has the same title as {other}: {page.title()}"]
    faults += walker.complaints
    assert not faults, f"{page.url} as {visit.who or 'nobody'}:\n" + "\n".join(faults)


@pytest.mark.journey
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("who", [UDI, IMDI, VOSS, LEVANGER])
def test_the_menu_has_one_line_on_a_desk(visitor: Visitor, who: str, language: str) -> None:
    walker = visitor(who, language)
    walker.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    walker.go("/")
    tops: list[float] = walker.page.locator(".frame-menu li").evaluate_all(
        "lines => lines.map((each) => each.getBoundingClientRect().top)"
    )
    assert len(set(tops)) == 1, tops


@pytest.mark.journey
@pytest.mark.req("ACC-04")
def test_a_click_that_the_place_of_the_postal_code_overtakes_is_not_lost(
    visitor: Visitor, references: Mapping[str, str]
) -> None:
    walker = visitor(VOSS, "nb")
    page = walker.page
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    walker.go(f"/husstand/{references['leaving']}/avreise/")
    page.get_by_label("Postnummer").fill("7600")
    page.locator("main form button[type=submit]").hover()
    with page.expect_navigation():
        page.mouse.down()
        expect(page.locator("#postal-place")).to_contain_text("Levanger")
        page.mouse.up()
    expect(page.locator(".ds-error-summary")).to_be_visible()


@pytest.mark.journey
@pytest.mark.req("SET-15")
def test_a_municipality_of_a_plan_takes_few_lines_on_a_phone(visitor: Visitor, references: Mapping[str, str]) -> None:
    walker = visitor(IMDI, "nb")
    walker.page.set_viewport_size({"width": WIDTHS[1], "height": 900})
    walker.go(f"/bosetting/planer/{references['plan']}/kommuner/")
    rows = walker.page.locator("section[aria-labelledby=municipalities] tbody tr:not(.sum)")
    heights: list[float] = rows.evaluate_all("rows => rows.map((each) => each.getBoundingClientRect().height)")
    assert len(heights) == 20
    assert max(heights) < 200, heights


def open_page(page: Page, address: str, visit: Visit, references: Mapping[str, str]) -> Response:
    """Open the address; where the visit sends the form, send it with what it types and nothing else."""
    answer = page.goto(address + visit.path.format_map(references))
    if visit.sends is not None:
        typed = {name: value.format_map(references) for name, value in visit.sends.items()}
        form = page.locator("main form.act-form, main form.form").first
        with page.expect_navigation() as navigation:
            form.evaluate(_EMPTIED, typed)
        answer = navigation.value
    assert answer is not None
    return answer


def take_picture(page: Page, name: str) -> None:
    """Keep a picture where a folder is named."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
