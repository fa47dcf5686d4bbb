"""What-ifs of the rest of the year: asked for on a page, and stopped there; a job computes them (SET-15)."""

from datetime import datetime

from fotfeste.allocation.actions.plan_steps import stop, tell
from fotfeste.allocation.domain.question import Question, checked
from fotfeste.allocation.domain.states import PLAN_PERMISSION, WHAT_IF
from fotfeste.allocation.models import WhatIf
from fotfeste.allocation.queries.policies import policy_for
from fotfeste.allocation.tasks import answer_what_if
from fotfeste.directory.public import Municipality
from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import NotAllowed, NotFound, Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer


@act
def ask_what_if(question: Question, *, by: Viewer, at: datetime) -> WhatIf:
    """Ask what would come of the rest of the year. A job computes it, beside every plan and touching none.

    Raises NotAllowed; Refused for values that cannot be, and `what_if_is_asked_once` where the same is being computed.
    """
    require(by, PLAN_PERMISSION)
    if by.user_id is None:
        raise NotAllowed
    checked(question, policy_for(by.organisation_id, legal_day(at)))
    if question.closed and not Municipality.objects.filter(number=question.closed).exists():
        raise NotFound("not_found")
    same = WhatIf.objects.filter(organisation_id=by.organisation_id, question_sha256=question.key)
    if same.filter(state=WHAT_IF.initial).exists():
        raise Refused("what_if_is_asked_once")
    found = WhatIf.objects.create(
        organisation_id=by.organisation_id,
        ordered_at=at,
        ordered_by_id=by.user_id,
        values=question.values,
        arrivals_percent=question.arrivals_percent,
        places_percent=question.places_percent,
        closed=question.closed,
        question_sha256=question.key,
    )
    tell(found, "", "", by=by, at=at)
    answer_what_if.enqueue(what_if_id=found.pk, user_id=by.user_id)
    return found


@act
def stop_what_if(reference: str, *, by: Viewer, at: datetime) -> WhatIf:
    """Stop computing a what-if. Raises as `stop`."""
    return stop(WhatIf, reference, by=by, at=at)
