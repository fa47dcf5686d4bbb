"""A run of grants: the facts of a scheme as known at an instant, computed and recorded in the ledger."""

from datetime import date, datetime

from fotfeste.grants.domain.periods import check_through
from fotfeste.grants.domain.types import Scheme
from fotfeste.grants.queries.books import latest_counted, open_run
from fotfeste.grants.queries.computed import computed
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.ledger.public import Run, lock_scheme, record_run
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer

PREPARE = "ledger.prepare"


@act
def compute_run(scheme: Scheme, through: date, as_known_at: datetime, *, by: Viewer, at: datetime) -> Run:
    """Compute what is due under a scheme up to `through` (the first day after the months), by what was known at an
    instant, and keep the difference from what the ledger counts as a run. The same facts give the same run.

    One at a time: the scheme's books are locked before anything is read, so that what is read of earlier lines holds
    until the run is there. Raises NotAllowed; Refused `period_not_over`, `not_a_period`, `known_in_future`,
    `period_before_last_run`, `known_before_last_run` (a later run rests on more than that), `run_is_open`.
    """
    check_order(scheme, through, as_known_at, by=by, at=at)
    found = computed(scheme, through, as_known_at)
    code = scheme.value.lower()
    return record_run(code, through, as_known_at, found.input_sha256, found.lines, found.refused, by=by, at=at)


def check_order(scheme: Scheme, through: date, as_known_at: datetime, *, by: Viewer, at: datetime) -> None:
    """Lock the scheme's books, and refuse a run that could not be recorded: as `compute_run`."""
    require(by, PREPARE)
    check_through(scheme, through, legal_day(at))
    if as_known_at > at:
        raise Refused("known_in_future", "as_known_at")
    code = scheme.value.lower()
    lock_scheme(code)
    if (open_one := open_run(code)) is not None:
        raise Refused("run_is_open", params={"reference": open_one.subject.reference, "state": open_one.state})
    latest = latest_counted(code)
    if latest is not None and through < latest.through:
        raise Refused("period_before_last_run", "through", {"day": latest.through})
    if latest is not None and as_known_at < latest.as_known_at:
        raise Refused("known_before_last_run", "as_known_at", {"known_at": latest.as_known_at})
