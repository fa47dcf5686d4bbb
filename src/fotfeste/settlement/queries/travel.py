"""What is booked of a journey, what came between, and what an own car is owed: read from what was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from fotfeste.accommodation.public import gone_of
from fotfeste.kernel.calendar import OSLO
from fotfeste.registry.public import Member
from fotfeste.settlement.domain.booking import Content, booking_content, known_to_agent, next_message
from fotfeste.settlement.domain.own_car import PAID_IN, Claimed, Fares, due_ore, owed_ore, to_ask_again, udis_shares
from fotfeste.settlement.domain.types import BookingKind
from fotfeste.settlement.models import BookingMessage, CarClaim, Interruption, Journey, JourneyLeg, SettlementCase
from fotfeste.settlement.queries.car_claims import Figures, claimed
from fotfeste.settlement.queries.composition import who_settle, without
from fotfeste.settlement.queries.living import travel_state
from fotfeste.settlement.queries.refusing import still_refusing
from fotfeste.settlement.queries.story import Story


def fares_of(journey: Journey) -> Fares:
    """Who is in the car and what each would have paid. ValueError where they do not drive."""
    if journey.persons_in_car is None or journey.ticket_price_ore is None:
        raise ValueError("a journey without an own car has no fares")
    return Fares(
        journey.persons_in_car,
        journey.ticket_price_ore,
        journey.children_in_car,
        journey.child_price_ore,
        journey.infants_in_car,
        journey.infant_price_ore,
    )


def clock_of(at: datetime | None) -> time | None:
    """The time on the wall in Norway; None where it is not known."""
    return at.astimezone(OSLO).time() if at else None


@dataclass(frozen=True, slots=True)
class Travel:
    """A case's journey beside what was agreed: messages to the agent, interruptions, money for an own car."""

    case: SettlementCase
    journey: Journey | None  # the newest, also of an offer that was taken back
    legs: tuple[JourneyLeg, ...]
    born_on: tuple[date | None, ...]  # of those who travel
    messages: tuple[BookingMessage, ...]
    interruptions: tuple[Interruption, ...]
    claims: tuple[CarClaim, ...]
    refusing: frozenset[int] = frozenset()  # those of the household who refuse still, and do not travel

    @property
    def state(self) -> str:
        """Where they stand as those who travel."""
        return travel_state(self.case.state, self.journey)

    @property
    def car(self) -> Journey | None:
        """The journey, where they drive themselves; None of one that was cancelled since."""
        journey = self.journey
        return journey if journey is not None and journey.is_own_car and journey.cancelled_on is None else None

    @property
    def size(self) -> int:
        """How many travel: the household but for those who refuse still. Once they have gone the case is of them."""
        return self.case.size - (0 if self.case.state == "settled" else len(self.refusing))

    @property
    def draft(self) -> BookingMessage | None:
        """What is written and not sent."""
        return next((each for each in self.messages if each.state == "drafted"), None)

    @property
    def unanswered(self) -> BookingMessage | None:
        """What is sent and has no answer."""
        return next((each for each in self.messages if each.state == "sent"), None)

    @property
    def living(self) -> BookingMessage | None:
        """The latest that was sent and stands."""
        return next((each for each in reversed(self.messages) if each.state in ("sent", "confirmed")), None)

    @property
    def agent_reference(self) -> str:
        """The agent's own of what it holds: the last that it gave, also when a change of it failed."""
        given = [each.agent_reference for each in self.messages if each.agent_reference]
        return given[-1] if given and self.known is not None else ""

    @property
    def known(self) -> Content | None:
        """What the agent holds."""
        return known_to_agent((each.state, each.kind, each.content) for each in self.messages)

    @property
    def told_needs(self) -> str:
        """What the agent was last told that the journey must allow for."""
        told = [each.content.get("needs", "") for each in self.messages if each.state != "dropped" and each.content]
        return str(told[-1]) if told else ""

    def wanted(self, needs: str | None = None) -> Content | None:
        """What the agent should hold; None where nothing is to be booked, or the day is not agreed."""
        journey = self.journey
        if journey is None or self.state != "journey_agreed":
            return None
        return booking_content(
            journey.travels_on,
            self.born_on,
            [
                (
                    *(leg.mode, leg.start, leg.end, clock_of(leg.departs_at), clock_of(leg.arrives_at)),
                    *(leg.payer, leg.operator),
                )
                for leg in self.legs
            ],
            luggage_pieces=journey.luggage_pieces,
            needs=self.told_needs if needs is None else needs,
        )

    def to_tell(self, needs: str | None = None) -> BookingKind | None:
        """What the agent is to be told next; nothing once they have gone."""
        if self.case.state == "settled":
            return None
        return next_message(self.wanted(needs), self.known)

    @property
    def is_booked_outside(self) -> bool:
        """Whether the centre has written down a booking number, and no message was ever sent."""
        is_told = any(each.state not in ("drafted", "dropped") for each in self.messages)
        return self.journey is not None and bool(self.journey.booking_reference) and not is_told

    @property
    def has_living_draft(self) -> bool:
        """Whether what is written says what the agent is to be told now."""
        draft = self.draft
        if draft is None:
            return False
        needs = str(draft.content.get("needs", ""))
        wanted = self.wanted(needs)
        is_so = draft.kind == BookingKind.CANCELLATION or (wanted is not None and dict(wanted) == draft.content)
        return self.to_tell(needs) == draft.kind and is_so

    @property
    def paid(self) -> tuple[int, ...]:
        """What was paid for an own car, in øre."""
        return tuple(claim.amount_ore for claim in self.claims)

    @property
    def owed_ore(self) -> int:
        """What the household is to have in all for an own car."""
        fares = fares_of(self.car) if self.car is not None else None
        return owed_ore(self.state, fares, self.paid)

    @property
    def due_ore(self) -> int:
        """What is still to be paid for an own car; less than nothing is to be paid back."""
        return due_ore(self.owed_ore, self.paid)

    def share_ore(self, claim: CarClaim) -> int:
        """What of a claim UDI pays the centre; less than nothing is paid to UDI."""
        return udis_shares(self.claimed)[claim.number]

    @property
    def claimed(self) -> list[Claimed]:
        """The claims as UDI is to see them."""
        return claimed(self.claims)

    def to_ask_again_ore(self, claim: CarClaim) -> int:
        """What may be asked of UDI once more of a claim that it denied; nothing where it has been paid back."""
        return to_ask_again(claim.number, self.claimed)

    @property
    def has_wrong_persons(self) -> bool:
        """Whether more are said to be in the car than travel, in a case that leads to the municipality."""
        in_car = self.car.persons_in_car if self.car is not None and self.state in PAID_IN else None
        return (in_car or 0) > self.size

    @property
    def has_others(self) -> bool:
        """Whether some travel who are not in the car that the others drive, before they have gone."""
        in_car = self.car.persons_in_car if self.car is not None else None
        return in_car is not None and self.state == "journey_agreed" and in_car < self.size


