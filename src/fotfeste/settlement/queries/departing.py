"""What the case says about a departure: the reason it points to, and why (ACC-07, GUIDE 1.9)."""

from datetime import date

from django.utils.translation import gettext as _

from fotfeste.accommodation.public import DEPARTURE_REASONS, Agreed, DepartureAdvice, DepartureReason
from fotfeste.platform.words import day as in_words
from fotfeste.settlement.models import SettlementCase
from fotfeste.settlement.queries.living import living_offer

_BEFORE_OR_OVER = ("interview_due", "settled", "closed")


def case_after_interview(group_id: int) -> SettlementCase | None:
    """The household's case where the interview is registered and it has not come to its end; a refused one too."""
    return (
        SettlementCase.objects.filter(subject_id=group_id, interview__held_on__isnull=False)
        .exclude(state__in=_BEFORE_OR_OVER)
        .select_related("interview")
        .order_by("-pk")
        .first()
    )


def departure_advice(group_id: int, day: date) -> DepartureAdvice | None:
    """The reason to propose on `day`, in a sentence why; None where the case says nothing.

    With an agreed journey it is the agreed settlement. Otherwise whoever moves after the interview moves privately,
    and is registered so also where nobody knows the address. Fills the slot of `accommodation`. Source: GUIDE 1.9.
    """
    case = case_after_interview(group_id)
    if case is None:
        return None
    private = {"reason": DEPARTURE_REASONS[DepartureReason.PRIVATE_ADDRESS]}
    if case.state == "journey_agreed":
        offer = living_offer(case)
        why = _(
            "Reisen til %(place)s er avtalt til %(day)s. Flytter de privat i stedet, velg «%(reason)s», "
            "også når dere ikke kjenner adressen."
        ) % (private | {"place": offer.organisation.name, "day": in_words(offer.journey.travels_on)})
        number = offer.organisation.municipality_id or ""
        agreed = Agreed(offer.journey.travels_on, number, offer.organisation.name)
        return DepartureAdvice(DepartureReason.AGREED_SETTLEMENT, why, agreed)
    why = _(
        "Bosettingssamtalen ble holdt %(day)s. Flytter de privat etter den, er årsaken «%(reason)s», "
        "også når dere ikke kjenner adressen. Kjenner dere den, skal den registreres."
    ) % (private | {"day": in_words(case.interview.held_on)})
    return DepartureAdvice(DepartureReason.PRIVATE_ADDRESS, why, has_refused=case.state == "refused")
