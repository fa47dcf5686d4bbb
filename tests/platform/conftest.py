"""The gallery on a web server of its own (no database), and a Chromium."""

import os
import shutil
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

COMPONENT_URLS = "tests.platform.component_urls"


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the parent's)
        """Requests are not news here."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The system's Chromium where there is one, else the one that Playwright installed."""
    chromium = os.environ.get("FOTFESTE_CHROMIUM") or shutil.which("chromium")
    found: dict[str, object] = {"executable_path": chromium} if chromium else {}
    return {**browser_type_launch_args, **found, "args": ["--no-sandbox"]}


@pytest.fixture
def gallery_address() -> Iterator[str]:
    """The address of a server that shows the gallery."""
    with override_settings(ROOT_URLCONF=COMPONENT_URLS, IS_DEMO=True):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Silent)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()
