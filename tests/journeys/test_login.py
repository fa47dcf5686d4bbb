"""Logging in and out in a real browser, by a real provider in its own process; and a session that ends by itself."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from fotfeste.platform.clock import now
from fotfeste.web.models import StaffSession
from tests.conftest import make_cast
from tests.journeys.walker import PICTURES, Walker
from tests.provider.preparation import PASSWORD
from tests.provider.running import Provider

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
type Visit = Callable[..., Walker]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, live_server: LiveServer) -> Iterator[Provider]:
    """The provider's process, which knows where Fotfeste is."""
    provider = Provider(tmp_path_factory.mktemp("provider"))
    provider.start(["registrator", "voss", "ukjent"], [live_server.url])
    yield provider
    provider.stop()


@pytest.fixture
def provider(running: Provider, settings: Settings) -> Provider:
    """The provider, as the only way in."""
    settings.LOGIN_PROVIDERS = (running.configured(),)
    settings.HAS_PASSWORDS = False
    running.tell()
    return running


@pytest.fixture
def visit(transactional_db: None, provider: Provider, live_server: LiveServer, browser: Browser) -> Iterator[Visit]:
    """Browsers at the login."""
    make_cast()
    walkers: list[Walker] = []

    def begin(*, width: int = 1280, language: str = "nb", javascript: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, java_script_enabled=javascript
        )
        walkers.append(Walker(context.new_page(), live_server.url, runs_scripts=javascript))
        walkers[-1].go("/logg-inn/")
        return walkers[-1]

    yield begin
    for walker in walkers:
        walker.page.context.close()


def log_in(walker: Walker, username: str, *, tampers: bool = False) -> None:
    """Follow the button to the provider, and say there who one is; somebody may change the state on the way."""
    walker.page.get_by_text("Entra ID", exact=False).first.click()
    walker.page.wait_for_url("**/accounts/login/**")
    if tampers:
        assert "state%3D" in walker.page.url
        walker.page.goto(walker.page.url.replace("state%3D", "state%3Dx"))
    walker.page.locator("input[name=login]").fill(username)
    walker.page.locator("input[name=password]").fill(PASSWORD)
    walker.page.locator("button[type=submit]").first.click()
    walker.page.wait_for_url(f"{walker.address}/**")


@pytest.mark.parametrize(("width", "language"), [(1280, "nb"), (360, "en")])
def test_in_by_the_provider_and_out_again_and_the_back_button_shows_nobody(
    visit: Visit, width: int, language: str
) -> None:
    walker = visit(width=width, language=language)
    walker.has_no_faults()
    walker.picture(f"login-{width}-{language}")
    log_in(walker, "voss")
    expect(walker.page.locator(".frame-user")).to_contain_text("Voss")
    walker.go("/husstander/")
    walker.page.locator(".frame-self button", has_text={"nb": "Logg ut", "en": "Log out"}[language]).click()
    walker.page.wait_for_url("**/logg-inn/**")
    walker.has_no_faults()
    walker.picture(f"logged-out-{width}-{language}")
    for _ in range(2):
        walker.page.go_back()
        expect(walker.page.locator("h1")).to_have_text(
            {"nb": "Logg inn i Fotfeste", "en": "Log in to Fotfeste"}[language]
        )
        assert walker.page.locator(".frame-user").count() == 0


@pytest.mark.parametrize(
    ("username", "said", "title"),
    [
        ("voss", {"acr": "idporten-loa-substantial"}, "Du må logge inn på en sikrere måte"),
        ("ukjent", {}, "Du er ikke registrert som bruker her"),
    ],
)
def test_who_is_not_let_in_is_told_why_and_can_be_somebody_else(
    visit: Visit, provider: Provider, username: str, said: dict[str, str], title: str
) -> None:
    provider.tell(**said)
    walker = visit(width=360 if said else 1280)
    log_in(walker, username)
    expect(walker.page.locator("h1")).to_have_text(title)
    walker.has_no_faults()
    walker.picture(f"refused-{username}")
    walker.go("/")
    expect(walker.page.locator("h1")).to_have_text("Logg inn i Fotfeste")


