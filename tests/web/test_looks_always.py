"""No setting switches the log of looks off: whatever the settings and so the environment say, a page that is shown is
logged.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings

from fotfeste.access import apps, looks
from fotfeste.access.public import Look
from fotfeste.config import settings as ours
from fotfeste.directory.public import User
from fotfeste.platform import shown, views
from tests.conftest import Cast
from tests.web.test_looks import page_of

pytestmark = [pytest.mark.django_db(databases=["default", "owner"]), pytest.mark.req("ACS-03")]
# Where the program finds what it is made of: nothing of it is switched, and Django does not change it while it runs.
NOT_SWITCHES = {"INSTALLED_APPS", "TEMPLATES", "STATICFILES_DIRS", "LANGUAGES", "AUTHENTICATION_BACKENDS", "USE_TZ"}
# Where settings and the environment are read from.
_OUTSIDE = {"settings", "environ", "getenv", "conf", "os"}


def said_otherwise() -> Iterator[tuple[str, Any]]:
    """Our settings one by one, each as an installation could have it: switches turned, numbers changed, parts left out,
    and what the environment may name.
    """
    for name, value in vars(ours).items():
        if not name.isupper() or name in NOT_SWITCHES:
            continue
        if isinstance(value, bool):
            yield name, not value
        elif isinstance(value, int):
            yield from ((name, other) for other in (0, value + 1))
        elif isinstance(value, list):
            yield from ((name, [each for each in value if each != part]) for part in value)
    yield "RETENTION_RULES", "0"
    yield "LOGGING", {}


def test_whatever_a_setting_says_a_page_that_is_shown_is_logged(cast: Cast) -> None:
    unlogged: list[str] = []
    tried: set[str] = set()
    seen = 0
    with time_machine.travel(cast.at, tick=False):
        _, address, group = page_of(cast)
        user = User.objects.get(pk=cast.centre.user_id or 0)
        looks_at_them = Look.objects.using("owner").filter(household_id=group, page="household")
        for name, value in said_otherwise():
            client = Client(raise_request_exception=False)
            client.force_login(user)
            with override_settings(**{name: value}):
                before = looks_at_them.count()
                answer = client.get(address)
                is_shown = answer.status_code == 200 and "Kovalenko" in answer.text
                if is_shown and looks_at_them.count() != before + 1:
                    unlogged.append(f"{name} = {value!r}")
                tried, seen = tried | {name}, seen + is_shown
    assert unlogged == []
    assert {"IS_DEMO", "DEBUG", "HAS_PASSWORDS", "IS_HTTPS", "PROXIES_BEFORE", "RETENTION_RULES", "MIDDLEWARE"} <= tried
    assert seen > 20


def names_in(source: str) -> set[str]:
    """Every name, attribute and imported module in a piece of code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(textwrap.dedent(source))):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom):
            found |= {*(node.module or "").split("."), *(each.name for each in node.names)}
        elif isinstance(node, ast.Import):
            found |= {part for each in node.names for part in each.name.split(".")}
    return found


@pytest.mark.parametrize("step", [apps, shown, looks, views.StaffView._logged], ids=lambda step: step.__name__)
def test_nothing_on_a_looks_way_reads_a_setting_or_the_environment(step: Any) -> None:
    assert names_in(inspect.getsource(step)) & _OUTSIDE == set()
    assert names_in("import os\nfrom django.conf import settings\nos.environ") & _OUTSIDE == _OUTSIDE - {"getenv"}
