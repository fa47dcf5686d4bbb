"""Bookings, interruptions and money for an own car as lines of words, and whose move it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.public import NeedReason
from fotfeste.platform.panels import HouseholdContext, PossibleAct
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.settlement.actions.claim_tasks import kind_of
from fotfeste.settlement.actions.travel_case import may_send, to_resend, with_due
from fotfeste.settlement.domain.booking import BookingTask
from fotfeste.settlement.domain.types import BookingKind
from fotfeste.settlement.models import BookingMessage, CarClaim, Interruption
from fotfeste.settlement.queries.claimants import Claimants, claimants_of
from fotfeste.settlement.queries.story import Story
from fotfeste.settlement.queries.travel import Travel, travel_in, travelling
from fotfeste.settlement.sentences_travel import (
    BOOKING_KINDS,
    BOOKING_STATES,
    BOOKING_TONES,
    CHANNELS,
    CLAIM_STATES,
    CLAIM_TONES,
    INTERRUPTIONS,
    RETURN_STATES,
)
from fotfeste.settlement.steps import is_at_centre
from fotfeste.settlement.task_kinds_offers import SEE_DENIED_CLAIM, SEND_CAR_CLAIM

_REFUSES = ("settlement.decline_offer", "settlement.register_not_moved")


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands, in a sentence, and what the viewer can do about it now."""

    sentence: str
    acts: tuple[PossibleAct, ...] = ()


def travel_on_page(story: Story, context: HouseholdContext) -> Travel | None:
    """The journey's travel from what the page has fetched; who travels is asked where something is to be booked."""
    if story.case is None or (story.journey is None and not (story.messages or story.claims)):
        return None
    books = story.case.state == "journey_agreed" and context.viewer.may("settlement.arrange_journey")
    has_refused = any(event.type in _REFUSES for event in context.events)
    members = travelling(context.subject_id, context.members, context.day, has_refused=has_refused) if books else ()
    return travel_in(story.case, story, tuple(member.birth_date for member in members))


def is_theirs(travel: Travel, context: HouseholdContext) -> bool:
    """Whether the viewer books and pays for them."""
    return context.viewer.may("settlement.arrange_journey") and is_at_centre(travel.case, context)


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
    return Standing(" ".join(said), _links(acts, context)) if said else None


def _by(story: Story, kind: BookingTask, words: str) -> list[str]:
    """By when, where there is a task of it."""
    day = story.due_on(kind)
    return [words % {"day": in_words(day)}] if day else []


def _links(acts: list[tuple[str, str]], context: HouseholdContext) -> tuple[PossibleAct, ...]:
    at = [context.reference]
    return tuple(PossibleAct(label, reverse(name, args=at), place == 0) for place, (label, name) in enumerate(acts))


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


def car_standing(travel: Travel, context: HouseholdContext) -> Standing | None:
    """How the money for an own car stands, whose move it is; None where there is none."""
    if not travel.claims and not travel.due_ore:
        return None
    may_decide = context.viewer.may("settlement.approve_travel")
    who = Claimants((context.viewer.organisation_id,) if NeedReason.LIVES_HERE in context.reasons else ())
    is_payers = context.viewer.may("settlement.arrange_journey") and any(
        may_send(travel.case, claim, context.viewer, who) for claim in travel.claims
    )
    theirs = is_theirs(travel, context)
    if not (theirs or is_payers or may_decide or context.viewer.may("settlement.find_municipality")):
        return None
    again = is_payers and bool(to_resend(travel, context.viewer, who))
    moves = list(_moves(travel, theirs=theirs, payers=is_payers, udis=may_decide, again=again))
    said = [sentence for sentence, *_rest in moves]
    said += _left_to_nobody(travel, context) if may_decide else []
    acts = [(label, name) for _sentence, label, name, is_mine in moves if is_mine]
    return Standing(" ".join(said) or _("Alt er gjort opp."), _links(acts, context))


def _moves(
    travel: Travel, *, theirs: bool, payers: bool, udis: bool, again: bool
) -> Iterator[tuple[str, str, str, bool]]:
    due, states = travel.due_ore, {claim.state for claim in travel.claims}
    if due > 0:
        words = {"sum": kroner(due)}
        yield _("Mottaket skal betale husstanden %(sum)s.") % words, _("Registrer utbetaling"), "pay_own_car", theirs
    if due < 0:
        words = {"sum": kroner(-due)}
        said = _("Husstanden har fått %(sum)s for mye. Mottaket krever det tilbake.") % words
        yield said, _("Registrer tilbakebetaling"), "pay_own_car", theirs
    if "paid_out" in states:
        yield _("UDI har ikke fått kravet ennå. Mottaket har neste trekk."), _("Send krav"), "send_car_claim", payers
    if again:
        said = _("UDI har avslått et krav. Mottaket kan sende det en gang til.")
        yield said, _("Svar på avslaget"), "resend_car_claim", True
    if "sent" in states:
        yield _("UDI skal avgjøre kravet."), _("Avgjør kravet"), "decide_car_claim", udis
    approved = next((claim for claim in travel.claims if claim.state == "approved"), None)
    if approved is not None and approved.amount_ore > 0:
        yield _("UDI skal refundere mottaket."), _("Registrer refusjon"), "refund_car_claim", udis
    elif approved is not None:
        said = _("Mottaket skal betale UDI %(sum)s.") % {"sum": kroner(-travel.share_ore(approved))}
        yield said, _("Registrer tilbakebetaling til UDI"), "refund_car_claim", udis


