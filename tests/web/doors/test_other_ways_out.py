"""Ways out that the product does not have: files, exports, an interface for programs, letters, an administration.

Whoever makes one finds these tests failing, and says in them who may take what out by it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.db.models import FileField
from django.test import Client
from django.urls import URLPattern, get_resolver

import fotfeste
from fotfeste.access.public import Subject
from fotfeste.platform.views import StaffView
from tests.actions.settlement.stage import offered, queued
from tests.conftest import Cast
from tests.platform.markup import read
from tests.web.doors.asking import asked, browser, differences
from tests.web.every_form.addresses import patterns
from tests.web.test_headers import addresses

pytestmark = pytest.mark.django_db
SOURCES = Path(fotfeste.__file__).parent
PAGES = "text/html; charset=utf-8"
# Answers that are no pages, with what they say.
NOT_PAGES = {"/health": "application/json", "/logg-inn/okten/": "application/json"}
# Files that may be taken out: counts without persons, for UDI, IMDi and municipalities (INS-01, INS-02).
FILES = {
    "/kommunen/tilskudd/regneark/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/innsikt/mamot/regneark.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/innsikt/bosetting/regneark.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "/selvbosetting/regneark/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Views that are not the staff's pages: they say nothing of anybody, or ask who one is.
NOT_OF_STAFF = {
    "health",
    "gallery",
    "act_gallery",
    "login",
    "choose_demo_user",
    "resume_typed",
    "session_left",
    "begin_login",
    "provider_answer",
    "log_out_at_provider",
    "logout",
    "set_language",
    "my_centre",  # leads to the page of one's own
    "own_organisation",
    # Without a login; test_open_doors_of_applications.py tries them.
    "door_start",
    "door_begin",
    "door_resume",
    "door_person",
    "door_situation",
    "door_documents",
    "door_send",
    "door_receipt",
    "door_step",
    "door_link",
    "door_withdraw",
    # What municipalities publish to everybody, of nobody.
    "open_terms_start",
    "open_terms_overview",
    "open_terms",
}
USUAL_PLACES = (
    "/admin/",
    "/api/",
    "/api/v1/persons",
    "/openapi.json",
    "/graphql",
    "/feed/",
    "/hendelser/",
    "/eksport/",
    "/husstander.csv",
    "/husstander/eksport/",
    "/husstander/?format=csv",
    "/brev/1/",
    "/brev/1/pdf/",
    "/media/",
    "/media/brev/1.pdf",
    "/filer/1",
    "/static/",
    "/static/../config/settings.py",
    "/static/%2e%2e/config/settings.py",
    "/rapporter/",
    "/silk/",
    "/__debug__/",
    "/.git/config",
    "/accounts/login/",
    "/sitemap.xml",
)


@pytest.fixture(autouse=True)
def on_the_day(cast: Cast) -> Iterator[None]:
    """The clock stands still on the day of the cast."""
    with time_machine.travel(cast.at, tick=False):
        yield


def views() -> Iterator[tuple[str, Any]]:
    """Every address of the program by name, and its view."""
    for pattern in patterns(get_resolver()):
        assert isinstance(pattern, URLPattern)
        yield pattern.name or "", getattr(pattern.callback, "view_class", pattern.callback)


def test_every_address_is_a_page_of_the_staff_or_one_that_says_nothing_of_anybody() -> None:
    others = {name for name, view in views() if not (isinstance(view, type) and issubclass(view, StaffView))}
    assert others == NOT_OF_STAFF


@pytest.mark.parametrize("who", ["nobody", "registrar", "udi", "imdi", "centre", "municipality"])
def test_every_answer_is_a_page_and_none_is_a_file(cast: Cast, who: str) -> None:
    client, wrong = Client() if who == "nobody" else browser(getattr(cast, who)), []
    for address in addresses():
        if address == "/logg-ut/":
            continue
        answer = client.get(address)
        wanted = (NOT_PAGES | FILES).get(address, PAGES)
        if answer.status_code == 200 and answer.headers["Content-Type"] != wanted:
            wrong.append(f"{address}: {answer.headers['Content-Type']}")
        if ("Content-Disposition" in answer.headers and address not in FILES) or answer.streaming:
            wrong.append(f"{address}: a file")
    assert wrong == []


@pytest.mark.parametrize("address", USUAL_PLACES)
def test_there_is_nothing_where_other_programs_have_a_side_door(cast: Cast, address: str) -> None:
    answer = browser(cast.udi).get(address)
    is_list = address.startswith("/husstander/?")
    assert answer.status_code == (200 if is_list else 404)
    assert answer.headers["Content-Type"] == PAGES


def test_nothing_is_installed_that_shows_tables_or_keeps_files() -> None:
    assert {name for name in settings.INSTALLED_APPS if "admin" in name or "rest" in name or "ninja" in name} == set()
    assert not settings.MEDIA_ROOT
    assert settings.DEBUG is False
    files = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    assert files == []


# What writes a file, sends a message, or answers with something else than a page.
WAYS_OUT = {
    "csv",
    "smtplib",
    "ftplib",
    "openpyxl",
    "FileResponse",
    "StreamingHttpResponse",
    "send_mail",
    "EmailMessage",
    "JsonResponse",
}
KNOWN_WAYS = {
    ("platform/health.py", "JsonResponse"),
    ("web/login.py", "JsonResponse"),  # how long the session lasts
    ("directory/reference/read.py", "csv"),  # reads the municipalities that come with the program
    ("demo/names/__init__.py", "csv"),  # reads made-up names
    ("platform/spreadsheet.py", "openpyxl"),  # a run, or a municipality's account: what its page shows, in memory
    ("insight/sheets.py", "openpyxl"),  # tables of counts, in memory
    ("cli/commands/grants.py", "csv"),  # reads which municipalities there are
    ("cli/documents.py", "csv"),  # reads the list of requirements
}


def test_no_module_has_a_way_out_that_is_not_named_here() -> None:
    found = set()
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            found |= {(str(file.relative_to(SOURCES)), name) for name in names if name in WAYS_OUT}
    assert found == KNOWN_WAYS


@pytest.mark.req("ACS-01")
def test_a_partial_answer_is_the_same_page_and_no_more(cast: Cast) -> None:
    reference = Subject.objects.get(pk=offered(cast, queued(cast))).reference
    for viewer in (cast.centre, cast.imdi, cast.municipality, cast.other_municipality):
        client = browser(viewer)
        for address in ("/", "/husstander/?q=ko", "/sok/?q=ko", f"/husstand/{reference}/", "/bosetting/ko/"):
            plain = client.get(address)
            partial = client.get(
                address,
                headers={"HX-Request": "true", "HX-Target": "main", "HX-Boosted": "true", "X-Requested-With": "x"},
            )
            assert partial.status_code == plain.status_code, address
            assert words_of(plain) == words_of(partial), address


def words_of(answer: Any) -> str:
    """The words of a page, without the number of the request."""
    return re.sub(r"\b[0-9a-f]{16}\b", "", " ".join(read(answer.text).text.split()))


@pytest.mark.req("ACS-01")
def test_other_methods_than_the_pages_have_tell_nothing(cast: Cast) -> None:
    reference = Subject.objects.get(pk=offered(cast, queued(cast))).reference
    for viewer in (cast.other_centre, cast.other_municipality):
        client = browser(viewer)
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            one = client.generic(method, f"/husstand/{reference}/")
            other = client.generic(method, "/husstand/zzzzzzzzzzzz/")
            assert one.status_code == other.status_code, method
            assert one.headers.get("Allow") == other.headers.get("Allow")
            assert one.text.replace(reference, "")[:200] == other.text.replace("zzzzzzzzzzzz", "")[:200]


@pytest.mark.req("ACS-01")
def test_a_page_that_is_hidden_is_answered_as_one_that_is_not_there(cast: Cast) -> None:
    reference = Subject.objects.get(pk=offered(cast, queued(cast))).reference
    wrong = []
    with_one = [pattern for pattern in patterns(get_resolver()) if str(pattern.pattern).count("<") == 1]
    for who in ("other_centre", "other_municipality"):
        client = browser(getattr(cast, who))
        for pattern in with_one:
            route = str(pattern.pattern)
            if not route.startswith("husstand/"):
                continue
            there, nowhere = ("/" + route.replace("<str:reference>", each) for each in (reference, "zzzzzzzzzzzz"))
            one, other = asked(client, there, hide=reference), asked(client, nowhere, hide="zzzzzzzzzzzz")
            if one.status == 200:
                wrong.append(f"{who} {route}: shown")
            if different := differences(one, other):
                wrong.append(f"{who} {route}: {different}")
    assert wrong == [], "\n".join(wrong)


# The people of one application, which nobody opens without its secret: counting leads to one's own family.
COUNTED_BEHIND_A_SECRET = {
    "bo-privat/soknad/<str:secret>/person/<int:number>/",
    "bo-privat/soknad/<str:secret>/om-person/<int:number>/",
}


def test_no_address_has_a_place_for_a_number_that_could_be_counted_up() -> None:
    counted = {str(pattern.pattern) for pattern in patterns(get_resolver()) if "<int:" in str(pattern.pattern)}
    assert counted == COUNTED_BEHIND_A_SECRET
