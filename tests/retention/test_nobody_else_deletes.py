"""What only a night's run may do: neither the app's role nor anybody afterwards."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connections

from fotfeste.platform.scope import scope
from tests.conftest import Cast
from tests.properties.whole import run as sql
from tests.retention.stage import FOUND_ON, GONE_ON, done_with, night

pytestmark = pytest.mark.req("ACS-04")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM retention_notice",
        "SELECT * FROM retention_gone",
        "INSERT INTO retention_notice (subject_id, part, rule, announced_on) VALUES (1, 'identity', 'x', '2000-01-01')",
        "INSERT INTO retention_run (day, started_at) VALUES ('2000-01-01', now())",
        "DELETE FROM retention_runline",
        "DELETE FROM access_look",
        "UPDATE access_subject SET reference = reference",
        "SET ROLE fotfeste_owner",
    ],
)
def test_the_app_role_can_do_nothing_of_it(committed_cast: Cast, statement: str) -> None:
    with connections["default"].cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute(statement)


def test_the_app_role_deletes_no_fact_of_those_whom_it_sees(committed_cast: Cast) -> None:
    cast = committed_cast
    done_with(cast)
    with scope(cast.udi, cast.day), connections["default"].cursor() as cursor:
        for table in ("registry_persondetails", "registry_identifier", "accommodation_stay"):
            with pytest.raises(DatabaseError, match="never deleted"):
                cursor.execute(f"DELETE FROM {table}")


def test_what_a_run_has_done_is_kept_from_the_owner_too(committed_cast: Cast, own: Path) -> None:
    done_with(committed_cast)
    night(FOUND_ON, own)
    night(GONE_ON, own)
    for table in ("retention_run", "retention_runline", "retention_gone"):
        with pytest.raises(DatabaseError, match="kept"):
            sql(f"DELETE FROM {table}")
    with pytest.raises(DatabaseError, match="kept"):
        sql("UPDATE retention_runline SET number = number + 1")
