"""Storage of alternative, one module for each theme. An application of nobody known is UDI's alone."""

from fotfeste.alternative.models.agreement import Agreement
from fotfeste.alternative.models.application import Application, ApplicationPerson, Confirmation
from fotfeste.alternative.models.documents import ApplicationDocument
from fotfeste.alternative.models.doors import DoorAttempt, DoorDocument, DoorDraft
from fotfeste.alternative.models.followed import ContactMade, ContactPerson, HousingCheck, YearlyReport
from fotfeste.alternative.models.interest import GroupInterest
from fotfeste.alternative.models.local import LocalCondition, PrivateResident, WaitingEntry

__all__ = [
    "Agreement",
    "Application",
    "ApplicationDocument",
    "ApplicationPerson",
    "Confirmation",
    "ContactMade",
    "ContactPerson",
    "DoorAttempt",
    "DoorDocument",
    "DoorDraft",
    "GroupInterest",
    "HousingCheck",
    "LocalCondition",
    "PrivateResident",
    "WaitingEntry",
    "YearlyReport",
]
