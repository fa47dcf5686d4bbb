"""Writes down the last part of a case: the journey, and how it ends. See `case` and `offering`."""

from datetime import date, timedelta
from functools import partial

from fotfeste.demo.domain.case import OF_THE_CENTRE
from fotfeste.demo.domain.case_records import ApprovalRecord, JourneyRecord, LegRecord
from fotfeste.demo.domain.choosing import Choice
from fotfeste.demo.domain.chronicle import Chronicle, Step
from fotfeste.demo.domain.course import Way
from fotfeste.demo.domain.diary import By
from fotfeste.demo.domain.offering import OfferChronicle
from fotfeste.demo.domain.rules import Due
from fotfeste.demo.domain.travelling import find_route, green_card

# Why IMDi is asked to look at who has left on their own, by the reason of the departure.
OWN_WAYS = {
    "private_address": "moved_privately",
    "left_country": "left_country",
    "no_address": "gone_without_address",
}
OF_SETTLEMENT = (
    *OF_THE_CENTRE,
    "find_municipality",
    "answer_request",
    "follow_request",
    "make_offer",
    "approve_travel",
    "prepare_arrival",
)

_UNBOOKED = 4  # one journey of so many is not booked yet


class SettlementChronicle(OfferChronicle):
    """The records of a case from the agreed journey to its end."""

    def __init__(self, chronicle: Chronicle, way: Way, choice: Choice) -> None:
        super().__init__(chronicle, way, choice)
        self.journey: JourneyRecord | None = None

    # The journey

    def agree_journey(self, on: date) -> None:
        """The centre and the municipality's contact person agree the journey."""
        offer, municipality, c = self.offer, self.municipality, self.c
        if offer is None or municipality is None:
            return
        chance = self.rng.random()
        own_car, taxi = c.world.assumed.number("share_own_car"), c.world.assumed.number("share_taxi")
        way = "own_car" if chance < own_car else ("taxi" if chance < own_car + taxi else "public")
        approval = self._ask_udi(on, offer.id) if way == "taxi" else None
        by = self.diary.act(self.centre(), on)
        stay = next(stay for stay in reversed(c.household.stays) if stay.from_on <= on)
        start = stay.house.centre
        route = find_route(self.rng, c.world, start.place, start.seat.name, municipality, way)
        travels_on, size = self.way.travels_on, len(c.persons)
        key = c.keys.next("journey")
        is_booked = not route.is_own_car and key % _UNBOOKED != 0
        self.journey = JourneyRecord(
            id=key,
            subject_id=c.group_id,
            case_id=offer.case_id,
            offer_id=offer.id,
            travels_on=travels_on,
            agreed_with=municipality.contact,
            agreed_on=on,
            hub=route.hub,
            receiver="" if route.is_own_car else municipality.contact,
            minutes=route.minutes,
            has_food=route.minutes >= self.rules.food_from_minutes(travels_on),
            luggage_pieces=self.rules.luggage_pieces(travels_on),
            is_own_car=route.is_own_car,
            persons_in_car=size if route.is_own_car else None,
            ticket_price_ore=route.ticket_price_ore if route.is_own_car else None,
            self_declaration_signed_on=on if route.is_own_car else None,
            green_card_valid_until=green_card(travels_on) if route.is_own_car else None,
            approval_id=approval,
            arrived_on=None,
            booking_reference=f"BH-{10_000 + key}" if is_booked else "",
        )
        for number, leg in enumerate(route.legs, start=1):
            c.batch[LegRecord].append(LegRecord(c.group_id, self.journey.id, number, *leg))
        self.advance("agree_journey", "journey_agreed", on, by, offer.organisation_id)
        self.diary.close_tasks(["arrange_journey"], by)
        due = Due(travels_on, "settlement.travel_day")
        for kind, organisation_id in (
            ("register_departure", self.centre().organisation_id),
            ("prepare_arrival", offer.organisation_id),
        ):
            self.ask(kind, organisation_id, "agree_journey", on, due, by, offer.case_id)
        if not is_booked and not route.is_own_car:
            book_by = self.rules.book_journey(travels_on, on)
            self.ask("book_journey", self.centre().organisation_id, "agree_journey", on, book_by, by, offer.case_id)

    def _ask_udi(self, on: date, offer_id: int) -> int:
        """The centre asks for something else than public transport, and UDI approves it in writing."""
        c, case = self.c, self.of()
        asked = self.diary.act(self.centre(), on)
        key = c.keys.next("approval")
        self._tell_of_approval("asked", key, on, asked)
        due = self.rules.approve_travel(on)
        self.ask("approve_travel", c.world.udi.organisation_id, "travel_approval_asked", on, due, asked, key)
        by = self.diary.act(c.world.udi, on)
        c.batch[ApprovalRecord].append(
            ApprovalRecord(
                key,
                c.group_id,
                case.id,
                offer_id,
                "En i husstanden tåler ikke en lang reise med buss.",
                on,
                asked.user_id,
                "approved",
                on,
                by.user_id,
                f"{on.year}/{key:05}",
                ("taxi",),
            )
        )
        self._tell_of_approval("answered", key, on, by)
        self.diary.close_tasks(["approve_travel"], by)
        return key

    def _tell_of_approval(self, what: str, key: int, on: date, by: By) -> None:
        self.diary.tell(
            f"settlement.travel_approval_{what}", by, object_kind="travel_approval", object_id=key, holds_on=on
        )

    # The end

    def settle(self, on: date) -> None:
        """They travel: settled in the instant of the departure."""
        offer, request, c = self.offer, self.request, self.c
        if offer is None or request is None:
            return
        by = c.depart(on, "agreed_settlement", self.municipality)
        self.advance("register_departure", "settled", on, by, offer.organisation_id)
        self.request = request._replace(state="fulfilled")
        settled = [subject for subject in c.persons if subject in c.permitted]
        c.register_status(settled, "settled", on, by)
        self.diary.close_tasks(["register_departure", "prepare_arrival"], by)
        self.diary.close_tasks(["book_journey"], by, "void")
        self.diary.close_all_tasks(by)
        self.diary.open_needs(c.subjects, offer.organisation_id, "settled_here", on, by)
        self.diary.end_needs("offered_here", on, by, offer.organisation_id)
        due = Due(on, "settlement.travel_day")
        self.ask("receive_household", offer.organisation_id, "register_departure", on, due, by, offer.case_id)
        self.diary.end_needs("settlement_case", self.rules.imdi_until(on), by)

    def confirm_arrival(self, on: date) -> None:
        """The municipality has received them."""
        if self.journey is None or self.municipality is None or self.of().state != "settled":
            return
        by = self.diary.act(self.municipality.seat, on)
        self.journey = self.journey._replace(arrived_on=self.of().state_since_on)
        self.diary.tell(
            "settlement.arrived",
            by,
            object_kind="journey",
            object_id=self.journey.id,
            holds_on=self.journey.arrived_on,
            other=by.organisation_id,
        )
        self.diary.close_tasks(["receive_household"], by)

    def end(self, on: date, reason: str) -> None:
        """They leave for another reason: an open case closes, whatever was under way is withdrawn."""
        by = self.c.depart(on, reason)
        if self.case is None:
            return
        is_told = reason == "private_address" or self.is_open
        if is_told and reason in OWN_WAYS and self.interview is not None and self.interview.held_on is not None:
            imdi = self.c.world.imdi.organisation_id
            self.ask("see_private_move", imdi, OWN_WAYS[reason], on, Due(on, ""), by, self.case.id)
        if not self.is_open:
            self.diary.end_needs("offered_here", on, by)
            self.refused.end(on, by)
        else:
            if self.offer is not None:
                self.offer = self.offer._replace(
                    state="withdrawn",
                    withdrawn_on=on,
                    withdrawn_by_id=by.user_id,
                    withdrawal_reason="case_closed",
                )
            request = self.request
            if request is not None:
                self.request = request._replace(state="withdrawn")
            self.advance("close_case", "closed", on, by, self.c.world.imdi.organisation_id)
            self.diary.close_tasks(OF_SETTLEMENT, by, outcome="void")
            if request is not None:
                self._municipality_leaves(on, by, request.organisation_id)
        self.diary.end_needs("settlement_case", self.rules.imdi_until(on), by)

    def see_private_move(self, on: date) -> None:
        """IMDi says that it has seen who left on their own after the interview."""
        by = self.diary.act(self.c.world.imdi, on)
        if self.diary.close_tasks(["see_private_move"], by):
            self.diary.tell(
                "settlement.private_move_seen",
                by,
                object_kind="placement_group",
                object_id=self.c.group_id,
                holds_on=on,
            )

    def steps(self) -> list[Step]:
        """The days of the case, each with what writes it down, up to the agreed journey."""
        way, permit_on = self.way, self.c.household.course.permit_on
        found: list[Step] = []
        if permit_on is not None:
            found.append((permit_on, 10, partial(self.permit, permit_on)))
        late = self.c.household.course.late
        if late is not None:
            found.append((late[1], 11, partial(self.permit_late, late[1])))
        found += [
            (way.informed_on, 12, partial(self.inform, way.informed_on)),
            (way.invited_on, 13, partial(self.invite, way.invited_on)),
            (way.held_on, 14, partial(self.hold_interview, way.held_on)),
        ]
        for number, ask in enumerate(way.asks):
            found.append((ask.sent_on, 15 + 2 * number, partial(self.send_request, ask)))
            found.append((ask.answered_on, 16 + 2 * number, partial(self.answer_request, ask)))
        found.append((way.offered_on, 30, partial(self.make_offer, way.offered_on)))
        found.append((way.answered_on, 31, partial(self.answer_offer, way.answered_on)))
        if way.is_accepted:
            found.append((way.agreed_on, 32, partial(self.agree_journey, way.agreed_on)))
        else:
            found += self.refused.steps(way.answered_on, self.c.household.course.leaves_on)
        return found

    def finish(self) -> None:
        """Write down the case as it stands."""
        batch = self.c.batch
        for record in (self.case, self.interview, self.request, self.offer, self.journey, self.refused.refusal):
            if record is not None:
                batch[type(record)].append(record)


def move_seen_on(chronicle: Chronicle, moved_on: date) -> date:
    """When IMDi has seen a private move: most at once, some after days."""
    return moved_on + timedelta(days=chronicle.rng.choice((0, 0, 0, 1, 1, 2, 5, 9)))


def arrival_confirmed_on(chronicle: Chronicle, travelled_on: date) -> date:
    """When the municipality confirms that they have come: most at once, some late."""
    return travelled_on + timedelta(days=chronicle.rng.choice((0, 0, 0, 1, 1, 2, 5, 12)))
