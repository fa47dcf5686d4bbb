"""Rules of a request to a municipality and of the one offer (SET-07, SET-08)."""

from collections.abc import Sequence
from datetime import date

from fotfeste.kernel.calendar import Week
from fotfeste.kernel.decisions import Decision, Reason, RuleRef
from fotfeste.kernel.errors import Refused
from fotfeste.settlement.domain.types import ClosingReason, WithdrawalReason

ONE_OFFER = RuleRef("settlement.one_offer", "2024", "GUIDE 1.9 and Vedlegg 5; integreringsloven § 46", "verified")
REASONS_TO_WITHDRAW = tuple(reason for reason in WithdrawalReason if reason is not WithdrawalReason.CASE_CLOSED)
CLOSED_WITH_THE_PERMIT = (ClosingReason.PERMIT_LEFT, ClosingReason.PERMIT_VOID)  # by itself; a permit opens another
REASONS_TO_CLOSE = tuple(reason for reason in ClosingReason if reason not in CLOSED_WITH_THE_PERMIT)


def check_week(week: Week | None, day: date, *, field: str) -> None:
    """Refuse a week that is over. A week under way is still possible."""
    if week is not None and week.last_day < day:
        raise Refused("week_is_over", field, {"week": week.number, "year": week.year})


def check_not_before(week: Week, possible: Week) -> None:
    """Refuse to offer a week before the earliest in which the municipality says that it can receive them (SET-07)."""
    if week.first_day < possible.first_day:
        raise Refused("offer_before_possible_week", "week", {"week": possible.number, "year": possible.year})


def may_offer(offered_before: Sequence[str]) -> Decision:
    """Whether a group may get an offer: only where nobody in it ever had one that they could answer (SET-08).

    `offered_before` are the names of those who had, in this household or in another that they have left.
    """
    if offered_before:
        reason = Reason("one_offer_only", {"names": ", ".join(offered_before)})
        return Decision.no(ONE_OFFER, reason, inputs={"earlier": len(offered_before)})
    return Decision.yes(ONE_OFFER)


def check_guardian(*, alone: Sequence[str], without_guardian: Sequence[str], guardian_name: str) -> None:
    """Refuse an answer that unaccompanied minors gave by themselves: it binds them for good (GUIDE 1.9, one offer).

    `alone` are the names of those who are unaccompanied minors on the day, `without_guardian` those of them for whom
    no guardian is registered; `guardian_name` is who was there: guardian, representative or accompanying adult.
    """
    if without_guardian:
        raise Refused("guardian_not_registered", "guardian_name", {"names": ", ".join(without_guardian)})
    if alone and not guardian_name.strip():
        raise Refused("guardian_name_missing", "guardian_name", {"names": ", ".join(alone)})


def check_offer_answer(*, accepts: bool, consequences_shown: bool, answered_by: str, language: str) -> None:
    """Refuse an answer to the offer that lacks what must stand in it.

    Who answered, in what language; and a no only when its consequences have been gone through (GUIDE 1.9).
    """
    if not answered_by.strip():
        raise Refused("who_answered_missing", "answered_by_names")
    if not language:
        raise Refused("answer_language_missing", "answer_language")
    if not accepts and not consequences_shown:
        raise Refused("consequences_not_shown", "consequences_shown")


def check_withdrawal(reason: str, text: str) -> None:
    """Refuse to take an offer back without a reason that somebody can choose; `other` needs words."""
    if reason not in REASONS_TO_WITHDRAW:
        raise Refused("withdrawal_reason_missing", "reason")
    if reason == WithdrawalReason.OTHER and not text.strip():
        raise Refused("withdrawal_needs_words", "text")


def check_closing(reason: str, text: str) -> None:
    """Refuse to close a case without a reason; `other` needs words."""
    if reason not in REASONS_TO_CLOSE:
        raise Refused("closing_reason_missing", "reason")
    if reason == ClosingReason.OTHER and not text.strip():
        raise Refused("closing_needs_words", "text")


def check_closed_by_hand(reason: str) -> None:
    """Refuse to open a case again that closed by itself: only what somebody did can have been a mistake."""
    if reason in CLOSED_WITH_THE_PERMIT:
        raise Refused("closed_with_the_permit")
    if reason not in REASONS_TO_CLOSE:
        raise Refused("closing_not_registered")


def check_told(told_on: date, withdrawn_on: date, today: date) -> None:
    """Refuse a day on which the household cannot have been told that its offer was taken back."""
    if told_on > today:
        raise Refused("told_in_the_future", "told_on")
    if told_on < withdrawn_on:
        raise Refused("told_before_withdrawal", "told_on", {"day": withdrawn_on})
