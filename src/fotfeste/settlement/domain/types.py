"""How the interview is held, reasons, what follows from a no, and capabilities and numbers of places in settlement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Reason


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


class LocalService(StrEnum):
    """What a municipality has that helps some, and that everybody can be settled without (SET-10; GUIDE 1.5.1).

    A home where pets are allowed is one of them for those who would part with theirs: `Capability.PETS` says it.
    """

    SCHOOL_SUPPORT = "school_support"  # tilrettelegging i skole og barnehage
    HOME_HELP = "home_help"  # hjelp i hjemmet
    HEARING = "hearing"  # tilbud til hørselshemmede, med tegnspråk
    ADAPTED_TRAINING = "adapted_training"  # tilpasset opplæring for voksne


type Offerable = Capability | LocalService  # what a municipality says yes, no or nothing of


def offerable(code: str) -> Offerable:
    """The capability or the service of a code. Raises ValueError where there is none."""
    return LocalService(code) if code in set(LocalService) else Capability(code)


class FigureKind(StrEnum):
    """A figure of a municipality for a year: what IMDi asks for, what the council decides (SET-10)."""

    REQUEST = "request"  # anmodning
    DECISION = "decision"  # vedtak


class PlaceKind(StrEnum):
    """What a municipality has a number of, beside persons: counted, and never given to two (SET-10)."""

    MINORS = "minors"  # plasser for enslige mindreårige
    ADAPTED_HOMES = "adapted_homes"  # tilrettelagte boliger
    SCHOOL_PLACES = "school_places"  # plasser i grunnskolen
    KINDERGARTEN_PLACES = "kindergarten_places"  # plasser i barnehage


class LocalOfferKind(StrEnum):
    """What a municipality has for newcomers beside a home (SET-10)."""

    EDUCATION = "education"  # utdanning og opplæring
    WORK = "work"  # arbeid som det trengs folk til


class WorkField(StrEnum):
    """Fields of education and work: what groups of STYRK-08 and fields of NUS2000 have in common (ADR 0034)."""

    HEALTH = "health"
    TEACHING = "teaching"
    BUILDING = "building"
    INDUSTRY = "industry"
    ELECTRO = "electro"
    IT = "it"
    TRANSPORT = "transport"
    FOOD = "food"
    AGRICULTURE = "agriculture"
    FISHERY = "fishery"
    TRADE = "trade"
    OFFICE = "office"
    CLEANING = "cleaning"
    PERSONAL_CARE = "personal_care"
    ENGINEERING = "engineering"
    CULTURE = "culture"


@dataclass(frozen=True, slots=True, order=True)
class Offering:
    """What a municipality has education or work in: a whole field, or one occupation of it by its code.

    Education for an occupation is what leads to working in it. Source of the occupations: directory/reference/work.py.
    """

    field: WorkField
    occupation: str = ""

    @property
    def code(self) -> str:
        """The code of the occupation, or of the whole field."""
        return self.occupation or str(self.field)


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


class AfterDecline(StrEnum):
    """What a municipality says follows from its no (SET-07): when it may be asked about the household again."""

    NOT_THIS_WEEK = "not_this_week"  # ikke denne uken: again for a later week
    NOT_THIS_NEED = "not_this_need"  # ikke dette behovet: again when it has what they need
    NOT_UNTIL_REASSESSED = "not_until_reassessed"  # ikke før ny vurdering: again when the household is assessed anew


@dataclass(frozen=True, slots=True)
class Following:
    """What follows from a no: of a week the first that may be asked for, of a need what the municipality has not."""

    follows: AfterDecline
    from_week: Week | None = None
    unmet: frozenset[Capability] = frozenset()


@dataclass(frozen=True, slots=True)
class Declined:
    """A municipality said no to a group, for a `reason` (a `DeclineReason`), and what follows.

    `assessment` is which assessment of the household it said no to (`SettlementCase.assessment`).
    """

    on: date
    reason: str
    following: Following = Following(AfterDecline.NOT_UNTIL_REASSESSED)
    assessment: int = 1

    def of_what_it_lacks(self, needed: Collection[Capability], declared: Mapping[Capability, bool]) -> "Declined":
        """The same no, of what is needed still and that it has not declared anew since."""
        lacks = frozenset(each for each in self.following.unmet if each in needed and declared.get(each) is False)
        return replace(self, following=replace(self.following, unmet=lacks))

    def why_not(self) -> Reason:
        """Why it is not asked again yet, and when it can be."""
        fields: dict[str, str | int | date | bool] = {"on": self.on, "reason": self.reason}
        match self.following.follows:
            case AfterDecline.NOT_THIS_WEEK:
                return Reason("declined_this_week", fields | {"week": str(self.following.from_week or "")})
            case AfterDecline.NOT_THIS_NEED:
                needs = " ".join(sorted(self.following.unmet))
                return Reason("declined_this_need", fields | {"needs": needs})
            case AfterDecline.NOT_UNTIL_REASSESSED:
                return Reason("declined_until_reassessed", fields)


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
    """What became of a question to UDI of travelling otherwise than by public transport (TRV-02)."""

    APPROVED = "approved"
    REFUSED = "refused"
    VOID = "void"  # the journey was agreed without it, before UDI had answered


class Training(StrEnum):
    """What a ruling says of Norwegian training after a no to the offer."""

    KEPT = "kept"
    LOST = "lost"


class BookingKind(StrEnum):
    """What a message to the travel agent is."""

    BOOKING = "booking"  # bestilling
    CHANGE = "change"  # endring
    CANCELLATION = "cancellation"  # avbestilling


class BookingChannel(StrEnum):
    """How the centre sends a message to the travel agent."""

    EMAIL = "email"
    PHONE = "phone"


class InterruptionKind(StrEnum):
    """What came between a journey and its day."""

    DELAYED = "delayed"  # forsinket
    CANCELLED = "cancelled"  # innstilt
    FELL_ILL = "fell_ill"  # noen ble syk
    OTHER = "other"


class CarInsurance(StrEnum):
    """By what a car may be driven in Norway (TRV-03)."""

    GREEN_CARD = "green_card"  # grønt kort
    CUSTOMS = "customs"  # tolletatens forsikring, gratis i 30 dager
