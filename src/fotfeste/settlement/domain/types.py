"""Questions, answers and what they hold, reasons and capabilities in settlement."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


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


class BearsOn(StrEnum):
    """What a health need bears on; nothing else belongs in the interview (SET-05)."""

    PLACE = "place"  # valg av bosted
    HOUSING = "housing"  # bolig
    SERVICES = "services"  # tjenester: skole, helse, hjelp i hjemmet


class FunctionArea(StrEnum):
    """What a functional impairment concerns (GUIDE 1.5.1)."""

    MOBILITY = "mobility"
    COGNITION = "cognition"
    HEARING = "hearing"
    SPEECH = "speech"
    BEHAVIOUR = "behaviour"
    OTHER = "other"


class GrantState(StrEnum):
    """Whether extraordinary operating grants (ekstraordinære driftstilskudd) are in place."""

    NONE = "none"
    CONSIDERED = "considered"
    STARTED = "started"


class Mastery(StrEnum):
    """How a resident manages a daily living skill (ADL-ferdighet)."""

    ALONE = "alone"
    WITH_HELP = "with_help"
    NOT = "not"


class Degree(StrEnum):
    """Yes, partly or no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class HelpKind(StrEnum):
    """Follow-up at home, in training or at work."""

    HOME_NURSING = "home_nursing"  # hjemmesykepleie
    PERSONAL_ASSISTANT = "personal_assistant"  # brukerstyrt personlig assistent
    SUPPORT_CONTACT = "support_contact"  # støttekontakt
    SCHOOL_ASSISTANT = "school_assistant"  # assistent i skole eller barnehage
    OTHER = "other"


class EducationLevel(StrEnum):
    """The highest education completed."""

    PRIMARY = "primary"  # grunnskole
    UPPER_SECONDARY = "upper_secondary"  # videregående
    VOCATIONAL = "vocational"  # fagutdanning
    BACHELOR = "bachelor"  # universitet eller høyskole, inntil fire år
    MASTER = "master"  # universitet eller høyskole, mer enn fire år
    DOCTORATE = "doctorate"


@dataclass(frozen=True, slots=True)
class ExtraNeeds:
    """What may be registered of functioning where adaptation is needed (GUIDE 1.5.1). All is optional."""

    function_areas: tuple[FunctionArea, ...] = ()
    function_description: str = ""
    grants: GrantState | None = None
    grants_description: str = ""
    needs_specialist: bool | None = None  # oppfølging av spesialisthelsetjenesten
    specialist_kind: str = ""
    services_in_place: str = ""
    services_to_start: str = ""
    cooking: Mastery | None = None
    hygiene: Mastery | None = None
    cleaning: Mastery | None = None
    economy: Mastery | None = None
    moving: Mastery | None = None
    measures_effect: str = ""
    takes_guidance: Degree | None = None
    takes_part_in_training: Degree | None = None
    training_adaptation: str = ""
    needs_adapted_housing: bool | None = None  # tilrettelagt bolig
    adapted_housing_description: str = ""
    needs_staffed_housing: bool | None = None  # bemannet bolig
    is_staffed_round_the_clock: bool | None = None
    needs_supervision: bool | None = None  # tilsyn
    staff_count: int | None = None
    can_share_housing: bool | None = None  # bofellesskap
    help_kinds: tuple[HelpKind, ...] = ()
    help_description: str = ""
    family_assists: bool | None = None
    family_assists_with: str = ""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """Need for adaptation because of health (behov for tilrettelegging)."""

    question: ClassVar[Question] = Question.ADAPTATION
    is_needed: bool | None = None
    description: str = ""
    bears_on: tuple[BearsOn, ...] = ()
    told_to_inform_doctor: bool = False  # har fått beskjed om å informere fastlegen
    extra: ExtraNeeds = ExtraNeeds()


@dataclass(frozen=True, slots=True)
class CloseRelation:
    """Somebody close who lives in Norway: name, relation, how to reach them, municipality number."""

    name: str = ""
    relation: str = ""
    contact: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Relations:
    """Close relations in Norway that should count in the choice of municipality."""

    question: ClassVar[Question] = Question.RELATIONS
    has_relations: bool | None = None
    relations: tuple[CloseRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class Pets:
    """Pets (kjæledyr): not every home in Norway allows them.

    `will_part`: they would part with them if they must; not said counts as no, since nobody else can say it for them.
    """

    question: ClassVar[Question] = Question.PETS
    has_pets: bool | None = None
    description: str = ""
    will_part: bool | None = None


@dataclass(frozen=True, slots=True)
class Education:
    """The highest education completed, its field, and what else there is."""

    question: ClassVar[Question] = Question.EDUCATION
    has_education: bool | None = None
    level: EducationLevel | None = None
    field: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Occupation:
    """The last occupation in the home country."""

    question: ClassVar[Question] = Question.OCCUPATION
    has_worked: bool | None = None
    title: str = ""
    other: str = ""


type Content = Adaptation | Relations | Pets | Education | Occupation


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
