"""Storage: the case of a group from the permit to the municipality. Fenced, but for municipal figures."""

from fotfeste.settlement.models.case import CaseNeed, SettlementCase, SettlementNote
from fotfeste.settlement.models.interview import Answer, InformationGiven, Interview, MappingNote, Participant
from fotfeste.settlement.models.journey import Journey, JourneyLeg, TravelApproval
from fotfeste.settlement.models.municipality import (
    LocalOffer,
    MunicipalityCapability,
    MunicipalityResource,
    MunicipalityYear,
    PlaceReservation,
    WeekLimit,
    YearFigure,
)
from fotfeste.settlement.models.offer import Offer
from fotfeste.settlement.models.request import NeedQuestion, SettlementRequest, Withdrawal
from fotfeste.settlement.models.travel import BookingMessage, CarClaim, Interruption

__all__ = [
    "Answer",
    "BookingMessage",
    "CarClaim",
    "CaseNeed",
    "InformationGiven",
    "Interruption",
    "Interview",
    "Journey",
    "JourneyLeg",
    "LocalOffer",
    "MappingNote",
    "MunicipalityCapability",
    "MunicipalityResource",
    "MunicipalityYear",
    "NeedQuestion",
    "Offer",
    "Participant",
    "PlaceReservation",
    "SettlementCase",
    "SettlementNote",
    "SettlementRequest",
    "TravelApproval",
    "WeekLimit",
    "Withdrawal",
    "YearFigure",
]
