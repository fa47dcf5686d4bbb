"""Every look at a household is logged, before it is shown."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.views import View

from fotfeste.access.public import Look, Subject, viewer_for
from fotfeste.demo.public import load_country
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.clock import now
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import members_of
from tests.actions.alternative.applied import granted
from tests.actions.letters.stage import grant_letter
from tests.actions.registry.families import kovalenko
from tests.conftest import Cast, make_cast
from tests.settlement_steps import placed, registered
from tests.web.every_form.addresses import patterns
from tests.web.every_form.stages import STAGES
from tests.web.test_query_budgets import PEOPLE, TODAY, USERS, addresses_for

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

_TABLE = re.compile(
    r'"?\b((?:registry|accommodation|alternative|self_settlement|settlement|refusal|allocation|ledger|letters|platform|'
    r'worklist|access)_[a-z]+)\b"?'
)

# Each of their rows says itself in which compartment it lies.
BY_ROW = frozenset({"letters_letter", "platform_file"})


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Cast]:
    """The cast, committed."""
    yield make_cast()
    connection.close()


@pytest.fixture
def country(transactional_db: None) -> Iterator[None]:
    """A country on its day, committed."""
    with time_machine.travel(f"{TODAY}T10:00:00+01:00", tick=True):
        load_country(PEOPLE, TODAY, seed=5)
        yield
    connection.close()


def compartments_of_tables() -> Mapping[str, str]:
    """In which compartment each table is, as the database's own policies have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, qual FROM pg_policies WHERE policyname = 'need_to_know'")
        named = {table: re.findall(r"->> '(\w+)'", qual) for table, qual in cursor.fetchall()}
    assert {table for table, compartments in named.items() if not compartments} == BY_ROW
    of_persons = named.keys() - BY_ROW - OF_NO_PERSON
    return {table: named[table][0] for table in of_persons}


def compartments_by_row(viewer: Viewer, tables: Collection[str]) -> set[str]:
    """Those that rows which a viewer may see name themselves, in tables whose rows lie in several."""
    found: set[str] = set()
    with scope(viewer, legal_day(now())), connection.cursor() as cursor:
        for table in sorted(BY_ROW.intersection(tables)):
            cursor.execute(f"SELECT DISTINCT compartment FROM {table}")
            found.update(row[0] for row in cursor.fetchall())
    return found


@contextmanager
def tables_read() -> Iterator[set[str]]:
    found: set[str] = set()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.update(_TABLE.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


# Read but not shown: rooms and beds alone, whoever is in them; what a run would come to, in sums of municipalities.
READ_ALONE = frozenset({"centre_rooms", "compute_run"})
# Their rows hang on a subject of their own, which is a sum and no person.
OF_NO_PERSON = frozenset({"ledger_run", "ledger_claim", "ledger_claimsettlement"})


def a_look_of(answer: Any) -> Look | None:
    """What was logged of an answer, past the fence."""
    return Look.objects.using("owner").filter(request_number=answer.headers["X-Request-Number"]).first()


@pytest.mark.req("ACS-03")
@pytest.mark.parametrize("stage", STAGES)
def test_what_is_logged_is_what_the_page_has_read(cast: Cast, stage: str) -> None:
    compartment_of, wrong = compartments_of_tables(), []
    with time_machine.travel(cast.at, tick=False):
        for place in STAGES[stage](cast):
            client = Client()
            client.force_login(User.objects.get(pk=place.viewer.user_id or 0))
            with tables_read() as tables:
                answer = client.get(place.url)
            look = a_look_of(answer)
            read = {compartment_of[table] for table in tables if table in compartment_of}
            read |= compartments_by_row(place.viewer, tables)
            opened = read & {str(each) for each in place.viewer.opens}
            logged = set(look.compartments) if look else set()
            if opened != logged and place.name not in READ_ALONE:
                wrong.append(f"{place.name}: read {sorted(opened)}, logged {sorted(logged)}")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.req("ACS-03")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_list_and_page_of_a_country_logs_what_it_shows(country: None) -> None:
    compartment_of, wrong, tried = compartments_of_tables(), [], 0
    for user in User.objects.filter(username__in=USERS).select_related("organisation").order_by("pk"):
        client = Client()
        client.force_login(user)
        viewer = viewer_for(user, TODAY)
        opens = {str(each) for each in viewer.opens}
        for address in addresses_for(user):
            with tables_read() as tables:
                answer = client.get(address)
            if answer.status_code != 200:
                continue
            look, tried = a_look_of(answer), tried + 1
            read = {compartment_of[table] for table in tables if table in compartment_of}
            read = (read | compartments_by_row(viewer, tables)) & opens
            logged = set(look.compartments) if look else set()
            # The household's page asks for everything; what it has found is what it shows.
            is_household = re.fullmatch(r"/husstand/[a-z0-9]+/", address) is not None
            is_told = "identity" in logged <= read if is_household else read <= logged
            if not is_told:
                wrong.append(f"{user.username} {address}: read {sorted(read)}, logged {sorted(logged)}")
    assert tried > 100
    assert wrong == []


@pytest.mark.req("ACS-03")
def test_every_address_of_a_household_says_what_it_shows() -> None:
    silent, found = [], 0
    for pattern in patterns(get_resolver()):
        if not str(pattern.pattern).startswith("husstand/"):
            continue
        found += 1
        view = getattr(pattern.callback, "view_class", View)
        of_staff = view if isinstance(view, type) and issubclass(view, StaffView) else StaffView
        if not of_staff.shows or of_staff.whom is StaffView.whom:
            silent.append(pattern.name)
    assert found > 50
    assert silent == []


def page_of(cast: Cast) -> tuple[Client, str, int]:
    """A browser of the centre, the address of a household that lives there, and its subject."""
    group = placed(cast, registered(cast, kovalenko()))
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=cast.centre.user_id or 0))
    return client, reverse("household", args=[Subject.objects.get(pk=group).reference]), group


