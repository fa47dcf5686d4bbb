"""A load that is cut short leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections

COPYING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY \"acc%'"
ALIVE = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'killed load'"


def rows_of(sql: str) -> list[tuple[Any, ...]]:
    """Run a query as the owner."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # what others do is else looked up once in a transaction
        cursor.execute(sql)
        return list(cursor.fetchall())


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_load_that_is_killed_in_the_middle_leaves_nothing() -> None:
    here = urlsplit(settings.OWNER_URL)._replace(path=f"/{connections['owner'].settings_dict['NAME']}")
    environment = os.environ | {"FOTFESTE_OWNER_URL": here.geturl(), "PGAPPNAME": "killed load"}
    command = [sys.executable, "-W", "ignore", "-m", "django", "load_demo", "--people", "20000"]

    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            while not rows_of(COPYING):
                assert process.poll() is None, process.stdout.read() if process.stdout else ""
                time.sleep(0.01)  # another process is waited for
        finally:
            process.send_signal(signal.SIGKILL)
    while rows_of(ALIVE):
        time.sleep(0.01)

    assert rows_of("SELECT 1 FROM access_subject UNION ALL SELECT 1 FROM accommodation_room LIMIT 1") == []
    assert rows_of("SELECT 1 FROM directory_organisation WHERE kind = 'centre' LIMIT 1") == []
