"""The centre writes to the travel agent, sends it outside, and registers the answer (TRV-01, GUIDE 1.8)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q

from fotfeste.kernel.calendar import legal_day
from fotfeste.kernel.errors import Refused
from fotfeste.platform.acts import act, require
from fotfeste.platform.viewer import Viewer
from fotfeste.settlement.actions.travel_case import lock_travel, tell_of_travel
from fotfeste.settlement.booking_text import booking_text
from fotfeste.settlement.domain.booking import check_prices, next_message
from fotfeste.settlement.domain.states_travel import BOOKING
from fotfeste.settlement.domain.types import BookingChannel, BookingKind
from fotfeste.settlement.models import BookingMessage, Journey, JourneyLeg
from fotfeste.settlement.queries.travel import Travel
from fotfeste.settlement.task_kinds_offers import CANCEL_JOURNEY
from fotfeste.worklist.public import close_tasks


@act
def write_booking(
    group_id: int, *, needs: str = "", by: Viewer, at: datetime, version: int | None = None
) -> BookingMessage:
    """Write what the agent is to be told next: a booking, a change or a cancellation, from the journey as it is now.

    `needs` is what the journey must allow for, in words that the agent reads. A draft that is there already is dropped.
    Raises Refused `agent_knows_already` (nothing is told twice), `not_their_centre`; Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.arrange_journey")
    travel = lock_travel(group_id, by=by, version=version, day=legal_day(at))
    today = legal_day(at)
    kind = travel.to_tell(needs)
    if kind is None or travel.journey is None:
        raise Refused("agent_knows_already")
    if travel.draft is not None:
        _step(travel.draft, "drop_booking")
    wanted = travel.wanted(needs) if kind is not BookingKind.CANCELLATION else None
    content = dict(wanted or travel.known or {})
    written = BookingMessage.objects.create(
        subject_id=group_id,
        case=travel.case,
        journey=travel.journey,
        number=len(travel.messages) + 1,
        kind=kind,
        content=content,
        text=booking_text(kind, content, travel.agent_reference),
        written_on=today,
        written_by_id=by.user_id,
    )
    tell_of_travel("settlement.booking_written", travel.case, "booking_message", written.pk, by=by, at=at, on=today)
    return written


