"""What a test commits is gone after it, wherever it wrote, and what stood there stands again."""

from collections.abc import Iterator

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from tests import standing

UNDONE = {
    "a login": (
        "INSERT INTO web_staffsession (session_key, session_data, expire_date) VALUES ('left', '', now())",
        ["web_staffsession"],
    ),
    "a job": (
        "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('left', 'left')",
        ["procrastinate_events", "procrastinate_jobs"],
    ),
    "one more": (
        "INSERT INTO directory_county (number, name) VALUES ('99', 'Ingensteds')",
        ["directory_county"],
    ),
    "one less": ("DELETE FROM directory_neighbour WHERE municipality_id = '5037'", ["directory_neighbour"]),
    "another name": (
        "UPDATE directory_municipality SET name = 'Et sted' WHERE number = '5037'",
        ["directory_municipality"],
    ),
}


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Nothing is rolled back here. The looks that tests before have logged are gone."""
    with django_db_blocker.unblock():
        with connections["owner"].cursor() as cursor:
            standing.put_back(cursor)
        yield
        with connections["owner"].cursor() as cursor:
            standing.put_back(cursor)


@pytest.mark.parametrize("undone", UNDONE)
def test_what_is_committed_is_noticed_and_gone_afterwards(committing: None, undone: str) -> None:
    did, tables = UNDONE[undone]
    with connections["owner"].cursor() as cursor:
        assert standing.changed(cursor) == []
        cursor.execute(did)
        assert standing.changed(cursor) == tables
        standing.put_back(cursor)
        assert standing.changed(cursor) == []


def test_what_is_kept_is_the_reference_data_and_what_django_makes(committing: None) -> None:
    with connections["owner"].cursor() as cursor, transaction.atomic(using="owner"):
        cursor.execute("DELETE FROM web_staffsession")
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'standing'::regnamespace AND relkind = 'r'")
        kept = {name for (name,) in cursor.fetchall()}
    assert {"directory_municipality", "directory_organisation", "directory_unitdetails", "auth_permission"} <= kept
    assert not [each for each in kept if not each.startswith(("directory_", "auth_", "django_"))]
