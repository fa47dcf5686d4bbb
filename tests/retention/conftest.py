"""Committed rows, for the owner's connection to see; taken away again, so that the reference data is loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.conftest import Cast, make_cast
from tests.properties.whole import emptied, rows, run
from tests.retention.stage import confirmed


@pytest.fixture
def committed_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, beside the reference data."""
    with django_db_blocker.unblock():
        [(last,)] = rows("SELECT max(id) FROM directory_organisation")
        try:
            emptied()
            yield make_cast()
        finally:
            emptied()
            for table in ("access_roleassignment", "access_employment", "directory_user"):
                run(f"DELETE FROM {table}")
            run("DELETE FROM settlement_municipalityyear")
            run("DELETE FROM directory_organisation WHERE id > %s", [last])
            connections["default"].close()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The installation's own rules: the shipped ones, confirmed."""
    return confirmed(tmp_path)
