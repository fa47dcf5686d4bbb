"""What the case says about a departure: the reason it points to, why, and what ends with it (ACC-07, GUIDE 1.9)."""

from datetime import date

from django.utils.translation import gettext as _

from fotfeste.access.public import NeedReason, organisations_with
from fotfeste.accommodation.public import DEPARTURE_REASONS, Agreed, DepartureAdvice, DepartureReason
from fotfeste.directory.public import Organisation
from fotfeste.platform.words import day as in_words
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.queries.bookings import bookings_of
from fotfeste.settlement.queries.living import living_offer, own_promise
from fotfeste.settlement.queries.refusing import still_refusing

_BEFORE_OR_OVER = ("interview_due", "settled", "closed")
_UNDER_WAY = ("requested", "municipality_found", "offered", "accepted", "journey_agreed")


def case_after_interview(group_id: int) -> SettlementCase | None:
    """The household's case where the interview is registered and it has not come to its end; a refused one too."""
    return (
        SettlementCase.objects.filter(subject_id=group_id, interview__held_on__isnull=False)
        .exclude(state__in=_BEFORE_OR_OVER)
        .select_related("interview")
        .order_by("-pk")
        .first()
    )


def settled_without_some(group_id: int) -> SettlementCase | None:
    """The settled case of a household of which some refuse still: they were interviewed with the others."""
    if not still_refusing(group_id):
        return None
    settled = SettlementCase.objects.filter(subject_id=group_id, state="settled", interview__held_on__isnull=False)
    return settled.select_related("interview").order_by("-pk").first()


def departure_advice(group_id: int, day: date) -> DepartureAdvice | None:
    """The reason to propose on `day`, in a sentence why, and what ends when all leave; None where there is no case.

    Before the interview the case points to nothing. With an agreed journey it is the agreed settlement. Who has found
    the municipality themselves and agreed it with IMDi is not registered as departed but as moved in. Otherwise whoever
    moves after the interview moves privately, and is registered so also where nobody knows the address. Fills the slot
    of `accommodation`. Source: GUIDE 1.9.
    """
    case = case_after_interview(group_id)
    if case is None:
        return _of_those_who_refuse(group_id) or _before_interview(group_id, day)
    held_on, follows = case.interview.held_on, what_ends(case, day)
    private = {"reason": DEPARTURE_REASONS[DepartureReason.PRIVATE_ADDRESS]}
    if case.state == "journey_agreed":
        offer = living_offer(case)
        why = _(
            "Reisen til %(place)s er avtalt til %(day)s. Flytter de privat i stedet, velg «%(reason)s», "
            "også når dere ikke kjenner adressen."
        ) % (private | {"place": offer.organisation.name, "day": in_words(offer.journey.travels_on)})
        number = offer.organisation.municipality_id or ""
        agreed = Agreed(offer.journey.travels_on, number, offer.organisation.name)
        return DepartureAdvice(DepartureReason.AGREED_SETTLEMENT, why, held_on, agreed, follows=follows)
    if promise := own_promise(case):
        why = _(
            "Avtalt selvbosetting i %(place)s er avtalt med IMDi. Har de flyttet dit, velg «Registrer at de har "
            "flyttet inn» på husstandens side, ikke en avreise her."
        ) % {"place": promise.organisation.name}
        return DepartureAdvice(None, why, held_on, follows=follows)
    why = _(
        "Bosettingssamtalen ble holdt %(day)s. Flytter de privat etter den, er årsaken «%(reason)s», "
        "også når dere ikke kjenner adressen. Kjenner dere den, skal den registreres."
    ) % (private | {"day": in_words(held_on)})
    has_refused = case.state == "refused" or bool(still_refusing(group_id))
    return DepartureAdvice(DepartureReason.PRIVATE_ADDRESS, why, held_on, has_refused=has_refused, follows=follows)


def _of_those_who_refuse(group_id: int) -> DepartureAdvice | None:
    """The others of their household have been settled without them; or their case was closed while they refuse."""
    case = settled_without_some(group_id)
    if case is None:
        return DepartureAdvice(has_refused=True) if still_refusing(group_id) else None
    why = _(
        "Noen i husstanden takket nei til tilbudet da de andre flyttet til kommunen. Flytter de privat, er årsaken "
        "«%(reason)s», også når dere ikke kjenner adressen. Kjenner dere den, skal den registreres."
    ) % {"reason": DEPARTURE_REASONS[DepartureReason.PRIVATE_ADDRESS]}
    return DepartureAdvice(DepartureReason.PRIVATE_ADDRESS, why, case.interview.held_on, has_refused=True)


def _before_interview(group_id: int, day: date) -> DepartureAdvice | None:
    case = SettlementCase.objects.filter(subject_id=group_id, state="interview_due").select_related("interview").first()
    return DepartureAdvice(follows=what_ends(case, day)) if case else None


def what_ends(case: SettlementCase, day: date) -> tuple[str, ...]:
    """What is withdrawn, and what the centre has to cancel, when all of a household leave on their own: in sentences,
    to be read before it happens.
    """
    found: list[str] = []
    asked = case.requests.filter(state__in=("open", "accepted")).select_related("organisation").first()
    found += _asked_by_themselves(case.subject_id, day)
    if asked is not None and case.state in _UNDER_WAY:
        known = {"name": asked.organisation.name}
        found.append(_("Forespørselen til %(name)s trekkes tilbake, og kommunen får beskjed.") % known)
        if case.state in ("offered", "accepted", "journey_agreed"):
            found.append(_("Tilbudet om %(name)s trekkes tilbake.") % known)
    bookings = bookings_of(case, day)
    if bookings.travels_on is not None:
        found.append(
            _("Reisen %(day)s faller bort. Dere får oppgaven med å avbestille den.")
            % {"day": in_words(bookings.travels_on)}
        )
    if bookings.interpreter_on is not None:
        found.append(
            _("Bosettingssamtalen %(day)s faller bort. Dere får oppgaven med å avbestille tolken.")
            % {"day": in_words(bookings.interpreter_on)}
        )
    return tuple(found)


def _asked_by_themselves(group_id: int, day: date) -> list[str]:
    """The municipality that the household asks itself (avtalt selvbosetting), as long as it does. Two queries at
    most.
    """
    asked = organisations_with(group_id, NeedReason.WANTS_TO_SETTLE, day)
    names = Organisation.objects.filter(pk__in=asked).order_by("name").values_list("name", flat=True) if asked else ()
    words = _("Ønsket om avtalt selvbosetting i %(name)s faller bort, og kommunen ser dem ikke lenger.")
    return [words % {"name": name} for name in names]