def test_a_state_that_was_tampered_with_lets_nobody_in(visit: Visit) -> None:
    walker = visit()
    log_in(walker, "voss", tampers=True)
    expect(walker.page.locator("h1")).to_have_text("Innloggingen kunne ikke bekreftes")
    walker.picture("not-proven")
    walker.go("/")
    expect(walker.page.locator("h1")).to_have_text("Logg inn i Fotfeste")


def type_a_person(walker: Walker) -> None:
    """Begin to register somebody."""
    walker.go("/registrer/")
    walker.fill("Etternavn", "Kovalenko", within=walker.page.locator("#person-1"))


def end_sessions_in(seconds: int) -> None:
    """Let every session end so soon."""
    StaffSession.objects.update(expire_date=now() + timedelta(seconds=seconds))


def shown(walker: Walker, words: str) -> Locator:
    """The dialog about the session, when it has come to rest and says this."""
    dialog = walker.page.locator("#session-end")
    expect(dialog).to_contain_text(words)
    expect(dialog).to_be_visible()
    dialog.evaluate("(each) => Promise.all(each.getAnimations({ subtree: true }).map((all) => all.finished))")
    return dialog


@pytest.mark.parametrize("javascript", [True, False])
def test_what_is_typed_survives_the_end_of_the_session_and_the_way_to_the_provider(
    visit: Visit, javascript: bool
) -> None:
    walker = visit(javascript=javascript)
    log_in(walker, "registrator")
    type_a_person(walker)
    end_sessions_in(0)
    walker.press("Registrer", within=walker.page.locator("main"))
    walker.sees("Du er logget ut, og ingenting er lagret. Logg inn igjen, så får du tilbake det du skrev.")
    walker.page.get_by_role("button", name="Logg inn med Entra ID").click()
    walker.page.wait_for_url("**/videre/")  # the provider remembers them
    walker.press("Vis skjemaet med det jeg skrev")
    walker.has_kept("Etternavn", "Kovalenko", within=walker.page.locator("#person-1"))
    walker.sees("Ingenting er lagret ennå.")


def test_one_is_warned_before_the_session_ends_and_can_go_on(visit: Visit) -> None:
    walker = visit()
    walker.page.clock.install()
    log_in(walker, "registrator")
    walker.go("/registrer/")
    dialog = walker.page.locator("#session-end")
    walker.page.clock.run_for("24:00")
    expect(dialog).not_to_be_visible()
    end_sessions_in(240)
    walker.page.clock.run_for("01:20")
    shown(walker, "Du blir snart logget ut")
    walker.has_no_faults()
    walker.page.screenshot(path=PICTURES / "session-ends.png")
    dialog.get_by_role("button", name="Fortsett").click()
    expect(dialog).not_to_be_visible()
    assert StaffSession.objects.get().expire_date > now() + timedelta(minutes=28)


def test_when_it_has_ended_an_untouched_page_goes_and_one_with_something_typed_stays(visit: Visit) -> None:
    walker = visit(width=360)
    walker.page.clock.install()
    log_in(walker, "registrator")
    type_a_person(walker)
    end_sessions_in(0)
    walker.page.clock.run_for("25:20")
    dialog = shown(walker, "Det du har skrevet, står her fortsatt, men er ikke lagret.")
    walker.has_no_faults()
    walker.page.screenshot(path=PICTURES / "session-ended.png")
    dialog.get_by_role("button", name="Lukk").click()
    walker.has_kept("Etternavn", "Kovalenko", within=walker.page.locator("#person-1"))

    other = visit()
    other.page.clock.install()
    log_in(other, "voss")
    other.go("/husstander/?q=a")
    end_sessions_in(0)
    other.page.clock.run_for("25:20")
    other.page.wait_for_url("**/logg-inn/?next=%2Fhusstander%2F%3Fq%3Da")


def test_who_types_is_at_work(visit: Visit) -> None:
    walker = visit()
    walker.page.clock.install()
    log_in(walker, "registrator")
    walker.go("/registrer/")
    end_sessions_in(600)
    walker.page.clock.run_for("06:00")
    with walker.page.expect_response("**/okten/") as answer:
        walker.fill("Etternavn", "Kovalenko", within=walker.page.locator("#person-1"))
    assert answer.value.json()["seconds"] > 1700
