"""Jobs of allocation: thin, they load ids and call an action."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from fotfeste.access.public import viewer_for
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform import clock
from fotfeste.platform.jobs import job
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer


@job
def compute_asked_for(*, plan_id: int, user_id: int) -> None:
    """Compute a plan for whoever asked for it, with the roles they have now and what they see now."""
    from fotfeste.allocation.actions.computing import compute_plan  # the solver compiles: only who computes pays for it

    with _as(user_id) as (by, at):
        compute_plan(plan_id, by=by, at=at)


@job
def answer_what_if(*, what_if_id: int, user_id: int) -> None:
    """Compute a what-if for whoever asked it, with the roles they have now."""
    from fotfeste.allocation.actions.answering import compute_what_if  # as above

    with _as(user_id) as (by, at):
        compute_what_if(what_if_id, by=by, at=at)


@contextmanager
def _as(user_id: int) -> Iterator[tuple[Viewer, datetime]]:
    """In the name of whoever asked, now."""
    at = clock.now()
    day = legal_day(at)
    by = viewer_for(User.objects.select_related("organisation").get(pk=user_id), day)
    with scope(by, day):
        yield by, at
