"""The forms of what is taken back or closed: each asks why."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, DayField, FreeText
from fotfeste.settlement.domain.requests import REASONS_TO_CLOSE, REASONS_TO_WITHDRAW
from fotfeste.settlement.forms.request import required
from fotfeste.settlement.words_offers import CLOSING_REASONS, WITHDRAWAL_REASONS


class ReasonForm(ActForm):
    """A reason from a list, and words beside it."""

    when_needed = frozenset({"text"})

    reason = forms.ChoiceField(label=_("Hvorfor?"), widget=forms.RadioSelect)
    text = FreeText(
        label=_("Utfyllende"),
        required=False,
        help_text=_("Må fylles ut når du velger «en annen grunn». Skriv ikke om helse eller andre følsomme forhold."),
    )

    def __init__(self, *args: Any, reasons: Mapping[Any, str | Promise], missing: str, **kwargs: Any) -> None:
        """`reasons`: those to choose among, in words; `missing`: the code of the sentence where none is chosen."""
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.choices = [(str(code), _capital(words)) for code, words in reasons.items()]  # type: ignore[attr-defined]
        field.error_messages |= required(missing)


class WithdrawOfferForm(ReasonForm):
    """IMDi takes an offer back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The reasons that can be chosen."""
        chosen: dict[StrEnum, str | Promise] = {reason: WITHDRAWAL_REASONS[reason] for reason in REASONS_TO_WITHDRAW}
        super().__init__(*args, reasons=chosen, missing="withdrawal_reason_missing", **kwargs)


class CloseCaseForm(ReasonForm):
    """The centre or IMDi closes a case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The reasons that can be chosen."""
        chosen: dict[StrEnum, str | Promise] = {reason: CLOSING_REASONS[reason] for reason in REASONS_TO_CLOSE}
        super().__init__(*args, reasons=chosen, missing="closing_reason_missing", **kwargs)


class ToldForm(ActForm):
    """The centre has told the household."""

    told_on = DayField(label=_("Når fikk husstanden vite det?"))


def _capital(words: str | Promise) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]
