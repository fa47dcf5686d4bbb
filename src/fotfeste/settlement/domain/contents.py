"""Questions of the settlement interview, and what their answers hold (GUIDE 1.4 and 1.5)."""

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
