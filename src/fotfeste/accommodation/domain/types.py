"""Kinds of centres, stays, departures and absence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fotfeste.directory.domain.types import OrganisationKind


class CentreType(StrEnum):
    """ACC-01."""

    ARRIVAL = "arrival"  # ankomstsenter
    TRANSIT = "transit"
    ORDINARY = "ordinary"
    EMERGENCY = "emergency"  # akuttinnkvartering
    INTEGRATION = "integration"  # integreringsmottak
    UNACCOMPANIED_MINORS = "unaccompanied_minors"  # mottak for enslige mindreårige


class OperatorKind(StrEnum):
    """Who runs a centre (driftsoperatør)."""

    MUNICIPAL = "municipal"
    NON_PROFIT = "non_profit"
    PRIVATE = "private"


# Which kind of organisation an operator of a kind is.
OPERATED_BY: Mapping[OperatorKind, OrganisationKind] = {
    OperatorKind.MUNICIPAL: OrganisationKind.MUNICIPALITY,
    OperatorKind.NON_PROFIT: OrganisationKind.OPERATOR,
    OperatorKind.PRIVATE: OrganisationKind.OPERATOR,
}


class StayKind(StrEnum):
    """Where a person stays; AMOT and MAMOT share the table with centres (ACC-03)."""

    CENTRE = "centre"
    AMOT = "amot"
    MAMOT = "mamot"


class DepartureReason(StrEnum):
    """Why a stay ends (ACC-04). The first four are the sources' own words; the rest are ours."""

    AGREED_SETTLEMENT = "agreed_settlement"  # Avtalt bosetting
    PRIVATE_ADDRESS = "private_address"  # Forlatt botilbud, oppgitt privat adresse ved avreise
    NO_ADDRESS = "no_address"  # Forlatt botilbud, ikke oppgitt privat adresse ved avreise
    LEFT_COUNTRY = "left_country"  # Oppgitt reist ut av landet
    MOVED_CENTRE = "moved_centre"  # flyttet til annet mottak
    REFUSED_AND_MOVED = "refused_and_moved"
    EVICTED = "evicted"
    DECEASED = "deceased"
    # Of those who live privately (ALT-08).
    OFFER_DECLINED = "offer_declined"  # takket nei til bosetting
    MOVED_WITHOUT_AGREEMENT = "moved_away"  # flyttet til annen kommune uten avtale
    AGREED_ELSEWHERE = "agreed_elsewhere"  # ny avtale i annen kommune
    CONDITIONS_FAILED = "conditions_failed"  # vilkårene er ikke lenger oppfylt
    MUNICIPALITY_WITHDREW = "withdrawn_from"  # kommunen trakk seg
    SCHEME_ENDED = "scheme_ended"  # UDI avsluttet ordningen


class AbsenceKind(StrEnum):
    """ACC-05."""

    LEAVE = "leave"  # innvilget permisjon
    AWAY = "away"  # away without leave


class LeaveWithdrawal(StrEnum):
    """Why granted leave that has not begun is taken back (ACC-05)."""

    NOT_GOING = "not_going"
    NO_LONGER_GRANTED = "no_longer_granted"
    REGISTERED_BY_MISTAKE = "registered_by_mistake"


class ReturnMoved(StrEnum):
    """Why an agreed return from leave is moved to another day (ACC-10). None tells of anybody's health."""

    ASKED = "asked"  # they asked for it
    HINDERED = "hindered"  # they cannot come on the day that was agreed
    NEEDED_HERE = "needed_here"  # somebody has to meet them on another day
    WRONG_DAY = "wrong_day"  # another day was agreed than the one that was written down


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOperation:
    """A centre as it goes into operation (ACC-01): what it is, who runs it, how many places, who says so.

    `operated_by_id` is the operator's organisation, where it is known.
    """

    type: CentreType
    operator: OperatorKind
    places: int
    places_maximum: int
    source: str
    is_decentralised: bool = False
    operated_by_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoom:
    """A room or housing unit to be added, with its number of beds."""

    name: str
    beds: int
    building: str = ""
    is_adapted: bool = False
