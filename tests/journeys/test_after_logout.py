"""What a browser keeps of somebody when who looked at them has logged out: nothing, with its cache of pages on too.

Playwright turns the cache of pages for going back off; the browser here has it, as people's browsers do.
"""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.chromium import launch_arguments
from tests.journeys.country import Server
from tests.journeys.walker import Walker

pytestmark = pytest.mark.journey
WITHOUT = ["--disable-back-forward-cache"]


@pytest.fixture(scope="module")
def remembering(playwright: Playwright) -> Iterator[Browser]:
    """A browser that keeps pages to go back to."""
    arguments = launch_arguments(is_whole=True)
    features = [*arguments.pop("args", []), "--enable-features=BackForwardCache"]  # type: ignore[misc]
    browser = playwright.chromium.launch(ignore_default_args=WITHOUT, args=features, **arguments)  # type: ignore[arg-type]
    yield browser
    browser.close()


@pytest.fixture
def context(remembering: Browser) -> Iterator[BrowserContext]:
    """A desk of its own."""
    context = remembering.new_context(viewport={"width": 1280, "height": 900}, locale="nb")
    yield context
    context.close()


def hidden_from(user: str, links: list[tuple[str, str]], browser: Browser, server: Server) -> tuple[str, str]:
    """The first of these households that this user may not see, and whose name is not on its list."""
    desk = browser.new_context(locale="nb")
    walker = Walker(desk.new_page(), server.address)
    walker.log_in(user)
    walker.go("/husstander/")
    own = walker.page.content()
    hidden = [
        (name, link)
        for name, link in links
        if name not in own and walker.page.request.get(server.address + link).status == 404
    ]
    desk.close()
    return hidden[0]


class _Anybodys(BaseHTTPRequestHandler):
    """A page that any browser may keep, and that says of itself whether it has been kept."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<script>addEventListener('pageshow', (it) => { document.title = it.persisted })</script>")

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing of it among what the tests say."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of a server whose pages a browser may keep."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Anybodys) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_browser_here_does_keep_pages_to_go_back_to(context: BrowserContext, elsewhere: str) -> None:
    page = context.new_page()
    page.goto(f"{elsewhere}/first")
    expect(page).to_have_title("false")
    page.goto(f"{elsewhere}/second")
    page.go_back(wait_until="commit")
    expect(page).to_have_title("true")


@pytest.mark.req("ACS-01")
def test_going_back_after_logging_out_shows_nobody_also_from_the_browsers_own_cache(
    server: Server, context: BrowserContext
) -> None:
    walker = Walker(context.new_page(), server.address)
    walker.log_in("demo-udi")
    seen = []
    for path in ("/husstander/", "/sok/?q=ko", "/husstander/?people=with_children"):
        walker.go(path)
        seen.append(walker.page.locator("main").inner_text())
    first = walker.page.locator('main a[href^="/husstand/"]').first
    name = first.inner_text().strip()
    first.click()
    walker.page.wait_for_url("**/husstand/*/")
    household = walker.page.url
    expect(walker.page.locator("h1")).to_contain_text(name.split(",")[0].split()[-1])
    walker.page.locator(".frame-self button", has_text="Logg ut").click()
    walker.page.wait_for_url("**/logg-inn/**")
    for _ in range(5):
        walker.page.go_back()
        expect(walker.page.locator("h1")).to_have_text("Logg inn i Fotfeste")
        assert name not in walker.page.content()
        assert walker.page.locator(".frame-user").count() == 0
    walker.page.goto(household)
    expect(walker.page.locator("h1")).to_have_text("Logg inn i Fotfeste")
    assert all(len(text) > 100 for text in seen)


@pytest.mark.req("ACS-01")
def test_the_next_user_of_the_desk_goes_back_to_nobody_elses_pages(
    server: Server, context: BrowserContext, remembering: Browser
) -> None:
    walker = Walker(context.new_page(), server.address)
    walker.log_in("demo-udi")
    walker.go("/husstander/?status=settled")
    shown = walker.page.locator('main a[href^="/husstand/"]').all()
    links = [(link.inner_text().strip(), link.get_attribute("href") or "") for link in shown]
    name, household = hidden_from("demo-politi", links, remembering, server)
    walker.page.locator(f'main a[href="{household}"]').first.click()
    walker.page.wait_for_url("**/husstand/*/")
    walker.page.locator(".frame-self button", has_text="Logg ut").click()
    walker.page.wait_for_url("**/logg-inn/**")
    walker.choose_demo_user("demo-politi")
    for _ in range(3):
        walker.page.go_back()
        assert walker.page.locator(".frame-place", has_text="Utlendingsdirektoratet").count() == 0
        assert name not in walker.page.content()
    answer = walker.page.goto(server.address + household)
    assert answer is not None
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.req("ACS-01")
def test_nothing_of_anybody_is_stored_in_the_browser(server: Server, context: BrowserContext) -> None:
    walker = Walker(context.new_page(), server.address)
    walker.log_in("demo-udi")
    walker.go("/husstander/")
    walker.page.locator('main a[href^="/husstand/"]').first.click()
    walker.page.wait_for_url("**/husstand/*/")
    stored = walker.page.evaluate(
        "async () => ({local: {...localStorage}, session: {...sessionStorage},"
        " caches: await caches.keys(), databases: await indexedDB.databases(),"
        " workers: (await navigator.serviceWorker.getRegistrations()).length, cookie: document.cookie})"
    )
    # htmx notes the address that the tab is at, as the browser itself does; the token of the forms says nothing.
    assert set(stored.pop("session")) <= {"htmx-current-path-for-history"}
    assert [each.partition("=")[0] for each in stored.pop("cookie").split("; ")] == ["csrftoken"]
    assert stored == {"local": {}, "caches": [], "databases": [], "workers": 0}
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert set(cookies) <= {"sessionid", "csrftoken", "django_language", "messages"}
    assert cookies["sessionid"]["httpOnly"]
    assert cookies["sessionid"]["expires"] == -1
