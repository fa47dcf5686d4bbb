"""The forms of a request to a municipality and its answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.platform.forms import ActForm, FreeText, WeekField
from fotfeste.settlement.domain.types import AfterGrowth, Capability
from fotfeste.settlement.sentences_offers import CAPABILITIES, DECLINE_REASONS, OFFER_SENTENCES

YES, NO = "yes", "no"


def required(code: str) -> dict[str, Any]:
    """The rule's own sentence where a field is left empty."""
    return {"required": OFFER_SENTENCES[code]}


class RequestForm(ActForm):
    """IMDi asks a municipality."""

    when_needed = frozenset({"reasoning"})

    wanted_week = WeekField(
        label=_("Ønsket bosettingsuke"), required=False, help_text=_("Uke og år, for eksempel 12 2024")
    )
    message = FreeText(
        label=_("Melding til kommunen"),
        required=False,
        help_text=_("Ikke gjenta det som står i bosettingssamtalen: kommunen ser det som angår dem."),
    )
    reasoning = FreeText(
        label=_("Hvorfor denne kommunen"),
        required=False,
        help_text=_("Bare IMDi ser dette. Må fylles ut når kommunen ikke ser ut til å passe."),
    )


class AnswerForm(ActForm):
    """The municipality answers."""

    when_needed = frozenset({"possible_week", "confirmed", "decline_reason"})

    answer = forms.ChoiceField(
        label=_("Kan kommunen bosette husstanden?"),
        choices=[(YES, _("Ja")), (NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    possible_week = WeekField(
        label=_("Tidligste uke dere kan ta imot dem"),
        required=False,
        help_text=_("Fylles ut når dere svarer ja. Uke og år, for eksempel 12 2024"),
    )
    confirmed = forms.MultipleChoiceField(
        label=_("Bekreft at kommunen har dette"), required=False, widget=forms.CheckboxSelectMultiple
    )
    decline_reason = forms.ChoiceField(
        label=_("Hvorfor svarer dere nei?"),
        required=False,
        choices=[("", _("Velg grunn")), *((str(code), words) for code, words in DECLINE_REASONS.items())],
        help_text=_("Fylles ut når dere svarer nei."),
    )
    answer_text = FreeText(
        label=_("Utfyllende"),
        required=False,
        help_text=_("Skriv ikke om helse eller andre følsomme forhold her."),
    )

    def __init__(self, *args: Any, needs: Iterable[Capability] = (), **kwargs: Any) -> None:
        """`needs`: what the household needs and the municipality confirms, one by one."""
        super().__init__(*args, **kwargs)
        choices = [(str(capability), CAPABILITIES[capability]) for capability in needs]
        if choices:
            self.let_choose("confirmed", choices)
        else:
            del self.fields["confirmed"]


class ConfirmForm(ActForm):
    """Nothing to fill in: the act is confirmed by its button."""


OUTCOMES = [
    (AfterGrowth.SUPPLEMENT, _("Samtalen må suppleres: mottaket spør dem som er kommet til")),
    (AfterGrowth.GOES_ON, _("Saken går videre som den er")),
]


class AgainForm(ActForm):
    """IMDi has looked at a household that has changed since its interview."""

    when_needed = frozenset({"reasoning"})

    outcome = forms.ChoiceField(
        label=_("Hva skal skje?"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Velg hva som skal skje."),
            "invalid_choice": _("Alle i husstanden er med i bosettingssamtalen. Velg på nytt."),
        },
    )
    reasoning = FreeText(
        label=_("Hvorfor saken går videre"),
        required=False,
        help_text=_("Må fylles ut når saken går videre. Mottaket og IMDi ser det som intern bosettingsmerknad."),
    )

    def __init__(self, *args: Any, can_be_supplemented: bool, **kwargs: Any) -> None:
        """The interview is supplemented only where somebody has not been asked in it."""
        super().__init__(*args, **kwargs)
        if not can_be_supplemented:
            self.let_choose("outcome", OUTCOMES[1:])