@pytest.mark.req("ACS-03")
def test_a_look_says_who_saw_what_of_whom_when_and_why(cast: Cast) -> None:
    with time_machine.travel(cast.at, tick=False):
        client, address, group = page_of(cast)
        answer = client.get(address)
        look = a_look_of(answer)
        with scope(cast.centre, cast.day):
            persons = sorted(member.subject_id for member in members_of(group, cast.day))
    assert look is not None
    assert (look.user_id, look.organisation_id) == (cast.centre.user_id, cast.centre.organisation_id)
    assert (look.roles, look.reasons, look.page) == (["centre_staff"], ["lives_here"], "household")
    assert (look.household_id, look.person_ids, look.looked_at) == (group, persons, cast.at)
    assert look.compartments == ["guardian", "identity", "rooms", "stays"]


@pytest.mark.req("ACS-03")
def test_a_look_at_an_application_says_where_the_letters_lie_that_it_shows(cast: Cast) -> None:
    made, group = granted(cast)
    with time_machine.travel(cast.at, tick=False):
        client = Client()
        client.force_login(User.objects.get(pk=cast.udi.user_id or 0))
        address = reverse("application", args=[made.reference])
        before = a_look_of(client.get(address))
        grant_letter(cast, group)
        after = a_look_of(client.get(address))
    assert before is not None
    assert after is not None
    assert (after.page, after.household_id) == ("application", group)
    assert after.compartments == sorted({*before.compartments, "money"})
    assert "money" not in before.compartments


@pytest.mark.req("ACS-03")
def test_a_list_logs_what_was_asked_and_how_many_were_found(cast: Cast) -> None:
    with time_machine.travel(cast.at, tick=False):
        client, _, _ = page_of(cast)
        look = a_look_of(client.get(reverse("households") + "?q=Kova&status=&page=1"))
    assert look is not None
    assert (look.page, look.hits, look.household_id) == ("households", 1, None)
    assert look.asked == {"q": "Kova", "status": "", "page": "1"}
    assert look.compartments == ["identity"]


@pytest.mark.req("ACS-03")
def test_a_form_that_is_refused_and_shown_again_is_a_look_and_an_act_is_none(cast: Cast) -> None:
    with time_machine.travel(cast.at, tick=False):
        client, address, group = page_of(cast)
        refused = client.post(f"{address}fravaer/", {"from_on": "i morgen"})
        assert refused.status_code == 422
        look = a_look_of(refused)
        gone = client.get("/husstand/finnesikke12/")
    assert look is not None
    assert (look.page, look.household_id) == ("register_absence", group)
    assert gone.status_code == 404
    assert a_look_of(gone) is None


@pytest.mark.req("ACS-03")
def test_a_request_that_is_rolled_back_has_its_look(cast: Cast) -> None:
    with time_machine.travel(cast.at, tick=False):
        client, address, group = page_of(cast)
        with transaction.atomic():
            assert client.get(address).status_code == 200
            transaction.set_rollback(True)
    assert Look.objects.using("owner").filter(household_id=group, page="household").count() == 1


@pytest.mark.req("ACS-03")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_where_the_log_cannot_be_written_the_page_is_not_shown(committed: Cast) -> None:
    with time_machine.travel(committed.at, tick=False):
        client, address, group = page_of(committed)
        assert "Kovalenko" in client.get(address).text
        try:
            with connections["owner"].cursor() as cursor:
                cursor.execute("REVOKE INSERT ON access_look FROM fotfeste_app")
            page, form = client.get(address), client.post(f"{address}fravaer/", {"text": "Skrev dette"})
        finally:
            with connections["owner"].cursor() as cursor:
                cursor.execute("GRANT INSERT ON access_look TO fotfeste_app")
        assert client.get(address).status_code == 200
    for answer in (page, form):
        assert answer.status_code == 503
        assert "Kovalenko" not in answer.text
        assert "Alt innsyn skal loggføres" in answer.text
    assert "Skrev dette" in form.text
    assert Look.objects.using("owner").filter(household_id=group).count() == 2


@pytest.mark.req("ACS-03")
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_log_whose_connection_was_ended_opens_another(committed: Cast) -> None:
    with time_machine.travel(committed.at, tick=False):
        client, address, group = page_of(committed)
        assert client.get(address).status_code == 200
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user"
                " AND datname = current_database() AND query LIKE '%INTO access_look%' AND pid <> pg_backend_pid()"
            )
            assert cursor.rowcount >= 1
        assert client.get(address).status_code == 200
    assert Look.objects.using("owner").filter(household_id=group).count() == 2
