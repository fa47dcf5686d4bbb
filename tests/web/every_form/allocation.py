"""The forms of plans for many, each on a page where it is open."""

from collections.abc import Callable, Mapping, Sequence

from tests.actions.allocation.stage import asked_for, asked_what_if, closed, planned, steered
from tests.actions.settlement.stage import (
    queued,
)
from tests.conftest import Cast
from tests.web.place import Place, reference


def _plan_computed(cast: Cast) -> list[Place]:
    """A plan is asked for, and no worker has come to it; and the policy by which it will be weighed."""
    return [Place("stop_plan", cast.imdi, [asked_for(cast).reference]), Place("change_policy", cast.imdi)]


def _plan_stands(cast: Cast) -> list[Place]:
    """Somebody is proposed a municipality, and nobody is asked; they are kept out of one, and one is closed."""
    group = queued(cast)
    kept_out, closing, plan = steered(cast, group), closed(cast, "0301"), planned(cast)
    here = reference(group)
    return [
        Place("send_proposals", cast.imdi, [plan.reference]),
        Place("pin_group", cast.imdi, [plan.reference, here]),
        Place("forbid_municipality", cast.imdi, [plan.reference, here]),
        Place("lift_steering", cast.imdi, [kept_out.reference, here]),
        Place("close_municipality", cast.imdi),
        Place("open_municipality", cast.imdi, [closing.reference]),
    ]


def _what_if_computed(cast: Cast) -> list[Place]:
    """A what-if is asked, and no worker has come to it; another is asked beside it."""
    return [Place("stop_what_if", cast.imdi, [asked_what_if(cast).reference]), Place("ask_what_if", cast.imdi)]


ALLOCATION_STAGES: Mapping[str, Callable[[Cast], list[Place]]] = {
    "a plan is asked for": lambda cast: [Place("plan_week", cast.imdi)],
    "a plan is computed": _plan_computed,
    "a plan stands": _plan_stands,
    "a what-if is computed": _what_if_computed,
}
ALLOCATION_NAMES: Mapping[str, Sequence[str]] = {
    "a plan is asked for": ["plan_week"],
    "a plan is computed": ["stop_plan", "change_policy"],
    "a plan stands": [
        *("send_proposals", "pin_group", "forbid_municipality"),
        *("lift_steering", "close_municipality", "open_municipality"),
    ],
    "a what-if is computed": ["stop_what_if", "ask_what_if"],
}  # fmt: skip