@act
def send_booking(
    group_id: int,
    *,
    channel: BookingChannel | str,
    sent_to: str,
    sent_on: date,
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> BookingMessage:
    """Register that the draft was sent, outside: by e-mail or telephone. From now on it stays as it is, and the message
    before it is changed or cancelled by it.

    Raises Refused (`no_booking_draft`, `booking_is_out_of_date` where the journey was changed since it was written,
    `sent_in_the_future`, `sent_to_missing`), Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.arrange_journey")
    travel = lock_travel(group_id, by=by, version=version, day=legal_day(at))
    draft = _draft_to_send(travel)
    if not draft.written_on <= sent_on <= legal_day(at):
        raise Refused("sent_in_the_future", "sent_on", {"day": draft.written_on})
    if not sent_to.strip():
        raise Refused("sent_to_missing", "sent_to")
    if travel.living is not None:
        _step(travel.living, "cancel_booking" if draft.kind == BookingKind.CANCELLATION else "change_booking")
    draft.channel, draft.sent_to = BookingChannel(channel), sent_to.strip()
    draft.sent_on, draft.sent_by_id = sent_on, by.user_id
    _step(draft, "send_booking", "channel", "sent_to", "sent_on", "sent_by")
    tell_of_travel("settlement.booking_sent", travel.case, "booking_message", draft.pk, by=by, at=at, on=sent_on)
    if draft.kind != BookingKind.BOOKING:  # the agent knows who does not travel
        close_tasks([CANCEL_JOURNEY], subject_id=group_id, by=by, at=at, organisation_id=by.organisation_id)
    return draft


def cancelled_outside(group_id: int) -> None:
    """The agent was told without a message that nobody travels: what was sent is cancelled, a draft is dropped.

    Part of an act that tells of it, under the household's lock. While they are to travel all the same it is a change,
    which has its message.
    """
    own = Journey.objects.filter(
        subject_id=group_id, case__state="municipality_found", cancelled_on=None, postponed_on=None
    )
    travelling = Q(case__state="journey_agreed") | Q(case__in=own.filter(request__isnull=False).values("case"))
    messages = BookingMessage.objects.filter(subject_id=group_id).exclude(travelling)
    for message in messages.filter(state__in=("drafted", "sent", "confirmed")).order_by("pk"):
        _step(message, "drop_booking" if message.state == BOOKING.initial else "cancel_booking")


def _draft_to_send(travel: Travel) -> BookingMessage:
    """The draft, if it says what is so now."""
    if travel.draft is None:
        raise Refused("no_booking_draft")
    if not travel.has_living_draft:
        raise Refused("booking_is_out_of_date")
    return travel.draft


@act
def drop_booking(group_id: int, *, by: Viewer, at: datetime, version: int | None = None) -> None:
    """Drop a draft that is not to be sent. Raises Refused `no_booking_draft`; Stale, NotFound, NotAllowed."""
    require(by, "settlement.arrange_journey")
    travel = lock_travel(group_id, by=by, version=version, day=legal_day(at))
    draft, on = travel.draft, legal_day(at)
    if draft is None:
        raise Refused("no_booking_draft")
    _step(draft, "drop_booking")
    tell_of_travel("settlement.booking_dropped", travel.case, "booking_message", draft.pk, by=by, at=at, on=on)


@act
def answer_booking(
    group_id: int,
    *,
    is_confirmed: bool,
    agent_reference: str = "",
    prices_ore: Sequence[int | None] = (),
    text: str = "",
    by: Viewer,
    at: datetime,
    version: int | None = None,
) -> BookingMessage:
    """Register the agent's answer: confirmed, with its reference and the price of each leg, or failed, with what it
    said. Prices are in øre and become those of the journey's legs.

    Raises Refused (`no_booking_sent`, `agent_reference_missing`, `booking_failure_needs_words`, `price_of_no_leg`,
    `price_not_negative`), Stale, NotFound, NotAllowed.
    """
    require(by, "settlement.arrange_journey")
    travel = lock_travel(group_id, by=by, version=version, day=legal_day(at))
    sent = travel.unanswered
    if sent is None:
        raise Refused("no_booking_sent")
    is_cancellation = sent.kind == BookingKind.CANCELLATION
    if is_confirmed and not is_cancellation and not agent_reference.strip():
        raise Refused("agent_reference_missing", "agent_reference")
    if not is_confirmed and not text.strip():
        raise Refused("booking_failure_needs_words", "text")
    legs = 0 if is_cancellation else len(sent.content["legs"])
    check_prices(prices_ore, legs)
    today = legal_day(at)
    sent.answered_on, sent.answered_by_id = today, by.user_id
    sent.agent_reference, sent.answer_text = agent_reference.strip(), text.strip()
    sent.prices = list(prices_ore) if is_confirmed else []
    _step(
        sent,
        "confirm_booking" if is_confirmed else "fail_booking",
        *("answered_on", "answered_by", "agent_reference", "answer_text", "prices"),
    )
    if is_confirmed:
        _write_prices(travel, sent)
    what = "settlement.booking_confirmed" if is_confirmed else "settlement.booking_failed"
    tell_of_travel(what, travel.case, "booking_message", sent.pk, by=by, at=at, on=today)
    return sent


def _write_prices(travel: Travel, sent: BookingMessage) -> None:
    """The journey has the agent's reference, and its prices where it is as the agent was asked for it."""
    journey = travel.journey
    if journey is None or sent.journey_id != journey.pk or sent.kind == BookingKind.CANCELLATION:
        return
    journey.booking_reference = sent.agent_reference
    journey.save(update_fields=["booking_reference"])
    wanted = travel.wanted(str(sent.content["needs"]))
    if wanted is None or next_message(wanted, sent.content) is not None:
        return
    # What is booked are the legs up to the hub: the first ones.
    for number, price in enumerate(sent.prices, start=1):
        if price is not None:
            JourneyLeg.objects.filter(journey=journey, number=number).update(price_ore=price)


def _step(message: BookingMessage, name: str, *fields: str) -> None:
    message.state = BOOKING.step(message.state, name).target
    message.save(update_fields=["state", *fields])
