"""Households on their way to a municipality: in the queue, asked for, offered, with a journey agreed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from fotfeste.accommodation.public import (
    DepartureReason,
    register_departure,
)
from fotfeste.kernel.calendar import Week
from fotfeste.platform.scope import scope
from fotfeste.platform.viewer import Viewer
from fotfeste.registry.public import (
    NewGroup,
    NewGuardian,
    NewPerson,
    PlacementGroup,
    Sex,
    members_of,
)
from fotfeste.settlement.actions.booking import send_booking, write_booking
from fotfeste.settlement.actions.car_claim import decide_car_claim, pay_own_car, send_car_claim
from fotfeste.settlement.actions.journey import agree_journey
from fotfeste.settlement.actions.offer import make_offer, register_offer_answer
from fotfeste.settlement.actions.request import accept_request, send_request
from fotfeste.settlement.domain.contents import Pets, Question
from fotfeste.settlement.domain.journey import JourneyPlan, LegPlan, OwnCar
from fotfeste.settlement.domain.types import Capability, TravelMode
from fotfeste.settlement.models import MunicipalityYear, SettlementCase
from fotfeste.worklist.public import Task
from tests.conftest import Cast
from tests.settlement_steps import answered, interviewed

ARRIVED_ON = date(2024, 2, 1)
VERGE = NewGuardian("Verge Vergesen", "99 99 99 99", "verge@example.no")
WEEK = Week(2024, 14)
TRAVELS_ON = date(2024, 4, 2)


def family(is_unaccompanied: bool = False) -> NewGroup:
    """The Kovalenkos: two adults, a child of 13 and one of 6; or a minor of 16 alone."""

    def person(given: str, born: date, **changes: object) -> NewPerson:
        plain = NewPerson(
            given_name=given,
            family_name="Kovalenko",
            birth_date=born,
            sex=Sex.UNKNOWN,
            citizenship="UKR",
            languages=("uk",),
        )
        return replace(plain, **changes)  # type: ignore[arg-type]

    if is_unaccompanied:
        persons: tuple[NewPerson, ...] = (
            person("Maksym", date(2007, 6, 1), is_unaccompanied_minor=True, guardian=VERGE),
        )
    else:
        persons = (
            person("Olena", date(1986, 5, 3)),
            person("Andrij", date(1983, 1, 20)),
            person("Sofia", date(2010, 8, 9)),
            person("Danylo", date(2017, 11, 30)),
        )
    return NewGroup(persons=persons, registered_on=ARRIVED_ON, applied_on=ARRIVED_ON)


def decided(number: str, total: int | None, minors: int | None = None, year: int = 2024) -> None:
    """What a municipality's council decided for a year."""
    MunicipalityYear.objects.update_or_create(
        municipality_id=number,
        year=year,
        defaults={
            "decided": total,
            "decided_minors": minors,
            "requested": total,
            "requested_minors": None,
            "source": "test",
        },
    )


def queued(cast: Cast, *, has_pets: bool = False, is_unaccompanied: bool = False) -> int:
    """A household whose interview is registered: it waits for IMDi. Levanger has room for 20, Verdal for 10."""
    decided("5037", 20, 2)
    decided("5038", 10)
    dog = {Question.PETS: answered(Pets(has_pets=True, description="En hund"))}
    return interviewed(cast, family(is_unaccompanied), answers={"Olena": dog} if has_pets else None)


def requested(cast: Cast, group: int, of: Viewer | None = None) -> int:
    """IMDi has asked Levanger."""
    to = of or cast.municipality
    with scope(cast.imdi, cast.day):
        send_request(group, to.organisation_id, wanted_week=WEEK, by=cast.imdi, at=cast.at)
    return group


def found(cast: Cast, group: int, confirmed: Collection[Capability] = ()) -> int:
    """Levanger has said yes."""
    requested(cast, group)
    with scope(cast.municipality, cast.day):
        accept_request(group, possible_week=WEEK, confirmed=confirmed, by=cast.municipality, at=cast.at)
    return group


def offered(cast: Cast, group: int, confirmed: Collection[Capability] = ()) -> int:
    """IMDi has made the offer."""
    found(cast, group, confirmed)
    with scope(cast.imdi, cast.day):
        make_offer(group, week=WEEK, by=cast.imdi, at=cast.at)
    return group


def accepted(cast: Cast, group: int, confirmed: Collection[Capability] = ()) -> int:
    """The household has said yes."""
    offered(cast, group, confirmed)
    with scope(cast.centre, cast.day):
        register_offer_answer(
            group,
            accepts=True,
            answered_on=cast.day,
            answered_by_names="Olena og Andrij",
            answer_language="uk",
            consequences_shown=True,
            by=cast.centre,
            at=cast.at,
        )
    return group


def refused(cast: Cast, group: int) -> int:
    """The household has said no, knowing what it costs."""
    offered(cast, group)
    with scope(cast.centre, cast.day):
        register_offer_answer(
            group,
            accepts=False,
            answered_on=cast.day,
            answered_by_names="Olena og Andrij",
            answer_language="uk",
            consequences_shown=True,
            by=cast.centre,
            at=cast.at,
        )
    return group


