"""Storage: subjects, needs to know, employments, roles, looks, emergency access, protected addresses."""

from fotfeste.access.models.emergency import EmergencyAccess
from fotfeste.access.models.looks import Look, LookReview
from fotfeste.access.models.protection import Clearance, Protection
from fotfeste.access.models.staff import Employment, RoleAssignment
from fotfeste.access.models.subjects import Need, Subject

__all__ = [
    "Clearance",
    "EmergencyAccess",
    "Employment",
    "Look",
    "LookReview",
    "Need",
    "Protection",
    "RoleAssignment",
    "Subject",
]
