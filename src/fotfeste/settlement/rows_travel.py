"""Bookings, interruptions and money for an own car as lines of words, and whose move it is."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.settlement.domain.booking import BookingTask
from fotfeste.settlement.domain.types import BookingKind
from fotfeste.settlement.models import BookingMessage, Interruption
from fotfeste.settlement.queries.refusing import still_refusing
from fotfeste.settlement.queries.story import Story
from fotfeste.settlement.queries.travel import Travel, travel_in, travelling
from fotfeste.settlement.rows_car import car_standing, claim_rows, due_before, together
from fotfeste.settlement.sentences_travel import (
    BOOKING_KINDS,
    BOOKING_STATES,
    BOOKING_TONES,
    CHANNELS,
    INTERRUPTIONS,
)
from fotfeste.settlement.standing_travel import Standing, is_theirs, links

_REFUSES = ("settlement.decline_offer", "settlement.register_not_moved")


def travel_on_page(story: Story, context: HouseholdContext) -> Travel | None:
    """The journey's travel from what the page has fetched; who travels is asked where something is to be booked."""
    if story.case is None or (story.journey is None and not (story.messages or story.claims)):
        return None
    books = story.travel_state == "journey_agreed" and context.viewer.may("settlement.arrange_journey")
    has_refused = any(event.type in _REFUSES for event in context.events)
    members = travelling(context.subject_id, context.members, context.day, has_refused=has_refused) if books else ()
    is_of_some = has_refused and story.journey is not None and story.journey.is_own_car
    refusing = still_refusing(context.subject_id) if is_of_some else frozenset()
    return travel_in(story.case, story, tuple(member.birth_date for member in members), refusing)


def booking_standing(travel: Travel, story: Story, context: HouseholdContext) -> Standing | None:
    """How the booking stands, whose move it is and by when; None for those who have no part in it."""
    if not is_theirs(travel, context):
        return None
    sent, kind = travel.unanswered, travel.to_tell()
    said: list[str] = []
    acts: list[tuple[str, str]] = []
    if sent is not None:
        said.append(
            _("Reisebyrået har neste trekk: svar på det dere sendte %(day)s.") % {"day": in_words(sent.sent_on)}
        )
        said.extend(_by(story, BookingTask.FOLLOW, _("Er det ikke kommet %(day)s, ber dere om det.")))
        acts.append((_("Registrer svar fra reisebyrået"), "answer_booking"))
    if kind is BookingKind.BOOKING and travel.is_booked_outside:
        said.append(_("Reisen er bestilt utenom meldingene her."))
    elif kind is not None and travel.has_living_draft:
        said += [_("Meldingen er skrevet og ikke sendt."), *_by(story, BookingTask.SEND, _("Frist: %(day)s."))]
        acts.insert(0, (_("Send meldingen"), "send_booking"))
    elif kind is not None:
        said += [_to_tell()[kind], *_by(story, BookingTask.BOOK, _("Frist: %(day)s."))]
        said += _by(story, BookingTask.TELL, _("Frist: %(day)s."))
        if travel.draft is not None:
            said.append(_("Utkastet gjelder reisen slik den var: skriv det på nytt."))
        acts.insert(0, (_write()[kind], "write_booking"))
    elif sent is None and travel.living is not None and travel.living.kind != BookingKind.CANCELLATION:
        said.append(_("Reisebyrået har bekreftet reisen slik den er avtalt."))
    return Standing(" ".join(said), links(acts, context)) if said else None


def _by(story: Story, kind: BookingTask, words: str) -> list[str]:
    """By when, where there is a task of it."""
    day = story.due_on(kind)
    return [words % {"day": in_words(day)}] if day else []


def _to_tell() -> Mapping[BookingKind, str]:
    return {
        BookingKind.BOOKING: _("Reisen er ikke bestilt ennå. Dere har neste trekk."),
        BookingKind.CHANGE: _("Reisen er endret etter at reisebyrået fikk vite om den. Dere må gi beskjed."),
        BookingKind.CANCELLATION: _("Reisebyrået har en bestilling som ikke gjelder lenger. Dere må avbestille."),
    }


def _write() -> Mapping[BookingKind, str]:
    return {
        BookingKind.BOOKING: _("Skriv bestilling"),
        BookingKind.CHANGE: _("Skriv endring"),
        BookingKind.CANCELLATION: _("Skriv avbestilling"),
    }


def message_rows(travel: Travel) -> list[Mapping[str, object]]:
    """The messages to the agent, the newest first."""
    return [_message_row(each) for each in reversed(travel.messages)]


def _message_row(message: BookingMessage) -> Mapping[str, object]:
    sent = ""
    if message.sent_on is not None:
        sent = _("%(day)s, %(how)s til %(who)s") % {
            "day": in_words(message.sent_on),
            "how": str(CHANNELS[message.channel]),
            "who": message.sent_to,
        }
    said = [message.agent_reference, *(kroner(price) for price in message.prices if price is not None)]
    return {
        "number": message.number,
        "kind": str(BOOKING_KINDS[message.kind]),
        "state": str(BOOKING_STATES[message.state]),
        "tone": BOOKING_TONES.get(message.state, "neutral"),
        "sent": sent,
        "answer": "; ".join(part for part in (*said, message.answer_text) if part),
        "text": message.text,
    }


def interruption_rows(travel: Travel) -> list[str]:
    """What came between, each in a sentence with what became of it."""
    return [_interrupted(each) for each in travel.interruptions]


def interruption_count(travel: Travel) -> str:
    """How many times the journey has been put off; empty where it never was."""
    count = len(travel.interruptions)
    return ngettext("Utsatt %(count)d gang", "Utsatt %(count)d ganger", count) % {"count": count} if count else ""


def _interrupted(each: Interruption) -> str:
    became = _("flyttet til %(day)s") % {"day": in_words(each.new_on)} if each.new_on else _("ny dag var ikke avtalt")
    said = (
        _("%(on)s: %(what)s. Reisen %(was)s ble %(became)s.")
        if each.new_on
        else _("%(on)s: %(what)s. Reisen %(was)s ble utsatt; %(became)s.")
    )
    words = {
        "on": in_words(each.happened_on),
        "what": str(INTERRUPTIONS[each.kind]),
        "was": in_words(each.was_on),
        "became": became,
    }
    return " ".join(filter(None, (said % words, each.text)))


def travel_shown(story: Story, context: HouseholdContext) -> dict[str, object]:
    """What the journey's panel shows beside the journey itself."""
    travel, before = travel_on_page(story, context), due_before(story, context)
    if travel is None:
        return {"car": before} if before else {}
    return {
        "booking": booking_standing(travel, story, context),
        "messages": message_rows(travel),
        "put_off": interruption_count(travel),
        "interruptions": interruption_rows(travel),
        "car": together(before, car_standing(travel, context)),
        "claims": claim_rows(travel),
    }
