"""Questions, answers, reasons and capabilities in settlement."""

from enum import StrEnum


class Question(StrEnum):
    """The five questions of the settlement interview (GUIDE 1.4)."""

    ADAPTATION = "adaptation"  # behov for tilrettelegging
    RELATIONS = "relations"  # nære relasjoner i Norge
    PETS = "pets"  # kjæledyr
    EDUCATION = "education"
    OCCUPATION = "occupation"


class AnswerOutcome(StrEnum):
    """An answer was given, or the resident declined to answer, without a reason (SET-04)."""

    ANSWERED = "answered"
    DECLINED = "declined"


class InformationMode(StrEnum):
    """How information was given before the interview (SET-02)."""

    GROUP = "group"
    INDIVIDUAL = "individual"


class OwnTalk(StrEnum):
    """A child over 12 is offered a talk of its own."""

    NOT_OFFERED = "not_offered"
    OFFERED = "offered"
    WANTED = "wanted"
    NOT_WANTED = "not_wanted"
    HELD = "held"


class Capability(StrEnum):
    """What a municipality can offer or a group needs (SET-10)."""

    ADAPTED_HOUSING = "adapted_housing"  # tilrettelagt bolig
    HEALTH_SPECIALISTS = "health_specialists"  # spesialisthelsetjeneste i nærheten
    STAFFED_HOUSING = "staffed_housing"  # bemannet bolig
    PETS = "pets"
    UNACCOMPANIED_MINORS = "unaccompanied_minors"


class DeclineReason(StrEnum):
    """Why a municipality declines a request."""

    NO_HOUSING = "no_housing"
    NO_ADAPTED_HOUSING = "no_adapted_housing"
    NO_HEALTH_SERVICES = "no_health_services"
    NO_SCHOOL_PLACE = "no_school_place"
    QUOTA_FILLED = "quota_filled"
    OTHER = "other"


class Payer(StrEnum):
    """Who pays a leg of the journey (TRV-01)."""

    CENTRE = "centre"
    MUNICIPALITY = "municipality"


class TravelMode(StrEnum):
    """How a leg is travelled."""

    TRAIN = "train"
    BUS = "bus"
    PLANE = "plane"
    BOAT = "boat"
    OWN_CAR = "own_car"
    TAXI = "taxi"
    MINIBUS = "minibus"


class ApprovalOutcome(StrEnum):
    """UDI's answer to a question of travelling otherwise than by public transport (TRV-02)."""

    APPROVED = "approved"
    REFUSED = "refused"
