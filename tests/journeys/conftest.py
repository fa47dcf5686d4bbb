"""The country, the server, and the browser of the journeys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.journeys.country import Country, Server
from tests.journeys.loaded import Loaded
from tests.journeys.reopening import own_rules
from tests.journeys.walker import Walker
from tests.made_once import MadeOnce


@pytest.fixture(scope="session")
def loaded(worker_id: str, tmp_path_factory: pytest.TempPathFactory, made_once: MadeOnce | None) -> Iterator[Loaded]:
    """The country, loaded once for all workers."""
    own = tmp_path_factory.getbasetemp()
    once = Loaded(settings.OWNER_URL, settings.APP_URL, own if worker_id == "master" else own.parent, made_once)
    yield once
    once.forget()


@pytest.fixture(scope="session")
def place(loaded: Loaded, worker_id: str) -> Iterator[Country]:
    """A country in a database of its own for each worker."""
    with loaded.copied(worker_id) as made:
        yield made


@pytest.fixture(scope="session")
def server(place: Country, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the country."""
    running = Server(place, tmp_path_factory.mktemp("server") / "server.log")
    running.start()
    yield running
    running.kill()


type Walk = Callable[..., Walker]


@pytest.fixture
def walk(server: Server, browser: Browser) -> Iterator[Walk]:
    """Walkers: `walk("demo-imdi")` is a browser of their own with that user logged in."""
    with walking(server, browser) as begin:
        yield begin


@contextmanager
def walking(server: Server, browser: Browser) -> Iterator[Walk]:
    """Walkers at a server; their browsers are closed afterwards."""
    walkers: list[Walker] = []

    def begin(username: str, *, width: int = 1280, language: str = "nb", javascript: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, java_script_enabled=javascript
        )
        page: Page = context.new_page()
        walkers.append(Walker(page, server.address, runs_scripts=javascript))
        if username:
            walkers[-1].log_in(username)
        return walkers[-1]

    yield begin
    for walker in walkers:
        walker.page.context.close()


@pytest.fixture(scope="session")
def reopened(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file by which MAMOT is open again in a country."""
    file = tmp_path_factory.mktemp("rules") / "schemes.toml"
    file.write_text(own_rules(), encoding="utf-8")
    return str(file)
