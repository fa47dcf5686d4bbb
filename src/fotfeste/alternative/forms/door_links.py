"""The answer of somebody with a link of their own: yes, or no with a reason, and a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fotfeste.alternative.domain.types import PartyAnswer, WithdrawalCause
from fotfeste.alternative.forms.door_fields import DoorForm, NameField


class ConfirmForm(DoorForm):
    """Yes or no. A no needs a reason, in a few words; nobody is asked twice."""

    when_needed = frozenset({"reason"})

    answer = forms.ChoiceField(
        label=_("Hva svarer du?"),
        choices=[(PartyAnswer.YES, _("Ja")), (PartyAnswer.NO, _("Nei"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg ja eller nei.")},
    )
    reason = forms.CharField(
        label=_("Hvis nei: hvorfor?"),
        max_length=300,
        required=False,
        help_text=_("Noen få ord. Skriv ikke om helse eller andre følsomme forhold."),
    )
    signer_name = NameField(label=_("Skriv navnet ditt"), help_text=_("Det er det samme som å skrive under."))

    def __init__(self, *args: Any, yes: Any, no: Any, **kwargs: Any) -> None:
        """`yes`, `no`: what each answer says, in words."""
        super().__init__(*args, **kwargs)
        self.let_choose("answer", [(PartyAnswer.YES, yes), (PartyAnswer.NO, no)])

    def clean(self) -> dict[str, Any]:
        """Who says no says why."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("answer") == PartyAnswer.NO:
            self.need("reason", _("Skriv med noen få ord hvorfor, så vet UDI hva som må ordnes."))
        else:
            typed["reason"] = ""
        return typed


class WithdrawForm(DoorForm):
    """Why the application is taken back."""

    cause = forms.ChoiceField(
        label=_("Hvorfor?"),
        choices=[
            (WithdrawalCause.MOVED, _("Vi har flyttet eller skal flytte")),
            (WithdrawalCause.NOT_NEEDED, _("Vi trenger det ikke lenger")),
            (WithdrawalCause.NOT_THEIRS, _("Søknaden er ikke vår")),
            (WithdrawalCause.MISTAKE, _("Den ble sendt ved en feil")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg det som passer best.")},
    )
