"""A night's run that is killed, or that something else goes on beside: whole households or nothing of them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connections

from fotfeste.retention.domain.types import Outcome
from fotfeste.retention.run import CannotRun
from tests.conftest import Cast
from tests.properties.whole import fingerprint, rows
from tests.retention.left import WORDS, changed, found_anywhere
from tests.retention.stage import FOUND_ON, GONE_ON, done_with, night

pytestmark = pytest.mark.req("ACS-04")


class Killed(BaseException):
    """The process is gone: nobody catches it."""


def killed_before(step: int, own: Path) -> bool:
    """A night whose connection breaks off before one of its statements; whether it came so far."""
    owner, steps = connections["owner"], 0

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal steps
        steps += 1
        if steps == step:
            assert owner.connection is not None
            owner.connection.close()
            raise Killed
        return execute(*arguments)

    try:
        with owner.execute_wrapper(count):
            night(GONE_ON, own)
    except (Killed, DatabaseError):
        pass
    finally:
        owner.close()
    rows("SELECT pg_advisory_lock(70002), pg_advisory_unlock(70002)")  # the server has seen that it is gone
    return steps >= step


def test_a_run_that_is_killed_at_any_statement_leaves_a_whole_household_or_nothing_of_it(
    committed_cast: Cast, own: Path
) -> None:
    done_with(committed_cast)
    night(FOUND_ON, own)
    before, step = fingerprint(), 1
    while killed_before(step, own):
        if changed(before):
            break  # killed after the household was gone
        assert (
            rows("SELECT 1 FROM retention_runline WHERE outcome = 'done' AND rule = 'retention.settled_months'") == []
        )
        step += 1
    assert step > 30
    assert found_anywhere(WORDS) == []
    assert night(GONE_ON, own).counts["retention.settled_months", Outcome.DONE, ""] == 0
    done = rows(
        "SELECT sum(number) FROM retention_runline WHERE outcome = 'done' AND rule = 'retention.settled_months'"
    )
    assert done == [(1,)]


def test_two_runs_at_once_are_one(committed_cast: Cast, own: Path) -> None:
    other = connections.create_connection("owner")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(70002)")
            with pytest.raises(CannotRun, match="Another run"):
                night(GONE_ON, own)
            cursor.execute("SELECT pg_advisory_unlock(70002)")
    finally:
        other.close()
    night(GONE_ON, own)


def test_whoever_comes_back_while_the_run_goes_on_is_kept(committed_cast: Cast, own: Path) -> None:
    [group, *_] = done_with(committed_cast)
    night(FOUND_ON, own)
    other = connections.create_connection("owner")

    def come_back(execute: Callable[..., object], statement: str, *arguments: object) -> object:
        if "FOR UPDATE" in statement:
            with other.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO worklist_task (reference, kind, subject_id, organisation_id, basis_on, cause,"
                    " opened_at, due_rule, outcome)"
                    " VALUES ('tried', 'tried', %s, %s, '2024-03-14', 'tried', now(), '', '')",
                    [group, committed_cast.udi.organisation_id],
                )
        return execute(statement, *arguments)

    try:
        with connections["owner"].execute_wrapper(come_back):
            report = night(GONE_ON, own)
    finally:
        other.close()
    assert report.counts["retention.settled_months", Outcome.HELD, "task_is_open"] == 1
    assert found_anywhere(("Olena",))
    # The next night takes the announcement back: the waiting begins anew when they are done with again.
    night(GONE_ON + timedelta(days=1), own)
    assert rows("SELECT 1 FROM retention_notice") == []