def _left_to_nobody(travel: Travel, context: HouseholdContext) -> list[str]:
    """What UDI can do where something is to be sent or seen, and no centre sees it."""
    waiting = [(claim, kind) for claim in travel.claims if (kind := kind_of(travel, claim))]
    who = claimants_of(context.subject_id, context.day) if waiting else Claimants()
    kinds = {kind for claim, kind in waiting if who.whose(claim) is None}
    unsent = (
        [_("Ingen mottak kan sende kravet nå, for husstanden bor ikke på mottak.")] if SEND_CAR_CLAIM in kinds else []
    )
    return [*unsent, *(nobody_is_left() if SEE_DENIED_CLAIM in kinds else [])]


def nobody_is_left() -> list[str]:
    """What UDI can do where no centre sees its no to a household that lives at none."""
    return [
        _("Ingen mottak ser avslaget her, for husstanden bor ikke på mottak. Gi mottaket som betalte, beskjed utenom."),
        _("Kommer husstanden til et mottak igjen, får det mottaket oppgaven og kan sende kravet på nytt."),
    ]


def due_before(story: Story, context: HouseholdContext) -> Standing | None:
    """What the viewer is to settle of a journey in a case that is over; None where there is nothing."""
    if not story.has_car_before or not context.viewer.may("settlement.arrange_journey"):
        return None
    travel = with_due(context.subject_id, context.viewer, context.day)
    if travel is None or story.case is None or travel.case.pk == story.case.pk:
        return None
    due = travel.due_ore
    words = {"sum": kroner(abs(due))}
    said = _("For en reise i en sak som er avsluttet, skal mottaket betale husstanden %(sum)s.") % words
    if due < 0:
        said = _("For en reise i en sak som er avsluttet, har husstanden fått %(sum)s for mye.") % words
    label = _("Registrer utbetaling") if due > 0 else _("Registrer tilbakebetaling")
    return Standing(said, _links([(label, "pay_own_car")], context))


def _together(before: Standing | None, now: Standing | None) -> Standing | None:
    """What is of a case that is over first: its act comes before the same act of this one."""
    if before is None or now is None:
        return before or now
    urls = {act.url for act in before.acts}
    return Standing(
        f"{before.sentence} {now.sentence}", (*before.acts, *(act for act in now.acts if act.url not in urls))
    )


def claim_rows(travel: Travel) -> list[Mapping[str, object]]:
    """What was paid for an own car and what became of the claims."""
    return [_claim_row(claim, travel.share_ore(claim)) for claim in travel.claims]


def _claim_row(claim: CarClaim, share_ore: int) -> Mapping[str, object]:
    states = CLAIM_STATES if claim.amount_ore > 0 else RETURN_STATES
    of_udi = [_("%(sum)s er UDIs") % {"sum": kroner(-share_ore)}] if 0 > share_ore > claim.amount_ore else []
    if claim.asked_ore is not None and claim.asked_ore < claim.amount_ore:
        of_udi = [_("%(sum)s er krevd på nytt") % {"sum": kroner(claim.asked_ore)}]
    of_udi += [
        _("avslått %(day)s") % {"day": in_words(date.fromisoformat(each["decided_on"]))} for each in claim.denials
    ]
    settled = _("refundert %(day)s") if claim.amount_ore > 0 else _("betalt til UDI %(day)s")
    days = [
        (_("sendt %(day)s"), claim.sent_on),
        (_("avgjort %(day)s"), claim.decided_on),
        (settled, claim.refunded_on),
    ]
    said = (*(each["text"] for each in claim.denials), claim.resend_text, claim.decision_text)
    return {
        "number": claim.number,
        "amount": kroner(claim.amount_ore),
        "paid_on": claim.paid_on,
        "centre": claim.organisation.name if claim.organisation else "",
        "state": str(states[claim.state]),
        "tone": CLAIM_TONES[claim.state],
        "days": ", ".join([*of_udi, *(words % {"day": in_words(on)} for words, on in days if on)]),
        "text": " ".join(filter(None, said)),
    }


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
        "car": _together(before, car_standing(travel, context)),
        "claims": claim_rows(travel),
    }
