"""Jobs of allocation: thin, they load ids and call an action."""

from fotfeste.access.public import viewer_for
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform import clock
from fotfeste.platform.jobs import job
from fotfeste.platform.scope import scope


@job
def compute_asked_for(*, plan_id: int, user_id: int) -> None:
    """Compute a plan for whoever asked for it, with the roles they have now and what they see now."""
    from fotfeste.allocation.actions.computing import compute_plan  # the solver compiles: only who computes pays for it

    at = clock.now()
    day = legal_day(at)
    by = viewer_for(User.objects.select_related("organisation").get(pk=user_id), day)
    with scope(by, day):
        compute_plan(plan_id, by=by, at=at)
