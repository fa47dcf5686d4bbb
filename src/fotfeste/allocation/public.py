"""What other packages may use of allocation."""

from fotfeste.allocation.actions.plans import plan_week, stop_plan
from fotfeste.allocation.actions.policy import Wished, change_policy
from fotfeste.allocation.actions.sending import send_proposals
from fotfeste.allocation.models import Plan, PolicyVersion, Proposal
from fotfeste.allocation.words_plans import EVENT_WORDS

__all__ = [
    "EVENT_WORDS",
    "Plan",
    "PolicyVersion",
    "Proposal",
    "Wished",
    "change_policy",
    "plan_week",
    "send_proposals",
    "stop_plan",
]
