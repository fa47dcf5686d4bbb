"""Money for an own car as lines of words: how it stands, whose move it is, and what became of the claims."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.access.public import NeedReason
from fotfeste.platform.panels import HouseholdContext
from fotfeste.platform.words import day as in_words
from fotfeste.platform.words import kroner
from fotfeste.settlement.actions.claim_tasks import kind_of
from fotfeste.settlement.actions.travel_case import may_send, to_resend, with_due
from fotfeste.settlement.models import CarClaim
from fotfeste.settlement.queries.claimants import Claimants, claimants_of
from fotfeste.settlement.queries.story import Story
from fotfeste.settlement.queries.travel import Travel
from fotfeste.settlement.sentences_travel import (
    CLAIM_STATES,
    CLAIM_TONES,
    RETURN_STATES,
)
from fotfeste.settlement.standing_travel import Standing, is_theirs, links
from fotfeste.settlement.task_kinds_offers import SEE_DENIED_CLAIM, SEND_CAR_CLAIM


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
    return Standing(" ".join(said) or _("Alt er gjort opp."), links(acts, context))


def _moves(
    travel: Travel, *, theirs: bool, payers: bool, udis: bool, again: bool
) -> Iterator[tuple[str, str, str, bool]]:
    due = travel.due_ore
    may_change = theirs and travel.state == "journey_agreed"
    for said in (*more_in_car(travel), *others_beside_car(travel)):
        yield said, _("Endre reisen"), "arrange_journey", may_change
    if due > 0 and not travel.has_wrong_persons:
        words = {"sum": kroner(due)}
        yield _("Mottaket skal betale husstanden %(sum)s.") % words, _("Registrer utbetaling"), "pay_own_car", theirs
    if due < 0:
        words = {"sum": kroner(-due)}
        said = _("Husstanden har fått %(sum)s for mye. Mottaket krever det tilbake.") % words
        yield said, _("Registrer tilbakebetaling"), "pay_own_car", theirs
    if unsent := _in_state(travel, "paid_out"):
        said = _of(unsent, travel, _("UDI har ikke fått kravet ennå. Mottaket har neste trekk."))
        yield said, _("Send krav"), "send_car_claim", payers
    if again:
        said = _("UDI har avslått et krav. Mottaket kan sende det en gang til.")
        yield said, _("Svar på avslaget"), "resend_car_claim", True
    if sent := _in_state(travel, "sent"):
        yield _of(sent, travel, _("UDI skal avgjøre kravet.")), _("Avgjør kravet"), "decide_car_claim", udis
    claim = next(iter(_in_state(travel, "approved")), None)
    if claim is not None and claim.amount_ore > 0:
        said = _of([claim], travel, _("UDI skal refundere mottaket."))
        yield said, _("Registrer refusjon"), "refund_car_claim", udis
    elif claim is not None:
        said = _of([claim], travel, _("Mottaket skal betale UDI %(sum)s.") % {"sum": kroner(-travel.share_ore(claim))})
        yield said, _("Registrer tilbakebetaling til UDI"), "refund_car_claim", udis


def _in_state(travel: Travel, state: str) -> list[CarClaim]:
    return [claim for claim in travel.claims if claim.state == state]


def _of(claims: Sequence[CarClaim], travel: Travel, said: str) -> str:
    """What is said of claims, with their numbers in the table below where there are several in all."""
    if len(travel.claims) == 1:
        return said
    return _("Nr. %(number)s: %(said)s") % {"number": ", ".join(str(each.number) for each in claims), "said": said}


def more_in_car(travel: Travel) -> list[str]:
    """That more are said to be in the car, or were paid for, than travel, in a sentence; nothing where it is not so."""
    if travel.journey is None or not travel.has_wrong_persons:
        return []
    is_paid, have_gone = bool(travel.owed_ore) and not travel.due_ore, travel.case.state == "settled"
    if have_gone:
        said = (
            _("Det er betalt for %(in_car)d personer i bilen, men bare %(size)d reiste.")
            if is_paid
            else _("Reisen er avtalt med %(in_car)d personer i bilen, men bare %(size)d reiste.")
        )
    elif is_paid:
        said = _(
            "Det er betalt for %(in_car)d personer i bilen, men bare %(size)d skal reise. "
            "Mottaket må endre reisen før avreisen kan registreres."
        )
    else:
        said = _(
            "Reisen er avtalt med %(in_car)d personer i bilen, men bare %(size)d skal reise. "
            "Mottaket må endre reisen før utbetaling og avreise kan registreres."
        )
    return [said % {"in_car": travel.journey.persons_in_car, "size": travel.size}]


def others_beside_car(travel: Travel) -> list[str]:
    """That some travel who are not in the car, and who books for them, in a sentence; nothing where it is not so."""
    if travel.journey is None or not travel.has_others:
        return []
    said = _(
        "Reisen er avtalt med %(in_car)d personer i bilen, men %(size)d skal reise. Skal alle kjøre, endrer mottaket "
        "reisen. Ellers bestiller og betaler mottaket reisen for de andre utenom Fotfeste, og lagrer reisen på nytt "
        "uten å endre den. Da er oppgaven gjort."
    )
    return [said % {"in_car": travel.journey.persons_in_car, "size": travel.size}]


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
    return Standing(said, links([(label, "pay_own_car")], context))


def together(before: Standing | None, now: Standing | None) -> Standing | None:
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
