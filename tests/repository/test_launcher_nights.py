"""When the night's work begins, and that it is started, may end, and may fail without stopping the pages."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fotfeste.cli.serving import next_night
from fotfeste.cli.supervisor import LOOK_SECONDS, Supervisor


@pytest.mark.parametrize(
    ("after", "begins"),
    [
        (datetime(2024, 1, 10, 1, 0, tzinfo=UTC), datetime(2024, 1, 10, 2, 30, tzinfo=UTC)),
        (datetime(2024, 1, 10, 2, 30, tzinfo=UTC), datetime(2024, 1, 11, 2, 30, tzinfo=UTC)),
        (datetime(2024, 1, 10, 23, 30, tzinfo=UTC), datetime(2024, 1, 11, 2, 30, tzinfo=UTC)),
        # The nights when the clock is moved have a half past three too.
        (datetime(2024, 3, 30, 12, 0, tzinfo=UTC), datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),
        (datetime(2024, 10, 26, 12, 0, tzinfo=UTC), datetime(2024, 10, 27, 2, 30, tzinfo=UTC)),
    ],
)
def test_the_nights_work_begins_at_half_past_three_in_norway(after: datetime, begins: datetime) -> None:
    assert next_night(after) == begins


@pytest.mark.skipif(sys.platform != "linux", reason="as the other tests of the supervisor")
def test_the_nights_work_is_started_again_and_again_and_may_fail(tmp_path: Path) -> None:
    log = tmp_path / "log"
    fails = "print('a night', flush=True); raise SystemExit(3)"
    with Supervisor(log) as supervisor:
        supervisor.start("web server", [sys.executable, "-c", f"import time; time.sleep({40 * LOOK_SECONDS})"])
        supervisor.each_night("retention", [sys.executable, "-c", fails], lambda after: after + timedelta(seconds=1))
        while log.read_text().count("a night") < 2:
            supervisor.look()
            supervisor.start_what_is_due()


@pytest.mark.skipif(sys.platform != "linux", reason="as the other tests of the supervisor")
def test_what_nights_without_a_server_left_is_done_at_once_and_then_at_night(tmp_path: Path) -> None:
    def far(after: datetime) -> datetime:
        return after + timedelta(days=1)

    log = tmp_path / "log"
    with Supervisor(log) as supervisor:
        supervisor.start("web server", [sys.executable, "-c", f"import time; time.sleep({40 * LOOK_SECONDS})"])
        for name, is_at_once in (("refusals", True), ("retention", False)):
            says = [sys.executable, "-c", f"print({name!r}, flush=True)"]
            supervisor.each_night(name, says, far, is_at_once=is_at_once)
        while "refusals" not in log.read_text():
            supervisor.look()
            supervisor.start_what_is_due()
        for _again in range(3):
            supervisor.start_what_is_due()
    assert log.read_text().split() == ["refusals"]