def plan(**changes: object) -> JourneyPlan:
    """By train to Levanger, where the municipality waits with a minibus."""
    plain = JourneyPlan(
        travels_on=TRAVELS_ON,
        agreed_with="Anne Moe",
        agreed_on=date(2024, 3, 14),
        hub="Levanger stasjon",
        legs=(
            LegPlan(TravelMode.TRAIN, "Voss", "Levanger stasjon", 120_000),
            LegPlan(TravelMode.MINIBUS, "Levanger stasjon", "Levanger"),
        ),
        minutes=840,
        has_food=True,
        luggage_pieces=2,
        receiver="Anne Moe, 74 00 00 00",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def with_journey(cast: Cast, group: int) -> int:
    """The journey is agreed."""
    accepted(cast, group)
    with scope(cast.centre, cast.day):
        agree_journey(group, plan(), by=cast.centre, at=cast.at)
    return group


def booked(cast: Cast, group: int) -> int:
    """The journey is agreed, and the travel agent has been written to."""
    with_journey(cast, group)
    with scope(cast.centre, cast.day):
        write_booking(group, needs="Plass til rullestol", by=cast.centre, at=cast.at)
    return group


def sent(cast: Cast, group: int) -> int:
    """... and the message is sent."""
    booked(cast, group)
    with scope(cast.centre, cast.day):
        send_booking(group, channel="email", sent_to="Berg", sent_on=cast.day, by=cast.centre, at=cast.at)
    return group


def driving(**changes: object) -> JourneyPlan:
    """They drive themselves, two adults and two children."""
    car = OwnCar(4, 129_900, date(2024, 3, 14), TRAVELS_ON)
    return plan(hub="", legs=(LegPlan(TravelMode.OWN_CAR, "Voss", "Levanger"),), own_car=car, **changes)


def with_car(cast: Cast, group: int) -> int:
    """The journey is agreed in their own car."""
    accepted(cast, group)
    with scope(cast.centre, cast.day):
        agree_journey(group, driving(), by=cast.centre, at=cast.at)
    return group


def paid(cast: Cast, group: int) -> int:
    """... and the centre has paid."""
    with_car(cast, group)
    with scope(cast.centre, cast.day):
        pay_own_car(group, paid_on=cast.day, by=cast.centre, at=cast.at)
    return group


def claimed(cast: Cast, group: int) -> int:
    """... and asks UDI."""
    paid(cast, group)
    with scope(cast.centre, cast.day):
        send_car_claim(group, by=cast.centre, at=cast.at)
    return group


def approved(cast: Cast, group: int) -> int:
    """... who says yes."""
    claimed(cast, group)
    with scope(cast.udi, cast.day):
        decide_car_claim(group, approves=True, by=cast.udi, at=cast.at)
    return group


def denied(cast: Cast, group: int) -> int:
    """... or no."""
    claimed(cast, group)
    with scope(cast.udi, cast.day):
        decide_car_claim(group, approves=False, text="Ingen egenerklæring.", by=cast.udi, at=cast.at)
    return group


def depart(
    cast: Cast,
    group: int,
    reason: DepartureReason = DepartureReason.AGREED_SETTLEMENT,
    *,
    most: int = 99,
    persons: list[int] | None = None,
    on: date | None = None,
) -> None:
    """They leave the centre today (or only the first `most` of them, or those named)."""
    with scope(cast.centre, cast.day):
        people = persons or [member.subject_id for member in members_of(group, cast.day)][:most]
        register_departure(
            group,
            people,
            on or cast.day,
            reason,
            street="Kirkegata 1",
            postal_code="7600",
            place="Levanger",
            county="Trøndelag",
            is_meant=True,  # today, whatever day was agreed
            by=cast.centre,
            at=cast.at,
        )


def gone(cast: Cast, group: int, persons: list[int] | None = None) -> None:
    """They (or those named) are gone today, and nobody knows where."""
    with scope(cast.centre, cast.day):
        people = persons or [member.subject_id for member in members_of(group, cast.day)]
        register_departure(group, people, cast.day, DepartureReason.NO_ADDRESS, by=cast.centre, at=cast.at)


def state_of(cast: Cast, group: int) -> str:
    """The state of the household's newest case, as IMDi sees it."""
    with scope(cast.imdi, cast.day):
        return SettlementCase.objects.filter(subject_id=group).latest("pk").state


def open_kinds(cast: Cast, group: int, viewer: Viewer | None = None) -> set[tuple[str, int]]:
    """The open tasks about a household but beds: kind and whose, as the viewer (UDI, who sees all) sees them."""
    with scope(viewer or cast.udi, cast.day):
        return set(
            Task.objects.filter(subject_id=group, closed_at__isnull=True)
            .exclude(kind="assign_beds")
            .values_list("kind", "organisation_id")
        )


def when_refused(cast: Cast) -> set[tuple[str, int]]:
    """The tasks that a no gives: IMDi asks the municipality to hold, the centre talks with them, UDI writes."""
    return {
        ("follow_refusal", cast.imdi.organisation_id),
        ("refusal_talk", cast.centre.organisation_id),
        ("refusal_first_letter", cast.udi.organisation_id),
    }


def version_of(group: int) -> int:
    """The household's version, as a form would have it."""
    return PlacementGroup.objects.get(subject_id=group).version
