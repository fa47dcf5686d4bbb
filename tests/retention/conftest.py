"""Committed rows, for the owner's connection to see; taken away again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests import standing
from tests.conftest import Cast, make_cast
from tests.retention.stage import confirmed


@pytest.fixture
def committed_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The cast, beside the reference data, and no looks that tests before have logged."""
    with django_db_blocker.unblock():
        _put_back()
        try:
            yield make_cast()
        finally:
            _put_back()
            connections["default"].close()


def _put_back() -> None:
    with connections["owner"].cursor() as cursor:  # a test may have ended the session
        standing.put_back(cursor)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The installation's own rules: the shipped ones, confirmed."""
    return confirmed(tmp_path)
