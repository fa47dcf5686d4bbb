"""Plans: asked for, kept, given up, stopped; and the policy that weighs in them, changed."""

from datetime import datetime

from fotfeste.allocation.actions.answering import answer_to, fail_what_if, keep_answer, read_standing
from fotfeste.allocation.actions.computing import computed, fail_plan, keep_plan, read_candidates
from fotfeste.allocation.actions.sending import Sent, send_proposals
from fotfeste.allocation.public import (
    ClosedMunicipality,
    Plan,
    PolicyVersion,
    SteeredGroup,
    WhatIf,
    WhatIfQuestion,
    ask_what_if,
    change_policy,
    close_municipality,
    forbid_municipality,
    lift_steering,
    open_municipality,
    pin_group,
    plan_week,
    stop_plan,
    stop_what_if,
)
from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.viewer import Viewer
from tests.actions.allocation.stage import WAITED, asked_for, asked_what_if, closed, more_work, pinned, planned, waited
from tests.actions.settlement import stage
from tests.conftest import Cast
from tests.properties.killed.scene import Key, Scene


def waiting(cast: Cast) -> tuple[int, ...]:
    """Two households in the queue."""
    stage.queued(cast)
    stage.queued(cast)
    return ()


def to_keep(cast: Cast) -> int:
    """They have a plan, and another is asked for. Gives its key."""
    waiting(cast)
    planned(cast)
    return asked_for(cast).pk


def of_nobody(cast: Cast) -> int:
    """A plan that is asked for. Gives its key."""
    return asked_for(cast).pk


def to_stop(cast: Cast) -> str:
    """The same. Gives its reference."""
    return asked_for(cast).reference


def compute_and_keep(plan_id: int, *, by: Viewer, at: datetime) -> Plan:
    """What the job does, but for telling how far it has come."""
    return keep_plan(plan_id, computed(read_candidates(by, at), at), by=by, at=at)


def give_up(plan_id: int, *, by: Viewer, at: datetime) -> Plan:
    return fail_plan(plan_id, "nobody_to_plan", by=by, at=at)


def to_send(cast: Cast) -> tuple[Key, ...]:
    """Two households that the standing plan proposes municipalities for. Gives the plan's reference and them."""
    first, second = stage.queued(cast), stage.queued(cast)
    return planned(waited(cast)).reference, first, second


def send_both(reference: str, *groups: int, by: Viewer, at: datetime) -> Sent:
    return send_proposals(reference, groups, by=by, at=at)


def nothing_changed(cast: Cast) -> tuple[int, ...]:
    """The policy as it is shipped."""
    return ()


def weigh_work_more(*, by: Viewer, at: datetime) -> PolicyVersion:
    return change_policy(more_work(legal_day(at)), version=0, by=by, at=at)


def one_waiting(cast: Cast) -> tuple[Key, ...]:
    """A household in the queue that is pinned to Verdal, and where else it is to go."""
    group = stage.queued(cast)
    pinned(cast, group, "5038")
    return group, "5037"


def to_lift(cast: Cast) -> str:
    """What was decided for a household. Gives its reference."""
    return pinned(cast, stage.queued(cast), "5038").reference


def levanger(cast: Cast) -> str:
    """A municipality. Gives its number."""
    return "5037"


def to_open(cast: Cast) -> str:
    """A municipality is closed this week. Gives the closing's reference."""
    return closed(cast, "5037").reference


def pin(group: int, number: str, *, by: Viewer, at: datetime) -> SteeredGroup:
    return pin_group(group, number, reason="Avtalt med kommunen", by=by, at=at)


def forbid(group: int, number: str, *, by: Viewer, at: datetime) -> SteeredGroup:
    return forbid_municipality(group, number, reason="Noen de er redde for", by=by, at=at)


def close(number: str, *, by: Viewer, at: datetime) -> ClosedMunicipality:
    return close_municipality(number, reason="Flom", by=by, at=at)


def nothing_asked(cast: Cast) -> tuple[int, ...]:
    """They wait, and nobody has asked what would come of the year."""
    return waiting(cast)


def ask(*groups: int, by: Viewer, at: datetime) -> WhatIf:
    return ask_what_if(WhatIfQuestion(places_percent=80), by=by, at=at)


def to_answer(cast: Cast) -> int:
    """They wait, and it is asked what would come of the year. Gives its key."""
    waiting(cast)
    return asked_what_if(cast).pk


def answer_and_keep(what_if_id: int, *, by: Viewer, at: datetime) -> WhatIf:
    """What the job does, but for telling how far it has come."""
    return keep_answer(what_if_id, answer_to(WhatIfQuestion(), read_standing(by, at), at), by=by, at=at)


def give_up_answering(what_if_id: int, *, by: Viewer, at: datetime) -> WhatIf:
    return fail_what_if(what_if_id, "nobody_to_plan", by=by, at=at)


def to_stop_answering(cast: Cast) -> str:
    """It is asked what would come of the year. Gives its reference."""
    return asked_what_if(cast).reference


ALLOCATION = {
    "change_policy": Scene(nothing_changed, "imdi", weigh_work_more),
    "pin_group": Scene(one_waiting, "imdi", pin),
    "forbid_municipality": Scene(one_waiting, "imdi", forbid),
    "lift_steering": Scene(to_lift, "imdi", lift_steering),
    "close_municipality": Scene(levanger, "imdi", close),
    "open_municipality": Scene(to_open, "imdi", open_municipality),
    "send_proposals": Scene(to_send, "imdi", send_both, WAITED),
    "plan_week": Scene(waiting, "imdi", plan_week),
    "keep_plan": Scene(to_keep, "imdi", compute_and_keep),
    "fail_plan": Scene(of_nobody, "imdi", give_up),
    "stop_plan": Scene(to_stop, "imdi", stop_plan),
    "ask_what_if": Scene(nothing_asked, "imdi", ask),
    "keep_answer": Scene(to_answer, "imdi", answer_and_keep),
    "fail_what_if": Scene(to_answer, "imdi", give_up_answering),
    "stop_what_if": Scene(to_stop_answering, "imdi", stop_what_if),
}
