"""The provider's process, started and ended by the tests."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from fotfeste.web.providers import LoginProvider
from tests.provider.preparation import CLIENT_ID, CLIENT_SECRET, HIGH, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Provider:
    """A real provider on this machine."""

    def __init__(self, folder: Path) -> None:
        """Choose a port; nothing runs yet."""
        self._folder = folder
        with socket.socket() as chosen:
            chosen.bind(("127.0.0.1", 0))
            self.port = chosen.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, users: Sequence[str], fotfeste: Sequence[str]) -> None:
        """Make its database with these users and the addresses of Fotfeste, and serve until `stop`."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (self._folder / "key.pem").write_bytes(key.private_bytes(*form))
        prepared = self._run("tests.provider.preparation", ",".join(users), *fotfeste)
        assert prepared.wait(60) == 0, self.log()
        self._process = self._run(
            "tests.journeys.guarded_server", "tests.provider.wsgi", "--bind", f"127.0.0.1:{self.port}",
            "--worker-class", "gthread", "--workers", "1", "--threads", "4", "--no-control-socket",
        )  # fmt: skip
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{self.address}/.well-known/openid-configuration", timeout=5):  # noqa: S310
                    return
            except OSError:
                assert self._process.poll() is None, self.log()
                time.sleep(0.1)
        raise AssertionError(self.log())

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)

    def tell(self, **claims: object) -> None:
        """Have the next ID tokens say something else; None takes a claim away, no arguments the changes."""
        (self._folder / "told.json").write_text(json.dumps(claims), encoding="utf-8")

    def configured(self, **changes: object) -> LoginProvider:
        """The provider as the environment of an installation would name it."""
        settings: dict[str, object] = {
            "name": "ansatt",
            "label": "Entra ID",
            "issuer": self.address,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "acr": (HIGH,),
        }
        return LoginProvider(**settings | changes)  # type: ignore[arg-type]

    def log_in(self, asked: str, username: str) -> str:
        """Log in there as a browser would that was sent to `asked`; gives where it is sent back to."""
        with requests.Session() as browser:
            page = browser.get(asked, timeout=20)
            token = _TOKEN.search(page.text)
            assert token, page.text[:2000]
            form = {"csrfmiddlewaretoken": token[1], "login": username, "password": PASSWORD}
            answer = browser.post(page.url, form, timeout=20, allow_redirects=False)
            while answer.headers.get("Location", "").startswith(("/", self.address)):
                answer = browser.get(urljoin(answer.url, answer.headers["Location"]), timeout=20, allow_redirects=False)
            assert answer.status_code == 302, answer.text[:2000]
            return answer.headers["Location"]

    def log(self) -> str:
        """Everything it has said."""
        return (self._folder / "provider.log").read_text(encoding="utf-8")[-4000:]

    def _run(self, *arguments: str) -> "subprocess.Popen[bytes]":
        environment = os.environ | {
            "PROVIDER_FOLDER": str(self._folder),
            "DJANGO_SETTINGS_MODULE": "tests.provider.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        with (self._folder / "provider.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
