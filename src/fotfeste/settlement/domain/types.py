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


class NeedAnswer(StrEnum):
    """What came of asking a municipality about a need that arose after its yes."""

    MET = "met"
    NOT_MET = "not_met"
    LAPSED = "lapsed"


class DeclineReason(StrEnum):
    """Why a municipality declines a request."""

    NO_HOUSING = "no_housing"
    NO_ADAPTED_HOUSING = "no_adapted_housing"
    NO_HEALTH_SERVICES = "no_health_services"
    NO_SCHOOL_PLACE = "no_school_place"
    QUOTA_FILLED = "quota_filled"
    OTHER = "other"


class WithdrawalReason(StrEnum):
    """Why IMDi takes an offer back. `CASE_CLOSED` is never chosen: the offer ends with its case."""

    HOME_LOST = "home_lost"  # boligen er tapt
    MUNICIPALITY_WITHDRAWS = "municipality_withdraws"  # kommunen trekker sitt ja
    DOES_NOT_FIT = "does_not_fit"  # kommunen passer ikke lenger for husstanden
    OTHER = "other"
    CASE_CLOSED = "case_closed"


class NoteMistake(StrEnum):
    """Why a text that was passed on to a municipality is taken back."""

    WRONG_HOUSEHOLD = "wrong_household"  # gjelder noen andre
    TOO_MUCH = "too_much"  # mer enn kommunen trenger
    NOT_TRUE = "not_true"  # stemmer ikke


class ClosingReason(StrEnum):
    """Why a case is closed; a departure or an empty household closes one by itself, without any of these.
    The last two are never chosen: the only one who ever had a permit is not in the household any more, or that permit
    was registered by mistake.
    """

    OWN_WAY = "own_way"  # ordner seg selv
    NO_PERMIT = "no_permit"  # har ikke lenger tillatelse
    HAD_OFFER = "had_offer"  # har hatt sitt ene tilbud
    MISTAKE = "mistake"  # åpnet ved en feil
    OTHER = "other"
    PERMIT_LEFT = "permit_left"
    PERMIT_VOID = "permit_void"


class Payer(StrEnum):
    """Who pays a leg of the journey (TRV-01)."""

    CENTRE = "centre"
    MUNICIPALITY = "municipality"


class AfterGrowth(StrEnum):
    """What IMDi says where somebody has come to a household after its interview."""

    SUPPLEMENT = "supplement"
    GOES_ON = "goes_on"


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
