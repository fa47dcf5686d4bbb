"""Sessions of the tests keep what the server has planned when a test, or what it tried, is rolled back.

psycopg has the server forget every plan at each rollback, for a table may have been made in what is rolled back. Tests
are rolled back thousands of times and make no tables; to plan the policies anew takes more than asking (ADR 0022). What
a migration does to plans is shown where no test is rolled back (`platform/test_prepared_and_migrations.py`).
"""

from collections.abc import Sequence

import pytest
from psycopg._preparing import Prepare, PrepareManager
from psycopg.pq.abc import PGresult

_should_discard = PrepareManager._should_discard


def keep_plans() -> None:
    """From now on, in this process."""
    pytest.MonkeyPatch().setattr(PrepareManager, "_should_discard", _unless_rolled_back)


def _unless_rolled_back(manager: PrepareManager, prep: Prepare, results: Sequence[PGresult]) -> bool:
    return _should_discard(manager, prep, [each for each in results if each.command_status != b"ROLLBACK"])
