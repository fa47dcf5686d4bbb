"""The forms of what is taken back or closed: each asks why."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, ReasonForm
from fotfeste.settlement.domain.requests import REASONS_TO_CLOSE, REASONS_TO_WITHDRAW
from fotfeste.settlement.words_offers import CLOSING_REASONS, WITHDRAWAL_REASONS, Words


class WithdrawOfferForm(ReasonForm):
    """IMDi takes an offer back."""

    reasons: ClassVar[Words] = {reason: WITHDRAWAL_REASONS[reason] for reason in REASONS_TO_WITHDRAW}
    missing = "withdrawal_reason_missing"


class CloseCaseForm(ReasonForm):
    """The centre or IMDi closes a case."""

    reasons: ClassVar[Words] = {reason: CLOSING_REASONS[reason] for reason in REASONS_TO_CLOSE}
    missing = "closing_reason_missing"


class ToldForm(ActForm):
    """The centre has told the household."""

    told_on = DayField(label=_("Når fikk husstanden vite det?"))