def travelling(group_id: int, members: Iterable[Member], day: date, *, has_refused: bool = True) -> list[Member]:
    """The members of a household who travel: those who have not left for good and do not refuse still.

    Nobody refuses where the household is known never to have (`has_refused`): that is not asked then.
    """
    return without(members, gone_of(group_id, day) | (still_refusing(group_id) if has_refused else frozenset()))


def travel_of(case: SettlementCase, day: date) -> Travel:
    """What is booked, what came between and what is paid in a case, and who travels on a day."""
    journey = Journey.objects.filter(case=case).order_by("-pk").first()
    refusing = still_refusing(case.subject_id)
    return Travel(
        case,
        journey,
        tuple(journey.legs.order_by("number")) if journey else (),
        tuple(member.birth_date for member in without(who_settle(case.subject_id, day), refusing)),
        tuple(BookingMessage.objects.filter(case=case).order_by("number")),
        tuple(Interruption.objects.current().filter(case=case).order_by("pk")),
        tuple(CarClaim.objects.filter(case=case).annotate(figures=Figures("case_id")).order_by("number")),
        refusing,
    )


def paid_by_case(group_id: int) -> list[Travel]:
    """What was paid in each case of a household, also in those that are over: the oldest first, without journeys."""
    claims = CarClaim.objects.filter(subject_id=group_id).select_related("case", "organisation")
    claims = claims.annotate(figures=Figures("case_id"))
    of_case = groupby(claims.order_by("case_id", "number"), key=lambda claim: claim.case)
    return [Travel(case, None, (), (), (), (), tuple(found)) for case, found in of_case]


def travel_in(
    case: SettlementCase,
    story: Story,
    born_on: tuple[date | None, ...] = (),
    refusing: frozenset[int] = frozenset(),
) -> Travel:
    """The same from what a page has fetched already; the journey is that of the offer that stands."""
    return Travel(case, story.journey, story.legs, born_on, story.messages, story.interruptions, story.claims, refusing)
