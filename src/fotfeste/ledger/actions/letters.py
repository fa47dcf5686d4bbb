"""The letters of a paid run: one to each municipality, each in an act of its own, after the run (ADR 0024)."""

from datetime import datetime

from fotfeste.kernel.errors import Refused
from fotfeste.ledger.actions.heads import locked_run
from fotfeste.ledger.domain.states import APPROVE
from fotfeste.ledger.letters import write_payment
from fotfeste.ledger.models import RunTotal
from fotfeste.ledger.queries.letters import letters_of_run
from fotfeste.letters.public import Letter
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer


@act
def write_run_letter(reference: str, municipality_id: int, *, by: Viewer, at: datetime) -> Letter | None:
    """Tell a municipality what a paid run pays it, line by line; once, however often it is asked for.

    `municipality_id` is its organisation. None where it is told already, or where the run has no line of its. Raises
    NotAllowed, NotFound, Refused `run_is_not_paid`.
    """
    require(by, APPROVE)
    run = locked_run(reference)
    if run.state != "paid":
        raise Refused("run_is_not_paid")
    totals = RunTotal.objects.filter(run=run, municipality_id=municipality_id, line_count__gt=0)
    total = totals.select_related("municipality__municipality").first()
    if total is None or letters_of_run(run.pk, [municipality_id]):
        return None
    return write_payment(run, total, by=by, at=at)
