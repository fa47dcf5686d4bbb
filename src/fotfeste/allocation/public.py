"""What other packages may use of allocation."""

from fotfeste.allocation.actions.plans import plan_week, stop_plan
from fotfeste.allocation.actions.policy import Wished, change_policy
from fotfeste.allocation.actions.sending import send_proposals
from fotfeste.allocation.actions.steering import (
    close_municipality,
    end_pin_when_asked,
    forbid_municipality,
    lift_steering,
    open_municipality,
    pin_group,
)
from fotfeste.allocation.actions.what_ifs import ask_what_if, stop_what_if
from fotfeste.allocation.domain.question import Question as WhatIfQuestion
from fotfeste.allocation.models import ClosedMunicipality, Plan, PolicyVersion, Proposal, SteeredGroup, WhatIf
from fotfeste.allocation.queries.reasons import offer_reasons
from fotfeste.allocation.words_plans import EVENT_WORDS

__all__ = [
    "EVENT_WORDS",
    "ClosedMunicipality",
    "Plan",
    "PolicyVersion",
    "Proposal",
    "SteeredGroup",
    "WhatIf",
    "WhatIfQuestion",
    "Wished",
    "ask_what_if",
    "change_policy",
    "close_municipality",
    "end_pin_when_asked",
    "forbid_municipality",
    "lift_steering",
    "offer_reasons",
    "open_municipality",
    "pin_group",
    "plan_week",
    "send_proposals",
    "stop_plan",
    "stop_what_if",
]
