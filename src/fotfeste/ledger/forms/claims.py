"""The forms of a claim. Amounts are typed in kroner and become whole øre."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.ledger.domain.types import ClaimAnswer, SettlementKind
from fotfeste.platform.forms import ActForm, DayField, FreeText

_AMOUNT = re.compile(r"(\d{1,11})(?:[.,](\d{1,2}))?")


class OreField(forms.Field):
    """An amount typed in kroner, `16 105` or `16105,50`; gives whole øre."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Skriv beløpet i kroner, for eksempel 16 105 eller 16 105,50.")}

    def to_python(self, value: Any) -> int | None:
        """Whole øre; None where nothing was typed."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        match = _AMOUNT.fullmatch(re.sub(r"[\s\u00a0\u202f]|kr\.?$", "", str(value)))
        if match is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        """Show whole øre as kroner."""
        return f"{Decimal(value) / 100:f}".replace(".", ",").removesuffix(",00") if isinstance(value, int) else value


class NoticeForm(ActForm):
    """Which municipality a claim is noticed to."""

    municipality = forms.ChoiceField(label=_("Hvilken kommune skal varsles?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, owing: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """`owing`: the municipalities, each with what it owes."""
        super().__init__(*args, **kwargs)
        self.let_choose("municipality", owing)


class AnswerForm(ActForm):
    """The municipality agrees or disputes."""

    when_needed = frozenset({"text"})
    answer = forms.ChoiceField(
        label=_("Hva svarer kommunen?"),
        choices=[
            (str(ClaimAnswer.AGREES), _("Vi er enige, og betaler tilbake")),
            (str(ClaimAnswer.DISPUTES), _("Vi er uenige")),
        ],
        widget=forms.RadioSelect,
    )
    text = FreeText(
        label=_("Hva er dere uenige i?"),
        required=False,
        rows=4,
        help_text=_("Må fylles ut når dere er uenige. Ikke skriv navn: vis til måneden i tabellen."),
    )


class DecideForm(ActForm):
    """What is upheld of a claim, and why not all of it."""

    when_needed = frozenset({"text"})
    upheld = OreField(label=_("Hvor mye av kravet står, i kroner?"))
    text = FreeText(
        label=_("Begrunnelse"),
        required=False,
        rows=4,
        help_text=_("Må fylles ut når kravet settes ned. Ikke skriv navn på noen."),
    )


class SettleForm(ActForm):
    """How a part of a claim came to an end."""

    when_needed = frozenset({"reason"})
    kind = forms.ChoiceField(
        label=_("Hva har skjedd?"),
        choices=[
            (str(SettlementKind.PAID), _("Kommunen har betalt")),
            (str(SettlementKind.WAIVED), _("Beløpet ettergis")),
            (str(SettlementKind.WRITTEN_OFF), _("Resten er liten og avskrives")),
        ],
        widget=forms.RadioSelect,
    )
    amount = OreField(label=_("Beløp i kroner"))
    on = DayField(label=_("Hvilken dag?"))
    reason = FreeText(
        label=_("Begrunnelse"),
        required=False,
        rows=3,
        help_text=_("Må fylles ut når noe ettergis. Ikke skriv navn på noen."),
    )
