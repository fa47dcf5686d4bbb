"""Storage: versions of the policy, plans and what they propose, what is decided ahead of them, and what-ifs."""

from fotfeste.allocation.models.plans import Plan, Proposal
from fotfeste.allocation.models.policy import PolicyVersion
from fotfeste.allocation.models.steering import ClosedMunicipality, DecidedAhead, SteeredGroup
from fotfeste.allocation.models.what_ifs import WhatIf

__all__ = ["ClosedMunicipality", "DecidedAhead", "Plan", "PolicyVersion", "Proposal", "SteeredGroup", "WhatIf"]
