"""Schemes, parties and grounds of living privately with public support."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.kernel.names import readable


class Scheme(StrEnum):
    """A scheme of alternative accommodation; the values are those of the stay's kind."""

    AMOT = "amot"  # alternativ mottaksplass (UDI 2020-005)
    MAMOT = "mamot"  # midlertidig alternativ mottaksplass (UDI 2022-003)


class Procedure(StrEnum):
    """How an application is made (ALT-03, ALT-04, ALT-05)."""

    ALONE = "alone"  # A: søknad fremmet av personen alene
    FAST = "fast"  # B: hurtigprosedyre
    GROUP = "group"  # C: gruppeprosedyre


class FilledInBy(StrEnum):
    """Who filled in the application (ALT-06)."""

    APPLICANT = "applicant"
    HELPER = "helper"  # somebody private or a voluntary organisation, named
    STAFF = "staff"  # somebody of a centre, a municipality or UDI, named by their user


class Party(StrEnum):
    """Who has a part in an application."""

    APPLICANT = "applicant"
    HOST = "host"  # huseier, or the tenant whom they live with
    MUNICIPALITY = "municipality"


class PartyAnswer(StrEnum):
    """What a party says."""

    YES = "yes"
    NO = "no"


class ConfirmationWay(StrEnum):
    """How a party was asked and said it (ALT-06). Never with somebody else's electronic identity."""

    LINK = "link"  # by a link of their own
    FORM = "form"  # in the application that they filled in themselves
    LOGIN = "login"  # staff of the municipality, as themselves
    PAPER = "paper"  # signed on paper, registered by staff
    IN_PERSON = "in_person"  # said to staff
    PHONE = "phone"


class HomeKind(StrEnum):
    """With whom they have found a place to live (ALT-01)."""

    FAMILY = "family"
    PRIVATE = "private"  # friends and other private persons
    VOLUNTARY = "voluntary"  # through a voluntary organisation
    MUNICIPALITY = "municipality"  # through the municipality


class HostRelation(StrEnum):
    """How the host stands to the applicants."""

    FAMILY = "family"
    FRIEND = "friend"
    ACQUAINTANCE = "acquaintance"
    STRANGER = "stranger"
    ORGANISATION = "organisation"


class FamilyTie(StrEnum):
    """How somebody stands to the main person of the target group (ALT-01)."""

    NONE = "none"
    SPOUSE = "spouse"
    COHABITANT = "cohabitant"
    CHILD = "child"
    HOUSEHOLD = "household"  # others of the household before the day that counts


class Condition(StrEnum):
    """A condition of a scheme; `parameters/schemes.toml` says which scheme asks for which."""

    OPEN = "open"
    TARGET_GROUP = "target_group"
    NOT_ALONE = "not_alone"
    REGISTERED = "registered"
    APPLIED_FOR_PROTECTION = "applied_for_protection"
    DUF = "duf"
    D_NUMBER = "d_number"
    HOME = "home"
    NOT_CENTRE_HOUSING = "not_centre_housing"
    FOUR_WEEKS = "four_weeks"
    CENTRE_PLACE = "centre_place"
    NEED_OR_FAMILY = "need_or_family"


class RefusalGround(StrEnum):
    """Why an application is refused: one that UDI chooses; what stands behind it is in the decision."""

    NOT_IN_TARGET_GROUP = "not_in_target_group"
    MINOR_ALONE = "minor_alone"  # led to AMOT
    NOT_REGISTERED = "not_registered"  # police, protection, DUF, D-number
    NO_HOME = "no_home"
    CENTRE_HOUSING = "centre_housing"
    SETTLED_SOON = "settled_soon"  # less than four weeks
    MUNICIPALITY_DECLINED = "municipality_declined"
    HOST_DECLINED = "host_declined"
    SCHEME_CLOSED = "scheme_closed"
    NO_NEED = "no_need"  # AMOT: neither family nor a need that a centre cannot meet
    INCOMPLETE = "incomplete"  # what was asked for has not come


class EndCause(StrEnum):
    """Why an agreement ends (ALT-08)."""

    SETTLED = "settled"
    OFFER_DECLINED = "offer_declined"
    MOVED_AWAY = "moved_away"  # to another municipality without agreement
    AGREED_ELSEWHERE = "agreed_elsewhere"
    CONDITIONS_FAILED = "conditions_failed"
    MUNICIPALITY_WITHDREW = "municipality_withdrew"
    SCHEME_ENDED = "scheme_ended"
    LEFT_COUNTRY = "left_country"
    DIED = "died"
    MOVED_TO_CENTRE = "moved_to_centre"
    LEFT_UNKNOWN = "left_unknown"  # no address
    GRANT_ANNULLED = "grant_annulled"  # it should not have been granted


class WithdrawalCause(StrEnum):
    """Why an application is taken back."""

    MOVED = "moved"
    NOT_NEEDED = "not_needed"  # they provide for themselves
    NOT_THEIRS = "not_theirs"  # the applicant says that it is not theirs
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplicant:
    """Somebody in an application as typed; None is not known, and is asked for. Names are kept readable.

    `subject_id`: who it is, where staff choose among the people of a household.
    """

    name: str
    duf: str = ""
    birth_date: date | None = None
    citizenship: str = ""
    has_d_number: bool | None = None
    lived_in_ukraine: bool | None = None
    had_protection: bool | None = None
    family_tie: FamilyTie | None = None
    has_near_family: bool | None = None
    has_carer: bool | None = None
    needs_adaptation: bool | None = None
    adaptation: str = ""
    subject_id: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", readable(self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHost:
    """Whom they live with, or are to live with."""

    name: str = ""
    relation: HostRelation | None = None
    is_tenant: bool | None = None
    contact: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", readable(self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """An application as it is filled in (ALT-03, -04, -05, -06).

    `signer_name`: of an applicant who fills it in and signs it in one go. `received_on`: of one that came on paper.
    """

    scheme: Scheme
    procedure: Procedure
    municipality_id: int
    applicants: tuple[NewApplicant, ...]
    filled_in_by: FilledInBy
    helper_name: str = ""
    helper_relation: str = ""
    signer_name: str = ""
    language: str = "uk"
    contact: str = ""
    living_there_since: date | None = None
    wanted_from: date | None = None
    street: str = ""
    postal_code: str = ""
    home_kind: HomeKind | None = None
    is_centre_housing: bool | None = None
    host: NewHost = NewHost()
    interest_id: int | None = None
    received_on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "helper_name", readable(self.helper_name))
        object.__setattr__(self, "signer_name", readable(self.signer_name))
