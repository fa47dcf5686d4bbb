"""Browsers in which somebody of the cast is logged in, on a clock that stands still."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from fotfeste.directory.public import User
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import PlacementGroup, register_group
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast

type Browse = Callable[[Viewer], Client]


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


@pytest.fixture
def browse(cast: Cast) -> Browse:
    """A browser in which somebody of the cast is logged in."""

    def logged_in(viewer: Viewer) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=viewer.user_id or 0))
        return client

    return logged_in


@pytest.fixture
def family(cast: Cast) -> PlacementGroup:
    """The Kovalenko family, registered by the police."""
    with scope(cast.registrar, cast.day):
        return register_group(kovalenko(), by=cast.registrar, at=cast.at)


def text_of(response: Any) -> str:
    """What the page says, without markup."""
    body = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(body))


def value_of(response: Any, name: str) -> str | None:
    """What stands in a field of the page: typed text, or the option that is chosen."""
    page = response.content.decode()
    control = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page)
    if control:
        value = re.search(r'value="([^"]*)"', control.group())
        return unescape(value.group(1)) if value else ""
    select = re.search(rf'<select[^>]*name="{re.escape(name)}"[^>]*>(.*?)</select>', page, re.DOTALL)
    chosen = re.search(r'<option value="([^"]*)"[^>]*selected', select.group(1)) if select else None
    return unescape(chosen.group(1)) if chosen else None


def error_at(response: Any, field: str) -> str:
    """The sentence beside a field; empty where there is none."""
    page = response.content.decode()
    found = re.search(
        rf'<div class="ds-validation-message" id="id_{re.escape(field)}_error">(.*?)</div>', page, re.DOTALL
    )
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found.group(1)))).strip() if found else ""
