"""Departure (utregistrering): the order of days, the same-day rule, which reason asks for an address, what follows.

Source: GUIDE 1.9 and 2.4; ACC-04.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.accommodation.domain.book import book
from fotfeste.accommodation.domain.types import DepartureReason
from fotfeste.kernel.decisions import Decision, Reason
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.periods import Period
from fotfeste.registry.domain.types import StatusKind

ASKS_FOR_ADDRESS = frozenset({DepartureReason.AGREED_SETTLEMENT, DepartureReason.PRIVATE_ADDRESS})
TAKES_NO_ADDRESS = frozenset({DepartureReason.NO_ADDRESS, DepartureReason.DECEASED})
_OF_PRIVATE_STAYS = frozenset(
    {
        DepartureReason.OFFER_DECLINED,
        DepartureReason.MOVED_WITHOUT_AGREEMENT,
        DepartureReason.AGREED_ELSEWHERE,
        DepartureReason.CONDITIONS_FAILED,
        DepartureReason.MUNICIPALITY_WITHDREW,
        DepartureReason.SCHEME_ENDED,
    }
)
REGISTERED_BY_CENTRE = tuple(
    reason
    for reason in DepartureReason
    if reason is not DepartureReason.MOVED_CENTRE and reason not in _OF_PRIVATE_STAYS
)


def reasons_to_choose(*, has_refused: bool) -> tuple[DepartureReason, ...]:
    """Those that a centre can register: that they said no, or are evicted, only of a household that has said no.

    Source: GUIDE Vedlegg 6.
    """
    never = set() if has_refused else {DepartureReason.REFUSED_AND_MOVED, DepartureReason.EVICTED}
    return tuple(reason for reason in REGISTERED_BY_CENTRE if reason not in never)


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody moved to; empty texts where it is not known."""

    street: str = ""
    postal_code: str = ""
    place: str = ""
    county: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing of it is known."""
        return not (self.street or self.postal_code or self.place or self.county)


@dataclass(frozen=True, slots=True)
class PostalPlace:
    """What the postal register says of a postal code; no county for Svalbard and Jan Mayen."""

    code: str
    place: str
    county: str
    municipality: str = ""  # its official number


@dataclass(frozen=True, slots=True)
class Agreed:
    """A settlement as it is agreed: on which day they travel, to which municipality (official number and name)."""

    travels_on: date
    municipality: str
    name: str


def check_departure_day(stay: Period, on: date, today: date) -> None:
    """Refuse a departure that has not happened, and one before the arrival. The day of arrival itself is legal.

    Raises Refused `departure_in_future`, `departure_before_arrival` (field `on`).
    """
    if on > today:
        raise Refused("departure_in_future", "on", {"day": on})
    if on < stay.start:
        raise Refused("departure_before_arrival", "on", {"day": on, "arrival": stay.start})


def registered_same_day(on: date, registered_on: date) -> Decision:
    """Whether a departure was registered in time: the same day is the rule, later is late but let through.

    Source: GUIDE 2.4. Raises NoRule where there is no deadline for the day.
    """
    limit = book().get("departure_registration_days", on)
    days_late = (registered_on - on).days - limit.integer
    inputs = {"on": on, "registered_on": registered_on, "days": limit.integer}
    if days_late > 0:
        return Decision.no(limit.rule_ref(), Reason("departure_registered_late", {"days": days_late}), inputs=inputs)
    return Decision.yes(limit.rule_ref(), Reason("departure_registered_in_time"), inputs=inputs)


def completed_address(
    reason: DepartureReason, address: Address, register: PostalPlace | None, *, may_be_unknown: bool = False
) -> Address:
    """The address with place and county filled in from the postal register, or a refusal that says what is wrong.

    `register` is what the register says of `address.postal_code`; None where it does not know the code.
    `may_be_unknown`: a private move after the settlement interview, whose address is registered where it is known.
    Raises Refused `address_needed`, `address_not_expected`, `postal_code_unknown`, `place_does_not_match`,
    `county_does_not_match`. Source: GUIDE 1.9, 2.4.
    """
    if reason in TAKES_NO_ADDRESS and not address.is_empty:
        raise Refused("address_not_expected", "reason")
    if may_be_unknown and reason is DepartureReason.PRIVATE_ADDRESS and address.is_empty:
        return address
    if reason in ASKS_FOR_ADDRESS and not (address.street and address.postal_code):
        raise Refused("address_needed", "postal_code" if address.street else "street")
    if not address.postal_code:
        return address
    if register is None:
        raise Refused("postal_code_unknown", "postal_code", {"code": address.postal_code})
    known = {"code": register.code, "place": register.place, "county": register.county}
    if address.place and address.place.casefold() != register.place.casefold():
        raise Refused("place_does_not_match", "place", known)
    if address.county and register.county and address.county.casefold() != register.county.casefold():
        raise Refused("county_does_not_match", "county", known)
    return Address(address.street, address.postal_code, register.place, register.county or address.county)


def check_as_agreed(on: date, register: PostalPlace | None, agreed: Agreed) -> None:
    """Refuse to settle them otherwise than it is agreed, unless somebody says that it is meant: before the day of the
    journey, or to an address in another municipality. Raises Refused `departure_before_journey`, `address_elsewhere`
    (field `is_meant`). Source: GUIDE 1.8 (day and place are agreed with the municipality), 2.4.
    """
    if on < agreed.travels_on:
        raise Refused("departure_before_journey", "is_meant", {"day": agreed.travels_on})
    if register is not None and register.municipality != agreed.municipality:
        known = {"code": register.code, "place": register.place, "municipality": agreed.name}
        raise Refused("address_elsewhere", "is_meant", known)


def lived_here_until(departed_on: date, registered_on: date) -> date:
    """The first day on which a centre no longer sees those who left: counted from the later of the two days.

    A departure that is registered late is still to be followed up by those who register it.
    """
    return max(departed_on, registered_on) + timedelta(days=book().get("lived_here_days", departed_on).integer)


def is_settled(last_departure: str, status: StatusKind | None) -> bool:
    """Whether somebody has moved to a municipality: their last stay ended so, or their latest status says so.

    Members without a permit settle with the others and have no status of it.
    """
    return last_departure == DepartureReason.AGREED_SETTLEMENT or status is StatusKind.SETTLED


def registered_here_until(placed_on: date, registered_on: date) -> date:
    """The first day on which whoever registered a household no longer sees it: counted from the later of the days.

    `registered_on` is the day on which the placement was registered.
    """
    return max(placed_on, registered_on) + timedelta(days=book().get("registered_here_days", placed_on).integer)


def consequences_of(
    reason: DepartureReason, *, is_whole_group: bool, has_minor_alone: bool = False
) -> tuple[Reason, ...]:
    """What will follow from a departure, to be shown before it is saved. `has_minor_alone`: an unaccompanied minor may
    be among those who leave; whom to tell of one who is gone is ours, the sources are silent.
    """
    found = [Reason("bed_becomes_free"), Reason("benefit_ends")]
    if is_whole_group:
        found.append(Reason("centre_sees_them_for", {"days": book().history("lived_here_days")[-1].integer}))
    if reason is DepartureReason.AGREED_SETTLEMENT:
        found += [Reason("settled_from_that_day"), Reason("municipality_takes_over")]
    else:
        found.append(Reason("no_grant_moves"))
        if is_whole_group:
            found.append(Reason("settlement_case_closes"))
    if reason in (DepartureReason.NO_ADDRESS, DepartureReason.LEFT_COUNTRY):
        found.append(Reason("imdi_is_told_when_all_leave"))
    if reason is DepartureReason.NO_ADDRESS and has_minor_alone:
        found.append(Reason("report_missing_minor"))
    if reason is DepartureReason.NO_ADDRESS:
        found.append(Reason("address_may_come_later"))
    if reason is DepartureReason.PRIVATE_ADDRESS:
        found += [Reason("imdi_is_told"), Reason("remind_of_population_register"), Reason("reminder_is_written")]
    return tuple(found)
