"""The gallery on a web server of its own, without a database."""

import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

import fotfeste

STATIC = Path(fotfeste.__file__).parent / "static"
COMPONENT_URLS = "tests.platform.component_urls"


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the parent's)
        """Requests are not news here."""


@pytest.fixture
def gallery_address() -> Iterator[str]:
    """The address of a server that shows the gallery."""
    assert (STATIC / "build" / "app.js").exists(), "the front end is not built: npm ci && npm run build"
    with override_settings(ROOT_URLCONF=COMPONENT_URLS, IS_DEMO=True):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Silent)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()
