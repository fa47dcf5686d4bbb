"""Jobs of ledger: thin, they load ids and call an action."""

from fotfeste.access.public import viewer_for
from fotfeste.directory.public import User
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform import clock
from fotfeste.platform.jobs import job
from fotfeste.platform.scope import scope


@job
def write_letter_of_run(*, run_id: int, municipality_id: int, user_id: int) -> None:
    """Tell one municipality what a run pays it, in the name of whoever paid, with the roles they have now."""
    from fotfeste.ledger.actions.letters import write_run_letter
    from fotfeste.ledger.models import Run

    at = clock.now()
    day = legal_day(at)
    by = viewer_for(User.objects.select_related("organisation").get(pk=user_id), day)
    with scope(by, day):
        reference = Run.objects.select_related("subject").get(pk=run_id).subject.reference
        write_run_letter(reference, municipality_id, by=by, at=at)
