"""Committed rows, for the owner's connection to see; taken away again, so that the reference data is loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from fotfeste.directory.loading import load_reference
from tests.conftest import Cast, make_cast
from tests.properties.whole import emptied, rows, run
from tests.retention.stage import confirmed

# What `emptied` leaves, and a test may add to.
_LASTING = (
    "access_roleassignment",
    "access_employment",
    "directory_contactperson",
    "directory_unitcounty",
    "directory_unittopic",
    "directory_unit",
    "directory_user",
    "directory_organisation",
    "settlement_municipalityyear",
)
# A country gives the units of the reference data mailboxes, and what is superseded never stands again: what units are
# called is put back whole, or no municipality would have a unit for the tests that follow.
_KEEP_UNITS = "SELECT coalesce(jsonb_agg(to_jsonb(d)), '[]')::text FROM directory_unitdetails d"
_PUT_UNITS_BACK = """
    INSERT INTO directory_unitdetails
    SELECT * FROM jsonb_populate_recordset(NULL::directory_unitdetails, %s::jsonb)
"""


@pytest.fixture
def committed_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, beside the reference data."""
    with django_db_blocker.unblock():
        if not rows("SELECT 1 FROM directory_municipality LIMIT 1"):
            load_reference(using="owner")  # other tests with committed rows take it away
        [(units,)] = rows(_KEEP_UNITS)
        before = {table: rows(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0] for table in _LASTING}
        try:
            emptied()
            run("DELETE FROM web_staffsession")
            yield make_cast()
        finally:
            emptied()
            with transaction.atomic(using="owner"):
                run("DELETE FROM directory_unitdetails")
                for table, last in before.items():
                    run(f"DELETE FROM {table} WHERE id > %s", [last])
                run(_PUT_UNITS_BACK, [units])
            connections["default"].close()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The installation's own rules: the shipped ones, confirmed."""
    return confirmed(tmp_path)
